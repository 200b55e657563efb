"""An upstream for gateways: calls answered at once, streams in bursts or paced. Its bytes are
ready-made, and a paced frame carries when it was sent.

    python -m bench.gateway_upstream     prints its port and serves until its standard input ends

The message of a stream says what it wants, which every gateway passes on: ``frames``, and
``interval`` (seconds, 0: at once).
"""

from __future__ import annotations

import asyncio
import json
import sys
from time import monotonic
from typing import Any, Dict

from .wire import HEAD, Bytes

STAMP = b'"content":"'
_BYTES = Bytes()
_WHOLE = _BYTES.whole(200)
_FRAME = bytes(_BYTES.block[: _BYTES.ends[1]])


def _stamped() -> bytes:
    """A frame whose text is the moment."""
    head, _, rest = _FRAME.partition(b"\r\n")
    before, _, after = rest.partition(STAMP)
    event = before + STAMP + b"%.6f" % monotonic() + after[after.index(b'"') :]
    return b"%x\r\n%s" % (len(event) - 2, event)


class Upstream(asyncio.Protocol):
    def __init__(self) -> None:
        self._received = b""
        self._transport: Any = None

    def connection_made(self, transport: Any) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._received += data
        head, found, rest = self._received.partition(b"\r\n\r\n")
        lengths = [
            int(line[15:])
            for line in head.lower().split(b"\r\n")
            if line[:15] == b"content-length:"
        ]
        if found and len(rest) >= sum(lengths):
            self._received = b""
            self._answer(json.loads(rest))

    def _answer(self, request: Dict[str, Any]) -> None:
        if not request.get("stream"):
            self._transport.write(_WHOLE)
            return
        options = json.loads(request["messages"][-1]["content"])
        if options["interval"]:
            self._transport.write(HEAD)
            asyncio.get_running_loop().call_soon(self._tick, options["frames"], options["interval"])
        else:
            chunks = b"".join(_BYTES.chunks(0, options["frames"]))
            self._transport.write(HEAD + chunks + _BYTES.tail)

    def _tick(self, left: int, interval: float) -> None:
        if self._transport.is_closing():
            return
        self._transport.write(_stamped() if left else _BYTES.tail)
        if left:
            asyncio.get_running_loop().call_later(interval, self._tick, left - 1, interval)


async def serve() -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Upstream, "127.0.0.1", 0, backlog=4096)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(serve())
