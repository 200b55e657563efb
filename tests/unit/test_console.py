"""The terminal: language, colour, and output that no encoding can crash."""

from __future__ import annotations

import io
import sys
from typing import Any, Dict

import pytest

from dsadapter import _console

VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE", "NO_COLOR", "FORCE_COLOR", "TERM")


@pytest.fixture(autouse=True)
def no_variables(monkeypatch: Any) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LC_MESSAGES": "zh_TW", "LANG": "en_US"}, "zh-TW"),
        ({"LANG": "zh_HK.UTF-8"}, "zh-TW"),
        ({"LANGUAGE": "zh_CN:zh_TW"}, "zh"),
        ({"LANGUAGE": "en_US:zh_TW"}, "en"),
        ({"LC_ALL": "", "LANG": "zh_CN"}, "zh"),
    ],
)
def test_language(monkeypatch: Any, variables: Dict[str, str], language: str) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert _console.language() == language
    assert _console.language("zh") == "zh"
    assert _console.language("en") == "en"
    assert _console.language("zh-TW") == "zh-TW"
    assert _console.language("fr") == language


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("Chinese (Simplified)_China", "zh"),
        ("Chinese (Traditional)_Taiwan", "zh-TW"),
        ("Chinese (Traditional)_Hong Kong SAR", "zh-TW"),
        ("zh_CN", "zh"),
        ("English", "en"),
        (None, "en"),
    ],
)
def test_language_of_a_system_without_variables(monkeypatch: Any, name: Any, language: str) -> None:
    monkeypatch.setattr("locale.getlocale", lambda: (name, "cp936"))
    assert _console.language() == language


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("zh", "zh"),
        ("zh-CN", "zh"),
        ("zh-Hans-HK", "zh"),
        ("zh_SG.UTF-8", "zh"),
        ("zh-TW", "zh-TW"),
        ("ZH_tw.big5", "zh-TW"),
        ("zh-Hant", "zh-TW"),
        ("zh-Hant-MO", "zh-TW"),
        ("en-GB", "en"),
        ("fr", "fr"),
        ("", ""),
    ],
)
def test_language_named(name: str, language: str) -> None:
    assert _console.language_named(name) == language


def stream(encoding: str) -> Any:
    return io.TextIOWrapper(io.BytesIO(), encoding=encoding)


@pytest.mark.parametrize(
    ("encoding", "written"), [("utf-8", "你好 ✓\n"), ("gbk", "你好 ?\n"), ("ascii", "?? ?\n")]
)
def test_what_cannot_be_encoded_is_replaced(encoding: str, written: str) -> None:
    out = stream(encoding)
    _console.line("你好 ✓", out)
    assert out.buffer.getvalue().decode(encoding).replace("\r\n", "\n") == written


@pytest.mark.parametrize(
    ("encoding", "can"), [("utf-8", True), ("gbk", False), ("nonsense", False)]
)
def test_can_print(encoding: str, can: bool) -> None:
    class Named:
        pass

    named: Any = Named()
    named.encoding = encoding
    assert _console.can_print("✓", named) is can


def test_a_process_without_streams(monkeypatch: Any) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    _console.line("text")
    assert not _console.is_terminal()
    assert not _console.has_colour()


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("variables", "terminal", "colour"),
    [
        ({}, True, True),
        ({}, False, False),
        ({"NO_COLOR": "1"}, True, False),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, True, False),
        ({"FORCE_COLOR": "1"}, False, True),
        ({"TERM": "dumb"}, True, False),
    ],
)
def test_colour(monkeypatch: Any, variables: Any, terminal: bool, colour: bool) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert _console.has_colour(Terminal() if terminal else io.StringIO()) is colour


def test_paint() -> None:
    assert _console.paint("text", _console.RED, True) == "\033[31mtext\033[0m"
    assert _console.paint("text", _console.RED, False) == "text"
    assert _console.paint("", _console.RED, True) == ""


def test_what_a_full_disk_does_not_take_is_forgotten(monkeypatch: Any, tmp_path: Any) -> None:
    class Full(io.StringIO):
        file = -1

        def flush(self) -> None:
            raise OSError(28, "No space left on device")

        def fileno(self) -> int:
            return self.file

    stream = Full()
    with open(tmp_path / "file", "wb") as file:
        stream.file = file.fileno()
        monkeypatch.setattr(sys, "stdout", stream)
        monkeypatch.setattr(sys, "stderr", None)
        _console.let_go()
        file.write(b"goes nowhere")
    assert (tmp_path / "file").read_bytes() == b""
