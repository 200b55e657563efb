"""Providers as data: base URL, key variable, names and pages for people. No code per vendor.

State: November 2026; ``docs_page`` is where base URL and variable stand.
"""

from __future__ import annotations

from typing import Optional, Tuple
from urllib.parse import urlsplit

from .._named_tuple import NamedTuple


class Provider(NamedTuple):
    """One row. ``hosts`` are the hosts a key of this vendor may travel to; a server that people run
    themselves has none."""

    name: str
    title: str
    base_url: Optional[str]
    hosts: Tuple[str, ...] = ()
    key_env: Tuple[str, ...] = ()
    keys_page: Optional[str] = None
    top_up_page: Optional[str] = None
    docs_page: Optional[str] = None
    key_header: Optional[str] = None  # bears the key alone, in place of "Authorization: Bearer"
    deployments: bool = False  # the path names the model, and ``base_url`` is where it need not
    aliases: Tuple[str, ...] = ()  # other names that people use
    keyless: Optional[str] = None  # stands for the key where nobody has set one: none is asked for


DEEPSEEK = Provider(
    "deepseek",
    "DeepSeek",
    "https://api.deepseek.com",
    ("deepseek.com",),
    ("DEEPSEEK_API_KEY",),
    "https://platform.deepseek.com/api_keys",
    "https://platform.deepseek.com/top_up",
    "https://api-docs.deepseek.com/",
)
GENERIC = Provider("generic", "this provider", None)
# Every customer has an address of his own there; how calls are made says ``azure``.
AZURE = Provider(
    "azure",
    "Azure OpenAI",
    None,
    ("openai.azure.com", "cognitiveservices.azure.com", "services.ai.azure.com"),
    ("AZURE_OPENAI_API_KEY",),
)
PRESETS: Tuple[Provider, ...] = (
    DEEPSEEK,
    Provider(
        "openai",
        "OpenAI",
        "https://api.openai.com/v1",
        ("api.openai.com",),
        ("OPENAI_API_KEY",),
        aliases=("chatgpt",),
    ),
    Provider(
        "qianfan",
        "Baidu Qianfan (ERNIE)",
        "https://qianfan.baidubce.com/v2",
        ("qianfan.baidubce.com",),
        ("QIANFAN_API_KEY",),
        docs_page="https://cloud.baidu.com/doc/qianfan/s/Hmh4suq26",
        aliases=("ernie", "baidu"),
    ),
    Provider(
        "moonshot",
        "Moonshot (Kimi)",
        "https://api.moonshot.cn/v1",
        ("api.moonshot.cn", "api.moonshot.ai"),
        ("MOONSHOT_API_KEY",),
        docs_page="https://platform.kimi.ai/docs/overview",
        aliases=("kimi",),
    ),
    Provider(
        "zhipu",
        "Zhipu (GLM)",
        "https://open.bigmodel.cn/api/paas/v4",
        ("open.bigmodel.cn", "api.z.ai"),
        ("ZHIPUAI_API_KEY", "ZAI_API_KEY", "BIGMODEL_API_KEY"),
        docs_page="https://docs.bigmodel.cn/cn/guide/develop/openai/introduction",
        aliases=("glm", "zai", "bigmodel"),
    ),
    Provider(
        "dashscope",
        "Alibaba DashScope (Qwen)",
        "https://dashscope.aliyuncs.com/compatible-mode/v1",
        ("dashscope.aliyuncs.com", "dashscope-intl.aliyuncs.com"),
        ("DASHSCOPE_API_KEY",),
        docs_page="https://help.aliyun.com/zh/model-studio/compatibility-of-openai-with-dashscope",
        aliases=("qwen", "bailian"),
    ),
    Provider(
        "siliconflow",
        "SiliconFlow",
        "https://api.siliconflow.cn/v1",
        ("api.siliconflow.cn", "api.siliconflow.com"),
        ("SILICONFLOW_API_KEY",),
        docs_page="https://docs.siliconflow.cn/docs/userguide/quickstart",
    ),
    Provider(
        "ark",
        "Volcengine Ark (Doubao)",
        "https://ark.cn-beijing.volces.com/api/v3",
        ("ark.cn-beijing.volces.com",),
        ("ARK_API_KEY",),
        docs_page="https://volcengine.com/docs/82379/1330626",
        aliases=("doubao", "volcengine"),
    ),
    Provider(
        "openrouter",
        "OpenRouter",
        "https://openrouter.ai/api/v1",
        ("openrouter.ai",),
        ("OPENROUTER_API_KEY",),
        docs_page="https://openrouter.ai/docs/api/api-reference/embeddings/create-embeddings",
    ),
    Provider(
        "groq",
        "Groq",
        "https://api.groq.com/openai/v1",
        ("api.groq.com",),
        ("GROQ_API_KEY",),
        "https://console.groq.com/keys",
        docs_page="https://console.groq.com/docs/openai",
    ),
    Provider(
        "xai",
        "xAI (Grok)",
        "https://api.x.ai/v1",
        ("api.x.ai",),
        ("XAI_API_KEY",),
        "https://console.x.ai/team/default/api-keys",
        docs_page="https://docs.x.ai/api/integrations",
        aliases=("grok", "x.ai"),
    ),
    Provider(
        "together",
        "Together AI",
        "https://api.together.ai/v1",
        ("api.together.ai", "api.together.xyz"),
        ("TOGETHER_API_KEY",),
        docs_page="https://docs.together.ai/docs/inference/openai-compatibility",
        aliases=("togetherai",),
    ),
    Provider(
        "mistral",
        "Mistral AI",
        "https://api.mistral.ai/v1",
        ("api.mistral.ai",),
        ("MISTRAL_API_KEY",),
        # docs.mistral.ai, "Activate Studio and generate an API key", read 2026-11-28
        "https://console.mistral.ai",
        docs_page="https://docs.mistral.ai/api",
        aliases=("mistralai",),
    ),
    Provider(
        "gemini",
        "Google Gemini",
        "https://generativelanguage.googleapis.com/v1beta/openai",
        ("generativelanguage.googleapis.com",),
        ("GEMINI_API_KEY",),
        "https://aistudio.google.com/apikey",
        docs_page="https://ai.google.dev/gemini-api/docs/openai",
        aliases=("google",),
    ),
    Provider(
        "ollama",
        "Ollama",
        "http://localhost:11434/v1",
        key_env=("OLLAMA_API_KEY",),
        docs_page="https://docs.ollama.com/api/openai-compatibility",
        keyless="ollama",
    ),
    Provider(
        "vllm",
        "vLLM",
        "http://localhost:8000/v1",
        key_env=("VLLM_API_KEY",),
        docs_page="https://docs.vllm.ai/en/v0.32.0/serving/online_serving/",
        keyless="EMPTY",
    ),
    Provider(
        "lmstudio",
        "LM Studio",
        "http://localhost:1234/v1",
        docs_page="https://lmstudio.ai/docs/api/openai-api",
        aliases=("lm-studio",),
        keyless="lm-studio",
    ),
)
VENDORS = (*PRESETS, AZURE)  # those with hosts and keys of their own
BY_NAME = {row.name: row for row in (*VENDORS, GENERIC)}
BY_ANY_NAME = {name: row for row in BY_NAME.values() for name in (row.name, *row.aliases)}


def host_of(url: str) -> str:
    """The host of ``url`` in lower case, without port; "" when there is none."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def by_host(host: str) -> Provider:
    """The provider that a host belongs to; ``GENERIC`` for an unknown one."""
    return next((row for row in VENDORS if any(_belongs(host, h) for h in row.hosts)), GENERIC)


def _belongs(host: str, domain: str) -> bool:
    return host == domain or host.endswith("." + domain)


def is_on_this_machine(url: str) -> bool:
    """Whether ``url`` leads to this machine, where no proxy stands in between."""
    return is_loopback(host_of(url))


def is_loopback(host: str) -> bool:
    """Whether ``host`` is this machine. ``127.example.com`` is not."""
    if host in ("localhost", "::1"):
        return True
    parts = host.split(".")
    return len(parts) == 4 and parts[0] == "127" and all(part.isdigit() for part in parts)
