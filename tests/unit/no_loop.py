"""Ways to run a coroutine where asyncio does not run."""

from __future__ import annotations

from typing import Any, Callable


def bare(main: Callable[[], Any]) -> Any:
    """By hand, on no event loop at all."""
    try:
        main().send(None)
    except StopIteration as stop:
        return stop.value
    raise AssertionError("it waits, and nothing runs that could wake it")


def under_trio(main: Callable[[], Any]) -> Any:
    """On trio's loop, where trio is installed."""
    import pytest

    return pytest.importorskip("trio").run(main)


WITHOUT_ASYNCIO = [bare, under_trio]
