# ruff: noqa: E501
"""How far replies, classes and errors are followed, and the comment where they cannot be."""

from __future__ import annotations

from typing import List

import pytest

from dsadapter._migrate.analysis import Options
from dsadapter._migrate.source_file import rewrite_text

CALL = "openai.ChatCompletion.create(model=m)"


def body(text: str) -> str:
    return rewrite_text(f"import openai\n{text}\n", Options())[0]


def rules(text: str, unsafe: bool = False) -> List[str]:
    options = Options(unsafe=unsafe)
    return [marker.rule for marker in rewrite_text(f"import openai\n{text}\n", options)[2]]


@pytest.mark.parametrize(
    "text, expected",
    [
        (f"first, *rest = {CALL}['choices']\nfirst.text\nrest[0].text", 'first["text"]\nrest[0]["text"]'),
        (f"def f():\n    return 1, {CALL}\nn, r = f()\nr['id']\nr.id\nn.real", 'r["id"]\nn.real'),
        (f"f = lambda: {CALL}\nf()['id']\nf().id", 'f()["id"]'),
        (
            f"def f():\n    return 1, {CALL}\ne.submit(f)\nn, r = g.result()\nr['id']\nr.id",
            'r["id"]',
        ),
        (f"def f():\n    return {CALL}\ne.submit(f)\nfor g in h:\n    g.result()['id']\n    g.result().id", 'g.result()["id"]'),
        (f"d = {{k: {CALL} for k in x}}\nfor k, r in d.items():\n    r['id']\n    r.id", 'r["id"]'),
        (f"d = {{'text': '', 'raw': {CALL}}}\nd['raw']['id']\nd['raw'].id\nd['text'].upper()", "d['raw'][\"id\"]\nd['text'].upper()"),
        (f"r = {CALL}\nr['id']\nlist(map(lambda c: c.index, r['choices']))", 'lambda c: c["index"]'),
        (f"r = {CALL}\nr['id']\nmax(r['choices'], key=lambda c: c.index)", 'lambda c: c["index"]'),
        ("E = openai.error\ntry:\n    f()\nexcept E.RateLimitError:\n    pass", "E = openai\ntry:\n    f()\nexcept openai.RateLimitError:"),
        (f"if (r := {CALL}) and (c := r['choices'][0]).text:\n    pass", '(c := r[\'choices\'][0])["text"]'),
        (f"d = {{}}\nd['raw'] = {CALL}\nd['raw']['id']\nd['raw'].id\nd['x'].y", "d['raw'][\"id\"]\nd['x'].y"),
        (
            f"class A:\n    def __init__(self, raw):\n        self.raw = raw\n"
            f"    def id(self):\n        return self.raw.id\nA({CALL})\n{CALL}['id']",
            'return self.raw["id"]',
        ),
        ("c = openai.ChatCompletion()\nc.create(model=m)['id']", "c = openai.chat.completions\nc.create(model=m).to_dict()['id']"),
        (
            "from openai.openai_object import OpenAIObject\n"
            f"def f() -> OpenAIObject:\n    return {CALL}\nf()['id']",
            "def f() -> dict:\n",
        ),
    ],
)  # fmt: skip
def test_what_is_followed(text: str, expected: str) -> None:
    assert expected in body(text)
    assert rules(text) == []


TRY = f"try:\n    {CALL}['id']\nexcept {{}}\n"


@pytest.mark.parametrize(
    "text, rule",
    [
        ("openai.api_base = u\ngetattr(openai, name).create()", "class-use"),
        ("openai.api_base = u\nvars(openai)['Completion'].create()", "class-use"),
        ("self.module.ChatCompletion.create(model=m)", "class-use"),
        ("f(openai.error)", "error-use"),
        (f"list(map(attrgetter('message.content'), {CALL}['choices']))", "reply-unknown"),
        ("setattr(openai, name, value)", "setting"),
        (f"for k, v in {CALL}.items():\n    print(k)", "print-reply"),
        (f"print(list({CALL}['usage'].keys()))", "print-reply"),
        (f"', '.join(k for k in {CALL}['usage'])", "print-reply"),
        (f"'{{r.model}}'.format(r={CALL})", "reply-unknown"),
        ("exec('openai.ChatCompletion.create()')", "class-use"),
        (f"q.put((1, {CALL}))\nn, r = q.get()\nr.choices", "reply-unknown"),
        (f"r = {CALL}\nr['id']\nr.items2()", "reply-unknown"),
        (TRY.format("Exception as e:\n    print(type(e).__name__)"), "error-text"),
        (TRY.format("Exception as e:\n    print(e.__class__.__name__)"), "error-text"),
        (TRY.format("Exception as e:\n    save(e)"), "error-text"),
        (TRY.format("Exception as e:\n    getattr(e, 'json_body', None)"), "error-text"),
        (TRY.format("openai.error.Timeout:\n    s = traceback.format_exc()"), "error-text"),
        (
            TRY.format(
                "openai.error.APIConnectionError:\n    a\nexcept openai.error.Timeout:\n    b"
            ),
            "error-wider",
        ),
        (
            "try:\n    openai.Embedding.create(input=x)\nexcept openai.error.InvalidRequestError:\n    a",
            "error-wider",
        ),
    ],
)
def test_what_is_marked(text: str, rule: str) -> None:
    assert rule in rules(text)


def test_a_clause_that_another_one_shadows_now() -> None:
    clauses = "openai.error.APIError:\n    a\nexcept openai.error.ServiceUnavailableError:\n    b"
    assert rules(TRY.format(clauses), unsafe=True) == ["error-wider"]


@pytest.mark.parametrize(
    "text",
    [
        TRY.format("openai.error.RateLimitError as e:\n    getattr(e, 'retry_after', 1)"),
        TRY.format("openai.error.RateLimitError as e:\n    if type(e) == A:\n        raise"),
        f"for k, v in {CALL}['usage'].items():\n    total[k] += v",
        f"sorted({CALL}['usage'])",
        f"'{{r[model]}}'.format(r={CALL})",
        f"import random\nrandom.choices([1])\n{CALL}['id']",
        f"class A:\n    choices = 1\n    def f(self):\n        self.choices\n{CALL}['id']",
    ],
)
def test_what_needs_no_comment(text: str) -> None:
    assert rules(text) == []


def test_the_status_is_asked_under_its_new_name() -> None:
    text = TRY.format("openai.error.OpenAIError as e:\n    x = getattr(e, 'http_status', None)")
    assert 'getattr(e, "status_code", None)' in body(text)
