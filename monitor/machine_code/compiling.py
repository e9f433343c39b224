"""Translates modules of the working folder to C and compiles them there: `python compiling.py MODULE.py...`.

Run by its path: the working folder holds a copy of the reader under the same names as the package it came from.
"""

from __future__ import annotations

import sys

from mypyc.build import mypycify
from pybind11.setup_helpers import ParallelCompile
from setuptools import setup

OPTIMISATION = "1"  # compiles in a third of the time that 3 takes, and reads as fast within some per cent


def main(names: list[str]) -> None:
    """Compile on all cores, each module into a library beside its source. Exits with mypyc's errors on the first."""
    extensions = mypycify(
        names, opt_level=OPTIMISATION, debug_level="0", multi_file=True, group_name="tratawatch_reader"
    )
    ParallelCompile(default=0).install()
    setup(name="reader", ext_modules=extensions, script_args=["--quiet", "build_ext", "--inplace"])


if __name__ == "__main__":
    main(sys.argv[1:])
