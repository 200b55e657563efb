"""PyInstaller finds its hook for dsadapter here, by the entry point ``pyinstaller40``."""

from __future__ import annotations

import os
from typing import List


def hook_dirs() -> List[str]:
    """The folders with hooks of ours: the one of this file."""
    return [os.path.dirname(os.path.abspath(__file__))]
