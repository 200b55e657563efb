"""What others may see of a call: log records, OpenTelemetry spans, the trace of ``run``.

Logger ``dsadapter``: DEBUG when a call begins, WARNING for each retry, INFO when it ends. No
bodies, no headers, no key. Spans follow the GenAI semantic conventions; they are made only where
the program has imported ``opentelemetry`` itself.
"""

from __future__ import annotations

import logging
import sys
from typing import Any, Callable, Dict, List, Mapping, Optional
from urllib.parse import urlsplit

from .._named_tuple import NamedTuple

log = logging.getLogger("dsadapter")
log.addHandler(logging.NullHandler())  # a program without logging gets no lines on stderr

_REQUEST_FIELDS = {
    "max_tokens": "gen_ai.request.max_tokens",
    "temperature": "gen_ai.request.temperature",
    "top_p": "gen_ai.request.top_p",
    "frequency_penalty": "gen_ai.request.frequency_penalty",
    "presence_penalty": "gen_ai.request.presence_penalty",
}


class Event(NamedTuple):
    """One finished call, as ``observers`` get it. ``elapsed`` in seconds; ``error`` or None."""

    method: str
    url: str
    model: Optional[str]
    stream: bool
    info: Any  # AdapterInfo: backend, status, repairs, retries
    elapsed: float
    error: Optional[BaseException]


observers: List[Callable[[Event], None]] = []


class Observation:
    """One call under observation, from :func:`begin` to the first :meth:`end`."""

    def __init__(self, call: Any, body: Mapping[str, Any], provider: str) -> None:
        self._call = call
        self._model = body.get("model")
        self._span = _span(call, body, provider)
        self._over = False

    def end(
        self,
        error: Optional[BaseException] = None,
        reply: Optional[Callable[[], Mapping[str, Any]]] = None,
    ) -> None:
        """The call is over: ``reply`` gives what came of it, if somebody asks; or ``error``."""
        if self._over:
            return
        self._over = True
        call = self._call
        event = Event(
            call.op.method,
            call.op.url,
            self._model,
            call.stream,
            call.info,
            call.bounds.elapsed(),
            error,
        )
        _log_end(event)
        if self._span is not None:
            _end_span(self._span, error, reply)
        for observer in observers:
            observer(event)


def begin(call: Any, body: Optional[Mapping[str, Any]], provider: str) -> Observation:
    body = body or {}
    log.debug(
        "%s %s model=%s stream=%s backend=%s repairs=%s",
        call.op.method,
        call.op.url,
        body.get("model"),
        call.stream,
        call.info.backend,
        ",".join(item.id for item in call.info.repairs) or "none",
    )
    return Observation(call, body, provider)


def _log_end(event: Event) -> None:
    for retry in event.info.retries:
        log.warning("tried again after %.2f s: %s", retry.wait, retry.reason)
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


def _span(call: Any, body: Mapping[str, Any], provider: str) -> Any:
    trace = sys.modules.get("opentelemetry.trace")
    if trace is None:
        return None
    operation = _operation_name(call.op.url)
    parts = urlsplit(call.op.url)
    attributes: Dict[str, Any] = {
        "gen_ai.operation.name": operation,
        "gen_ai.provider.name": provider,
        "gen_ai.system": provider,
        "server.address": parts.hostname or "",
        "server.port": parts.port or (443 if parts.scheme == "https" else 80),
    }
    if body.get("model"):
        attributes["gen_ai.request.model"] = str(body["model"])
    for field, name in _REQUEST_FIELDS.items():
        if isinstance(body.get(field), (int, float)):
            attributes[name] = body[field]
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


def _of(kind: type, value: Any) -> Any:
    """The value, or an empty one where the server sent something else."""
    return value if isinstance(value, kind) else kind()


def _reply_attributes(reply: Mapping[str, Any]) -> Dict[str, Any]:
    usage, choices = _of(dict, reply.get("usage")), _of(list, reply.get("choices"))
    reasons = [c.get("finish_reason") for c in choices if isinstance(c, dict)]
    attributes = {
        "gen_ai.response.id": reply.get("id"),
        "gen_ai.response.model": reply.get("model"),
        "gen_ai.response.finish_reasons": [str(reason) for reason in reasons if reason] or None,
        "gen_ai.usage.input_tokens": usage.get("prompt_tokens"),
        "gen_ai.usage.output_tokens": usage.get("completion_tokens"),
    }
    return {name: value for name, value in attributes.items() if value is not None}
