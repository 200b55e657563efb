"""``openai.chat`` and so on behind ``install()``: a client whose settings are the module's."""

from __future__ import annotations

from typing import Any

from .._backends.lifetime import shared_sync
from .._backends.selection import select
from .._call.arguments import BuildArguments
from .._call.call import ResponseTypes
from .._call.prepare import prepare
from .._call.run import run
from .._client.module_client import ModuleClient
from .._legacy.settings import SourcedArguments
from .._settings.resolve import resolve
from .._settings.sources import is_set

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
        settings.update(call.settings)
        holder = shared_sync(select())
        return run(prepare(holder, call.request, resolve(settings), types))


def for_module(module: Any) -> Any:
    """A client whose settings are the globals of ``module``, read at every call."""
    return _OpenaiModuleClient(module)
