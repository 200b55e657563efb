"""Chat completions whose texts and calls are also objects of the caller's classes."""

from __future__ import annotations

from typing import Any, List, Optional, Tuple

from .._errors.parsing import ContentFilterFinishReasonError, LengthFinishReasonError
from .._errors.tree import APIResponseError, with_sdk_class
from .._native_class import native_names
from .base_model import BaseModel
from .output_types import OutputTypes
from .types import ChatCompletion, ChatCompletionMessage, Choice, Function, ToolCall

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Generic, TypeVar

    from .._record import MayLack

    T = TypeVar("T")

    class _OfType(Generic[T]):
        """Generic for checkers."""

else:

    class _OfType:
        """In the place of ``typing.Generic``, which would make every record slower."""

        __slots__ = ()

        def __class_getitem__(cls, item: Any) -> Any:
            return cls

    T = None


class _Parsed(BaseModel):
    """A kind whose class in the SDK is in the module ``parsed``, for SDKs that have one; else it is
    what it is derived from."""

    def __init_subclass__(cls, *, parsed: str = "", **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if parsed:
            names = native_names(parsed, cls.__name__, "openai.types")
            cls._native_names = (*names, *cls._native_names)


class _WithParsed(_Parsed):
    """A record that carries an object beside its fields: an attribute, never a key."""

    _parsed: Any = None
    _name = "parsed"

    def _default_names(self) -> Tuple[str, ...]:
        return tuple(name for name in super()._default_names() if name != self._name)

    def __setattr__(self, name: str, value: Any) -> None:
        super().__setattr__("_parsed" if name == self._name else name, value)

    def copy(self) -> Any:
        """A shallow copy that keeps what was parsed."""
        duplicate = super().copy()
        duplicate._parsed = self._parsed
        return duplicate

    def __reduce__(self) -> Tuple[Any, ...]:
        return (*super().__reduce__()[:2], (self._parsed,))

    def __setstate__(self, state: Tuple[Any]) -> None:
        (self._parsed,) = state


class ParsedFunction(Function, _WithParsed, parsed="chat.parsed_function_tool_call"):
    """Name and arguments of a call, and the arguments as an object."""

    _name = "parsed_arguments"

    if TYPE_CHECKING:
        parsed_arguments: Any
    else:

        @property
        def parsed_arguments(self) -> Any:
            """The arguments as an object of the tool's class, a dict where it has none, or None."""
            return self._parsed


class ParsedFunctionToolCall(ToolCall, _Parsed, parsed="chat.parsed_function_tool_call"):
    """One call of a tool, its arguments parsed."""

    function: MayLack[ParsedFunction]


class ParsedChatCompletionMessage(
    ChatCompletionMessage, _WithParsed, _OfType[T], parsed="chat.parsed_chat_completion"
):
    """What the model said, and the text as an object."""

    tool_calls: Optional[List[ParsedFunctionToolCall]]  # type: ignore[assignment]

    if TYPE_CHECKING:
        parsed: Optional[T]
    else:

        @property
        def parsed(self) -> Any:
            """The text as an object of ``response_format``; None for a refusal, or without text."""
            return self._parsed


class ParsedChoice(Choice, _Parsed, _OfType[T], parsed="chat.parsed_chat_completion"):
    """One answer, parsed."""

    message: ParsedChatCompletionMessage[T]


class ParsedChatCompletion(
    ChatCompletion, _Parsed, _OfType[T], parsed="chat.parsed_chat_completion"
):
    """The reply of ``chat.completions.parse``."""

    choices: List[ParsedChoice[T]]  # type: ignore[assignment]


def parse_completion(completion: Any, types: OutputTypes) -> Any:
    """``completion`` with ``message.parsed`` and ``function.parsed_arguments`` set; gives it back.

    Raises LengthFinishReasonError and ContentFilterFinishReasonError for an answer that is not
    complete, APIResponseError (a ValueError) for one that does not fit.
    """
    for choice in completion.choices or ():
        check_finish_reason(choice.finish_reason, completion)
        message = choice.message
        try:
            for call in message.tool_calls or ():
                if call.type != "custom":
                    call.function.parsed_arguments = types.arguments(call.function)
            message.parsed = types.content(message)
        except APIResponseError as err:
            err.partial_response = completion
            raise
    return completion


def check_finish_reason(reason: Any, completion: Any) -> None:
    """Raise where an answer ended before its end."""
    if reason == "length":
        raise with_sdk_class(LengthFinishReasonError(completion=completion))
    if reason == "content_filter":
        raise with_sdk_class(ContentFilterFinishReasonError(completion=completion))
