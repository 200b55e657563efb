"""``chat.completions.parse`` and ``.stream``: answers as objects of the caller's classes."""

from __future__ import annotations

from typing import Any, Dict, Generator, List, Optional

from .._call import arguments
from .._call.call import ResponseTypes
from .._call.request import NOT_GIVEN
from .._errors.tree import APIResponseError, InvalidArgumentError
from .._repairs.rule import Repair
from .._response.completion_state import ChatCompletionStreamState
from .._response.output_types import OutputTypes, response_format_param
from .._response.parsed import ParsedChatCompletion, parse_completion
from .._response.types import ChatCompletionChunk
from .completion_stream import AsyncChatCompletionStreamManager, ChatCompletionStreamManager

PARSED = ResponseTypes(ParsedChatCompletion, ChatCompletionChunk)
_ASK_AGAIN = (
    "That does not fit: {reason}\nAnswer again, with nothing but the corrected json object."
)

# Yields keyword arguments of ``create``, is sent the completion that they lead to.
Parsing = Generator[Dict[str, Any], Any, None]


def parsing(params: Dict[str, Any], types: OutputTypes, repair_attempts: int) -> Parsing:
    """The steps of ``parse``: ask, validate, and where that was asked for ask once more.

    The last completion that was sent has the parsed objects.
    """
    if repair_attempts not in (0, 1):
        raise InvalidArgumentError(
            f"repair_attempts is {repair_attempts!r}, not 0 or 1.",
            hint="A second answer that does not fit is an error; call parse() again",
        )
    if repair_attempts and "messages" in params:
        params = {**params, "messages": arguments.listed(params["messages"])}
    completion = yield params
    try:
        parse_completion(completion, types)
        return
    except APIResponseError as err:
        if not repair_attempts:
            raise
        reason = err.message
    repaired = yield {**params, "messages": [*params["messages"], *_question(completion, reason)]}
    _note_repair(repaired, reason)
    parse_completion(repaired, types)


def _question(completion: Any, reason: str) -> List[Dict[str, Any]]:
    """The messages that ask for a correction: a tool's answer for each call, else the user's."""
    text = _ASK_AGAIN.format(reason=reason)
    message = completion.choices[0].message
    answer = {**message.model_dump(exclude_none=True), "role": "assistant"}
    if not message.tool_calls:
        return [answer, {"role": "user", "content": text}]
    return [
        answer,
        *({"role": "tool", "tool_call_id": c.id, "content": text} for c in message.tool_calls),
    ]


def _note_repair(completion: Any, reason: str) -> None:
    adapter = completion.adapter
    repair = Repair("parse-again", "asked once more for an answer that fits", reason)
    adapter.repairs = (*adapter.repairs, repair)


def _prepared(params: Dict[str, Any]) -> Dict[str, Any]:
    """The keyword arguments that go on to ``create``; markers for "not given" are left out."""
    params = {k: v for k, v in params.items() if type(v).__name__ not in NOT_GIVEN}
    if "tools" in params:
        params["tools"] = list(params["tools"] or ())
    if params.get("response_format") is not None:
        params["response_format"] = response_format_param(params["response_format"])
    return params


def _types_of(params: Dict[str, Any], prepared: Dict[str, Any]) -> OutputTypes:
    """What the answer becomes; raises InvalidArgumentError for tools that cannot be parsed."""
    for tool in prepared.get("tools", ()):
        if tool["type"] != "function" or not tool["function"].get("strict"):
            name = tool.get("function", {}).get("name", tool["type"])
            raise InvalidArgumentError(
                f"`{name}` is not strict. Only `strict` function tools can be auto-parsed",
                hint='Use pydantic_function_tool(Model), or set "strict": True; create() takes all',
            )
    return OutputTypes(params.get("response_format"), prepared.get("tools", ()))


def _state(params: Dict[str, Any], prepared: Dict[str, Any]) -> ChatCompletionStreamState:
    return ChatCompletionStreamState(
        response_format=params.get("response_format"), input_tools=prepared.get("tools")
    )


def _completion(result: Any) -> Any:
    """The completion in what a call gave; with ``with_raw_response`` it stands behind parse()."""
    return result if isinstance(result, ParsedChatCompletion) else result.parse()


class ParsingCalls:
    """``parse`` and ``stream`` of ``client.chat.completions``."""

    _client: Any
    create: Any

    def parse(self, *, repair_attempts: int = 0, **params: Any) -> Any:
        """One chat completion whose text, and whose calls of tools, are objects.

        ``response_format`` is a pydantic model or dataclass: ``choices[0].message.parsed`` is one
        of it. Tools made by ``pydantic_function_tool`` give ``function.parsed_arguments``. With
        ``repair_attempts=1`` an answer that does not fit is asked for once more. Other keywords
        are those of ``create``.

        Raises LengthFinishReasonError and ContentFilterFinishReasonError for an answer that was
        cut off, APIResponseError (a ValueError; the text is in ``partial``) for one that does not
        fit, and what ``create`` raises.
        """
        prepared = _prepared(params)
        steps = parsing(prepared, _types_of(params, prepared), repair_attempts)
        result: Any = None
        completion: Optional[Any] = None
        while True:
            try:
                request = steps.send(completion)
            except StopIteration:
                return result
            result = self._client._run(PARSED, arguments.chat, request)
            completion = _completion(result)

    def stream(self, **params: Any) -> ChatCompletionStreamManager[Any]:
        """A stream of events: ``with client.chat.completions.stream(...) as stream``.

        Takes what :meth:`parse` takes, but for ``repair_attempts``; the request goes out with
        ``with``. See ChatCompletionStream.
        """
        prepared = _prepared(params)
        request = {**prepared, "stream": True}
        return ChatCompletionStreamManager(lambda: self.create(**request), _state(params, prepared))


class AsyncParsingCalls:
    """The async twin of :class:`ParsingCalls`."""

    _client: Any
    create: Any

    async def parse(self, *, repair_attempts: int = 0, **params: Any) -> Any:
        """As :meth:`ParsingCalls.parse`."""
        prepared = _prepared(params)
        steps = parsing(prepared, _types_of(params, prepared), repair_attempts)
        result: Any = None
        completion: Optional[Any] = None
        while True:
            try:
                request = steps.send(completion)
            except StopIteration:
                return result
            result = await self._client._run(PARSED, arguments.chat, request)
            completion = _completion(result)
            if hasattr(completion, "__await__"):  # the body is not read yet
                completion = await completion

    def stream(self, **params: Any) -> AsyncChatCompletionStreamManager[Any]:
        """As :meth:`ParsingCalls.stream`, with ``async with``."""
        prepared = _prepared(params)
        request = {**prepared, "stream": True}
        return AsyncChatCompletionStreamManager(
            lambda: self.create(**request), _state(params, prepared)
        )
