"""``api_type = "azure"`` and ``"azure_ad"`` of 0.28: whose calls are Azure's, and their paths."""

from __future__ import annotations

import os
from typing import Any, Mapping, Optional
from urllib.parse import quote_plus

from .._errors.tree import LegacyInvalidRequestError
from .._settings.azure import WITH_KEY
from .._settings.providers import AZURE, GENERIC
from .._settings.table import OFFLINE_URL, Settings
from . import settings as legacy_settings
from .settings import Snapshot

PREFIX = "/openai"


def is_named(arguments: Mapping[str, Any]) -> bool:
    """Whether the program itself names Azure, with a call or in a global."""
    label = arguments.get("api_type") or legacy_settings.assigned("api_type")
    if not label:
        return False
    return legacy_settings.typed_api_type(label) is not legacy_settings.ApiType.OPEN_AI


def applied(
    api_type: legacy_settings.ApiType,
    arguments: Mapping[str, Any],
    snapshot: Snapshot,
    settings: Settings,
) -> Settings:
    """The settings of calls for which Azure is named: Azure's, unless they go to another vendor.

    What only the environment says concerns Azure's hosts, and the base that stands beside it.
    Raises CredentialsError for a key of Azure's without an endpoint.
    """
    named = is_named(arguments)
    if named:
        legacy_settings.check_key_has_base(arguments, snapshot)
    if os.environ.get(OFFLINE_URL) or settings.provider not in (AZURE, GENERIC):
        return settings
    beside_it = os.environ.get("OPENAI_API_BASE", "").rstrip("/") == settings.base_url
    if settings.provider is AZURE or named or beside_it:
        row = WITH_KEY if api_type is legacy_settings.ApiType.AZURE else AZURE
        return settings._replace(provider=row._replace(deployments=True))
    return settings


def deployment_path(kind: str, engine: Optional[str], api_version: Optional[str]) -> str:
    """The path of a deployment: "/openai/deployments/mine/chat/completions?api-version=...".

    Raises LegacyInvalidRequestError without a version or an engine.
    """
    if engine is None and api_version:
        raise LegacyInvalidRequestError(
            "You must provide the deployment name in the 'engine' parameter to access the Azure "
            "OpenAI service",
            "engine",
        )
    return path(f"/deployments/{quote_plus(str(engine))}/{kind}", api_version)


def path(url: str, api_version: Optional[str]) -> str:
    """``url`` as Azure has it; raises LegacyInvalidRequestError without a version."""
    if url.startswith(f"{PREFIX}/"):
        return url
    if not api_version:
        raise LegacyInvalidRequestError(
            "An API version is required for the Azure API type.",
            "api_version",
        )
    return f"{PREFIX}{url}?api-version={api_version}"
