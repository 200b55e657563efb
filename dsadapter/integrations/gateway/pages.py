"""What /docs and /openapi.json say about each path."""

from __future__ import annotations

from typing import Any, Dict

NAME = "dsadapter gateway"
BASE = "/v1"
JSON = "application/json"
DESCRIPTION = """An OpenAI-compatible service in front of DeepSeek, by dsadapter.

Every path under `/v1` is also there without it. Fields that are not described here are passed on
as they are. Requests that DeepSeek is known to refuse are repaired; the header
`X-DSAdapter-Repairs` names the rules. A stream that breaks off ends with an event
`data: {"error": ...}` and without `data: [DONE]`."""

_TEXT = {"type": "string", "minLength": 1}
_ANY_OBJECT = {"type": "object"}
_MESSAGE = {
    "type": "object",
    "properties": {"role": _TEXT},
    "required": ["role"],
    "example": {"role": "user", "content": "Hello"},
}
_STREAM = {"type": ["boolean", "null"], "description": "Server-sent events instead of one object."}
_EVENT = {"type": "object", "properties": {"data": {"type": "string"}}}
_ERROR = {
    "type": "object",
    "properties": {
        "error": {
            "type": "object",
            "properties": {
                "message": {"type": "string"},
                "type": {"type": ["string", "null"]},
                "param": {"type": ["string", "null"]},
                "code": {"type": ["string", "integer", "null"]},
            },
            "required": ["message"],
        }
    },
    "required": ["error"],
}


def _error(text: str) -> Dict[str, Any]:
    return {"description": text, "content": {JSON: {"schema": _ERROR}}}


ERRORS: Dict[Any, Any] = {
    400: _error("The request is refused as it is."),
    401: _error("No access token, an unknown one, or the upstream refuses its key."),
    402: _error("The account has no balance left."),
    403: _error("Not from here."),
    404: _error("There is no such thing."),
    429: _error("Too many calls at once; `Retry-After` says when to try again."),
    500: _error("The upstream or the gateway failed."),
    502: _error("The connection to the upstream failed, or its answer is none."),
    503: _error("The upstream is overloaded."),
    504: _error("A deadline passed."),
}
_WITH_BODY: Dict[Any, Any] = {
    405: _error("The path takes POST only."),
    408: _error("The request took too long to arrive."),
    413: _error("The request is too large."),
    415: _error("The request is not application/json."),
    422: _error("The request is refused as it is."),
}


def _response(kind: str, properties: Dict[str, Any], *, streams: bool = False) -> Dict[Any, Any]:
    schema = {"type": "object", "properties": properties, "required": list(properties)}
    content: Dict[str, Any] = {JSON: {"schema": schema}}
    if streams:
        content["text/event-stream"] = {"schema": _EVENT}
    return {200: {"description": kind, "content": content}}


def _request(properties: Dict[str, Any], example: Dict[str, Any]) -> Dict[str, Any]:
    schema = {"type": "object", "properties": properties, "required": list(properties)}
    schema["properties"] = {**properties, "stream": _STREAM}
    content = {JSON: {"schema": schema, "example": example}}
    return {"requestBody": {"required": True, "content": content}}


_CHOICES = {"choices": {"type": "array", "items": _ANY_OBJECT}}

CHAT: Dict[str, Any] = {
    "summary": "A chat completion",
    "responses": {**_response("The answer.", _CHOICES, streams=True), **_WITH_BODY},
    "openapi_extra": _request(
        {"model": _TEXT, "messages": {"type": "array", "items": _MESSAGE, "minItems": 1}},
        {"model": "deepseek-flash", "messages": [{"role": "user", "content": "Hello"}]},
    ),
}
COMPLETION: Dict[str, Any] = {
    "summary": "Fill in the middle",
    "responses": {**_response("The text.", _CHOICES, streams=True), **_WITH_BODY},
    "openapi_extra": _request(
        {"model": _TEXT, "prompt": _TEXT}, {"model": "deepseek-v4-pro", "prompt": "def fib(n):"}
    ),
}
MODELS: Dict[str, Any] = {
    "summary": "The models",
    "responses": _response("The models.", {"data": {"type": "array", "items": _ANY_OBJECT}}),
}
MODEL: Dict[str, Any] = {
    "summary": "One model",
    "responses": _response("The model.", {"id": {"type": "string"}}),
}
BALANCE: Dict[str, Any] = {
    "summary": "The balance of the account",
    "responses": _response(
        "The balance.", {"balance_infos": {"type": "array", "items": _ANY_OBJECT}}
    ),
}
ABOUT: Dict[str, Any] = {
    "summary": "What this is",
    "responses": _response("Its name and version, and where to go on.", {"docs": _TEXT}),
}
METRICS: Dict[str, Any] = {
    "summary": "Numbers for Prometheus",
    "responses": {200: {"description": "Prometheus text.", "content": {"text/plain": {}}}},
}
_STATUS = {"status": {"type": "string"}}
HEALTH: Dict[str, Any] = {
    "summary": "Whether the process lives",
    "responses": _response("It does.", _STATUS),
}
READY: Dict[str, Any] = {
    "summary": "Whether it takes another call",
    "responses": {**_response("It does.", _STATUS), 503: _error("All places are taken.")},
}
