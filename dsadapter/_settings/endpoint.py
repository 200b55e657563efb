"""Key and base URL, taken as a pair, so that a key goes only to the vendor it belongs to."""

from __future__ import annotations

import os
from typing import Any, List, Mapping, Optional, Tuple

from .._errors.tree import CredentialsError, InvalidArgumentError
from .._named_tuple import NamedTuple
from . import dotenv_file, keys, providers
from .providers import DEEPSEEK, GENERIC, Provider
from .sources import (
    Variable,
    explicit,
    explicit_or_variable,
    first_of,
    from_environment,
)
from .table import BY_NAME, KEY_PAIRS, TRUST_HOSTS
from .values import shown

# Where a base URL came from, for decisions; ``base_source`` says it to people.
EXPLICIT, VARIABLE, PRESET, DEFAULT = "explicit", "variable", "preset", "default"


class Endpoint(NamedTuple):
    """Where a client sends its calls, and with which key, before any check."""

    key: Optional[str]
    key_source: str
    base_url: str
    base_source: str
    provider: Provider
    paired: bool  # the base was named by the program, or stands beside the key
    origin: str
    base_file: Optional[str] = None  # the ``.env`` that the base stands in

    def __repr__(self) -> str:
        key = keys.tail(self.key) if isinstance(self.key, str) else None
        return f"Endpoint(base_url={self.base_url!r}, key={key!r})"


def resolve_endpoint(arguments: Mapping[str, Any]) -> Endpoint:
    """Key, base URL and provider of a client, before any check."""
    endpoint = _endpoint(arguments)
    provider = endpoint.provider
    if endpoint.key or provider.keyless is None:
        return endpoint
    return endpoint._replace(key=provider.keyless, key_source=f"the preset {provider.name}")


def _endpoint(arguments: Mapping[str, Any]) -> Endpoint:
    base, base_source = explicit("base_url", arguments)
    key, key_source = explicit("api_key", arguments)
    if base is not None:
        provider = _provider_of(str(base), arguments)
        if key is None:
            key, key_source = _key_for(provider)
        return Endpoint(key, key_source, str(base), base_source, provider, True, EXPLICIT)
    preset = _preset(*explicit_or_variable("provider", arguments))
    if preset is None:
        return _paired_endpoint(key, key_source)
    if preset in (DEEPSEEK, GENERIC):
        endpoint = _paired_endpoint(key, key_source)
        if preset is GENERIC or endpoint.provider in (DEEPSEEK, GENERIC):
            return endpoint._replace(provider=preset)
    return _preset_endpoint(preset, key, key_source)


def _provider_of(base: str, arguments: Mapping[str, Any]) -> Provider:
    """For a base that the program names: the provider that it names as well, else the one that the
    host belongs to, else that of the variable."""
    preset = _preset(*explicit("provider", arguments))
    if preset is not None:
        return preset
    known = providers.by_host(providers.host_of(base))
    if known is not GENERIC:
        return known
    return _preset(*explicit_or_variable("provider", arguments)) or GENERIC


def _preset(name: Optional[str], source: str) -> Optional[Provider]:
    if name is None:
        return None
    preset = providers.BY_ANY_NAME.get(name.lower()) if isinstance(name, str) else None
    if preset is None:
        raise InvalidArgumentError(
            f"provider={shown(name)} ({source}) is not known.",
            hint=f"Known: {', '.join(providers.BY_NAME)}; any other host goes by base_url=",
        )
    return preset


def _key_for(provider: Provider) -> Tuple[Optional[str], str]:
    """For a base that the program names: the vendor's own variable, else the usual two; but
    DeepSeek's never for a base of another known vendor, and neither for a server that asks for
    none."""
    if provider.keyless:
        return _value_and_source(first_of(provider.key_env))
    usual = [variable for variable, _ in KEY_PAIRS]
    if provider not in (DEEPSEEK, GENERIC):
        usual.remove("DEEPSEEK_API_KEY")
    return _value_and_source(first_of((*provider.key_env, *usual)))


def _value_and_source(variable: Optional[Variable]) -> Tuple[Optional[str], str]:
    return (variable.value, variable.source) if variable else (None, "")


