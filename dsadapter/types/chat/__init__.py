"""The names of ``openai.types.chat``."""

from __future__ import annotations

import sys

from ..._types.modules import fill

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Dict, Union

    from ..._record import Record
    from ..._response.chunk_types import ChatCompletionChunk as ChatCompletionChunk
    from ..._response.parsed import ParsedChatCompletion as ParsedChatCompletion
    from ..._response.parsed import ParsedChatCompletionMessage as ParsedChatCompletionMessage
    from ..._response.parsed import ParsedChoice as ParsedChoice
    from ..._response.parsed import ParsedFunction as ParsedFunction
    from ..._response.parsed import ParsedFunctionToolCall as ParsedFunctionToolCall
    from ..._response.types import ChatCompletion as ChatCompletion
    from ..._response.types import ChatCompletionAudio as ChatCompletionAudio
    from ..._response.types import ChatCompletionMessage as ChatCompletionMessage
    from ..._response.types import ChatCompletionTokenLogprob as ChatCompletionTokenLogprob
    from ..._response.types import ToolCall

    ChatCompletionMessageFunctionToolCall = ToolCall
    ChatCompletionMessageToolCall = ToolCall
    ChatCompletionMessageToolCallUnion = ToolCall
    ChatCompletionContentPartImage = Record
    ChatCompletionContentPartText = Record
    ChatCompletionDeleted = Record
    ChatCompletionFunctionTool = Record
    ChatCompletionMessageCustomToolCall = Record
    ChatCompletionStoreMessage = Record
    ChatCompletionModality = str
    ChatCompletionReasoningEffort = str
    ChatCompletionRole = str
    # What programs send is plain dicts.
    ChatCompletionAllowedToolChoiceParam = Dict[str, Any]
    ChatCompletionAllowedToolsParam = Dict[str, Any]
    ChatCompletionAssistantMessageParam = Dict[str, Any]
    ChatCompletionAudioParam = Dict[str, Any]
    ChatCompletionContentPartImageParam = Dict[str, Any]
    ChatCompletionContentPartInputAudioParam = Dict[str, Any]
    ChatCompletionContentPartParam = Dict[str, Any]
    ChatCompletionContentPartRefusalParam = Dict[str, Any]
    ChatCompletionContentPartTextParam = Dict[str, Any]
    ChatCompletionCustomToolParam = Dict[str, Any]
    ChatCompletionDeveloperMessageParam = Dict[str, Any]
    ChatCompletionFunctionCallOptionParam = Dict[str, Any]
    ChatCompletionFunctionMessageParam = Dict[str, Any]
    ChatCompletionFunctionToolParam = Dict[str, Any]
    ChatCompletionMessageCustomToolCallParam = Dict[str, Any]
    ChatCompletionMessageFunctionToolCallParam = Dict[str, Any]
    ChatCompletionMessageParam = Dict[str, Any]
    ChatCompletionMessageToolCallParam = Dict[str, Any]
    ChatCompletionMessageToolCallUnionParam = Dict[str, Any]
    ChatCompletionNamedToolChoiceCustomParam = Dict[str, Any]
    ChatCompletionNamedToolChoiceParam = Dict[str, Any]
    ChatCompletionPredictionContentParam = Dict[str, Any]
    ChatCompletionStreamOptionsParam = Dict[str, Any]
    ChatCompletionSystemMessageParam = Dict[str, Any]
    ChatCompletionToolMessageParam = Dict[str, Any]
    ChatCompletionToolParam = Dict[str, Any]
    ChatCompletionToolUnionParam = Dict[str, Any]
    ChatCompletionUserMessageParam = Dict[str, Any]
    ChatCompletionToolChoiceOptionParam = Union[str, Dict[str, Any]]
    CompletionCreateParams = Dict[str, Any]
    CompletionListParams = Dict[str, Any]
    CompletionUpdateParams = Dict[str, Any]
    CreateChatCompletionRequestMessageParam = Dict[str, Any]

else:
    fill(sys.modules[__name__], "types.chat")
