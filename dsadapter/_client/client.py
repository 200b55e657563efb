"""The modern face: ``OpenAI`` and ``AsyncOpenAI`` on whichever backend there is."""

from __future__ import annotations

from typing import Any, Awaitable, Dict, Mapping, Optional

from .._backends.lifetime import async_holder, sync_holder
from .._backends.selection import select
from .._call import arguments
from .._call.arguments import BuildArguments
from .._call.call import ResponseTypes
from .._call.prepare import prepare
from .._call.request import NOT_GIVEN
from .._call.run import arun, run
from .._response.types import Balance
from .._settings import keys
from .._settings.providers import Provider
from .._settings.redaction import forget_arguments, hides_locals, without_secrets
from .._settings.resolve import resolve
from .._settings.sources import by_canonical_name
from .._settings.table import CANONICAL, Settings
from .any_path import AnyPath, AsyncAnyPath
from .not_offered import WITHOUT_METHODS, without_methods
from .offered_resources import RESOURCES, resource
from .resources import AsyncChat, AsyncModels, AsyncTextCompletions, Chat, Models, TextCompletions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing_extensions import Unpack

    from .._settings.table import ClientArguments
    from .embeddings import AsyncEmbeddings, AsyncModerations, Embeddings, Moderations
    from .files import AsyncBatches, AsyncFiles, Batches, Files
    from .media import AsyncAudio, AsyncImages, Audio, Images
    from .responses import AsyncResponses, Responses


