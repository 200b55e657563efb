"""``openai.version`` of 0.28: the version whose surface this is (code compares it)."""

from __future__ import annotations

VERSION = "0.28.1"
