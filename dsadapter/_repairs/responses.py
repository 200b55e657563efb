"""Rules about requests of the Responses API: retired names, and what is ignored there in silence.

A field that is ignored is sent as it is: its rule changes nothing and says so (``notice``).
"""

from __future__ import annotations

from typing import Any, Optional

from .rule import FLASH, RETIRED, Apply, Body, RuleContext, as_dict, type_of


def retired_model(body: Body, context: RuleContext) -> Optional[str]:
    """As in chat, but thinking is switched by the effort here, and is on where there is none."""
    model, reasoning = body.get("model"), as_dict(body.get("reasoning") or {})
    if not isinstance(model, str) or model not in RETIRED:
        return None
    body["model"] = FLASH
    what = f"model {model!r} sent as {FLASH!r}"
    if RETIRED[model] == "enabled" or reasoning is None or reasoning.get("effort") is not None:
        return what
    body["reasoning"] = {**reasoning, "effort": "none"}
    return f"{what} with reasoning effort none"


def web_search(body: Body, context: RuleContext) -> Optional[str]:
    """OpenAI's tool, in any of its dated spellings."""
    tools = body.get("tools")
    for tool in tools if isinstance(tools, (list, tuple)) else ():
        kind = type_of({"tool": as_dict(tool)}, "tool")
        if isinstance(kind, str) and kind.startswith("web_search"):
            return f"the tool {kind!r:.40} does nothing"
    return None


def ignored(name: str, *without_effect: Any) -> Apply:
    """The rule for a field that changes nothing; values ``without_effect`` ask for nothing."""

    def apply(body: Body, context: RuleContext) -> Optional[str]:
        value = body.get(name)
        asks = value is not None and not any(value == other for other in without_effect)
        return f"{name} is ignored" if asks else None

    return apply
