"""The events of ``chat.completions.stream``, named as in ``openai.lib.streaming.chat``."""

from __future__ import annotations

from typing import Any, List, Optional

from .._native_class import native_names
from .base_model import BaseModel

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .chunk_types import ChatCompletionChunk


class _Event(BaseModel):
    """One event; ``type`` says which. Objects of the caller stand in it as they are."""

    type: str

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls._native_names = native_names("lib.streaming.chat._events", cls.__name__)

    def _wrapped(self, key: str, value: Any) -> Any:
        return value


class ChunkEvent(_Event):
    """``chunk``: a chunk came; ``snapshot`` is the reply so far, which grows on."""

    chunk: ChatCompletionChunk
    snapshot: Any


class ContentDeltaEvent(_Event):
    """``content.delta``: a part of the text; ``snapshot`` is all of it, ``parsed`` its JSON as
    far as it is complete."""

    delta: str
    snapshot: str
    parsed: Any


class ContentDoneEvent(_Event):
    """``content.done``: the whole text, and as ``parsed`` the object that it became."""

    content: str
    parsed: Any


class RefusalDeltaEvent(_Event):
    """``refusal.delta``: a part of a refusal."""

    delta: str
    snapshot: str


class RefusalDoneEvent(_Event):
    """``refusal.done``: the whole refusal."""

    refusal: str


class FunctionToolCallArgumentsDeltaEvent(_Event):
    """``tool_calls.function.arguments.delta``: a part of the arguments of call ``index``."""

    name: str
    index: int
    arguments: str
    parsed_arguments: Any
    arguments_delta: str


class FunctionToolCallArgumentsDoneEvent(_Event):
    """``tool_calls.function.arguments.done``: the arguments of call ``index`` are complete."""

    name: str
    index: int
    arguments: str
    parsed_arguments: Any


class LogprobsContentDeltaEvent(_Event):
    """``logprobs.content.delta``: log probabilities of the latest tokens of the text."""

    content: List[Any]
    snapshot: List[Any]


class LogprobsContentDoneEvent(_Event):
    """``logprobs.content.done``: those of the whole text."""

    content: List[Any]


class LogprobsRefusalDeltaEvent(_Event):
    """``logprobs.refusal.delta``: log probabilities of the latest tokens of a refusal."""

    refusal: List[Any]
    snapshot: Optional[List[Any]]


class LogprobsRefusalDoneEvent(_Event):
    """``logprobs.refusal.done``: those of the whole refusal."""

    refusal: List[Any]
