"""What is known about one check, rule or error text, for the page and for ``explain ID``."""

from __future__ import annotations

from typing import NamedTuple, Optional

from .text import Text


class Topic(NamedTuple):
    """``title`` states health; ``why`` says what happens where it does not hold; ``example`` is a
    line of code or output that shows the fault, "" for none; ``remedy`` what mends it."""

    title: Text
    why: Optional[Text] = None
    example: str = ""
    remedy: Optional[Text] = None
