"""What the package itself answers: ``dsadapter.selection()`` and its settings."""

from __future__ import annotations

from typing import Any, Optional

from .._backends import selection as _registry
from .._settings.endpoint import resolve_endpoint
from .._settings.providers import DEEPSEEK
from .._settings.sources import UnsetDefault, setting_value
from .._settings.table import CANONICAL
from .not_offered import WITHOUT_METHODS, without_methods
from .offered_resources import RESOURCES


def selection(backend: Optional[str] = None) -> _registry.Selection:
    """Which backend a client made now would get: ``name``, ``reason``, ``rejected``.

    Raises BackendUnavailableError when a named backend cannot work.
    """
    return _registry.select(backend)


def module_attribute(name: str) -> Any:
    """A setting that was not assigned reads as what a call would use."""
    setting = CANONICAL.get(name)
    if setting is not None:
        return current(setting)
    if name in RESOURCES:
        from .module_client import module_client

        return getattr(module_client, name)
    if name in WITHOUT_METHODS:
        raise without_methods(name, DEEPSEEK)
    from .._legacy import settings

    if name in settings.DEFAULTS:
        return settings.DEFAULTS[name]()
    raise AttributeError(f"module 'dsadapter' has no attribute {name!r}")


def current(setting: str) -> Any:
    """What a call would use, marked as not set."""
    if setting == "base_url":
        value: Any = resolve_endpoint({}).base_url
    elif setting == "api_key":
        value = resolve_endpoint({}).key
    else:
        value = setting_value(setting, {})
    return UnsetDefault(value) if isinstance(value, str) else value
