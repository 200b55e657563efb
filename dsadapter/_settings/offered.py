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
_DEEPSEEK_FILES = "https://api-docs.deepseek.com/guides/files_api"
_DEEPSEEK_RESPONSES = "https://api-docs.deepseek.com/api/create-response"
_OTHER_VENDOR = "the base_url of a vendor that offers it"
_HISTORY = "the whole history in input: DeepSeek keeps no responses"
_SPEECH = 'client.post("/v1/tools/tts", body={...}) or client.post("/v1/tools/asr", files={...})'

OFFERS: Tuple[Offer, ...] = (
    Offer("deepseek", "responses", True, "2026-07-31", _DEEPSEEK_RESPONSES),
    Offer("deepseek", "responses.retrieve", False, "2026-09-26", _DEEPSEEK_RESPONSES, _HISTORY),
    Offer("deepseek", "responses.delete", False, "2026-09-26", _DEEPSEEK_RESPONSES, _HISTORY),
    Offer("deepseek", "responses.cancel", False, "2026-09-26", _DEEPSEEK_RESPONSES, _HISTORY),
    Offer("deepseek", "responses.input_items", False, "2026-09-26", _DEEPSEEK_RESPONSES, _HISTORY),
    Offer("deepseek", "files", True, "2026-09-18", _DEEPSEEK_FILES),
    Offer(
        "deepseek",
        "files.content",
        False,
        "2026-11-13",
        "https://api-docs.deepseek.com/zh-cn/guides/document_parsing",
        "the file that you uploaded: DeepSeek gives none back",
    ),
    Offer("deepseek", "audio", False, "2026-11-26", _DEEPSEEK, _SPEECH),
    Offer("deepseek", "embeddings", False, "2026-11-26", _DEEPSEEK, _OTHER_VENDOR),
    Offer("deepseek", "images", False, "2026-11-26", _DEEPSEEK, _OTHER_VENDOR),
    Offer("deepseek", "batches", False, "2026-11-26", _DEEPSEEK, _OTHER_VENDOR),
    Offer("deepseek", "fine_tuning", False, "2026-11-26", _DEEPSEEK, _OTHER_VENDOR),
    Offer(
        "deepseek",
        "moderations",
        False,
        "2026-11-26",
        _DEEPSEEK,
        'safety_check={"level": "high"} in client.chat.completions.create(...)',
    ),
    Offer(
        "deepseek",
        "edits",
        False,
        "2026-11-26",
        _DEEPSEEK,
        "client.chat.completions.create(...) with the instruction as a message",
    ),
    Offer("deepseek", "engines", False, "2026-11-26", _DEEPSEEK, "client.models.list()"),
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
