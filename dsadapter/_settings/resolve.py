"""All settings of one client, together and checked."""

from __future__ import annotations

import os
from typing import Any, Mapping, Optional

from .._errors.tree import InvalidArgumentError
from . import keys, providers, values
from .endpoint import Endpoint, check_key_destination, resolve_endpoint
from .providers import GENERIC, Provider
from .sources import explicit, first_of, setting_value
from .table import BY_NAME, OFFLINE_KEY, OFFLINE_URL, SETTINGS, Setting, Settings

_OF_THE_ENDPOINT = ("api_key", "base_url", "provider", "backend")


def resolve(
    arguments: Mapping[str, Any], endpoint: Optional[Endpoint] = None, *, key_later: bool = False
) -> Settings:
    """What a client made with ``arguments`` works with, at ``endpoint`` or where they say.

    With ``key_later`` it has no key yet.

    Raises CredentialsError for a missing, unusable or misdirected key, InvalidArgumentError for a
    value that cannot be meant.
    """
    endpoint = endpoint or resolve_endpoint(arguments)
    offline = os.environ.get(OFFLINE_URL)
    base = values.base_url(
        offline or endpoint.base_url, OFFLINE_URL if offline else endpoint.base_source
    )
    to_openai = _goes_to_openai(endpoint.provider, base)
    others = (row for row in SETTINGS if row.name not in _OF_THE_ENDPOINT)
    return Settings(
        api_key="" if key_later else _usable_key(endpoint, base, arguments),
        key_source=endpoint.key_source,
        base_url=base,
        base_source=endpoint.base_source,
        provider=endpoint.provider,
        **{row.name: _parsed(row, arguments, to_openai) for row in others},
    )


def _parsed(row: Setting, arguments: Mapping[str, Any], to_openai: bool) -> Any:
    if row.openai_only:
        return _vendor_setting(row.name, arguments, to_openai)
    return row.parse(row.name, setting_value(row.name, arguments))


def _usable_key(endpoint: Endpoint, base: str, arguments: Mapping[str, Any]) -> str:
    host = providers.host_of(base)
    local = providers.is_loopback(host)
    if endpoint.key is not None and not isinstance(endpoint.key, str):
        raise InvalidArgumentError(
            f"api_key is a {type(endpoint.key).__name__}, not a str.", hint="Pass the key as text"
        )
    if local and os.environ.get(OFFLINE_URL):
        return OFFLINE_KEY
    if not endpoint.key:
        given, source = explicit("api_key", arguments)
        raise keys.empty(source) if given == "" else keys.missing(endpoint.provider)
    if local:
        return keys.sendable(endpoint.key)
    if endpoint.provider is GENERIC or endpoint.provider.keyless:
        keys.check_sendable(endpoint.key, endpoint.key_source)
    else:
        keys.check(endpoint.key, endpoint.key_source, endpoint.provider)
    check_key_destination(endpoint, host)
    return endpoint.key


def _goes_to_openai(provider: Provider, base: str) -> bool:
    """Whether calls go to OpenAI, or to this machine in its name."""
    host = providers.host_of(base)
    local = providers.is_loopback(host)
    return (provider if local else providers.by_host(host)).name == "openai"


def _vendor_setting(name: str, arguments: Mapping[str, Any], to_openai: bool) -> Optional[str]:
    """What SDKs pick up from the environment by themselves stays with the vendor it is for."""
    value, _ = explicit(name, arguments)
    if value is None and to_openai:
        variable = first_of(BY_NAME[name].env)
        value = variable.value if variable else None
    return value or None
