"""Types of the keyword arguments of ``create``: the signature of openai 3.54.0, for checkers.

At run time nothing here is imported: unknown keywords go into the request body as they are.
"""

from __future__ import annotations

from typing import Any, Dict, Iterable, List, Mapping, Optional, Tuple, TypedDict, Union

Messages = Iterable[Any]
Timeout = Union[float, Tuple[float, float], Any]


class CallParams(TypedDict, total=False):
    """What every call takes beside its own fields."""

    extra_headers: Optional[Mapping[str, Optional[str]]]
    extra_query: Optional[Mapping[str, Any]]
    extra_body: Optional[Mapping[str, Any]]
    timeout: Optional[Timeout]
    idle_timeout: Optional[float]
    deadline: Optional[float]


class ChatRequired(TypedDict):
    """What ``chat.completions.create`` cannot do without."""

    messages: Messages
    model: str


class ParseParams(ChatRequired, CallParams, total=False):
    """What ``chat.completions.parse`` and ``stream`` take beside ``response_format``."""

    audio: Any
    frequency_penalty: Optional[float]
    function_call: Any
    functions: Any
    logit_bias: Optional[Dict[str, int]]
    logprobs: Optional[bool]
    max_completion_tokens: Optional[int]
    max_tokens: Optional[int]
    metadata: Any
    modalities: Any
    moderation: Any
    n: Optional[int]
    parallel_tool_calls: bool
    prediction: Any
    presence_penalty: Optional[float]
    prompt_cache_key: str
    prompt_cache_options: Any
    prompt_cache_retention: Any
    reasoning_effort: Optional[str]
    safety_identifier: str
    seed: Optional[int]
    service_tier: Optional[str]
    stop: Union[Optional[str], List[str]]
    store: Optional[bool]
    stream_options: Any
    temperature: Optional[float]
    thinking: Any
    tool_choice: Any
    tools: Any
    top_logprobs: Optional[int]
    top_p: Optional[float]
    user: str
    user_id: str
    verbosity: Optional[str]
    web_search_options: Any
    engine: str
    request_timeout: Optional[Timeout]
    headers: Optional[Mapping[str, str]]
    api_key: Optional[str]
    api_base: Optional[str]
    organization: Optional[str]


class ChatParams(ParseParams, total=False):
    """What ``chat.completions.create`` takes."""

    response_format: Any


class CompletionRequired(TypedDict):
    """What ``completions.create`` cannot do without."""

    model: str
    prompt: Any


class CompletionParams(CompletionRequired, CallParams, total=False):
    """What ``completions.create`` takes: text completion, on DeepSeek FIM."""

    suffix: Optional[str]
    echo: Optional[bool]
    logprobs: Optional[int]
    max_tokens: Optional[int]
    stop: Union[Optional[str], List[str]]
    stream_options: Any
    temperature: Optional[float]
    top_p: Optional[float]
    best_of: Optional[int]
    frequency_penalty: Optional[float]
    logit_bias: Optional[Dict[str, int]]
    n: Optional[int]
    presence_penalty: Optional[float]
    seed: Optional[int]
    user: str


class EmbeddingRequired(TypedDict):
    """What ``embeddings.create`` cannot do without."""

    input: Any
    model: str


class EmbeddingOptions(CallParams, total=False):
    """What it takes besides."""

    dimensions: int
    encoding_format: str
    user: str


class EmbeddingParams(EmbeddingRequired, EmbeddingOptions, total=False):
    """What ``embeddings.create`` takes."""


class ModerationRequired(TypedDict):
    """What ``moderations.create`` cannot do without."""

    input: Any


class ModerationOptions(CallParams, total=False):
    """What it takes besides."""

    model: str


class ModerationParams(ModerationRequired, ModerationOptions, total=False):
    """What ``moderations.create`` takes."""


class ResponseRequired(TypedDict):
    """``responses.create`` can do without any: a stored prompt may say it all."""


