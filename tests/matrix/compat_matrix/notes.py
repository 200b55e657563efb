"""Footnotes: each distinct text once, numbered as it first appears, with where it was seen."""

from __future__ import annotations

from typing import Dict, Iterable, Iterator, List, Tuple


class Notes:
    """The texts of a page, in the order of their first mention."""

    def __init__(self) -> None:
        self._subjects: Dict[str, List[str]] = {}

    def refer(self, texts: Iterable[str], subject: str) -> str:
        """The numbers of these texts, as ``1, 3``; who said them is remembered with each."""
        numbers = []
        for text in dict.fromkeys(texts):
            subjects = self._subjects.setdefault(text, [])
            if subject not in subjects:
                subjects.append(subject)
            numbers.append(self.number(text))
        return ", ".join(map(str, sorted(numbers)))

    def number(self, text: str) -> int:
        """The number of a text that was mentioned."""
        return list(self._subjects).index(text) + 1

    def rows(self) -> Iterator[Tuple[str, List[str]]]:
        """Each text with its subjects, from number 1 on."""
        yield from self._subjects.items()

    def lines(self) -> Iterator[str]:
        """The notes as a numbered list in Markdown."""
        for number, (text, subjects) in enumerate(self.rows(), 1):
            yield f"{number}. {code(text)}<br>{'; '.join(subjects)}"


def code(text: str) -> str:
    """As code in Markdown, whatever is in it."""
    text = " ".join(text.split())
    return f"`` {text} ``" if "`" in text else f"`{text}`"
