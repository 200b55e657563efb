"""``response.adapter``: how a reply came about."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Sequence, Tuple

from .._headers import Headers, request_id
from .._named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .._prices import Cost


class Billed(NamedTuple):
    """What a provider with known prices charges for; ``sent_at`` in seconds since the epoch."""

    model: str
    usage: Any
    sent_at: float


class AdapterInfo:
    """``response.adapter``: how the reply came about. Never part of the response itself.

    ``backend`` name; ``status`` int; ``headers``; ``repairs`` (id, what, why) of the request;
    ``retries`` (reason, wait in seconds) before this answer; ``elapsed`` seconds from the call to
    its answer (stream: to its headers); ``raw`` the server's own object where a repair changed
    it, else None; ``cost`` by the table of ``dsadapter.prices``.
    """

    def __init__(
        self,
        backend: str = "",
        repairs: Sequence[Any] = (),
        *,
        status: int = 0,
        headers: Optional[Headers] = None,
        retries: Sequence[Retry] = (),
        elapsed: float = 0.0,
        raw: Optional[Dict[str, Any]] = None,
        billed: Optional[Billed] = None,
    ) -> None:
        self.backend = backend
        self.status = status
        self.headers: Headers = Headers() if headers is None else headers
        self.repairs: Tuple[Any, ...] = tuple(repairs)
        self.retries: List[Retry] = list(retries)
        self.elapsed = elapsed
        self.raw = raw
        self._billed = billed

    @property
    def request_id(self) -> Optional[str]:
        """The id to name to the provider's support, or None."""
        return request_id(self.headers)

    @property
    def cost(self) -> Optional[Cost]:
        """What the call cost, as ``(usd, cny)``, at the prices of the hour in which it began; None
        where model or provider have no row in the table, and without a usage. The server's own
        tools are not included."""
        if self._billed is None:
            return None
        from datetime import datetime, timezone

        from .._prices import cost

        sent_at = datetime.fromtimestamp(self._billed.sent_at, timezone.utc)
        return cost(self._billed.model, self._billed.usage, sent_at)

    def __repr__(self) -> str:
        fields = ("backend", "status", "request_id", "repairs", "retries", "elapsed")
        return f"AdapterInfo({', '.join(f'{name}={getattr(self, name)!r}' for name in fields)})"


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
