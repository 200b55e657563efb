"""``openai.embeddings_utils`` of 0.28; the code is in ``_legacy.embeddings_utils``."""

from __future__ import annotations

from dsadapter._legacy import modules
from dsadapter._legacy.embeddings_utils import *  # noqa: F403  (for type checkers)

modules.publish(__name__)
