"""How dsadapter is installed: one place, because it is not on the package index yet.

On the day of the first release ``PUBLISHED`` becomes True, and every hint names the index.
"""

from __future__ import annotations

NAME = "dsadapter"
REPOSITORY = "https://github.com/dsadapter/dsadapter"
PUBLISHED = False


def extra_hint(extra: str, published: bool = PUBLISHED) -> str:
    """Which command installs an extra, as the end of a sentence."""
    index = f'pip install "{NAME}[{extra}]"'
    if published:
        return index
    clone = f'pip install ".[{extra}]"'
    return f"{clone} in a clone of {REPOSITORY} (once {NAME} is on the package index: {index})"
