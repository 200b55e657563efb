"""Which openai package is in reach, without importing it, and what only looks like one."""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.machinery import ModuleSpec
from pathlib import Path
from typing import Any

import pytest
from subprograms import run

import dsadapter
from _backends.samples import RAW, sdk_here
from dsadapter._backends import detection

# --- in this environment --------------------------------------------------------------------------


def test_asking_imports_no_sdk() -> None:
    sdk_here()
    program = """
import sys
import dsadapter
before = set(sys.modules)
found = dsadapter.selection()
assert found.name != "raw-requests", found
loaded = {name.partition(".")[0] for name in set(sys.modules) - before}
assert not loaded & {"openai", "httpx", "httpx2", "requests", "pydantic", "aiohttp"}, loaded
"""
    run(program)


def test_an_imported_sdk_is_the_reason() -> None:
    sdk_here()
    run("""
import openai
import dsadapter
assert "is imported by the program" in dsadapter.selection().reason, dsadapter.selection()
""")


def a_file(folder: Path) -> str:
    (folder / "openai.py").write_text("raise SystemExit('imported')\n", encoding="utf-8")
    return "openai.py hides the SDK"


def an_empty_package(folder: Path) -> str:
    (folder / "openai").mkdir()
    (folder / "openai" / "__init__.py").write_text("", encoding="utf-8")
    return "is not the SDK"


def a_package_without_version(folder: Path) -> str:
    an_empty_package(folder)
    (folder / "openai" / "_client.py").write_text("class OpenAI: ...\n", encoding="utf-8")
    return "is not the SDK"


# --- what is called openai and is not the SDK -----------------------------------------------------


@pytest.mark.parametrize("make", [a_file, an_empty_package, a_package_without_version])
def test_something_else_named_openai(tmp_path: Path, make: Any) -> None:
    why = make(tmp_path)
    program = f"""
import sys
import dsadapter
from dsadapter import BackendUnavailableError
found = dsadapter.selection()
assert found.name == "raw-requests", found
assert all({why!r} in reason for _, reason in found.rejected), found
assert len(found.rejected) == 2
assert dsadapter.OpenAI(api_key="k", base_url="http://127.0.0.1:9").backend == "raw-requests"
try:
    dsadapter.selection("modern-openai")
except BackendUnavailableError as err:
    assert {why!r} in str(err), err
else:
    raise AssertionError
assert "openai" not in sys.modules
"""
    run(program, tmp_path)


def test_an_empty_folder_named_openai_hides_nothing(tmp_path: Path) -> None:
    """Python itself passes over a folder without code where a package follows on the path."""
    (tmp_path / "openai").mkdir()
    here = dsadapter.selection().name
    program = f"""
import dsadapter
found = dsadapter.selection()
assert found.name == {here!r}, found
if found.name == "raw-requests":
    reasons = dict(found.rejected)
    assert "a folder named openai without code" in reasons["modern-openai"], found
"""
    run(program, tmp_path)
    run(program, folder=tmp_path)


def test_a_mock_in_place_of_the_module(monkeypatch: Any, fresh_detection: Any) -> None:
    monkeypatch.setitem(sys.modules, "openai", import_module("types").SimpleNamespace())
    found = dsadapter.selection()
    assert found.name == RAW
    assert all("is not the SDK" in why for _, why in found.rejected)


def test_what_is_imported_counts_as_installed(monkeypatch: Any) -> None:
    """Whatever finders would say; and what was blocked (None) does not."""
    monkeypatch.setitem(sys.modules, "a_module_of_the_program", import_module("types"))
    monkeypatch.setitem(sys.modules, "a_blocked_module", None)
    assert detection.is_installed("a_module_of_the_program")
    assert not detection.is_installed("a_blocked_module")
    assert not detection.is_installed("a_module_that_is_nowhere")
    assert detection.is_installed("email.message")


@pytest.mark.parametrize("origin", [None, "namespace"], ids=["today", "older importers"])
def test_a_folder_without_code_is_told(origin: Any) -> None:
    spec = ModuleSpec("openai", None, origin=origin, is_package=True)
    assert "without code" in str(detection._installed(spec).fault)


def test_the_sdk_of_a_frozen_program(monkeypatch: Any, tmp_path: Path) -> None:
    """Its modules are named as compiled files; the text that the hook adds lies beside them."""
    package = tmp_path / "openai"
    package.mkdir()
    (package / "__init__.py").write_text("from ._client import OpenAI\n", encoding="utf-8")
    (package / "_version.py").write_text('__version__ = "3.57.0"\n', encoding="utf-8")
    (package / "version.py").write_text('VERSION = "0"\n', encoding="utf-8")  # read for 0.28 only
    spec = ModuleSpec("openai", None, origin=str(package / "__init__.pyc"), is_package=True)
    spec.submodule_search_locations = [str(package)]
    monkeypatch.setattr(detection, "spec_of", {"openai": spec}.get)
    monkeypatch.delitem(sys.modules, "openai", raising=False)
    detection.forget()
    found = detection.sdk()
    detection.forget()
    assert found is not None
    assert (found.version, found.fault) == ("3.57.0", None)
