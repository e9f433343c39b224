"""The reader as machine code gives what it gives as plain Python, and is used only where it is of today's sources."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from monitor.machine_code import READER, SWITCH, built, use
from monitor.machine_code.__main__ import modules

ROOT = Path(__file__).parents[1]
TRANSLATE = "import sys; from mypyc.build import mypycify; mypycify(sys.argv[1:], target_dir='out')"
READ_ALL = """
import sys, tomllib
from pathlib import Path
from monitor.reader.read import read_statistics
from monitor.reader.relevance.judge import judge
from monitor.reader.sentence import scene
print(Path(scene.__file__).suffix)
for language in ("en", "es", "pt"):
    for case in tomllib.loads(Path(f"tests/corpus/{language}.toml").read_text(encoding="utf-8"))["sentence"]:
        text, title = case["text"], case.get("title", "")
        print(read_statistics(text, language, case.get("published"), title), judge(title, text, language))
"""


def copy_of_the_reader(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / READER, tmp_path / READER)
    return tmp_path


def read_all(*switches: str) -> list[str]:
    environment = {name: value for name, value in os.environ.items() if name != SWITCH} | dict.fromkeys(switches, "1")
    command = [sys.executable, "-c", READ_ALL]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def test_machine_code_reads_the_corpus_as_plain_python_does() -> None:
    if not built().is_dir():
        pytest.skip("no machine code of these sources: `make machine-code` builds it")
    plain, compiled = read_all(SWITCH), read_all()
    assert plain.pop(0) == ".py"
    assert compiled.pop(0) != ".py"
    assert len(plain) > 1000
    assert plain == compiled


def test_the_reader_translates_to_c(tmp_path: Path) -> None:
    """What mypyc infers otherwise than mypy would leave the reader without machine code."""
    if built().is_dir():
        pytest.skip("there is machine code of these sources")
    folder = copy_of_the_reader(tmp_path)
    (folder / "monitor/__init__.py").touch()
    command = [sys.executable, "-c", TRANSLATE, *modules(folder)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, [line for line in done.stdout.splitlines() if "error" in line]


@pytest.mark.parametrize("changed", ["sentence/scene.py", "data/es.toml", "a_new_rule.py"])
def test_machine_code_of_earlier_sources_is_not_used(
    changed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(SWITCH, raising=False)
    monkeypatch.setattr(sys, "path", [*sys.path])
    root = copy_of_the_reader(tmp_path)
    built(root).mkdir(parents=True)
    places = ["sources"]
    use(places, root)
    assert places == [str(built(root) / "monitor"), "sources"]
    with (root / READER / changed).open("a", encoding="utf-8") as file:
        file.write("\n")
    places = ["sources"]
    use(places, root)
    assert places == ["sources"]


def test_the_switch_does_without_machine_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SWITCH, "1")
    root = copy_of_the_reader(tmp_path)
    built(root).mkdir(parents=True)
    places = ["sources"]
    use(places, root)
    assert places == ["sources"]
