"""What a vendor offers beside chat, as data: vendor x resource, with the source's date and page.

A row says what its page says, no more. What has no row is not known: it is sent, and the server
answers. ``date`` is that of the page, or the day on which it was read.
"""

from __future__ import annotations

from typing import Optional, Tuple

from .._errors.tree import NotOfferedError
from .._named_tuple import NamedTuple
from .providers import Provider


class Offer(NamedTuple):
    """One row. ``resource`` has the SDKs' name: "files", or "files.content" for one call of it."""

    vendor: str
    resource: str
    offered: bool
    date: str
    page: str
    instead: str = ""  # where it is not offered: what does the same


_DEEPSEEK = "https://api-docs.deepseek.com/"
_DEEPSEEK_RESPONSES = _DEEPSEEK + "api/create-response"
_READ = "2026-11-28"  # the day on which pages without a date were read
_OTHER_VENDOR = "the base_url of a vendor that offers it"
_HISTORY = "the whole history in input: DeepSeek keeps no responses"
_SPEECH = (
    'client.post("/v1/tools/tts", body={"text": ...}, cast_to=bytes) or '
    'client.post("/v1/tools/asr", files={"file": ...})'
)


def _offered(vendor: str, date: str, page: str, *resources: str) -> Tuple[Offer, ...]:
    return tuple(Offer(vendor, resource, True, date, page) for resource in resources)


def _lacks(vendor: str, date: str, page: str, **instead: str) -> Tuple[Offer, ...]:
    """Resources with what to use in their place; two underscores stand for a dot."""
    return tuple(
        Offer(vendor, resource.replace("__", "."), False, date, page, text)
        for resource, text in instead.items()
    )


OFFERS: Tuple[Offer, ...] = (
    *_offered("deepseek", "2026-07-31", _DEEPSEEK_RESPONSES, "responses"),
    *_lacks(
        "deepseek",
        "2026-09-26",
        _DEEPSEEK_RESPONSES,
        responses__retrieve=_HISTORY,
        responses__delete=_HISTORY,
        responses__cancel=_HISTORY,
        responses__input_items=_HISTORY,
    ),
    *_offered("deepseek", "2026-09-18", _DEEPSEEK + "guides/files_api", "files"),
    *_lacks(
        "deepseek",
        "2026-11-13",
        _DEEPSEEK + "zh-cn/guides/document_parsing",
        files__content="the file that you uploaded: DeepSeek gives none back",
    ),
    *_lacks(
        "deepseek",
        "2026-11-26",
        _DEEPSEEK,
        audio=_SPEECH,
        embeddings=_OTHER_VENDOR,
        images=_OTHER_VENDOR,
        batches=_OTHER_VENDOR,
        fine_tuning=_OTHER_VENDOR,
        moderations='safety_check={"level": "high"} in client.chat.completions.create(...)',
        edits="client.chat.completions.create(...) with the instruction as a message",
        engines="client.models.list()",
        models__delete="a vendor that keeps models of yours: DeepSeek has only its own",
    ),
    *_offered(
        "openai",
        "2026-08-21",
        "https://github.com/openai/openai-python",
        *"audio batches embeddings files fine_tuning images moderations responses".split(),
    ),
    *_offered(
        "qianfan",
        _READ,
        "https://ai.baidu.com/ai-doc/WENXINWORKSHOP/flfmc9do2",
        "embeddings",
        "images",
    ),
    *_offered("moonshot", _READ, "https://platform.moonshot.cn/docs/api/files", "files"),
    *_offered(
        "dashscope",
        _READ,
        "https://help.aliyun.com/zh/model-studio/openai-compatible-batch-file-input",
        "batches",
        "files",
    ),
    *_offered(
        "siliconflow",
        "2026-04-30",
        "https://docs.siliconflow.cn/llms.txt",
        "audio",
        "batches",
        "files",
    ),
    *_offered("ark", _READ, "https://pypi.org/project/arkruntime/0.6.0/", "responses"),
    *_offered(
        "openrouter",
        _READ,
        "https://openrouter.ai/docs/api/api-reference/embeddings/create-embeddings",
        "embeddings",
    ),
    *_offered("groq", _READ, "https://console.groq.com/docs/openai", "audio", "responses"),
    *_offered("xai", _READ, "https://docs.x.ai/api-reference", "batches", "images", "responses"),
    *_offered("xai", _READ, "https://docs.x.ai/developers/rest-api-reference/inference", "files"),
    *_offered(
        "together",
        _READ,
        "https://docs.together.ai/docs/inference/openai-compatibility",
        "audio",
        "embeddings",
        "images",
    ),
    *_offered(
        "mistral", _READ, "https://docs.openclaw.ai/providers/mistral", "audio", "embeddings"
    ),
    *_offered("ollama", _READ, "https://docs.ollama.com/openai", "responses"),
    *_offered(
        "vllm",
        _READ,
        "https://docs.vllm.ai/en/v0.32.0/serving/online_serving/",
        "audio",
        "embeddings",
        "responses",
    ),
    *_offered(
        "lmstudio", _READ, "https://lmstudio.ai/docs/api/openai-api", "embeddings", "responses"
    ),
)
_BY_NAME = {(row.vendor, row.resource): row for row in OFFERS}
# Paths of 0.28 whose first part is not the resource's name of today.
_OLD_NAMES = {"fine-tunes": "fine_tuning"}
# What the paths of all these begin with.
FIRST_PARTS = frozenset(row.resource.partition(".")[0] for row in OFFERS).union(_OLD_NAMES)


def find(vendor: str, resource: str) -> Optional[Offer]:
    """The row for a resource, or for one call of it; None where nothing is known."""
    return _BY_NAME.get((vendor, resource))


def check(provider: Provider, resource: str) -> None:
    """Raise NotOfferedError where a row says that this vendor does not offer it."""
    row = find(provider.name, resource)
    if row is not None and not row.offered:
        raise NotOfferedError(
            f"{provider.title} does not offer {resource!r} ({row.page}, {row.date}).",
            hint=f"Use {row.instead}; client.post(path, ...) sends any request all the same",
        )


def resource_of(path: str) -> str:
    """What a path of the API belongs to: "/files/f1/content" is of "files.content"."""
    parts = path.partition("?")[0].strip("/").split("/")
    name = _OLD_NAMES.get(parts[0], parts[0])
    if len(parts) > 2:
        return f"{name}.{parts[2]}"
    return name
