"""``openai.datalib`` of 0.28; the code is in ``_legacy.datalib``."""

from __future__ import annotations

from dsadapter._legacy import modules
from dsadapter._legacy.datalib import *  # noqa: F403  (for type checkers)

modules.publish(__name__)
