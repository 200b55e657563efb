"""What programs see that read DeepSeek's answers in their own way (deepseek-api 9)."""

from __future__ import annotations

from typing import Tuple

from ..row import LIKELY, POSSIBLE, Row

ROWS: Tuple[Row, ...] = (
    Row(
        "quirk-null-content",
        r"can only concatenate str \(not \"NoneType\"\) to str"
        r"|sequence item \d+: expected str instance, NoneType found"
        r"|unsupported operand type\(s\) for \+=?: '(?:str|NoneType)' and '(?:NoneType|str)'"
        r"|expected string or bytes-like object(?=[\s\S]{0,300}\.content)"
        r"|\.content\b[\s\S]{0,300}expected string or bytes-like object",
        sure=LIKELY,
    ),
    Row(
        "quirk-no-choices",
        r"IndexError: list index out of range",
        sure=POSSIBLE,
        needs="choices",
    ),
    Row(
        "quirk-choices-none",
        r"'NoneType' object is not subscriptable",
        sure=POSSIBLE,
        needs="choices",
    ),
    Row(
        "quirk-str-reply",
        r"'str' object has no attribute 'choices'",
        ("python -m dsadapter doctor settings network",),
        checks=("settings-base-url",),
        sure=LIKELY,
    ),
    Row(
        "quirk-str-get",
        r"'str' object has no attribute 'get'",
        sure=POSSIBLE,
        when="<1",
        needs="openai",
    ),
    Row(
        "quirk-key-error-choices",
        r"KeyError: ['\"](?P<name>choices|message|content|delta|data)['\"]",
        sure=LIKELY,
    ),
    Row("quirk-reasoning-attribute", r"has no attribute 'reasoning_content'", sure=LIKELY),
    Row(
        "quirk-blank-reply",
        r"Expecting value: line (?P<line>1) column \d+ \(char \d+\)",
        sure=LIKELY,
        general=True,
    ),
    Row(
        "quirk-half-json",
        r"Unterminated string starting at|Extra data: line \d+|Expecting ',' delimiter"
        r"|Expecting property name enclosed",
        sure=LIKELY,
        checks=("conflict-sse",),
        general=True,
    ),
    Row(
        "quirk-mojibake",
        r"ä½|å¥½|æ˜|ï¼Œ|ã€‚|Ã¤Â½",
        sure=LIKELY,
    ),
    Row(
        "quirk-dsml",
        r"<[|｜]{1,2}DSML[|｜]{1,2}",
    ),
    Row(
        "quirk-length",
        r"LengthFinishReasonError|finish_reason['\"]?\s*[:=]\s*['\"]length['\"]",
        sure=LIKELY,
    ),
    Row(
        "quirk-busy-system",
        r"insufficient_system_resource",
    ),
    Row(
        "quirk-http-code",
        r"HTTP code (?P<status>\d{3}) from API",
        sure=LIKELY,
        when="<1",
    ),
    Row(
        "quirk-line-too-long",
        r"LineTooLong|Got more than \d+ bytes|Chunk too big|Separator is not found",
        ("pip install --upgrade aiohttp",),
        sure=LIKELY,
    ),
    Row(
        "quirk-assertion",
        r"AssertionError\s*$",
        sure=POSSIBLE,
        when="<1",
        needs="api_requestor",
    ),
)
