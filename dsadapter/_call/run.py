"""From a Request and Settings to a result: repairs, the call, what the caller gets.

Both faces end here.
"""

from __future__ import annotations

import warnings
from typing import Any, Callable, Dict, Optional, Set, Tuple

from .._backends.base import Operation
from .._backends.selection import caller_depth
from .._errors.tree import InvalidArgumentError, OpenAIError, RepairWarning
from .._headers import Headers
from .._named_tuple import NamedTuple
from .._record import Record, attach
from .._repairs import apply, restore
from .._response.info import AdapterInfo
from .._response.types import Wrap
from .._settings.table import Settings
from .._settings.values import DEFAULT_IDLE
from . import request as _wire
from . import telemetry as _observe
from .attempts import Call, Opened, adrive, drive, exchange
from .deadlines import Bounds
from .request import Request


class Kind(NamedTuple):
    """What a reply becomes: a whole one, one chunk, and the streams of both colours."""

    whole: Wrap = Record
    chunk: Wrap = Record


class RawResponse:
    """``with_raw_response``: the answer as it came, and ``parse()`` for the usual object."""

    def __init__(self, content: Optional[bytes], info: AdapterInfo, parsed: Any) -> None:
        self._content = content
        self._parsed = parsed
        self.adapter = info
        self.status_code = info.status
        self.headers: Headers = info.headers
        self.request_id = info.request_id

    @property
    def content(self) -> bytes:
        if self._content is None:
            raise OpenAIError("The answer is a stream: read it from parse().")
        return self._content

    @property
    def text(self) -> str:
        return self.content.decode("utf-8", "replace")

    def json(self) -> Any:
        import json

        return json.loads(self.text)

    def parse(self) -> Any:
        return self._parsed

    def __repr__(self) -> str:
        return f"<RawResponse [{self.status_code}]>"


def run(
    backend: Any,
    request: Request,
    settings: Settings,
    kind: Kind,
    *,
    raw: bool = False,
    keep: Any = None,
) -> Any:
    """Make the call; a Stream, or what ``kind`` makes of the reply (RawResponse with ``raw``).

    A stream holds on to ``keep``: what it needs to stay alive when its client is dropped.
    """
    call, repaired = prepare(backend, request, settings, kind)
    call.keep = keep
    flow = exchange(call)
    result = drive(flow, call)
    if isinstance(result, Opened):
        from .stream import Stream

        result = Stream(call, flow, result.reply)
        return RawResponse(None, call.info, result) if raw else result
    return _finished(call, repaired, result, raw)


async def arun(
    backend: Any,
    request: Request,
    settings: Settings,
    kind: Kind,
    *,
    raw: bool = False,
    keep: Any = None,
) -> Any:
    """The async twin of :func:`run`."""
    call, repaired = prepare(backend, request, settings, kind)
    call.keep = keep
    flow = exchange(call)
    result = await adrive(flow, call)
    if isinstance(result, Opened):
        from .stream import AsyncStream

        result = AsyncStream(call, flow, result.reply)
        return RawResponse(None, call.info, result) if raw else result
    return _finished(call, repaired, result, raw)


def _finished(call: Call, repaired: _Repaired, data: Any, raw: bool) -> Any:
    result = data
    if isinstance(data, dict):
        if repaired.restore:
            call.info.raw = _copy(data)
            restore.restore_reply(data)
        result = attach(call.whole(data), call.info)
    call.observation.end(reply=lambda: data)
    return RawResponse(call.body, call.info, result) if raw else result


def _copy(data: Dict[str, Any]) -> Dict[str, Any]:
    import copy

    return copy.deepcopy(data)


# --- preparing -----------------------------------------------------------------------------------


class _Repaired(NamedTuple):
    request: Request
    repairs: Tuple[Any, ...] = ()
    beta: bool = False
    restore: bool = False


def prepare(
    backend: Any, request: Request, settings: Settings, kind: Kind
) -> Tuple[Call, _Repaired]:
    repaired = repair(request, settings)
    request = repaired.request
    info = AdapterInfo(backend.name, repaired.repairs)
    call = Call(
        backend,
        _wire.operation(request, settings, beta=repaired.beta),
        settings,
        bounds_of(request, settings),
        info,
        _restoring(kind.chunk, restore.restore_chunk) if repaired.restore else kind.chunk,
        _restoring(kind.whole, restore.restore_reply)
        if repaired.restore and request.stream
        else kind.whole,
        stream=request.stream,
        resend=_resender(request, settings, info, repaired.beta),
    )
    call.observation = _observe.begin(call, request.body, settings.provider.name)
    return call, repaired


def bounds_of(request: Request, settings: Settings) -> Bounds:
    idle = settings.idle_timeout if request.idle_timeout is None else request.idle_timeout
    deadline = settings.deadline if request.deadline is None else request.deadline
    strict = idle is not None or deadline is not None
    if idle is None and request.stream:
        idle = DEFAULT_IDLE
    return Bounds(idle, deadline, strict)


def repair(request: Request, settings: Settings) -> _Repaired:
    """The request as the provider takes it today."""
    body = request.body
    if body is None:
        return _Repaired(request)
    if settings.model_map and body.get("model") in settings.model_map:
        body = {**body, "model": settings.model_map[body["model"]]}
        request = request._replace(body=body)
    if settings.provider.name != "deepseek":
        return _Repaired(request)
    if settings.repair == "off":
        return _Repaired(request, beta=apply.needs_beta(request.path, body))
    outcome = apply.repaired(request.path, body)
    _announce(outcome.repairs, settings)
    return _Repaired(
        request._replace(body=outcome.body), outcome.repairs, outcome.beta, outcome.restore
    )


_announced: Set[str] = set()


def _announce(repairs: Tuple[Any, ...], settings: Settings) -> None:
    """One warning per rule and process; with repair="error" the first one is an error."""
    for item in repairs:
        if settings.repair == "error":
            raise InvalidArgumentError(
                f"{item.what}: {item.why}", hint=f"repair='on' would do it (rule {item.id})"
            )
        if item.id not in _announced:
            _announced.add(item.id)
            warnings.warn(
                f"{item.what}: {item.why} [{item.id}]", RepairWarning, stacklevel=caller_depth()
            )


def _restoring(wrap: Wrap, restore: Callable[[Dict[str, Any]], None]) -> Wrap:
    def restored(data: Dict[str, Any]) -> Any:
        restore(data)
        return wrap(data)

    return restored


def _resender(
    request: Request, settings: Settings, info: AdapterInfo, beta: bool
) -> Optional[Callable[[OpenAIError], Optional[Operation]]]:
    if settings.provider.name != "deepseek" or settings.repair != "on" or request.body is None:
        return None
    body = request.body

    def resend(err: OpenAIError) -> Optional[Operation]:
        outcome = apply.after_refusal(body, err.message)
        if outcome is None:
            return None
        info.repairs += outcome.repairs
        _announce(outcome.repairs, settings)
        return _wire.operation(request._replace(body=outcome.body), settings, beta=beta)

    return resend
