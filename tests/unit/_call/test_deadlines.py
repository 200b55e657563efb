"""Timeouts, idle_timeout and deadline: what a call may set, and the clock behind it."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from sample_calls import CALL

import dsadapter
from dsadapter import OpenAI
from dsadapter.testing.emulator import Emulator


@pytest.mark.parametrize(
    "params",
    [
        {"timeout": 0.2},
        {"timeout": httpx.Timeout(0.2)},
        {"timeout": (1, 0.2)},
        {"request_timeout": 0.2},
        {"request_timeout": 0.2, "timeout": 30},
        {"deadline": 0.2},
    ],
)
def test_the_timeout_of_a_call(client: OpenAI, emulator: Emulator, params: Any) -> None:
    emulator.fault("stall-before-headers")
    once = client.with_options(max_retries=0)
    with pytest.raises(dsadapter.APITimeoutError) as caught:
        once.chat.completions.create(**CALL, **params)
    assert caught.value.bound == ("deadline" if "deadline" in params else "timeout")
