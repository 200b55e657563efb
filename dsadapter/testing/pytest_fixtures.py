"""The fixture `deepseek_emulator`, in every pytest run of an environment that has dsadapter.

The plugin is called `dsadapter`: `-p no:dsadapter` leaves it out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Iterator

import pytest

if TYPE_CHECKING:
    from .emulator import Emulator


@pytest.fixture
def deepseek_emulator() -> Iterator[Emulator]:
    """A DeepSeek API on loopback, fresh for this test: see `dsadapter.testing.emulator`."""
    from .emulator import Emulator  # not before a test asks: plugins load in every run

    with Emulator() as emulator:
        yield emulator
