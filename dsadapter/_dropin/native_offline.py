"""Under ``--offline`` native clients of openai >= 1 talk to the emulator, whatever they name."""

from __future__ import annotations

import functools
import os
from typing import Any

from .._settings.table import OFFLINE_KEY, OFFLINE_URL
from .patches import Changes


def redirect(package: Any, changes: Changes) -> None:
    """Let every client that is made from here on talk to the emulator."""
    for name in ("OpenAI", "AsyncOpenAI"):
        owner = vars(package)[name]
        changes.set(owner, "__init__", _redirected(owner.__init__))


def _redirected(init: Any) -> Any:
    @functools.wraps(init)
    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:
        url = os.environ.get(OFFLINE_URL)
        if url:
            kwargs["base_url"] = url
            kwargs["api_key"] = OFFLINE_KEY
        init(self, *args, **kwargs)

    return __init__
