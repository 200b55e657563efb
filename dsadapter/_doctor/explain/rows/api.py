"""What the DeepSeek API itself says when it refuses (deepseek-api 7.1 to 7.3)."""

from __future__ import annotations

from typing import Tuple

from ..row import LIKELY, OURS, Row

ROWS: Tuple[Row, ...] = (
    Row(
        "api-key-of-openai",
        r"Incorrect API key provided|platform\.openai\.com/account/api-keys",
        sure=LIKELY,
        checks=("settings-api-base",),
        vendor="OpenAI",
    ),
    Row(
        "api-key-format",
        r"auth header format should be Bearer",
        checks=("settings-key-shape",),
        vendor=OURS,
    ),
    Row(
        "api-key-absent",
        r"Authentication Fails \(governor\)",
        ("python -m dsadapter doctor settings",),
        checks=("settings-key", "network-netrc"),
        vendor=OURS,
    ),
    Row("api-key-user", r"Authentication Fails \(no such user\)", vendor=OURS),
    Row(
        "api-key-wrong",
        r"Authentication Fails, Your api key: \*+(?P<tail>\S{0,4}) is invalid",
        checks=("settings-key-shape", "settings-key-vendor", "settings-key-sources"),
        vendor=OURS,
    ),
    Row(
        "api-model",
        r"supported API model names are (?P<names>[^.]*?),? but you passed "
        r"(?P<name>[^\s'\"]+?)\.?(?:['\"\s}]|$)",
        ("python -m dsadapter models",),
        vendor=OURS,
    ),
    Row("api-model-unknown", r"Model Not Exist", ("python -m dsadapter models",), vendor=OURS),
    Row("api-developer-role", r"unknown variant `developer`", vendor=OURS),
    Row("api-image", r"unknown variant `image_url`", vendor=OURS),
    Row(
        "api-effort",
        r"unknown variant `(?P<name>none|minimal|\w+)`, expected one of `high`",
        vendor=OURS,
    ),
    Row("api-content-list", r"invalid type: sequence, expected a string", vendor=OURS),
    Row("api-messages-shape", r"messages: invalid type: map, expected a sequence", vendor=OURS),
    Row(
        "api-missing-part",
        r"(?P<kind>\b[a-z_]+\[\d+\][\w.\[\]]*): missing field `(?P<what>\w+)`",
        sure=LIKELY,
    ),
    Row("api-missing-field", r"(?<!\]:\x20)missing field `(?P<name>\w+)`", sure=LIKELY),
    Row("api-surrogate", r"unexpected end of hex escape", sure=LIKELY),
    Row("api-body-json", r"Failed to parse the request body as JSON", vendor=OURS),
    Row(
        "api-body-shape",
        r"Failed to deserialize the JSON body into the target type: "
        r"(?P<what>[^\n]{1,200}?(?= at line \d+ column)|[^\n\"']{1,120})",
        vendor=OURS,
        general=True,
    ),
    Row("api-temperature", r"Invalid temperature value", vendor=OURS),
    Row(
        "api-max-tokens",
        r"Invalid max_tokens value, the valid range of max_tokens is (?P<range>\[[^\]]*\])",
        vendor=OURS,
    ),
    Row("api-user-id", r"Invalid 'user_id'", vendor=OURS),
    Row("api-json-word", r"Prompt must contain the word 'json'", vendor=OURS),
    Row("api-json-schema", r"This response_format type is unavailable now", vendor=OURS),
    Row("api-tool-choice", r"Thinking mode does not support this tool_choice", vendor=OURS),
    Row(
        "api-reasoning",
        r"reasoning_content`? in the thinking mode must be passed back"
        r"|Missing `reasoning_content` field",
        vendor=OURS,
    ),
    Row(
        "api-context",
        r"maximum context length is (?P<limit>\d+) tokens",
    ),
    Row(
        "api-tool-messages",
        r"must be followed by tool messages"
        r"|must be a response to a preceding message with 'tool_calls'",
    ),
    Row("api-risk", r"Content Exists Risk", vendor=OURS),
    Row(
        "api-alternation",
        r"does not support successive user or assistant messages|last message of deepseek-reasoner",
        vendor=OURS,
    ),
    Row(
        "api-function-calling",
        r"does not support Function Calling|does not support the parameter",
        vendor=OURS,
    ),
)
