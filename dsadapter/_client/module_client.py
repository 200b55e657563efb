"""The module as a client: ``dsadapter.chat`` and so on; settings are read anew at every call."""

from __future__ import annotations

from typing import Any, Callable

from .._backends.holders import shared_sync
from .._backends.selection import select
from .._call.arguments import BuildArguments
from .._call.call import ResponseTypes
from .._call.prepare import prepare
from .._call.run import run
from .._settings.endpoint import resolve_endpoint
from .._settings.providers import Provider
from .._settings.resolve import resolve
from .client import OpenAI
from .resources import Chat, Models, TextCompletions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .._response.account_types import Balance


class ModuleClient(OpenAI):
    """A client without settings of its own, on connections that all such calls share."""

    def __init__(self) -> None:
        self._add_resources()

    @property
    def _provider(self) -> Provider:
        return resolve_endpoint({}).provider

    def _run(self, types: ResponseTypes, build: BuildArguments, *args: Any) -> Any:
        call = build(*args)
        settings = resolve(call.settings)
        return run(prepare(shared_sync(select()), call.request, settings, types))


module_client = ModuleClient()
chat: Chat = module_client.chat
completions: TextCompletions = module_client.completions
models: Models = module_client.models
balance: Callable[..., Balance] = module_client.balance
