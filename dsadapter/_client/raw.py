"""``with_raw_response`` and ``with_streaming_response`` of clients and of their resources."""

from __future__ import annotations

from functools import wraps
from typing import Any, Awaitable, Callable, Generic, Optional, TypeVar

from .._call.request import with_raw_mode

Response = TypeVar("Response")
AsyncResponse = TypeVar("AsyncResponse")


class _Variant:
    """What stands below a client or a resource, its calls asking for another kind of response."""

    mode = ""

    def __init__(self, resource: Any, is_async: bool) -> None:
        self._resource = resource
        self._is_async = is_async

    def __getattr__(self, name: str) -> Any:
        attribute = getattr(self._resource, name)
        if hasattr(type(attribute), "with_raw_response"):
            return type(self)(attribute, self._is_async)
        return self._call(attribute) if callable(attribute) else attribute

    def _call(self, method: Callable[..., Any]) -> Callable[..., Any]:
        raise NotImplementedError

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {type(self._resource).__name__}>"


class WithRawResponse(_Variant):
    """Calls that give a RawResponse; ``parse()`` of it is what they give otherwise."""

    mode = "true"

    def _call(self, method: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(method)
        def raw(*args: Any, **params: Any) -> Any:
            return method(*args, **with_raw_mode(params, self.mode))

        return raw


class WithStreamingResponse(_Variant):
    """Calls that give a context manager, which gives an APIResponse: its body is not read yet."""

    mode = "stream"

    def _call(self, method: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(method)
        def streaming(*args: Any, **params: Any) -> Any:
            def request() -> Any:
                return method(*args, **with_raw_mode(params, self.mode))

            if self._is_async:
                return AsyncResponseContextManager(request)
            return ResponseContextManager(request)

        return streaming


class ResponseContextManager(Generic[Response]):
    """Sends when it is entered, and lets go of the connection when it is left."""

    def __init__(self, request: Callable[[], Response]) -> None:
        self._request = request
        self._response: Optional[Response] = None

    def __enter__(self) -> Response:
        self._response = self._request()
        return self._response

    def __exit__(self, *_: Any) -> None:
        response: Any = self._response
        response.close()


class AsyncResponseContextManager(Generic[AsyncResponse]):
    """The async twin of :class:`ResponseContextManager`."""

    def __init__(self, request: Callable[[], Awaitable[AsyncResponse]]) -> None:
        self._request = request
        self._response: Optional[AsyncResponse] = None

    async def __aenter__(self) -> AsyncResponse:
        self._response = await self._request()
        return self._response

    async def __aexit__(self, *_: Any) -> None:
        response: Any = self._response
        await response.close()
