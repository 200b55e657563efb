"""The globals of 0.28 (surface A1): their defaults, where they may stand, what a call makes of them.

They are read at every call. A call's own argument comes first, then the module ``openai`` where
:func:`dsadapter.install` provides or extends it, then ``dsadapter``.
"""

from __future__ import annotations

import os
from contextvars import ContextVar
from typing import Any, Callable, Dict, List, Mapping, Optional, Tuple

from .. import _config, _providers
from .._config import Settings, Unsaid
from .._errors import OpenAIError, catchable

AZURE_VERSION = "2023-05-15"

aiosession: ContextVar[Any] = ContextVar("aiohttp-session", default=None)


def _api_version() -> Optional[str]:
    azure = _api_type() in ("azure", "azure_ad", "azuread")
    return os.environ.get("OPENAI_API_VERSION", AZURE_VERSION if azure else None)


def _api_type() -> str:
    return os.environ.get("OPENAI_API_TYPE", "open_ai")


# What each reads as while nobody has set it.
DEFAULTS: Dict[str, Callable[[], Any]] = {
    "api_key_path": lambda: os.environ.get("OPENAI_API_KEY_PATH"),
    "api_type": _api_type,
    "api_version": _api_version,
    "app_info": lambda: None,
    "ca_bundle_path": lambda: None,
    "debug": lambda: False,
    "enable_telemetry": lambda: False,
    "log": lambda: None,
    "proxy": lambda: None,
    "requestssession": lambda: None,
    "verify_ssl_certs": lambda: True,
}

# Kept by install(): modules besides dsadapter whose globals count, with the prefix for messages;
# and the real openai < 1 among them, whose own requestor reads its globals itself.
doors: List[Tuple[Any, str]] = []
sdk_door: Any = None


def __getattr__(name: str) -> Any:
    if name in DEFAULTS:
        return DEFAULTS[name]()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def said(name: str) -> Tuple[Any, str]:
    """What the program assigned, and where: ("sk-...", "openai.api_key"). (None, "") if nothing."""
    for space, prefix in (*((vars(module), prefix) for module, prefix in doors), _own_globals()):
        value = space.get(name)
        if value is not None and not isinstance(value, Unsaid):
            return value, f"{prefix}{name}"
    return None, ""


def _own_globals() -> Tuple[Mapping[str, Any], str]:
    return _config.module_globals(), "dsadapter."


def current(name: str) -> Any:
    """A global as a call reads it."""
    value, _ = said(name)
    return DEFAULTS[name]() if value is None else value


def current_aiosession() -> Any:
    """The aiohttp session that the running code has set, or None."""
    variable, _ = said("aiosession")
    return (aiosession if variable is None else variable).get()


# --- one call's settings -------------------------------------------------------------------------


class Said(Dict[str, Any]):
    """Arguments that know where they were written, for messages."""

    def __init__(self) -> None:
        super().__init__()
        self.sources: Dict[str, str] = {}

    def put(self, name: str, value: Any, source: str) -> None:
        self[name] = value
        self.sources[name] = source


def resolved(own: Mapping[str, Any]) -> Settings:
    """The settings of a call with these arguments of its own; a falsy one means "the global".

    Raises CredentialsError as a client would, and also for a key that a program written for OpenAI
    names without a base: it belongs to OpenAI, not to where calls go by default.
    """
    try:
        arguments = _arguments(own)
        _guard_program_key(arguments)
        return _config.resolve(arguments)
    except OpenAIError as err:
        catchable(err)
        raise


def _arguments(own: Mapping[str, Any]) -> Said:
    arguments = Said()
    for name, value in own.items():
        if value and not isinstance(value, Unsaid):
            arguments.put(name, value, f"the argument {name}")
    if not {"base_url", "api_base"} & set(arguments):
        _from_globals(arguments, "api_base", "base_url")
    if "api_key" not in arguments and not _key_from_file(arguments):
        _from_globals(arguments, "api_key")
    if "organization" not in arguments:
        _from_globals(arguments, "organization")
    _forget_environment(arguments)
    return arguments


def _from_globals(arguments: Said, *spellings: str) -> None:
    """From a module ``openai``; what stands in ``dsadapter`` the core reads itself."""
    for name in spellings:
        for module, prefix in doors:
            value = vars(module).get(name)
            if value and not isinstance(value, Unsaid):
                arguments.put(name, value, f"{prefix}{name}")
                return


def _key_from_file(arguments: Said) -> bool:
    path = current("api_key_path")
    if not path:
        return False
    with open(path, encoding="utf-8") as file:  # at every call: the file may change (surface A1)
        key = file.read().strip()
    if not key.startswith("sk-"):
        raise ValueError(f"Malformed API key in {path}.")
    arguments.put("api_key", key, f"the file {path} (api_key_path)")
    return True


def _forget_environment(arguments: Said) -> None:
    """What a program only hands on from the environment is the environment's, not the program's.

    So ``openai.api_key = os.getenv("OPENAI_API_KEY")`` does not outrank DEEPSEEK_API_KEY, and an
    organization that a library picked up does not travel to another vendor.
    """
    environment = os.environ
    if arguments.get("organization") in (
        environment.get("OPENAI_ORGANIZATION"),
        environment.get("OPENAI_ORG_ID"),
    ):
        arguments.pop("organization", None)
    named = {"base_url", "api_base", "provider"} & set(arguments)
    if not named and arguments.get("api_key") == environment.get("OPENAI_API_KEY"):
        arguments.pop("api_key", None)


def _guard_program_key(arguments: Said) -> None:
    """Behind a module ``openai`` runs a program for OpenAI: a key without a base is OpenAI's."""
    if not doors or "api_key" not in arguments or os.environ.get(_config.OFFLINE_URL):
        return
    end = _config.resolve_endpoint(arguments)
    known = _config.from_environment("DEEPSEEK_API_KEY")
    if end.base_source == "the default" and not (known and known.value == end.key):
        _config.guard(end._replace(paired=False), _providers.host_of(end.base_url))
