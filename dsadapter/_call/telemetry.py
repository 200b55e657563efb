"""What others may see of a call: log records, OpenTelemetry spans, the trace of ``run``.

Logger ``dsadapter``: DEBUG when a call begins, WARNING when it is tried again, INFO when it ends.
No bodies, no headers, no queries, no key. Spans follow the GenAI semantic conventions; they are
made only where the program has imported ``opentelemetry`` itself.
"""

from __future__ import annotations

import logging
import sys
from typing import Any, Callable, Dict, List, Mapping, Optional, Sequence
from urllib.parse import urlsplit

from .._backends.base import Operation
from .._named_tuple import NamedTuple
from .._response.info import AdapterInfo
from .._settings.redaction import hidden, hidden_in
from .request import Request

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .._prices import Cost

log = logging.getLogger("dsadapter")
log.addHandler(logging.NullHandler())  # a program without logging gets no lines on stderr

_REQUEST_FIELDS = ("max_tokens", "temperature", "top_p", "frequency_penalty", "presence_penalty")


class CallRecord(NamedTuple):
    """One finished call, as :func:`on_call` hands it on. It holds no key and no text.

    ``elapsed`` is in seconds, a stream's to its last chunk; ``usage`` what the server counted, or
    {}; ``error`` what the caller got in place of a response, or None.
    """

    method: str
    url: str
    model: Optional[str]
    stream: bool
    info: AdapterInfo  # backend, status, headers, repairs, retries, cost
    elapsed: float
    error: Optional[BaseException]
    face: str  # "modern" or "legacy"
    usage: Mapping[str, Any] = {}

    @property
    def prompt_tokens(self) -> Optional[int]:
        """Tokens of the request, or None."""
        return self.usage.get("prompt_tokens")

    @property
    def completion_tokens(self) -> Optional[int]:
        """Tokens of the answer, thinking included, or None."""
        return self.usage.get("completion_tokens")

    @property
    def cost(self) -> Optional[Cost]:
        """``(usd, cny)`` by the table of ``dsadapter.prices``, or None."""
        return self.info.cost


Observer = Callable[[CallRecord], None]
observers: List[Observer] = []


def on_call(callback: Observer) -> Callable[[], None]:
    """Call ``callback`` with a :class:`CallRecord` at the end of each call, failed ones too; gives
    a function that ends this. It runs where the call ends: in its thread, on its event loop. What
    it raises is logged and reaches nobody else."""
    observers.append(callback)

    def remove() -> None:
        if callback in observers:
            observers.remove(callback)

    return remove


class Observation:
    """One call under observation, from :func:`begin` to the first :meth:`end`."""

    def __init__(self, model: Any, span: Any) -> None:
        self._model = model
        self._span = span
        self._over = False

    def end(
        self,
        call: Any,
        error: Optional[BaseException] = None,
        reply: Optional[Callable[[], Mapping[str, Any]]] = None,
    ) -> None:
        """The call is over: ``reply`` gives what came of it, if somebody asks; or ``error``."""
        if self._over:
            return
        self._over = True
        measured = "opentelemetry.metrics" in sys.modules
        reported = bool(observers) or log.isEnabledFor(logging.INFO)
        if not (measured or reported or self._span is not None):
            return
        data = reply() if reply else None
        data = data if isinstance(data, dict) else {}
        if self._span is not None:
            attributes = hidden_in(_reply_attributes(data), call.secrets())
            _end_span(self._span, error, attributes)
        if measured:
            self._measure(call, error, data)
        if reported:
            self._report(call, error, data)

    def _measure(self, call: Any, error: Optional[BaseException], data: Dict[str, Any]) -> None:
        from .metrics import record

        attributes = _attributes(call.operation, self._model, call.settings.provider.name)
        if data.get("model"):
            attributes["gen_ai.response.model"] = hidden(str(data["model"]), call.secrets())
        record(attributes, call.deadlines.elapsed(), _usage(data), error)

    def _report(self, call: Any, error: Optional[BaseException], data: Dict[str, Any]) -> None:
        info = call.info(data=data if _usage(data) else None)
        vars(info).update(hidden_in(vars(info), call.secrets()))  # a server may echo a key
        record = CallRecord(
            call.operation.method,
            shown_url(call.operation.url),
            one_line(self._model),
            call.request.stream,
            info,
            call.deadlines.elapsed(),
            error,
            call.face,
            _usage(data),
        )
        _log_end(record)
        for observer in list(observers):
            try:
                observer(record)
            except Exception:  # theirs; the caller of the API has an answer to get
                log.exception("a callback of on_call failed")


def _usage(data: Mapping[str, Any]) -> Dict[str, Any]:
    return _instance_or_empty(dict, data.get("usage"))


