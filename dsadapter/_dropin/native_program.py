"""``python -m dsadapter._dropin.native_program REPORT PROGRAM ...``: a program beside the SDK that
is installed, with nothing of ours but the network: known providers are the emulator, other hosts
are refused. The class of the error that ended it goes into REPORT.
"""

from __future__ import annotations

import sys
from typing import List

from . import offline, program
from .finder import Finder
from .patches import Changes


def main(argv: List[str]) -> int:
    """Run the program; gives its exit code."""
    report, words = argv[0], argv[1:]
    finder = Finder()
    sys.meta_path.insert(0, finder)
    offline.restrict_network(finder, Changes())
    flag = words[0] if words[0] in ("-m", "-c") else ""
    rest = words[1:] if flag else words
    code = program.run(program.Program(flag, rest[0], rest[1:]))
    error = getattr(sys, "last_type", None)
    if error is not None:
        with open(report, "w", encoding="utf-8") as file:
            file.write(f"{error.__module__}.{error.__name__}")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
