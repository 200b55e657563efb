"""Whose answer or site an error text is about."""

from __future__ import annotations

import re
from typing import Iterable, Tuple

from ..._named_tuple import NamedTuple
from .row import OURS


class Vendor(NamedTuple):
    """``hosts`` end so; ``packages`` are of its own SDK; ``tag`` is how litellm calls it."""

    name: str
    hosts: Tuple[str, ...]
    packages: Tuple[str, ...] = ()
    tag: str = ""


VENDORS: Tuple[Vendor, ...] = (
    Vendor(OURS, ("deepseek.com",), (), "Deepseek"),
    Vendor("OpenAI", ("openai.com",), (), ""),
    Vendor("Azure OpenAI", ("azure.com", "azure.us", "azure.cn"), (), "Azure"),
    Vendor("Anthropic", ("anthropic.com",), ("anthropic",), "Anthropic"),
    Vendor("Groq", ("groq.com",), ("groq",), "Groq"),
    Vendor("xAI", ("x.ai",), ("xai_sdk",), "Xai"),
    Vendor("OpenRouter", ("openrouter.ai",), (), "Openrouter"),
    Vendor("DashScope", ("aliyuncs.com", "aliyun.com"), ("dashscope",), "Dashscope"),
    Vendor("Zhipu", ("bigmodel.cn", "z.ai"), ("zhipuai", "zai"), "Zai"),
    Vendor("Moonshot", ("moonshot.cn", "moonshot.ai"), (), "Moonshot"),
    Vendor("Qianfan", ("baidubce.com",), ("qianfan",), ""),
    Vendor("Ark", ("volces.com", "volcengine.com"), ("volcenginesdkarkruntime",), "Volcengine"),
    Vendor("SiliconFlow", ("siliconflow.cn", "siliconflow.com"), (), ""),
    Vendor("Mistral", ("mistral.ai",), ("mistralai",), "Mistral"),
    Vendor("Google", ("googleapis.com",), ("google",), "Gemini"),
    Vendor("Cohere", ("cohere.ai", "cohere.com"), ("cohere",), "Cohere"),
    Vendor("Together", ("together.xyz", "together.ai"), ("together",), "Together_ai"),
    Vendor("Hugging Face", ("huggingface.co",), ("huggingface_hub",), "Huggingface"),
    Vendor("Ollama", (":11434",), ("ollama",), "Ollama"),
    Vendor("LM Studio", (":1234",), ("lmstudio",), "Lm_studio"),
    Vendor("vLLM", (), ("vllm",), "Hosted_vllm"),
)
# Pages that texts point to; they say nothing about who answered.
_PAGES = re.compile(
    r"(?:www\.|docs\.|developer\.|help\.|raw\.)?(?:github\.com|githubusercontent\.com|mozilla\.org|"
    r"httpstatuses\.\w+|python\.org|pypi\.org|pypa\.io|pydantic\.dev|errors\.pydantic\.dev|"
    r"microsoft\.com|litellm\.ai|langchain\.com|stackoverflow\.com|[\w-]+\.readthedocs\.io)"
)
# Whose exceptions a call of an API can end in; a general row is about no other package's.
_CALLERS = frozenset(
    "openai dsadapter httpx httpx2 httpcore httpcore2 requests urllib3 urllib http aiohttp ssl "
    "socket asyncio anyio concurrent json simplejson builtins litellm langchain langchain_core "
    "langchain_openai llama_index instructor tenacity pydantic pydantic_core".split()
)
_URL = re.compile(r"https?://(?:[^\s/@'\"]*@)?([\w.-]+(?::\d+)?)|host='([^']+)'")
_LITELLM = re.compile(r"\b([A-Z]\w+?)Exception - ")


def is_foreign(error: str) -> bool:
    """Whether the exception's class is of a package that calls no API of this kind."""
    path, dot, _ = error.partition(":")[0].partition("(")[0].rpartition(".")
    root = path.partition(".")[0]
    known = root in _CALLERS or any(root in vendor.packages for vendor in VENDORS)
    return bool(dot and root.isidentifier()) and not known


def vendor_of(context: str, packages: Iterable[str]) -> str:
    """A vendor's name, else the host of another site, "" where nothing says whose it is."""
    tags = _LITELLM.findall(context)
    tagged = [v.name for v in VENDORS for tag in tags if v.tag and v.tag.lower() == tag.lower()]
    hosts = [one or other for one, other in _URL.findall(context)]
    named = [_of_host(host) for host in hosts if not _PAGES.fullmatch(host.partition(":")[0])]
    by_package = [v.name for v in VENDORS if set(v.packages) & set(packages)]
    return [*by_package, *named[::-1], *tagged, ""][0]


def _of_host(host: str) -> str:
    host = host.lower().rstrip(".")
    name = host.partition(":")[0]
    for vendor in VENDORS:
        if any(_belongs(name, host, end) for end in vendor.hosts):
            return vendor.name
    return host


def _belongs(name: str, host: str, end: str) -> bool:
    return host.endswith(end) if end[0] == ":" else name == end or name.endswith(f".{end}")
