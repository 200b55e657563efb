"""The argument parser of every command."""

from __future__ import annotations

import io
import sys
from typing import Any

import pytest

from dsadapter._parser import Parser


def parser() -> Parser:
    return Parser("chat", "Talk to the model: 与模型对话。", "python -m dsadapter chat Hello")


def test_help_ends_with_the_example(capsys: Any) -> None:
    with pytest.raises(SystemExit) as caught:
        parser().parse_args(["--help"])
    out = capsys.readouterr().out
    assert caught.value.code == 0
    assert out.startswith("usage: python -m dsadapter chat")
    assert out.rstrip().splitlines()[-1] == "example: python -m dsadapter chat Hello"


@pytest.mark.parametrize(("arguments", "language"), [([], None), (["--lang", "zh"], "zh")])
def test_every_command_has_lang(arguments: Any, language: Any) -> None:
    assert parser().parse_args(arguments).lang == language


@pytest.mark.parametrize("arguments", [["--lang", "fr"], ["--nonsense"]])
def test_a_mistake_is_usage_on_stderr(arguments: Any, capsys: Any) -> None:
    with pytest.raises(SystemExit) as caught:
        parser().parse_args(arguments)
    assert caught.value.code == 2
    assert capsys.readouterr().err.startswith("usage: python -m dsadapter chat")


def test_no_encoding_crashes_the_help(monkeypatch: Any) -> None:
    out = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", out)
    with pytest.raises(SystemExit):
        parser().parse_args(["--help"])
    assert b"Talk to the model: ???" in out.buffer.getvalue()
