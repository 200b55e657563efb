"""Texts about how a client is made and called, and what it does by itself (surface E, B)."""

from __future__ import annotations

from typing import Tuple

from ..row import LIKELY, OWN_CODE, POSSIBLE, Row

# Without one of these `create()` is as well a function of the program's own.
_OF_THE_SDK = (
    r"\bopenai\b|chat\.?completion|completions\.create\(|client\.(?:embeddings|responses)\.create\("
    r"|stream_options|request_timeout|reasoning_effort"
    r"|max_completion_tokens|response_format|tool_choice|extra_body|deployment_id|'\w*thinking'"
)
_CREATE = (
    r"(?<![\w.])(?:(?:Async)?(?:Completions|Embeddings|Responses|ChatCompletion)\.)?a?create\(\) "
)

ROWS: Tuple[Row, ...] = (
    Row(
        "sdk-client-proxies",
        r"(?<!\w)(?:Async)?(?:Azure)?OpenAI\.__init__\(\) "
        r"got an unexpected keyword argument '(?P<name>proxies)'",
        when=">=1.0",
    ),
    Row(
        "sdk-client-keyword",
        r"(?<!\w)(?:Async)?(?:Azure)?OpenAI\.__init__\(\) "
        r"(?:got an unexpected keyword argument '(?P<name>\w+)'"
        r"|takes 1 positional argument but \d+ were given)",
        when=">=1.0",
    ),
    Row(
        "env-httpx-proxies",
        r"(?<![\w.])(?:(?:Async)?Client\.)?__init__\(\) "
        r"got an unexpected keyword argument 'proxies'",
        ('pip install "openai>=1.55.3,<2"', 'pip install "httpx<0.28"'),
        when=">=1.0.0,<1.55.3",
        checks=("conflict-httpx-proxies",),
        packages=("openai",),
    ),
    Row(
        "env-httpx-proxies-cut",
        r"(?:Async)?Client\.__init__\(\) got an unexpected key(?!word argument '(?!proxies))",
        ('pip install "openai>=1.55.3,<2"', 'pip install "httpx<0.28"'),
        LIKELY,
        when=">=1.0.0,<1.55.3",
        checks=("conflict-httpx-proxies",),
        packages=("openai",),
    ),
    Row(
        "sdk-body-keyword",
        rf"{_CREATE}got an unexpected keyword argument "
        r"'(?P<name>thinking|user_id|enable_thinking)'",
        when=">=1.0",
        needs=_OF_THE_SDK,
        packages=("openai", OWN_CODE),
    ),
    Row(
        "sdk-call-keyword",
        rf"{_CREATE}got an unexpected keyword argument '(?P<name>\w+)'",
        when=">=1.0",
        needs=_OF_THE_SDK,
        packages=("openai", OWN_CODE),
    ),
    Row(
        "sdk-timeout-class",
        r"catching classes that do not inherit from BaseException is not allowed",
        sure=LIKELY,
        when=">=1.0",
    ),
    Row(
        "sdk-http-client",
        r"Invalid `+http_client`+ argument",
        when=">=1.13.4",
    ),
    Row(
        "sdk-http-client-session",
        r"'Session' object has no attribute 'timeout'",
        sure=LIKELY,
        when=">=1.0",
        packages=("openai",),
    ),
    Row(
        "sdk-base-url-object",
        r"Invalid type for url\.\s+Expected str or httpx2?\.URL",
        checks=("conflict-http-client",),
    ),
    Row(
        "sdk-httpx-gone",
        r"No module named '(?P<name>httpx)'",
        ("pip install httpx",),
        checks=("sdk-requirements", "sdk-requirements"),
        absent=True,
    ),
    Row(
        "sdk-pickle-error",
        r"missing 2 required keyword-only arguments: 'response' and 'body'",
        when=">=1.0",
        packages=("openai",),
    ),
    Row(
        "sdk-engine",
        r"Must provide an 'engine' or 'model' parameter",
        when="<1",
    ),
    Row(
        "sdk-azure",
        r"Must provide an 'engine' or 'deployment_id' parameter",
        when="<1",
        checks=("settings-azure",),
    ),
    Row(
        "sdk-response-ms",
        r"unsupported operand type\(s\) for /: 'NoneType' and '(?:float|int)'",
        sure=POSSIBLE,
        when="<1",
    ),
    Row(
        "sdk-error-text-parsed",
        r"(?:literal_eval|json\.loads|eval)\(\s*str\(\s*(?:e|err|error|ex)\b",
        sure=POSSIBLE,
        when=">=3.38",
    ),
    Row(
        "sdk-retries",
        r"Retrying request to /?\S+ in [\d.]+ seconds",
        sure=LIKELY,
        when=">=1.0",
    ),
    Row(
        "sdk-asyncgen-noise",
        r"generator didn't stop after athrow\(\)",
        ('pip install "openai>=3.54"',),
        when=">=3,<3.54",
        checks=("conflict-httpx2-noise",),
        sure=LIKELY,
    ),
    Row(
        "sdk-wrapper-state",
        r"'AsyncHttpxClientWrapper' object has no attribute '_state'",
        sure=LIKELY,
        checks=("conflict-httpx-proxies",),
    ),
    Row(
        "sdk-client-old-name",
        r"'(?:Async)?OpenAI' object has no attribute '(?P<name>ChatCompletion|Completion|Embedding|"
        r"Image|Audio|Model|error|api_base|create)'"
        r"|'(?:Async)?Completions' object has no attribute '(?P<other>acreate|agenerate)'",
        when=">=1.0",
    ),
    Row(
        "sdk-call-missing",
        r"Completions\.create\(\) missing \d+ required keyword-only"
        r"|Completions\.create\(\) takes 1 positional argument but \d+ were given"
        r"|Missing required arguments; Expected either \('messages' and 'model'\)",
        when=">=1.0",
    ),
    Row("litellm-provider", r"LLM Provider NOT provided"),
)
