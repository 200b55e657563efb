"""The emulator of one soak worker, in a process of its own.

Prints its base URL. For each line on standard input it prints how many connections are open; it
stops when the input ends. A request with the header ``X-Soak-Once`` meets its fault the first
time only.
"""

from __future__ import annotations

import sys
from typing import Any, Set

from dsadapter.testing import Emulator

from . import limits


class Once(Emulator):
    """Faults that have passed when the same call is tried again."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self._met: Set[str] = set()

    def respond(self, request: Any, number: int) -> Any:
        call = request.headers.get("x-soak-once")
        if call in self._met:
            self._met.discard(call)
            request.headers.pop("x-emulator-fault", None)
        elif call:
            self._met.add(call)
        return super().respond(request, number)


def main() -> None:
    limits.raise_open_files()
    with Once(max_recorded=10) as emulator:
        print(emulator.base_url, flush=True)
        for _ in sys.stdin:
            print(emulator.open_connections, flush=True)


if __name__ == "__main__":
    main()
