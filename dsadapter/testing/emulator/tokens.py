"""Text as tokens: near enough to count and to cut."""

from __future__ import annotations

import re
from typing import List

_TOKEN = re.compile(r"\s*[A-Za-z0-9_]+|\s*[^\sA-Za-z0-9_]{1,2}|\s+")


def split(text: str) -> List[str]:
    """Tokens which, joined, are the text again."""
    return _TOKEN.findall(text)


def estimate(text: str) -> int:
    """Prompt tokens by the documented rule: 0.3 per English character, 0.6 per Chinese one."""
    latin = sum(character < "\u2e80" for character in text)
    return max(1, round(0.3 * latin + 0.6 * (len(text) - latin)))
