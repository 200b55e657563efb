"""The emulator of one soak worker, in a process of its own.

Prints its base URL. For each line on standard input, a JSON list of calls, it prints one JSON
object: how many connections are open, which calls were asked more often than they may be, and
which of the calls in the list were read. It stops when the input ends. Of a request it looks at
these headers:

- ``X-Soak-Call: NUMBER`` and ``X-Soak-At-Most: REQUESTS``: each request that was read counts
- ``X-Soak-Once``: its fault passes after the first request of the call
- ``X-Soak-Wire``: bytes in place of the answer, of :mod:`.soak_wire`
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from typing import Any, List

from dsadapter.testing import Emulator
from dsadapter.testing.emulator import server_thread
from dsadapter.testing.emulator.http1 import Connection
from dsadapter.testing.emulator.http_head import BadRequest

from . import limits, soak_wire

SHOWN = 20


class Impatient(Connection):
    """Answers 413 before it has read the body, where a request asks for that."""

    async def _read_body(self, head: Any) -> bytes:
        if head.get(soak_wire.HEADER) != soak_wire.EARLY_413:
            return await super()._read_body(head)
        server: Server = self._handler._handler  # behind its thread
        server.count(head.get("x-soak-call"), head.get("x-soak-at-most"))
        refused = BadRequest(413, "too large")
        # asyncio loses what was sent by one that closes at once
        refused.response.body = [*refused.response.parts(), 0.05]
        raise refused


class Server(Emulator):
    """Counts the requests of each call, and commits faults that pass and faults of the wire."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self._requests_of: Counter[str] = Counter()
        self.asked_too_often: List[str] = []

    def was_read(self, call: str) -> bool:
        """Whether a request of this call was read."""
        return self._requests_of[call] > 0

    def count(self, call: str, limit: str) -> int:
        """One more request of this call, and how many there were."""
        self._requests_of[call] += 1
        count = self._requests_of[call]
        if count == int(limit) + 1:
            self.asked_too_often.append(f"call {call}: {count} requests, {limit} at most")
        return count

    def respond(self, request: Any, number: int) -> Any:
        headers = request.headers
        count = self.count(headers["x-soak-call"], headers["x-soak-at-most"])
        wire = headers.get(soak_wire.HEADER)
        if headers.get("x-soak-once") and count > 1:
            headers.pop("x-emulator-fault", None)
            wire = None
        healthy = super().respond(request, number)
        return soak_wire.reply(wire, healthy) if wire else healthy


def main() -> None:
    limits.raise_open_files()
    server_thread.Connection = Impatient
    with Server(max_recorded=10) as emulator:
        print(emulator.base_url, flush=True)
        for line in sys.stdin:
            answer = {
                "read": [call for call in json.loads(line) if emulator.was_read(call)],
                "open_connections": emulator.open_connections,
                "asked_too_often": emulator.asked_too_often[:SHOWN],
            }
            print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