class ResponseParams(CallParams, total=False):
    """What ``responses.create`` takes."""

    input: Any
    model: str
    access_programs: Any
    background: Optional[bool]
    background_options: Any
    context_management: Any
    conversation: Any
    image: Any
    include: Optional[List[str]]
    instructions: Optional[str]
    max_output_tokens: Optional[int]
    max_tool_calls: Optional[int]
    metadata: Any
    moderation: Any
    parallel_tool_calls: Optional[bool]
    previous_response_id: Optional[str]
    prompt: Any
    prompt_cache_key: Optional[str]
    prompt_cache_options: Any
    prompt_cache_retention: Any
    reasoning: Any
    safety_identifier: Optional[str]
    service_tier: Optional[str]
    store: Optional[bool]
    stream_options: Any
    temperature: Optional[float]
    text: Any
    thinking: Any
    tool_choice: Any
    tools: Any
    top_logprobs: Optional[int]
    top_p: Optional[float]
    truncation: Optional[str]
    user: str


class ResponseParseParams(ResponseParams, total=False):
    """What ``responses.parse`` takes beside ``text_format``."""

    parse_as: Any
    verbosity: Optional[str]


class ResponseStreamParams(ResponseParams, total=False):
    """What ``responses.stream`` takes beside ``text_format``."""

    response_id: str
    starting_after: int


# --- images, audio --------------------------------------------------------------------------------


class ImageVariationOptions(CallParams, total=False):
    """What ``images.create_variation`` takes beside the image."""

    model: Optional[str]
    n: Optional[int]
    response_format: Optional[str]
    size: Optional[str]
    user: str


class _ImageOptions(ImageVariationOptions, total=False):
    background: Optional[str]
    complexity: Optional[str]
    frame_count: Optional[int]
    frame_duration_ms: Optional[int]
    output_compression: Optional[int]
    output_format: Optional[str]
    partial_images: Optional[int]
    quality: Optional[str]
    safety_identifier: Optional[str]
    svg: Any


class ImageOptions(_ImageOptions, total=False):
    """What ``images.generate`` takes beside the prompt."""

    moderation: Optional[str]
    style: Optional[str]


class ImageEditOptions(_ImageOptions, total=False):
    """What ``images.edit`` takes beside image, mask and prompt."""

    input_fidelity: Optional[str]
    markup: Any


class SpeechOptions(CallParams, total=False):
    """What ``audio.speech.create`` takes beside the text, the model and the voice."""

    instructions: str
    response_format: str
    speed: float
    stream_format: str


class TranslationOptions(CallParams, total=False):
    """What ``audio.translations.create`` takes beside the file and the model."""

    prompt: str
    response_format: str
    temperature: float


class TranscriptionOptions(TranslationOptions, total=False):
    """What ``audio.transcriptions.create`` takes beside the file and the model."""

    chunking_strategy: Any
    include: List[str]
    keywords: List[str]
    known_speaker_names: List[str]
    known_speaker_references: List[str]
    language: str
    languages: List[str]
    timestamp_granularities: List[str]


# --- files, batches, responses that a vendor keeps ------------------------------------------------


class FileOptions(CallParams, total=False):
    """What ``files.create`` takes beside the file and its purpose."""

    expires_after: Any


class PageOptions(CallParams, total=False):
    """What ``batches.list`` takes."""

    after: str
    limit: int


class FilePageOptions(PageOptions, total=False):
    """What ``files.list`` takes."""

    order: str
    purpose: str


class BatchOptions(CallParams, total=False):
    """What ``batches.create`` takes beside what it needs."""

    metadata: Any
    output_expires_after: Any


class InputItemOptions(PageOptions, total=False):
    """What ``responses.input_items.list`` takes beside the id."""

    include: List[str]
    order: str


class StoredResponseOptions(CallParams, total=False):
    """What ``responses.retrieve`` takes beside the id."""

    include: List[str]
    include_obfuscation: bool
    starting_after: int
    stream: bool


class CompactOptions(CallParams, total=False):
    """What ``responses.compact`` takes beside the model."""

    image: Any
    input: Any
    instructions: Optional[str]
    previous_response_id: Optional[str]
    prompt_cache_key: Optional[str]
    prompt_cache_options: Any
    prompt_cache_retention: Any
    service_tier: Optional[str]
