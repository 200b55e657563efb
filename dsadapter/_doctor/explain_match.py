"""Finds what is known about an error text, and what it means on this machine. No output here."""

from __future__ import annotations

import re
from typing import Any, Callable, Dict, Iterator, List, Optional, Tuple

from .._named_tuple import NamedTuple
from .._source.versions import available, contains
from .._texts.explain_report import (
    CLEAR,
    ELSEWHERE,
    HERE,
    IN_THAT_ENVIRONMENT,
    NO_SDK,
    NOT_SAYS_SO,
    NOT_THERE,
    PROVED,
    SAYS_SO,
)
from .._texts.text import Text, composed, join, untranslated
from .data.distributions import DISTRIBUTIONS
from .explain import ROWS
from .explain.blocks import Block, blocks, suspicious_line
from .explain.clues import clues
from .explain.row import ANY_PACKAGE, CERTAIN, LIKELY, OTHERS, OURS, OWN_CODE, POSSIBLE, SURE, Row
from .explain.vendors import is_foreign, vendor_of
from .findings import FAIL, WARN, Command, Fix
from .fix_commands import SPACE, command
from .registry import findings_of
from .secrets import hide_shapes
from .snapshot import Snapshot

_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_BORDER = re.compile(
    r"^[^\S\n]*(?:[|│┃]|\+-[+-]*(?: [-\d. ]*)?|[╭╰┏┗][─━]*)[^\S\n]?"
    r"|[^\S\n]*[│┃╮╯┓┛]$",
    re.M,
)
_FRAME = re.compile(r'File "([^"\n]*(?:site|dist)-packages)')
_BLANK = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]| \??")  # or what it is to be told from
_SPACES = {" ": r"\s+", " ?": r"\s*"}
_Hide = Callable[[str], str]


class Match(NamedTuple):
    """One thing that the text says; ``vendor`` is whose answer or site it is about, "" unknown."""

    row: Row
    sure: str
    vendor: str
    cause: Text
    here: Tuple[Text, ...]
    fix: Fix
    at: int  # where it begins
    line: int  # on which it ends


def clean(text: str) -> str:
    """The text without colours and the borders of boxes and groups, and with plain line ends."""
    text = _ANSI.sub("", text).replace("\r\n", "\n")
    return _BORDER.sub("", text)


def matches(text: str, s: Snapshot, hide: _Hide = hide_shapes) -> List[Match]:
    """What is known about ``text``, one thing a line: the surest errors first, of those that belong
    together the cause, of others the last. Of the text only what ``hide`` leaves is repeated."""
    errors = blocks(text)
    shown = _Shown(text, hide)
    candidates = [m for row in ROWS for m in _match(row, text, shown, errors, s)]
    candidates.sort(key=lambda match: (match.row.general, SURE.index(match.sure), -match.at))
    lines: Dict[int, Match] = {}
    for match in candidates:
        lines.setdefault(match.line, match)
    return _in_order(list(lines.values()), errors)


def _in_order(matches_found: List[Match], errors: List[Block]) -> List[Match]:
    """The chain with the surest explanation first, in a chain what came first."""
    placed = [(match, _block_at(match.at, errors)) for match in matches_found]
    surest: Dict[int, int] = {}
    for match, block in placed:
        rank = SURE.index(match.sure)
        surest[block.chain] = min(rank, surest.get(block.chain, rank))

    def order(pair: Tuple[Match, Block]) -> Tuple[int, ...]:
        match, block = pair
        possible = int(match.sure == POSSIBLE or match.row.general)
        rank = SURE.index(match.sure)
        return (surest[block.chain], -block.chain, possible, block.start, rank, -match.at)

    return [match for match, _ in sorted(placed, key=order)]


def _block_at(at: int, errors: List[Block]) -> Block:
    return next((block for block in errors if at < block.end), errors[-1])


def _match(row: Row, text: str, shown: _Shown, errors: List[Block], s: Snapshot) -> Iterator[Match]:
    words = clues(row.pattern)
    if words and not any(word in text for word in words):
        return
    for occurrence in reversed(list(re.finditer(_loose(row.pattern), text, re.M))):
        block = _block_at(occurrence.start(), errors)
        vendor = vendor_of(text[block.start : block.end], _suppliers(block))
        if _allows(row, block, vendor) and _has_needs(row, text, block, errors):
            yield _explained(row, shown, occurrence, block, vendor, s)
            return


def _has_needs(row: Row, text: str, block: Block, errors: List[Block]) -> bool:
    if not row.needs:
        return True
    near = [error for error in errors if abs(error.chain - block.chain) <= 1]
    return bool(re.search(row.needs, text[near[0].start : near[-1].end].lower()))


def _loose(pattern: str) -> str:
    """A pattern whose blanks also match where a terminal wrapped the line."""
    return _BLANK.sub(lambda match: _SPACES.get(match[0], match[0]), pattern)


def _suppliers(block: Block) -> Tuple[str, ...]:
    """The packages that may have raised the error: of its frames, and of its class."""
    return (*block.packages, block.error.partition(".")[0])


