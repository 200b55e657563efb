"""What our errors say is said in Chinese where a command shows it: every sentence has its row."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any, Iterator, List, Tuple

import pytest

import dsadapter
from dsadapter._errors import tree
from dsadapter._texts import errors

ROOT = Path(str(dsadapter.__file__)).parent
# Rooms whose errors depend on settings, the environment, the network and the answer.
ROOMS = ("_settings", "_backends", "_call", "_response", "_errors")
# What only a program's own arguments or use of an answer can raise: it gets English.
OF_PROGRAMS = (
    "_backends/io",
    "_backends/legacy_openai.py",
    "_backends/modern_openai.py",
    "_backends/raw_requests.py",
    "_call/arguments.py",
    "_call/multipart.py",
    "_response/completion_state.py",
    "_response/output_types.py",
    "_response/parsed_response.py",
    "_response/raw_response.py",
    "_settings/azure.py",
)
# Begun with what a value gives, so no row can know it; or about an http_client.
UNKNOWN = ("@: @", "http_client is a @", "Leave http_client out", "The API key from @ @.")


def sentences(node: Any) -> List[str]:
    """The lines of a text in code, "@" for what is filled in."""
    if isinstance(node, ast.Constant):
        return str(node.value).split("\n")
    if isinstance(node, ast.JoinedStr):
        parts = (str(v.value) if isinstance(v, ast.Constant) else "@" for v in node.values)
        return "".join(parts).split("\n")
    return []


def raised() -> Iterator[Tuple[str, str]]:
    """Where an error of ours is made, and each sentence of it."""
    for path in sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py")):
        file = path.relative_to(ROOT).as_posix()
        if file.startswith(OF_PROGRAMS):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in vars(tree):
                hints = [word.value for word in node.keywords if word.arg == "hint"]
                for text in (
                    line for value in (*node.args[:1], *hints) for line in sentences(value)
                ):
                    if text and not text.startswith(UNKNOWN):
                        yield file, text


RAISED = sorted(set(raised()))


def test_there_are_sentences() -> None:
    assert len(RAISED) > 60


@pytest.mark.parametrize(("file", "sentence"), RAISED)
def test_a_sentence_has_a_row(file: str, sentence: str) -> None:
    sentence = sentence.replace("@write it into", "write it into")  # behind a line of its own
    sentence = sentence.replace("messages is @@.", "messages is a str, not a list of messages.")
    shown = errors.sentences(sentence, None, "zh")[0]
    assert shown != sentence or "   or   " in sentence, f"{file} says in English: {sentence}"


@pytest.mark.parametrize(
    ("message", "hint", "chinese"),
    [
        (
            "No API key for DeepSeek: neither the argument api_key, dsadapter.api_key, the "
            "environment variable DEEPSEEK_API_KEY nor a .env file has one.",
            "make one at https://x/keys\nwrite it into .env: DEEPSEEK_API_KEY=sk-...",
            [
                "没有 DeepSeek 的 API key：参数 api_key、dsadapter.api_key、环境变量 "
                "DEEPSEEK_API_KEY 和 .env 文件里都没有。",
                "在 https://x/keys 创建 key",
                "写入 .env：DEEPSEEK_API_KEY=sk-...",
            ],
        ),
        (
            "timeout='x' is not a number of seconds above 0.",
            None,
            ["timeout='x' 不是大于 0 的秒数。"],
        ),
        (
            "The stream was closed before its end: 软件",
            "Write timeout=30",
            ["The stream was closed before its end: 软件", "请写 timeout=30"],
        ),
    ],
)
def test_what_it_says(message: str, hint: Any, chinese: List[str]) -> None:
    assert errors.sentences(message, hint, "zh") == chinese