class _Client:
    """What sync and async share: settings, the choice of a backend, copies."""

    _make_holder: Any
    chat: Any
    completions: Any
    models: Any
    is_async = False

    @hides_locals
    def __init__(
        self,
        api_key: Optional[str] = None,
        *,
        http_client: Any = None,
        _holder: Any = None,
        **settings: Unpack[ClientArguments],
    ) -> None:
        """A client; every argument may be left out.

        Args:
            api_key: the key; else ``dsadapter.api_key``, the environment, ``.env``.
            base_url: where calls go, e.g. ``"https://api.deepseek.com"``.
            provider: a preset instead of a base URL: ``"deepseek"``, ``"qianfan"`` ...
            backend: ``"legacy-openai"``, ``"modern-openai"``, ``"raw-requests"`` or ``"auto"``.
            timeout: seconds, connect and per read (600, connect 5), or an httpx Timeout.
            idle_timeout: seconds without real data; keep-alives do not count.
            deadline: seconds for the whole call, retries included.
            max_retries: further attempts after a failure that may pass (2).
            max_connections: calls at once (1000, at most half of ``ulimit -n``); others wait.
            repair: ``"on"``, ``"off"`` or ``"error"``: what to do with requests DeepSeek refuses.
            model_map: names to replace, ``{"gpt-3.5-turbo": "deepseek-flash"}``.
            default_headers, default_query: of every call.
            http_client: a requests.Session or httpx.Client (async: httpx.AsyncClient) to use.

        Raises:
            CredentialsError: no key, one that cannot be used, or one of another vendor.
            BackendUnavailableError: the named backend cannot work here.
            HttpClientError: ``http_client`` fits no backend, or not the named one.
            InvalidArgumentError: a value that cannot be meant.
        """
        _refuse_unknown(settings)
        arguments: Dict[str, Any] = {"api_key": api_key, **settings}
        self._arguments = {k: v for k, v in arguments.items() if k in CANONICAL and _is_given(v)}
        self._http_client = http_client
        self._settings: Settings = self._resolved(self._arguments)
        self._holder = _holder or self._new_holder()
        self._add_resources()

    def _add_resources(self) -> None:
        """Set ``chat``, ``completions`` and ``models``."""

    def _new_holder(self) -> Any:
        selection = select(self._arguments.get("backend"), self._http_client)
        width = self._settings.max_connections
        return self._make_holder(selection, self._http_client, width)

    # reading

    @property
    def backend(self) -> str:
        """The name of the backend that serves this client."""
        return self._holder.name

    @property
    def api_key(self) -> str:
        """The key that calls carry."""
        return self._settings.api_key

    @property
    def base_url(self) -> str:
        """Where calls go, without a slash at its end."""
        return self._settings.base_url

    @property
    def provider(self) -> str:
        """The name of the provider whose rules apply; "generic" for an unknown host."""
        return self._settings.provider.name

    @property
    def _provider(self) -> Provider:
        return self._settings.provider

    @property
    def timeout(self) -> Any:
        """As it was set, else (connect, read) in seconds."""
        return self._arguments.get("timeout", self._settings.timeout)

    @property
    def max_retries(self) -> int:
        """Further attempts after a failure that may pass."""
        return self._settings.max_retries

    @property
    def organization(self) -> Optional[str]:
        """OpenAI's; None on its way to anybody else."""
        return self._settings.organization

    @property
    def project(self) -> Optional[str]:
        """OpenAI's; None on its way to anybody else."""
        return self._settings.project

    @property
    def default_headers(self) -> Mapping[str, Any]:
        """Headers of every call."""
        return self._settings.default_headers

    @property
    def default_query(self) -> Mapping[str, Any]:
        """Query parameters of every call."""
        return self._settings.default_query

    @property
    def with_raw_response(self) -> Any:
        """``client.with_raw_response.chat.completions.create(...)`` and so on."""
        from types import SimpleNamespace

        return SimpleNamespace(
            chat=SimpleNamespace(completions=self.chat.completions.with_raw_response),
            completions=self.completions.with_raw_response,
            models=self.models.with_raw_response,
        )

    @property
    def beta(self) -> _Client:
        """openai 1.40-1.91 kept some calls there; it is the same client."""
        return self

    def __getattr__(self, name: str) -> Any:
        if name in RESOURCES:
            return resource(self, name)
        if name in WITHOUT_METHODS:
            raise without_methods(name, self._provider)
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")

    def __repr__(self) -> str:
        return (
            f"{type(self).__name__}(base_url={self.base_url!r}, backend={self.backend!r}, "
            f"api_key={keys.tail(self.api_key)!r})"
        )

    # copies

    @hides_locals
    def with_options(self, **changes: Any) -> Any:
        """A client that differs in ``changes`` and shares the connections of this one.

        As in the SDKs, ``default_headers`` and ``default_query`` are added to what is there;
        ``set_default_headers`` and ``set_default_query`` replace it.
        """
        options = {k: v for k, v in changes.items() if _is_given(v)}
        for name in ("default_headers", "default_query"):
            if f"set_{name}" in options:
                options[name] = options.pop(f"set_{name}")
            elif isinstance(options.get(name), Mapping):
                options[name] = {**self._arguments.get(name, {}), **options[name]}
        settings = {**by_canonical_name(self._arguments), **by_canonical_name(options)}
        settings.setdefault("http_client", self._http_client)
        same = not {"http_client", "backend", "max_connections"} & set(changes)
        return type(self)(**settings, _holder=self._holder if same else None)

    copy = with_options

    def __copy__(self) -> Any:
        return self.with_options()

    def __deepcopy__(self, memo: Any) -> Any:
        return self.with_options()

    def is_closed(self) -> bool:
        """Whether :meth:`close` was called."""
        return bool(self._holder.closed)

    # a client pickles without its key, which is resolved anew where it wakes up

    def __getstate__(self) -> Dict[str, Any]:
        settings = {k: v for k, v in self._arguments.items() if k != "api_key"}
        for name in ("default_headers", "default_query"):
            if settings.get(name):
                settings[name] = without_secrets(settings[name])
        return settings

    def __setstate__(self, settings: Dict[str, Any]) -> None:
        self.__init__(**settings)  # type: ignore[misc]

    # calling

    def _with_own(self, own: Dict[str, Any]) -> Settings:
        """The settings of a call that brings some of its own."""
        return self._resolved({**by_canonical_name(self._arguments), **by_canonical_name(own)})

    def _resolved(self, arguments: Mapping[str, Any]) -> Settings:
        return resolve(arguments)


