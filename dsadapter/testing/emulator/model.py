"""What the emulated model says: the same to the same request, and always what arrived."""

from __future__ import annotations

import json
from itertools import takewhile
from typing import Any, List, Optional, Sequence, Union

from .answers import Json
from .asks import Ask, content_text
from .recordings import Recording, recordings
from .replies import Reply, shorten, tool_call
from .tokens import estimate, split

REASONING = "The user wrote something. I shall say which words reached me, and no more."
#: These words in the last user text ask for two calls at once.
TWO_CALLS = "two tools"


def chat(ask: Ask) -> Reply:
    recording = _recording_for(ask)
    reply = _replay(ask, recording) if recording else _invent(ask)
    reply.logprobs = ask.get("top_logprobs", 0) if ask.get("logprobs") else None
    return _limited(ask, reply)


def fill_in(ask: Ask) -> Reply:
    """FIM: text that would stand between `prompt` and `suffix`."""
    prompt, suffix = ask.get("prompt", ""), ask.get("suffix", "")
    text = (
        f" [between {prompt[-40:]!r} and {suffix[:40]!r}]"
        if suffix
        else f" [after {prompt[-40:]!r}]"
    )
    reply = Reply(
        ask.echoed_model,
        estimate(prompt + suffix),
        split(prompt + text if ask.get("echo") else text),
    )
    return _limited(ask, reply)


def _limited(ask: Ask, reply: Reply) -> Reply:
    _stop(reply, ask.get("stop", ()))
    if ask.get("max_tokens"):
        shorten(reply, int(ask.get("max_tokens")))
    return reply


def _stop(reply: Reply, stops: Union[str, Sequence[str]]) -> None:
    text = "".join(reply.content)
    found = [
        text.index(stop)
        for stop in ([stops] if isinstance(stops, str) else stops)
        if stop and stop in text
    ]
    if found:
        reply.content, reply.usage = split(text[: min(found)]), None


# -- recorded


def _recording_for(ask: Ask) -> Optional[Recording]:
    """Only for plain chat: a recording can neither call a tool nor speak JSON."""
    plain = (
        ask.thinking
        and not ask.json_mode
        and ask.prefix is None
        and not _wants_tool(ask)
        and ask.messages[-1].get("role") == "user"
    )
    return recordings().get(ask.last_user_text.strip()) if plain else None


def _replay(ask: Ask, recording: Recording) -> Reply:
    verbatim = ask.model == recording.model
    return Reply(
        model=recording.model if verbatim else ask.echoed_model,
        prompt_tokens=recording.usage["prompt_tokens"],
        content=list(recording.content),
        reasoning=list(recording.reasoning),
        usage=recording.usage,
        null_usage=not verbatim,
        id=recording.id,
        created=recording.created,
        system_fingerprint=recording.system_fingerprint,
    )


# -- invented


def _invent(ask: Ask) -> Reply:
    reply = Reply(
        ask.echoed_model, _prompt_tokens(ask), reasoning=split(REASONING) if ask.thinking else None
    )
    if _wants_tool(ask):
        reply.tool_calls, reply.finish_reason = _calls(ask), "tool_calls"
    else:
        reply.content = split(_text(ask))
    return reply


def _prompt_tokens(ask: Ask) -> int:
    return estimate("".join(content_text(message) for message in ask.messages))


def _text(ask: Ask) -> str:
    results = _tool_results(ask)
    if ask.json_mode:
        return json.dumps(
            {"answer": ask.last_user_text, **({"tool_results": results} if results else {})},
            ensure_ascii=False,
        )
    if ask.prefix is not None:
        return f' and so on, in answer to "{ask.last_user_text}".\n```\n'
    if results:
        return (
            "The tool returned: " + "; ".join(results) + ". That is all there is to say about it."
        )
    return (
        f'You wrote: "{ask.last_user_text}". This is the emulator, which repeats what reached it.'
    )


def _tool_results(ask: Ask) -> List[str]:
    last = takewhile(lambda message: message.get("role") == "tool", reversed(ask.messages))
    return [content_text(message) for message in last][::-1]


# -- tools


def _wants_tool(ask: Ask) -> bool:
    return (
        bool(ask.tools)
        and ask.get("tool_choice") != "none"
        and ask.messages[-1].get("role") == "user"
    )


def _calls(ask: Ask) -> List[Json]:
    functions = [tool["function"] for tool in ask.tools]
    named = [function for function in functions if function["name"] == ask.forced_tool]
    chosen = named[:1] or functions[:1]
    if TWO_CALLS in ask.last_user_text:
        chosen = (named or functions)[:2] if len(named or functions) > 1 else chosen * 2
    return [
        tool_call(
            function["name"], sample(function.get("parameters") or {}, ask.last_user_text), index
        )
        for index, function in enumerate(chosen)
    ]


def sample(schema: Any, text: str) -> Any:
    """The least value that satisfies a schema; strings are `text`."""
    if not isinstance(schema, dict):
        return {}
    if "enum" in schema or "const" in schema:
        return schema["enum"][0] if schema.get("enum") else schema.get("const")
    options = schema.get("anyOf") or schema.get("oneOf")
    return sample(options[0], text) if options else _sample_of_type(schema, text)


def _sample_of_type(schema: Json, text: str) -> Any:
    kind = schema.get("type", "object")
    if isinstance(kind, list):
        kind = kind[0]
    if kind == "array":
        return (
            [sample(schema["items"], text)] if schema.get("minItems") and "items" in schema else []
        )
    if kind != "object":
        return {"string": text, "integer": 1, "number": 1, "boolean": True}.get(kind)
    properties = schema.get("properties") or {}
    return {
        name: sample(properties.get(name, {"type": "string"}), text)
        for name in schema.get("required") or ()
    }
