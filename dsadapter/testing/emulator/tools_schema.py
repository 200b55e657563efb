"""The schema and the rules of the tool endpoints that take JSON: search, fetch, speech.

The limits are known, the sentences are guesses in the style of the chat's; only `Content Exists
Risk` is known, and no envelope is.
"""

from __future__ import annotations

from typing import Any, Dict, Optional, Tuple

from .completion_request import RISKY_QUESTION, CompletionRequest
from .response import JSON
from .rules import CONTENT_RISK, Rule, out_of_range, too_long
from .schema import Types, check_fields, check_variant

VOICES = ("stella", "tide")
FORMATS = ("wav", "pcm")
MAX_BILLED = 10_000
MAX_BODY = 64 << 10
SEARCH_FIELDS: Dict[str, Tuple[Types, str]] = {
    "query": (str, "a string"),
    "count": (int, "u8"),
    "ori_question": (str, "a string"),
    "localization": (str, "a string"),
    "need_content": (bool, "a boolean"),
}
FETCH_FIELDS: Dict[str, Tuple[Types, str]] = {"url": (str, "a string")}
SPEECH_FIELDS: Dict[str, Tuple[Types, str]] = {
    "text": (str, "a string"),
    "voice_id": (str, "a string"),
    "format": (str, "a string"),
    "filter_markdown": (bool, "a boolean"),
}


def check_search(body: Any, text: str) -> None:
    """Raise the Mismatch of the first thing that has a wrong type."""
    check_fields(body, text, SEARCH_FIELDS, ("query",))


def check_fetch(body: Any, text: str) -> None:
    """As :func:`check_search`, for a fetch."""
    check_fields(body, text, FETCH_FIELDS, ("url",))


def check_speech(body: Any, text: str) -> None:
    """As :func:`check_search`, for speech."""
    check_fields(body, text, SPEECH_FIELDS, ("text",))
    check_variant(body, text, ("voice_id",), VOICES)
    check_variant(body, text, ("format",), FORMATS)


# -- rules


def query_length(request: CompletionRequest) -> Optional[str]:
    """A query has 1 to 128 characters."""
    query = request.get("query", "")
    return too_long("query", query, 128) if query else "query must not be empty"


def result_count(request: CompletionRequest) -> Optional[str]:
    """1 to 50 results are asked for."""
    return out_of_range("count", request.get("count", 10), 1, 50)


def fetchable_url(request: CompletionRequest) -> Optional[str]:
    """A link has up to 8192 characters, and is one of the web."""
    url = request.get("url", "")
    is_link = url.startswith(("http://", "https://"))
    return too_long("url", url, 8192) if is_link else "Invalid url"


def speakable(request: CompletionRequest) -> Optional[str]:
    """There is something to read, and not too much; a Chinese character counts twice."""
    text = request.get("text", "")
    if not any(character.isalnum() for character in text):
        return "Nothing to read"
    return out_of_range("text", billed_length(text), 1, MAX_BILLED)


def billed_length(text: str) -> int:
    """Characters; a Chinese one counts twice."""
    return len(text) + sum(character >= "\u2e80" for character in text)


def harmless(request: CompletionRequest) -> Optional[str]:
    """Text is always reviewed before it is read aloud."""
    return CONTENT_RISK if is_risky(request.get("text", "")) else None


def is_risky(text: str) -> bool:
    """Whether the review refuses it."""
    return RISKY_QUESTION in text


SEARCH: Tuple[Tuple[Rule, str], ...] = ((query_length, JSON), (result_count, JSON))
FETCH: Tuple[Tuple[Rule, str], ...] = ((fetchable_url, JSON),)
SPEECH: Tuple[Tuple[Rule, str], ...] = ((speakable, JSON), (harmless, JSON))
