"""Names of a module are followed to what they stand for; what cannot be followed is unknown."""

from __future__ import annotations

import ast
from typing import Any, List, Optional

import pytest

from dsadapter._source.python_file import (
    PythonFile,
    Value,
    assignments,
    check_syntax,
    last_name,
    names_in,
    parse,
    string_entries,
    subscript_key,
)
from dsadapter._source.walker import Walker


def calls(code: str) -> List[str]:
    """The dotted name of each call, in order."""
    dotted: List[str] = []

    def on_call(file: PythonFile, node: ast.Call) -> None:
        dotted.append(file.dotted(node.func))

    def at_end(file: PythonFile, scope: Any) -> None:
        pass

    Walker([(ast.Call, on_call)], at_end).walk(PythonFile(), parse(code))
    return dotted


@pytest.mark.parametrize(
    "code, expected",
    [
        ("'a' + B", "ab"),
        ("f'a{B}c'", "abc"),
        ("'a%s%s' % (B, 'c')", "abc"),
        ("'{a%s}' % B", "{ab}"),
        ("'a{}{c}'.format(B, c='c')", "abc"),
        ("B", "b"),
        ("'a' + unknown", None),
        ("f'a{unknown[\"b\"]}'", None),
        ("'a%s' % unknown['b']", None),
        ("'a{}'.format(unknown('b'))", None),
        ("'a{}{}'.format(B)", None),
        ("'a{:>999999999}'.format(B)", None),
        ("'a%s' % {'b': B}", None),
        ("LOOP", None),
        ("1 + 1", None),
        ("f('a')", None),
    ],
)
def test_what_is_written_for_a_text(code: str, expected: Optional[str]) -> None:
    file = PythonFile()
    names = {"B": "'b'", "LOOP": "'a' + LOOP"}
    for name, text in names.items():
        file.scope.names[name] = Value("", ast.parse(text, mode="eval").body)
    assert file.written(ast.parse(code, mode="eval").body) == expected


@pytest.mark.parametrize(
    "code, expected",
    [
        ("import openai as o\no.Model.list()", ["openai.Model.list"]),
        (
            "from openai import OpenAI as C\nc = C()\nc.chat()",
            ["openai.OpenAI", "openai.OpenAI().chat"],
        ),
        ("import a\nwith a.b() as c: c.d()", ["a.b", "a.b().d"]),
        ("from a import B\ndef f(x: B): x.y()", ["a.B().y"]),
        ("import a\nclass C:\n def f(self):\n  self.x = a.b()\n  self.x.c()", ["a.b", "a.b().c"]),
        ("import a\nfor a in b: a.c()", [""]),
        ("x, y = z\nx.f()", [""]),
        ("import a\nx, y = a.b(), z\nx.f()", ["a.b", "a.b().f"]),
        ("import a\nfor x in a.b(): x.c()", ["a.b", "a.b()[].c"]),
        ("import a\na.b()[0].c()", ["a.b()[].c", "a.b"]),
        ("from a import *\nb.c()\nlen(x)", ["a.b.c", "len"]),
        (
            "import importlib as i\nm = i.import_module('a')\nm.b()",
            ["importlib.import_module", "a.b"],
        ),
        ("try: import a\nexcept ImportError: a = None\na.b()", ["a.b"]),
        ("try: import a\nexcept ImportError:\n class a: pass\na.b()", ["a.b"]),
        ("import a\nclass a: pass\na.b()", [""]),
        ("import a\ndef a(): pass\na.b()", [""]),
        ("import a\nclass C:\n def a(self): pass\na.b()", ["a.b"]),
        ("import a\ndef f():\n class a: pass\na.b()", ["a.b"]),
        ("import a\ndef f(a, /, **b): a.b(); b.c()", ["", ""]),
    ],
)
def test_names_are_followed(code: str, expected: List[str]) -> None:
    assert calls(code) == expected


def test_a_name_of_a_function_ends_with_it() -> None:
    assert calls("def f():\n import a as b\n b.c()\nb.c()") == ["a.c", "b.c"]


def test_a_warning_of_the_parser_is_not_shown(recwarn: pytest.WarningsRecorder) -> None:
    parse("x = '\\d'")
    assert list(recwarn) == []


def test_each_value_of_an_assignment_has_its_target() -> None:
    node: Any = parse("a.b, c = 1, 2").body[0]
    pairs = [(ast.dump(target), value.value) for target, value in assignments(node)]
    assert [value for _, value in pairs] == [1, 2]
    node = parse("a = b = c").body[0]
    assert [target.id for target, _ in assignments(node)] == ["a", "b"]


def test_entries_and_subscripts() -> None:
    node: Any = parse("{'a': 1, b: 2, **c}['k']").body[0]
    assert list(string_entries(node.value.value)) == ["a"]
    assert subscript_key(node.value) == "k"
    assert string_entries(node.value) == string_entries(None) == {}


def test_names_in_an_expression() -> None:
    def expression(code: str) -> ast.AST:
        return ast.parse(code, mode="eval").body

    assert sorted(names_in(expression("a.b(c, 'd', e=1)"))) == ["a", "b", "c"]
    assert [last_name(expression(code)) for code in ("a", "a.b", "a()", "a['b']")] == [
        "a",
        "b",
        "",
        "",
    ]


@pytest.mark.parametrize(
    "code",
    ["x = 1", "print 1", "return 1", "def f():\n x = 1\n global x", 'x = "\\d"', "a\0b", "(" * 300],
)
def test_a_file_without_a_tree_is_judged_as_one_with_it(code: str) -> None:
    errors = []
    for read in (parse, check_syntax):
        try:
            read(code)
            errors.append("")
        except (SyntaxError, ValueError, MemoryError) as err:
            errors.append(f"{type(err).__name__}: {err}")
    assert errors[0] == errors[1]
