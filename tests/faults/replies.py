"""Replies as no server should send them: 22 kinds, from a seed."""

from __future__ import annotations

import copy
import gzip
import json
from random import Random
from typing import Any, Callable, Dict, List, Tuple

Reply = Tuple[int, Dict[str, str], List[bytes]]  # status, headers, packets

ODD: List[Any] = [
    *(None, True, False, 0, 1, -1, 2**70, 0.5, 1e308, "", "x", "0", [], {}, [None], [[]], [0]),
    *({"": 0}, {"a": []}, [{}], ["x", 1], {"content": 1}, {"index": "x"}, "\ud800", "\u2028", "\0"),
]
KEYS = ["index", "delta", "message", "finish_reason", "logprobs", "role", "content", "tool_calls"]
KEYS += ["", "_adapter", "adapter", "copy", "items", "get", "__class__", "\ud800", "error", "text"]


class Kinds:
    """One function a kind: it spoils the events of a good answer, or the whole reply."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def odd(self) -> Any:
        """Something that does not belong where it stands."""
        return copy.deepcopy(self.random.choice(ODD))

    def events(self) -> List[Any]:
        """A good answer of a few chunks."""
        deltas: List[Any] = [{"role": "assistant", "content": ""}, {"content": "He"}]
        deltas += [{"content": "llo"}, {"tool_calls": [call(0, "f", "{")]}, {}]
        last = len(deltas) - 1
        return [chunk(delta, "stop" if i == last else None) for i, delta in enumerate(deltas)]

    def spoiled(self, spoil: Callable[[Any], None]) -> List[Any]:
        """The good answer with one or two chunks spoiled."""
        events = self.events()
        for event in self.random.sample(events, self.random.randint(1, 2)):
            spoil(event)
        return events

    # in one place of a chunk

    def content(self) -> Any:
        return self.spoiled(lambda e: e["choices"][0]["delta"].update(content=self.odd()))

    def text(self) -> Any:
        return self.spoiled(lambda e: e["choices"][0].update(text=self.odd()))

    def delta(self) -> Any:
        return self.spoiled(lambda e: e["choices"][0].update(delta=self.odd()))

    def choice(self) -> Any:
        return self.spoiled(lambda e: e["choices"].insert(self.random.randint(0, 1), self.odd()))

    def choices(self) -> Any:
        return self.spoiled(lambda e: e.update(choices=self.odd()))

    def index(self) -> Any:
        return self.spoiled(lambda e: e["choices"][0].update(index=self.odd()))

    def finish_reason(self) -> Any:
        return self.spoiled(lambda e: e["choices"][0].update(finish_reason=self.odd()))

    def role(self) -> Any:
        return self.spoiled(lambda e: e["choices"][0]["delta"].update(role=self.odd()))

    def logprobs(self) -> Any:
        odd = self.random.choice([self.odd(), {"content": self.odd()}, {"refusal": self.odd()}])
        return self.spoiled(lambda e: e["choices"][0].update(logprobs=odd))

    def usage(self) -> Any:
        return self.spoiled(lambda e: e.update(usage=self.odd()))

    def head(self) -> Any:
        name = self.random.choice(["id", "object", "created", "model"])
        return self.spoiled(lambda e: e.update({name: self.odd()}))

    # in a call of a tool

    def calls(self) -> Any:
        return self.spoiled(lambda e: e["choices"][0]["delta"].update(tool_calls=self.odd()))

    def call_fields(self) -> Any:
        spoiled = call(self.odd(), self.odd(), self.odd())
        spoiled[self.random.choice(["id", "type", "function"])] = self.odd()
        return self.spoiled(lambda e: e["choices"][0]["delta"].update(tool_calls=[spoiled]))

    def function_call(self) -> Any:
        odd = self.random.choice([self.odd(), {"name": self.odd(), "arguments": self.odd()}])
        return self.spoiled(lambda e: e["choices"][0]["delta"].update(function_call=odd))

    # names, errors, depth

    def names(self) -> Any:
        name = self.random.choice(KEYS)
        places: List[Any] = [lambda e: e, lambda e: e["choices"][0]]
        place = self.random.choice([*places, lambda e: e["choices"][0]["delta"]])
        return self.spoiled(lambda e: place(e).update({name: self.odd()}))

    def errors(self) -> Any:
        fields = ("message", "code", "type", "param", "status", self.random.choice(KEYS))
        error = self.random.choice([self.odd(), {name: self.odd() for name in fields}])
        return [*self.events()[: self.random.randint(0, 3)], {"error": error}]

    def depth(self) -> Any:
        levels = self.random.choice([100, 500, 900, 1500, 5000, 20_000])
        deep = self.random.choice(["[", '{"a":']) * levels
        closing = "]" * levels if deep[0] == "[" else "1" + "}" * levels
        if self.random.random() < 0.2:
            closing = ""
        good = json.dumps(self.random.choice(self.events()))
        at = self.random.choice(['"index": 0', '"object": "chat.completion.chunk"'])
        field = at.partition(":")[0]
        deep = f"{field}: {deep}{closing}"
        forms = [good.replace(at, deep)] * 4 + [deep, f'{{"error": {deep[len(field) + 2 :]}}}']
        return [self.random.choice(forms).encode()]

    def top(self) -> Any:
        if self.random.random() < 0.5:
            return self._response_events()
        return [*self.events()[: self.random.randint(0, 3)], self.odd(), *self.events()[3:]]

    def _response_events(self) -> List[Any]:
        """A stream of the Responses API, spoiled."""
        place: Dict[str, Any] = {"output_index": 0, "content_index": 0}
        item = {"type": "message", "role": "assistant", "content": []}
        done = {"id": "r", "output": [item]}
        events: List[Any] = [
            {"type": "response.created", "response": {"id": "r", "output": []}},
            {"type": "response.output_item.added", **place, "item": item},
            {"type": "response.output_text.delta", **place, "delta": "Hello"},
            {"type": "response.output_item.done", **place, "item": item},
            {"type": "response.completed", "response": done},
        ]
        event = self.random.choice(events)
        names = ["type", "output_index", "item", "delta", "response"]
        event[self.random.choice(names)] = self.odd()
        return events

    # bytes

    def flips(self) -> bytes:
        data = bytearray(stream_of(self.events()))
        for _ in range(self.random.randint(1, 8)):
            data[self.random.randrange(len(data))] = self.random.randrange(256)
        return bytes(data)

    def noise(self) -> bytes:
        alphabet = b"data: \r\n\r\n{}[]\"',:0\xff\xef\xbb\xbf\x00event: error\nid:"
        return bytes(self.random.choice(alphabet) for _ in range(self.random.randint(0, 300)))

    def cut(self) -> bytes:
        data = stream_of(self.events())
        return data[: self.random.randrange(len(data))]

    def packed(self) -> bytes:
        data = bytearray(gzip.compress(stream_of(self.events())))
        for _ in range(self.random.randint(0, 3)):
            data[self.random.randrange(len(data))] = self.random.randrange(256)
        return bytes(data[: self.random.randint(1, len(data))])


NAMES = [n for n in vars(Kinds) if n[0] != "_" and n not in ("odd", "events", "spoiled")]


def chunk(delta: Any, finish: Any) -> Dict[str, Any]:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return {"id": "s", "object": "chat.completion.chunk", "choices": [choice]}


def call(index: Any, name: Any, arguments: Any) -> Dict[str, Any]:
    function = {"name": name, "arguments": arguments}
    return {"index": index, "id": "c", "type": "function", "function": function}


def stream_of(events: List[Any]) -> bytes:
    lines = [e if isinstance(e, bytes) else json.dumps(e).encode() for e in events]
    return b"".join(b"data: " + line + b"\n\n" for line in lines) + b"data: [DONE]\n\n"


def reply(number: int) -> Tuple[str, bool, Reply]:
    """Kind, whether a stream is asked for, and the reply of this number."""
    name = NAMES[number % len(NAMES)]
    kinds = Kinds(number)
    random = kinds.random
    content = getattr(kinds, name)()
    streamed = random.random() < 0.7
    if isinstance(content, list):
        whole = content[random.randrange(len(content))]
        if not streamed and isinstance(whole, dict) and isinstance(whole.get("choices"), list):
            for choice in whole["choices"]:
                if isinstance(choice, dict) and "delta" in choice:
                    choice["message"] = choice.pop("delta")
        single = whole if isinstance(whole, bytes) else json.dumps(whole).encode()
        content = stream_of(content) if streamed else single
    headers = {"content-type": "text/event-stream" if streamed else "application/json"}
    if name == "packed":
        headers["content-encoding"] = "gzip"
    status = random.choice([200] * 70 + [400, 404, 422, 500, 503, 302, 299, 999])
    size = max(random.choice([1, 7, 50, 10**6]), len(content) // 100)
    packets = [content[i : i + size] for i in range(0, len(content), size)] if content else []
    return name, streamed, (status, headers, packets)
