"""The reader of .env files gives python-dotenv's values, and says where what stands."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Dict, Optional

import pytest
from dotenv import dotenv_values

from dsadapter._settings import dotenv_file as _dotenv
from dsadapter._source import env_file

TEXTS = [
    "",
    "A=1",
    "A=1\nB=2\n",
    "A=1\r\nB=2\r\n",
    "A=1\rB=2",
    "export A=1",
    "A = spaced ",
    "A='single # quoted'",
    'A="double # quoted"',
    'A="line\\nbreak"',
    "A='it\\'s'",
    'A="two\nlines"\nB=2',
    "A=value # comment",
    "A=value#no comment",
    "# comment\nA=1",
    "\n\n  \nA=1",
    "A=",
    "A",
    "A\nB=2",
    "=value\nB=2",
    'A="open\nB=2',
    "'A'=1",
    "A=1\nA=2",
    "A=1\nB=${A}/x",
    "B=${MISSING:-default}",
    "B=${MISSING}",
    "B=$A",
    "DEEPSEEK_API_KEY=sk-1  # 我的 key",
    "A='中文'",
    'A="x" trailing\nB=2',
    "A=a=b=c",
    "  A=indented",
    "A=\ttab\t",
    "A.B=1\nA-C=2",
]


@pytest.mark.parametrize("text", TEXTS)
def test_same_values(text: str) -> None:
    expected: Dict[str, Optional[str]] = dict(
        dotenv_values(stream=io.StringIO(text), interpolate=False)
    )
    assert env_file.values(text) == expected


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_lines_behind_blank_ones(newline: str) -> None:
    text = newline.join(["", "", "A=1", " ", "# x", "", "  B=2", "nonsense line", ""])
    assert env_file.lines_of(text) == {"A": 3, "B": 7}
    assert env_file.bad_lines(text) == [8]


@pytest.mark.parametrize(
    "file, code",
    [
        ("dotenv.py", "x = 1"),
        ("dotenv/__init__.py", ""),
        ("dotenv/parser.py", "raise RuntimeError('no')"),
        ("dotenv/parser.py", "raise SystemExit(9)"),
    ],
)
def test_a_broken_reader_reads_nothing(
    file: str, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "dotenv").mkdir()
    (tmp_path / "dotenv" / "__init__.py").write_text("")
    if "/" not in file:
        (tmp_path / "dotenv" / "__init__.py").unlink()
        (tmp_path / "dotenv").rmdir()
    (tmp_path / file).write_text(code)
    monkeypatch.syspath_prepend(str(tmp_path))
    for name in [name for name in sys.modules if name.partition(".")[0] == "dotenv"]:
        monkeypatch.delitem(sys.modules, name)
    env_file._parser.cache_clear()
    try:
        assert not env_file.available()
        assert env_file.values("A=1\n") == {} and env_file.bad_lines("x y\n") == []
        monkeypatch.undo()
        assert not env_file.available(), "looked for once"
        env_file.forget()
        assert env_file.available()
    finally:
        env_file._parser.cache_clear()


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_that_begins_in_chinese(encoding: str) -> None:
    text = "密钥='x'\nA=1\n"
    assert _dotenv.decode(text.encode(encoding)) == text
    assert env_file.encoding_of(text.encode(encoding)) == "utf-16"


def test_lines() -> None:
    text = "# first\nA=1\n\nB='x\ny'\nnonsense line\nC=3\nA=4\n=5\n"
    assert env_file.lines_of(text) == {"A": 8, "B": 4, "C": 7}
    assert env_file.bad_lines(text) == [6, 9]
