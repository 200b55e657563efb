"""Notebooks: their code as one module, and where each line of it stands."""

from __future__ import annotations

import json
from typing import Any

import pytest

from dsadapter._source import notebook
from dsadapter._source.notebook import Place, read, without_magics


def notebook_of(*cells: str, **more: Any) -> bytes:
    rows = [{"cell_type": "code", "source": cell.splitlines(True)} for cell in cells]
    text = {"cell_type": "markdown", "source": "import nothing"}
    return json.dumps({"cells": [text, *rows], **more}).encode()


def test_cells_are_one_module_with_places() -> None:
    read_back = read(notebook_of("import a\nb = 1", "c = 2"))
    assert read_back.text == "import a\nb = 1\nc = 2"
    assert read_back.places == (Place(1, 1), Place(1, 2), Place(2, 1))


def test_a_cell_without_source_is_an_empty_one() -> None:
    cells = [{"source": None}, {}, {"input": "a = 1"}, {"source": "b = 2"}]
    raw = json.dumps({"cells": [{"cell_type": "code", **cell} for cell in cells]}).encode()
    assert read(raw).text == "\n\na = 1\nb = 2"


@pytest.mark.parametrize(
    "cell, python",
    [
        ("!ls\nx = 1", "pass\nx = 1"),
        ("%matplotlib inline", "pass"),
        ("x = !ls", "x = None"),
        ("files = %who_ls", "files = None"),
        ("if x:\n    !ls", "if x:\n    pass"),
        ("!pip install a \\\n  b\ny = 1", "pass\n\ny = 1"),
        ("open?", "pass"),
        ("%%time\nx = 1", "pass\nx = 1"),
        ("%time x = f()", "if 1: x = f()"),
        ("if x:\n    %timeit -n 3 -r1 f(x)", "if x:\n    if 1:            f(x)"),
        ("x = %time f()", "x =       f()"),
        ("%prun -s cum -q f()", "if 1:           f()"),
        ("%time for x in y: f(x)", "pass"),
        ("%time !ls", "pass"),
        ("%time", "pass"),
        ("pip install openai==0.28\nx = 1", "pass\nx = 1"),
        ("%%bash\necho $x\n", "\n\n"),
        ("%%writefile a.py\nx = (", "\n"),
        ("x = 7 % 2\nb = a != 3", "x = 7 % 2\nb = a != 3"),
    ],
)
def test_magics_are_blank(cell: str, python: str) -> None:
    assert without_magics(cell) == python


@pytest.mark.parametrize(
    "line, expected",
    [
        ("!pip install openai==0.28", [("openai", "==0.28")]),
        ("%pip install -q 'openai<1' httpx  # why", [("openai", "<1"), ("httpx", "")]),
        ("!{sys.executable} -m pip install -r r.txt openai", [("openai", "")]),
        ("!pip3 install openai==1.1 && echo", [("openai", "==1.1")]),
        ("!uv pip install openai", [("openai", "")]),
        ("pip install openai==0.28", [("openai", "==0.28")]),
        ("f('python -m pip install openai')", []),
        ("!pip uninstall openai", []),
        ("# !pip install openai", []),
    ],
)
def test_installations_of_a_cell_are_requirements(line: str, expected: Any) -> None:
    read_back = read(notebook_of("x = 1", line))
    assert [(row.name, row.specifier) for row in read_back.installs] == expected
    assert all(read_back.places[row.line - 1] == Place(2, 1) for row in read_back.installs)


def test_a_cell_that_is_no_python_is_named_and_left_out() -> None:
    read_back = read(notebook_of("def (", "x = 1"))
    assert [number for number, _ in read_back.unread] == [1]
    assert (read_back.text, read_back.places) == ("x = 1", (Place(2, 1),))


def test_the_older_format_has_its_cells_in_sheets() -> None:
    raw = json.dumps({"worksheets": [{"cells": [{"cell_type": "code", "input": ["a = 1"]}]}]})
    assert read(raw.encode()).text == "a = 1"


@pytest.mark.parametrize("raw", [b"{}", b"[]", b"not json", b"\xff", b'{"cells": [1]}'])
def test_what_is_no_notebook_is_a_value_error(raw: bytes) -> None:
    with pytest.raises(ValueError):
        notebook.read(raw)
