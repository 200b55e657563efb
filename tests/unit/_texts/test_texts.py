"""Every text for people: both languages, the same fields, each language's own punctuation."""

from __future__ import annotations

import ast
import re
import string
import sys
from importlib import import_module
from pathlib import Path
from typing import Any, Dict, Iterator, List, Set, Tuple

import pytest

import dsadapter
from dsadapter.__main__ import COMMANDS
from dsadapter._texts import commands
from dsadapter._texts.text import LIST_COMMA, Text, join, untranslated

ROOT = Path(str(dsadapter.__file__)).parent
MODULES = sorted(path.stem for path in (ROOT / "_texts").glob("*.py") if path.stem != "__init__")

CHINESE = "\u4e00-\u9fff"
WIDE = "\uff08\uff09\uff0c\u3002\uff1a\uff1b\uff1f\uff01\u3001"
# An ASCII mark beside a Chinese character, where Chinese has a mark of its own.
NARROW_MARK = re.compile(rf"[{CHINESE}][,;:?!()]|[,;:?!()][{CHINESE}]|[{CHINESE}]\.(?:\s|$)")
ADDRESS = re.compile(rf"\w+://[^\s{WIDE}]+")  # its colons are its own


def rows_of(value: Any, name: str) -> Iterator[Tuple[str, Text]]:
    """The texts in a constant, inside tuples and dicts too."""
    if isinstance(value, Text):
        yield name, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from rows_of(item, f"{name}[{key!r}]")
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from rows_of(item, f"{name}[{index}]")


def data_rows() -> List[Tuple[str, Text]]:
    """Each row of ``_texts``."""
    rows: List[Tuple[str, Text]] = []
    for name in MODULES:
        module = import_module(f"dsadapter._texts.{name}")
        for constant, value in vars(module).items():
            if constant.isupper():
                rows += rows_of(value, f"{name}.{constant}")
    return rows


def written_rows() -> List[Tuple[str, Text]]:
    """Each ``Text("...", "...")`` that is written anywhere else in the package."""
    rows: List[Tuple[str, Text]] = []
    for path in sorted(ROOT.rglob("*.py")):
        if path.parent.name == "_texts":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Text":
                values = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
                if len(values) == 2:
                    file = path.relative_to(ROOT).as_posix()
                    rows.append((f"{file}:{node.lineno}", Text(*values)))
    return rows


ROWS, WRITTEN = data_rows(), written_rows()


def fields(text: str) -> Set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}


def faults(text: Text) -> Set[str]:
    """What is wrong with the text, by name; its fields apart."""
    wrong = set()
    if bool(text.en.strip()) != bool(text.zh.strip()) and "".join(text).strip():
        wrong.add("a language is missing")
    if re.search(rf"[{CHINESE}{WIDE}]", text.en) and text.en != text.zh:
        wrong.add("English has Chinese in it")
    if text.en != text.zh and text.zh.strip() and not re.search(rf"[{CHINESE}{WIDE}]", text.zh):
        wrong.add("Chinese is not Chinese")
    if NARROW_MARK.search(ADDRESS.sub("", text.zh)):
        wrong.add("Chinese has ASCII punctuation")
    return wrong


def test_there_are_rows_to_look_at() -> None:
    assert len(ROWS) > 50
    assert len(WRITTEN) > 20


@pytest.mark.parametrize("name, text", ROWS, ids=[name for name, _ in ROWS])
def test_a_row_is_whole(name: str, text: Text) -> None:
    assert text.en.strip() or name.endswith(("LIST_COMMA", "NOTHING"))
    assert faults(text) == set()
    assert fields(text.en) == fields(text.zh)


def test_texts_elsewhere_are_whole() -> None:
    assert {name: faults(text) for name, text in WRITTEN if faults(text)} == {}


@pytest.mark.parametrize(
    "text, fault",
    [
        (Text("Stop.", ""), "a language is missing"),
        (Text("", "停。"), "a language is missing"),
        (Text("Stop。", "停。"), "English has Chinese in it"),
        (Text("Stop.", "Stop now."), "Chinese is not Chinese"),
        (Text("Stop, now.", "停下,现在。"), "Chinese has ASCII punctuation"),
        (Text("Stop.", "停下."), "Chinese has ASCII punctuation"),
        (Text("A (b)", "甲(乙)"), "Chinese has ASCII punctuation"),
    ],
)
def test_a_wrong_text_is_found(text: Text, fault: str) -> None:
    assert faults(text) == {fault}


def riddle(text: Text) -> bool:
    """Whether a sentence says what to do to something that it does not name: "Say it so."."""
    first = text.en.partition("\n")[0]
    return bool(
        re.match(r"\w+(?: \w+)? (?:it|them|that|this|one)(?: (?:in|so|there|whole))?[.:]?$", first)
    ) or (first.startswith(("Say it", "Name it", "Bring it", "Keep it", "End it")))


