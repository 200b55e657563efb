"""The kinds of objects that resources beside chat give. The annotations are the table of fields,
as in ``types``."""

from __future__ import annotations

import base64
import struct
from typing import Any, Dict, Iterator, List, Mapping, Optional, Tuple

from .._native_class import NativeNames, native_class
from .base_model import BaseModel, fields_of_model
from .pages import CursorPage
from .response_fields import fields_of
from .response_names import natives_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .._record import MayLack

# --- embeddings, moderations ----------------------------------------------------------------------


class Embedding(BaseModel, native="embedding"):
    """The vector of one text."""

    embedding: List[float]
    index: int
    object: str


class EmbeddingUsage(BaseModel, native="create_embedding_response:Usage"):
    """The tokens of an embedding."""

    prompt_tokens: int
    total_tokens: int


class CreateEmbeddingResponse(BaseModel, native="create_embedding_response"):
    """The reply of ``embeddings.create``."""

    data: List[Embedding]
    model: str
    object: str
    usage: EmbeddingUsage


def decoded_embeddings(data: Dict[str, Any]) -> CreateEmbeddingResponse:
    """The reply with lists of floats in it, also where a server sends base64."""
    for item in data.get("data") or ():
        if isinstance(item.get("embedding"), str):
            item["embedding"] = floats_of(item["embedding"])
    return CreateEmbeddingResponse(data)


def floats_of(text: str) -> List[float]:
    """base64 of little-endian float32."""
    raw = base64.b64decode(text)
    return list(struct.unpack(f"<{len(raw) // 4}f", raw))


class ModerationResult(BaseModel, native="moderation:Moderation"):
    """The verdict on one input."""

    flagged: bool
    categories: Dict[str, bool]
    category_applied_input_types: Dict[str, List[str]]
    category_scores: Dict[str, float]


class ModerationCreateResponse(BaseModel, native="moderation_create_response"):
    """The reply of ``moderations.create``."""

    id: str
    model: str
    results: List[ModerationResult]


# --- images, audio --------------------------------------------------------------------------------


class Image(BaseModel, native="image"):
    """One image: base64, or where it can be fetched."""

    b64_json: Optional[str]
    revised_prompt: Optional[str]
    url: Optional[str]


class ImagesResponse(BaseModel, native="images_response"):
    """The reply of ``images.generate`` and its neighbours."""

    created: int
    background: Optional[str]
    data: Optional[List[Image]]
    output_format: Optional[str]
    quality: Optional[str]
    safety_identifier: Optional[str]
    size: Optional[str]
    svg_usage: Optional[Dict[str, Any]]
    usage: Optional[Dict[str, Any]]


class Transcription(BaseModel, native="audio.transcription"):
    """The reply of ``audio.transcriptions.create``."""

    text: str
    languages: Optional[List[Dict[str, Any]]]
    logprobs: Optional[List[Dict[str, Any]]]
    usage: Optional[Dict[str, Any]]


class TranscriptionVerbose(BaseModel, native="audio.transcription_verbose"):
    """The same with ``response_format="verbose_json"``: words and segments with their times."""

    duration: MayLack[float]
    language: MayLack[str]
    text: str
    segments: Optional[List[Dict[str, Any]]]
    usage: Optional[Dict[str, Any]]
    words: Optional[List[Dict[str, Any]]]


def transcription(data: Dict[str, Any]) -> BaseModel:
    """The reply as what it is, long or short."""
    is_verbose = not {"duration", "segments", "words"}.isdisjoint(data)
    return TranscriptionVerbose(data) if is_verbose else Transcription(data)


class Translation(BaseModel, native="audio.translation"):
    """The reply of ``audio.translations.create``."""

    text: str


# --- files, batches -------------------------------------------------------------------------------


class FileObject(BaseModel, native="file_object"):
    """A file that a vendor keeps."""

    id: str
    bytes: int
    created_at: int
    filename: str
    object: str
    purpose: str
    status: MayLack[str]
    expires_at: Optional[int]
    status_details: Optional[str]


class FileDeleted(BaseModel, native="file_deleted"):
    """The reply of ``files.delete``."""

    id: str
    deleted: bool
    object: str


class ModelDeleted(BaseModel, native="model_deleted"):
    """The reply of ``models.delete``."""

    id: str
    deleted: bool
    object: str


class BatchRequestCounts(BaseModel, native="batch_request_counts"):
    """How far a batch is."""

    completed: int
    failed: int
    total: int


class Batch(BaseModel, native="batch"):
    """A batch of requests in a file."""

    id: str
    completion_window: str
    created_at: int
    endpoint: str
    input_file_id: str
    object: str
    status: str
    cancelled_at: Optional[int]
    cancelling_at: Optional[int]
    completed_at: Optional[int]
    error_file_id: Optional[str]
    errors: Optional[Dict[str, Any]]
    expired_at: Optional[int]
    expires_at: Optional[int]
    failed_at: Optional[int]
    finalizing_at: Optional[int]
    in_progress_at: Optional[int]
    metadata: Optional[Dict[str, str]]
    model: Optional[str]
    output_file_id: Optional[str]
    request_counts: Optional[BatchRequestCounts]
    usage: Optional[Dict[str, Any]]


