"""A client for gateways: calls and streams over sockets of its own, as little work as can be.

    python -m bench.gateway_load '{"port": 8000, "task": "paced", "streams": 200, "frames": 64}'

prints what it saw as one line of JSON.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
from time import monotonic
from typing import Any, Dict, List, Optional

from .limits import raise_open_files

DONE, USAGE = b"data: [DONE]", b'"usage"'  # by which a stream, or a call, is known to be whole
FRAME = b'"content":"'
STAMP = re.compile(rb'"content":"(\d+\.\d+)"')
END = b"\n0\r\n\r\n"  # of a body in HTTP chunks, with the line end before it


def request(port: int, content: str, **fields: Any) -> bytes:
    message = {"role": "user", "content": content}
    body = json.dumps({"model": "deepseek-flash", "messages": [message], **fields}).encode()
    head = (
        f"POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


class Client(asyncio.Protocol):
    """One connection, ``calls`` calls one after the other; ``ended`` is set behind the last.

    ``last`` stands in an answer that is whole, be it in a packet before the one that ends it.
    """

    def __init__(self, message: bytes, calls: int, last: bytes) -> None:
        self._message = message
        self._calls = calls
        self._last = last
        self._unread = b""  # the beginning of a line
        self._done = False  # ``last`` was seen
        self._transport: Any = None
        self.complete = 0
        self.frames = 0
        self.delays: List[float] = []
        self.ended: Any = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: Any) -> None:
        self._transport = transport
        transport.write(self._message)

    def data_received(self, data: bytes) -> None:
        now, data = monotonic(), self._unread + data
        self._done = self._done or self._last in data
        end = data.rfind(b"\n") + 1
        data, self._unread = data[:end], data[end:]
        self.frames += data.count(FRAME)
        self.delays += [now - float(text) for text in STAMP.findall(data)]
        if (b"\n" + data).endswith(END) or self._unread.endswith(b"}}"):
            self._answered()

    def _answered(self) -> None:
        self.complete += self._done
        self._unread, self._done = b"", False
        self._calls -= 1
        if self._calls:
            self._transport.write(self._message)
        else:
            self._transport.close()

    def connection_lost(self, error: Any) -> None:
        self.ended.set_result(None)


async def run(job: Dict[str, Any]) -> Dict[str, Any]:
    """Open all streams (``spread`` seconds apart) and see how they end."""
    options = {"frames": job.get("frames", 0), "interval": job.get("interval", 0)}
    streaming = {"stream": True} if options["frames"] else {}
    message = request(job["port"], json.dumps(options), **streaming)
    calls = job.get("calls", 1)
    loop, clients = asyncio.get_running_loop(), []
    for _ in range(job["streams"]):
        _, client = await loop.create_connection(
            lambda: Client(message, calls, DONE if streaming else USAGE), "127.0.0.1", job["port"]
        )
        clients.append(client)
        await asyncio.sleep(job.get("spread", 0))
    await asyncio.wait([client.ended for client in clients], timeout=job.get("longest", 120))
    delays = sorted(delay for client in clients for delay in client.delays)
    return {
        "calls": job["streams"] * calls,
        "complete": sum(client.complete for client in clients),
        "frames": sum(client.frames for client in clients),
        "p50_ms": _quantile(delays, 0.5),
        "p99_ms": _quantile(delays, 0.99),
    }


def _quantile(values: List[float], part: float) -> Optional[float]:
    return values[int((len(values) - 1) * part)] * 1000 if values else None


if __name__ == "__main__":
    raise_open_files()
    print(json.dumps(asyncio.run(run(json.loads(sys.argv[1])))))
