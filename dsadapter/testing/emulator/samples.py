"""JSON that a schema asks for, as the emulated model answers in JSON mode and calls tools."""

from __future__ import annotations

import json
from typing import Any, Optional, Sequence

from .completion_request import content_text
from .response import Json


def schema_in(messages: Sequence[Json]) -> Optional[Json]:
    """The JSON Schema of an object that a system message shows on a line of its own, or None."""
    for message in messages:
        for line in content_text(message).splitlines() if message.get("role") == "system" else ():
            try:
                value = json.loads(line)
            except ValueError:
                continue
            if isinstance(value, dict) and value.get("type") == "object" and "properties" in value:
                return value
    return None


def sample(schema: Any, text: str, root: Optional[Json] = None) -> Any:
    """The least value that satisfies a schema; strings are `text`.

    References are looked up in `root`, the schema itself unless given.
    """
    if not isinstance(schema, dict):
        return {}
    root = schema if root is None else root
    if "$ref" in schema:
        return sample(_resolved(root, str(schema["$ref"])), text, root)
    if "enum" in schema or "const" in schema:
        return schema["enum"][0] if schema.get("enum") else schema.get("const")
    options = schema.get("anyOf") or schema.get("oneOf")
    return sample(options[0], text, root) if options else _sample_of_type(schema, text, root)


def _resolved(root: Json, ref: str) -> Any:
    node: Any = root
    for step in ref.split("/")[1:]:
        node = node.get(step) if isinstance(node, dict) else None
    return node


def _sample_of_type(schema: Json, text: str, root: Json) -> Any:
    kind = schema.get("type", "object")
    if isinstance(kind, list):
        kind = kind[0]
    if kind == "array":
        has_items = schema.get("minItems") and "items" in schema
        return [sample(schema["items"], text, root)] if has_items else []
    if kind != "object":
        return {"string": text, "integer": 1, "number": 1, "boolean": True}.get(kind)
    properties = schema.get("properties") or {}
    return {
        name: sample(properties.get(name, {"type": "string"}), text, root)
        for name in schema.get("required") or ()
    }
