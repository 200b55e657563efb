"""Answers recorded from the real API, taken apart to be given again in any shape."""

from __future__ import annotations

import json
import pkgutil
from functools import lru_cache
from typing import Any, Dict, List, NamedTuple

from .tokens import split


class Recording(NamedTuple):
    """One recorded completion: its ids, and its texts token by token."""

    id: str
    created: int
    model: str
    system_fingerprint: str
    reasoning: List[str]
    content: List[str]
    usage: Dict[str, Any]


def raw(name: str) -> bytes:
    """A recorded file as it is. pkgutil, because it also reads from a zip and on every Python."""
    data = pkgutil.get_data(__package__ or "", f"recorded/{name}")
    assert data is not None
    return data


@lru_cache(maxsize=None)
def recordings() -> Dict[str, Recording]:
    """Last user text -> what the API said to it, with thinking on."""
    return {
        "你好": _from_stream(raw("stream_reasoner.sse")),
        "你好哦": _from_completion(raw("nonstream_reasoner.json")),
    }


def _from_stream(data: bytes) -> Recording:
    lines = [line[len(b"data: ") :] for line in data.split(b"\n") if line.startswith(b"data: {")]
    chunks = [json.loads(line) for line in lines]
    deltas = [chunk["choices"][0]["delta"] for chunk in chunks]
    return _recording(
        chunks[-1],
        [delta["reasoning_content"] for delta in deltas if delta["reasoning_content"]],
        [delta["content"] for delta in deltas if delta["content"]],
    )


def _from_completion(data: bytes) -> Recording:
    completion = json.loads(data)
    message = completion["choices"][0]["message"]
    return _recording(completion, split(message["reasoning_content"]), split(message["content"]))


def _recording(last: Dict[str, Any], reasoning: List[str], content: List[str]) -> Recording:
    return Recording(
        last["id"],
        last["created"],
        last["model"],
        last["system_fingerprint"],
        reasoning,
        content,
        last["usage"],
    )
