"""The two drivers: they carry out the steps of a flow, blocking or on an event loop."""

from __future__ import annotations

from typing import Any, AsyncIterator, Generator, Iterator

from .call import Call
from .steps import Deliver


def drive(flow: Generator[Any, Any, Any], call: Call) -> Any:
    """Run the flow to its result, or to what it delivers next."""
    try:
        step = next(flow)
        while type(step) is not Deliver:
            try:
                result = step.run(call)
            except BaseException as err:
                step = flow.throw(err)
            else:
                step = flow.send(result)
        return step
    except StopIteration as stop:
        return stop.value
    except BaseException as err:
        result = None  # bytes of a reply, which may hold the key
        call.failed(err)
        raise


async def adrive(flow: Generator[Any, Any, Any], call: Call) -> Any:
    """The same on an event loop."""
    try:
        step = next(flow)
        while type(step) is not Deliver:
            try:
                result = await step.arun(call)
            except BaseException as err:
                step = flow.throw(err)
            else:
                step = flow.send(result)
        return step
    except StopIteration as stop:
        return stop.value
    except BaseException as err:
        result = None  # bytes of a reply, which may hold the key
        call.failed(err)
        raise


def delivered(flow: Generator[Any, Any, Any], call: Call) -> Iterator[Any]:
    """All that the flow delivers, item by item."""
    items = drive(flow, call)
    while items is not None:
        yield from items
        items = drive(flow, call)


async def adelivered(flow: Generator[Any, Any, Any], call: Call) -> AsyncIterator[Any]:
    """The same on an event loop."""
    items = await adrive(flow, call)
    while items is not None:
        for item in items:
            yield item
        items = await adrive(flow, call)
