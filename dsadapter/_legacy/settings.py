"""The globals of 0.28 (surface A1): defaults, where they may stand, what a call makes of them.

They are read once a call, at its start. A call's own argument comes first, then the module
``openai`` where :func:`dsadapter.install` provides or extends it, then ``dsadapter``.
"""

from __future__ import annotations

import os
from contextvars import ContextVar
from enum import Enum
from typing import Any, Callable, Dict, List, Mapping, Optional, Sequence, Tuple

from .._errors.tree import LegacyInvalidAPIType, with_sdk_class
from .._named_tuple import NamedTuple
from .._settings import dotenv_file, providers
from .._settings.endpoint import DEFAULT, check_key_destination, resolve_endpoint
from .._settings.resolve import resolve
from .._settings.sources import (
    UnsetDefault,
    explicit,
    explicit_or_variable,
    from_environment,
    is_set,
    module_globals,
)
from .._settings.table import CANONICAL, OFFLINE_URL, SETTINGS, TRUST_HOSTS, Settings

TYPE_CHECKING = False
if TYPE_CHECKING:
    # As globals of the package: ``openai.api_type = ...``. A test compares them with DEFAULTS.
    __all__ = ["api_key_path", "api_type", "api_version", "app_info", "ca_bundle_path", "debug"]
    __all__ += ["enable_telemetry", "log", "proxy", "requestssession", "verify_ssl_certs"]
    api_key_path: Optional[str]
    api_type: Optional[str]
    api_version: Optional[str]
    app_info: Optional[Mapping[str, Any]]
    ca_bundle_path: Optional[str]
    debug: bool
    enable_telemetry: bool
    log: Optional[str]
    proxy: Any
    requestssession: Any
    verify_ssl_certs: bool

AZURE_VERSION = "2023-05-15"

aiosession: ContextVar[Any] = ContextVar("aiohttp-session", default=None)


class ApiType(Enum):
    """``openai.api_type``: which vendor's paths and headers a program was written for.

    Behind the real openai < 1 the SDK's own stands in this place.
    """

    AZURE = 1
    OPEN_AI = 2
    AZURE_AD = 3

    @staticmethod
    def from_str(label: str) -> ApiType:
        """The type of this name; raises LegacyInvalidAPIType for an unknown one."""
        return typed_api_type(label)


_API_TYPES = {
    "azure": "AZURE",
    "azure_ad": "AZURE_AD",
    "azuread": "AZURE_AD",
    "open_ai": "OPEN_AI",
    "openai": "OPEN_AI",
}


def typed_api_type(label: str) -> ApiType:
    """The type of this name, in any case; raises LegacyInvalidAPIType for an unknown one."""
    name = _API_TYPES.get(label.lower())
    if name is None:
        err = LegacyInvalidAPIType(
            "The API type provided in invalid. Please select one of the supported API types: "
            f"'azure', 'azure_ad', 'open_ai' (it is {label!r})"
        )
        raise with_sdk_class(err, "legacy")
    return ApiType[name]


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
openai_modules: List[Tuple[Any, str]] = []
sdk_module: Any = None

_OWN_GLOBALS = module_globals()


def __getattr__(name: str) -> Any:
    if name in DEFAULTS:
        return DEFAULTS[name]()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


# --- the globals at one moment -------------------------------------------------------------------


class Snapshot(NamedTuple):
    """The globals of 0.28 as they are when a call begins; nothing on its way reads them again."""

    api_key_path: Optional[str]
    api_type: str
    api_version: Optional[str]
    app_info: Optional[Mapping[str, Any]]
    log: Optional[str]
    proxy: Any  # as the program wrote it
    requestssession: Any  # a session, or a function that makes one
    verify_ssl_certs: bool
    aiosession: ContextVar[Any]  # the aiohttp session of the running code, or None


_OF_A_CALL = tuple(name for name in DEFAULTS if name in Snapshot._fields)


def snapshot() -> Snapshot:
    """The globals as they are now."""
    spaces = _spaces()
    sessions = _assigned("aiosession", spaces) or aiosession
    return Snapshot(aiosession=sessions, **{name: _current(name, spaces) for name in _OF_A_CALL})


def current(name: str) -> Any:
    """One global as it is now."""
    return _current(name, _spaces())


def _spaces() -> Sequence[Mapping[str, Any]]:
    return [*[vars(module) for module, _ in openai_modules], _OWN_GLOBALS]


def _current(name: str, spaces: Sequence[Mapping[str, Any]]) -> Any:
    value = _assigned(name, spaces)
    return DEFAULTS[name]() if value is None else value


def assigned(name: str) -> Any:
    """What the program has assigned to the global, or None."""
    return _assigned(name, _spaces())


def _assigned(name: str, spaces: Sequence[Mapping[str, Any]]) -> Any:
    for space in spaces:
        value = space.get(name)
        if value is not None and not isinstance(value, UnsetDefault):
            return value
    return None


# --- one call: its settings and options ----------------------------------------------------------


class SourcedArguments(Dict[str, Any]):
    """Arguments that know where they were written, for messages."""

    def __init__(self) -> None:
        super().__init__()
        self.sources: Dict[str, str] = {}

    def set(self, name: str, value: Any, source: str) -> None:
        """``name=value``, written in ``source``."""
        self[name] = value
        self.sources[name] = source


class CallOptions(NamedTuple):
    """What a call may say that 0.28's ``request`` has no parameter for."""

    idle_timeout: Optional[float] = None
    deadline: Optional[float] = None
    query: Mapping[str, Any] = {}


NO_OPTIONS = CallOptions()


