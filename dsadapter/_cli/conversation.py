"""A conversation: what was said so far, with which model, and what it took."""

from __future__ import annotations

from typing import Any, Dict, List, NamedTuple, Optional

from .._prices import Cost
from .._texts import chat as texts
from .._texts.text import NOTHING, Text, join
from .pictures import Content

Message = Dict[str, Any]


class Totals:
    """What the answers of a conversation took, so far."""

    def __init__(self) -> None:
        self.answers = 0
        self.prompt = 0
        self.completion = 0
        self.reasoning = 0
        self.cost: Optional[Cost] = None

    def add(self, response: Any) -> None:
        """Count one answer."""
        usage = response.usage or {}
        details = usage.get("completion_tokens_details") or {}
        self.answers += 1
        self.prompt += usage.get("prompt_tokens") or 0
        self.completion += usage.get("completion_tokens") or 0
        self.reasoning += details.get("reasoning_tokens") or 0
        cost = response.adapter.cost
        self.cost = self.cost if cost is None else cost.plus(self.cost)

    def text(self) -> Text:
        """Tokens in and out, and the cost where prices are known."""
        text = texts.TOKENS(prompt=self.prompt, completion=self.completion)
        if self.reasoning:
            text = join([text, texts.THINKING(count=self.reasoning)], NOTHING)
        if self.cost is not None:
            amounts = {"usd": f"{self.cost.usd:.6f}", "cny": f"{self.cost.cny:.6f}"}
            text = join([text, texts.COST(**amounts)], NOTHING)
        return text


class Turn(NamedTuple):
    """One question and its answer, as messages."""

    question: Message
    answer: Message


class Conversation:
    """Turns with a model, and the pictures that wait for the next question."""

    def __init__(self, model: str, system: Optional[str] = None) -> None:
        self.model = model
        self.system = system
        self.turns: List[Turn] = []
        self.pictures: List[Dict[str, Any]] = []
        self.totals = Totals()

    def messages(self, content: Optional[Content] = None) -> List[Message]:
        """Everything that was said, and the next question behind it."""
        system = [{"role": "system", "content": self.system}] if self.system else []
        earlier = [message for turn in self.turns for message in turn]
        question = [] if content is None else [{"role": "user", "content": content}]
        return [*system, *earlier, *question]

    def add(self, content: Content, answer: Message) -> None:
        """Keep a question with its answer; the pictures have gone with it."""
        self.turns.append(Turn({"role": "user", "content": content}, answer))
        self.pictures = []

    def clear(self) -> None:
        """Forget the turns and waiting pictures; model and system prompt stay."""
        self.turns = []
        self.pictures = []
