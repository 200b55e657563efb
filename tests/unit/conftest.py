"""An emulator, the settings that lead to it, and a client on it."""

from __future__ import annotations

from typing import Any, Dict, Iterator, List

import pytest
from _response.samples import data
from sample_calls import KEY

from dsadapter import OpenAI
from dsadapter._call import steps
from dsadapter._headers import Headers
from dsadapter._record import attach
from dsadapter._response.info import AdapterInfo, Retry
from dsadapter._response.types import ChatCompletion
from dsadapter.testing.emulator import Emulator


@pytest.fixture()
def response() -> ChatCompletion:
    info = AdapterInfo("raw-requests", ("a repair",))
    info.status = 200
    info.headers = Headers({"X-Request-Id": "r1"})
    info.retries = [Retry("why", 0.5)]
    return attach(ChatCompletion(data()), info)


@pytest.fixture()
def emulator() -> Iterator[Emulator]:
    with Emulator() as server:
        yield server


@pytest.fixture()
def settings(emulator: Emulator) -> Dict[str, Any]:
    return {"api_key": KEY, "base_url": emulator.base_url, "provider": "deepseek"}


@pytest.fixture()
def client(settings: Dict[str, Any]) -> Iterator[OpenAI]:
    with OpenAI(**settings) as instance:
        yield instance


@pytest.fixture()
def pauses(monkeypatch: Any) -> List[float]:
    """Seconds between attempts, which nobody waits."""
    seconds: List[float] = []
    monkeypatch.setattr(steps.Sleep, "run", lambda step, call: seconds.append(step.seconds))
    return seconds
