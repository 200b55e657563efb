"""``openai.api_resources`` of 0.28; the code is in ``_legacy.api_resources``."""

from __future__ import annotations

from dsadapter._legacy import modules
from dsadapter._legacy.api_resources import *  # noqa: F403  (for type checkers)

modules.publish(__name__)
