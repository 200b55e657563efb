"""Keys and bases that the tests of settings use, and what a client makes of them."""

from __future__ import annotations

from typing import Any

import pytest

from dsadapter._errors.tree import CredentialsError, InvalidArgumentError
from dsadapter._settings import resolve as _resolve
from dsadapter._settings.table import Settings

HEX = "0123456789abcdef" * 2
KEY = "sk-" + HEX
OTHER = "sk-" + HEX[::-1]
FOREIGN = "sk-proj-" + HEX
DEEPSEEK = "https://api.deepseek.com"
ELSEWHERE = "https://llm.example.com/v1"


def resolve(**arguments: Any) -> Settings:
    return _resolve.resolve(arguments)


def refused(**arguments: Any) -> str:
    with pytest.raises(CredentialsError) as caught:
        _resolve.resolve(arguments)
    return str(caught.value)


def invalid(**arguments: Any) -> str:
    with pytest.raises(InvalidArgumentError) as caught:
        _resolve.resolve({"api_key": KEY, **arguments})
    return str(caught.value)


def assert_both_remedies(text: str, host: str = "api.deepseek.com") -> None:
    assert "not sent" in text
    assert "base_url" in text
    assert f"DSADAPTER_TRUST_HOSTS={host}" in text


PRESETS = [
    ("deepseek", "DEEPSEEK_API_KEY", DEEPSEEK),
    ("openai", "OPENAI_API_KEY", "https://api.openai.com/v1"),
    ("qianfan", "QIANFAN_API_KEY", "https://qianfan.baidubce.com/v2"),
    ("moonshot", "MOONSHOT_API_KEY", "https://api.moonshot.cn/v1"),
    ("zhipu", "ZHIPUAI_API_KEY", "https://open.bigmodel.cn/api/paas/v4"),
    ("dashscope", "DASHSCOPE_API_KEY", "https://dashscope.aliyuncs.com/compatible-mode/v1"),
    ("siliconflow", "SILICONFLOW_API_KEY", "https://api.siliconflow.cn/v1"),
    ("ark", "ARK_API_KEY", "https://ark.cn-beijing.volces.com/api/v3"),
    ("openrouter", "OPENROUTER_API_KEY", "https://openrouter.ai/api/v1"),
    ("groq", "GROQ_API_KEY", "https://api.groq.com/openai/v1"),
    ("xai", "XAI_API_KEY", "https://api.x.ai/v1"),
    ("together", "TOGETHER_API_KEY", "https://api.together.ai/v1"),
    ("mistral", "MISTRAL_API_KEY", "https://api.mistral.ai/v1"),
    ("gemini", "GEMINI_API_KEY", "https://generativelanguage.googleapis.com/v1beta/openai"),
]
# Servers that people run themselves: the key that stands where none was set.
LOCAL = [
    ("ollama", "ollama", "http://localhost:11434/v1"),
    ("vllm", "EMPTY", "http://localhost:8000/v1"),
    ("lmstudio", "lm-studio", "http://localhost:1234/v1"),
]
