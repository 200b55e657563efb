"""Under ``--offline`` native clients of openai >= 1 talk to the emulator, whatever they name."""

from __future__ import annotations

import functools
import os
import re
from typing import Any
from urllib.parse import urlsplit

from .._settings.table import OFFLINE_KEY, OFFLINE_URL
from .patches import Changes

_DEPLOYMENT = re.compile(r"/?(openai/)?deployments/[^/]+(?=/)")  # where Azure has a model's paths


def redirect(package: Any, changes: Changes) -> None:
    """Let every client talk to the emulator, also where its base is assigned later."""
    for name in ("OpenAI", "AsyncOpenAI"):
        owner = vars(package)[name]
        changes.set(owner, "__init__", _redirected(owner.__init__))
    for base in (package._base_client.BaseClient, package.lib.azure.BaseAzureClient):
        changes.set(base, "_prepare_url", _at_emulator(base._prepare_url))


def _redirected(init: Any) -> Any:
    @functools.wraps(init)
    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:
        url = os.environ.get(OFFLINE_URL)
        if url:
            kwargs["base_url"] = url
            kwargs["api_key"] = OFFLINE_KEY
            if hasattr(type(self), "_get_azure_ad_token"):  # bears its key in a header of its own
                headers = {**(kwargs.get("default_headers") or {})}
                kwargs["default_headers"] = {**headers, "Authorization": f"Bearer {OFFLINE_KEY}"}
        init(self, *args, **kwargs)

    return __init__


def _at_emulator(prepare_url: Any) -> Any:
    """``_prepare_url`` of the SDK: what is relative to a base is relative to the emulator's, which
    has no deployments."""

    @functools.wraps(prepare_url)
    def _prepare_url(self: Any, url: str) -> Any:
        target = prepare_url(self, url)
        emulator = os.environ.get(OFFLINE_URL)
        if not emulator or "://" in str(url):
            return target
        parts = urlsplit(emulator)
        path = f"{parts.path.rstrip('/')}/{_DEPLOYMENT.sub('', str(url)).lstrip('/')}"
        host = {"scheme": parts.scheme, "host": parts.hostname, "port": parts.port}
        return target.copy_with(**host, raw_path=path.encode())

    return _prepare_url
