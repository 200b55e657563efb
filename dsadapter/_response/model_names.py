"""Names near to a model's: what was meant where the server knows no such model."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import Optional

from .._repairs.usual import FLASH, RETIRED

_REFUSAL = re.compile(r"model names are ([\w.\-, ]+?), but you passed ([^\s\",]+)")
_FORMER = {**dict.fromkeys(RETIRED, FLASH), "deepseek-coder": FLASH}


def suggestion(refusal: str) -> Optional[str]:
    """The model that was probably meant, from a refusal that lists those there are; None where the
    refusal does not say, or no name is near."""
    match = _REFUSAL.search(refusal)
    if match is None:
        return None
    known = match[1].replace(",", " ").split()
    name = _bare(match[2].rstrip("."))
    near = get_close_matches(name, [*known, *_FORMER], 1, 0.75)
    name = near[0] if near else name
    name = _FORMER.get(name, name)
    return name if name in known else None


def _bare(name: str) -> str:
    """The name in lower case, without the vendor that a marketplace puts in front and the variant
    that it puts behind: "deepseek/DeepSeek_Chat:free"."""
    return name.lower().rpartition("/")[2].partition(":")[0].replace("_", "-")
