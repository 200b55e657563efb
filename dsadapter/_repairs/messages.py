"""Rules about messages: roles, contents, reasoning, and text that a mode wants in them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, List, Optional

from .rule import PRO, Body, RuleContext, in_messages, part_text, text_of, thinks, type_of
from .usual import has_no_surrogates

STRING_ROLES = ("system", "assistant", "tool")  # the API takes no parts from them
PLACEHOLDER = " "  # "" sufficed for some clients, a space for all
SCHEMA_PROMPT = "Answer with nothing but a json object that fits this JSON Schema:\n"
JSON_PROMPT = "Answer with a json object."
TEXTS = ("messages", "prompt", "suffix")  # by people; tools are code, and long to search


@in_messages("role 'developer' sent as 'system'")
def developer_role(message: Body, body: Body) -> bool:
    """The role ``developer`` is ``system`` here."""
    if message.get("role") != "developer":
        return False
    message["role"] = "system"
    return True


@in_messages("content '' put in")
def null_content(message: Body, body: Body) -> bool:
    """ "" where these turns have no content."""
    role, calls = message.get("role"), message.get("tool_calls")
    # An assistant turn without calls may have null, but must have the key.
    needed = role == "tool" or (role == "assistant" and (calls or "content" not in message))
    if not needed or message.get("content") is not None:
        return False
    message["content"] = ""
    return True


@in_messages("list of text parts sent as a string")
def text_parts(message: Body, body: Body) -> bool:
    """One string instead of a list of text parts; images are left to the server."""
    role, content = message.get("role"), message.get("content")
    # A user's parts stay where they are documented, on Flash; v4-pro reads text only.
    strings_only = role in STRING_ROLES or (role == "user" and body.get("model") == PRO)
    if not strings_only or not isinstance(content, list):
        return False
    texts = [text for text in map(part_text, content) if text is not None]
    if len(texts) < len(content):
        return False
    message["content"] = ("" if role == "assistant" else "\n").join(texts)
    return True


def _fill_reasoning(message: Body) -> bool:
    if message.get("role") != "assistant":
        return False
    message["reasoning_content"] = PLACEHOLDER
    return True


@in_messages(f"reasoning_content {PLACEHOLDER!r} put in")
def all_reasoning(message: Body, body: Body) -> bool:
    """A placeholder for every reasoning that is missing or empty."""
    return not message.get("reasoning_content") and _fill_reasoning(message)


@in_messages(f"reasoning_content {PLACEHOLDER!r} put in")
def _lost_reasoning(message: Body, body: Body) -> bool:
    # The empty string usually serves. In prefix completion the field presets the thought.
    lost = message.get("reasoning_content") is None and not message.get("prefix")
    return lost and _fill_reasoning(message)


def missing_reasoning(body: Body, context: RuleContext) -> Optional[str]:
    """A placeholder where thinking with tools would be refused without one."""
    tools = body.get("tools") or any(message.get("tool_calls") for message in context.messages)
    return _lost_reasoning(body, context) if tools and thinks(body) else None


def add_instruction(messages: List[Body], text: str) -> None:
    """Behind the first system message: text in front of it would cost the prefix cache (8)."""
    for message in messages:
        content = message.get("content")
        if message.get("role") == "system" and isinstance(content, str):
            message["content"] = f"{content}\n\n{text}" if content else text
            return
    messages.insert(0, {"role": "system", "content": text})


def _schema_text(wanted: Any) -> Optional[str]:
    """The schema of a ``json_schema`` format as prompt; None for one that cannot be written."""
    fields = wanted if isinstance(wanted, Mapping) else {}
    description = fields.get("description")
    try:
        text = json.dumps(fields["schema"], ensure_ascii=False, default=str)
    except (KeyError, TypeError, ValueError, RecursionError):
        return None
    return SCHEMA_PROMPT + (f"{description}\n{text}" if isinstance(description, str) else text)


def json_schema(body: Body, context: RuleContext) -> Optional[str]:
    """``json_object``, with the schema in the system message."""
    if type_of(body, "response_format") != "json_schema":
        return None
    text = _schema_text(body["response_format"].get("json_schema"))
    body["response_format"] = {"type": "json_object"}
    if text is None:
        return "response_format 'json_schema' sent as 'json_object'"
    add_instruction(context.messages, text)
    return "response_format 'json_schema' sent as 'json_object', the schema in the system message"


def json_word(body: Body, context: RuleContext) -> Optional[str]:
    """The word json, which JSON mode wants in a message."""
    if type_of(body, "response_format") != "json_object":
        return None
    if any("json" in text_of(message).lower() for message in context.messages):
        return None
    add_instruction(context.messages, JSON_PROMPT)
    return "the word json added to the system message"


def _without_surrogates(value: Any) -> Any:
    if isinstance(value, str):
        if has_no_surrogates(value):
            return value  # else by way of UTF-16, where two halves of a character meet again
        return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if isinstance(value, dict):
        return {_without_surrogates(k): _without_surrogates(v) for k, v in value.items()}
    return [_without_surrogates(inner) for inner in value] if isinstance(value, list) else value


def lone_surrogates(body: Body, context: RuleContext) -> Optional[str]:
    """U+FFFD for half characters, in all that people write."""
    try:
        texts = {name: _without_surrogates(body[name]) for name in TEXTS if name in body}
    except RecursionError:  # nothing that can be sent
        return None
    changed = [name for name, value in texts.items() if value != body[name]]
    body.update(texts)
    if not changed:
        return None
    return f"lone surrogates in {' and '.join(changed)} replaced by U+FFFD"
