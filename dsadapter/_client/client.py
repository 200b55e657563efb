"""The modern face: ``OpenAI`` on whichever backend there is; the async one stands beside it."""

from __future__ import annotations

from typing import Any, Dict, Mapping

from .._backends.holders import GATE_SETTINGS, gate_of, sync_holder
from .._backends.selection import client_timeout, select
from .._call import arguments
from .._call.arguments import BuildArguments
from .._call.call import ResponseTypes
from .._call.prepare import prepare
from .._call.run import run
from .._errors.tree import InvalidArgumentError, OpenAIError, with_sdk_class
from .._native_class import as_native_class, native_names
from .._settings import keys
from .._settings.providers import Provider
from .._settings.redaction import forget_arguments, hides_locals, without_secrets
from .._settings.sources import by_canonical_name
from .any_path import AnyPath
from .configured import Configured, check_arguments, check_retries, is_given
from .resources import Chat, Models, TextCompletions
from .signature import client_signature

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing_extensions import Self, Unpack

    from .._response.account_types import Balance
    from . import raw_types
    from .configured import CopyArguments, Key, NewClientArguments
    from .embeddings import Embeddings, Moderations
    from .files import Batches, Files
    from .media import Audio, Images
    from .responses import Responses


class _Client(Configured):
    """What sync and async share: settings, the choice of a backend, copies."""

    _make_holder: Any
    _is_async: bool
    chat: Any
    completions: Any
    models: Any

    @hides_locals
    def __init__(
        self,
        api_key: Key = None,
        *,
        http_client: Any = None,
        _holder: Any = None,
        **settings: Unpack[NewClientArguments],
    ) -> None:
        """A client; every argument may be left out.

        Args:
            api_key: the key, or a function that gives it before each call (for an async client
                also a coroutine function); else ``dsadapter.api_key``, the environment, ``.env``.
            base_url: where calls go, e.g. ``"https://api.deepseek.com"``.
            provider: a preset instead of a base URL: ``"deepseek"``, ``"qianfan"`` ...
            backend: ``"legacy-openai"``, ``"modern-openai"``, ``"raw-requests"`` or ``"auto"``.
            timeout: seconds, connect and per read (600, connect 5), or an httpx Timeout; else what
                an ``http_client`` of httpx was made with.
            idle_timeout: seconds without real data; keep-alives do not count.
            deadline: seconds for the whole call, retries included.
            max_retries: further attempts after a failure that may pass (2).
            max_connections: calls at once (1000, at most half of ``ulimit -n``); others wait.
            max_concurrency: ``"auto"`` learns from 429s how many calls the server takes at once.
            repair: ``"on"``, ``"off"`` or ``"error"``: what to do with requests DeepSeek refuses;
                a dict switches rules by their ids, ``{"tool-history": True}``.
            model_map: names to replace, ``{"gpt-3.5-turbo": "deepseek-flash"}``.
            default_headers, default_query: of every call.
            http_client: a requests.Session or httpx.Client (async: httpx.AsyncClient) to use.

        Raises:
            CredentialsError: no key, one that cannot be used, or one of another vendor.
            BackendUnavailableError: the named backend cannot work here.
            HttpClientError: ``http_client`` fits no backend, or not the named one.
            InvalidArgumentError: a value that cannot be meant.
        """
        self._http_client = http_client
        self._configure({"api_key": api_key, **settings}, _holder)
        self._add_resources()

    __init__.__wrapped__ = client_signature()  # type: ignore[attr-defined]

    def _configure(self, arguments: Mapping[str, Any], holder: Any) -> None:
        try:
            check_arguments(arguments)
            if self._http_client is not None:
                self._http_timeout = client_timeout(self._http_client)
            self._use(arguments)
            self._holder = holder or self._new_holder()
        except OpenAIError as err:
            with_sdk_class(err)
            raise

    def _add_resources(self) -> None:
        """Set ``chat``, ``completions`` and ``models``."""

    def _new_holder(self) -> Any:
        selection = select(self._arguments.get("backend"), self._http_client)
        gate = gate_of(self._settings.max_connections, self._settings.max_concurrency)
        return self._make_holder(selection, self._http_client, gate)

    # reading

    @property
    def backend(self) -> str:
        """The name of the backend that serves this client."""
        return self._holder.name

    @property
    def _provider(self) -> Provider:
        return self._settings.provider

    @property
    def with_raw_response(self) -> Any:
        """``client.with_raw_response.chat.completions.create(...)`` and so on."""
        from .raw import WithRawResponse

        return WithRawResponse(self, self._is_async)

    @property
    def with_streaming_response(self) -> Any:
        """``with client.with_streaming_response.chat.completions.create(...) as response``."""
        from .raw import WithStreamingResponse

        return WithStreamingResponse(self, self._is_async)

    @property
    def beta(self) -> Self:
        """openai 1.40-1.91 kept some calls there; it is the same client."""
        return self

    if not TYPE_CHECKING:  # else every misspelt name would type-check

        def __getattr__(self, name: str) -> Any:
            from .offered_resources import attribute  # chat needs no table

            return attribute(self, name)

    def __repr__(self) -> str:
        return (
            f"{type(self).__name__}(base_url={self.base_url!r}, backend={self.backend!r}, "
            f"api_key={keys.tail(self.api_key)!r})"
        )

    # copies

    @hides_locals
    def with_options(self, **changes: Unpack[CopyArguments]) -> Self:
        """A client that differs in ``changes`` and shares the connections of this one.

        As in the SDKs, ``default_headers`` and ``default_query`` are added to what is there;
        ``set_default_headers`` and ``set_default_query`` replace it.
        """
        check_retries(changes)
        options: Dict[str, Any] = {k: v for k, v in changes.items() if is_given(v)}
        options.update(options.pop("_extra_kwargs", None) or {})
        for name in ("default_headers", "default_query"):
            if f"set_{name}" in options:
                if name in options:
                    text = f"`{name}` and `set_{name}` arguments are mutually exclusive"
                    raise InvalidArgumentError(text)
                options[name] = options.pop(f"set_{name}")
            elif isinstance(options.get(name), Mapping):
                options[name] = {**self._arguments.get(name, {}), **options[name]}
        settings = {**by_canonical_name(self._arguments), **by_canonical_name(options)}
        settings.setdefault("http_client", self._http_client)
        same = not {"http_client", "backend", *GATE_SETTINGS} & set(changes)
        return type(self)(**settings, _holder=self._holder if same else None)

    copy = with_options

    def __copy__(self) -> Self:
        return self.with_options()

    def __deepcopy__(self, memo: Any) -> Self:
        return self.with_options()

    def is_closed(self) -> bool:
        """Whether :meth:`close` was called."""
        return bool(self._holder.closed)

    # a client pickles without its key, which is resolved anew where it wakes up

    def __reduce_ex__(self, protocol: Any) -> Any:
        return _unpickled, (type(self), self.__getstate__())

    def __getstate__(self) -> Dict[str, Any]:
        settings = {k: v for k, v in self._arguments.items() if k != "api_key"}
        for name in ("default_headers", "default_query"):
            if settings.get(name):
                settings[name] = without_secrets(settings[name])
        return settings

    def _run(self, types: ResponseTypes, build: BuildArguments, *args: Any) -> Any:
        raise NotImplementedError