def _allows(row: Row, block: Block, vendor: str) -> bool:
    """Whether this error can be the one that the row is about."""
    if row.sure != CERTAIN and is_foreign(block.error) and vendor in ("", OURS):
        return False
    if row.vendor == OTHERS and vendor in ("", OURS):
        return False
    if row.vendor not in ("", OTHERS) and vendor not in ("", row.vendor):
        return False
    if row.packages == (ANY_PACKAGE,):
        return block.raised_in not in ("", OWN_CODE)
    return not row.packages or not block.packages or block.raised_in in row.packages


def _explained(
    row: Row, shown: _Shown, occurrence: re.Match[str], block: Block, vendor: str, s: Snapshot
) -> Match:
    text, package = shown.text, block.raised_in
    vendor = shown.hide(vendor)
    values = {"vendor": vendor or row.vendor, "package": package}
    values.update(_values(occurrence, package, shown))
    local = _locally(row, shown, s, values["dist"])
    fix = _fix(row, values, s, local)
    line = text.count("\n", 0, occurrence.end())
    sure = _sureness(row, block, local)
    cause = row.cause(**values)
    at = occurrence.start()
    whose = vendor or ("" if row.general else row.vendor)
    return Match(row, sure, whose, cause, local.texts, fix, at, line)


class _Shown:
    """The text, and what may be repeated of it."""

    def __init__(self, text: str, hide: _Hide) -> None:
        self.text, self.hide, self._hidden = text, hide, hide(text)

    def value(self, value: str) -> str:
        """A part of the text as it is where hiding left it alone: a password is known to be one
        by what stands around it."""
        safe = value if value in self._hidden else self.hide(f"'{value}")[1:]
        return (safe if safe in self._hidden else "***").replace('\\"', '"')

    def said(self, text: Text) -> Text:
        """A sentence with facts of this machine in it."""
        return composed(lambda language: self.hide(text.say(language)))

    def fix(self, fix: Fix) -> Fix:
        """What a check says, likewise."""
        commands = tuple(c._replace(shown=self.hide(c.shown)) for c in fix.commands)
        return fix._replace(text=fix.text and self.said(fix.text), commands=commands)


def _sureness(row: Row, block: Block, local: _Local) -> str:
    """A frame or class of the packages that say so, or the fault itself, makes it certain."""
    shown = row.packages == (ANY_PACKAGE,) or set(row.packages) & set(_suppliers(block))
    if local.proved and row.sure == LIKELY:
        return CERTAIN
    if row.sure == CERTAIN and row.packages and not (shown or local.proved):
        return LIKELY
    return row.sure


def _values(match: re.Match[str], package: str, shown: _Shown) -> Dict[str, Any]:
    values = {name: shown.value(value) for name, value in match.groupdict().items() if value}
    names = (values.get(group) for group in ("name", "other", "third", "module", "class"))
    name = next((value for value in names if value), "")
    dist = (name or package).partition(".")[0]
    defaults = {"name": name, "dist": DISTRIBUTIONS.get(dist, dist.replace("_", "-"))}
    return {**dict.fromkeys(_FIELDS, ""), **values, **defaults}


_FIELDS = tuple(
    "status url kind char position byte tail names what range limit now have need".split()
)


# --- here ----------------------------------------------------------------------------------------


class _Local(NamedTuple):
    texts: Tuple[Text, ...]
    proved: bool = False
    fix: Optional[Fix] = None
    elsewhere: bool = False  # what would mend it must not be done to this environment


def _locally(row: Row, shown: _Shown, s: Snapshot, dist: str) -> _Local:
    sdk = s.sdk()
    texts = [shown.said(said) for said in (summary(s), *_foreign(shown.text, s))]
    for check in row.checks:
        for finding in findings_of(check, s):
            if finding.status in (FAIL, WARN):
                proved = shown.said(PROVED(message=finding.message))
                return _Local((*texts, proved), True, finding.fix and shown.fix(finding.fix))
    if row.absent and not s.packages.version(dist):
        return _Local((*texts, NOT_THERE(name=dist)), True)
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


def _fix(row: Row, values: Dict[str, Any], s: Snapshot, local: _Local) -> Fix:
    if local.fix:
        said = [row.fix(**values)] if row.keeps_fix else []
        texts = [*said, *([local.fix.text] if local.fix.text else [])]
        return local.fix._replace(text=join(texts, untranslated("\n")) if texts else None)
    commands = [_command(text.format(**values), s) for text in row.commands]
    if local.elsewhere and commands:
        text = join((IN_THAT_ENVIRONMENT, row.fix(**values)), SPACE)
        return Fix(text, tuple(Command(text) for text in commands))
    return Fix(row.fix(**values), tuple(command(s.python, text) for text in commands))


def _command(text: str, s: Snapshot) -> str:
    """``$NAME=value`` sets a variable, as this system's shell does it."""
    if not text.startswith("$"):
        return text
    name, _, value = text[1:].partition("=")
    return f'$env:{name} = "{value}"' if s.python.windows else f"export {name}={value}"


# --- the unknown ---------------------------------------------------------------------------------


def last_error(text: str) -> str:
    """The last line that names an exception, else one that looks like an error, else ""."""
    return blocks(text)[-1].error.strip() or suspicious_line(text)
