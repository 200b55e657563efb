"""The SDK is looked for while another thread imports it."""

from __future__ import annotations

import sys
from importlib.util import spec_from_file_location
from typing import Any

from dsadapter._backends import detection


def test_an_sdk_that_is_being_imported_is_the_one_of_its_files(
    tmp_path: Any, monkeypatch: Any
) -> None:
    (tmp_path / "openai").mkdir()
    (tmp_path / "openai" / "_version.py").write_text('__version__ = "1.50.0"\n')
    file = tmp_path / "openai" / "__init__.py"
    file.write_text("from ._client import OpenAI\n")
    spec: Any = spec_from_file_location(
        "openai", str(file), submodule_search_locations=[str(file.parent)]
    )
    spec._initializing = True
    module: Any = type(sys)("openai")
    module.__spec__, module.__file__ = spec, str(file)
    monkeypatch.setitem(sys.modules, "openai", module)
    detection.forget()
    found: Any = detection.sdk()
    detection.forget()
    assert (found.version, found.fault) == ("1.50.0", None)
