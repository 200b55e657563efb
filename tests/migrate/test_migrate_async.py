"""Async calls: a client for each, closed where its reply was read."""

from __future__ import annotations

import ast
import asyncio
from typing import Any, List

import pytest

from dsadapter._migrate.analysis import Options
from dsadapter._migrate.source_file import rewrite_text

CALL = "openai.ChatCompletion.acreate(model=m, messages=x)"
STREAM = "openai.ChatCompletion.acreate(model=m, messages=x, stream=True)"
CLIENT = "openai.AsyncOpenAI(api_key=openai.api_key, base_url=openai.base_url, max_retries=0)"


def migrated(lines: str, before: str = "") -> str:
    """What becomes of the body of a coroutine."""
    body = "".join(f"    {line}\n" if line else "\n" for line in lines.split("\n"))
    text = f"import openai\n{before}\n\nasync def f(m, x):\n{body}\n\nf(1, 2)\n"
    new, _, markers = rewrite_text(text, Options())
    assert rewrite_text(new, Options())[0] == new
    assert not [marker for marker in markers if marker.rule != "reply-leaves"]
    return new.partition("async def f(m, x):\n")[2].partition("\n\nf(1, 2)")[0]


def blocks(text: str) -> int:
    return text.count("async with openai.AsyncOpenAI(")


@pytest.mark.parametrize(
    "lines",
    [
        f"r = await {CALL}\nreturn r['id']",
        f"return (await {CALL})['id']",
        f"r: dict = await {CALL}  # what a comment\nprint(r['id'])",
        f"t = ''\nt += (await {CALL})['id'] + 'x'",
        f"print(f\"{{(await {CALL})['id']}}\")",
        f"try:\n    r = await {CALL}\nexcept ValueError:\n    raise\nprint(r['id'])",
        f"async for c in await {STREAM}:\n    print(c['id'])\n    if c:\n        break",
        f"s = await {STREAM}\nasync for c in s:\n    yield c['id']",
        f"s = await {STREAM}\nn = 1\nreturn [c['id'] async for c in s]",
    ],
)
def test_the_client_is_closed_by_the_block_around(lines: str) -> None:
    text = migrated(lines)
    assert blocks(text) == 1 and "_openai_acreate" not in text
    assert "await client.chat.completions.create(" in text


@pytest.mark.parametrize(
    "lines",
    [
        f"r = x or await {CALL}\nreturn r['id']",
        f"r = [await {CALL} for x in m]\nreturn r[0]['id']",
        f"r = await wait({CALL})\nreturn r['id']",
        f"if (await {CALL})['id']:\n    return 1",
        f"r = await {CALL}; print(r['id'])",
        f"s = await {STREAM}\nreturn s",
        f"s = await {STREAM}\nreturn (c['id'] async for c in s)",
        f"s = await {STREAM}\nif x:\n    s = None\nasync for c in s:\n    print(c['id'])",
        f"s = await {STREAM}\nawait show(s)",
        f"if m:\n    s = await {STREAM}\nasync for c in s:\n    print(c['id'])",
        f"a, b = (await {CALL})['id'], (await {CALL})['id']",
        "r = await openai.ChatCompletion.acreate(model=m, messages=x, **m)\nreturn r['id']",
    ],
)
def test_elsewhere_a_function_closes_it(lines: str) -> None:
    text = migrated(lines)
    assert not blocks(text)
    assert 'openai_acreate("chat.completions.create", model=m, messages=x' in text
    assert "openai.ChatCompletion" not in text


def test_arguments_that_may_set_what_the_client_is_made_from_go_to_the_function() -> None:
    before = "def key():\n    openai.api_key = 'x'\n    return 'm'\n"
    text = migrated(
        "r = await openai.ChatCompletion.acreate(model=key(), messages=x)\nreturn r['id']", before
    )
    assert not blocks(text) and 'acreate("chat.completions.create", model=key(), ' in text


def test_texts_over_lines_stay_and_the_lines_of_code_move() -> None:
    lines = (
        "r = await openai.ChatCompletion.acreate(\n    model=m,  # one\n"
        '    messages=[f"""a\n{x}\n  b"""],\n# two\n)\nreturn r["id"]'
    )
    text = f"import openai\n\n\nasync def f(m, x):\n    {lines}\n\n\nf(1, 2)\n"
    text = text.replace("\n    model", "\n        model").replace("\n)", "\n    )")
    text = text.replace("\nreturn", "\n    return").replace("\n    messages", "\n        messages")
    new = rewrite_text(text, Options())[0]
    assert f"    async with {CLIENT} as client:\n        r = (await client" in new
    assert '            model=m,  # one\n            messages=[f"""a\n{x}\n  b"""],\n' in new
    assert '\n        )).to_dict()\n    return r["id"]\n' in new


