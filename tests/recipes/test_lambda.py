"""lambda_function.py: an answer, an error, and a limit before that of the platform."""

from __future__ import annotations

import json
from typing import Any, Iterator

import pytest
from recipes import load

from dsadapter.testing import Emulator


class Context:
    """What the handler asks of its platform."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds

    def get_remaining_time_in_millis(self) -> int:
        return int(self.seconds * 1000)


@pytest.fixture()
def module(emulator: Emulator) -> Iterator[Any]:
    loaded = load("lambda_function")
    yield loaded
    loaded.client.close()


def invoke(module: Any, seconds: float = 30) -> Any:
    event = {"body": json.dumps({"question": "你好"})}
    result = module.lambda_handler(event, Context(seconds))
    return result["statusCode"], json.loads(result["body"])


def test_an_answer_over_a_connection_that_stays(module: Any, emulator: Emulator) -> None:
    first, second = invoke(module), invoke(module)
    assert first[0] == second[0] == 200
    assert "很高兴" in first[1]["answer"]
    assert emulator.connections == 1


def test_an_error_says_what_to_do(module: Any, emulator: Emulator) -> None:
    emulator.fault("status-402")
    status, body = invoke(module)
    assert status == 502
    assert "Top up" in body["hint"]


def test_it_answers_before_its_time_is_over(module: Any, emulator: Emulator) -> None:
    emulator.fault("stall-before-headers", times=-1)
    status, body = invoke(module, seconds=1.5)
    assert status == 502
    assert body["error"]
