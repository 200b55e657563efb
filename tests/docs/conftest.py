"""What the tests of the pages share."""

from __future__ import annotations

from typing import Iterator

import pytest

from dsadapter.testing import Emulator


@pytest.fixture(name="emulator")
def running_emulator() -> Iterator[Emulator]:
    with Emulator() as server:
        yield server