def test_tabs_and_line_ends_stay() -> None:
    text = f"import openai\nasync def f(m, x):\n\tr = await {CALL}\n\treturn r['id']\nf(1, 2)\n"
    text = text.replace("\n", "\r\n")
    new = rewrite_text(text, Options())[0]
    assert f"\r\n\tasync with {CLIENT} as client:\r\n\t\tr = (await client." in new
    assert "\n" not in new.replace("\r\n", "")


def test_at_the_top_of_a_notebook() -> None:
    new = rewrite_text(f"import openai\nawait {CALL}\nprint((await {CALL})['id'])\n", Options())[0]
    head = f"async with {CLIENT} as client:\n"
    assert f"{head}    (await client.chat.completions.create(" in new
    assert f"{head}    print(((await client.chat.completions.create(" in new


def test_a_name_of_the_file_is_not_taken_for_the_client() -> None:
    text = migrated(f"r = await {CALL}\nreturn r['id']", "client = discord.Client()")
    assert "as openai_client:" in text and "await openai_client.chat" in text


def test_a_block_in_a_block_is_indented_twice_with_its_comments() -> None:
    inner = "openai.ChatCompletion.acreate(model=m, messages=c, timeout=3)"
    text = (
        f"import openai\n\n\nasync def f(m, x):\n    async for c in await {STREAM}:\n"
        f"        r = await {inner}\n        return r['id']\n\n\nf(1, 2)\n"
    )
    new = rewrite_text(text, Options())[0]
    assert "            # dsadapter migrate timeout: " in new
    assert f"            async with {CLIENT} as client:\n                r = (await" in new
    ast.parse(new)


class FakeClient:
    """Stands for the SDK: what is made, closed and asked."""

    made: List[FakeClient] = []
    fails = False

    def __init__(self, **settings: Any) -> None:
        self.settings, self.is_open = settings, True
        self.made.append(self)
        self.chat = self.completions = self

    async def create(self, model: str, messages: Any = None, stream: bool = False, **more: Any):
        if self.fails:
            raise ValueError(model)
        return FakeStream() if stream else FakeReply()

    async def close(self) -> None:
        self.is_open = False

    async def __aenter__(self) -> FakeClient:
        return self

    async def __aexit__(self, *what: object) -> None:
        await self.close()


class FakeReply:
    def to_dict(self) -> Any:
        return {"id": "a"}


class FakeStream:
    async def __aiter__(self) -> Any:
        for _ in range(3):
            yield FakeReply()


class FakeModule:
    AsyncOpenAI, AsyncStream = FakeClient, FakeStream
    api_key, base_url, organization, max_retries = "k", "http://x/", None, 2


@pytest.mark.parametrize("fails", [False, True])
@pytest.mark.parametrize(
    "lines",
    [
        f"r = await {CALL}\nreturn r['id']",
        f"r = x and await {CALL}\nreturn r['id']",
        f"async for c in await {STREAM}:\n    return c['id']",
        f"s = await {STREAM}\nreturn [c['id'] async for c in s][0]",
        f"s = await (x and {STREAM})\nreturn [c['id'] async for c in s][0]",
    ],
)
def test_no_client_is_left_open(lines: str, fails: bool, monkeypatch: Any) -> None:
    monkeypatch.setattr(FakeClient, "made", [])
    monkeypatch.setattr(FakeClient, "fails", fails)
    body = "".join(f"    {line}\n" for line in lines.split("\n"))
    text = rewrite_text(f"import openai\n\n\nasync def f(m, x):\n{body}", Options())[0]
    names: Any = {"openai": FakeModule}
    exec(compile(text.replace("import openai\n", "", 1), "program", "exec"), names)
    if fails:
        with pytest.raises(ValueError):
            asyncio.run(names["f"]("m", [1]))
    else:
        assert asyncio.run(names["f"]("m", [1])) == "a"
    assert [client.is_open for client in FakeClient.made] == [False]
