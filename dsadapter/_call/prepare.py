"""From a request and settings to a call: models mapped, repairs made, everything in place."""

from __future__ import annotations

from typing import Any, Mapping, Optional, Set, Tuple

from .._backends.base import Operation
from .._errors.tree import InvalidArgumentError, OpenAIError, RepairWarning
from .._repairs.usual import CHAT, asks_for_reasoning, is_usual
from .._settings.table import Settings
from .._settings.values import DEFAULT_IDLE, NO_LIMIT, mapped_model
from .._warn import warn_caller
from . import telemetry
from .call import Call, ResponseTypes
from .deadlines import Deadlines
from .request import Request, operation, raw_mode

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .._backends.base import Holder

_NOTHING: Tuple[Tuple[Any, ...], bool, bool] = ((), False, False)  # repairs, beta, restore


def prepare(
    holder: Holder,
    request: Request,
    settings: Settings,
    types: ResponseTypes,
    *,
    face: str = "modern",
) -> Call:
    """The call, ready to be run; ``face`` is "modern" or "legacy".

    Raises InvalidArgumentError for what cannot be sent, or with repair="error" not as it is.
    """
    request, settings = _with_raw_default(request, settings)
    body, deadlines = _checked_body(request, settings), _deadlines(request, settings)
    on_deepseek = body is not None and settings.provider.name == "deepseek"
    repairs, beta, restore = _NOTHING
    if on_deepseek and (settings.repair.rules or not is_usual(request.path, body or {})):
        body, repairs, beta, restore = _repaired(request.path, body or {}, settings)
    if body is not request.body:
        request = Request(request.method, request.path, body, *request[3:])
    op = operation(request, settings, beta=beta)
    return Call(
        holder,
        request,
        op,
        settings,
        types,
        deadlines,
        telemetry.begin(op, request, holder.name, settings.provider.name, repairs),
        face=face,
        repairs=repairs,
        beta=beta,
        restore=restore,
        may_resend=on_deepseek and settings.repair.resends,
    )


def _repaired(path: str, body: Mapping[str, Any], settings: Settings) -> Tuple[Any, ...]:
    """The body, what was repaired, whether /beta alone serves it, whether to restore the reply."""
    from .._repairs import apply  # the rules, which most programs never need

    if settings.repair == "off":
        return body, (), apply.needs_beta(path, body), False
    body, repairs, beta, restore, notices = apply.repaired(path, body, settings.repair.rules)
    if repairs or notices:
        _announce(repairs, settings, notices)
    return body, repairs, beta, restore


def _with_raw_default(request: Request, settings: Settings) -> Tuple[Request, Settings]:
    """What the SDKs ask for a raw response with is heard among the headers of every call, too, and
    sent as little."""
    if not settings.default_headers:
        return request, settings
    headers = dict(settings.default_headers)
    mode = raw_mode(headers)
    if len(headers) == len(settings.default_headers):
        return request, settings
    raw = request.raw or mode
    return request._replace(raw=raw), settings._replace(default_headers=headers)


def _check_messages(path: str, body: Mapping[str, Any]) -> None:
    """Raise InvalidArgumentError for what stands for messages and holds none."""
    messages = body.get("messages")
    if path.strip("/") != CHAT or messages and isinstance(messages, (list, tuple)):
        return
    is_list = isinstance(messages, (list, tuple))
    fault = "empty: there is nothing to answer" if is_list else "not a list of messages"
    shown = "" if is_list else f"a {type(messages).__name__}, "
    raise InvalidArgumentError(
        f"messages is {shown}{fault}.",
        hint='Write messages=[{"role": "user", "content": "Hello"}]',
    )


def _checked_body(request: Request, settings: Settings) -> Any:
    """The body with the model's name replaced, where the caller's map has it."""
    body = request.body
    if body is not None and settings.provider.name == "deepseek":
        _check_messages(request.path, body)
    if body is None or not settings.model_map:
        return body
    model = mapped_model(settings.model_map, body.get("model"))
    return body if model is None else {**body, "model": model}


def _deadlines(request: Request, settings: Settings) -> Deadlines:
    idle = settings.idle_timeout if request.idle_timeout is None else request.idle_timeout
    deadline = settings.deadline if request.deadline is None else request.deadline
    explicit = idle is not None or deadline is not None
    if idle is None:
        idle = DEFAULT_IDLE if request.stream else NO_LIMIT
    return Deadlines(idle, NO_LIMIT if deadline is None else deadline, explicit=explicit)


_announced: Set[str] = set()


def _announce(repairs: Tuple[Any, ...], settings: Settings, notices: Tuple[Any, ...] = ()) -> None:
    """One warning per rule and process; with repair="error" the first repair is an error."""
    if repairs and settings.repair == "error":
        first = repairs[0]
        raise InvalidArgumentError(
            f"{first.what}: {first.why}", hint=f"repair='on' would do it (rule {first.id})"
        )
    for repair in (*repairs, *notices):
        if repair.id not in _announced:
            _announced.add(repair.id)
            warn_caller(f"{repair.what}: {repair.why} [{repair.id}]", RepairWarning)


def repaired_operation(call: Call, err: OpenAIError) -> Optional[Operation]:
    """What a refusal asks for, ready to be sent; None where that is no help."""
    if not asks_for_reasoning(err.message):
        return None
    from .._repairs import apply  # as a rule loaded: usual requests are not refused for this

    outcome = apply.after_refusal(call.request.body or {}, err.message)
    if outcome is None:
        return None
    call.repairs += outcome.repairs
    _announce(outcome.repairs, call.settings)
    return operation(call.request._replace(body=outcome.body), call.settings, beta=call.beta)
