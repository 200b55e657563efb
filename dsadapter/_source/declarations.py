"""Every kind of file in which a project declares what it needs, by its name."""

from __future__ import annotations

import os
from typing import List

from . import lock_files, requirements
from .requirements import DeclaredRequirement

READERS = {
    **lock_files.READERS,
    "pyproject.toml": requirements.pyproject,
    "setup.cfg": requirements.setup_cfg,
}


def is_declaration(name: str) -> bool:
    """Whether a file of this name declares requirements."""
    low = name.lower()
    text = low.endswith((".txt", ".in")) and ("requirements" in low or "constraints" in low)
    return text or low in READERS


def read(path: str, text: str) -> List[DeclaredRequirement]:
    """The requirements of a file; its name tells the format."""
    reader = READERS.get(os.path.basename(path).lower(), requirements.text_file)
    return list(reader(text))
