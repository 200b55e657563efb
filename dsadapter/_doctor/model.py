"""What the doctor says: texts in two languages, commands, fixes, findings, checks. No I/O."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable, Dict, Iterable, NamedTuple, Optional, Tuple

if TYPE_CHECKING:
    from .snapshot import Snapshot

OK, INFO, SKIP, WARN, FAIL, CRASH = "ok", "info", "skip", "warn", "fail", "crash"
STATUSES = (OK, INFO, SKIP, WARN, FAIL, CRASH)


class Text(NamedTuple):
    """One sentence in both languages; ``text(name=...)`` fills its fields in."""

    en: str
    zh: str

    def __call__(self, **values: Any) -> Text:
        return Text(
            self.en.format(**{name: spoken(value, "en") for name, value in values.items()}),
            self.zh.format(**{name: spoken(value, "zh") for name, value in values.items()}),
        )

    def say(self, language: str) -> str:
        return self.zh if language == "zh" else self.en


def spoken(value: Any, language: str) -> Any:
    return value.say(language) if isinstance(value, Text) else value


def same(text: str) -> Text:
    """A text that needs no translation: a path, a version, a server's words."""
    return Text(text, text)


LIST_COMMA = Text(", ", "、")  # between the members of a list


def together(texts: Iterable[Text], between: Text) -> Text:
    parts = list(texts)
    return Text(between.en.join(t.en for t in parts), between.zh.join(t.zh for t in parts))


class Command(NamedTuple):
    """``shown`` is what a person types; ``argv`` what ``--fix`` runs, () when only a person can."""

    shown: str
    argv: Tuple[str, ...] = ()
    verified: Optional[bool] = None  # what --verify found out
    verdict: Optional[Text] = None


class Fix(NamedTuple):
    """What to do. ``commands`` are alternatives, the smallest first; with ``steps`` all of them,
    in that order."""

    text: Optional[Text] = None
    commands: Tuple[Command, ...] = ()
    steps: bool = False


class Finding(NamedTuple):
    """What a check found: what is wrong and why it matters in ``message``, evidence in
    ``details``."""

    status: str
    message: Text
    details: Tuple[Text, ...] = ()
    fix: Optional[Fix] = None
    link: str = ""
    data: Dict[str, Any] = {}


def fail(message: Text, *details: Text, fix: Optional[Fix] = None, **data: Any) -> Finding:
    return Finding(FAIL, message, details, fix, data=data)


def warn(message: Text, *details: Text, fix: Optional[Fix] = None, **data: Any) -> Finding:
    return Finding(WARN, message, details, fix, data=data)


def info(message: Text, *details: Text, fix: Optional[Fix] = None, **data: Any) -> Finding:
    return Finding(INFO, message, details, fix, data=data)


def ok(message: Text, *details: Text, **data: Any) -> Finding:
    return Finding(OK, message, details, data=data)


def skip(message: Text) -> Finding:
    return Finding(SKIP, message)


Run = Callable[["Snapshot"], Iterable[Finding]]


class Check(NamedTuple):
    """One row of the registry. Ids are ``group-topic`` and never reused; the title states health.

    ``fallback``: it shows a consequence. Where a check that names the cause has failed, its
    failure is told as information.
    """

    id: str
    title: Text
    run: Run
    network: bool = False
    fallback: bool = False

    @property
    def group(self) -> str:
        prefix = self.id.partition("-")[0]
        return "conflicts" if prefix == "conflict" else prefix


class Result(NamedTuple):
    """A finding and the check it came from."""

    check: Check
    finding: Finding
