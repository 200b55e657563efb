"""``chat.completions.parse`` and ``.stream``: answers as objects of the caller's classes."""

from __future__ import annotations

from typing import Any, Dict, List

from .._call import arguments
from .._call.call import ResponseTypes
from .._call.request import NOT_GIVEN
from .._errors.tree import APIResponseError, InvalidArgumentError
from .._response.chunk_types import ChatCompletionChunk

# Imported by the first call of ``parse`` or ``stream``: most programs have none.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    from .._response.completion_state import ChatCompletionStreamState
    from .._response.output_types import OutputTypes

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
        self.params = prepared_params(params)
        if self.params.get("stream"):
            raise InvalidArgumentError(
                "parse() got an unexpected keyword argument 'stream'.",
                hint="A stream of events is chat.completions.stream(...)",
            )
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


def prepared_params(params: Dict[str, Any]) -> Dict[str, Any]:
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


def stream_state(params: Dict[str, Any], prepared: Dict[str, Any]) -> ChatCompletionStreamState:
    """What a stream of events puts together: the parameters as given, and as they are sent."""
    from .._response.completion_state import ChatCompletionStreamState

    return ChatCompletionStreamState(
        response_format=params.get("response_format"), input_tools=prepared.get("tools")
    )
