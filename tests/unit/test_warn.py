"""Warnings name the line of the caller, not one of this package."""

from __future__ import annotations

import warnings
from typing import Any, List

import pytest

from dsadapter._warn import warn_caller


def inside(module: str, source: str, **names: Any) -> Any:
    """The function ``f`` of a module of this name."""
    space = {"__name__": module, "warn_caller": warn_caller, **names}
    exec(compile(source, f"{module}.py", "exec"), space)
    return space["f"]


WARN = "def f():\n    warn_caller('text')\n"
CALL = "def f():\n    g()\n"


def warned(function: Any) -> List[Any]:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        function()
    return [(str(w.message), w.category, w.filename, w.lineno) for w in caught]


@pytest.mark.parametrize("module", ["dsadapter", "dsadapter._call.prepare"])
@pytest.mark.parametrize("depth", [0, 1, 5])
def test_the_first_frame_outside_is_named(module: str, depth: int) -> None:
    function = inside(module, WARN)
    for _ in range(depth):
        function = inside(module, CALL, g=function)
    program = inside("program", "def f():\n    pass\n    g()\n", g=function)
    assert warned(program) == [("text", UserWarning, "program.py", 3)]


def test_a_package_of_a_similar_name_is_outside() -> None:
    program = inside("dsadapters", CALL, g=inside("dsadapter", WARN))
    assert warned(program) == [("text", UserWarning, "dsadapters.py", 2)]


def test_the_category_is_the_one_asked_for() -> None:
    program = inside("program", CALL, g=lambda: warn_caller("text", DeprecationWarning))
    ((_, category, *_),) = warned(program)
    assert category is DeprecationWarning
