"""``chat.completions.parse`` and ``.stream``: answers as objects of the caller's classes."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, Optional, Type

from .._call import arguments
from .._call.call import ResponseTypes
from .._call.request import NOT_GIVEN
from .._errors.tree import APIResponseError, InvalidArgumentError
from .._response.types import ChatCompletionChunk
from .._settings.redaction import forget_arguments
from .signature import create_signature

# Imported by the first call of ``parse`` or ``stream``: most programs have none.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar, overload

    from typing_extensions import Unpack

    from .._response.completion_state import ChatCompletionStreamState
    from .._response.output_types import OutputTypes
    from .._response.parsed import ParsedChatCompletion
    from .completion_stream import AsyncChatCompletionStreamManager, ChatCompletionStreamManager
    from .params import ParseParams

    T = TypeVar("T")

_ASK_AGAIN = (
    "That does not fit: {reason}\nAnswer again, with nothing but the corrected json object."
)


class ParseCall:
    """One call of ``parse``: what to send, what the answer becomes, how to ask once more."""

    def __init__(self, params: Dict[str, Any], repair_attempts: int) -> None:
        """``params`` are the keyword arguments of ``parse``; raises InvalidArgumentError for what
        cannot be parsed."""
        from .._response.parsed import ParsedChatCompletion, parse_completion

        if repair_attempts not in (0, 1):
            raise InvalidArgumentError(
                f"repair_attempts is {repair_attempts!r}, not 0 or 1.",
                hint="A second answer that does not fit is an error; call parse() again",
            )
        self._may_ask_again = bool(repair_attempts)
        self.params = _prepared(params)
        if repair_attempts and "messages" in self.params:
            self.params["messages"] = arguments.listed(self.params["messages"])
        output_types = _types_of(params, self.params)
        self.types = ResponseTypes(
            lambda data: parse_completion(ParsedChatCompletion(data), output_types),
            ChatCompletionChunk,
        )

    def asking_again(self, err: APIResponseError) -> Dict[str, Any]:
        """The keyword arguments that ask for a correction; raises ``err`` where there is none."""
        completion = err.partial_response
        messages = self.params.get("messages")
        if not self._may_ask_again or completion is None or not isinstance(messages, list):
            raise err
        self._reason = err.message
        return {**self.params, "messages": messages + _question(completion, self._reason)}

    def noted(self, completion: Any) -> Any:
        """The second answer, which says that it is one."""
        from .._repairs.rule import Repair

        adapter = completion.adapter
        repair = Repair("parse-again", "asked once more for an answer that fits", self._reason)
        adapter.repairs = (*adapter.repairs, repair)
        return completion


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


def _prepared(params: Dict[str, Any]) -> Dict[str, Any]:
    """The keyword arguments that go on to ``create``; markers for "not given" are left out."""
    from .._response.output_types import response_format_param

    params = {k: v for k, v in params.items() if type(v).__name__ not in NOT_GIVEN}
    if "tools" in params:
        params["tools"] = list(params["tools"] or ())
    if params.get("response_format") is not None:
        params["response_format"] = response_format_param(params["response_format"])
    return params


def _types_of(params: Dict[str, Any], prepared: Dict[str, Any]) -> OutputTypes:
    """What the answer becomes; raises InvalidArgumentError for tools that cannot be parsed."""
    from .._response.output_types import OutputTypes

    for tool in prepared.get("tools", ()):
        if tool["type"] != "function" or not tool["function"].get("strict"):
            name = tool.get("function", {}).get("name", tool["type"])
            raise InvalidArgumentError(
                f"`{name}` is not strict. Only `strict` function tools can be auto-parsed",
                hint='Use pydantic_function_tool(Model), or set "strict": True; create() takes all',
            )
    return OutputTypes(params.get("response_format"), prepared.get("tools", ()))


def _state(params: Dict[str, Any], prepared: Dict[str, Any]) -> ChatCompletionStreamState:
    from .._response.completion_state import ChatCompletionStreamState

    return ChatCompletionStreamState(
        response_format=params.get("response_format"), input_tools=prepared.get("tools")
    )


class _Calls:
    _client: Any
    create: Any

    def _run(self, types: ResponseTypes, params: Dict[str, Any]) -> Any:
        # A copy: an error empties it, and what was asked may be asked again.
        return self._client._run(types, arguments.chat, dict(params))


class ParsingCalls(_Calls):
    """``parse`` and ``stream`` of ``client.chat.completions``."""

    if TYPE_CHECKING:

        @overload
        def parse(
            self,
            *,
            response_format: Type[T],
            repair_attempts: int = 0,
            **params: Unpack[ParseParams],
        ) -> ParsedChatCompletion[T]: ...
        @overload
        def parse(
            self,
            *,
            response_format: Optional[Mapping[str, Any]] = None,
            repair_attempts: int = 0,
            **params: Unpack[ParseParams],
        ) -> ParsedChatCompletion[None]: ...

    def parse(self, *, repair_attempts: int = 0, **params: Any) -> Any:
        """One chat completion whose text, and whose calls of tools, are objects.

        ``response_format`` is a pydantic model or dataclass: ``choices[0].message.parsed`` is one
        of it. Tools made by ``pydantic_function_tool`` give ``function.parsed_arguments``. With
        ``repair_attempts=1`` an answer that does not fit is asked for once more. Other keywords
        are those of ``create``.

        Raises LengthFinishReasonError and ContentFilterFinishReasonError for an answer that was
        cut off, APIResponseError (a ValueError; the text is in ``partial``) for one that does not
        fit, and what ``create`` raises. With ``with_raw_response`` it is ``parse()`` of the raw
        response that validates, and nothing is asked for again.
        """
        call: Any = None
        try:
            call = ParseCall(params, repair_attempts)
            return self._parse(call)
        except BaseException as err:
            forget_arguments(err, (params, getattr(call, "params", None)))
            raise

    parse.__wrapped__ = create_signature(  # type: ignore[attr-defined]
        "ChatRequired", "ChatParams", repair_attempts="int"
    )

    def _parse(self, call: ParseCall) -> Any:
        try:
            return self._run(call.types, call.params)
        except APIResponseError as err:
            again = call.asking_again(err)
        return call.noted(self._run(call.types, again))

    if TYPE_CHECKING:

        @overload
        def stream(
            self, *, response_format: Type[T], **params: Unpack[ParseParams]
        ) -> ChatCompletionStreamManager[T]: ...
        @overload
        def stream(
            self,
            *,
            response_format: Optional[Mapping[str, Any]] = None,
            **params: Unpack[ParseParams],
        ) -> ChatCompletionStreamManager[None]: ...

    def stream(self, **params: Any) -> Any:
        """A stream of events: ``with client.chat.completions.stream(...) as stream``.

        Takes what :meth:`parse` takes, but for ``repair_attempts``; the request goes out with
        ``with``. See ChatCompletionStream.
        """
        from .completion_stream import ChatCompletionStreamManager

        prepared = _prepared(params)
        request = {**prepared, "stream": True}
        return ChatCompletionStreamManager(lambda: self.create(**request), _state(params, prepared))

    stream.__wrapped__ = create_signature(  # type: ignore[attr-defined]
        "ChatRequired", "ChatParams", response_format="Any"
    )


class AsyncParsingCalls(_Calls):
    """The async twin of :class:`ParsingCalls`."""

    if TYPE_CHECKING:

        @overload
        async def parse(
            self,
            *,
            response_format: Type[T],
            repair_attempts: int = 0,
            **params: Unpack[ParseParams],
        ) -> ParsedChatCompletion[T]: ...
        @overload
        async def parse(
            self,
            *,
            response_format: Optional[Mapping[str, Any]] = None,
            repair_attempts: int = 0,
            **params: Unpack[ParseParams],
        ) -> ParsedChatCompletion[None]: ...

    async def parse(self, *, repair_attempts: int = 0, **params: Any) -> Any:
        """As :meth:`ParsingCalls.parse`."""
        call: Any = None
        try:
            call = ParseCall(params, repair_attempts)
            return await self._parse(call)
        except BaseException as err:
            forget_arguments(err, (params, getattr(call, "params", None)))
            raise

    parse.__wrapped__ = create_signature(  # type: ignore[attr-defined]
        "ChatRequired", "ChatParams", repair_attempts="int"
    )

    async def _parse(self, call: ParseCall) -> Any:
        try:
            return await self._run(call.types, call.params)
        except APIResponseError as err:
            again = call.asking_again(err)
        return call.noted(await self._run(call.types, again))

    if TYPE_CHECKING:

        @overload
        def stream(
            self, *, response_format: Type[T], **params: Unpack[ParseParams]
        ) -> AsyncChatCompletionStreamManager[T]: ...
        @overload
        def stream(
            self,
            *,
            response_format: Optional[Mapping[str, Any]] = None,
            **params: Unpack[ParseParams],
        ) -> AsyncChatCompletionStreamManager[None]: ...

    def stream(self, **params: Any) -> Any:
        """As :meth:`ParsingCalls.stream`, with ``async with``."""
        from .completion_stream import AsyncChatCompletionStreamManager

        prepared = _prepared(params)
        request = {**prepared, "stream": True}
        return AsyncChatCompletionStreamManager(
            lambda: self.create(**request), _state(params, prepared)
        )

    stream.__wrapped__ = create_signature(  # type: ignore[attr-defined]
        "ChatRequired", "ChatParams", response_format="Any"
    )
