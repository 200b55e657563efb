"""A call that succeeds, and what the tests look at behind it."""

from __future__ import annotations

from typing import Any, Dict

from dsadapter.testing.emulator import Emulator

KEY = "sk-" + "unit" * 5 + "wxyz"
HELLO = [{"role": "user", "content": "Hello"}]
CALL: Dict[str, Any] = {"model": "deepseek-flash", "messages": HELLO}


def last(emulator: Emulator) -> Any:
    return emulator.requests[-1]


class NotGiven:
    """As the SDKs mark an argument that was left out."""


class Omit:
    """As the SDKs mark a header to be taken away."""
