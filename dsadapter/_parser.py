"""The argument parser of every command."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from . import _console
from ._texts.commands import EXAMPLE, LANGUAGE


class Parser(argparse.ArgumentParser):
    """argparse that prints whatever the console's encoding is, and ends with an example."""

    def __init__(self, command: str, summary: str, example: str) -> None:
        super().__init__(
            prog=f"python -m dsadapter {command}",
            description=summary,
            epilog=EXAMPLE(command=example).en,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        self.add_argument("--lang", choices=("en", "zh"), help=LANGUAGE.en)

    def _print_message(self, message: str, file: Any = None) -> None:
        if message:
            _console.write(message, file or sys.stderr)
