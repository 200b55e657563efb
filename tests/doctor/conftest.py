"""The fixture of the doctor's tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from doctor_machines import Ran, command


@pytest.fixture()
def run(tmp_path: Path) -> Any:
    def start(*argv: str, **more: Any) -> Ran:
        more.setdefault("cwd", tmp_path)
        return command(*argv, **more)

    return start
