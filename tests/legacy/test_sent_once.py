"""0.28 sent a request once, and its programs retry by themselves: so does the legacy face."""

from __future__ import annotations

import asyncio
import socket
from typing import Any, List

import pytest

import dsadapter
from dsadapter._call import retries
from dsadapter.testing.emulator import Emulator

from .conftest import BASELINE

pytestmark = pytest.mark.skipif(BASELINE, reason="counts the adapter's attempts")
FAILURES = [
    ("status-408", "APIError"),
    ("status-409", "TryAgain"),
    ("status-429", "RateLimitError"),
    ("status-500", "APIError"),
    ("status-503", "ServiceUnavailableError"),
    ("reset-before", "APIConnectionError"),
    ("stall-before-headers", "Timeout"),
    ("blank-200", "ServiceUnavailableError"),
]


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: Any) -> None:
    monkeypatch.setattr(retries, "FIRST_WAIT", 0.01)


@pytest.fixture(params=["sync", "async"])
def call(request: Any, cc: Any, acc: Any) -> Any:
    """A call, read to its end where it is a stream."""

    async def read(**params: Any) -> Any:
        response = await acc(**params)
        return [chunk async for chunk in response] if params.get("stream") else response

    def create(**params: Any) -> Any:
        if request.param == "async":
            return asyncio.run(read(**params))
        response = cc(**params)
        return list(response) if params.get("stream") else response

    return create


@pytest.mark.parametrize("stream", [False, True], ids=["whole", "stream"])
@pytest.mark.parametrize(("fault", "name"), FAILURES)
def test_a_failed_request_is_not_sent_again(
    openai: Any, call: Any, emulator: Emulator, fault: str, name: str, stream: bool
) -> None:
    fault = f"{fault};retry_after=0" if "status" in fault else fault
    with pytest.raises(getattr(openai.error, name)):
        call(api_base=emulator.url(fault), request_timeout=1, stream=stream)
    assert len(emulator.requests) == 1


def test_a_loop_of_two_attempts_is_two_requests(openai: Any, call: Any, emulator: Emulator) -> None:
    for _ in range(2):
        with pytest.raises(openai.error.RateLimitError):
            call(api_base=emulator.url("status-429;retry_after=0"))
    assert len(emulator.requests) == 2


@pytest.mark.parametrize("attempts", [1, 2, 4])
def test_max_retries_of_a_call_counts(
    openai: Any, call: Any, emulator: Emulator, attempts: int
) -> None:
    base = emulator.url("status-429;retry_after=0")
    with pytest.raises(openai.error.RateLimitError):
        call(api_base=base, max_retries=attempts - 1)
    assert len(emulator.requests) == attempts
    assert all("max_retries" not in request.json for request in emulator.requests)


def test_max_retries_of_dsadapter_counts(openai: Any, call: Any, emulator: Emulator) -> None:
    dsadapter.max_retries = 2
    with pytest.raises(openai.error.RateLimitError):
        call(api_base=emulator.url("status-429;retry_after=0"))
    assert len(emulator.requests) == 3


def test_max_retries_of_a_list_of_models(openai: Any, cc: Any, emulator: Emulator) -> None:
    base = emulator.url("status-429;retry_after=0")
    for keywords, attempts in (({}, 1), ({"max_retries": 1}, 3)):
        with pytest.raises(openai.error.RateLimitError):
            openai.Model.list(api_base=base, **keywords)
        assert len(emulator.requests) == attempts


def test_the_sdks_own_max_retries_does_not_count(
    openai: Any, call: Any, emulator: Emulator, monkeypatch: Any
) -> None:
    if openai is dsadapter:
        pytest.skip("this one is the adapter's own")
    monkeypatch.setattr(openai, "max_retries", 5, raising=False)
    with pytest.raises(openai.error.RateLimitError):
        call(api_base=emulator.url("status-429;retry_after=0"))
    assert len(emulator.requests) == 1


def test_the_modern_face_retries_as_before(openai: Any, call: Any, emulator: Emulator) -> None:
    base = emulator.url("status-429;retry_after=0")
    with dsadapter.OpenAI(api_key="sk-modern0000000000", base_url=base) as client:
        with pytest.raises(dsadapter.RateLimitError):
            client.chat.completions.create(
                model="deepseek-flash", messages=[{"role": "user", "content": "hi"}]
            )
    assert len(emulator.requests) == 3


def test_where_nothing_was_sent_it_is_tried_again(openai: Any, call: Any, monkeypatch: Any) -> None:
    pauses: List[float] = []
    original = retries.pause_before_retry

    def noted(*args: Any) -> Any:
        pause = original(*args)
        pauses.append(pause)
        return pause

    monkeypatch.setattr("dsadapter._call.attempts.pause_before_retry", noted)
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))  # and does not listen: connections are refused
        base = f"http://127.0.0.1:{unused.getsockname()[1]}"
        with pytest.raises(openai.error.APIConnectionError):
            call(api_base=base)
    assert [pause is not None for pause in pauses] == [True, True, False]
