"""What is said where a rule of ``doctor PATH`` is broken: a row for each way to break it.

A hit names its row and the values that fill it in; ``sdk``, ``file`` and ``unedited`` are known of
every file.
"""

from __future__ import annotations

from ..._texts import (
    rules_client,
    rules_files,
    rules_http,
    rules_pin,
    rules_request,
    rules_sdk,
    rules_stream,
)
from ..findings import FAIL, INFO, WARN
from ..rules import Violation

# --- generations of the SDK ----------------------------------------------------------------------

OPENAI_MISSING = Violation(
    "code-openai-missing", FAIL, rules_sdk.OPENAI_MISSING, rules_sdk.IN_PLACE
)
LEGACY_CALL = Violation(
    "code-legacy-call", FAIL, rules_sdk.LEGACY_CALL, rules_sdk.OR_NEW_CODE, ("name",)
)
LEGACY_CALL_DROPPED = Violation(
    "code-legacy-call", FAIL, rules_sdk.LEGACY_CALL, rules_sdk.ADAPTER, ("name",)
)
LEGACY_ERROR = Violation("code-legacy-error", FAIL, rules_sdk.LEGACY_ERROR, rules_sdk.OR_NEW_ERRORS)
LEGACY_ERROR_MODULE = Violation(
    "code-legacy-error", FAIL, rules_sdk.LEGACY_MODULE, rules_sdk.OR_NEW_ERRORS
)
LEGACY_MODULE = Violation("code-legacy-name", FAIL, rules_sdk.LEGACY_MODULE, rules_sdk.ADAPTER)
LEGACY_NAME = Violation(
    "code-legacy-name", FAIL, rules_sdk.REMOVED_NAME, rules_sdk.OR_NEW_CODE, ("name",)
)
LEGACY_NAME_DROPPED = Violation(
    "code-legacy-name", FAIL, rules_sdk.REMOVED_NAME, rules_sdk.ADAPTER, ("name",)
)
MODERN_NAME = Violation(
    "code-modern-call", FAIL, rules_sdk.MODERN_NAME, rules_sdk.NAME_FROM_US, ("name",)
)

# --- settings ------------------------------------------------------------------------------------

SETTING_IGNORED = Violation(
    "code-setting-ignored", WARN, rules_sdk.SETTING_IGNORED, rules_sdk.SET_ON_CLIENT, ("name",)
)
BASE_IGNORED = Violation(
    "code-api-base", FAIL, rules_sdk.BASE_IGNORED, rules_sdk.WRITE_BASE, ("name",)
)
API_BASE_IGNORED = BASE_IGNORED._replace(advice=rules_sdk.WRITE_BASE_OR_MIGRATE)
AZURE_BASE_IGNORED = API_BASE_IGNORED._replace(message=rules_sdk.AZURE_BASE_IGNORED)
WITHOUT_SLASH = Violation(
    "code-base-url-slash", FAIL, rules_sdk.WITHOUT_SLASH, rules_sdk.WITH_SLASH
)

# --- clients, their calls and replies ------------------------------------------------------------

KEYWORD = Violation("code-keyword", FAIL, rules_client.UNEXPECTED, rules_client.INSTEAD)
CLIENT_PROXIES = Violation("code-proxies", FAIL, rules_client.UNEXPECTED, rules_client.INSTEAD)
HTTPX_PROXIES = Violation("code-proxies", FAIL, rules_client.HTTPX_PROXIES, rules_client.INSTEAD)
HTTPX_URL = Violation("code-http-client", FAIL, rules_client.HTTPX_URL, rules_client.INSTEAD)
OTHER_HTTP_CLIENT = Violation(
    "code-http-client", FAIL, rules_client.OTHER_HTTP_CLIENT, rules_client.INSTEAD
)
NOT_SUBSCRIPTABLE = Violation(
    "code-legacy-result", FAIL, rules_client.NOT_SUBSCRIPTABLE, rules_client.WRITE_ATTRIBUTE
)
CHOICES_ARE_A_LIST = Violation(
    "code-legacy-result", FAIL, rules_client.CHOICES_ARE_A_LIST, rules_client.FIRST_CHOICE
)
NOT_A_DICT = Violation("code-legacy-result", FAIL, rules_client.NOT_A_DICT, rules_client.INSTEAD)
STREAM_AS_REPLY = Violation(
    "code-stream-result", FAIL, rules_client.STREAM_AS_REPLY, rules_client.LOOP_OVER_IT
)
EXCEPT_TIMEOUT = Violation(
    "code-except-timeout", FAIL, rules_client.EXCEPT_TIMEOUT, rules_client.INSTEAD
)
NOT_AWAITED = Violation(
    "code-not-awaited", FAIL, rules_client.NOT_AWAITED, rules_client.WRITE_AWAIT
)
NO_CHOICES = Violation(
    "code-stream-choices", WARN, rules_stream.NO_CHOICES, rules_stream.SKIP_EMPTY
)
NULL_CONTENT = Violation(
    "code-stream-content", WARN, rules_stream.NULL_CONTENT, rules_stream.OR_EMPTY
)

