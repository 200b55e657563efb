"""One row of knowledge about an error text."""

from __future__ import annotations

from typing import Tuple

from ..._named_tuple import NamedTuple
from ..._texts.explain import EXPLANATIONS
from ..._texts.text import Text

CERTAIN, LIKELY, POSSIBLE = "certain", "likely", "possible"
SURE = (CERTAIN, LIKELY, POSSIBLE)

OURS = "DeepSeek"
OTHERS = "*"  # any vendor or site that is not DeepSeek
ANY_PACKAGE = "*"  # an installed package raised it
OWN_CODE = "."  # the user's own file raised it


class Row(NamedTuple):
    """``pattern`` is searched in the text, a blank also matches a line break; its named groups fill
    the fields of the texts, which stand in ``_texts`` under the row's id.

    ``sure`` is "certain" only where the pattern is an exact text that nothing else says, or where
    ``packages`` are named: then it takes a frame or exception class of one of them. ``packages``
    also rule the row out where a traceback ends in another package. ``vendor``: whose answer it is
    ("" for anybody's). ``when``: the openai versions that say so. ``checks``: the doctor's checks
    that prove it here; their fix is better than this one. ``needs``: a pattern that must be found
    in the small letters of this failure or its neighbours, too. ``keeps_fix``: its fix is said
    before that of the check. ``absent``: it is about a package that is not installed, and its
    absence here proves it. ``general``: of two rows that fit a line the other one is meant.
    """

    id: str
    pattern: str
    commands: Tuple[str, ...] = ()
    sure: str = CERTAIN
    when: str = ""
    checks: Tuple[str, ...] = ()
    needs: str = ""
    packages: Tuple[str, ...] = ()
    vendor: str = ""
    general: bool = False
    absent: bool = False
    keeps_fix: bool = False

    @property
    def cause(self) -> Text:
        """What happened, with fields."""
        return EXPLANATIONS[self.id].cause

    @property
    def fix(self) -> Text:
        """What mends it, with fields."""
        return EXPLANATIONS[self.id].fix
