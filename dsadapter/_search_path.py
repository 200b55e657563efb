"""The search path for modules as Python made it, where a command has changed it."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import List, Optional

original: Optional[List[str]] = None
