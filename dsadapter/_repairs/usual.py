"""Requests that no rule can change, seen without the table of rules: so it is with most calls."""

from __future__ import annotations

from typing import Any, Mapping

CHAT = "chat/completions"
FLASH = "deepseek-flash"
RETIRED = {"deepseek-chat": "disabled", "deepseek-reasoner": "enabled"}  # name -> thinking
# No rule looks at these, "messages" aside; a test compares them with the table.
FIELDS = frozenset("model messages stream temperature top_p max_tokens stop".split())
_ROLES = ("user", "assistant", "system")


def is_usual(path: str, body: Mapping[str, Any]) -> bool:
    """Whether this is a chat of plain messages, with no field and no model that a rule looks at."""
    if path.strip("/") != CHAT or not FIELDS.issuperset(body):
        return False
    messages = body.get("messages")
    known = body.get("model") in tuple(RETIRED)  # a tuple: what a caller names may be unhashable
    return not known and type(messages) is list and all(map(is_usual_message, messages))


def is_usual_message(message: Any) -> bool:
    """A message of a usual role with nothing but text."""
    if type(message) is not dict or len(message) != 2:
        return False
    content = message.get("content")
    if message.get("role") not in _ROLES or type(content) is not str:
        return False
    return has_no_surrogates(content)


def has_no_surrogates(text: str) -> bool:
    """Whether UTF-8 can carry the text."""
    try:
        return text.isascii() or bool(text.encode("utf-8"))
    except UnicodeEncodeError:
        return False


def asks_for_reasoning(message: str) -> bool:
    """Whether a refusal says that reasoning must be passed back."""
    return "reasoning_content" in message and ("passed back" in message or "Missing" in message)
