"""``create(**params)``: what is in the dict, where the file alone fills it."""

from __future__ import annotations

import re
from typing import List

import pytest

from dsadapter._migrate.analysis import Options
from dsadapter._migrate.source_file import rewrite_text


def body(text: str) -> str:
    return rewrite_text(f"import openai\n{text}\n", Options())[0]


def rules(text: str) -> List[str]:
    return [marker.rule for marker in rewrite_text(f"import openai\n{text}\n", Options())[2]]


EITHER = (
    "(lambda reply: (chunk.to_dict() for chunk in reply) if isinstance(reply, openai.Stream) "
    "else reply.to_dict())("
)


@pytest.mark.parametrize(
    "text, is_known, may_stream",
    [
        ("{create}(**{'model': m, 'stream': s})", True, True),
        ("{create}(**{'model': m, 'stream': False})", True, False),
        ("{create}(**f())", False, True),
        ("{create}(**{'model': m, 'top_k': 1})", False, True),
        (
            "p = dict(model=m)\np['stop'] = x\np.setdefault('n', 1)\nprint(p)\n{create}(**p)",
            True,
            False,
        ),
        ("p = dict(model=m)\nif s:\n    p.update(stream=s)\n{create}(**p)", True, True),
        ("p = dict(model=m)\np[key] = 1\n{create}(**p)", False, True),
        ("p = dict(model=m)\nother(p)\n{create}(**p)", False, True),
        ("P = {'model': m}\ndef f(**k):\n    {create}(**{**P, **k})\nf(n=1)\nf()", True, False),
        ("def f(**k):\n    {create}(model=m, **k)\nf(stream=True)", True, True),
        ("def f(**k):\n    {create}(model=m, **k)\nf(top_k=3)", False, True),
        ("def f(**k):\n    {create}(model=m, **k)", False, True),
        ("def f(**k):\n    {create}(model=m, **k)\nf(n=1)\nrun(f)", False, True),
        ("def f(**k):\n    g(**k)\ndef g(**k):\n    {create}(**k)\nf(model=m)", True, False),
        (
            "class A:\n    def f(self):\n        self.p = {'model': m}\n        {create}(**self.p)",
            True,
            False,
        ),
    ],
)
def test_arguments_out_of_a_dict(text: str, is_known: bool, may_stream: bool) -> None:
    text = re.sub(r"{create}(.*)", r"openai.ChatCompletion.create\1['id']", text)
    assert rules(text) == []
    assert ('_openai_create("chat.completions.create", ' in body(text)) is not is_known
    assert (EITHER in body(text)) is (is_known and may_stream)


def test_what_no_helper_can_call_keeps_its_comment() -> None:
    assert rules("openai.Moderation.create(**f())['id']") == ["stream-unknown"]
    azure = "openai.api_type = 'azure'\nopenai.ChatCompletion.create(**f())['id']"
    assert "stream-unknown" in rules(azure)


def test_the_helper_stands_behind_the_imports_and_gives_what_the_file_uses() -> None:
    call = "openai.ChatCompletion.create(**f())"
    text = body(f"import os\n\nx = {call}['id']")
    assert text.index("import os\n") < text.index("def _openai_create(") < text.index("\nx = ")
    assert "return reply.to_dict()" in text
    assert "return reply\n" in body(f"x = {call}.id")


def test_the_helper_goes_by_the_name_that_the_module_has() -> None:
    call = "x = ai.ChatCompletion.create(**f())['id']"
    text = rewrite_text(f"import openai as ai\n{call}\n", Options())[0]
    assert "isinstance(reply, ai.Stream)" in text and "openai." not in text.replace(
        "take openai.", ""
    )
    text = rewrite_text(
        "from openai import ChatCompletion\nChatCompletion.create(**f())['id']\n", Options()
    )[0]
    assert text.startswith("import openai\n") and "    caller = openai\n" in text


def test_the_helper_imports_the_module_where_only_functions_do() -> None:
    call = "def g():\n    import openai\n    return openai.ChatCompletion.create(**f())['id']\n"
    text = rewrite_text(f"{call}\n\ng()\n", Options())[0]
    assert text.startswith("from inspect import signature as _signature\nimport openai\n")
    assert rewrite_text(text, Options())[0] == text
