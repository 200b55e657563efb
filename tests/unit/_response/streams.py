"""Streams of chunks as servers send them, made up from a seed; and classes for their answers."""

from __future__ import annotations

import json
import random
from typing import Any, Dict, Iterator, List


class Person:
    """Stands in for a pydantic model: what of one is asked, no more."""

    def __init__(self, name: str) -> None:
        self.name = name

    @classmethod
    def model_json_schema(cls) -> Dict[str, Any]:
        return {"type": "object", "properties": {"name": {"type": "string"}}}

    @classmethod
    def model_validate_json(cls, text: str) -> Person:
        data = json.loads(text)
        if set(data) != {"name"}:
            raise ValueError(f"Field required: {data}")
        return cls(data["name"])

    def __eq__(self, other: Any) -> bool:
        return type(other) is Person and other.name == self.name

    __hash__ = None  # type: ignore[assignment]


def chunk(delta: Any = None, finish: Any = None, **more: Any) -> Dict[str, Any]:
    """One chunk with one choice."""
    choice = {"index": 0, "delta": delta or {}, "finish_reason": finish, "logprobs": None}
    return {
        "id": "c1",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "deepseek-flash",
        "choices": [choice],
        **more,
    }


WEATHER = {
    "type": "function",
    "function": {
        "name": "weather",
        "strict": True,
        "parameters": {
            "type": "object",
            "properties": {"city": {"type": "string"}, "days": {"type": "integer"}},
            "required": ["city", "days"],
            "additionalProperties": False,
        },
    },
}
LOOSE = {"type": "function", "function": {"name": "loose", "parameters": {"type": "object"}}}


class RandomStream:
    """The chunks of one answer: text or JSON, reasoning, refusals, calls, log probabilities."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.json = self.random.random() < 0.5  # the text is to be an object
        self.fits = self.random.random() < 0.9
        self.strict_tools = self.random.random() < 0.7
        self.with_logprobs = self.random.random() < 0.3

    def chunks(self) -> List[Dict[str, Any]]:
        """All of them; the choices come in the order of their index."""
        choices = self.random.choice([1, 1, 1, 2])
        queues = [list(self._choice(index)) for index in range(choices)]
        chunks = [self._chunk([queue.pop(0) for queue in queues])]
        while any(queues):
            queue = self.random.choice([queue for queue in queues if queue])
            chunks.append(self._chunk([queue.pop(0)]))
        usage = {"prompt_tokens": 3, "completion_tokens": 4, "total_tokens": 7}
        if self.random.random() < 0.5:
            chunks[-1]["usage"] = usage
        elif self.random.random() < 0.7:
            chunks.append({**self._chunk([]), "usage": usage})
        return chunks

    def _chunk(self, choices: List[Dict[str, Any]]) -> Dict[str, Any]:
        data = {**chunk(), "choices": choices}
        if self.random.random() < 0.7:
            data["system_fingerprint"] = self.random.choice(["fp1", "fp2"])
        if self.random.random() < 0.2:
            data["service_tier"] = "default"
        return data

    def _choice(self, index: int) -> Iterator[Dict[str, Any]]:
        empty = self.random.choice([None, ""])
        yield self._part(index, {"role": "assistant", "content": empty})
        for text in self._parts("thinking it over"):
            if self.random.random() < 0.4:
                yield self._part(index, {"content": None, "reasoning_content": text})
        if self.random.random() < 0.15:
            for text in self._parts("I cannot do that"):
                yield self._part(index, {"refusal": text})
        elif self.random.random() < 0.8:
            for text in self._parts(self._text()):
                yield self._part(index, {"content": text}, logprobs=True)
        calls = self.random.choice([0, 0, 1, 2])
        for call in range(calls):
            yield from self._call(index, call)
        yield self._part(index, self.random.choice([{}, {"content": ""}]), finish=True)

    def _text(self) -> str:
        if not self.json or not self.fits and self.random.random() < 0.5:
            return self.random.choice(["Hello, 世界", "A text\nof two lines", " "])
        value = {
            "name": self.random.choice(["Ada", '"quoted" \\ 你好', "", "tab\t"]),
            "age": self.random.choice([36, -1.5, 1e30, None]) if self.fits else "old",
            "tags": self.random.choice([[], ["a", "b"], ["x" * 9]]),
        }
        ascii_only, indent = self.random.random() < 0.5, self.random.choice([None, 1])
        return json.dumps(value, ensure_ascii=ascii_only, indent=indent)

    def _call(self, index: int, call: int) -> Iterator[Dict[str, Any]]:
        name = self.random.choice(["weather", "loose", "unknown"])
        first = {"name": name, "arguments": ""}
        head = {"index": call, "id": f"call_{call}", "type": "function", "function": first}
        yield self._part(index, {"tool_calls": [head]})
        arguments = json.dumps({"city": "上海", "days": call}, ensure_ascii=False)
        for text in self._parts(arguments):
            part = {"index": call, "function": {"arguments": text}}
            yield self._part(index, {"tool_calls": [part]})

    def _part(
        self, index: int, delta: Dict[str, Any], finish: bool = False, logprobs: bool = False
    ) -> Dict[str, Any]:
        reasons = ["stop", "stop", "stop", "tool_calls", "length", "content_filter"]
        return {
            "index": index,
            "delta": delta,
            "finish_reason": self.random.choice(reasons) if finish else None,
            "logprobs": self._logprobs() if logprobs and self.with_logprobs else None,
        }

    def _logprobs(self) -> Dict[str, Any]:
        token = {"token": "a", "logprob": -0.5, "bytes": [97], "top_logprobs": []}
        return {"content": [token] * self.random.randrange(3), "refusal": None}

    def _parts(self, text: str) -> Iterator[str]:
        position = 0
        while position < len(text):
            size = self.random.randrange(1, 5)
            yield text[position : position + size]
            position += size
