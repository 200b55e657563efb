"""The same fixture for `-p dsadapter.testing.pytest_plugin`, where no plugin is looked for.

A module of its own: pytest refuses to register one module under two names.
"""

from __future__ import annotations

from .pytest_fixtures import deepseek_emulator as deepseek_emulator
