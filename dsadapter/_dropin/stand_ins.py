"""Names of openai >= 1 for which the adapter has nothing of its own: HTTP clients with the SDK's
defaults, aliases for annotations, small helpers. httpx is imported with the first that needs it.
"""

from __future__ import annotations

from pathlib import Path
from typing import IO, Any, Awaitable, Callable, Dict, Mapping, Tuple, TypeVar, Union

from .._errors.tree import AuthenticationError, OpenAIError
from .._legacy.version import VERSION
from .._settings.values import DEFAULT_CONNECT, DEFAULT_READ

__title__ = "openai"
__version__ = VERSION
RAW_RESPONSE_HEADER = "X-Stainless-Raw-Response"

# For annotations.
NoneType = type(None)
Body = object
Headers = Mapping[str, Any]
Query = Mapping[str, object]
RequestOptions = Dict[str, Any]
FileContent = Union[IO[bytes], bytes, str, Path]
FileTypes = Union[FileContent, Tuple[Any, ...]]
ModelT = TypeVar("ModelT")
ResponseT = TypeVar("ResponseT")
ResponseFormatT = TypeVar("ResponseFormatT")
ChatCompletionStreamEvent = Any
AzureADTokenProvider = Callable[[], str]
AsyncAzureADTokenProvider = Callable[[], Union[str, Awaitable[str]]]


class APIRemovedInV1(OpenAIError):
    """What openai >= 1 raises for names of 0.28; nothing raises it where they work."""


class SubjectTokenProviderError(OpenAIError):
    """Of workload identities, which are not here; nothing raises it."""


class OAuthError(AuthenticationError):
    """Of workload identities, which are not here; nothing raises it."""


class InvalidWebhookSignatureError(ValueError):
    """Of webhooks, which are not here; nothing raises it."""


class WebSocketConnectionClosedError(OpenAIError):
    """Of web sockets, which are not here; nothing raises it."""


class WebSocketQueueFullError(OpenAIError):
    """Of web sockets, which are not here; nothing raises it."""


# --- HTTP clients ---------------------------------------------------------------------------------


def __getattr__(name: str) -> Any:
    if name not in _WITH_HTTPX:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = _WITH_HTTPX[name]()
    return value


def _timeout() -> Any:
    return _httpx("Timeout")(timeout=DEFAULT_READ, connect=DEFAULT_CONNECT)


def _limits() -> Any:
    return _httpx("Limits")(max_connections=1000, max_keepalive_connections=100)


def _httpx(name: str) -> Any:
    import httpx

    return getattr(httpx, name)


def _client_class(name: str, base: str) -> Any:
    """A client of httpx whose defaults are the SDK's."""
    httpx_class = _httpx(base)

    def __init__(self: Any, **kwargs: Any) -> None:
        defaults = {"timeout": _timeout(), "limits": _limits(), "follow_redirects": True}
        httpx_class.__init__(self, **{**defaults, **kwargs})

    return type(name, (httpx_class,), {"__init__": __init__, "__module__": __name__})


def _aiohttp_client_class() -> Any:
    class DefaultAioHttpClient:
        """openai's extra ``aiohttp``, which needs the SDK."""

        def __init__(self, **_: Any) -> None:
            raise RuntimeError(
                "DefaultAioHttpClient comes with openai[aiohttp]. Without it AsyncOpenAI takes "
                "aiohttp by itself where it is installed: pip install aiohttp"
            )

    return DefaultAioHttpClient


_WITH_HTTPX: Mapping[str, Callable[[], Any]] = {
    "DEFAULT_TIMEOUT": _timeout,
    "DEFAULT_CONNECTION_LIMITS": _limits,
    "Timeout": lambda: _httpx("Timeout"),
    "Transport": lambda: _httpx("BaseTransport"),
    "ProxiesTypes": lambda: Any,
    "DefaultHttpxClient": lambda: _client_class("DefaultHttpxClient", "Client"),
    "DefaultAsyncHttpxClient": lambda: _client_class("DefaultAsyncHttpxClient", "AsyncClient"),
    "DefaultAioHttpClient": _aiohttp_client_class,
}


# --- helpers --------------------------------------------------------------------------------------


def file_from_path(path: str) -> Tuple[str, bytes]:
    """The name and the content of a file, for an upload."""
    file = Path(path)
    return file.name, file.read_bytes()


def is_given(value: Any) -> bool:
    """Whether a value is neither NOT_GIVEN nor omit."""
    return type(value).__name__ not in ("NotGiven", "Omit")


def is_dict(value: object) -> bool:
    """Whether it is a dict."""
    return isinstance(value, dict)


def is_list(value: object) -> bool:
    """Whether it is a list."""
    return isinstance(value, list)


def is_mapping(value: object) -> bool:
    """Whether it is a mapping."""
    return isinstance(value, Mapping)


def maybe_transform(data: Any, expected_type: Any) -> Any:
    """``data`` as it is: what programs send has the wire's names already."""
    return data


async def async_maybe_transform(data: Any, expected_type: Any) -> Any:
    """As :func:`maybe_transform`."""
    return data
