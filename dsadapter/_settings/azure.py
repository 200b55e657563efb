"""Azure's way of the same API: an endpoint of one's own, ``api-version``, deployments, two kinds
of credentials. The names are those of ``openai.AzureOpenAI``.
"""

from __future__ import annotations

import os
from typing import Any, Callable, Dict, Mapping, Optional, Tuple

from .._errors.tree import CredentialsError, InvalidArgumentError
from .._named_tuple import NamedTuple
from . import providers
from .endpoint import EXPLICIT, VARIABLE, Endpoint, trusted_hosts
from .providers import AZURE, GENERIC, Provider
from .resolve import resolve as resolve_at
from .sources import Variable, first_of, setting_value
from .table import OFFLINE_KEY, OFFLINE_URL, Settings

ENDPOINT = ("AZURE_OPENAI_ENDPOINT",)
VERSION = ("OPENAI_API_VERSION",)
TOKEN = ("AZURE_OPENAI_AD_TOKEN",)
CREDENTIALS = ("api_key", "azure_ad_token", "azure_ad_token_provider")
KEY_HEADER = "api-key"
ASKED_AT_EACH_CALL = "asked-at-each-call"  # stands for a key that a function gives

WITH_KEY = AZURE._replace(key_header=KEY_HEADER)  # else the credential is a token, borne as usual


class AzureArguments(NamedTuple):
    """What a client of Azure was made with, beside what every client takes."""

    azure_endpoint: Optional[str] = None
    azure_deployment: Optional[str] = None
    api_version: Optional[str] = None
    api_key: Any = None  # a str, or a function that gives one
    azure_ad_token: Optional[str] = None
    azure_ad_token_provider: Optional[Callable[[], Any]] = None

    def __repr__(self) -> str:
        return f"AzureArguments({self.azure_endpoint!r}, {self.azure_deployment!r})"

    @property
    def credential_function(self) -> Optional[Callable[[], Any]]:
        """What is asked for the key or token of each call; None where it is known."""
        return self.azure_ad_token_provider or (self.api_key if callable(self.api_key) else None)


def resolve(azure: AzureArguments, arguments: Mapping[str, Any]) -> Settings:
    """What a client of Azure works with; ``arguments`` are the settings that every client has.

    Raises InvalidArgumentError without an endpoint or ``api_version``, CredentialsError without a
    credential, and for an endpoint that is another vendor's: Azure's key does not go there.
    """
    key, key_source, row = _credential(azure, arguments)
    version = azure.api_version or _value(first_of(VERSION))
    if not version:
        raise InvalidArgumentError(
            "Must provide either the `api_version` argument or the `OPENAI_API_VERSION` "
            "environment variable",
            hint='Write AzureOpenAI(api_version="2024-10-21")',
        )
    endpoint = _endpoint(azure, arguments)._replace(key=key, key_source=key_source)
    general = endpoint.provider.base_url
    _check_vendor(endpoint)
    if row is AZURE:  # tokens are not judged as keys are
        endpoint = endpoint._replace(provider=GENERIC)
    query = {**(setting_value("default_query", arguments) or {}), "api-version": version}
    settings = resolve_at({**arguments, "default_query": query}, endpoint)
    if os.environ.get(OFFLINE_URL):  # the emulator is no Azure
        return settings._replace(provider=GENERIC)
    return settings._replace(provider=row._replace(base_url=general, deployments=True))


def _credential(azure: AzureArguments, arguments: Mapping[str, Any]) -> Tuple[str, str, Provider]:
    """Key or token, where it came from, and the row that says how it is borne."""
    own = arguments.get("api_key")  # of one call, or what a function gave for it
    by_name = azure._asdict()
    named = [name for name in CREDENTIALS if by_name[name] is not None]
    if len(named) > 1:
        raise InvalidArgumentError(
            "The `api_key`, `azure_ad_token` and `azure_ad_token_provider` arguments are mutually "
            "exclusive; Only one can be passed at a time",
            hint=f"Keep one of {' and '.join(named)}",
        )
    if named:
        row = WITH_KEY if named == ["api_key"] else AZURE
        value = own or (ASKED_AT_EACH_CALL if callable(by_name[named[0]]) else by_name[named[0]])
        return value, f"the argument {named[0]}", row
    for names, row in ((TOKEN, AZURE), (AZURE.key_env, WITH_KEY)):
        variable = first_of(names)
        if variable:
            return own or variable.value, variable.source, row
    if os.environ.get(OFFLINE_URL):
        return OFFLINE_KEY, "", WITH_KEY
    raise CredentialsError(
        "Missing credentials. Please pass one of `api_key`, `azure_ad_token`, "
        "`azure_ad_token_provider`, or the `AZURE_OPENAI_API_KEY` or `AZURE_OPENAI_AD_TOKEN` "
        "environment variables."
    )


def _endpoint(azure: AzureArguments, arguments: Mapping[str, Any]) -> Endpoint:
    """Where calls go; the provider's ``base_url`` is where those without a deployment go."""
    base = arguments.get("base_url") or arguments.get("api_base")
    if base is not None and azure.azure_endpoint is not None:
        raise InvalidArgumentError("base_url and azure_endpoint are mutually exclusive")
    if base is not None:
        return _at(str(base), "the argument base_url", AZURE)
    variable = None if azure.azure_endpoint else first_of(ENDPOINT)
    resource = azure.azure_endpoint or _value(variable)
    if resource is None:
        raise InvalidArgumentError(
            "Must provide one of the `base_url` or `azure_endpoint` arguments, or the "
            "`AZURE_OPENAI_ENDPOINT` environment variable",
            hint='Write AzureOpenAI(azure_endpoint="https://my-resource.openai.azure.com")',
        )
    general = f"{str(resource).rstrip('/')}/openai"
    deployment = azure.azure_deployment
    url = general if deployment is None else f"{general}/deployments/{deployment}"
    source = variable.source if variable else "the argument azure_endpoint"
    return _at(url, source, AZURE._replace(base_url=general), variable)


def _at(url: str, source: str, provider: Provider, variable: Optional[Variable] = None) -> Endpoint:
    origin, file = (VARIABLE, variable.file) if variable else (EXPLICIT, None)
    return Endpoint(None, "", url, source, provider, True, origin, file)


def _check_vendor(endpoint: Endpoint) -> None:
    host = providers.host_of(endpoint.base_url)
    vendor = providers.by_host(host)
    if vendor not in (AZURE, GENERIC) and host not in trusted_hosts():
        raise CredentialsError(
            f"{endpoint.base_source} names {host}, which is {vendor.title}'s: the key from "
            f"{endpoint.key_source} belongs to Azure. It was not sent.",
            hint=f"For {vendor.title} use OpenAI(base_url=...); for Azure name your own endpoint",
        )


def _value(variable: Optional[Variable]) -> Optional[str]:
    return variable.value if variable else None


# --- credentials that a function gives -----------------------------------------------------------


def checked_credential(value: Any) -> str:
    """What a function gave for one call; raises InvalidArgumentError for what is no credential."""
    if not isinstance(value, str) or not value:
        raise InvalidArgumentError(
            "Expected `azure_ad_token_provider` argument to return a non-empty string, but it "
            f"returned a {type(value).__name__}."
        )
    return value


def without_credentials(azure: AzureArguments) -> Dict[str, Any]:
    """What a copy or a pickle of a client has of it."""
    return {
        name: value
        for name, value in azure._asdict().items()
        if value is not None and name not in CREDENTIALS
    }
