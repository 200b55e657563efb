"""A call that is prepared, run to what the caller gets.

What only streams or raw responses need is loaded with the first of them.
"""

from __future__ import annotations

from typing import Any

from .attempts import exchange
from .call import Call
from .drivers import adrive, drive


def run(call: Call, *, raw: bool = False) -> Any:
    """A Stream, or the response; with ``raw`` a RawResponse around it.

    Raises APIError and its subclasses for whatever goes wrong on the way.
    """
    reply = drive(exchange(call), call)
    if call.request.stream:
        from .stream import Stream

        result: Any = Stream(call, reply)
    else:
        result = _response(call, reply)
    return _raw(call, result) if raw else result


async def arun(call: Call, *, raw: bool = False) -> Any:
    """The async twin of :func:`run`."""
    reply = await adrive(exchange(call), call)
    if call.request.stream:
        from .stream import AsyncStream

        result: Any = AsyncStream(call, reply)
    else:
        result = _response(call, reply)
    return _raw(call, result) if raw else result


def _raw(call: Call, result: Any) -> Any:
    from .._response.raw_response import RawResponse

    return RawResponse(call.content, call.info(), result)


def _response(call: Call, data: Any) -> Any:
    response = call.to_response(data)
    call.end(reply=lambda: data)
    return response
