"""Texts about keys, encodings and the console (sdk-matrix 9)."""

from __future__ import annotations

from typing import Tuple

from ..row import LIKELY, Row

ROWS: Tuple[Row, ...] = (
    Row(
        "env-console",
        r"'(?P<name>gbk|gb2312|cp936|cp1252|charmap|cp437|big5|ascii|latin-1)' codec can't encode "
        r"character '?(?P<char>\\U?[0-9a-fA-Fux]+|.)'? in position (?P<position>\d+): "
        r"(?:illegal multibyte|character maps)",
        ("$PYTHONUTF8=1",),
        checks=("python-console",),
    ),
    Row(
        "env-dotenv-encoding",
        r"'utf-8' codec can't decode byte 0x(?P<byte>[0-9a-f]{2}) in position (?P<position>\d+)",
        sure=LIKELY,
        checks=("settings-env-encoding",),
        needs="dotenv",
    ),
    Row(
        "env-file-encoding",
        r"'(?P<name>gbk|cp936|utf-8|ascii|charmap)' codec can't decode byte "
        r"0x(?P<byte>[0-9a-f]{2})",
        ("$PYTHONUTF8=1",),
        LIKELY,
    ),
    Row(
        "key-non-ascii",
        r"'(?P<name>ascii|latin-1)' codec can't encode characters? (?:'[^']*' )?in position "
        r"(?P<position>[7-9]|\d{2,})(?:-\d+)?:(?! Body)",
        sure=LIKELY,
        checks=("settings-key-shape", "python-console"),
        packages=(
            "httpx",
            "httpx2",
            "httpcore",
            "httpcore2",
            "openai",
            "requests",
            "urllib3",
            "aiohttp",
            "dsadapter",
        ),
    ),
    Row(
        "key-line-break",
        r"(?:Illegal|Invalid) header value b?['\"]Bearer(?! ?['\"])"
        r"|Invalid leading whitespace, reserved character"
        r"|Forbidden control character detected in headers"
        r"|Newline, carriage return, or null byte detected in headers",
        checks=("settings-key-shape",),
    ),
    Row(
        "key-missing-legacy",
        r"No API key provided",
        when="<1",
        checks=("settings-key",),
        sure=LIKELY,
    ),
    Row(
        "key-missing",
        r"The api_key client option must be set|Missing credentials\. Please pass",
        when=">=1.0",
        checks=("settings-key", "settings-env-name"),
        keeps_fix=True,
    ),
    Row(
        "key-missing-langchain",
        r"Did not find \w*api_key, please add an environment variable `(?P<name>\w+)`",
        checks=("settings-key", "settings-env-name"),
        keeps_fix=True,
    ),
    Row(
        "key-missing-module",
        r"Could not resolve authentication method",
        when=">=2.34",
        checks=("settings-key",),
    ),
)
