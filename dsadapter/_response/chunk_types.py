"""The kinds of objects that a streamed chat completion consists of; only a stream loads them."""

from __future__ import annotations

from typing import List, Optional

from .base_model import BaseModel
from .types import ChoiceLogprobs, CompletionUsage, Moderation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .._record import MayLack, VendorOptional


class ChoiceDeltaToolCallFunction(BaseModel, native="chat.chat_completion_chunk"):
    """A fragment of a tool call's name and arguments."""

    name: Optional[str]
    arguments: Optional[str]


class ChoiceDeltaFunctionCall(BaseModel, native="chat.chat_completion_chunk"):
    """A fragment of a ``function_call``."""

    name: Optional[str]
    arguments: Optional[str]


class ChoiceDeltaToolCall(BaseModel, native="chat.chat_completion_chunk"):
    """A fragment of a tool call; ``index`` says of which one."""

    index: MayLack[int]
    id: Optional[str]
    function: Optional[ChoiceDeltaToolCallFunction]
    type: Optional[str]


class ChoiceDeltaAudio(BaseModel, native="chat.chat_completion_chunk"):
    """A fragment of a spoken answer."""

    id: Optional[str]
    data: Optional[str]
    expires_at: Optional[int]
    transcript: Optional[str]


class ChoiceDelta(BaseModel, native="chat.chat_completion_chunk"):
    """What a chunk adds to the message."""

    audio: Optional[ChoiceDeltaAudio]
    content: Optional[str]
    function_call: Optional[ChoiceDeltaFunctionCall]
    refusal: Optional[str]
    role: Optional[str]
    tool_calls: Optional[List[ChoiceDeltaToolCall]]
    reasoning_content: VendorOptional[str]


class ChunkLogprobs(ChoiceLogprobs, native="chat.chat_completion_chunk:ChoiceLogprobs"):
    """Log probabilities of the tokens of a chunk."""


class ChunkModeration(Moderation, native="chat.chat_completion_chunk:Moderation"):
    """The same in a stream."""


class ChunkChoice(BaseModel, native="chat.chat_completion_chunk:Choice"):
    """What a chunk adds to one answer."""

    delta: ChoiceDelta
    index: int
    finish_reason: Optional[str]
    logprobs: Optional[ChunkLogprobs]


class ChatCompletionChunk(BaseModel, native="chat.chat_completion_chunk"):
    """One chunk of a streamed chat completion."""

    id: str
    choices: List[ChunkChoice]
    created: int
    model: str
    object: str
    moderation: Optional[ChunkModeration]
    obfuscation: Optional[str]
    service_tier: Optional[str]
    system_fingerprint: Optional[str]
    usage: Optional[CompletionUsage]
