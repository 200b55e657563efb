"""Texts of code that meets another SDK generation than it was written for (surface E, B3, A)."""

from __future__ import annotations

from typing import Tuple

from ..row import LIKELY, POSSIBLE, Row

_CLASSES = (
    "ChatCompletion|Completion|Embedding|Model|Engine|Edit|Image|Audio|File|FineTune|"
    "FineTuningJob|Moderation|Deployment|Customer|ErrorObject"
)
_LEGACY = (
    "InvalidRequestError|openai_object|openai_response|api_requestor|api_resources|util|proxy|"
    "aiosession|requestssession|datalib|embeddings_utils|object_classes|validators"
)
_MODERN = (
    "OpenAI|AsyncOpenAI|AzureOpenAI|chat|base_url|RateLimitError|AuthenticationError|"
    "APIConnectionError|APITimeoutError|APIStatusError|BadRequestError|NotFoundError|"
    "InternalServerError|Stream|AsyncStream|NOT_GIVEN|resources|types"
)

ROWS: Tuple[Row, ...] = (
    Row(
        "sdk-removed-call",
        rf"You tried to access openai\.(?P<name>{_CLASSES})|APIRemovedInV1",
        when=">=1.2",
    ),
    Row(
        "sdk-no-chatcompletion",
        rf"module 'openai' has no attribute '(?P<name>{_CLASSES})'",
        when=">=1.0,<1.2",
        checks=("sdk-shadow", "sdk-leftovers"),
        sure=LIKELY,
    ),
    Row(
        "sdk-no-error-attribute",
        r"module 'openai' has no attribute '(?P<name>error)'",
        when=">=1.0",
        sure=LIKELY,
    ),
    Row(
        "sdk-no-error-module",
        r"No module named '(?P<name>openai\.error)'(?!; 'openai' is not)"
        r"|cannot import name '(?P<other>error)' from 'openai'",
        when=">=1.0",
        sure=LIKELY,
    ),
    Row(
        "sdk-old-name",
        rf"module 'openai' has no attribute '(?P<name>{_LEGACY})'"
        rf"|No module named 'openai\.(?P<module>{_LEGACY})'(?!; 'openai' is not)"
        r"|cannot import name '(?P<class>InvalidRequestError|ChatCompletion)' from 'openai'",
        when=">=1.0",
        sure=LIKELY,
    ),
    Row(
        "sdk-subclass-removed",
        r"isinstance\(\) arg 2 must be a type",
        sure=POSSIBLE,
        when=">=1.3.7",
        needs="openai",
    ),
    Row(
        "sdk-too-old",
        rf"(?<!initialized\x20)module 'openai' has no attribute '(?P<name>{_MODERN})'"
        rf"|cannot import name '(?P<other>{_MODERN})' from 'openai' "
        r"\((?!unknown)[^)]*(?:site|dist)-packages[^)]*\)",
        when="<1",
        checks=("sdk-shadow", "sdk-leftovers"),
        sure=LIKELY,
    ),
    Row(
        "sdk-not-subscriptable",
        r"'(?P<kind>ChatCompletion\w*|ChoiceDelta|Choice|Completion\w*|CreateEmbeddingResponse)' "
        r"object is not subscriptable",
        when=">=1.0",
    ),
    Row(
        "sdk-page-not-subscriptable",
        r"'(?P<kind>(?:Sync|Async)Page\[\w+\])' object is not subscriptable",
        when=">=1.0",
    ),
    Row(
        "sdk-no-get",
        r"'(?P<kind>ChoiceDelta|ChatCompletion\w*|Choice)' object has no attribute 'get'",
        when=">=1.0",
    ),
    Row(
        "sdk-not-json",
        r"Object of type (?P<kind>ChatCompletion\w*|Completion\w*) is not JSON serializable",
        when=">=1.0",
    ),
    Row(
        "sdk-no-to-dict-recursive",
        r"has no attribute '(?P<name>to_dict_recursive)'",
        when=">=1.0",
    ),
)
