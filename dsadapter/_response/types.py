"""The modern face's kinds of objects. The annotations are the table of fields: which may be
missing and what stands in them is read from there, by type checkers and by ``Record``."""

from __future__ import annotations

from typing import Any, Callable, Dict, Iterator, List, Optional

from .._record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .._record import MayLack, VendorOptional

ResponseType = Callable[[Dict[str, Any]], Any]


# --- what stands in messages and in the deltas of chunks ------------------------------------------


class Function(Record):
    """Name and arguments of a tool call; the arguments are JSON text."""

    name: MayLack[str]
    arguments: MayLack[str]


class FunctionCall(Record):
    """``message.function_call``, of the time before tools; the arguments are JSON text."""

    name: MayLack[str]
    arguments: MayLack[str]


class ToolCall(Record):
    """One call of a tool in a message."""

    id: MayLack[str]
    function: MayLack[Function]
    type: MayLack[str]
    index: VendorOptional[int]


class ChoiceDeltaToolCallFunction(Record):
    """A fragment of a tool call's name and arguments."""

    name: Optional[str]
    arguments: Optional[str]


class ChoiceDeltaFunctionCall(Record):
    """A fragment of a ``function_call``."""

    name: Optional[str]
    arguments: Optional[str]


class ChoiceDeltaToolCall(Record):
    """A fragment of a tool call; ``index`` says of which one."""

    index: MayLack[int]
    id: Optional[str]
    function: Optional[ChoiceDeltaToolCallFunction]
    type: Optional[str]


class AnnotationURLCitation(Record):
    """A page that the answer cites, and where in the text it does."""

    end_index: int
    start_index: int
    title: str
    url: str


class Annotation(Record):
    """What a search adds to a message."""

    type: str
    url_citation: AnnotationURLCitation


class ChatCompletionAudio(Record):
    """A spoken answer; ``data`` is base64."""

    id: str
    data: str
    expires_at: int
    transcript: str


class ChoiceDeltaAudio(Record):
    """A fragment of a spoken answer."""

    id: Optional[str]
    data: Optional[str]
    expires_at: Optional[int]
    transcript: Optional[str]


class ChatCompletionMessage(Record):
    """What the model said: content, reasoning, calls."""

    content: Optional[str]
    refusal: Optional[str]
    role: MayLack[str]
    annotations: Optional[List[Annotation]]
    audio: Optional[ChatCompletionAudio]
    function_call: Optional[FunctionCall]
    tool_calls: Optional[List[ToolCall]]
    reasoning_content: VendorOptional[str]


class ChoiceDelta(Record):
    """What a chunk adds to the message."""

    audio: Optional[ChoiceDeltaAudio]
    content: Optional[str]
    function_call: Optional[ChoiceDeltaFunctionCall]
    refusal: Optional[str]
    role: Optional[str]
    tool_calls: Optional[List[ChoiceDeltaToolCall]]
    reasoning_content: VendorOptional[str]


# --- probabilities and tokens ---------------------------------------------------------------------


class TopLogprob(Record):
    """A token that could have stood there, too."""

    token: str
    bytes: Optional[List[int]]
    logprob: float


class ChatCompletionTokenLogprob(Record):
    """The log probability of one token of the answer."""

    token: str
    bytes: Optional[List[int]]
    logprob: float
    top_logprobs: List[TopLogprob]


class ChoiceLogprobs(Record):
    """Log probabilities of the tokens of an answer."""

    content: Optional[List[ChatCompletionTokenLogprob]]
    refusal: Optional[List[ChatCompletionTokenLogprob]]


class ChunkLogprobs(ChoiceLogprobs):
    """Log probabilities of the tokens of a chunk."""


class TextLogprobs(Record):
    """Log probabilities of a text completion."""

    text_offset: Optional[List[int]]
    token_logprobs: Optional[List[float]]
    tokens: Optional[List[str]]
    top_logprobs: Optional[List[Dict[str, float]]]


class CompletionTokensDetails(Record):
    """Of which kind the tokens of the answer are."""

    accepted_prediction_tokens: Optional[int]
    audio_tokens: Optional[int]
    reasoning_tokens: Optional[int]
    rejected_prediction_tokens: Optional[int]
    text_tokens: Optional[int]


class PromptTokensDetails(Record):
    """Of which kind the tokens of the prompt are."""

    audio_tokens: Optional[int]
    cache_write_tokens: Optional[int]
    cached_tokens: Optional[int]
    image_tokens: Optional[int]
    text_tokens: Optional[int]


class CompletionUsage(Record):
    """Tokens, with DeepSeek's cache hits and misses."""

    completion_tokens: int
    prompt_tokens: int
    total_tokens: int
    completion_tokens_details: Optional[CompletionTokensDetails]
    prompt_tokens_details: Optional[PromptTokensDetails]
    prompt_cache_hit_tokens: VendorOptional[int]
    prompt_cache_miss_tokens: VendorOptional[int]


# --- replies --------------------------------------------------------------------------------------


class Moderation(Record):
    """OpenAI's verdict on prompt and answer."""

    input: Any
    output: Any


class Choice(Record):
    """One answer of a chat completion."""

    finish_reason: MayLack[str]
    index: MayLack[int]
    logprobs: Optional[ChoiceLogprobs]
    message: ChatCompletionMessage


class ChatCompletion(Record):
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


class ChunkChoice(Record):
    """What a chunk adds to one answer."""

    delta: ChoiceDelta
    index: int
    finish_reason: Optional[str]
    logprobs: Optional[ChunkLogprobs]


class ChatCompletionChunk(Record):
    """One chunk of a streamed chat completion."""

    id: str
    choices: List[ChunkChoice]
    created: int
    model: str
    object: str
    moderation: Optional[Moderation]
    obfuscation: Optional[str]
    service_tier: Optional[str]
    system_fingerprint: Optional[str]
    usage: Optional[CompletionUsage]


class TextChoice(Record):
    """One answer of a text completion, whole or a chunk of it."""

    finish_reason: MayLack[str]
    index: int
    logprobs: Optional[TextLogprobs]
    text: MayLack[str]


class Completion(Record):
    """The reply of ``completions.create``, whole or a chunk of it."""

    id: str
    choices: List[TextChoice]
    created: int
    model: str
    object: str
    system_fingerprint: Optional[str]
    usage: Optional[CompletionUsage]


class Model(Record):
    """One model of a provider."""

    id: str
    created: MayLack[int]
    object: MayLack[str]
    owned_by: MayLack[str]
    shutdown_date: Optional[str]


class BalanceInfo(Record):
    """The balance in one currency; amounts are strings, as the server sends them."""

    currency: str
    total_balance: str
    granted_balance: str
    topped_up_balance: str


class Balance(Record):
    """``is_available`` and ``balance_infos``."""

    is_available: bool
    balance_infos: List[BalanceInfo]


class Page(Record):
    """A list answer that iterates its items."""

    def __iter__(self) -> Iterator[Any]:
        return iter(self.get("data") or ())


class ModelPage(Page):
    """The reply of ``models.list``."""

    data: List[Model]
    object: MayLack[str]

    if TYPE_CHECKING:

        def __iter__(self) -> Iterator[Model]:  # type: ignore[override]
            """The models of ``data``."""
