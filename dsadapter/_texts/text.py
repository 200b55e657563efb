"""A text in both languages."""

from __future__ import annotations

from typing import Any, Iterable, NamedTuple


class Text(NamedTuple):
    """One sentence in both languages; ``text(name=...)`` fills its fields in."""

    en: str
    zh: str

    def __call__(self, **values: Any) -> Text:
        return Text(
            self.en.format(**{name: in_language(value, "en") for name, value in values.items()}),
            self.zh.format(**{name: in_language(value, "zh") for name, value in values.items()}),
        )

    def say(self, language: str) -> str:
        """The sentence in "zh" or, for every other name, in English."""
        return self.zh if language == "zh" else self.en


def in_language(value: Any, language: str) -> Any:
    """A field's value: a text in that language, anything else as it is."""
    return value.say(language) if isinstance(value, Text) else value


def untranslated(text: str) -> Text:
    """A text that needs no translation: a path, a version, a server's words."""
    return Text(text, text)


LIST_COMMA = Text(", ", "、")  # between the members of a list


def join(texts: Iterable[Text], separator: Text) -> Text:
    """The texts, in each language with its separator between them."""
    parts = list(texts)
    return Text(separator.en.join(t.en for t in parts), separator.zh.join(t.zh for t in parts))
