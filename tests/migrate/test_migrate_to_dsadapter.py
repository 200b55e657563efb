"""``--to dsadapter``: imports, and what is left to a person."""

from __future__ import annotations

from typing import List

import pytest

from dsadapter._migrate.analysis import Options
from dsadapter._migrate.source_file import rewrite_text


def rewritten(text: str, unsafe: bool = False) -> str:
    return rewrite_text(text, Options("dsadapter", unsafe))[0]


def rules(text: str) -> List[str]:
    return [marker.rule for marker in rewrite_text(text, Options("dsadapter"))[2]]


@pytest.mark.parametrize(
    "before, after",
    [
        ("import openai", "import dsadapter as openai"),
        ("import os, openai as ai, sys", "import os, dsadapter as ai, sys"),
        ("import openai.error", "import dsadapter as openai, dsadapter.error"),
        ("import openai.error as e", "import dsadapter.error as e"),
        ("from openai import ChatCompletion as C", "from dsadapter import ChatCompletion as C"),
        ("from openai.error import *", "from dsadapter.error import *"),
        (
            "from openai import (  # openai\n  error,\n)",
            "from dsadapter import (  # openai\n  error,\n)",
        ),
        ("from openai import OpenAI", "from dsadapter import OpenAI"),
        (
            "from openai.types.chat import ChatCompletionMessageParam",
            "from dsadapter.types.chat import ChatCompletionMessageParam",
        ),
        ("from .openai import x", "from .openai import x"),
        ("import openai_tools, my.openai", "import openai_tools, my.openai"),
        ("openai = 1  # import openai", "openai = 1  # import openai"),
    ],
)
def test_an_import(before: str, after: str) -> None:
    assert rewritten(before) == after
    assert rules(before) == []
    assert rewritten(after) == after


@pytest.mark.parametrize(
    "line", ["from openai.resources import Chat", "import openai.lib", "from openai import Nothing"]
)
def test_a_name_that_is_not_offered_is_marked_once(line: str) -> None:
    once = rewritten(f"if x:\n    {line}\n")
    assert once.splitlines()[1].startswith("    # dsadapter migrate to-dsadapter-name: ")
    assert once.splitlines()[2] == f"    {line}"
    assert rewritten(once) == once
    assert rules(once) == ["to-dsadapter-name"]


def test_a_name_in_a_string_is_unsafe() -> None:
    text = 'with mock.patch("openai.ChatCompletion.create"):\n    pass\n'
    marked = rewritten(text)
    assert marked.startswith("# dsadapter migrate to-dsadapter-string: ")
    expected = text.replace("openai", "dsadapter")
    assert rewritten(text, unsafe=True) == expected
    assert rewritten(marked, unsafe=True) == expected
    assert rewritten('print("openai.x")') == 'print("openai.x")'
