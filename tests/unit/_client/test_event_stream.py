"""What streams of events have in common, of chats and of responses."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from events import STOP
from sample_calls import CALL
from scripted import DONE, Answer, Scripted, chunk

from _client.test_response_stream import DELTA, LAST
from dsadapter._client.event_stream import AsyncEventStream, AsyncEventStreamManager


def of_chat() -> Any:
    scripted = Scripted(Answer([chunk("a"), chunk("b"), STOP, DONE]))
    return scripted, scripted.client.chat.completions.stream(**CALL)


def of_response() -> Any:
    pieces = [b"data: " + json.dumps(event).encode() + b"\n\n" for event in (DELTA, LAST)]
    scripted = Scripted(Answer(pieces), provider="generic")
    return scripted, scripted.client.responses.stream(model="m", input="hi")


KINDS = pytest.mark.parametrize("kind", [of_chat, of_response])


@KINDS
def test_the_request_goes_out_with_with(kind: Any) -> None:
    scripted, manager = kind()
    assert scripted.sent == []
    with manager:
        assert len(scripted.sent) == 1
    assert scripted.answers[0].closed


@KINDS
def test_leaving_early_closes_the_connection(kind: Any) -> None:
    scripted, manager = kind()
    with pytest.raises(KeyError), manager as stream:
        next(stream)
        assert not scripted.answers[0].closed
        raise KeyError
    assert scripted.answers[0].closed


@KINDS
def test_a_loop_that_is_left_can_be_taken_up_again(kind: Any) -> None:
    whole = [event.type for event in kind()[1].__enter__()]
    with kind()[1] as stream:
        seen = [next(event.type for event in stream)]
        seen += [event.type for event in stream]
        assert stream.until_done() is stream
    assert seen == whole and len(seen) > 1


def test_on_an_event_loop() -> None:
    """The async twin, on raw streams that a list stands for."""
    closed = []

    class Raw:
        async def __aiter__(self) -> Any:
            for item in (1, 2, 3):
                yield item

        async def close(self) -> None:
            closed.append(True)

    class Doubled(AsyncEventStream[Any]):
        _native_names = ()

        def _events_of(self, item: int) -> Any:
            return () if item == 2 else (item, item)

    class Manager(AsyncEventStreamManager[Doubled]):
        _native_names = ()
        _stream_type = Doubled

    async def raw() -> Any:
        return Raw()

    async def main() -> Any:
        async with Manager(raw, None) as stream:
            first = await stream.__anext__()
            rest = [event async for event in stream]
            assert not closed
        return [first, *rest]

    assert asyncio.run(main()) == [1, 1, 3, 3]
    assert closed == [True]
