"""A prepared call is run to what the caller gets, sync and async."""

from __future__ import annotations

import asyncio
from typing import Any, List

import pytest
from scripted import DONE, KEY, REPLY, Side, chunk

import dsadapter
from dsadapter._call.call import ResponseTypes
from dsadapter._call.run import arun, run


def result_of(side: Side, call: Any) -> Any:
    if side.loop is None:
        return run(call)
    return side.loop.run_until_complete(arun(call))


def all_of(side: Side, stream: Any) -> Any:
    if side.loop is None:
        return list(stream)

    async def collect() -> Any:
        return [item async for item in stream]

    return side.loop.run_until_complete(collect())


def test_a_response(side: Side) -> None:
    call = side.call(side.answer())
    response = result_of(side, call)
    assert response == REPLY
    assert response.adapter.status == 200


def test_an_answer_that_does_not_become_what_it_was_to_become(side: Side) -> None:
    """The error shows no key, and the call is over: its span says so."""

    def refuse(data: Any) -> Any:
        raise dsadapter.APIResponseError(f"does not fit: {KEY}")

    ended: List[Any] = []
    call = side.call(side.answer())
    call.types = ResponseTypes(refuse)
    call._observation.end = lambda call, error, reply: ended.append(error)
    with pytest.raises(dsadapter.APIResponseError, match="does not fit") as caught:
        result_of(side, call)
    assert KEY not in str(caught.value)
    assert ended == [caught.value]


def test_a_stream(side: Side) -> None:
    call = side.call(side.answer([chunk("a"), chunk("b", "stop"), DONE]), stream=True)
    stream = result_of(side, call)
    kind = dsadapter.Stream if side.loop is None else dsadapter.AsyncStream
    assert type(stream) is kind
    assert [item.choices[0].delta.content for item in all_of(side, stream)] == ["a", "b"]


def test_a_raw_response(side: Side) -> None:
    call = side.call(side.answer(headers={"X-A": "1"}), raw="true")
    raw = result_of(side, call)
    assert (raw.status_code, raw.headers["x-a"]) == (200, "1")
    assert raw.parse() == raw.json() == REPLY


def test_a_raw_stream(side: Side) -> None:
    call = side.call(side.answer([chunk("a", "stop")]), stream=True, raw="true")
    raw = result_of(side, call)
    with pytest.raises(dsadapter.OpenAIError, match="parse"):
        _ = raw.content
    assert len(all_of(side, raw.parse())) == 1


def test_an_error(side: Side) -> None:
    call = side.call(side.answer({"error": {"message": "m"}}, 402))
    with pytest.raises(dsadapter.InsufficientBalanceError, match="m"):
        result_of(side, call)


def test_both_sides_ask_for_the_same() -> None:
    sides = [Side(False), Side(True)]
    calls = [side.call(side.answer(), deadline=30) for side in sides]
    for side, call in zip(sides, calls):
        result_of(side, call)
        side.close()
    (first,), (second,) = (call.holder.backend().sent for call in calls)
    assert first[:4] == second[:4]
    assert asyncio.iscoroutinefunction(arun) and not asyncio.iscoroutinefunction(run)