def begin(
    operation: Operation, request: Request, backend: str, provider: str, repairs: Sequence[Any]
) -> Observation:
    """A call begins: one log record, and a span where the program traces."""
    body = request.body or {}
    if log.isEnabledFor(logging.DEBUG):
        log.debug(
            "%s %s model=%s stream=%s backend=%s repairs=%s",
            operation.method,
            shown_url(operation.url),
            one_line(body.get("model")),
            request.stream,
            backend,
            ",".join(item.id for item in repairs) or "none",
        )
    return Observation(body.get("model"), _span(operation, body, provider))


def shown_url(url: str) -> str:
    """Where a call goes, in one line and without its query, which may hold a key."""
    return str(one_line(url.partition("?")[0]))


def one_line(value: Any) -> Optional[str]:
    """A text of somebody else's for a log: what could begin a line of its own is escaped."""
    if value is None:
        return None
    text = str(value)
    return text if text.isprintable() else "".join(map(_escaped, text))


def _escaped(char: str) -> str:
    return char if char.isprintable() else ascii(char)[1:-1]


def log_retry(reason: str, pause: float) -> None:
    """An attempt has failed, and another follows after ``pause`` seconds."""
    log.warning("trying again in %.2f s: %s", pause, one_line(reason))


def _log_end(record: CallRecord) -> None:
    if not log.isEnabledFor(logging.INFO):
        return
    cost = record.cost
    log.info(
        "%s %s model=%s status=%s tokens=%s+%s cost=%s request_id=%s in %.2f s: %s",
        record.method,
        record.url,
        record.model,
        record.info.status or "none",
        record.usage.get("prompt_tokens", "?"),
        record.usage.get("completion_tokens", "?"),
        "?" if cost is None else f"{cost.usd:.6f}USD",
        one_line(record.info.request_id),
        record.elapsed,
        type(record.error).__name__ if record.error else "complete",
    )


# --- OpenTelemetry -------------------------------------------------------------------------------


def _span(op: Operation, body: Mapping[str, Any], provider: str) -> Any:
    trace = sys.modules.get("opentelemetry.trace")
    if trace is None:
        return None
    attributes = _attributes(op, body.get("model"), provider)
    attributes["gen_ai.system"] = provider
    for field in _REQUEST_FIELDS:
        if isinstance(body.get(field), (int, float)):
            attributes[f"gen_ai.request.{field}"] = body[field]
    name = f"{_operation_name(op.url)} {body.get('model', '')}".strip()
    tracer = trace.get_tracer("dsadapter")
    return tracer.start_span(name, kind=trace.SpanKind.CLIENT, attributes=attributes)


def _attributes(op: Operation, model: Any, provider: str) -> Dict[str, Any]:
    """What spans and metrics say of a call alike."""
    parts = urlsplit(op.url)
    attributes: Dict[str, Any] = {
        "gen_ai.operation.name": _operation_name(op.url),
        "gen_ai.provider.name": provider,
        "server.address": parts.hostname or "",
        "server.port": parts.port or (443 if parts.scheme == "https" else 80),
    }
    if model:
        attributes["gen_ai.request.model"] = str(model)
    return attributes


def _operation_name(url: str) -> str:
    path = urlsplit(url).path
    if path.endswith("/chat/completions"):
        return "chat"
    return "text_completion" if path.endswith("/completions") else path.rpartition("/")[2]


def _end_span(span: Any, error: Optional[BaseException], attributes: Dict[str, Any]) -> None:
    span.set_attributes(attributes)
    if error is not None:
        trace = sys.modules["opentelemetry.trace"]
        span.set_attribute("error.type", type(error).__name__)
        span.set_status(trace.Status(trace.StatusCode.ERROR, type(error).__name__))
    span.end()


def _instance_or_empty(kind: type, value: Any) -> Any:
    """The value, or an empty one where the server sent something else."""
    return value if isinstance(value, kind) else kind()


def _reply_attributes(reply: Mapping[str, Any]) -> Dict[str, Any]:
    usage, choices = (
        _instance_or_empty(dict, reply.get("usage")),
        _instance_or_empty(list, reply.get("choices")),
    )
    reasons = [c.get("finish_reason") for c in choices if isinstance(c, dict)]
    attributes = {
        "gen_ai.response.id": reply.get("id"),
        "gen_ai.response.model": reply.get("model"),
        "gen_ai.response.finish_reasons": [str(reason) for reason in reasons if reason] or None,
        "gen_ai.usage.input_tokens": usage.get("prompt_tokens"),
        "gen_ai.usage.output_tokens": usage.get("completion_tokens"),
    }
    return {name: value for name, value in attributes.items() if value is not None}
