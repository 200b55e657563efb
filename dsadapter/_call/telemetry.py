"""What others may see of a call: log records, OpenTelemetry spans, the trace of ``run``.

Logger ``dsadapter``: DEBUG when a call begins, WARNING for each retry, INFO when it ends. No
bodies, no headers, no queries, no key. Spans follow the GenAI semantic conventions; they are made
only where the program has imported ``opentelemetry`` itself.
"""

from __future__ import annotations

import logging
import sys
from typing import Any, Callable, Dict, List, Mapping, Optional, Sequence
from urllib.parse import urlsplit

from .._backends.base import Operation
from .._named_tuple import NamedTuple
from .request import Request

log = logging.getLogger("dsadapter")
log.addHandler(logging.NullHandler())  # a program without logging gets no lines on stderr

_REQUEST_FIELDS = ("max_tokens", "temperature", "top_p", "frequency_penalty", "presence_penalty")


class Event(NamedTuple):
    """One finished call, as ``observers`` get it. ``elapsed`` in seconds; ``error`` or None."""

    method: str
    url: str
    model: Optional[str]
    stream: bool
    info: Any  # AdapterInfo: backend, status, repairs, retries
    elapsed: float
    error: Optional[BaseException]
    face: str  # "modern" or "legacy"


observers: List[Callable[[Event], None]] = []


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
        if self._span is not None:
            _end_span(self._span, error, reply)
        if log.isEnabledFor(logging.INFO) or observers or call.retries:
            self._report(call, error)

    def _report(self, call: Any, error: Optional[BaseException]) -> None:
        event = Event(
            call.operation.method,
            shown_url(call.operation.url),
            one_line(self._model),
            call.request.stream,
            call.info(),
            call.deadlines.elapsed(),
            error,
            call.face,
        )
        _log_end(event)
        for observer in observers:
            observer(event)


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


def _log_end(event: Event) -> None:
    for retry in event.info.retries:
        log.warning("tried again after %.2f s: %s", retry.wait, one_line(retry.reason))
    outcome = type(event.error).__name__ if event.error else "complete"
    log.info(
        "%s %s status=%s in %.2f s: %s",
        event.method,
        event.url,
        event.info.status or "none",
        event.elapsed,
        outcome,
    )


# --- OpenTelemetry -------------------------------------------------------------------------------


def _span(op: Operation, body: Mapping[str, Any], provider: str) -> Any:
    trace = sys.modules.get("opentelemetry.trace")
    if trace is None:
        return None
    operation = _operation_name(op.url)
    parts = urlsplit(op.url)
    attributes: Dict[str, Any] = {
        "gen_ai.operation.name": operation,
        "gen_ai.provider.name": provider,
        "gen_ai.system": provider,
        "server.address": parts.hostname or "",
        "server.port": parts.port or (443 if parts.scheme == "https" else 80),
    }
    if body.get("model"):
        attributes["gen_ai.request.model"] = str(body["model"])
    for field in _REQUEST_FIELDS:
        if isinstance(body.get(field), (int, float)):
            attributes[f"gen_ai.request.{field}"] = body[field]
    name = f"{operation} {body.get('model', '')}".strip()
    tracer = trace.get_tracer("dsadapter")
    return tracer.start_span(name, kind=trace.SpanKind.CLIENT, attributes=attributes)


def _operation_name(url: str) -> str:
    path = urlsplit(url).path
    if path.endswith("/chat/completions"):
        return "chat"
    return "text_completion" if path.endswith("/completions") else path.rpartition("/")[2]


def _end_span(span: Any, error: Optional[BaseException], reply: Any) -> None:
    data = reply() if reply else None
    if isinstance(data, dict):
        span.set_attributes(_reply_attributes(data))
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
