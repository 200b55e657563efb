"""The globals of 0.28 (surface A1): defaults, where they may stand, what a call makes of them.

They are read at every call. A call's own argument comes first, then the module ``openai`` where
:func:`dsadapter.install` provides or extends it, then ``dsadapter``.
"""

from __future__ import annotations

import os
from contextvars import ContextVar
from typing import Any, Callable, Dict, List, Mapping, Optional, Tuple

from .._settings import dotenv_file as _dotenv
from .._settings import providers as _providers
from .._settings.endpoint import DEFAULT, check_key_destination, resolve_endpoint
from .._settings.resolve import resolve
from .._settings.sources import UnsetDefault, explicit, from_environment, module_globals
from .._settings.table import CANONICAL, OFFLINE_URL, SETTINGS, TRUST_HOSTS, Settings

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
        if value is not None and not isinstance(value, UnsetDefault):
            return value, f"{prefix}{name}"
    return None, ""


def _own_globals() -> Tuple[Mapping[str, Any], str]:
    return module_globals(), "dsadapter."


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
    global _last
    about = _everything(own)
    if about is not None and about == _last[0]:
        return _last[1]
    arguments = _arguments(own)
    _guard_program_key(arguments)
    settings = _without_picked_up(resolve(arguments))
    _last = (about, settings)
    return settings


# What the latest call was resolved from, and to what: most programs say the same at every call,
# and resolving costs a tenth of a call.
_last: Tuple[Any, Any] = (None, None)
_VARIABLES = tuple(
    dict.fromkeys(
        [name for row in SETTINGS for name in row.env]
        + [name for row in _providers.PRESETS for name in row.key_env]
        + [TRUST_HOSTS, OFFLINE_URL, "OPENAI_API_KEY_PATH"]
    )
)


def _everything(own: Mapping[str, Any]) -> Any:
    """All that :func:`resolved` depends on; None where that cannot be compared."""
    if current("api_key_path"):  # its file may change at any time
        return None
    spaces = [module_globals(), *(vars(module) for module, _ in doors)]
    said_there = [space.get(name) for space in spaces for name in CANONICAL]
    values = [*own, *own.values(), *said_there]
    plain = (str, bytes, int, float, tuple, type(None))
    if not all(isinstance(value, plain) for value in values):
        return None
    kinds = [type(value) for value in values]  # Unsaid("x") == "x", True == 1
    files = [_stamp(path) for path in _dotenv.candidates()]
    environment = os.environ
    return values, kinds, files, [environment.get(name) for name in _VARIABLES]


def _stamp(path: str) -> Any:
    try:
        stat = os.stat(path)
    except OSError:
        return path
    return path, stat.st_mtime_ns, stat.st_size


def _arguments(own: Mapping[str, Any]) -> Said:
    arguments = Said()
    for name, value in own.items():
        if value and not isinstance(value, UnsetDefault):
            arguments.put(name, value, f"the argument {name}")
    if not {"base_url", "api_base"} & set(arguments):
        _from_globals(arguments, "api_base", "base_url")
    if "api_key" not in arguments and not _key_from_file(arguments):
        _from_globals(arguments, "api_key")
    for name in ("organization", "provider", "repair", "model_map"):
        if name not in arguments:
            _from_globals(arguments, name)
    _prefer_deepseeks_key(arguments)
    return arguments


def _from_globals(arguments: Said, *spellings: str) -> None:
    """From a module ``openai``; what stands in ``dsadapter`` the core reads itself."""
    for name in spellings:
        for module, prefix in doors:
            value = vars(module).get(name)
            if value and not isinstance(value, UnsetDefault):
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


def _prefer_deepseeks_key(arguments: Said) -> None:
    """``openai.api_key = os.getenv("OPENAI_API_KEY")`` only hands on what the environment says.

    So where no base is named it does not outrank DEEPSEEK_API_KEY, which says more.
    """
    named = any(explicit(name, arguments)[0] for name in ("base_url", "provider"))
    key, _ = explicit("api_key", arguments)
    found = None if named else from_environment("DEEPSEEK_API_KEY")
    if found is not None and key is not None and key == os.environ.get("OPENAI_API_KEY"):
        arguments.put("api_key", found.value, found.source)


def _without_picked_up(chosen: Settings) -> Settings:
    """Without an organization that a library picked up from the environment: it is OpenAI's."""
    picked_up = (os.environ.get("OPENAI_ORGANIZATION"), os.environ.get("OPENAI_ORG_ID"))
    if chosen.organization in picked_up and chosen.provider.name != "openai":
        return chosen._replace(organization=None)
    return chosen


def _guard_program_key(arguments: Said) -> None:
    """Behind a module ``openai`` runs a program for OpenAI: a key without a base is OpenAI's."""
    if not doors or "api_key" not in arguments or os.environ.get(OFFLINE_URL):
        return
    end = resolve_endpoint(arguments)
    known = from_environment("DEEPSEEK_API_KEY")
    if end.origin == DEFAULT and not (known and known.value == end.key):
        check_key_destination(end._replace(paired=False), _providers.host_of(end.base_url))
