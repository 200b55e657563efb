"""A flow of literals, driven blocking and on an event loop: the same results, the same errors."""

from __future__ import annotations

from typing import Any, Generator, List

import pytest
from scripted import Side

from dsadapter._call.steps import Deliver


class Literal:
    """A step that gives its value, or raises it."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def run(self, call: Any) -> Any:
        call.steps.append(self.value)
        if isinstance(self.value, BaseException):
            raise self.value
        return self.value

    async def arun(self, call: Any) -> Any:
        return self.run(call)


class Recorded:
    """In the place of a call: which steps were carried out, and which error it got to see."""

    def __init__(self) -> None:
        self.steps: List[Any] = []
        self.errors: List[BaseException] = []

    def failed(self, err: BaseException) -> None:
        self.errors.append(err)


Flow = Generator[Any, Any, Any]
BROKEN = ValueError("broken")


def returning() -> Flow:
    first = yield Literal(1)
    second = yield Literal(2)
    return first + second


def catching() -> Flow:
    try:
        yield Literal(BROKEN)
    except ValueError:
        return (yield Literal("another way"))


def raising_in_the_flow() -> Flow:
    yield Literal(1)
    raise BROKEN


def raising_in_a_step() -> Flow:
    yield Literal(BROKEN)
    yield Literal("never")


def without_steps() -> Flow:
    return 7
    yield


def stopped() -> Flow:
    yield Literal(KeyboardInterrupt())


@pytest.mark.parametrize(
    ("flow", "result", "steps"),
    [
        (returning, 3, [1, 2]),
        (catching, "another way", [BROKEN, "another way"]),
        (without_steps, 7, []),
    ],
)
def test_a_flow_that_returns(side: Side, flow: Any, result: Any, steps: List[Any]) -> None:
    call = Recorded()
    assert side.drive(flow(), call) == result
    assert (call.steps, call.errors) == (steps, [])


@pytest.mark.parametrize("flow", [raising_in_the_flow, raising_in_a_step])
def test_an_error_ends_the_call_once_and_reaches_the_caller_as_it_is(side: Side, flow: Any) -> None:
    call = Recorded()
    with pytest.raises(ValueError) as caught:
        side.drive(flow(), call)
    assert caught.value is BROKEN
    assert call.errors == [BROKEN]
    assert "never" not in call.steps


def test_an_interrupt_ends_the_call(side: Side) -> None:
    call = Recorded()
    with pytest.raises(KeyboardInterrupt):
        side.drive(stopped(), call)
    assert [type(err) for err in call.errors] == [KeyboardInterrupt]


def delivering() -> Flow:
    value = yield Literal("a")
    yield Deliver([value])
    value = yield Literal("b")
    yield Deliver([value, "c"])


def test_a_flow_stops_where_it_delivers_and_goes_on_from_there(side: Side) -> None:
    call, flow = Recorded(), delivering()
    assert side.drive(flow, call) == ["a"]
    assert call.steps == ["a"]
    assert side.drive(flow, call) == ["b", "c"]
    assert call.steps == ["a", "b"]
    assert side.drive(flow, call) is None
    assert call.errors == []