# --- what DeepSeek refuses, ignores or does by default -------------------------------------------

THINKS_BY_DEFAULT = Violation(
    "code-thinking", INFO, rules_request.THINKS_BY_DEFAULT, rules_request.SAY_THINKING
)
SMALL_LIMIT = Violation(
    "code-small-max-tokens", WARN, rules_request.SMALL_LIMIT, rules_request.RAISE_LIMIT
)
FORCED_TOOL = Violation(
    "code-tool-choice", FAIL, rules_request.FORCED_TOOL, rules_request.FREE_TOOL
)
NO_JSON_SCHEMA = Violation(
    "code-json-schema", FAIL, rules_request.NO_JSON_SCHEMA, rules_request.USE_JSON_OBJECT
)
NO_JSON_WORD = Violation(
    "code-json-word", FAIL, rules_request.NO_JSON_WORD, rules_request.ASK_FOR_JSON
)
LIMIT_IGNORED = Violation(
    "code-max-completion-tokens", WARN, rules_request.LIMIT_IGNORED, rules_request.WRITE_MAX_TOKENS
)
NO_DEVELOPER = Violation(
    "code-developer-role", FAIL, rules_request.NO_DEVELOPER, rules_request.WRITE_SYSTEM
)

# --- keys and names of models --------------------------------------------------------------------

KEY_IN_SOURCE = Violation(
    "code-key-literal", WARN, rules_request.KEY_IN_SOURCE, rules_request.KEY_INTO_ENV
)
PLACEHOLDER = Violation(
    "code-key-placeholder", WARN, rules_request.PLACEHOLDER, rules_request.KEY_FROM_ENV
)
PLACEHOLDER_IN_CELL = PLACEHOLDER._replace(advice=rules_request.KEY_IN_CELLS)
RETIRED_MODEL = Violation(
    "code-retired-model",
    WARN,
    rules_request.RETIRED_MODEL,
    rules_request.CURRENT_MODEL,
    ("model",),
)
FOREIGN_MODEL = Violation(
    "code-foreign-model", FAIL, rules_request.FOREIGN_MODEL, rules_request.WRITE_CURRENT, ("model",)
)
FOREIGN_MODEL_ADAPTER = Violation(
    "code-foreign-model",
    FAIL,
    rules_request.FOREIGN_MODEL_ADAPTER,
    rules_request.MAP_MODEL,
    ("model",),
)
FOREIGN_MODEL_IN_CELL = FOREIGN_MODEL_ADAPTER._replace(advice=rules_request.MAP_IN_CELLS)

# --- HTTP written by hand ------------------------------------------------------------------------

NOT_STREAMED = Violation("code-http-stream", WARN, rules_http.NOT_STREAMED, rules_http.STREAM_IT)
READ_FIRST = Violation("code-http-stream", WARN, rules_http.READ_FIRST, rules_http.READ_LATER)
STATUS_UNSEEN = Violation(
    "code-http-status", WARN, rules_http.STATUS_UNSEEN, rules_http.CHECK_STATUS
)
SHORT_TIMEOUT = Violation(
    "code-http-timeout", WARN, rules_http.SHORT_TIMEOUT, rules_http.LONGER_TIMEOUT
)
NO_TIMEOUT = Violation("code-http-timeout", WARN, rules_http.NO_TIMEOUT, rules_http.WRITE_TIMEOUT)
NOT_VERIFIED = Violation("code-verify-false", WARN, rules_http.NOT_VERIFIED, rules_http.VERIFY)

# --- declared versions ---------------------------------------------------------------------------

BAD_COMBINATION = Violation(
    "code-pins", FAIL, rules_pin.BAD_COMBINATION, rules_pin.WRITE_PINS, ("pair",)
)
TOO_NEW = Violation("code-pins", FAIL, rules_pin.TOO_NEW, rules_pin.ALLOW_OLDER)
OTHER_GENERATION = Violation(
    "code-pins-generation", WARN, rules_pin.OTHER_GENERATION, rules_pin.EITHER_GENERATION
)
REPLACES = Violation("code-install", WARN, rules_pin.REPLACES, rules_pin.LEAVE_SDK)
INSTALLS_LEGACY = Violation("code-install", WARN, rules_pin.INSTALLS_LEGACY, rules_pin.LEAVE_SDK)
HTTPX_BY_LUCK = Violation(
    "code-httpx-undeclared", WARN, rules_files.UNDECLARED_HTTPX, rules_files.DECLARE_HTTPX
)
HTTPX_GONE = HTTPX_BY_LUCK._replace(status=FAIL)
