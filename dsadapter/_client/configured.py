"""The settings of a client: its arguments, what its attributes show, what an assignment changes."""

from __future__ import annotations

from typing import Any, Callable, Dict, Generic, Mapping, Optional, TypeVar

from .._call.arguments import NO_RETRIES
from .._call.request import NOT_GIVEN, USER_AGENT
from .._errors.tree import InvalidArgumentError
from .._settings.redaction import hides_locals
from .._settings.resolve import resolve
from .._settings.sources import by_canonical_name, setting_value
from .._settings.table import CANONICAL, Settings
from .._settings.values import timeouts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Union, overload

    from typing_extensions import Self

    from .._settings.table import ClientArguments
    from .._settings.url import URL

    Key = Union[str, Callable[[], Any], None]

    class NewClientArguments(ClientArguments, total=False):
        """The keyword arguments of a client, ``http_client`` aside."""

        _enforce_credentials: Optional[bool]
        _strict_response_validation: bool
        admin_api_key: Optional[str]
        webhook_secret: Optional[str]
        websocket_base_url: Any
        data_residency: None
        workload_identity: None

    class CopyArguments(NewClientArguments, total=False):
        """The keyword arguments of ``with_options``."""

        api_key: Any
        http_client: Any
        set_default_headers: Optional[Mapping[str, Any]]
        set_default_query: Optional[Mapping[str, Any]]
        _extra_kwargs: Mapping[str, Any]


# Without a meaning for the calls that there are here, whatever they are.
ACCEPTED = (
    "_enforce_credentials",
    "_strict_response_validation",
    "admin_api_key",
    "webhook_secret",
    "websocket_base_url",
)
# These say where calls go, or with what: accepted as None, and what to write instead of a value.
WITHOUT_VALUE = {
    "data_residency": 'Name the host: base_url="https://..."',
    "workload_identity": "Pass a function that gives the token: api_key=get_token",
}


def check_arguments(settings: Mapping[str, Any]) -> None:
    """Raises TypeError for what no SDK knows, InvalidArgumentError for a value without effect."""
    check_retries(settings)
    for name, value in settings.items():
        if name in WITHOUT_VALUE and is_given(value):
            raise InvalidArgumentError(f"{name} has no effect here.", hint=WITHOUT_VALUE[name])
        if name not in CANONICAL and name not in ACCEPTED and name not in WITHOUT_VALUE:
            text = f"OpenAI.__init__() got an unexpected keyword argument {name!r}"
            if name == "proxies":
                text += "; set HTTPS_PROXY, or pass http_client=httpx.Client(proxy=...)"
            raise TypeError(text)


def check_retries(settings: Mapping[str, Any]) -> None:
    """Raises InvalidArgumentError where ``max_retries`` is None, as the SDKs do."""
    if "max_retries" in settings and settings["max_retries"] is None:
        raise InvalidArgumentError(NO_RETRIES)


def is_given(value: Any) -> bool:
    """Whether it is a value: neither None nor one of the SDKs' markers for "not given"."""
    return value is not None and type(value).__name__ not in NOT_GIVEN


Read = TypeVar("Read")
Write = TypeVar("Write")


class Attribute(Generic[Read, Write]):
    """A setting as an attribute of a client: what later calls go by, and can be told to."""

    def __init__(self, name: str, read: Callable[[Any], Read], doc: str) -> None:
        self._name = name
        self._read = read
        self.__doc__ = doc

    if TYPE_CHECKING:

        @overload
        def __get__(self, client: None, owner: Any) -> Self: ...
        @overload
        def __get__(self, client: object, owner: Any) -> Read: ...

    def __get__(self, client: Any, owner: Any = None) -> Any:
        return self if client is None else self._read(client)

    def __set__(self, client: Any, value: Write) -> None:
        client._change(self._name, value)


def _url(text: str) -> URL:
    from .._settings.url import URL

    return URL(text)


