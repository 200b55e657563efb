"""``openai.object_classes`` of 0.28: which class an ``object`` value stands for."""

from __future__ import annotations

from typing import Any, Dict

from . import resources
from .objects import NAMED_CLASSES

OBJECT_CLASSES: Dict[str, Any] = {
    kind: getattr(resources, name) for kind, name in NAMED_CLASSES.items()
}
