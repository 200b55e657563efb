"""Cancellation, the way httpx and httpcore survive it.

They lose a connection, and with it a part of the pool, where a second ``task.cancel()`` comes while
they clean up after the first, and where one comes between two steps that belong together (connected
and not yet asked, answered and not yet put back).
"""

from __future__ import annotations

import asyncio
from types import coroutine as generator_based
from typing import Any, Generator, Optional


class Progress:
    """How far a request is, as far as its cancellation needs to know."""

    critical = False  # a cancellation has to wait: for a few turns of the loop, no more
    connecting = False  # anyio cancels the task itself, to end the tasks that try addresses


@generator_based
def cancelled_once(awaitable: Any, progress: Progress) -> Generator[Any, Any, Any]:
    """Await ``awaitable``; what is cancelled while it cleans up does that to its end.

    It runs in the task that waits (the libraries' cancel scopes belong to one), so each future that
    it waits for is shielded instead.
    """
    steps = awaitable.__await__()
    error: Optional[BaseException] = None
    postponed: Optional[BaseException] = None
    cleaning = False
    while True:
        try:
            future = steps.throw(error) if error is not None else steps.send(None)
        except StopIteration as stop:
            if postponed is not None:
                _cancel_again(postponed)
            return stop.value
        except Exception as err:
            if postponed is not None:
                raise postponed from err
            raise
        error = None
        protected = progress.critical or cleaning
        if postponed is not None and not protected:
            if future is not None:
                future.cancel()  # else a lock of anyio's would be given to this task later
            error, postponed, cleaning = postponed, None, True
            continue
        try:
            if protected:
                postponed = (yield from _to_its_end(future)) or postponed
            else:
                yield future
        except BaseException as err:
            error = err
            cleaning = isinstance(err, asyncio.CancelledError) and not progress.connecting


def _cancel_again(error: BaseException) -> None:
    """What awaits next is cancelled: the connection is in order, the caller still wants to end.

    With its message (anyio knows its own by that), and counted once, which asyncio.timeout() needs.
    """
    task: Any = asyncio.current_task()
    if hasattr(task, "uncancel"):  # Python 3.11
        task.uncancel()
    task.cancel(*error.args)


def _to_its_end(future: Any) -> Generator[Any, Any, Optional[BaseException]]:
    """Wait for a future (None: one turn of the loop); gives the cancellation that came then."""
    cancelled: Optional[BaseException] = None
    if future is None:
        try:
            yield
        except asyncio.CancelledError as err:
            cancelled = err
        return cancelled
    while not future.done():
        try:
            yield from asyncio.shield(future).__await__()
        except asyncio.CancelledError as err:
            if not future.cancelled():
                cancelled = err
        except Exception:  # it is raised again where the future is waited for
            pass
    return cancelled
