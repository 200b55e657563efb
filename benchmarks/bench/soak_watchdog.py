"""Ends a soak worker in which nothing happens any more, and says where it hangs."""

from __future__ import annotations

import asyncio
import faulthandler
import os
import sys
import threading
import time
from typing import Any, Callable, Dict

STUCK = 60.0  # seconds without one finished call


def watch(done: Callable[[], int], under_way: Dict[int, Any]) -> None:
    """``done()`` counts finished calls; ``under_way`` has those that are not."""
    threading.Thread(target=_watch, args=(done, under_way), daemon=True).start()


def _watch(done: Callable[[], int], under_way: Dict[int, Any]) -> None:
    last, since = -1, time.monotonic()
    while True:
        time.sleep(1)
        now = done()
        if now != last or not under_way:
            last, since = now, time.monotonic()
        elif time.monotonic() - since > STUCK:
            _tell(under_way)
            os._exit(1)


def _tell(under_way: Dict[int, Any]) -> None:
    print(f"nothing happened for {STUCK:g} s; under way:", file=sys.stderr)
    for call in list(under_way.values()):
        print(f"  {call}", file=sys.stderr)
    faulthandler.dump_traceback(file=sys.stderr)
    for task in list(getattr(asyncio.tasks, "_all_tasks", ())):
        if not task.done():
            task.print_stack(file=sys.stderr)
    sys.stderr.flush()