def _unpickled(cls: Any, settings: Dict[str, Any]) -> Any:
    return cls(**settings)


class OpenAI(_Client, AnyPath):
    """A client for DeepSeek and compatible providers, like ``openai.OpenAI``.

    Works with any openai SDK installed, or none: ``client.backend`` says what serves it. Thread-
    safe; use it as a context manager or ``close()`` it to let go of its connections.
    """

    _native_names = native_names("_client", "OpenAI")
    __class__ = as_native_class
    _make_holder = staticmethod(sync_holder)
    _is_async = False

    chat: Chat
    completions: TextCompletions
    models: Models
    if TYPE_CHECKING:
        with_raw_response: raw_types.OpenAIWithRawResponse
        with_streaming_response: raw_types.OpenAIWithStreamingResponse
        # made when they are first read, where the provider has them
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

    def _run(self, types: ResponseTypes, build: BuildArguments, *args: Any) -> Any:
        try:
            call = build(*args)
            settings = self._with_own(call.settings) if call.settings else self._settings
            return run(prepare(self._holder, call.request, settings, types))
        except BaseException as err:
            forget_arguments(err, args)
            raise

    def _run_with_new_key(self, *args: Any) -> Any:
        self._use_key(self._arguments["api_key"]())
        return type(self)._run(self, *args)

    def balance(self, **params: Any) -> Balance:
        """``GET /user/balance``: ``is_available`` and ``balance_infos``, amounts as strings."""
        return self._run(arguments.BALANCE, arguments.balance, params)

    def close(self) -> None:
        """Let go of the connections; further calls raise OpenAIError."""
        self._holder.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()
