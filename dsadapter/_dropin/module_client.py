"""``openai.chat`` and so on behind ``install()``: a client whose settings are the module's."""

from __future__ import annotations

import os
from typing import Any, Dict, Mapping

from .._backends.holders import shared_sync
from .._backends.selection import select
from .._call.arguments import BuildArguments
from .._call.call import ResponseTypes
from .._call.prepare import prepare
from .._call.run import run
from .._client.module_client import ModuleClient
from .._legacy.settings import SourcedArguments
from .._settings import azure
from .._settings.resolve import resolve
from .._settings.sources import first_of, is_set
from .._settings.table import Settings

# Globals of openai >= 1 that mean the same here.
GLOBALS = (
    "api_key",
    "base_url",
    "api_base",
    "organization",
    "project",
    "timeout",
    "max_retries",
    "default_headers",
    "default_query",
)

# Those of Azure, whose module client openai >= 1 has for ``openai.api_type = "azure"``.
AZURE_GLOBALS = ("azure_endpoint", "api_version", "azure_ad_token", "azure_ad_token_provider")


class _OpenaiModuleClient(ModuleClient):
    """The client behind the functions of a module ``openai``."""

    def __init__(self, module: Any) -> None:
        super().__init__()
        self._module = module

    def _run(self, types: ResponseTypes, build: BuildArguments, *args: Any) -> Any:
        call = build(*args)
        settings = SourcedArguments()
        for name in GLOBALS:
            value = vars(self._module).get(name)
            if is_set(value):
                is_function = name == "api_key" and callable(value)
                settings.set(name, value() if is_function else value, f"openai.{name}")
        if settings.get("base_url"):
            settings.pop("api_base", None)  # a legacy library's, in the same process
        resolved = self._azure(settings, call.settings) if self._is_azure() else None
        if resolved is None:
            settings.update(call.settings)
            resolved = resolve(settings)
        return run(prepare(shared_sync(select()), call.request, resolved, types))

    def _is_azure(self) -> bool:
        """Whether the program says so; the environment's word counts beside an endpoint only."""
        values = vars(self._module)
        kind = values.get("api_type")
        if is_set(kind) and kind != os.environ.get("OPENAI_API_TYPE"):
            return bool(kind == "azure")
        endpoint = is_set(values.get("azure_endpoint")) or first_of(azure.ENDPOINT) is not None
        return os.environ.get("OPENAI_API_TYPE") == "azure" and endpoint

    def _azure(self, settings: Dict[str, Any], own: Mapping[str, Any]) -> Settings:
        """What a call works with there; raises as ``AzureOpenAI`` does."""
        values = vars(self._module)
        named = {name: values[name] for name in AZURE_GLOBALS if is_set(values.get(name))}
        arguments = azure.AzureArguments(api_key=settings.pop("api_key", None), **named)
        function = arguments.credential_function
        key = {} if function is None else {"api_key": azure.checked_credential(function())}
        return azure.resolve(arguments, {**settings, **key, **own})


def for_module(module: Any) -> Any:
    """A client whose settings are the globals of ``module``, read at every call."""
    return _OpenaiModuleClient(module)
