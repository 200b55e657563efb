"""What the commands share: the offline emulator, a client, errors without a traceback."""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import contextmanager
from typing import Any, Iterator, Optional

from .. import _console
from .._parser import Parser as Parser
from .._settings.endpoint import resolve_endpoint
from .._settings.table import OFFLINE_URL
from .._texts.commands import NO_KEY


@contextmanager
def upstream(offline: bool) -> Iterator[None]:
    """Where calls go: the provider of the settings, or with ``offline`` a fresh emulator."""
    if not offline:
        yield
        return
    from ..testing.emulator import Emulator

    before = os.environ.get(OFFLINE_URL)
    with Emulator() as emulator:
        os.environ[OFFLINE_URL] = emulator.base_url
        try:
            yield
        finally:
            _restore(before)


def _restore(before: Optional[str]) -> None:
    if before is None:
        os.environ.pop(OFFLINE_URL, None)
    else:
        os.environ[OFFLINE_URL] = before


def new_client(arguments: argparse.Namespace) -> Any:
    """A client with the settings of the environment, and the backend of ``--backend``."""
    from .._client.client import OpenAI

    return OpenAI(backend=getattr(arguments, "backend", None))


def fail(err: BaseException, language: str) -> int:
    """Say what went wrong on stderr and give the exit code; no traceback."""
    from .._errors.tree import CredentialsError

    endpoint = resolve_endpoint({})
    if isinstance(err, CredentialsError) and not endpoint.key:
        page = endpoint.provider.keys_page or endpoint.base_url
        variable = (endpoint.provider.key_env or ("OPENAI_API_KEY",))[0]
        for text in NO_KEY:
            _console.line(text(page=page, variable=variable).say(language), sys.stderr)
        return 1
    _console.line(f"{type(err).__name__}: {err}", sys.stderr)
    return 1
