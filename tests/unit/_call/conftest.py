"""Both sides of a call, and a clock that stands still until it is told to go on."""

from __future__ import annotations

from typing import Any, Iterator

import pytest
from scripted import Side

from dsadapter._call import attempts, deadlines, reading, whole_body


@pytest.fixture(params=["sync", "async"])
def side(request: Any) -> Iterator[Side]:
    instance = Side(request.param == "async")
    yield instance
    instance.close()


class Clock:
    """The monotonic clock of a call: ``clock.now += 5`` is five seconds later."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture()
def clock(monkeypatch: Any) -> Clock:
    instance = Clock()
    for module in (attempts, deadlines, reading, whole_body):
        monkeypatch.setattr(module, "monotonic", instance)
    return instance
