"""The measured environments as text: the answer for this environment, and all the tables."""

from __future__ import annotations

from typing import Any, Dict, Iterable, Iterator, List, Mapping, Optional, Sequence

from .. import _console
from .._texts.matrix import TEXTS
from .._texts.text import Text
from .nearest import LIBRARIES, Fact, Installed, Match

Data = Mapping[str, Any]
MARKS = {"PASS": "✓", "FAIL": "✗", "NONE": "–", "NOT_RUN": "·"}
#: For an output that cannot print the marks: as wide, so that columns stay columns.
ASCII = {"✓": "+", "✗": "x", "–": "-", "·": "."}
COLOURS = {"✓": _console.GREEN, "✗": _console.RED}
LETTERS = "AB"


# --- this environment ----------------------------------------------------------------------------


def nearest(data: Data, here: Installed, matches: List[Match], language: str) -> str:
    """What was measured for ``here``, or nearest to it."""
    texts = _texts(language)
    lines = list(_head(texts, here, matches))
    for letter, match in zip(LETTERS, matches):
        lines += ["", *_row(data, texts, f"{letter}  " if matches[1:] else "", match)]
    if matches:
        lines += ["", texts["legend"].format(**MARKS), *_capabilities(data, language, matches)]
        lines += _notes(data["notes"], texts, sorted(set(_numbers(matches))))
    lines += ["", texts["all"].format(count=len(data["environments"]))]
    return _marked(lines)


def outcomes(data: Data, match: Match, subject: str) -> Dict[str, Dict[str, str]]:
    """What ``native`` or ``dsadapter`` did there: pass, fail with its text, or not-applicable."""
    numbers = {row["id"]: 0 for row in data["capabilities"]}  # 0: it passed, there is no note
    numbers.update(match.environment[subject])
    return {name: _outcome(data["notes"], number) for name, number in numbers.items()}


def _outcome(notes: Sequence[Any], number: Optional[int]) -> Dict[str, str]:
    if number is None:
        return {"outcome": "not-applicable", "text": ""}
    if number == 0:
        return {"outcome": "pass", "text": ""}
    return {"outcome": "fail", "text": notes[number - 1]["text"]}


def _texts(language: str) -> Dict[str, str]:
    return {name: text.say(language) for name, text in TEXTS.items()}


def _head(texts: Mapping[str, str], here: Installed, matches: List[Match]) -> Iterator[str]:
    names = [name for name in here.versions if name == "openai" or name in LIBRARIES[here.backend]]
    facts = [_fact(texts, name, here.versions[name]) for name in names]
    system = [f"{here.implementation} {here.python}", here.platform]
    yield texts["here"].format(facts=texts["comma"].join([*facts, *system]))
    if here.fault:
        yield texts["fault"].format(fault=here.fault)
    if not matches:
        yield texts["unmeasured"].format(backend=here.backend)
    elif any(not match.differing for match in matches):
        yield texts["exact"]
    else:
        yield texts["around" if matches[1:] else "nearest"]


def _row(data: Data, texts: Mapping[str, str], letter: str, match: Match) -> Iterator[str]:
    row = match.environment
    yield letter + texts["row"].format(
        name=row["name"], date=row["measured"], backend=row["backend"]
    )
    for kind, facts in (("same", match.same), ("differing", match.differing)):
        if facts:
            yield texts[kind].format(facts=texts["comma"].join(_compared(texts, f) for f in facts))
    count = len(data["capabilities"])
    native, adapter = (_share(texts, row[subject], count) for subject in ("native", "dsadapter"))
    text = "works" if row["versions"].get("openai") else "works_without"
    yield texts[text].format(native=native, adapter=adapter)
    if row["failed_tests"]:
        yield texts["failed"].format(count=row["failed_tests"])


def _share(texts: Mapping[str, str], not_passed: Mapping[str, Optional[int]], count: int) -> str:
    """How many of those that were asked passed."""
    asked = count - list(not_passed.values()).count(None)
    return texts["share"].format(passed=count - len(not_passed), asked=asked)


def _compared(texts: Mapping[str, str], fact: Fact) -> str:
    text = _fact(texts, fact.name, fact.measured)
    if fact.measured == fact.installed:
        return text
    return texts["differs"].format(fact=text, installed=fact.installed or texts["none"])


def _fact(texts: Mapping[str, str], name: str, version: str) -> str:
    if not version:
        return texts["absent"].format(name=name)
    return version if name in ("implementation", "platform") else f"{name} {version}"


def _capabilities(data: Data, language: str, matches: List[Match]) -> Iterator[str]:
    """A line for each capability: the marks first, because the title has any width."""
    cells = {
        row["id"]: [_cell(match, row["id"]) for match in matches] for row in data["capabilities"]
    }
    width = max(len(cell) for row in cells.values() for cell in row)
    if matches[1:]:
        yield "   ".join(letter.ljust(width) for letter, _ in zip(LETTERS, matches)).rstrip()
    for group in data["groups"]:
        yield ""
        yield _title(group, language)
        for row in data["capabilities"]:
            if row["group"] == group["id"]:
                marks = "   ".join(cell.ljust(width) for cell in cells[row["id"]])
                yield f"{marks}   {_title(row, language).replace('`', '')}"


def _title(row: Mapping[str, Any], language: str) -> str:
    return Text(row["en"], row["zh"]).say(language)


def _cell(match: Match, capability: str) -> str:
    native, adapter = (match.environment[subject] for subject in ("native", "dsadapter"))
    return f"{_mark(native, capability)} / {_mark(adapter, capability)}"


def _mark(not_passed: Mapping[str, Optional[int]], capability: str) -> str:
    if capability not in not_passed:
        return MARKS["PASS"]
    number = not_passed[capability]
    return MARKS["NONE"] if number is None else f"{MARKS['FAIL']} {number}"


def _numbers(matches: List[Match]) -> Iterator[int]:
    for match in matches:
        for subject in ("native", "dsadapter"):
            yield from (number for number in match.environment[subject].values() if number)


def _notes(notes: Sequence[Any], texts: Mapping[str, str], numbers: Iterable[int]) -> Iterator[str]:
    lines = [f"{number}. {' '.join(notes[number - 1]['text'].split())}" for number in numbers]
    if lines:
        yield from ("", texts["notes"], *lines)


# --- all of them ---------------------------------------------------------------------------------


def page(data: Data, language: str) -> str:
    """The tables of compat_matrix.md, with their notes."""
    texts = _texts(language)
    days = " – ".join(dict.fromkeys((data["measured"]["from"], data["measured"]["to"])))
    count = len(data["environments"])
    lines = [
        texts["page"].format(adapter=data["adapter"], count=count, days=days),
        texts["page_legend"].format(**MARKS),
    ]
    for table in data["tables"]:
        lines += ["", _title(table, language), *_aligned([table["head"], *table["rows"]])]
    lines += _notes(data["notes"], texts, range(1, len(data["notes"]) + 1))
    return _marked(lines)


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows)]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip()


def _marked(lines: Iterable[str]) -> str:
    """The lines with marks that the output can print, coloured where it has colour."""
    text = "\n".join(lines)
    coloured = _console.has_colour()
    printable = _console.can_print("".join(ASCII))
    for mark, ascii_mark in ASCII.items():
        shown = mark if printable else ascii_mark
        colour = COLOURS.get(mark, "")
        text = text.replace(mark, _console.paint(shown, colour, coloured and bool(colour)))
    return text
