"""The rehearsal as a person starts it: the three days, and exactly what should have arrived."""

from __future__ import annotations

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, STDOUT
from pathlib import Path

PATIENCE = 170.0


async def test_the_demo_goes_through_three_days_and_all_arrives_that_should(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": ":".join(sys.path)}
    command = (sys.executable, "-m", "monitor.cli", "demo")
    process = await asyncio.create_subprocess_exec(*command, cwd=tmp_path, env=environment, stdout=PIPE, stderr=STDOUT)
    try:
        async with asyncio.timeout(PATIENCE):
            output, _ = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
    said = output.decode()
    assert process.returncode == 0, said[-3000:]
    assert "messages arrived that should have, and no other" in said
    assert "mails that arrived" in said
    assert "signature holds" in said
    assert "the ledger" in said
