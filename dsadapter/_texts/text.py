"""A text in the languages of people: English and Chinese, which is shown in either script."""

from __future__ import annotations

import re
from typing import Any, Callable, Dict, Iterable, NamedTuple

ENGLISH, SIMPLIFIED, TRADITIONAL = LANGUAGES = ("en", "zh", "zh-TW")


_PLURAL = re.compile(r"{(\w+):([^{}|]*)\|([^{}|]*)}")


class Text(NamedTuple):
    """One sentence in both languages; ``text(name=...)`` fills its fields in. What a number
    decides is written ``{count} {count:file|files}``."""

    en: str
    zh: str

    def __call__(self, **values: Any) -> Text:
        def filled(language: str) -> str:
            fields = {name: in_language(value, language) for name, value in values.items()}
            return _filled(self.say(language), fields)

        return composed(filled)

    def say(self, language: str) -> str:
        """The sentence in "zh", in "zh-TW" or, for every other name, in English."""
        if language == TRADITIONAL and self.zh != self.en:
            from .traditional import in_traditional  # tables that nobody else needs

            return in_traditional(self.zh)
        return self.en if language != SIMPLIFIED and language != TRADITIONAL else self.zh


def _filled(template: str, fields: Dict[str, Any]) -> str:
    if "|" in template:
        template = _PLURAL.sub(lambda m: m[2] if str(fields[m[1]]) == "1" else m[3], template)
    return template.format(**fields)


class _Composed(Text):
    """Made of texts and values: the values are not ours, and keep their characters."""

    composition: Callable[[str], str]

    def say(self, language: str) -> str:
        """As :meth:`Text.say`; each part in that language."""
        return self.composition(language) if language == TRADITIONAL else super().say(language)


def composed(composition: Callable[[str], str]) -> Text:
    """The text that the function makes for a language: "en", "zh", "zh-TW"."""
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
    return composed(lambda language: separator.say(language).join(t.say(language) for t in parts))
