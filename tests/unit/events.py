"""Events of streams, and how a stream fails."""

from __future__ import annotations

from typing import Any, List

import pytest
from scripted import Scripted, chunk

from dsadapter._errors import tree

STOP = chunk(None, "stop")


def broken() -> BaseException:
    return tree.LegacyAPIConnectionError("The connection broke: reset")


def texts(chunks: Any) -> List[Any]:
    return [c.choices[0].delta.content for c in chunks if c.choices]


def fails(scripted: Scripted, kind: Any, received: int) -> Any:
    """The error that ends the stream after so many chunks."""
    chunks: List[Any] = []
    with pytest.raises(kind) as caught:
        for item in scripted.stream():
            chunks.append(item)
    assert len(chunks) == received
    assert scripted.answers[-1].closed
    return caught.value
