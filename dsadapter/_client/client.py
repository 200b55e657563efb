"""The modern face: ``OpenAI`` and ``AsyncOpenAI`` on whichever backend there is."""

from __future__ import annotations

from typing import Any, Awaitable, Dict, Mapping, Optional

from .._backends import selection as _registry
from .._backends.lifetime import AsyncTransport, SyncTransport
from .._call import arguments as _calls
from .._call import run as _engine
from .._call.run import Kind
from .._errors.tree import NotOfferedError
from .._record import Record
from .._response.types import Balance
from .._settings import keys as _keys
from .._settings.providers import Provider
from .._settings.resolve import resolve
from .._settings.sources import by_canonical_name
from .._settings.table import CANONICAL, Settings
from .resources import AsyncChat, AsyncModels, AsyncTextCompletions, Chat, Models, TextCompletions

# What clients of the SDKs have beside ours; "path" is the way through for providers that offer it.
NOT_OFFERED: Dict[str, str] = {
    "admin": "",
    "agents": "",
    "assistants": "",
    "audio": "/audio/speech",
    "batches": "/batches",
    "chatkit": "",
    "containers": "/containers",
    "content_provenance_checks": "",
    "conversations": "/conversations",
    "decisions": "",
    "edits": "/edits",
    "embeddings": "/embeddings",
    "evals": "/evals",
    "files": "/files",
    "fine_tunes": "",
    "fine_tuning": "/fine_tuning/jobs",
    "images": "/images/generations",
    "live": "",
    "moderations": "/moderations",
    "realtime": "",
    "responses": "/responses",
    "safety": "",
    "skills": "",
    "threads": "/threads",
    "uploads": "/uploads",
    "vector_stores": "/vector_stores",
    "videos": "/videos",
    "webhooks": "",
    "with_streaming_response": "",
}


def not_offered(name: str, provider: Provider) -> NotOfferedError:
    path = NOT_OFFERED[name]
    way = f'client.post("{path}", body={{...}}) calls it' if path else "there is no way through"
    return NotOfferedError(
        f"{provider.title} does not offer {name!r} through dsadapter.",
        hint=f"Use client.chat.completions.create(...); for a provider that offers it, {way}",
    )


