"""What the emulated model says: the same to the same request, and always what arrived."""

from __future__ import annotations

import json
from itertools import takewhile
from typing import List, Optional, Sequence, Union

from .completion import REFUSED, Completion, shorten, tool_call
from .completion_request import RISKY_ANSWER, CompletionRequest, content_text
from .recordings import Recording, recordings
from .response import Json
from .samples import sample, schema_in
from .tokens import estimate, split
from .web_tools import citations, web_results

REASONING = "The user wrote something. I shall say which words reached me, and no more."
#: These words in the last user text ask for two calls at once.
TWO_CALLS = "two tools"
_TITLE_LENGTH = 20  # characters; the real limit is unknown


def chat(request: CompletionRequest) -> Completion:
    """The completion of a chat request: recorded where there is a recording, else generated."""
    recording = _recording_for(request)
    completion = _replay(request, recording) if recording else _generate(request)
    completion.logprobs = request.get("top_logprobs", 0) if request.get("logprobs") else None
    _limited(request, completion)
    if request.is_reviewed and RISKY_ANSWER in request.last_user_text:
        completion.finish_reason, completion.tool_calls = REFUSED, []
    elif request.title_requested:
        completion.title = request.last_user_text.strip()[:_TITLE_LENGTH] or "Untitled"
    return completion


def fim(request: CompletionRequest) -> Completion:
    """FIM: text that would stand between `prompt` and `suffix`."""
    prompt, suffix = request.get("prompt", ""), request.get("suffix", "")
    text = (
        f" [between {prompt[-40:]!r} and {suffix[:40]!r}]"
        if suffix
        else f" [after {prompt[-40:]!r}]"
    )
    completion = Completion(
        request.echoed_model,
        estimate(prompt + suffix),
        split(prompt + text if request.get("echo") else text),
    )
    return _limited(request, completion)


def _limited(request: CompletionRequest, completion: Completion) -> Completion:
    _stop(completion, request.get("stop", ()))
    if request.get("max_tokens"):
        shorten(completion, int(request.get("max_tokens")))
    return completion


def _stop(completion: Completion, stops: Union[str, Sequence[str]]) -> None:
    text = "".join(completion.content)
    positions = [
        text.index(stop)
        for stop in ([stops] if isinstance(stops, str) else stops)
        if stop and stop in text
    ]
    if positions:
        completion.content, completion.usage = split(text[: min(positions)]), None


# -- recorded


def _recording_for(request: CompletionRequest) -> Optional[Recording]:
    """Only for plain chat: a recording can neither call a tool nor speak JSON."""
    is_plain_chat = (
        request.thinking
        and not request.json_mode
        and request.prefix is None
        and not _calls_tool(request)
        and not web_results(request)
        and request.messages[-1].get("role") == "user"
    )
    return recordings().get(request.last_user_text.strip()) if is_plain_chat else None


def _replay(request: CompletionRequest, recording: Recording) -> Completion:
    verbatim = request.model == recording.model
    return Completion(
        model=recording.model if verbatim else request.echoed_model,
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


def _generate(request: CompletionRequest) -> Completion:
    completion = Completion(
        request.echoed_model,
        _prompt_tokens(request),
        reasoning=split(REASONING) if request.thinking else None,
    )
    if _calls_tool(request):
        completion.tool_calls, completion.finish_reason = _tool_calls(request), "tool_calls"
    else:
        completion.web_results = _web_results(request)
        completion.content = split(_text(request) + citations(completion.web_results))
    return completion


def _web_results(request: CompletionRequest) -> List[Json]:
    """Only for text: cited pages would be no JSON, and no continuation of a prefix."""
    is_text = not request.json_mode and request.prefix is None
    return web_results(request) if is_text else []


def _prompt_tokens(request: CompletionRequest) -> int:
    return estimate("".join(content_text(message) for message in request.messages))


def _text(request: CompletionRequest) -> str:
    results = _tool_results(request)
    if request.json_mode:
        schema = request.get("response_format").get("schema") or schema_in(request.messages)
        if schema:
            return json.dumps(sample(schema, request.last_user_text), ensure_ascii=False)
        return json.dumps(
            {"answer": request.last_user_text, **({"tool_results": results} if results else {})},
            ensure_ascii=False,
        )
    if request.prefix is not None:
        return f' and so on, in answer to "{request.last_user_text}".\n```\n'
    if results:
        return (
            "The tool returned: " + "; ".join(results) + ". That is all there is to say about it."
        )
    return (
        f'You wrote: "{request.last_user_text}". '
        "This is the emulator, which repeats what reached it."
    )


def _tool_results(request: CompletionRequest) -> List[str]:
    last = takewhile(lambda message: message.get("role") == "tool", reversed(request.messages))
    return [content_text(message) for message in last][::-1]


# -- tools


def _calls_tool(request: CompletionRequest) -> bool:
    return (
        bool(request.functions)
        and request.get("tool_choice") != "none"
        and request.messages[-1].get("role") == "user"
    )


def _tool_calls(request: CompletionRequest) -> List[Json]:
    functions = request.functions
    named = [function for function in functions if function["name"] == request.forced_tool]
    chosen = named[:1] or functions[:1]
    if TWO_CALLS in request.last_user_text:
        chosen = (named or functions)[:2] if len(named or functions) > 1 else chosen * 2
    return [
        tool_call(
            function["name"],
            sample(function.get("parameters") or {}, request.last_user_text),
            index,
        )
        for index, function in enumerate(chosen)
    ]
