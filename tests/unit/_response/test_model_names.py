"""Names near to a model's."""

from __future__ import annotations

from typing import Any

import pytest

import dsadapter
from dsadapter._response.model_names import suggestion
from dsadapter.testing.emulator import Emulator

REFUSAL = "The supported API model names are deepseek-flash, deepseek-v4-pro, but you passed {}."


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("deepseek-coder", "deepseek-flash"),
        ("deepseek/deepseek-chat", "deepseek-flash"),
        ("DeepSeek-Chat", "deepseek-flash"),
        ("deepseek_reasoner", "deepseek-flash"),
        ("deepseek/deepseek-chat:free", "deepseek-flash"),
        ("DeepSeek-Flash", "deepseek-flash"),
        ("deepseek-falsh", "deepseek-flash"),
        ("deepseek-ai/DeepSeek-V4-Pro", "deepseek-v4-pro"),
        ("deepseek-v4pro", "deepseek-v4-pro"),
        ("gpt-4o", None),
        ("llama3", None),
    ],
)
def test_what_was_meant(name: str, meant: Any) -> None:
    assert suggestion(REFUSAL.format(name)) == meant
    assert suggestion('{"error": {"message": "' + REFUSAL.format(name) + '"}}') == meant


@pytest.mark.parametrize("text", ["", "Model Not Exist", "API model names are", REFUSAL])
def test_what_the_refusal_does_not_say(text: str) -> None:
    assert suggestion(text) is None


@pytest.mark.parametrize("name", ["deepseek-coder", "deepseek/deepseek-chat", "DeepSeek-Chat"])
def test_the_hint_names_it(name: str) -> None:
    with Emulator() as server:
        client = dsadapter.OpenAI(api_key="sk-x", base_url=server.base_url, provider="deepseek")
        with pytest.raises(dsadapter.BadRequestError) as caught:
            client.chat.completions.create(
                model=name, messages=[{"role": "user", "content": "Hello"}]
            )
    assert caught.value.hint.startswith('Did you mean model="deepseek-flash"?')
    assert "dsadapter models" in caught.value.hint