class CallSettings(NamedTuple):
    """The adapter's settings of one call, and which backend was named, with the place."""

    settings: Settings
    backend: Tuple[Any, str]


def resolved(arguments: Mapping[str, Any], snapshot: Snapshot) -> CallSettings:
    """The settings of a call with these arguments of its own; a falsy one means "the global".

    Raises CredentialsError as a client would, and also for a key that a program written for OpenAI
    names without a base: it belongs to OpenAI, not to where calls go by default.
    """
    global _latest
    state = _state(arguments, snapshot)
    if state is not None and state == _latest[0]:
        return _latest[1]
    sourced = _sourced(arguments, snapshot.api_key_path)
    _check_program_key(sourced)
    settings = _without_ambient_organization(resolve(sourced))
    if explicit("max_retries", sourced)[0] is None:  # 0.28 sent a request once
        settings = settings._replace(resends=False)
    result = CallSettings(settings, explicit_or_variable("backend", {}))
    _latest = (state, result)
    return result


# What the latest call was resolved from, and to what: most programs say the same at every call,
# and resolving costs a tenth of a call.
_latest: Tuple[Any, Any] = (None, None)
_VARIABLES = frozenset(
    [name for row in SETTINGS for name in row.env]
    + [name for row in providers.VENDORS for name in row.key_env]
    + [TRUST_HOSTS, OFFLINE_URL, "OPENAI_API_KEY_PATH"]
)
_COMPARABLE = (str, bytes, int, float, tuple, type(None))


def _state(arguments: Mapping[str, Any], snapshot: Snapshot) -> Any:
    """All that :func:`resolved` depends on; None where that cannot be compared."""
    if snapshot.api_key_path:  # its file may change at any time
        return None
    values = [*arguments, *arguments.values()]
    for space in _spaces():
        values += [space.get(name) for name in CANONICAL]
    if not all(isinstance(value, _COMPARABLE) for value in values):
        return None
    kinds = [type(value) for value in values]  # UnsetDefault("x") == "x", True == 1
    # One that is absent costs an exception each, so those that are there are picked first.
    variables = {name: os.environ.get(name) for name in _VARIABLES.intersection(os.environ)}
    return values, kinds, dotenv_file.stamps(), variables


def _sourced(arguments: Mapping[str, Any], api_key_path: Optional[str]) -> SourcedArguments:
    sourced = SourcedArguments()
    for name, value in arguments.items():
        if (value or value == 0) and is_set(value):
            sourced.set(name, value, f"the argument {name}")
    if not {"base_url", "api_base"} & set(sourced):
        _add_globals(sourced, "api_base", "base_url")
    if "api_key" not in sourced and not _add_key_of_file(sourced, api_key_path):
        _add_globals(sourced, "api_key")
    for name in ("organization", "provider", "repair", "model_map"):
        if name not in sourced:
            _add_globals(sourced, name)
    _prefer_deepseeks_key(sourced)
    return sourced


def _add_globals(sourced: SourcedArguments, *spellings: str) -> None:
    """From a module ``openai``; what stands in ``dsadapter`` the core reads itself."""
    for name in spellings:
        for module, prefix in openai_modules:
            value = vars(module).get(name)
            if value and is_set(value):
                sourced.set(name, value, f"{prefix}{name}")
                return


def _add_key_of_file(sourced: SourcedArguments, path: Optional[str]) -> bool:
    if not path:
        return False
    with open(path, encoding="utf-8") as file:  # at every call: the file may change (surface A1)
        key = file.read().strip()
    if not key.startswith("sk-"):
        raise ValueError(f"Malformed API key in {path}.")
    sourced.set("api_key", key, f"the file {path} (api_key_path)")
    return True


def _prefer_deepseeks_key(sourced: SourcedArguments) -> None:
    """``openai.api_key = os.getenv("OPENAI_API_KEY")`` only hands on what the environment says.

    So where no base is named it does not outrank DEEPSEEK_API_KEY, which says more.
    """
    named = any(explicit(name, sourced)[0] for name in ("base_url", "provider"))
    key, _ = explicit("api_key", sourced)
    variable = None if named else from_environment("DEEPSEEK_API_KEY")
    if variable is not None and key is not None and key == os.environ.get("OPENAI_API_KEY"):
        sourced.set("api_key", variable.value, variable.source)


def _without_ambient_organization(settings: Settings) -> Settings:
    """Without an organization that a library picked up from the environment: it is OpenAI's."""
    ambient = (os.environ.get("OPENAI_ORGANIZATION"), os.environ.get("OPENAI_ORG_ID"))
    if settings.organization in ambient and settings.provider.name != "openai":
        return settings._replace(organization=None)
    return settings


def check_key_has_base(arguments: Mapping[str, Any], snapshot: Snapshot) -> None:
    """Raise CredentialsError for a key that the program names without a base, where the program
    was written for another vendor."""
    _check_key_has_base(_sourced(arguments, snapshot.api_key_path))


def _check_program_key(sourced: SourcedArguments) -> None:
    """Behind a module ``openai`` runs a program for OpenAI: a key without a base is OpenAI's."""
    if openai_modules and "api_key" in sourced:
        _check_key_has_base(sourced)


def _check_key_has_base(sourced: SourcedArguments) -> None:
    if os.environ.get(OFFLINE_URL) or explicit("api_key", sourced)[0] is None:
        return
    endpoint = resolve_endpoint(sourced)
    variable = from_environment("DEEPSEEK_API_KEY")
    if endpoint.origin == DEFAULT and not (variable and variable.value == endpoint.key):
        host = providers.host_of(endpoint.base_url)
        check_key_destination(endpoint._replace(paired=False), host)
