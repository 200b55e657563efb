"""Which characters of a text only mainland China writes."""

from __future__ import annotations

import re
from typing import Set

from dsadapter._texts.traditional import CHARACTERS, PHRASES

HAN = re.compile("[\u4e00-\u9fff]")
PHRASE = re.compile("|".join(sorted(map(re.escape, PHRASES.values()), key=len, reverse=True)))


def simplified(text: str) -> Set[str]:
    """Characters that only mainland China writes: Big5 lacks them, or the table replaces them
    (and no phrase put them there)."""
    foreign = {c for c in HAN.findall(text) if not c.encode("big5", "ignore")}
    return foreign | {c for c in HAN.findall(PHRASE.sub("", text)) if ord(c) in CHARACTERS}
