"""``NOT_GIVEN``, ``omit`` and their classes, as openai >= 1 has them: "leave this out".

Calls drop these values by the names of their classes, so that an SDK's own do the same.
"""

from __future__ import annotations

from typing import Any


class NotGiven:
    """A keyword with this value is as good as not written."""

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return "NOT_GIVEN"


class Omit:
    """The same for a header: it is not sent."""

    def __bool__(self) -> bool:
        return False


NOT_GIVEN: Any = NotGiven()
not_given: Any = NOT_GIVEN
omit: Any = Omit()
