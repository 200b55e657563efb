"""The backends, the one of this environment, and a caller's own session."""

from __future__ import annotations

import pytest
import requests

import dsadapter

LEGACY, MODERN, RAW = "legacy-openai", "modern-openai", "raw-requests"


class OwnSession(requests.Session):
    pass


def sdk_here() -> str:
    """The SDK backend of this environment; skips where there is none."""
    name = dsadapter.selection().name
    if name == RAW:
        pytest.skip("no openai SDK is installed here")
    return name
