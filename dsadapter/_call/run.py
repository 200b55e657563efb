"""A call that is prepared, run to what the caller gets."""

from __future__ import annotations

from typing import Any

from .._response.raw_response import RawResponse
from .attempts import exchange
from .call import Call
from .drivers import adrive, drive
from .stream import AsyncStream, Stream


def run(call: Call, *, raw: bool = False) -> Any:
    """A Stream, or the response; with ``raw`` a RawResponse around it.

    Raises APIError and its subclasses for whatever goes wrong on the way.
    """
    reply = drive(exchange(call), call)
    result = Stream(call, reply) if call.request.stream else _response(call, reply)
    return RawResponse(call.content, call.info(), result) if raw else result


async def arun(call: Call, *, raw: bool = False) -> Any:
    """The async twin of :func:`run`."""
    reply = await adrive(exchange(call), call)
    result = AsyncStream(call, reply) if call.request.stream else _response(call, reply)
    return RawResponse(call.content, call.info(), result) if raw else result


def _response(call: Call, data: Any) -> Any:
    response = call.to_response(data)
    call.end(reply=lambda: data)
    return response
