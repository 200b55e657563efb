"""``response.adapter``: how a reply came about."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Tuple

from .._headers import Headers, request_id


class AdapterInfo:
    """``response.adapter``: how the reply came about. Never part of the response itself.

    ``backend`` name; ``status`` int; ``headers``; ``repairs`` (id, what, why) of the request;
    ``retries`` (reason, wait in seconds) before this answer; ``elapsed`` seconds from the call to
    its answer (stream: to its headers); ``raw`` the server's own object where a repair changed
    it, else None.
    """

    def __init__(self, backend: str = "", repairs: Tuple[Any, ...] = ()) -> None:
        self.backend = backend
        self.status = 0
        self.headers: Headers = Headers()
        self.repairs = tuple(repairs)
        self.retries: List[Retry] = []
        self.elapsed = 0.0
        self.raw: Optional[Dict[str, Any]] = None

    @property
    def request_id(self) -> Optional[str]:
        return request_id(self.headers)

    def __repr__(self) -> str:
        shown = ("backend", "status", "request_id", "repairs", "retries", "elapsed")
        return f"AdapterInfo({', '.join(f'{name}={getattr(self, name)!r}' for name in shown)})"


class Retry:
    """One failed attempt: ``reason`` (str) and the ``wait`` in seconds that followed it."""

    __slots__ = ("reason", "wait")

    def __init__(self, reason: str, wait: float) -> None:
        self.reason = reason
        self.wait = wait

    def __repr__(self) -> str:
        return f"Retry(reason={self.reason!r}, wait={self.wait:.2f})"

    def __reduce__(self) -> Tuple[Any, ...]:
        return Retry, (self.reason, self.wait)
