"""A reply of the model, and its two shapes on the wire: one object, or a stream of chunks."""

from __future__ import annotations

import json
import time
import uuid
from dataclasses import dataclass, field
from typing import Any, Dict, Iterator, List, Optional

from .answers import DONE, EVENT_STREAM, Answer, Event, Json

#: What `logprobs` entries say about tokens nobody weighed.
OUTSIDE_TOP = -9999.0


@dataclass
class Reply:
    """`reasoning` is None with thinking off: then the field is absent from the wire, not null."""

    model: str
    prompt_tokens: int
    content: List[str] = field(default_factory=list)
    reasoning: Optional[List[str]] = None
    tool_calls: List[Json] = field(default_factory=list)
    finish_reason: str = "stop"
    #: Number of alternatives per token, or None for no logprobs.
    logprobs: Optional[int] = None
    usage: Optional[Json] = None
    #: Recordings of 2025 have no `usage` key on earlier chunks, today's traffic has it as null.
    null_usage: bool = True
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    created: int = field(default_factory=lambda: int(time.time()))
    system_fingerprint: str = "5a1c0de5a1c0de5a1c0de5a1c0de5a1c"


def usage(prompt: int, reasoning: Optional[int], answer: int) -> Json:
    completion = answer + (reasoning or 0)
    counted: Json = {
        "prompt_tokens": prompt,
        "completion_tokens": completion,
        "total_tokens": prompt + completion,
        "prompt_tokens_details": {"cached_tokens": 0},
    }
    if reasoning is not None:
        counted["completion_tokens_details"] = {"reasoning_tokens": reasoning}
    return dict(counted, prompt_cache_hit_tokens=0, prompt_cache_miss_tokens=prompt)


def usage_of(reply: Reply) -> Json:
    if reply.usage is not None:
        return reply.usage
    arguments = sum(len(_fragments(call["function"]["arguments"])) for call in reply.tool_calls)
    return usage(
        reply.prompt_tokens,
        None if reply.reasoning is None else len(reply.reasoning),
        len(reply.content) + arguments,
    )


def shorten(reply: Reply, budget: int) -> None:
    """Cut at `max_tokens`, which counts the reasoning first: too few leave no answer at all."""
    left = budget - len(reply.reasoning or ())
    if left >= len(reply.content):
        return
    reply.reasoning = None if reply.reasoning is None else reply.reasoning[:budget]
    reply.content = reply.content[: max(0, left)]
    reply.finish_reason, reply.tool_calls, reply.usage = "length", [], None


def answer(reply: Reply, stream: bool, delay: float) -> Answer:
    """The reply on the wire."""
    whole = completion(reply)
    if not stream:
        return Answer(data=whole)
    return Answer(
        content_type=EVENT_STREAM,
        headers=[("cache-control", "no-cache")],
        events=_chat_events(reply),
        whole=whole,
        delay=delay,
    )


# -- one object


def completion(reply: Reply) -> Json:
    return {
        "id": reply.id,
        "object": "chat.completion",
        "created": reply.created,
        "model": reply.model,
        "choices": [
            {
                "index": 0,
                "message": _message(reply),
                "logprobs": _logprobs(reply),
                "finish_reason": reply.finish_reason,
            }
        ],
        "usage": usage_of(reply),
        "system_fingerprint": reply.system_fingerprint,
    }


def _message(reply: Reply) -> Json:
    message: Json = {"role": "assistant", "content": "".join(reply.content)}
    if reply.reasoning is not None:
        message["reasoning_content"] = "".join(reply.reasoning)
    if reply.tool_calls:
        # The index stands here too, outside streams.
        message["tool_calls"] = [
            {"index": index, **call} for index, call in enumerate(reply.tool_calls)
        ]
    return message


def _logprobs(reply: Reply) -> Optional[Json]:
    if reply.logprobs is None:
        return None
    lists = {"content": [_weighed(token, reply.logprobs) for token in reply.content]}
    if reply.reasoning is not None:
        lists["reasoning_content"] = [_weighed(token, reply.logprobs) for token in reply.reasoning]
    return lists


