"""A request body as the rules and the model look at it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Dict, List, Optional

from .response import Json

CURRENT = ("deepseek-flash", "deepseek-v4-pro")
ALIASES = ("deepseek-v4-flash", "deepseek-v4-flash-vision-exp")
RETIRED = ("deepseek-chat", "deepseek-reasoner")
#: Tools that the server runs by itself.
WEB_SEARCH, READ_URL = "deepseek_web_search", "deepseek_read_url"
#: These words make the safety check refuse the request, or the answer (invented).
RISKY_QUESTION, RISKY_ANSWER = "risky question", "risky answer"


@dataclass
class CompletionRequest:
    """`text` is the body as it came; `beta` tells whether it came to the base of that name."""

    body: Dict[str, Any]
    text: str
    beta: bool = False
    refuse_retired: bool = False

    def get(self, name: str, default: Any = None) -> Any:
        """A field, null being as good as absent."""
        value = self.body.get(name)
        return default if value is None else value

    @property
    def model(self) -> str:
        """The name that was asked for, "" for none."""
        return str(self.get("model", ""))

    @property
    def echoed_model(self) -> str:
        """The name that the response carries: every other name is an alias of it."""
        return self.model if self.model in CURRENT else "deepseek-flash"

    @property
    def stream(self) -> bool:
        """Whether the client wants a stream."""
        return bool(self.get("stream", False))

    @property
    def thinking(self) -> bool:
        """On by default; an explicit switch beats the mode that a retired name stands for."""
        mode = self.get("thinking", {}).get("type")
        return bool(mode == "enabled") if mode else self.model != "deepseek-chat"

    @property
    def messages(self) -> List[Json]:
        """The history, [] for none."""
        return list(self.get("messages", ()))

    @property
    def tools(self) -> List[Json]:
        """The tools on offer, [] for none."""
        return list(self.get("tools", ()))

    @property
    def functions(self) -> List[Json]:
        """The functions among the tools."""
        return [tool["function"] for tool in self.tools if tool["type"] == "function"]

    @property
    def web_tools(self) -> List[str]:
        """The names of the server's own tools among the tools."""
        return [tool["type"] for tool in self.tools if tool["type"] in (WEB_SEARCH, READ_URL)]

    @property
    def title_requested(self) -> bool:
        """Whether the conversation shall get a title."""
        return bool(self.get("title", {}).get("enabled"))

    @property
    def is_reviewed(self) -> bool:
        """Whether input and output are reviewed; the level low is as none."""
        return bool(self.get("safety_check", {}).get("level") == "high")

    @property
    def last_user_text(self) -> str:
        """The text of the newest user message, "" for none."""
        texts = [
            content_text(message) for message in self.messages if message.get("role") == "user"
        ]
        return texts[-1] if texts else ""

    @property
    def prefix(self) -> Optional[str]:
        """The start that the completion shall continue, in prefix completion."""
        last = self.messages[-1]
        return (
            content_text(last) if last.get("role") == "assistant" and last.get("prefix") else None
        )

    @property
    def json_mode(self) -> bool:
        """Whether the text must be a JSON object."""
        return bool(self.get("response_format", {}).get("type") == "json_object")

    @property
    def forced_tool(self) -> Optional[str]:
        """`required`, the name of the tool that must be called, or None."""
        choice = self.get("tool_choice")
        if isinstance(choice, dict):
            return str(choice.get("function", {}).get("name"))
        return "required" if choice == "required" else None


def content_text(message: Json) -> str:
    """The text of a message, whether a string or a list of parts."""
    content = message.get("content")
    if isinstance(content, list):
        return "\n".join(
            str(part["text"]) for part in content if isinstance(part, dict) and "text" in part
        )
    return content if isinstance(content, str) else ""
