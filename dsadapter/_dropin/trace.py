"""``--trace``: one line per call on stderr. Never a key, never a prompt."""

from __future__ import annotations

import functools
import sys
import time
from typing import Any

from .. import _console
from .._call import telemetry
from .patches import Changes


def begin(changes: Changes) -> None:
    """Write a line for every call through the adapter from here on."""
    telemetry.observers.append(_adapter_call)
    changes.later(lambda: telemetry.observers.remove(_adapter_call))


def _adapter_call(event: telemetry.CallRecord) -> None:
    info = event.info
    repairs = ",".join(repair.id for repair in info.repairs) or "-"
    status = _status(event.error, str(info.status or "-"))
    _write(event.face, info.backend, event.model or "-", repairs, status, event.elapsed)


def _status(err: Any, answered: str) -> str:
    code = getattr(err, "status_code", None)
    return answered if err is None else f"{code} " * bool(code) + type(err).__name__


def _write(face: str, backend: str, model: str, repairs: str, status: str, seconds: float) -> None:
    _console.line(
        f"dsadapter: {face} backend={backend} model={model} repairs={repairs} status={status} "
        f"time={seconds:.3f}s",
        sys.stderr,
    )


def native(package: Any, changes: Changes) -> None:
    """Calls of openai >= 1's own clients, which the adapter does not see."""
    base = package._base_client
    for owner, wrap in ((base.SyncAPIClient, _sync), (base.AsyncAPIClient, _async)):
        changes.set(owner, "request", wrap(owner.request))


def _sync(request: Any) -> Any:
    @functools.wraps(request)
    def traced(self: Any, *args: Any, **kwargs: Any) -> Any:
        if not _is_native(self):
            return request(self, *args, **kwargs)
        with _NativeCall(args, kwargs):
            return request(self, *args, **kwargs)

    return traced


def _async(request: Any) -> Any:
    @functools.wraps(request)
    async def traced(self: Any, *args: Any, **kwargs: Any) -> Any:
        if not _is_native(self):
            return await request(self, *args, **kwargs)
        with _NativeCall(args, kwargs):
            return await request(self, *args, **kwargs)

    return traced


def _is_native(client: Any) -> bool:
    return not type(client).__module__.startswith("dsadapter")


class _NativeCall:
    """One call of the SDK's own client: a line at its end."""

    def __init__(self, args: Any, kwargs: Any) -> None:
        options = kwargs.get("options") or (args[1] if len(args) > 1 else None)
        body = getattr(options, "json_data", None)
        self._model = str(body.get("model", "-")) if isinstance(body, dict) else "-"
        self._started = time.monotonic()

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, err: Any, trace: Any) -> None:
        elapsed = time.monotonic() - self._started
        _write("modern", "native", self._model, "-", _status(err, "200"), elapsed)