def _preset_endpoint(preset: Provider, key: Optional[str], key_source: str) -> Endpoint:
    if preset.base_url is None:
        raise InvalidArgumentError(
            f"{preset.title} has no address of its own: every customer has one.",
            hint="Name yours with base_url=, or with AzureOpenAI(azure_endpoint=...)",
        )
    if key is None:
        key, key_source = _value_and_source(first_of(preset.key_env))
    bases = next((b for k, b in KEY_PAIRS if k in preset.key_env), ())
    base = first_of(bases)
    if base is None:
        url, source = preset.base_url, f"the preset {preset.name}"
        return Endpoint(key, key_source, url, source, preset, True, PRESET)
    return Endpoint(key, key_source, base.value, base.source, preset, True, VARIABLE, base.file)


def _paired_endpoint(key: Optional[str], key_source: str) -> Endpoint:
    """No base was named: the pair of the environment that the key belongs to gives it."""
    for name, bases in KEY_PAIRS:
        variable = from_environment(name)
        if variable and key in (None, variable.value):
            base = first_of(bases)
            owned = base is not None or name in DEEPSEEK.key_env
            base = base or first_of(KEY_PAIRS[0][1])
            return _with_base(base, variable.value, variable.source, paired=owned)
    return _with_base(first_of(BY_NAME["base_url"].env), key or None, key_source, paired=True)


def _with_base(
    base: Optional[Variable], key: Optional[str], key_source: str, *, paired: bool
) -> Endpoint:
    key_source = key_source if key else ""
    if base is None:
        url = str(DEEPSEEK.base_url)
        return Endpoint(key, key_source, url, "the default", DEEPSEEK, paired, DEFAULT)
    provider = providers.by_host(providers.host_of(base.value))
    if provider is GENERIC and base.name.startswith("DEEPSEEK_"):
        provider = DEEPSEEK
    return Endpoint(key, key_source, base.value, base.source, provider, paired, VARIABLE, base.file)


def trusted_hosts() -> List[str]:
    """Hosts that any key may be sent to; only the environment says which."""
    return os.environ.get(TRUST_HOSTS, "").lower().replace(",", " ").split()


def check_key_destination(endpoint: Endpoint, host: str) -> None:
    """A key goes only to the vendor it belongs to. Nothing was sent yet.

    Raises CredentialsError for a key without a base of its own, for one of another vendor's
    unmistakable shape on its way to DeepSeek, and for one that a foreign ``.env`` would lead away.
    """
    if host in trusted_hosts():
        return
    assert endpoint.key is not None
    _check_base_file(endpoint, endpoint.key, host)
    if not endpoint.paired:
        raise CredentialsError(
            f"The key from {endpoint.key_source} belongs to another vendor: nothing says that it "
            f"may go to {host}. It was not sent.",
            hint=f"For DeepSeek set DEEPSEEK_API_KEY; for another vendor name its base_url; "
            f"if you mean it, set {TRUST_HOSTS}={host}",
        )
    if providers.by_host(host) is DEEPSEEK and keys.is_foreign(endpoint.key):
        raise CredentialsError(
            f"The key from {endpoint.key_source} has the shape of another vendor's key and was "
            f"about to go to {host}. It was not sent.",
            hint=f"Use a DeepSeek key ({DEEPSEEK.keys_page}) or that vendor's base_url; "
            f"if you mean it, set {TRUST_HOSTS}={host}",
        )


def _check_base_file(endpoint: Endpoint, key: str, host: str) -> None:
    """A file that is not the program's own must not choose where a key goes that it lacks."""
    file = endpoint.base_file
    if file is None or providers.by_host(host) is not GENERIC or keys.is_placeholder(key):
        return
    if key in dotenv_file.read(file).values() or dotenv_file.is_programs_own(file):
        return
    raise CredentialsError(
        f"The base URL stands in {file}, which is not in this program's own folder, and would lead "
        f"the key from {endpoint.key_source} to {host}. It was not sent.",
        hint="Set the base URL where the key is set, or put the key into that file; "
        f"if you trust this host, set {TRUST_HOSTS}={host} in the environment",
    )
