"""What a rule is: one thing that it changes, where it looks, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Callable, Dict, List, Optional, Tuple

from .._named_tuple import NamedTuple
from .usual import CHAT as CHAT
from .usual import FLASH as FLASH
from .usual import RETIRED as RETIRED

FIM, RESPONSES = "completions", "responses"
PRO = "deepseek-v4-pro"
_SHOWN_INDEXES = 5

Body = Dict[str, Any]


class Repair(NamedTuple):
    """One change to a request, as ``response.adapter.repairs`` shows it."""

    id: str
    what: str
    why: str


class RuleContext:
    """What rules share beside the body: private copies of the messages (also in the body)."""

    __slots__ = ("chat", "messages", "restore")

    def __init__(self, chat: bool, messages: List[Body]) -> None:
        self.chat = chat
        self.messages = messages
        self.restore = False


Apply = Callable[[Body, RuleContext], Optional[str]]
Change = Callable[[Body, Body], bool]

UNUSUAL_MESSAGES = "messages"  # as a field of a rule


class Rule(NamedTuple):
    """One row of the table.

    ``since`` is when the fact became known (a month where no day is recorded), ``source`` the page
    of api-docs.deepseek.com that it belongs to. ``fields`` are the fields of a request without
    which the rule cannot apply, UNUSUAL_MESSAGES for messages beside plain text of the usual roles;
    ``models`` the model names; a rule that names neither is asked about every request.
    """

    id: str
    since: str
    why: str
    source: str
    apply: Apply  # changes the body and says what it did, or returns None
    fields: Tuple[str, ...] = ()
    models: Tuple[str, ...] = ()
    fim: bool = False  # for fields that /completions has too
    opt_in: bool = False  # off until the setting names it
    notice: bool = False  # it changes nothing: what it says is a warning and no repair


def as_dict(value: Any) -> Optional[Body]:
    """A shallow copy of an object in any spelling, SDK models too; None for anything else, and for
    a model that cannot be sent."""
    if not isinstance(value, Mapping):
        from .._model_dump import dumped  # few programs send models

        try:
            value = dumped(value)
        except (TypeError, ValueError):
            return None
    return dict(value) if isinstance(value, Mapping) else None


def type_of(body: Body, name: str) -> Any:
    """The ``type`` of the object in this field, or None."""
    value = body.get(name)
    return value.get("type") if isinstance(value, Mapping) else None


def thinks(body: Body) -> bool:
    """Whether thinking is on, as it is unless a request disables it."""
    return bool(type_of(body, "thinking") != "disabled")


def part_text(part: Any) -> Optional[str]:
    """The text of a part of a content list; None for images and whatever else."""
    if isinstance(part, str):
        return part
    fields = as_dict(part) or {}
    text = fields.get("text")
    return text if fields.get("type") == "text" and isinstance(text, str) else None


def text_of(message: Body) -> str:
    """The text of a message, its parts on lines of their own."""
    content = message.get("content")
    parts = content if isinstance(content, list) else [content]
    return "\n".join(part_text(part) or "" for part in parts)


def _listed(indexes: List[int]) -> str:
    shown = ", ".join(f"messages[{index}]" for index in indexes[:_SHOWN_INDEXES])
    more = len(indexes) - _SHOWN_INDEXES
    return f"{shown} and {more} more" if more > 0 else shown


def in_messages(what: str) -> Callable[[Change], Apply]:
    """A rule from a ``change(message, body)`` that answers whether it changed the message."""

    def rule(change: Change) -> Apply:
        def apply(body: Body, context: RuleContext) -> Optional[str]:
            changes = [change(message, body) for message in context.messages]
            indexes = [index for index, changed in enumerate(changes) if changed]
            return f"{what} ({_listed(indexes)})" if indexes else None

        return apply

    return rule
