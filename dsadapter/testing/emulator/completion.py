"""A completion of the model, and its two forms on the wire: one object, or a stream of chunks."""

from __future__ import annotations

import json
import time
import uuid
from dataclasses import dataclass, field
from typing import Any, Dict, Iterator, List, Optional

from .response import DONE, EVENT_STREAM, Event, Json, Response
from .web_tools import RESULTS, tool_usage

#: What `logprobs` entries say about tokens nobody weighed.
OUTSIDE_TOP = -9999.0
#: How an answer ends that the safety check refuses (guess).
REFUSED = "content_filter"


@dataclass
class Completion:
    """`reasoning` is None with thinking off: then the field is absent from the wire, not null."""

    model: str
    prompt_tokens: int
    content: List[str] = field(default_factory=list)
    reasoning: Optional[List[str]] = None
    tool_calls: List[Json] = field(default_factory=list)
    #: What the server's own web tools found, see `web_tools`.
    web_results: List[Json] = field(default_factory=list)
    #: None where none was asked for: then the field is absent.
    title: Optional[str] = None
    finish_reason: str = "stop"
    #: Number of alternatives per token, or None for no logprobs.
    logprobs: Optional[int] = None
    usage: Optional[Json] = None
    #: Of the prompt, those that the context cache has.
    cached_tokens: int = 0
    #: Recordings of 2025 have no `usage` key on earlier chunks, today's traffic has it as null.
    null_usage: bool = True
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    created: int = field(default_factory=lambda: int(time.time()))
    system_fingerprint: str = "5a1c0de5a1c0de5a1c0de5a1c0de5a1c"


def usage(prompt: int, reasoning: Optional[int], content: int, cached: int = 0) -> Json:
    """The usage object for these numbers of tokens; None: no reasoning, so no details."""
    completion = content + (reasoning or 0)
    counted: Json = {
        "prompt_tokens": prompt,
        "completion_tokens": completion,
        "total_tokens": prompt + completion,
        "prompt_tokens_details": {"cached_tokens": cached},
    }
    if reasoning is not None:
        counted["completion_tokens_details"] = {"reasoning_tokens": reasoning}
    return dict(counted, prompt_cache_hit_tokens=cached, prompt_cache_miss_tokens=prompt - cached)


def usage_of(completion: Completion) -> Json:
    """The completion's usage: the recorded one, or counted."""
    searches = tool_usage(completion.web_results)
    if completion.usage is not None:
        return dict(completion.usage, **searches)
    arguments = sum(len(fragments(call["function"]["arguments"])) for call in completion.tool_calls)
    counted = usage(
        completion.prompt_tokens,
        None if completion.reasoning is None else len(completion.reasoning),
        len(completion.content) + arguments,
        completion.cached_tokens,
    )
    return dict(counted, **searches)


def shorten(completion: Completion, budget: int) -> None:
    """Cut at `max_tokens`, which counts the reasoning first: too few leave no content at all."""
    remaining = budget - len(completion.reasoning or ())
    if remaining >= len(completion.content):
        return
    completion.reasoning = None if completion.reasoning is None else completion.reasoning[:budget]
    completion.content = completion.content[: max(0, remaining)]
    completion.finish_reason, completion.tool_calls, completion.usage = "length", [], None


def chat_response(completion: Completion, stream: bool, delay: float) -> Response:
    """The completion on the wire."""
    body = chat_object(completion)
    if not stream:
        return Response(data=body)
    return Response(
        content_type=EVENT_STREAM,
        headers=[("cache-control", "no-cache")],
        events=_chat_events(completion),
        completion=body,
        delay=delay,
    )


# -- one object


def chat_object(completion: Completion) -> Json:
    """The completion as one `chat.completion` object."""
    return {
        "id": completion.id,
        "object": "chat.completion",
        "created": completion.created,
        "model": completion.model,
        "choices": [
            {
                "index": 0,
                "message": _message(completion),
                "logprobs": _logprobs(completion),
                "finish_reason": completion.finish_reason,
            }
        ],
        "usage": usage_of(completion),
        "system_fingerprint": completion.system_fingerprint,
    }


def _message(completion: Completion) -> Json:
    message: Json = {"role": "assistant", "content": "".join(completion.content)}
    if completion.reasoning is not None:
        message["reasoning_content"] = "".join(completion.reasoning)
    if completion.tool_calls:
        # The index stands here too, outside streams.
        message["tool_calls"] = [
            {"index": index, **call} for index, call in enumerate(completion.tool_calls)
        ]
    if completion.web_results:
        message[RESULTS] = completion.web_results
    if completion.title is not None:
        message["title"] = completion.title
    if completion.finish_reason == REFUSED:
        message["content"] = ""  # (guess): what a stream must withdraw is not sent at all
    return message


