"""A DeepSeek API on loopback, for tests and for working offline.

    with Emulator() as emulator:
        client = dsadapter.OpenAI(api_key="any", base_url=emulator.base_url)

It answers, validates and refuses as the real server does, and commits on request every fault in
`FAULTS`. Standard library only.
"""

from __future__ import annotations

from .faults import FAULTS, Fault
from .request import Request
from .server import Emulator

__all__ = ["FAULTS", "Emulator", "Fault", "Request"]
