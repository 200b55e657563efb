"""Measures the environments of the product whose result is missing or of other code.

run.py                              all of them, two at once
run.py py313-none py38-newest       these
run.py --limit-minutes 150 --commit begin nothing that would end later; commit what came
run.py --list                       what would be run, in which order

A run that was ended goes on where it was. What is needed: the interpreters, and uv or pip.
"""

from __future__ import annotations

import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # this clone's dsadapter
    from compat_matrix.running import main

    sys.exit(main(sys.argv[1:]))
