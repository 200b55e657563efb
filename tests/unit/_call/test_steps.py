"""The steps of a call: sending under a deadline, reading, closing."""

from __future__ import annotations

import threading
import time
from importlib import import_module
from typing import Any

import pytest
from failures import BUSY, eventually
from scripted import Answer, Scripted

import dsadapter
from dsadapter._call import steps

pytestmark = pytest.mark.usefixtures("pauses")


class Slow:
    """A backend that answers when it is told to."""

    name = "slow"
    per_thread = False

    def __init__(self) -> None:
        self.go = threading.Event()
        self.answer = Answer()

    def send(self, op: Any) -> Answer:
        assert self.go.wait(10)
        return self.answer


def slow() -> Any:
    scripted = Scripted()
    scripted.client._holder._backend = Slow()
    return scripted


def test_a_late_answer_that_nobody_waits_for_is_closed() -> None:
    scripted = slow()
    backend = scripted.client._holder._backend
    with pytest.raises(dsadapter.APITimeoutError) as caught:
        scripted.chat(deadline=0.1)
    assert caught.value.bound == "deadline"
    backend.go.set()
    assert eventually(lambda: backend.answer.closed)


def test_an_interrupt_abandons_the_send(monkeypatch: Any) -> None:
    scripted = slow()
    backend = scripted.client._holder._backend

    def result(future: Any, timeout: Any = None) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(import_module("concurrent.futures").Future, "result", result)
        with pytest.raises(KeyboardInterrupt):
            scripted.chat(deadline=10)
    backend.go.set()
    assert eventually(lambda: backend.answer.closed)


def test_socket_timeouts_end_just_behind_a_deadline() -> None:
    scripted = Scripted(Answer(), Answer(), Answer())
    scripted.chat(deadline=7)
    scripted.chat(idle_timeout=7, timeout=3)
    scripted.chat()
    limits = [(op.connect, op.read) for op in scripted.sent]
    assert limits[0][0] == 5
    assert 6 < limits[0][1] < 8
    assert limits[1:] == [(3, 3), (5, 600)]


def test_each_attempt_has_the_whole_idle_timeout(monkeypatch: Any) -> None:
    monkeypatch.setattr(steps.Sleep, "run", lambda step, call: time.sleep(0.3))
    scripted = Scripted(Answer(BUSY, 503), Answer(BUSY, 503), Answer())
    assert scripted.chat(idle_timeout=0.5).id == "r1"