class Configured:
    """What was given, and the settings that follow from it; an assignment holds for later calls."""

    _arguments: Dict[str, Any]
    _settings: Settings
    _http_timeout: Any = None  # that a caller's http_client was made with

    def _use(self, arguments: Mapping[str, Any]) -> None:
        """Work with these arguments from now on; raises for what cannot be meant."""
        given = {k: v for k, v in arguments.items() if k in CANONICAL and is_given(v)}
        asked_for = callable(given.get("api_key"))  # before each call
        self._settings = self._in_force(given, key_later=asked_for)
        self._arguments = given
        if asked_for:
            vars(self)["_run"] = self._run_with_new_key
        else:
            vars(self).pop("_run", None)

    def _change(self, name: str, value: Any) -> None:
        self._use({**by_canonical_name(self._arguments), name: value})

    def _with_own(self, own: Dict[str, Any]) -> Settings:
        """The settings of a call that brings some of its own."""
        mine = by_canonical_name(self._arguments)
        if callable(mine.get("api_key")):
            mine["api_key"] = self._settings.api_key
        return self._in_force({**mine, **by_canonical_name(own)})

    def _in_force(self, arguments: Mapping[str, Any], *, key_later: bool = False) -> Settings:
        """``_resolved``; a timeout that nothing sets is that of the caller's http_client."""
        settings = self._resolved(arguments, key_later=key_later)
        if self._http_timeout is None or setting_value("timeout", arguments) is not None:
            return settings
        return settings._replace(timeout=timeouts("http_client.timeout", self._http_timeout))

    def _timeout(self) -> Any:
        own, now = self._http_timeout, self._settings.timeout
        from_http = own is not None and (own.connect, own.read) == now
        return self._arguments.get("timeout", own if from_http else now)

    def _resolved(self, arguments: Mapping[str, Any], *, key_later: bool = False) -> Settings:
        return resolve(arguments, key_later=key_later)

    def _run_with_new_key(self, *args: Any) -> Any:
        """In the place of ``_run`` where a function gives the key."""
        raise NotImplementedError

    @hides_locals
    def _use_key(self, key: Any) -> None:
        """A key that the function gave; it is checked like any other."""
        if not isinstance(key, str) or not key:
            raise InvalidArgumentError(
                f"The function given as api_key gave {type(key).__name__!r}, not a key.",
                hint="Return the key as text",
            )
        self._settings = self._in_force({**self._arguments, "api_key": key})

    # attributes

    api_key: Attribute[str, Key] = Attribute(
        "api_key",
        lambda client: client._settings.api_key,
        "The key that calls carry; of a function the last one that it gave.",
    )
    base_url: Attribute[URL, Any] = Attribute(
        "base_url",
        lambda client: _url(client._settings.base_url),
        "Where calls go, without a slash at its end; a str with the attributes of httpx's URL.",
    )
    _base_url = base_url
    timeout: Attribute[Any, Any] = Attribute(
        "timeout",
        lambda client: client._timeout(),
        "As it was set, by an http_client too, else (connect, read) in seconds.",
    )
    max_retries: Attribute[int, Optional[int]] = Attribute(
        "max_retries",
        lambda client: client._settings.max_retries,
        "Further attempts after a failure that may pass.",
    )
    organization: Attribute[Optional[str], Optional[str]] = Attribute(
        "organization",
        lambda client: client._settings.organization,
        "OpenAI's; None on its way to anybody else.",
    )
    project: Attribute[Optional[str], Optional[str]] = Attribute(
        "project",
        lambda client: client._settings.project,
        "OpenAI's; None on its way to anybody else.",
    )

    @property
    def provider(self) -> str:
        """The name of the provider whose rules apply; "generic" for an unknown host."""
        return self._settings.provider.name

    @property
    def default_headers(self) -> Mapping[str, Any]:
        """Headers of every call."""
        return self._settings.default_headers

    @property
    def default_query(self) -> Mapping[str, Any]:
        """Query parameters of every call."""
        return self._settings.default_query

    @property
    def user_agent(self) -> str:
        """What calls say they come from."""
        return USER_AGENT

    @property
    def custom_auth(self) -> None:
        """None, as of the SDKs' clients: the key goes in a header."""
        return None

    def platform_headers(self) -> Dict[str, str]:
        """Empty: no call tells of this machine what the SDKs' ``X-Stainless-`` headers tell."""
        return {}
