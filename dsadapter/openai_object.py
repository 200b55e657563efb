"""``openai.openai_object`` of 0.28; the code is in ``_legacy.objects``."""

from __future__ import annotations

from dsadapter._legacy import modules
from dsadapter._legacy.objects import *  # noqa: F403  (for type checkers)

modules.publish(__name__)
