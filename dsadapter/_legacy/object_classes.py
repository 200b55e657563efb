"""``openai.object_classes`` of 0.28: which class an ``object`` value stands for."""

from __future__ import annotations

from typing import Any, Dict

from . import files, objects, resources, uploads
from .classes import CLASSES

_FILES = {"resources": resources, "uploads": uploads, "files": files}
OBJECT_CLASSES: Dict[str, Any] = {
    row.kind: getattr(_FILES[row.file], row.name) for row in CLASSES if row.kind
}
objects.classes_by_kind.update(OBJECT_CLASSES)
