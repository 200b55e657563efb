"""What a module ``openai`` gets, as data: one function per kind of module.

:func:`add_legacy` and :func:`add_modern` are the two faces; :data:`KINDS` says which of them a
missing SDK, openai >= 1 and openai < 1 receive.
"""

from __future__ import annotations

import functools
import importlib.util
import os
from typing import Any, Dict, Iterable, Iterator, Tuple

import dsadapter

from .._client import module_settings
from .._errors import tree
from .._legacy import classes, settings
from .._legacy import modules as legacy_modules
from .._settings.sources import UnsetDefault
from . import (
    api_type,
    errors,
    modern_tree,
    module_client,
    native_offline,
    proxies_fix,
    sdk_legacy,
    trace,
)
from .options import TRACE, Options
from .patches import Changes

MODERN_CLASSES = {
    "OpenAI": "OpenAI",
    "Client": "OpenAI",
    "AsyncOpenAI": "AsyncOpenAI",
    "AsyncClient": "AsyncOpenAI",
    "AzureOpenAI": "AzureOpenAI",
    "AsyncAzureOpenAI": "AsyncAzureOpenAI",
}
MODERN_ERRORS = (
    "APIConnectionError APIError APIResponseValidationError APIStatusError APITimeoutError "
    "BadRequestError ConflictError InternalServerError NotFoundError PermissionDeniedError "
    "RateLimitError AuthenticationError UnprocessableEntityError"
).split()


# What ``from openai import *`` gives: 0.28's names (surface A2), and the modern ones.
LEGACY_EXPORTS = (
    *("APIError", "InvalidRequestError", "OpenAIError", *classes.EXPORTED),
    *("api_base", "api_key", "organization", *settings.DEFAULTS),
)
MODERN_EXPORTS = (*MODERN_CLASSES, *MODERN_ERRORS, "Stream", "AsyncStream", "types", "NOT_GIVEN")


# --- no SDK --------------------------------------------------------------------------------------


def provide(module: Any, options: Options, changes: Changes) -> None:
    """A module ``openai`` with both faces, where there is no SDK."""
    vars(module).update(
        __doc__="openai, as dsadapter provides it: no SDK is installed.",
        __version__=legacy_modules.module("version").VERSION,
        __dsadapter__=True,
        __path__=[],
        __getattr__=_same_in_dsadapter,
    )
    vars(module).update({"VERSION": module.__version__, "OpenAIError": dsadapter.OpenAIError})
    add_modern(module, options, changes)
    add_legacy(module, options, changes)


def _same_in_dsadapter(name: str) -> Any:
    """Settings nobody has set, and everything else that dsadapter has by the same name."""
    try:
        return modern_tree.attribute("", name)
    except AttributeError:
        pass
    if not name.startswith("_"):
        try:
            return getattr(dsadapter, name)
        except AttributeError:
            pass
    raise AttributeError(f"module 'openai' has no attribute {name!r}")


# --- openai >= 1 ---------------------------------------------------------------------------------


def extend_modern(module: Any, options: Options, changes: Changes) -> None:
    """The real openai >= 1 stays itself and gains the legacy face."""
    proxies_fix.fix_proxies(module, changes)
    if os.environ.get(TRACE):
        trace.native(module, changes)
    if options.legacy == "adapter":
        add_legacy(module, options, changes)
        api_type.add(module, changes)
        errors.bridge(module, changes)
    if options.offline:
        native_offline.redirect(module, changes)
    if options.modern == "adapter":
        importlib.import_module("dsadapter._backends.modern_openai")  # while OpenAI is the SDK's
        add_clients(module, changes)


# --- openai < 1 ----------------------------------------------------------------------------------


def extend_legacy(module: Any, options: Options, changes: Changes) -> None:
    """The real openai < 1 gains the modern face; its calls go through the adapter."""
    add_modern(module, options, changes)
    if options.legacy == "adapter":
        sdk_legacy.adopt(module, changes)
        _mark_defaults(module, changes)
        _register_globals(module, changes, sdk=True)


def _mark_defaults(module: Any, changes: Changes) -> None:
    """What the SDK put there by itself is not what the program says."""
    for name, default in sdk_legacy.own_defaults().items():
        if vars(module).get(name) == default and default is not None:
            value = module_settings.current("base_url") if name == "api_base" else default
            changes.set(module, name, UnsetDefault(value))


# --- the faces -----------------------------------------------------------------------------------


def add_legacy(module: Any, options: Options, changes: Changes) -> None:
    """0.28's classes, globals and modules; its globals count from here on."""
    for row in classes.CLASSES:
        if row.exported:
            changes.set(module, row.name, classes.load(row))
    changes.set(module, "InvalidRequestError", tree.LegacyInvalidRequestError)
    for name, value in _globals():
        if name not in vars(module):
            changes.set(module, name, value)
    if "OPENAI_API_KEY" in os.environ and vars(module).get("api_key") is None:
        changes.set(module, "api_key", UnsetDefault(os.environ["OPENAI_API_KEY"]))
    for name in legacy_modules.NAMES:
        if not _has_own(module, name):
            changes.module(f"openai.{name}", legacy_modules.module(name))
            if "." not in name:
                changes.set(module, name, legacy_modules.module(name))
    _export(module, LEGACY_EXPORTS, changes)
    _register_globals(module, changes)


def _export(module: Any, names: Iterable[str], changes: Changes) -> None:
    before = vars(module).get("__all__", ())
    changes.set(module, "__all__", list(dict.fromkeys((*before, *names))))


def _globals() -> Iterator[Tuple[str, Any]]:
    """0.28's globals with the values they have while nobody sets them."""
    yield "aiosession", settings.aiosession
    yield "api_base", module_settings.current("base_url")
    yield "organization", None
    for name, default in settings.DEFAULTS.items():
        yield name, default()


def _has_own(module: Any, name: str) -> bool:
    """Whether a real SDK ships a module of this name (openai >= 1: ``version``)."""
    if getattr(module, "__dsadapter__", False) or name != "version":
        return False
    return importlib.util.find_spec("openai.version") is not None


def _register_globals(module: Any, changes: Changes, *, sdk: bool = False) -> None:
    """What the program assigns to the module counts as a setting."""
    entry = (module, "openai.")
    settings.openai_modules.append(entry)
    changes.later(lambda: settings.openai_modules.remove(entry))
    if sdk:
        changes.set(settings, "sdk_module", module)


def add_modern(module: Any, options: Options, changes: Changes) -> None:
    """The clients, errors and types of openai >= 1."""
    add_clients(module, changes)
    for name in MODERN_ERRORS:
        changes.set(module, name, getattr(dsadapter, name))
    for name in ("Stream", "AsyncStream"):
        changes.set(module, name, getattr(dsadapter, name))
    modern_tree.plant(module, changes)
    if "__getattr__" not in vars(module):
        changes.set(module, "__getattr__", functools.partial(modern_tree.attribute, ""))
    _export(module, MODERN_EXPORTS, changes)


def add_clients(module: Any, changes: Changes) -> None:
    """dsadapter's clients, and the module itself as one."""
    for name, client_class in MODERN_CLASSES.items():
        changes.set(module, name, getattr(dsadapter, client_class))
    client = module_client.for_module(module)
    for name in ("chat", "completions", "models"):
        changes.set(module, name, getattr(client, name))


KINDS: Dict[str, Any] = {"none": provide, "modern": extend_modern, "legacy": extend_legacy}
