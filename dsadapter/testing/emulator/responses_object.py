"""A completion as the Responses API writes it: one object, or a stream of events.

Known are the object, the events of reasoning, text and function calls, and their order. Invented
are the items and events of the web tools (those that `web_search` had until September 2026), and
the details of a refusal. The object never has the status `failed` here; the fault
`insufficient-resource` gives it.
"""

from __future__ import annotations

import json
import uuid
from typing import Any, Dict, Iterator, List, NamedTuple

from .completion import REFUSED, Completion, fragments, usage_of
from .response import EVENT_STREAM, Json, Response
from .responses_request import APPLY_PATCH, ResponsesRequest

LAST_EVENTS = ("response.completed", "response.incomplete", "response.failed")
_REASONS = {"length": "max_output_tokens", REFUSED: "content_filter"}


class Item(NamedTuple):
    """An item of the output as it is in the end, and the pieces in which its text comes."""

    data: Json
    tokens: List[str] = []

    @property
    def text(self) -> str:
        """The text of the pieces."""
        return "".join(self.tokens)


def responses_response(request: ResponsesRequest, completion: Completion, delay: float) -> Response:
    """The completion on the wire."""
    items = _items(request, completion)
    body = _object(request, completion, items)
    if not request.stream:
        return Response(data=body)
    return Response(
        content_type=EVENT_STREAM,
        headers=[("cache-control", "no-cache")],
        events=_numbered(_events(body, items)),
        completion=body,
        delay=delay,
    )


# -- one object


def _object(request: ResponsesRequest, completion: Completion, items: List[Item]) -> Json:
    reason = _REASONS.get(completion.finish_reason)
    body: Json = {
        "id": completion.id,
        "object": "response",
        "created_at": completion.created,
        "status": "incomplete" if reason else "completed",
        "model": completion.model,
        "output": [item.data for item in items],
        "usage": _usage(completion),
        "tools": request.original.get("tools") or [],
        "store": False,
        "parallel_tool_calls": True,
        "previous_response_id": None,
        "error": None,
        "incomplete_details": {"reason": reason} if reason else None,
    }
    return body if completion.title is None else dict(body, title=completion.title)


def _usage(completion: Completion) -> Json:
    counted = usage_of(completion)
    details = counted.get("completion_tokens_details") or {}
    usage: Json = {
        "input_tokens": counted["prompt_tokens"],
        "input_tokens_details": {"cached_tokens": counted.get("prompt_cache_hit_tokens", 0)},
        "output_tokens": counted["completion_tokens"],
        "output_tokens_details": {"reasoning_tokens": details.get("reasoning_tokens", 0)},
        "total_tokens": counted["total_tokens"],
    }
    searches = counted.get("server_tool_use")
    return dict(usage, server_tool_use=searches) if searches else usage


def _items(request: ResponsesRequest, completion: Completion) -> List[Item]:
    items = []
    if completion.reasoning is not None:
        items.append(_reasoning(completion.reasoning))
    items += [_web_call(block) for block in completion.web_results]
    if completion.content or completion.finish_reason == "stop":
        items.append(_message(completion))
    items += [_call(call) for call in completion.tool_calls]
    if items and completion.finish_reason in _REASONS:
        items[-1].data["status"] = "incomplete"
    return items


def _item(kind: str, prefix: str, **fields: Any) -> Json:
    return {"type": kind, "id": f"{prefix}_{uuid.uuid4().hex}", "status": "completed", **fields}


def _reasoning(tokens: List[str]) -> Item:
    content = [{"type": "reasoning_text", "text": "".join(tokens)}]
    return Item(_item("reasoning", "rs", content=content, summary=[]), tokens)


def _message(completion: Completion) -> Item:
    text = "".join(completion.content)
    part = {"type": "output_text", "text": text, "annotations": []}
    return Item(_item("message", "msg", role="assistant", content=[part]), completion.content)


def _web_call(block: Json) -> Item:
    url = block["content"][0]["url"]
    is_search = block["type"].startswith("web_search")
    action = {"type": "search" if is_search else "open_page", "url": url}
    return Item(_item("web_search_call", "ws", action=action))


def _call(call: Json) -> Item:
    function = call["function"]
    if function["name"] == APPLY_PATCH:
        return _custom_call(call["id"], json.loads(function["arguments"])["input"])
    tokens = fragments(function["arguments"])
    return Item(_item("function_call", "fc", call_id=call["id"], **function), tokens)


def _custom_call(call_id: str, text: str) -> Item:
    item = _item("custom_tool_call", "ctc", call_id=call_id, name=APPLY_PATCH, input=text)
    return Item(item, fragments(text))


# -- a stream


def _numbered(events: Iterator[Json]) -> Iterator[Json]:
    for number, event in enumerate(events):
        kind = event.pop("type")
        yield {"type": f"response.{kind}", "sequence_number": number, **event}


def _events(body: Json, items: List[Item]) -> Iterator[Json]:
    opened = dict(body, status="in_progress", output=[], usage=None, incomplete_details=None)
    opened.pop("title", None)
    yield {"type": "created", "response": opened}
    yield {"type": "in_progress", "response": opened}
    for index, item in enumerate(items):
        begin = {name: _EMPTY.get(name, value) for name, value in item.data.items()}
        yield {"type": "output_item.added", "output_index": index, "item": begin}
        at = {"item_id": item.data["id"], "output_index": index}
        yield from _MIDDLES[item.data["type"]](item, at)
        yield {"type": "output_item.done", "output_index": index, "item": item.data}
    yield {"type": body["status"], "response": body}


#: What an item has not yet when it begins.
_EMPTY: Dict[str, Any] = {"status": "in_progress", "content": [], "arguments": "", "input": ""}


def _text_events(item: Item, at: Json) -> Iterator[Json]:
    (part,) = item.data["content"]
    at, kind = dict(at, content_index=0), part["type"]
    yield {"type": "content_part.added", **at, "part": dict(part, text="")}
    for token in item.tokens:
        yield {"type": f"{kind}.delta", **at, "delta": token}
    yield {"type": f"{kind}.done", **at, "text": item.text}
    yield {"type": "content_part.done", **at, "part": part}


def _argument_events(item: Item, at: Json) -> Iterator[Json]:
    for token in item.tokens:
        yield {"type": "function_call_arguments.delta", **at, "delta": token}
    yield {"type": "function_call_arguments.done", **at, "arguments": item.text}


def _input_events(item: Item, at: Json) -> Iterator[Json]:
    for token in item.tokens:
        yield {"type": "custom_tool_call_input.delta", **at, "delta": token}
    yield {"type": "custom_tool_call_input.done", **at, "input": item.text}


def _web_events(item: Item, at: Json) -> Iterator[Json]:
    for step in ("in_progress", "searching", "completed"):
        yield {"type": f"web_search_call.{step}", **at}


_MIDDLES = {
    "reasoning": _text_events,
    "message": _text_events,
    "function_call": _argument_events,
    "custom_tool_call": _input_events,
    "web_search_call": _web_events,
}