def _weighed(token: str, alternatives: int) -> Json:
    others = [
        _candidate(token if not n else f"{token}{n}", -0.1 if not n else OUTSIDE_TOP)
        for n in range(alternatives)
    ]
    return dict(_candidate(token, -0.1), top_logprobs=others)


def _candidate(token: str, logprob: float) -> Json:
    return {"token": token, "logprob": logprob, "bytes": list(token.encode("utf-8", "replace"))}


# -- a stream


def _chat_events(reply: Reply) -> Iterator[Event]:
    for delta in _deltas(reply):
        yield _chunk(reply, delta)
    last: Json = (
        {"content": ""} if reply.reasoning is None else {"content": "", "reasoning_content": None}
    )
    yield _chunk(reply, last, reply.finish_reason, usage_of(reply))
    yield DONE


def _deltas(reply: Reply) -> Iterator[Json]:
    thinks = reply.reasoning is not None
    yield (
        {"role": "assistant", "content": None, "reasoning_content": ""}
        if thinks
        else {"role": "assistant", "content": ""}
    )
    for token in reply.reasoning or ():
        yield {"content": None, "reasoning_content": token}
    for token in reply.content:
        yield {"content": token, "reasoning_content": None} if thinks else {"content": token}
    for index, call in enumerate(reply.tool_calls):
        yield from _call_deltas(index, call)


def _call_deltas(index: int, call: Json) -> Iterator[Json]:
    name, arguments = call["function"]["name"], call["function"]["arguments"]
    yield {"tool_calls": [{"index": index, **call, "function": {"name": name, "arguments": ""}}]}
    for fragment in _fragments(arguments):
        yield {"tool_calls": [{"index": index, "function": {"arguments": fragment}}]}


def _fragments(arguments: str, size: int = 5) -> List[str]:
    return [arguments[at : at + size] for at in range(0, len(arguments), size)]


def _chunk(
    reply: Reply, delta: Json, finish_reason: Optional[str] = None, counted: Optional[Json] = None
) -> Json:
    choice = {
        "index": 0,
        "delta": delta,
        "logprobs": _delta_logprobs(reply, delta),
        "finish_reason": finish_reason,
    }
    chunk: Json = {
        "id": reply.id,
        "object": "chat.completion.chunk",
        "created": reply.created,
        "model": reply.model,
        "system_fingerprint": reply.system_fingerprint,
        "choices": [choice],
    }
    if counted is not None or reply.null_usage:
        chunk["usage"] = counted
    return chunk


def _delta_logprobs(reply: Reply, delta: Json) -> Optional[Json]:
    if reply.logprobs is None:
        return None
    texts = {name: delta.get(name) for name in ("content", "reasoning_content")}
    return {name: [_weighed(text, reply.logprobs)] for name, text in texts.items() if text} or None


# -- fill in the middle


def text_completion(
    reply: Reply, text: str, finish_reason: Optional[str], counted: Optional[Json]
) -> Json:
    """One object, or one chunk of a stream: they differ in nothing but what is filled."""
    return {
        "id": reply.id,
        "object": "text_completion",
        "created": reply.created,
        "model": reply.model,
        "system_fingerprint": reply.system_fingerprint,
        "choices": [{"index": 0, "text": text, "logprobs": None, "finish_reason": finish_reason}],
        "usage": counted,
    }


def text_answer(reply: Reply, stream: bool, delay: float) -> Answer:
    whole = text_completion(reply, "".join(reply.content), reply.finish_reason, usage_of(reply))
    if not stream:
        return Answer(data=whole)
    return Answer(
        content_type=EVENT_STREAM,
        headers=[("cache-control", "no-cache")],
        events=_text_events(reply),
        whole=whole,
        delay=delay,
    )


def _text_events(reply: Reply) -> Iterator[Event]:
    for token in reply.content:
        yield text_completion(reply, token, None, None)
    yield text_completion(reply, "", reply.finish_reason, usage_of(reply))
    yield DONE


def tool_call(name: str, arguments: Dict[str, Any], index: int) -> Json:
    text = json.dumps(arguments, ensure_ascii=False)
    return {
        "id": f"call_{index:02d}_{uuid.uuid4().hex[:24]}",
        "type": "function",
        "function": {"name": name, "arguments": text},
    }
