"""The kinds of objects of text completions, whole and streamed."""

from __future__ import annotations

from typing import Dict, List, Optional

from .base_model import BaseModel
from .types import CompletionUsage

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .._record import MayLack


class TextLogprobs(BaseModel, native="completion_choice:Logprobs"):
    """Log probabilities of a text completion."""

    text_offset: Optional[List[int]]
    token_logprobs: Optional[List[float]]
    tokens: Optional[List[str]]
    top_logprobs: Optional[List[Dict[str, float]]]


class TextChoice(BaseModel, native="completion_choice:CompletionChoice"):
    """One answer of a text completion, whole or a chunk of it."""

    finish_reason: MayLack[str]
    index: int
    logprobs: Optional[TextLogprobs]
    text: MayLack[str]


class Completion(BaseModel, native="completion"):
    """The reply of ``completions.create``, whole or a chunk of it."""

    id: str
    choices: List[TextChoice]
    created: int
    model: str
    object: str
    system_fingerprint: Optional[str]
    usage: Optional[CompletionUsage]
