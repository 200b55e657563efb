"""The body of a reply as the caller reads it: decoded, watched, let go of at its end."""

from __future__ import annotations

import gzip
from typing import Any

import pytest
from scripted import REPLY, Side

import dsadapter
from dsadapter._call.attempts import exchange
from dsadapter._call.raw import async_raw_response, raw_response


def opened(side: Side, *script: Any, **options: Any) -> Any:
    """The raw response of a call, and the call."""
    call = side.call(*script, **{"raw": "stream", **options})
    reply = side.drive(exchange(call), call)
    wrap = raw_response if side.loop is None else async_raw_response
    return wrap(call, reply), call


def result(side: Side, value: Any) -> Any:
    return value if side.loop is None else side.loop.run_until_complete(value)


def test_the_body_is_read_on_demand(side: Side) -> None:
    response, call = opened(side, side.answer())
    assert not response.is_closed
    assert call.content is None
    assert result(side, response.parse()) == REPLY
    assert response.is_closed


def test_it_is_decoded(side: Side) -> None:
    packed = gzip.compress(b'{"a": 1}')
    headers = {"Content-Encoding": "gzip"}
    response, _ = opened(side, side.answer([packed[:9], packed[9:]], headers=headers))
    assert result(side, response.json()) == {"a": 1}
    assert response.headers["content-encoding"] == "gzip"


def test_a_body_that_breaks_off(side: Side) -> None:
    packed = gzip.compress(b'{"a": 1}')
    headers = {"Content-Encoding": "gzip"}
    response, _ = opened(side, side.answer([packed[:9]], headers=headers))
    with pytest.raises(dsadapter.OpenAIError):
        result(side, response.read())
    assert response.is_closed


def test_a_blank_body_is_an_error_where_it_is_parsed(side: Side) -> None:
    response, _ = opened(side, side.answer([b"  "]))
    assert result(side, response.read()) == b"  "
    with pytest.raises(dsadapter.ServerBusyError):
        result(side, response.parse())


def test_what_was_never_read_is_closed(side: Side) -> None:
    response, call = opened(side, side.answer())
    result(side, response.close())
    assert response.is_closed
    assert call.body.closed
