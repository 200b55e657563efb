"""What the commands share: the offline emulator, a client, errors without a traceback."""

from __future__ import annotations

import argparse
import os
import shlex
import sys
import warnings
from contextlib import contextmanager
from difflib import get_close_matches
from typing import Any, Dict, Iterator, List, Optional

from .. import _console
from .._errors.tree import InvalidArgumentError
from .._parser import Parser as Parser
from .._settings.endpoint import Endpoint, resolve_endpoint
from .._settings.providers import (
    BY_ANY_NAME,
    BY_NAME,
    DEEPSEEK,
    GENERIC,
    PRESETS,
    Provider,
    host_of,
    is_on_this_machine,
)
from .._settings.sources import Variable, explicit_or_variable, first_of
from .._settings.table import OFFLINE_URL
from .._settings.values import base_url, shown
from .._texts import commands as texts
from .._texts.errors import error_lines
from .._texts.text import Text
from .problem import Problem


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


# --- whom to ask ---------------------------------------------------------------------------------


def add_endpoint(parser: Parser) -> None:
    """``--provider`` and ``--base-url``."""
    parser.add_argument("--provider", metavar="NAME", type=_provider, help=texts.PROVIDER)
    parser.add_argument("--base-url", metavar="URL", type=_base_url, help=texts.BASE_URL)


def add_backend(parser: Parser, help: Text) -> None:
    """``--backend``."""
    parser.add_argument("--backend", metavar="NAME", type=_backend, help=help)


def _provider(name: str) -> str:
    if name and name.lower() not in BY_ANY_NAME:
        nearest = get_close_matches(name.lower(), BY_ANY_NAME) or BY_NAME
        problem = texts.NO_PROVIDER(name=name, nearest=", ".join(nearest))
        raise argparse.ArgumentTypeError(problem.en)
    return name


def _base_url(url: str) -> str:
    try:
        return url and base_url(url, "--base-url")
    except InvalidArgumentError:
        problem = texts.NO_BASE_URL(url=shown(url), example=DEEPSEEK.base_url)
        raise argparse.ArgumentTypeError(problem.en) from None


def _backend(name: str) -> str:
    from .._backends.selection import BY_NAME as BACKENDS  # most commands need no table

    names = ("auto", *BACKENDS)
    if name and name not in names:
        nearest = get_close_matches(name.lower(), names) or names
        problem = texts.NO_BACKEND(name=name, nearest=", ".join(nearest))
        raise argparse.ArgumentTypeError(problem.en)
    return name


def endpoint_arguments(arguments: Optional[argparse.Namespace]) -> Dict[str, Any]:
    """What the command line says about where calls go, as arguments of a client. Where neither it
    nor a setting says anything and one vendor's key alone is there: that vendor."""
    names = ("provider", "base_url")
    explicit = {name: getattr(arguments, name, None) for name in names}
    if not any(explicit.values()) and explicit_or_variable("provider", {})[0] is None:
        keys = vendor_keys()
        explicit["provider"] = keys[0].provider.name if len(keys) == 1 else None
    return {name: value for name, value in explicit.items() if value}


class VendorKey:
    """A vendor, and the variable in which its key was found."""

    def __init__(self, provider: Provider, variable: Variable) -> None:
        self.provider = provider
        self.variable = variable


def vendor_keys() -> List[VendorKey]:
    """The vendors whose keys are there while neither DeepSeek's nor OpenAI's is."""
    if resolve_endpoint({}).key:
        return []
    rows = ((row, first_of(row.key_env)) for row in PRESETS if not row.keyless)
    return [VendorKey(row, variable) for row, variable in rows if variable]


def endpoint_of(arguments: Optional[argparse.Namespace]) -> Endpoint:
    """Where the calls of this command line go; raises InvalidArgumentError as a client would."""
    return resolve_endpoint(endpoint_arguments(arguments))


def new_client(arguments: argparse.Namespace) -> Any:
    """A client with the settings of the environment, and those of the command line."""
    from .._client.client import OpenAI

    backend = getattr(arguments, "backend", None)
    return OpenAI(backend=backend, **endpoint_arguments(arguments))


def say_whose_key(arguments: argparse.Namespace, language: str) -> None:
    """One line on stderr where a key alone decided whom to ask."""
    chosen = endpoint_arguments(arguments).get("provider")
    if arguments.offline or arguments.provider or not chosen:
        return
    for key in vendor_keys():
        text = texts.ONLY_KEY(variable=key.variable.name, vendor=key.provider.title)
        _console.line(_console.dimmed(text.say(language), sys.stderr), sys.stderr)


def is_another_vendor(provider: Provider) -> bool:
    """Whether it is known to be neither DeepSeek nor somebody who may serve it."""
    return provider not in (DEEPSEEK, GENERIC)


def check_model(arguments: argparse.Namespace) -> None:
    """Raise Problem: nobody named a model, and the vendor has models of its own."""
    provider = endpoint_of(arguments).provider
    if not is_another_vendor(provider) or arguments.offline:
        return
    command = f"python -m dsadapter models --provider {provider.name}"
    raise Problem(texts.MODEL_NEEDED(vendor=provider.title, command=command))


# --- what is said on the way ---------------------------------------------------------------------


@contextmanager
def plain_warnings() -> Iterator[None]:
    """Warnings as one line: a repair is worth it, the place in our code that warns of it is not."""
    with warnings.catch_warnings():
        warnings.showwarning = _show_warning  # type: ignore[assignment]
        yield


def _show_warning(message: Any, *_: Any) -> None:
    _console.line(str(message), sys.stderr)


# --- what goes wrong -----------------------------------------------------------------------------


def fail(
    err: BaseException,
    language: str,
    arguments: Optional[argparse.Namespace] = None,
    command: str = "chat",
) -> int:
    """Say what went wrong on stderr and give the exit code; no traceback. ``command`` is the one
    that needs no key with ``--offline``."""
    from .._errors.tree import CredentialsError

    if isinstance(err, CredentialsError) and not endpoint_of(arguments).key:
        lines = _no_key(endpoint_of(arguments), language, command)
    else:
        message, hint = getattr(err, "message", str(err)), getattr(err, "hint", None)
        lines = error_lines(type(err).__name__, message, hint, language)
    _console.line("\n".join(lines), sys.stderr)
    return 1


def _no_key(endpoint: Endpoint, language: str, command: str) -> List[str]:
    keys = vendor_keys()
    if len(keys) > 1 and endpoint.provider is DEEPSEEK:
        variables = ", ".join(key.variable.name for key in keys)
        names = ", ".join(key.provider.name for key in keys)
        return [texts.SEVERAL_KEYS(variables=variables, names=names).say(language)]
    provider = endpoint.provider
    vendor = host_of(endpoint.base_url) if provider is GENERIC else provider.title
    page, variable = provider.keys_page, (provider.key_env or ("OPENAI_API_KEY",))[0]
    lines = [texts.NO_KEY[0](page=page) if page else texts.NO_KEY_OF(vendor=vendor)]
    if is_on_this_machine(endpoint.base_url):
        lines.append(_of_a_local_server(endpoint.base_url, command))
    lines += [text(variable=variable, command=command) for text in texts.NO_KEY[1:]]
    return [line.say(language) for line in lines]


def _of_a_local_server(base_url: str, command: str) -> Text:
    """What to type where a server of one's own asks for no key."""
    keyless = [row for row in PRESETS if row.keyless]
    row = next((row for row in keyless if row.base_url == base_url.rstrip("/")), keyless[0])
    command += f" --provider {row.name} --base-url {shlex.quote(base_url)}"
    return texts.NO_KEY_NEEDED(command=command)
