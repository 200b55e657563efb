"""A call that is prepared, run to what the caller gets.

What only streams or raw responses need is loaded with the first of them.
"""

from __future__ import annotations

from typing import Any

from .._errors.tree import OpenAIError
from .attempts import exchange
from .call import Call
from .drivers import adrive, drive


def run(call: Call) -> Any:
    """A Stream, or the response; where the request asks for it a raw response.

    Raises APIError and its subclasses for whatever goes wrong on the way.
    """
    reply = drive(exchange(call), call)
    if call.request.raw:
        from .raw import raw_response

        return raw_response(call, reply)
    if call.request.stream:
        from .stream import Stream

        return Stream(call, reply)
    return _response(call, reply)


async def arun(call: Call) -> Any:
    """The async twin of :func:`run`."""
    reply = await adrive(exchange(call), call)
    if call.request.raw:
        from .raw import async_raw_response

        return async_raw_response(call, reply)
    if call.request.stream:
        from .stream import AsyncStream

        return AsyncStream(call, reply)
    return _response(call, reply)


def _response(call: Call, data: Any) -> Any:
    try:
        response = call.to_response(data)
    except OpenAIError as err:  # it does not fit the class that was asked for
        call.failed(err)
        raise
    call.end(reply=lambda: data)
    return response