@pytest.mark.parametrize("name, text", ROWS, ids=[name for name, _ in ROWS])
def test_no_row_is_a_riddle(name: str, text: Text) -> None:
    assert not riddle(text)


@pytest.mark.parametrize("text", ["Rename it.", "Say it as X.", "Keep one.", "Bring it in."])
def test_a_riddle_is_found(text: str) -> None:
    assert riddle(Text(text, text))


# --- where rows are used -------------------------------------------------------------------------


def texts_of(tree: ast.Module, file: str) -> Dict[str, Text]:
    """The texts that a file can name, as it names them: ``texts.NAME``, ``NAME``."""
    known: Dict[str, Text] = {}
    for node in ast.walk(tree):
        if not isinstance(node, ast.ImportFrom) or "_texts" not in (node.module or "").split("."):
            continue
        for alias in node.names:
            base = str(node.module).rpartition("_texts")[2].strip(".")
            if base:
                value = getattr(import_module(f"dsadapter._texts.{base}"), alias.name)
                known.update({alias.asname or alias.name: value} if type(value) is Text else {})
            else:
                module = import_module(f"dsadapter._texts.{alias.name}")
                rows = {k: v for k, v in vars(module).items() if type(v) is Text}
                known.update({f"{alias.asname or alias.name}.{k}": v for k, v in rows.items()})
    return known


def wrong_calls(tree: ast.Module, known: Dict[str, Text]) -> List[str]:
    """Calls that fill other fields in than the text has."""
    wrong = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or ast.unparse(node.func) not in known:
            continue
        passed = {keyword.arg for keyword in node.keywords}
        if None not in passed and passed != fields(known[ast.unparse(node.func)].en):
            wrong.append(f"{ast.unparse(node.func)} (line {node.lineno})")
    return wrong


@pytest.mark.skipif(sys.version_info < (3, 9), reason="ast.unparse")
def test_every_call_fills_in_the_fields_of_its_text() -> None:
    calls = 0
    for path in sorted(ROOT.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        known = texts_of(tree, path.name)
        assert wrong_calls(tree, known) == [], path
        calls += len(known)
    assert calls > 200


@pytest.mark.skipif(sys.version_info < (3, 9), reason="ast.unparse")
def test_a_call_with_other_fields_is_found() -> None:
    tree = ast.parse("A(x=1)\nA(y=1)\nA(x=1, y=2)\nA(**more)")
    assert wrong_calls(tree, {"A": Text("{x}", "{x}")}) == ["A (line 2)", "A (line 3)"]


def test_fields_are_found() -> None:
    assert fields("{a} {b!r} {c:>5} {{d}}") == {"a", "b", "c"}


def test_every_command_has_a_summary() -> None:
    assert list(commands.SUMMARIES) == list(COMMANDS)


# --- the class -----------------------------------------------------------------------------------


def test_fields_are_filled_in_both_languages() -> None:
    text = Text("{name} is {state}", "{name} {state}")(name="x", state=Text("gone", "没有了"))
    assert text == Text("x is gone", "x 没有了")
    assert (text.say("zh"), text.say("en"), text.say("fr")) == (
        "x 没有了",
        "x is gone",
        "x is gone",
    )


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "0 files are"), (1, "1 file is"), ("1", "1 file is"), (2, "2 files are")],
)
def test_a_number_decides_its_words(count: Any, said: str) -> None:
    text = Text("{n} {n:file is|files are} {what}", "{n} 个文件{what}")
    assert text(n=count, what="a|b").en == f"{said} a|b"
    assert text(n=count, what="a|b").zh == f"{count} 个文件a|b"


# Numbers of things that can be one: a plural alone would say "1 places".
NUMBER = re.compile(
    r"\{(?:count|n|more|turns|rows|done|failed|changed|markers)\} (?:more )?[a-z]+s\b"
)
MANY = {  # of which there are two at least, or where the word is a verb
    "batch.PLAN_ANSWERS",
    "doctor_sdk.TWO_INFOS",
    "doctor_sdk.UNMET_MORE",
    "matrix.TEXTS['all']",
    "matrix.TEXTS['page']",
    "migrate.WILL_RUN",
    "rules_request.SMALL_LIMIT",
}


def test_no_number_is_followed_by_a_bare_plural() -> None:
    """Rows of errors and of argparse recognise sentences that are made elsewhere."""
    own = [(name, text.en) for name, text in ROWS if not name.startswith(("errors", "parser."))]
    assert [name for name, text in own if NUMBER.search(text) and name not in MANY] == []


def test_texts_are_joined_in_both_languages() -> None:
    joined = join([Text("one", "一"), untranslated("2")], LIST_COMMA)
    assert joined == Text("one, 2", "一、2")
