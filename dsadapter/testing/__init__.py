"""For tests: an emulator of the DeepSeek API, and the contract that every backend keeps.

    from dsadapter.testing import Emulator

    with Emulator() as emulator:
        client = OpenAI(base_url=emulator.base_url, api_key="any")

The pytest fixture ``deepseek_emulator`` comes with the package.
"""

from __future__ import annotations

from typing import Any

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .emulator import FAULTS as FAULTS
    from .emulator import Emulator as Emulator

__all__ = ["FAULTS", "Emulator"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        from . import emulator

        return getattr(emulator, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