# SDK arguments without a meaning here.
_ACCEPTED = ("_strict_response_validation", "websocket_base_url", "webhook_secret")


def _refuse_unknown(settings: Mapping[str, Any]) -> None:
    """What no SDK knows is a mistake."""
    unknown = [name for name in settings if name not in CANONICAL and name not in _ACCEPTED]
    if unknown:
        text = f"OpenAI.__init__() got an unexpected keyword argument {unknown[0]!r}"
        if unknown[0] == "proxies":
            text += "; set HTTPS_PROXY, or pass http_client=httpx.Client(proxy=...)"
        raise TypeError(text)


def _is_given(value: Any) -> bool:
    return value is not None and type(value).__name__ not in NOT_GIVEN


class OpenAI(_Client, AnyPath):
    """A client for DeepSeek and compatible providers, like ``openai.OpenAI``.

    Works with any openai SDK installed, or none: ``client.backend`` says what serves it. Thread-
    safe; use it as a context manager or ``close()`` it to let go of its connections.
    """

    _make_holder = staticmethod(sync_holder)

    chat: Chat
    completions: TextCompletions
    models: Models

    if TYPE_CHECKING:  # made when they are first read, where the provider has them
        audio: Audio
        batches: Batches
        embeddings: Embeddings
        files: Files
        images: Images
        moderations: Moderations
        responses: Responses

    def _add_resources(self) -> None:
        self.chat = Chat(self)
        self.completions = TextCompletions(self)
        self.models = Models(self)

    def _run(
        self, types: ResponseTypes, build: BuildArguments, *args: Any, raw: bool = False
    ) -> Any:
        try:
            call = build(*args)
            settings = self._with_own(call.settings) if call.settings else self._settings
            return run(prepare(self._holder, call.request, settings, types), raw=raw)
        except BaseException as err:
            forget_arguments(err, args)
            raise

    def balance(self, **params: Any) -> Balance:
        """``GET /user/balance``: ``is_available`` and ``balance_infos``, amounts as strings."""
        return self._run(arguments.BALANCE, arguments.balance, params)

    def close(self) -> None:
        """Let go of the connections; further calls raise OpenAIError."""
        self._holder.close()

    def __enter__(self) -> OpenAI:
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()


class AsyncOpenAI(_Client, AsyncAnyPath):
    """The async twin of :class:`OpenAI`; serves any number of event loops, one after the other."""

    _make_holder = staticmethod(async_holder)

    chat: AsyncChat
    completions: AsyncTextCompletions
    models: AsyncModels
    is_async = True

    if TYPE_CHECKING:  # made when they are first read, where the provider has them
        audio: AsyncAudio
        batches: AsyncBatches
        embeddings: AsyncEmbeddings
        files: AsyncFiles
        images: AsyncImages
        moderations: AsyncModerations
        responses: AsyncResponses

    def _add_resources(self) -> None:
        self.chat = AsyncChat(self)
        self.completions = AsyncTextCompletions(self)
        self.models = AsyncModels(self)

    async def _run(
        self, types: ResponseTypes, build: BuildArguments, *args: Any, raw: bool = False
    ) -> Any:
        try:
            call = build(*args)
            settings = self._with_own(call.settings) if call.settings else self._settings
            return await arun(prepare(self._holder, call.request, settings, types), raw=raw)
        except BaseException as err:
            forget_arguments(err, args)
            raise

    def balance(self, **params: Any) -> Awaitable[Balance]:
        """As :meth:`OpenAI.balance`."""
        return self._run(arguments.BALANCE, arguments.balance, params)

    async def close(self) -> None:
        """Let go of the connections; further calls raise OpenAIError."""
        await self._holder.close()

    aclose = close

    async def __aenter__(self) -> AsyncOpenAI:
        return self

    async def __aexit__(self, *_: Any) -> None:
        await self.close()
