"""Method and path -> response, with the checks that come before any endpoint looks at the body."""

from __future__ import annotations

from typing import Any, Callable, Dict, NamedTuple, Optional, Tuple

from . import (
    completion,
    model,
    responses_object,
    responses_schema,
    rules,
    schema,
    tools,
    tools_schema,
)
from .completion_request import CURRENT, CompletionRequest
from .files import FileStore
from .json_errors import TYPE, InvalidJson, TypeMismatch, line_and_column, parse
from .prefix_cache import PrefixCache
from .request import Request
from .response import Response, empty_response, error_response, text_response
from .responses_request import ResponsesRequest
from .responses_request import read as read_responses
from .speech_socket import key_of_protocol, speech_socket

PREFIXES = ("/v1", "/beta")


class Settings(NamedTuple):
    """What the constructor of the emulator chose, and its files; `chunk_delay` is in seconds.

    Without a `cache` no token of a prompt is ever a hit.
    """

    refuse_retired: bool
    chunk_delay: float
    files: FileStore
    cache: Optional[PrefixCache] = None


class Context(NamedTuple):
    """A request on its way to an endpoint; `tail` is what the path has behind its name."""

    request: Request
    settings: Settings
    beta: bool
    tail: str = ""


Endpoint = Callable[[Context], Response]
#: Raises TypeMismatch for a body, given with its text.
Check = Callable[[Any, str], None]
#: (body, text, whether under /beta, whether to refuse retired names) -> the request.
Read = Callable[[Any, str, bool, bool], Any]


def respond(request: Request, path: str, settings: Settings) -> Response:
    """The response of a server in good health. `path` is the request's without the fault in it."""
    prefix = next((prefix for prefix in PREFIXES if path.startswith(prefix + "/")), "")
    name, tail = _split_endpoint(path[len(prefix) :])
    methods = (ROUTES_OF_V1 if prefix == "/v1" else ROUTES).get(name)
    if methods is None:
        return empty_response(404)
    if request.method not in methods:
        return empty_response(405)
    context = Context(request, settings, prefix == "/beta", tail)
    return _require_key(request) or methods[request.method](context)


def _split_endpoint(path: str) -> Tuple[str, str]:
    """`/models/x` is the endpoint `/models/` with tail `x`; most paths are endpoints."""
    for name in ("/models/", "/files/"):
        if path.startswith(name) and len(path) > len(name) and "/" not in path[len(name) :]:
            return name, path[len(name) :]
    return path, ""


def _require_key(request: Request) -> Optional[Response]:
    """Any key will do, but there must be one. The real refusal has no content type."""
    if request.path.endswith("/tools/tts") and key_of_protocol(request):
        return None
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    return (
        None
        if scheme.lower() == "bearer" and key.strip()
        else text_response(401, "Authentication Fails (governor)", None)
    )


# -- endpoints with a body


def _parse(context: Context, check: Check, read: Read) -> Any:
    body, source = parse(context.request.body)
    try:
        check(body, source)
    except TypeMismatch as problem:
        raise RefusedRequest(
            error_response(400, f"{TYPE}{problem}{line_and_column(source, problem.offset)}")
        ) from None
    return read(body, source, context.beta, context.settings.refuse_retired)


class RefusedRequest(Exception):
    """The body has the wrong schema; `response` says so."""

    def __init__(self, response: Response) -> None:
        super().__init__(response.status)
        self.response = response


def _json_endpoint(
    check: Check,
    rule_table: Any,
    generate: Callable[[Any, Settings], Response],
    read: Read = CompletionRequest,
) -> Endpoint:
    """An endpoint that reads JSON, checks its schema, then its rules, then generates."""

    def handle(context: Context) -> Response:
        if (
            not context.request.headers.get("content-type", "")
            .lower()
            .startswith("application/json")
        ):
            return text_response(415, "Expected request with `Content-Type: application/json`")
        try:
            request = _parse(context, check, read)
        except InvalidJson as problem:
            return text_response(400, str(problem))
        except RefusedRequest as refused:
            return refused.response
        return rules.refusal(request, rule_table) or generate(request, context.settings)

    return handle


def _chat(request: CompletionRequest, settings: Settings) -> Response:
    answer = model.chat(request)
    if settings.cache is not None:
        answer.cached_tokens = int(settings.cache.hit_share(request) * answer.prompt_tokens)
    return completion.chat_response(answer, request.stream, settings.chunk_delay)


def _fim(request: CompletionRequest, settings: Settings) -> Response:
    return completion.fim_response(model.fim(request), request.stream, settings.chunk_delay)


def _responses(request: ResponsesRequest, settings: Settings) -> Response:
    answer = model.chat(request)
    return responses_object.responses_response(request, answer, settings.chunk_delay)


def _tool(generate: Callable[[Any, float], Response]) -> Callable[[Any, Settings], Response]:
    return lambda request, settings: generate(request, settings.chunk_delay)


_fim_handler = _json_endpoint(schema.check_fim, rules.FIM, _fim)


def _completions(context: Context) -> Response:
    if not context.beta:
        return error_response(
            400, f"completions api is only available when using beta api {rules.BETA_HINT}"
        )
    return _fim_handler(context)


# -- endpoints without


def _model_entry(name: str) -> Dict[str, Any]:
    return {
        "id": name,
        "object": "model",
        "owned_by": "deepseek",
        "context_window": rules.CONTEXT,
        "max_output_tokens": rules.MAX_OUTPUT,
    }


def _models(context: Context) -> Response:
    return Response(data={"object": "list", "data": [_model_entry(name) for name in CURRENT]})


def _model(context: Context) -> Response:
    return (
        Response(data=_model_entry(context.tail))
        if context.tail in CURRENT
        else error_response(404, "Model Not Exist")
    )


def _balance(context: Context) -> Response:
    amounts = {
        "currency": "CNY",
        "total_balance": "110.00",
        "granted_balance": "10.00",
        "topped_up_balance": "100.00",
    }
    return Response(data={"is_available": True, "balance_infos": [amounts]})


ROUTES: Dict[str, Dict[str, Endpoint]] = {
    "/chat/completions": {"POST": _json_endpoint(schema.check_chat, rules.CHAT, _chat)},
    "/completions": {"POST": _completions},
    "/responses": {
        "POST": _json_endpoint(
            responses_schema.check, responses_schema.RULES, _responses, read_responses
        )
    },
    "/models": {"GET": _models},
    "/models/": {"GET": _model},
    "/user/balance": {"GET": _balance},
    "/files": {
        "POST": lambda context: context.settings.files.create(context.request),
        "GET": lambda context: context.settings.files.page(context.request),
    },
    "/files/": {
        "GET": lambda context: context.settings.files.retrieve(context.tail),
        "DELETE": lambda context: context.settings.files.delete(context.tail),
    },
}
#: The tool endpoints have one address.
ROUTES_OF_V1: Dict[str, Dict[str, Endpoint]] = {
    **ROUTES,
    "/tools/search": {
        "POST": _json_endpoint(tools_schema.check_search, tools_schema.SEARCH, _tool(tools.search))
    },
    "/tools/fetch": {
        "POST": _json_endpoint(tools_schema.check_fetch, tools_schema.FETCH, _tool(tools.fetch))
    },
    "/tools/ocr": {"POST": lambda context: tools.ocr(context.request)},
    "/tools/asr": {"POST": lambda context: tools.asr(context.request)},
    "/tools/tts": {
        "GET": lambda context: speech_socket(context.request),
        "POST": _json_endpoint(tools_schema.check_speech, tools_schema.SPEECH, _tool(tools.tts)),
    },
}
