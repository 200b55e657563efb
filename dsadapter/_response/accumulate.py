"""The chunks of a stream, merged into what the whole reply would have been."""

from __future__ import annotations

import zlib
from copy import copy
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple

_MAX_PARTS = 4096  # of a text, kept as they came; what is older is packed


class Text:
    """A text that grows part by part; a long one is kept packed until somebody asks for it."""

    __slots__ = ("_packed", "_parts")

    def __init__(self) -> None:
        self._parts: List[str] = []
        self._packed: List[bytes] = []

    def add(self, part: str) -> None:
        """Append; raises TypeError for what is no text."""
        if not isinstance(part, str):
            raise TypeError(f"{part!r} is no text")
        self.extend((part,))

    def extend(self, parts: Sequence[str]) -> None:
        """Append these, which are texts."""
        self._parts.extend(parts)
        if len(self._parts) >= _MAX_PARTS:
            text = "".join(self._parts).encode("utf-8", "surrogatepass")
            self._packed.append(zlib.compress(text, 1))
            self._parts = []

    def __str__(self) -> str:
        packed = b"".join(zlib.decompress(block) for block in self._packed)
        return packed.decode("utf-8", "surrogatepass") + "".join(self._parts)


class _AccumulatedChoice:
    def __init__(self) -> None:
        self.texts: Dict[str, Text] = {}
        self.role: Optional[str] = None
        self.calls: Dict[int, Dict[str, Any]] = {}
        self.others: Dict[str, Any] = {}
        self.finish_reason: Optional[str] = None
        self.is_text = False
        self.logprobs: Optional[Dict[str, List[Any]]] = None

    def add(self, choice: Mapping[str, Any]) -> None:
        """One more choice of a chunk."""
        if choice.get("finish_reason"):
            self.finish_reason = choice["finish_reason"]
        if choice.get("logprobs"):
            self._add_logprobs(choice["logprobs"])
        if "text" in choice:
            self.is_text = True
            self._add_text("text", "" if choice["text"] is None else choice["text"])
        for key, value in (choice.get("delta") or {}).items():
            if value is None:
                continue
            if key == "role":
                self.role = value
            elif key == "tool_calls":
                for call in value:
                    self._add_call(call)
            elif isinstance(value, str):
                self._add_text(key, value)
            elif key == "function_call":
                _add_function(self.others.setdefault(key, {}), value)
            else:
                _add_unknown(self.others, key, value)

    def _add_text(self, key: str, value: str) -> None:
        if key not in self.texts:
            self.texts[key] = Text()
        self.texts[key].add(value)

    def _add_call(self, call: Mapping[str, Any]) -> None:
        merged = self.calls.setdefault(call.get("index") or 0, {})
        for key, value in call.items():
            if key == "function":
                _add_function(merged.setdefault("function", {}), value or {})
            elif value is not None:
                merged[key] = value

    def _add_logprobs(self, logprobs: Mapping[str, Any]) -> None:
        self.logprobs = self.logprobs or {}
        for key, value in logprobs.items():
            self.logprobs.setdefault(key, []).extend(value or ())

    def result(self, index: int) -> Dict[str, Any]:
        """The choice of the whole reply."""
        ending = {"logprobs": self.logprobs, "finish_reason": self.finish_reason}
        texts = {key: str(text) for key, text in self.texts.items()}
        if self.is_text:
            return {"index": index, **texts, **ending}
        message: Dict[str, Any] = {"role": self.role or "assistant", "content": None}
        message.update(texts, **self.others)
        if self.calls:
            message["tool_calls"] = [self.calls[i] for i in sorted(self.calls, key=_order)]
        return {"index": index, "message": message, **ending}


def _add_unknown(merged: Dict[str, Any], key: str, value: Any) -> None:
    """A field that is not known here: lists go on, objects are filled, else the last one counts."""
    earlier = merged.get(key)
    if isinstance(earlier, list) and isinstance(value, list):
        earlier.extend(value)
    elif isinstance(earlier, dict) and isinstance(value, dict):
        earlier.update(value)
    else:
        merged[key] = copy(value)  # what the chunk holds stays as it is


def _order(index: Any) -> Tuple[bool, Any]:
    """The place of an index, also where a server sends numbers and strings."""
    return isinstance(index, str), index


def _add_function(merged: Dict[str, Any], part: Mapping[str, Any]) -> None:
    """Name and arguments of a call: the name comes once, the arguments in parts."""
    for key, value in part.items():
        if key == "arguments":
            merged[key] = merged.get(key, "") + (value or "")
        elif value is not None:
            merged[key] = value


class Accumulator:
    """The chunks of a stream, merged into what the whole reply would have been.

    Usage is taken from wherever it stands: on the last chunk, or on one with empty ``choices``
    (the API sends one, its documents show the other).
    """

    ended = False  # [DONE] is still to come
    ends_with_body = False  # but with its last word
    last_word = "[DONE] and without a finish reason"

    def __init__(self) -> None:
        self._head: Dict[str, Any] = {}
        self._choices: Dict[int, _AccumulatedChoice] = {}
        self._usage: Any = None

    @property
    def finished(self) -> bool:
        """Whether every choice has its finish reason."""
        choices = self._choices.values()
        return bool(choices) and all(choice.finish_reason for choice in choices)

    def add(self, chunk: Mapping[str, Any]) -> None:
        """One more chunk; raises AttributeError, TypeError or ValueError for what is none."""
        if not self._head:
            self._head = {k: v for k, v in chunk.items() if k not in ("choices", "usage")}
        if chunk.get("usage"):
            self._usage = chunk["usage"]
        for choice in chunk.get("choices") or ():
            index = choice.get("index") or 0
            if index not in self._choices:
                self._choices[index] = _AccumulatedChoice()
            self._choices[index].add(choice)

    def open_texts(self) -> Dict[str, Text]:
        """The texts of choice 0 by their names; none while there is nothing yet to add to."""
        choice = self._choices.get(0)
        return choice.texts if self._head and choice is not None else {}

    def text(self) -> str:
        """The answer so far (first choice)."""
        if not self._choices:
            return ""
        texts = self._choices[min(self._choices, key=_order)].texts
        return str(texts.get("text") or texts.get("content") or "")

    def result(self) -> Dict[str, Any]:
        """The whole reply, as far as it has come."""
        chunk_kind = str(self._head.get("object", "chat.completion"))
        data = {**self._head, "object": chunk_kind.replace(".chunk", "")}
        data["choices"] = [self._choices[i].result(i) for i in sorted(self._choices, key=_order)]
        if self._usage is not None:
            data["usage"] = self._usage
        return data