class FilePage(CursorPage):
    """The reply of ``files.list``."""

    data: List[FileObject]

    if TYPE_CHECKING:

        def __iter__(self) -> Iterator[FileObject]:  # type: ignore[override]
            """The items of this page and of those behind it."""


class BatchPage(CursorPage):
    """The reply of ``batches.list``."""

    data: List[Batch]

    if TYPE_CHECKING:

        def __iter__(self) -> Iterator[Batch]:  # type: ignore[override]
            """The items of this page and of those behind it."""


# --- responses ------------------------------------------------------------------------------------


class ByType(BaseModel):
    """A kind that stands for several of the SDK's, one for each ``type``."""

    _own_natives: Mapping[str, NativeNames] = {}  # they come before the usual ones
    __class__: Any = property(lambda self: self._native_class())

    def _native_class(self) -> Any:
        mark = str(dict.get(self, "type"))
        return native_class(type(self), (*self._own_natives.get(mark, ()), *natives_of(mark)))

    def _known_names(self) -> Tuple[str, ...]:
        native = self._native_class()
        if native is not type(self):
            return tuple(fields_of_model(native))
        return fields_of(str(dict.get(self, "type"))) or self._model_field_names()

    def _default_names(self) -> Tuple[str, ...]:
        return self._known_names()

    def _absent(self, name: str) -> Any:
        return None if name in fields_of(str(dict.get(self, "type"))) else super()._absent(name)


class ResponseContent(ByType):
    """A part of an output item."""

    type: str
    text: Optional[str]
    annotations: Optional[List[Dict[str, Any]]]


class ResponseOutputItem(ByType):
    """A message, a reasoning, a call: what a response is made of."""

    type: str
    id: Optional[str]
    content: Optional[List[ResponseContent]]
    status: Optional[str]


class ResponseInputDetails(BaseModel, native="responses.response_usage:InputTokensDetails"):
    """Of which kind the tokens of the input are."""

    cache_write_tokens: MayLack[int]
    cached_tokens: MayLack[int]
    cache_write_tokens_details: Optional[Dict[str, int]]


class ResponseOutputDetails(BaseModel, native="responses.response_usage:OutputTokensDetails"):
    """Of which kind the tokens of the output are."""

    reasoning_tokens: MayLack[int]


class ResponseUsage(BaseModel, native="responses.response_usage"):
    """The tokens of a response."""

    input_tokens: int
    input_tokens_details: MayLack[ResponseInputDetails]
    output_tokens: int
    output_tokens_details: MayLack[ResponseOutputDetails]
    total_tokens: int


class Response(BaseModel, native="responses.response"):
    """The reply of ``responses.create``."""

    id: str
    created_at: MayLack[float]
    model: MayLack[str]
    object: MayLack[str]
    output: List[ResponseOutputItem]
    parallel_tool_calls: MayLack[bool]
    tool_choice: MayLack[Any]
    tools: MayLack[List[Dict[str, Any]]]
    access_programs: Optional[Dict[str, Any]]
    background: Optional[bool]
    completed_at: Optional[float]
    conversation: Optional[Dict[str, Any]]
    error: Optional[Dict[str, Any]]
    image: Optional[Dict[str, Any]]
    incomplete_details: Optional[Dict[str, Any]]
    input_transformations: Optional[List[Dict[str, Any]]]
    instructions: Optional[Any]
    max_output_tokens: Optional[int]
    max_tool_calls: Optional[int]
    metadata: Optional[Dict[str, str]]
    moderation: Optional[Dict[str, Any]]
    previous_response_id: Optional[str]
    prompt: Optional[Dict[str, Any]]
    prompt_cache_diagnostics: Optional[Dict[str, Any]]
    prompt_cache_key: Optional[str]
    prompt_cache_options: Optional[Dict[str, Any]]
    prompt_cache_retention: Optional[str]
    reasoning: Optional[Dict[str, Any]]
    safety_identifier: Optional[str]
    service_tier: Optional[str]
    status: Optional[str]
    temperature: Optional[float]
    text: Optional[Dict[str, Any]]
    tool_usage: Optional[Dict[str, Any]]
    top_logprobs: Optional[int]
    top_p: Optional[float]
    truncation: Optional[str]
    usage: Optional[ResponseUsage]
    user: Optional[str]

    @property
    def output_text(self) -> str:
        """The texts of all messages, one behind the other."""
        contents = (item.get("content") or () for item in self.get("output") or ())
        parts = [part for content in contents for part in content]
        return "".join(part["text"] for part in parts if part.get("type") == "output_text")


class ResponseEvent(ByType):
    """One event of a streamed response; ``type`` says which, and so which fields it has."""

    type: str
    sequence_number: int
    response: Response
    item: ResponseOutputItem
    part: ResponseContent


class ResponseItemPage(CursorPage):
    """The reply of ``responses.input_items.list``."""

    data: List[ResponseOutputItem]

    if TYPE_CHECKING:

        def __iter__(self) -> Iterator[ResponseOutputItem]:  # type: ignore[override]
            """The items of this page and of those behind it."""
