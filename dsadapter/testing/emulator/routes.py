"""Method and path -> answer, with the checks that come before any endpoint looks at the body."""

from __future__ import annotations

from typing import Any, Callable, Dict, NamedTuple, Optional, Tuple

from . import model, replies, rules, shapes
from .answers import Answer, empty, error, text
from .asks import CURRENT, Ask
from .received import Received
from .serde import TYPE, Mismatch, Unreadable, parse, place

PREFIXES = ("/v1", "/beta")


class Settings(NamedTuple):
    refuse_retired: bool = False
    chunk_delay: float = 0.0


class Call(NamedTuple):
    """A request on its way to an endpoint; `tail` is what the path has behind its name."""

    request: Received
    settings: Settings
    beta: bool
    tail: str = ""


Handler = Callable[[Call], Answer]


def respond(request: Received, path: str, settings: Settings) -> Answer:
    """The answer of a server in good health. `path` is the request's without the fault in it."""
    prefix = next((prefix for prefix in PREFIXES if path.startswith(prefix + "/")), "")
    name, tail = _endpoint(path[len(prefix) :])
    methods = ROUTES.get(name)
    if methods is None:
        return empty(404)
    if request.method not in methods:
        return empty(405)
    call = Call(request, settings, prefix == "/beta", tail)
    return _stranger(request) or methods[request.method](call)


def _endpoint(path: str) -> Tuple[str, str]:
    """`/models/x` is the endpoint `/models/` with tail `x`; other paths are endpoints."""
    if path.startswith("/models/") and len(path) > len("/models/"):
        return "/models/", path[len("/models/") :]
    return path, ""


def _stranger(request: Received) -> Optional[Answer]:
    """Any key will do, but there must be one. The real refusal has no content type."""
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    return (
        None
        if scheme.lower() == "bearer" and key.strip()
        else text(401, "Authentication Fails (governor)", None)
    )


# -- endpoints with a body


def _ask(call: Call, check: Callable[[Any, str], None]) -> Ask:
    body, source = parse(call.request.body)
    try:
        check(body, source)
    except Mismatch as problem:
        raise Refused(error(400, f"{TYPE}{problem}{place(source, problem.offset)}")) from None
    return Ask(body, source, call.beta, call.settings.refuse_retired)


class Refused(Exception):
    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.answer = answer


def _with_body(
    check: Callable[[Any, str], None], table: Any, speak: Callable[[Ask, float], Answer]
) -> Handler:
    """An endpoint that reads JSON, checks its shape, then its rules, then speaks."""

    def handle(call: Call) -> Answer:
        if not call.request.headers.get("content-type", "").lower().startswith("application/json"):
            return text(415, "Expected request with `Content-Type: application/json`")
        try:
            ask = _ask(call, check)
        except Unreadable as problem:
            return text(400, str(problem))
        except Refused as refused:
            return refused.answer
        return rules.refusal(ask, table) or speak(ask, call.settings.chunk_delay)

    return handle


def _chat(ask: Ask, delay: float) -> Answer:
    return replies.answer(model.chat(ask), ask.stream, delay)


def _fim(ask: Ask, delay: float) -> Answer:
    return replies.text_answer(model.fill_in(ask), ask.stream, delay)


_fim_handler = _with_body(shapes.check_fim, rules.FIM, _fim)


def _completions(call: Call) -> Answer:
    if not call.beta:
        return error(
            400, f"completions api is only available when using beta api {rules.BETA_HINT}"
        )
    return _fim_handler(call)


# -- endpoints without


def _model_entry(name: str) -> Dict[str, Any]:
    return {
        "id": name,
        "object": "model",
        "owned_by": "deepseek",
        "context_window": rules.CONTEXT,
        "max_output_tokens": rules.MAX_OUTPUT,
    }


def _models(call: Call) -> Answer:
    return Answer(data={"object": "list", "data": [_model_entry(name) for name in CURRENT]})


def _model(call: Call) -> Answer:
    return (
        Answer(data=_model_entry(call.tail))
        if call.tail in CURRENT
        else error(404, "Model Not Exist")
    )


def _balance(call: Call) -> Answer:
    amounts = {
        "currency": "CNY",
        "total_balance": "110.00",
        "granted_balance": "10.00",
        "topped_up_balance": "100.00",
    }
    return Answer(data={"is_available": True, "balance_infos": [amounts]})


ROUTES: Dict[str, Dict[str, Handler]] = {
    "/chat/completions": {"POST": _with_body(shapes.check_chat, rules.CHAT, _chat)},
    "/completions": {"POST": _completions},
    "/models": {"GET": _models},
    "/models/": {"GET": _model},
    "/user/balance": {"GET": _balance},
}
