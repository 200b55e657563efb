"""The text of a chunk, for those who show text as it arrives."""

from __future__ import annotations

from typing import Any, Iterator


def first_text(chunk: Any) -> Iterator[str]:
    """What a chunk adds to the text of the first choice, if it does; never reasoning."""
    for choice in chunk.get("choices") or ():
        if not choice.get("index"):
            text = choice.get("text") or (choice.get("delta") or {}).get("content")
            if text:
                yield text
