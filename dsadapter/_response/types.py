"""The modern face's kinds of objects. The annotations are the table of fields: which may be
missing and what stands in them is read from there, by type checkers and by ``Record``."""

from __future__ import annotations

from typing import Any, Dict, List, Optional

from .base_model import BaseModel

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Callable

    from .._record import MayLack, VendorOptional

    ResponseType = Callable[[Dict[str, Any]], Any]


# --- what stands in messages and in the deltas of chunks ------------------------------------------


class Function(
    BaseModel,
    native="chat.chat_completion_message_function_tool_call chat.chat_completion_message_tool_call",
):
    """Name and arguments of a tool call; the arguments are JSON text."""

    name: MayLack[str]
    arguments: MayLack[str]


class FunctionCall(BaseModel, native="chat.chat_completion_message"):
    """``message.function_call``, of the time before tools; the arguments are JSON text."""

    name: MayLack[str]
    arguments: MayLack[str]


class Custom(BaseModel, native="chat.chat_completion_message_custom_tool_call"):
    """Name and input of a call of a custom tool; the input is text of any kind."""

    input: str
    name: str


class CustomToolCall(
    BaseModel,
    native="chat.chat_completion_message_custom_tool_call:ChatCompletionMessageCustomToolCall",
):
    """One call of a custom tool in a message."""

    id: str
    custom: Custom
    type: str


class ToolCall(
    BaseModel,
    native="chat.chat_completion_message_function_tool_call:ChatCompletionMessageFunctionToolCall "
    "chat.chat_completion_message_tool_call:ChatCompletionMessageToolCall",
):
    """One call of a tool in a message; one whose ``type`` is "custom" becomes a CustomToolCall."""

    id: MayLack[str]
    function: MayLack[Function]
    type: MayLack[str]
    index: VendorOptional[int]
    if TYPE_CHECKING:
        custom: Custom
    else:

        def __new__(cls, data: Any = (), **fields: Any) -> Any:
            values = dict(data, **fields)
            if values.get("type") == "custom":
                return CustomToolCall(values)
            return super().__new__(cls)


class AnnotationURLCitation(BaseModel, native="chat.chat_completion_message"):
    """A page that the answer cites, and where in the text it does."""

    end_index: int
    start_index: int
    title: str
    url: str


class Annotation(BaseModel, native="chat.chat_completion_message"):
    """What a search adds to a message."""

    type: str
    url_citation: AnnotationURLCitation


class ChatCompletionAudio(BaseModel, native="chat.chat_completion_audio"):
    """A spoken answer; ``data`` is base64."""

    id: str
    data: str
    expires_at: int
    transcript: str


class ChatCompletionMessage(BaseModel, native="chat.chat_completion_message"):
    """What the model said: content, reasoning, calls."""

    content: Optional[str]
    refusal: Optional[str]
    role: MayLack[str]
    annotations: Optional[List[Annotation]]
    audio: Optional[ChatCompletionAudio]
    function_call: Optional[FunctionCall]
    tool_calls: Optional[List[ToolCall]]
    reasoning_content: VendorOptional[str]


# --- probabilities and tokens ---------------------------------------------------------------------


class TopLogprob(BaseModel, native="chat.chat_completion_token_logprob"):
    """A token that could have stood there, too."""

    token: str
    bytes: Optional[List[int]]
    logprob: float


class ChatCompletionTokenLogprob(BaseModel, native="chat.chat_completion_token_logprob"):
    """The log probability of one token of the answer."""

    token: str
    bytes: Optional[List[int]]
    logprob: float
    top_logprobs: List[TopLogprob]


class ChoiceLogprobs(BaseModel, native="chat.chat_completion"):
    """Log probabilities of the tokens of an answer."""

    content: Optional[List[ChatCompletionTokenLogprob]]
    refusal: Optional[List[ChatCompletionTokenLogprob]]


class CompletionTokensDetails(BaseModel, native="completion_usage"):
    """Of which kind the tokens of the answer are."""

    accepted_prediction_tokens: Optional[int]
    audio_tokens: Optional[int]
    reasoning_tokens: Optional[int]
    rejected_prediction_tokens: Optional[int]
    text_tokens: Optional[int]


class PromptTokensDetails(BaseModel, native="completion_usage"):
    """Of which kind the tokens of the prompt are."""

    audio_tokens: Optional[int]
    cache_write_tokens: Optional[int]
    cached_tokens: Optional[int]
    image_tokens: Optional[int]
    text_tokens: Optional[int]


class CompletionUsage(BaseModel, native="completion_usage"):
    """Tokens, with DeepSeek's cache hits and misses."""

    completion_tokens: int
    prompt_tokens: int
    total_tokens: int
    completion_tokens_details: Optional[CompletionTokensDetails]
    prompt_tokens_details: Optional[PromptTokensDetails]
    prompt_cache_hit_tokens: VendorOptional[int]
    prompt_cache_miss_tokens: VendorOptional[int]


# --- replies --------------------------------------------------------------------------------------


class Moderation(BaseModel, native="chat.chat_completion"):
    """OpenAI's verdict on prompt and answer."""

    input: Any
    output: Any


class Choice(BaseModel, native="chat.chat_completion"):
    """One answer of a chat completion."""

    finish_reason: MayLack[str]
    index: MayLack[int]
    logprobs: Optional[ChoiceLogprobs]
    message: ChatCompletionMessage


class ChatCompletion(BaseModel, native="chat.chat_completion"):
    """The reply of ``chat.completions.create``."""

    id: str
    choices: List[Choice]
    created: int
    model: str
    object: str
    metadata: Optional[Dict[str, str]]
    moderation: Optional[Moderation]
    service_tier: Optional[str]
    system_fingerprint: Optional[str]
    usage: Optional[CompletionUsage]

    def _repr_markdown_(self) -> str:  # what a notebook shows
        texts = [choice.message.content for choice in self.choices or ()]
        return "\n\n---\n\n".join(text for text in texts if text)
