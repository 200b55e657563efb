"""``openai.object_classes`` of 0.28; the code is in ``_legacy.object_classes``."""

from __future__ import annotations

from dsadapter._legacy import modules
from dsadapter._legacy.object_classes import *  # noqa: F403  (for type checkers)

modules.publish(__name__)
