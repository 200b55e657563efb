"""``openai.chat`` and so on behind ``install()``: a client whose settings are the module's."""

from __future__ import annotations

from typing import Any

from .._backends import selection as _registry
from .._backends.lifetime import shared
from .._call import arguments as _calls
from .._call import run as _engine
from .._call.run import Kind
from .._client.client import _ModuleClient
from .._legacy.settings import Said
from .._settings.resolve import resolve
from .._settings.sources import UnsetDefault

# Globals of openai >= 1 that mean the same here.
NAMES = (
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


class _DoorClient(_ModuleClient):
    def __init__(self, module: Any) -> None:
        super().__init__()
        self._module = module

    def _run(self, call: _calls.Prepared, kind: Kind, raw: bool = False) -> Any:
        said = Said()
        for name in NAMES:
            value = vars(self._module).get(name)
            if value is not None and not isinstance(value, UnsetDefault):
                said.put(name, value, f"openai.{name}")
        if said.get("base_url"):
            said.pop("api_base", None)  # a legacy library's, in the same process
        said.update(call.settings)
        backend = shared(_registry.select()).backend()
        return _engine.run(backend, call.request, resolve(said), kind, raw=raw)


def for_module(module: Any) -> Any:
    return _DoorClient(module)
