"""What is known about one check or rule, for the page and for ``explain ID``."""

from __future__ import annotations

from typing import NamedTuple

from .text import Text


class Topic(NamedTuple):
    """``title`` states health."""

    title: Text


class Reason(NamedTuple):
    """``why`` says what happens where the title does not hold, ``remedy`` what mends it;
    ``example`` is a line of code that shows the fault, "" for none."""

    why: Text
    remedy: Text
    example: str = ""
