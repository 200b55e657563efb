"""What holds the backend of a client, and of all calls that have no client of their own."""

from __future__ import annotations

import threading
from typing import Any, Callable, Dict, Optional

from .._settings import table
from .._settings.sources import setting_value
from .gate import Gate
from .lifetime import AsyncHolder, SyncHolder
from .selection import Selection, load

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .lifetime import NewGate


def gate_of(max_connections: Optional[int], max_concurrency: Optional[str]) -> NewGate:
    """What makes the gate of these settings."""
    if max_concurrency is None:
        return lambda: Gate(max_connections)
    from .adaptive_gate import AdaptiveGate

    return lambda: AdaptiveGate(max_connections)


def sync_holder(
    selection: Selection, http_client: Any = None, new_gate: NewGate = Gate
) -> SyncHolder:
    """The holder of a client's backend, behind its gate."""
    return SyncHolder(
        lambda: load(selection, "sync_backend", http_client),
        closes_itself=http_client is None,
        new_gate=new_gate,
    )


def async_holder(
    selection: Selection, http_client: Any = None, new_gate: NewGate = Gate
) -> AsyncHolder:
    """The holder of an async client's backends."""
    return AsyncHolder(
        lambda: load(selection, "async_backend", http_client),
        closes_itself=http_client is None,
        new_gate=new_gate,
    )


GATE_SETTINGS = ("max_connections", "max_concurrency")
_shared: Dict[Any, Any] = {}
_shared_lock = threading.Lock()


def _shared_holder(make: Callable[..., Any], selection: Selection) -> Any:
    key = (make, selection.name)
    if key not in _shared:
        with _shared_lock:  # a second one would be dropped while its thread is using it
            if key not in _shared:
                values = [table.BY_NAME[n].parse(n, setting_value(n, {})) for n in GATE_SETTINGS]
                _shared[key] = make(selection, None, gate_of(*values))
    return _shared[key]


def shared_sync(selection: Selection) -> SyncHolder:
    """The holder that all sync calls without a client of their own share."""
    holder: SyncHolder = _shared_holder(sync_holder, selection)
    return holder


def shared_async(selection: Selection) -> AsyncHolder:
    """The same for async calls."""
    holder: AsyncHolder = _shared_holder(async_holder, selection)
    return holder


async def close_shared_async() -> None:
    """Let go of what calls without a client hold on the running event loop."""
    for (make, _), holder in list(_shared.items()):
        if make is async_holder:
            await holder.release_loop()