def _logprobs(completion: Completion) -> Optional[Json]:
    if completion.logprobs is None:
        return None
    lists = {
        "content": [_with_alternatives(token, completion.logprobs) for token in completion.content]
    }
    if completion.reasoning is not None:
        lists["reasoning_content"] = [
            _with_alternatives(token, completion.logprobs) for token in completion.reasoning
        ]
    return lists


def _with_alternatives(token: str, alternatives: int) -> Json:
    others = [
        _candidate(token if not n else f"{token}{n}", -0.1 if not n else OUTSIDE_TOP)
        for n in range(alternatives)
    ]
    return dict(_candidate(token, -0.1), top_logprobs=others)


def _candidate(token: str, logprob: float) -> Json:
    return {"token": token, "logprob": logprob, "bytes": list(token.encode("utf-8", "replace"))}


# -- a stream


def _chat_events(completion: Completion) -> Iterator[Event]:
    for delta in _deltas(completion):
        yield _chunk(completion, delta)
    last: Json = (
        {"content": ""}
        if completion.reasoning is None
        else {"content": "", "reasoning_content": None}
    )
    if completion.title is not None:
        last["title"] = completion.title
    yield _chunk(completion, last, completion.finish_reason, usage_of(completion))
    yield DONE


def _deltas(completion: Completion) -> Iterator[Json]:
    thinks = completion.reasoning is not None
    yield (
        {"role": "assistant", "content": None, "reasoning_content": ""}
        if thinks
        else {"role": "assistant", "content": ""}
    )
    for token in completion.reasoning or ():
        yield {"content": None, "reasoning_content": token}
    for block in completion.web_results:
        yield {RESULTS: [block]}
    for token in completion.content:
        yield {"content": token, "reasoning_content": None} if thinks else {"content": token}
    for index, call in enumerate(completion.tool_calls):
        yield from _call_deltas(index, call)


def _call_deltas(index: int, call: Json) -> Iterator[Json]:
    name, arguments = call["function"]["name"], call["function"]["arguments"]
    yield {"tool_calls": [{"index": index, **call, "function": {"name": name, "arguments": ""}}]}
    for fragment in fragments(arguments):
        yield {"tool_calls": [{"index": index, "function": {"arguments": fragment}}]}


def fragments(arguments: str, size: int = 5) -> List[str]:
    """A text in pieces of `size` characters, as the arguments of a call come."""
    return [arguments[at : at + size] for at in range(0, len(arguments), size)]


def _chunk(
    completion: Completion,
    delta: Json,
    finish_reason: Optional[str] = None,
    counted: Optional[Json] = None,
) -> Json:
    choice = {
        "index": 0,
        "delta": delta,
        "logprobs": _delta_logprobs(completion, delta),
        "finish_reason": finish_reason,
    }
    chunk: Json = {
        "id": completion.id,
        "object": "chat.completion.chunk",
        "created": completion.created,
        "model": completion.model,
        "system_fingerprint": completion.system_fingerprint,
        "choices": [choice],
    }
    if counted is not None or completion.null_usage:
        chunk["usage"] = counted
    return chunk


def _delta_logprobs(completion: Completion, delta: Json) -> Optional[Json]:
    if completion.logprobs is None:
        return None
    texts = {name: delta.get(name) for name in ("content", "reasoning_content")}
    return {
        name: [_with_alternatives(text, completion.logprobs)]
        for name, text in texts.items()
        if text
    } or None


# -- fill in the middle


def fim_object(
    completion: Completion, text: str, finish_reason: Optional[str], counted: Optional[Json]
) -> Json:
    """One object, or one chunk of a stream: they differ in nothing but what is filled."""
    return {
        "id": completion.id,
        "object": "text_completion",
        "created": completion.created,
        "model": completion.model,
        "system_fingerprint": completion.system_fingerprint,
        "choices": [{"index": 0, "text": text, "logprobs": None, "finish_reason": finish_reason}],
        "usage": counted,
    }


def fim_response(completion: Completion, stream: bool, delay: float) -> Response:
    """The completion of fill-in-the-middle on the wire."""
    body = fim_object(
        completion, "".join(completion.content), completion.finish_reason, usage_of(completion)
    )
    if not stream:
        return Response(data=body)
    return Response(
        content_type=EVENT_STREAM,
        headers=[("cache-control", "no-cache")],
        events=_text_events(completion),
        completion=body,
        delay=delay,
    )


def _text_events(completion: Completion) -> Iterator[Event]:
    for token in completion.content:
        yield fim_object(completion, token, None, None)
    yield fim_object(completion, "", completion.finish_reason, usage_of(completion))
    yield DONE


def tool_call(name: str, arguments: Dict[str, Any], index: int) -> Json:
    """One call as the API writes it, with an id of its own."""
    text = json.dumps(arguments, ensure_ascii=False)
    return {
        "id": f"call_{index:02d}_{uuid.uuid4().hex[:24]}",
        "type": "function",
        "function": {"name": name, "arguments": text},
    }
