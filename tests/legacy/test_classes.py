"""The table of 0.28's classes, and the lists that a type checker or an import needs beside it."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any, Dict, List, Set

import pytest

import dsadapter
from dsadapter._legacy import api_resources, modules, object_classes
from dsadapter._legacy.classes import CLASSES, EXPORTED, LegacyClass, load

PACKAGE = Path(str(dsadapter.__file__)).parent
EVERY_ROW = pytest.mark.parametrize("row", CLASSES, ids=lambda row: row.name)


def imported_names(file: str) -> Dict[str, Set[str]]:
    """Module -> the names that ``from module import ...`` takes, for checkers or for all."""
    names: Dict[str, Set[str]] = {}
    for node in ast.walk(ast.parse((PACKAGE / file).read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            names.setdefault(node.module or "", set()).update(a.name for a in node.names)
    return names


def test_the_package_names_the_same_for_checkers_and_at_run_time() -> None:
    for_checkers = imported_names("__init__.py")["_legacy.api_resources"]
    at_run_time = {name for name, home in dsadapter._LAZY.items() if "_legacy.api_res" in home}
    assert for_checkers == at_run_time == set(EXPORTED)


def test_api_resources_holds_every_exported_class() -> None:
    assert api_resources.__all__ == sorted(EXPORTED)
    names = imported_names("_legacy/api_resources.py")
    by_file: Dict[str, Set[str]] = {}
    for row in CLASSES:
        if row.exported:
            by_file.setdefault(row.file, set()).add(row.name)
    assert {file: names[file] for file in by_file} == by_file


def test_every_resource_class_has_a_row() -> None:
    public: List[str] = []
    for file in ("resources", "uploads", "files"):
        module = ast.parse((PACKAGE / f"_legacy/{file}.py").read_text(encoding="utf-8"))
        public += [n.name for n in module.body if isinstance(n, ast.ClassDef) and n.name[0] != "_"]
    assert sorted(public) == sorted(row.name for row in CLASSES if row.file != "objects")


@pytest.mark.parametrize("name", [name for name in modules.MODULES if name != "error"])
def test_a_checker_sees_what_the_module_has(name: str) -> None:
    """``dsadapter/util.py`` stands for ``_legacy/util.py``, whose ``__all__`` is 0.28's."""
    module: Any = modules.module(name)
    imported = imported_names(f"{name}.py")[modules.MODULES[name]]
    assert "*" in imported
    visible = imported | set(getattr(module, "__all__", vars(module)))
    source = Path(str(module.__file__)).read_text(encoding="utf-8")
    kinds = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    defined = {node.name for node in ast.parse(source).body if isinstance(node, kinds)}
    assert {definition for definition in defined if definition[0] != "_"} <= visible


@EVERY_ROW
def test_the_class_stands_where_028_has_it(row: LegacyClass) -> None:
    cls = load(row)
    assert getattr(modules.module(f"api_resources.{row.module}"), row.name) is cls
    assert object_classes.OBJECT_CLASSES.get(row.kind) is (cls if row.kind else None)
    if row.exported:
        assert getattr(dsadapter, row.name) is cls


@EVERY_ROW
def test_a_caller_s_subclass_stays_as_it_was_written(row: LegacyClass) -> None:
    """As in pyautogen 0.1.14, which has class properties."""

    def create(cls: Any, **params: Any) -> Any:
        return cls, params

    unusual, usual = classmethod(property(lambda cls: "own")), classmethod(create)  # type: ignore[type-var]
    Own: Any = type("Own", (load(row),), {"unusual": unusual, "create": usual})
    assert vars(Own)["unusual"] is unusual
    assert vars(Own)["create"] is usual
    assert Own.create(x=1) == (Own, {"x": 1})
