"""``openai.api_requestor`` of 0.28; the code is in ``_legacy.api_requestor``."""

from __future__ import annotations

from dsadapter._legacy import modules
from dsadapter._legacy.api_requestor import *  # noqa: F403  (for type checkers)

modules.publish(__name__)
