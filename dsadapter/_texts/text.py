"""A text in the languages of people: English and Chinese, which is shown in either script."""

from __future__ import annotations

from typing import Any, Callable, Iterable, NamedTuple

ENGLISH, SIMPLIFIED, TRADITIONAL = LANGUAGES = ("en", "zh", "zh-TW")


class Text(NamedTuple):
    """One sentence in both languages; ``text(name=...)`` fills its fields in."""

    en: str
    zh: str

    def __call__(self, **values: Any) -> Text:
        def filled(language: str) -> str:
            fields = {name: in_language(value, language) for name, value in values.items()}
            return self.say(language).format(**fields)

        return _composed(filled)

    def say(self, language: str) -> str:
        """The sentence in "zh", in "zh-TW" or, for every other name, in English."""
        if language == TRADITIONAL and self.zh != self.en:
            from .traditional import in_traditional  # tables that nobody else needs

            return in_traditional(self.zh)
        return self.en if language != SIMPLIFIED and language != TRADITIONAL else self.zh


class _Composed(Text):
    """Made of texts and values: the values are not ours, and keep their characters."""

    composition: Callable[[str], str]

    def say(self, language: str) -> str:
        """As :meth:`Text.say`; each part in that language."""
        return self.composition(language) if language == TRADITIONAL else super().say(language)


def _composed(composition: Callable[[str], str]) -> Text:
    text = _Composed(composition(ENGLISH), composition(SIMPLIFIED))
    text.composition = composition
    return text


def in_language(value: Any, language: str) -> Any:
    """A field's value: a text in that language, anything else as it is."""
    return value.say(language) if isinstance(value, Text) else value


def untranslated(text: str) -> Text:
    """A text that needs no translation: a path, a version, a server's words."""
    return Text(text, text)


LIST_COMMA = Text(", ", "、")  # between the members of a list
NOTHING = Text("", "")  # between texts that follow each other


def join(texts: Iterable[Text], separator: Text) -> Text:
    """The texts, in each language with its separator between them."""
    parts = list(texts)
    return _composed(lambda language: separator.say(language).join(t.say(language) for t in parts))
