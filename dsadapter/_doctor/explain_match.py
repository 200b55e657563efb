"""Finds what is known about an error text, and what it means on this machine. No output here."""

from __future__ import annotations

import re
from typing import Any, Dict, Iterator, List, NamedTuple, Optional, Tuple

from .._source.versions import available, contains
from .._texts.text import Text, join, untranslated
from .explain import ROWS
from .explain.row import CERTAIN, LIKELY, SURE, Row
from .findings import FAIL, WARN, Command, Fix
from .fix_commands import SPACE, command
from .registry import findings_of
from .snapshot import Snapshot

_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_ERROR = re.compile(
    r"^[^\S\n]*((?:[\w]+\.)*\w*(?:Error|Exception|Warning|Timeout|Interrupt|RemovedInV1|Exit)\b.*"
    r"|(?:ERROR|error|FATAL|fatal): .*)$",
    re.M,
)
_FRAME = re.compile(r'File "([^"\n]*(?:site|dist)-packages)')
_DISTS = {"dotenv": "python-dotenv"}

HERE = Text("Here: Python {python}, {sdk}{httpx}.", "本机：Python {python}，{sdk}{httpx}。")
NO_SDK = Text("no openai SDK", "没有安装 openai SDK")
PROVED = Text("This environment has that fault: {message}", "本机正有这个问题：{message}")
CLEAR = Text(
    "The fault is not found here: it was mended since, or the text comes from another environment.",
    "本机没有发现这个问题：可能已修好，或报错来自另一个环境。",
)
SAYS_SO = Text("openai {sdk} here is one that says so.", "本机的 openai {sdk} 正会这样报错。")
NOT_SAYS_SO = Text(
    "openai {sdk} here does not say so: the text comes from another environment.",
    "本机的 openai {sdk} 不会这样报错：报错来自另一个环境。",
)
ELSEWHERE = Text(
    "The traceback comes from another environment: {folder}",
    "这段 traceback 来自另一个环境：{folder}",
)


class Match(NamedTuple):
    """One thing that the text says."""

    row: Row
    sure: str
    cause: Text
    here: Tuple[Text, ...]
    fix: Fix
    at: int  # where it begins
    line: int  # on which it ends


def clean(text: str) -> str:
    """The text without colours and with plain line ends."""
    return _ANSI.sub("", text).replace("\r\n", "\n")


def matches(text: str, s: Snapshot) -> List[Match]:
    """What is known about ``text``, one thing a line: the surest first, of equals the one that
    stands last."""
    lowered = text.lower()
    all_matches = [m for row in ROWS for m in _match(row, text, lowered, s)]
    all_matches.sort(key=lambda match: (SURE.index(match.sure), -match.at))
    lines: Dict[int, Match] = {}
    for match in all_matches:
        lines.setdefault(match.line, match)
    return list(lines.values())


def _match(row: Row, text: str, lowered: str, s: Snapshot) -> Iterator[Match]:
    if row.needs and row.needs not in lowered:
        return
    occurrences = list(re.finditer(row.pattern, text, re.M))
    if not occurrences:
        return
    last = occurrences[-1]
    values = _values(last)
    local = _locally(row, text, s)
    fix = local.fix or _fix(row, values, s, local.elsewhere)
    sure = CERTAIN if local.proved and row.sure == LIKELY else row.sure
    line = text.count("\n", 0, last.end())
    yield Match(row, sure, row.cause(**values), local.texts, fix, last.start(), line)


def _values(match: re.Match[str]) -> Dict[str, Any]:
    values = {name: value or "" for name, value in match.groupdict().items()}
    name = values.get("name", "")
    defaults = {"name": name, "dist": _DISTS.get(name, name.replace("_", "-"))}
    return {**dict.fromkeys(_FIELDS, ""), **values, **defaults}


_FIELDS = ("kind", "char", "position", "byte", "tail", "names", "what", "range", "limit", "now")


# --- here ----------------------------------------------------------------------------------------


class _Local(NamedTuple):
    texts: Tuple[Text, ...]
    proved: bool = False
    fix: Optional[Fix] = None
    elsewhere: bool = False  # what would mend it must not be done to this environment


def _locally(row: Row, text: str, s: Snapshot) -> _Local:
    sdk = s.sdk()
    texts = [summary(s), *_foreign(text, s)]
    for check in row.checks:
        for finding in findings_of(check, s):
            if finding.status in (FAIL, WARN):
                return _Local((*texts, PROVED(message=finding.message)), True, finding.fix)
    if row.when and sdk and available():
        says_so = contains(row.when, sdk)
        texts.append((SAYS_SO if says_so else NOT_SAYS_SO)(sdk=sdk))
        return _Local(tuple(texts), says_so and not row.checks, elsewhere=not says_so)
    if row.checks:
        texts.append(CLEAR)
    return _Local(tuple(texts))


def summary(s: Snapshot) -> Text:
    """Python, SDK and HTTP library of this machine, in one sentence."""
    sdk = untranslated(f"openai {s.sdk()}") if s.sdk() else NO_SDK
    parts = [f", {name} {v}" for name in ("httpx", "httpx2") if (v := s.packages.version(name))]
    return HERE(python=s.python.version, sdk=sdk, httpx="".join(parts))


def _foreign(text: str, s: Snapshot) -> Iterator[Text]:
    """A traceback whose packages lie in no folder of this interpreter."""
    folders = list(dict.fromkeys(_FRAME.findall(text)))
    known = [folder for folder in folders if _is_known(folder, s)]
    if folders and not known:
        yield ELSEWHERE(folder=folders[-1])


def _is_known(folder: str, s: Snapshot) -> bool:
    tail = folder.replace("\\", "/").rstrip("/")
    return any(
        tail.endswith(f.replace("\\", "/").lstrip("~").rstrip("/")) for f in s.packages.folders
    )


def _fix(row: Row, values: Dict[str, Any], s: Snapshot, elsewhere: bool) -> Fix:
    commands = [_command(text.format(**values), s) for text in row.commands]
    if elsewhere and commands:
        text = join((IN_THAT_ENVIRONMENT, row.fix(**values)), SPACE)
        return Fix(text, tuple(Command(text) for text in commands))
    return Fix(row.fix(**values), tuple(command(s.python, text) for text in commands))


IN_THAT_ENVIRONMENT = Text("In the environment that it comes from:", "在出错的那个环境里：")


def _command(text: str, s: Snapshot) -> str:
    """``$NAME=value`` sets a variable, as this system's shell does it."""
    if not text.startswith("$"):
        return text
    name, _, value = text[1:].partition("=")
    return f'$env:{name} = "{value}"' if s.python.windows else f"export {name}={value}"


# --- the unknown ---------------------------------------------------------------------------------


def last_error(text: str) -> str:
    """The last line that names an exception, "" when there is none."""
    lines = _ERROR.findall(text)
    return lines[-1].strip() if lines else ""
