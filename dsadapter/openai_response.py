"""``openai.openai_response`` of 0.28; the code is in ``_legacy.responses``."""

from __future__ import annotations

from dsadapter._legacy import modules
from dsadapter._legacy.responses import *  # noqa: F403  (for type checkers)

modules.publish(__name__)
