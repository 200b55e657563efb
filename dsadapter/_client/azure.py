"""``AzureOpenAI`` and ``AsyncAzureOpenAI``: the modern face at an endpoint of Azure."""

from __future__ import annotations

from typing import Any, Callable, Dict, Mapping, Optional

from .._call.arguments import Arguments, BuildArguments
from .._call.call import ResponseTypes
from .._native_class import native_names
from .._settings import azure
from .._settings.azure import AzureArguments
from .._settings.redaction import hides_locals
from .._settings.table import Settings
from .async_client import AsyncOpenAI
from .client import OpenAI, _Client
from .signature import client_signature

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Awaitable, Union

    from typing_extensions import Self, Unpack

    from .configured import CopyArguments, NewClientArguments

    class AzureCopyArguments(CopyArguments, total=False):
        """The keyword arguments of ``with_options`` of a client of Azure."""

        azure_endpoint: Optional[str]
        azure_deployment: Optional[str]
        api_version: Optional[str]
        azure_ad_token: Optional[str]
        azure_ad_token_provider: Any

    TokenProvider = Callable[[], Union[str, Awaitable[str]]]


class _AzureClient(_Client):
    """What both clients of Azure share: their arguments, and copies."""

    @hides_locals
    def __init__(
        self,
        *,
        azure_endpoint: Optional[str] = None,
        azure_deployment: Optional[str] = None,
        api_version: Optional[str] = None,
        api_key: Union[str, TokenProvider, None] = None,
        azure_ad_token: Optional[str] = None,
        azure_ad_token_provider: Optional[TokenProvider] = None,
        http_client: Any = None,
        _holder: Any = None,
        **settings: Unpack[NewClientArguments],
    ) -> None:
        """A client of Azure; keyword arguments as of ``openai.AzureOpenAI``.

        Args:
            azure_endpoint: ``"https://my-resource.openai.azure.com"``; else AZURE_OPENAI_ENDPOINT.
            azure_deployment: the deployment of all calls; else the ``model`` of each names it.
            api_version: ``"2024-10-21"``; else OPENAI_API_VERSION.
            api_key: the key; else AZURE_OPENAI_API_KEY. It goes to this endpoint only.
            azure_ad_token: a token instead of a key; else AZURE_OPENAI_AD_TOKEN.
            azure_ad_token_provider: a function that gives a token; it is asked at each call.
            base_url: a whole base instead of ``azure_endpoint``.

        The others are those of :class:`OpenAI`. Raises InvalidArgumentError without an endpoint or
        a version, CredentialsError without a credential, and what :class:`OpenAI` raises.
        """
        self._azure = AzureArguments(
            azure_endpoint,
            azure_deployment,
            api_version,
            api_key,
            azure_ad_token,
            azure_ad_token_provider,
        )
        super().__init__(http_client=http_client, _holder=_holder, **settings)

    __init__.__wrapped__ = client_signature(*AzureArguments._fields)  # type: ignore[attr-defined]

    def _resolved(self, arguments: Mapping[str, Any], *, key_later: bool = False) -> Settings:
        if key_later:
            arguments = {**arguments, "api_key": azure.ASKED_AT_EACH_CALL}
        return azure.resolve(self._azure, arguments)

    # private in openai-python; programs read them

    @property
    def _api_version(self) -> str:
        return str(self._settings.default_query["api-version"])

    @property
    def _azure_deployment(self) -> Optional[str]:
        return self._azure.azure_deployment

    # copies

    def with_options(self, **changes: Unpack[AzureCopyArguments]) -> Self:
        """As :meth:`OpenAI.with_options`; a new credential takes the place of the old one, a
        ``base_url`` that of endpoint and deployment."""
        arguments = {k: v for k, v in self._azure._asdict().items() if v is not None}
        obsolete = set(azure.CREDENTIALS) if set(azure.CREDENTIALS) & set(changes) else set()
        if changes.get("base_url"):
            obsolete |= {"azure_endpoint", "azure_deployment"}
        current = {name: value for name, value in arguments.items() if name not in obsolete}
        return super().with_options(**{**current, **changes})

    copy = with_options

    def __getstate__(self) -> Dict[str, Any]:
        return {**super().__getstate__(), **azure.without_credentials(self._azure)}


class AzureOpenAI(_AzureClient, OpenAI):
    """A client for Azure OpenAI on whichever backend there is, like ``openai.AzureOpenAI``."""

    _native_names = native_names("lib.azure _client:OpenAI", "AzureOpenAI")

    def _run(self, types: ResponseTypes, build: BuildArguments, *args: Any) -> Any:
        function = self._azure.credential_function
        if function is not None:
            build = _with_credential(build, azure.checked_credential(function()))
        return super()._run(types, build, *args)


class AsyncAzureOpenAI(_AzureClient, AsyncOpenAI):
    """The async twin of :class:`AzureOpenAI`; its token function may be async, too."""

    _native_names = native_names("lib.azure _client:AsyncOpenAI", "AsyncAzureOpenAI")

    async def _run(self, types: ResponseTypes, build: BuildArguments, *args: Any) -> Any:
        function = self._azure.credential_function
        if function is not None:
            value = function()
            value = await value if hasattr(value, "__await__") else value
            build = _with_credential(build, azure.checked_credential(value))
        return await super()._run(types, build, *args)


def _with_credential(build: BuildArguments, credential: str) -> BuildArguments:
    """``build`` for a call that bears this credential, unless it names one of its own."""

    def with_credential(*args: Any) -> Arguments:
        call = build(*args)
        return call._replace(settings={"api_key": credential, **call.settings})

    return with_credential
