"""``openai.openai_response`` of 0.28; the code is in ``_legacy.responses``."""

from __future__ import annotations

from dsadapter._legacy import modules as tree
from dsadapter._legacy.responses import *  # noqa: F403  (for type checkers)

tree.publish(__name__)