class _Client:
    """What both colours share: settings, the choice of a backend, copies."""

    _transport_class: Any
    chat: Any
    completions: Any
    models: Any

    def __init__(
        self,
        api_key: Optional[str] = None,
        *,
        base_url: Any = None,
        provider: Optional[str] = None,
        backend: Optional[str] = None,
        timeout: Any = None,
        idle_timeout: Optional[float] = None,
        deadline: Optional[float] = None,
        max_retries: Optional[int] = None,
        repair: Optional[str] = None,
        model_map: Any = None,
        default_headers: Any = None,
        default_query: Any = None,
        http_client: Any = None,
        organization: Optional[str] = None,
        project: Optional[str] = None,
        api_base: Optional[str] = None,
        _transport: Any = None,
        **unused: Any,
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
        _refuse_unknown(unused)
        said = {key: value for key, value in locals().items() if key in CANONICAL}
        self._arguments = {k: v for k, v in said.items() if _is_said(v)}
        self._http_client = http_client
        self._settings: Settings = resolve(self._arguments)
        self._transport = _transport or self._new_transport()

    def _new_transport(self) -> Any:
        selection = _registry.select(self._arguments.get("backend"), self._http_client)
        return self._transport_class(selection, self._http_client)

    # reading

    @property
    def backend(self) -> str:
        """The name of the backend that serves this client."""
        return self._transport.name

    @property
    def api_key(self) -> str:
        return self._settings.api_key

    @property
    def base_url(self) -> str:
        return self._settings.base_url

    @property
    def provider(self) -> str:
        return self._settings.provider.name

    @property
    def timeout(self) -> Any:
        return self._arguments.get("timeout", self._settings.timeout)

    @property
    def max_retries(self) -> int:
        return self._settings.max_retries

    @property
    def organization(self) -> Optional[str]:
        return self._settings.organization

    @property
    def project(self) -> Optional[str]:
        return self._settings.project

    @property
    def default_headers(self) -> Mapping[str, Any]:
        return self._settings.default_headers

    @property
    def default_query(self) -> Mapping[str, Any]:
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
        if name in NOT_OFFERED:
            raise not_offered(name, self._settings.provider)
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")

    def __repr__(self) -> str:
        return (
            f"{type(self).__name__}(base_url={self.base_url!r}, backend={self.backend!r}, "
            f"api_key={_keys.tail(self.api_key)!r})"
        )

    # copies

    def with_options(self, **changes: Any) -> Any:
        """A client that differs in ``changes`` and shares the connections of this one.

        As in the SDKs, ``default_headers`` and ``default_query`` are added to what is there;
        ``set_default_headers`` and ``set_default_query`` replace it.
        """
        said = {k: v for k, v in changes.items() if _is_said(v)}
        for name in ("default_headers", "default_query"):
            if f"set_{name}" in said:
                said[name] = said.pop(f"set_{name}")
            elif isinstance(said.get(name), Mapping):
                said[name] = {**self._arguments.get(name, {}), **said[name]}
        arguments = {**by_canonical_name(self._arguments), **by_canonical_name(said)}
        arguments.setdefault("http_client", self._http_client)
        same = not {"http_client", "backend"} & set(changes)
        return type(self)(**arguments, _transport=self._transport if same else None)

    copy = with_options

    def __copy__(self) -> Any:
        return self.with_options()

    def __deepcopy__(self, memo: Any) -> Any:
        return self.with_options()

    def is_closed(self) -> bool:
        return bool(self._transport.closed)

    # a client pickles without its key, which is resolved anew where it wakes up

    def __getstate__(self) -> Dict[str, Any]:
        kept = {k: v for k, v in self._arguments.items() if k != "api_key"}
        if kept.get("default_headers"):
            said = kept["default_headers"].items()
            kept["default_headers"] = {
                k: v for k, v in said if k.lower() not in _keys.SECRET_HEADERS
            }
        return kept

    def __setstate__(self, arguments: Dict[str, Any]) -> None:
        self.__init__(**arguments)  # type: ignore[misc]

    # calling

    def _for_call(self, own: Dict[str, Any]) -> Settings:
        if not own:
            return self._settings
        return resolve({**by_canonical_name(self._arguments), **by_canonical_name(own)})


def _refuse_unknown(unused: Dict[str, Any]) -> None:
    """SDK arguments without a meaning here are accepted; what no SDK knows is a mistake."""
    accepted = ("_strict_response_validation", "websocket_base_url", "webhook_secret")
    unknown = [name for name in unused if name not in accepted]
    if unknown:
        text = f"OpenAI.__init__() got an unexpected keyword argument {unknown[0]!r}"
        if unknown[0] == "proxies":
            text += "; set HTTPS_PROXY, or pass http_client=httpx.Client(proxy=...)"
        raise TypeError(text)


def _is_said(value: Any) -> bool:
    return value is not None and type(value).__name__ not in ("NotGiven", "Omit")


class OpenAI(_Client):
    """A client for DeepSeek and compatible providers, like ``openai.OpenAI``.

    Works with any openai SDK installed, or none: ``client.backend`` says what serves it. Thread-
    safe; use it as a context manager or ``close()`` it to let go of its connections.
    """

    _transport_class = SyncTransport

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.chat: Chat = Chat(self)
        self.completions = TextCompletions(self)
        self.models = Models(self)

    def _run(self, call: _calls.Prepared, kind: Kind, raw: bool = False) -> Any:
        settings = self._for_call(call.settings)
        backend = self._transport.backend()
        return _engine.run(backend, call.request, settings, kind, raw=raw, keep=self._transport)

    def balance(self, **params: Any) -> Balance:
        """``GET /user/balance``: ``is_available`` and ``balance_infos``, amounts as strings."""
        call = _calls.listing("/user/balance", params, plain_base=True)
        return self._run(call, _calls.BALANCE)

    def get(self, path: str, **params: Any) -> Any:
        """Any GET path of the provider; keywords are query parameters. Gives a Record."""
        return self._run(_calls.free("GET", path, params), _calls.ANY)

    def post(self, path: str, **params: Any) -> Any:
        """Any POST path: ``client.post("/embeddings", body={...})``; ``stream=True`` streams."""
        return self._run(_calls.free("POST", path, params), _calls.ANY)

    def close(self) -> None:
        self._transport.close()

    def __enter__(self) -> OpenAI:
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()


class AsyncOpenAI(_Client):
    """The async twin of :class:`OpenAI`; serves any number of event loops, one after the other."""

    _transport_class = AsyncTransport

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.chat: AsyncChat = AsyncChat(self)
        self.completions = AsyncTextCompletions(self)
        self.models = AsyncModels(self)

    async def _run(self, call: _calls.Prepared, kind: Kind, raw: bool = False) -> Any:
        settings = self._for_call(call.settings)
        backend = self._transport.backend()
        return await _engine.arun(
            backend, call.request, settings, kind, raw=raw, keep=self._transport
        )

    def balance(self, **params: Any) -> Awaitable[Balance]:
        call = _calls.listing("/user/balance", params, plain_base=True)
        return self._run(call, _calls.BALANCE)

    def get(self, path: str, **params: Any) -> Awaitable[Record]:
        return self._run(_calls.free("GET", path, params), _calls.ANY)

    def post(self, path: str, **params: Any) -> Awaitable[Any]:
        return self._run(_calls.free("POST", path, params), _calls.ANY)

    async def close(self) -> None:
        await self._transport.close()

    aclose = close

    async def __aenter__(self) -> AsyncOpenAI:
        return self

    async def __aexit__(self, *_: Any) -> None:
        await self.close()


# --- the module as a client ----------------------------------------------------------------------


class _ModuleClient(OpenAI):
    """``dsadapter.chat`` and so on: settings are read anew at every call."""

    def __init__(self) -> None:
        self.chat = Chat(self)
        self.completions = TextCompletions(self)
        self.models = Models(self)

    def _run(self, call: _calls.Prepared, kind: Kind, raw: bool = False) -> Any:
        from .._backends.lifetime import shared

        settings = resolve(call.settings)
        backend = shared(_registry.select()).backend()
        return _engine.run(backend, call.request, settings, kind, raw=raw)


module_client = _ModuleClient()
chat = module_client.chat
completions = module_client.completions
models = module_client.models
balance = module_client.balance
