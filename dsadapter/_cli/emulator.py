"""``python -m dsadapter emulator``: the DeepSeek emulator, until Ctrl-C."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, List

from .. import _console
from .._call.telemetry import one_line
from .._texts import commands as texts
from ..testing.emulator import FAULTS, Emulator
from .common import Parser

if TYPE_CHECKING:
    from ..testing.emulator.request import Request
    from ..testing.emulator.response import Response


def main(argv: List[str], command: str) -> int:
    """Serve until Ctrl-C; gives the exit code."""
    parser = _parser(command)
    arguments = parser.parse_args(argv)
    if arguments.list_faults:
        _list_faults()
        return 0
    kind = LoggingEmulator if arguments.log else Emulator
    try:
        emulator = kind(host=arguments.host, port=arguments.port, fault=arguments.fault)
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


def _parser(command: str) -> Parser:
    example = "python -m dsadapter emulator --port 8000 --fault keep-alive"
    parser = Parser(command, texts.EMULATOR, example)
    parser.add_argument("--host", default="127.0.0.1", help=texts.EMULATOR_HOST)
    parser.add_argument("--port", type=int, default=8000, help=texts.EMULATOR_PORT)
    parser.add_argument("--fault", metavar="NAME", help=texts.EMULATOR_FAULT)
    parser.add_argument("--list-faults", action="store_true", help=texts.EMULATOR_FAULTS)
    parser.add_argument("--log", action="store_true", help=texts.EMULATOR_LOG)
    return parser


def _list_faults() -> None:
    width = max(map(len, FAULTS))
    for fault in FAULTS.values():
        options = "; ".join(fault.options)
        end = f" ({options})" if options else ""
        _console.line(f"{fault.name:{width}}  {fault.summary}{end}")


class LoggingEmulator(Emulator):
    """An emulator that prints a line for each request."""

    def respond(self, request: Request, number: int) -> Response:
        """As the emulator does, and the line."""
        response = super().respond(request, number)
        _console.line(log_line(request, response))
        return response


def log_line(request: Request, response: Response) -> str:
    """Method, path and status of an exchange, with model, number of messages and stream of a chat.
    No key and no text stands in it."""
    body = request.json if isinstance(request.json, dict) else {}
    parts = [request.method, one_line(request.path), str(response.status)]
    if "model" in body:
        parts.append(f"model={one_line(body['model'])}")
    if isinstance(body.get("messages"), list):
        parts.append(f"messages={len(body['messages'])}")
    if body.get("stream"):
        parts.append("stream")
    return " ".join(filter(None, parts))
