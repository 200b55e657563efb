"""Footnotes: each distinct text once, numbered as it first appears, with where it was seen."""

from __future__ import annotations

from typing import Dict, Iterable, Iterator, List


class Notes:
    def __init__(self) -> None:
        self._places: Dict[str, List[str]] = {}

    def refer(self, texts: Iterable[str], place: str) -> str:
        """The numbers of these texts, as ``1, 3``; ``place`` is remembered with each."""
        numbers = []
        for text in dict.fromkeys(texts):
            places = self._places.setdefault(text, [])
            if place not in places:
                places.append(place)
            numbers.append(list(self._places).index(text) + 1)
        return ", ".join(map(str, sorted(numbers)))

    def lines(self) -> Iterator[str]:
        for number, (text, places) in enumerate(self._places.items(), 1):
            yield f"{number}. {code(text)}<br>{'; '.join(places)}"


def code(text: str) -> str:
    """As code in Markdown, whatever is in it."""
    text = " ".join(text.split())
    return f"`` {text} ``" if "`" in text else f"`{text}`"
