"""A plugin for the SDK's own tests: its clients are the adapter's, its mock server the emulator."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, Dict

import pytest

import dsadapter
from dsadapter.testing.emulator import Emulator

_DATA = json.loads(Path(__file__).with_name("not_applicable.json").read_text(encoding="utf-8"))
#: The name of a test, without its parameters -> why it does not apply.
REASONS: Dict[str, str] = {
    f"{file}::{name}": reason
    for reason, files in _DATA.items()
    for file, names in files.items()
    for name in names
}

_emulator = Emulator()
os.environ["TEST_API_BASE_URL"] = _emulator.__enter__().base_url
dsadapter.install(modern="adapter")


def pytest_collection_modifyitems(items: Any) -> None:
    """Skip what does not apply. A row names a test, with its parameters or without; a row that
    names none in the files of this run is an error."""
    names = {item.nodeid for item in items} | {item.nodeid.partition("[")[0] for item in items}
    files = {item.nodeid.partition("::")[0] for item in items}
    unknown = [row for row in REASONS if row.partition("::")[0] in files and row not in names]
    if unknown:
        raise pytest.UsageError(f"not_applicable.json names tests that are not there: {unknown}")
    for item in items:
        reason = REASONS.get(item.nodeid) or REASONS.get(item.nodeid.partition("[")[0])
        if reason:
            item.add_marker(pytest.mark.skip(reason=f"does not apply: {reason}"))


def pytest_unconfigure() -> None:
    """Stop the emulator."""
    dsadapter.uninstall()
    _emulator.__exit__(None, None, None)
