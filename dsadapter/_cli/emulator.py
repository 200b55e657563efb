"""``python -m dsadapter emulator``: the DeepSeek emulator, until Ctrl-C."""

from __future__ import annotations

import threading
from typing import List

from .. import _console
from .._texts import commands as texts
from .common import Parser


def main(argv: List[str], command: str) -> int:
    """Serve until Ctrl-C; gives the exit code."""
    from ..testing.emulator import FAULTS, Emulator

    parser = Parser(
        command,
        texts.EMULATOR,
        "python -m dsadapter emulator --port 8000 --fault keep-alive",
    )
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument(
        "--fault", metavar="NAME", help=texts.EMULATOR_FAULT(names=", ".join(FAULTS))
    )
    arguments = parser.parse_args(argv)
    try:
        emulator = Emulator(host=arguments.host, port=arguments.port, fault=arguments.fault)
        emulator.start()
    except (ValueError, OverflowError) as err:  # no such fault, no such port
        parser.error(str(err))
    except OSError as err:
        parser.exit(1, f"{err}\n")
    try:
        _console.line(texts.EMULATOR_RUNS(url=emulator.base_url).say(parser.language))
        threading.Event().wait()
    except KeyboardInterrupt:
        pass
    finally:
        emulator.stop()
    return 0
