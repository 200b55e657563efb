"""Raw responses: the answer as it came, and ``parse()`` for the usual object."""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from typing import Any, AsyncIterator, Callable, Generic, Iterator, Optional, TypeVar

from .._errors.tree import OpenAIError
from .._headers import Headers
from .._native_class import as_native_class, native_names
from .._settings.url import URL
from .errors import RedactedRequest
from .info import AdapterInfo

Parsed = TypeVar("Parsed")


class Exchange:
    """What a raw response is made of: a request without its key, which ``make_request`` gives when
    somebody looks at it, and what was answered.

    ``content`` is the body where it was read; else ``body`` reads it: an object with ``closed``
    that can be iterated, once, and closed, blocking or on an event loop. ``parsed`` is the stream
    that reads it otherwise; ``to_response`` makes the usual response of bytes.
    """

    def __init__(
        self,
        info: AdapterInfo,
        make_request: Callable[[], RedactedRequest],
        request_body: Optional[bytes],
        *,
        content: Optional[bytes] = None,
        body: Any = None,
        parsed: Any = None,
        to_response: Optional[Callable[[bytes], Any]] = None,
    ) -> None:
        self.info = info
        self._make_request = make_request
        self.request_body = request_body
        self.content = content
        self.body = body
        self.parsed = parsed
        self.to_response = to_response

    @property
    def request(self) -> RedactedRequest:
        """What was asked: made when somebody looks at it."""
        return self._make_request()

    def http_response(self) -> Any:
        """The same as a Response of the HTTP library: httpx2 beside openai 3, else httpx."""
        http = _http_library()
        asked = self.request
        request = http.Request(
            asked.method,
            asked.url,
            headers=dict(asked.headers),
            content=self.request_body,
        )
        headers = {k: v for k, v in self.info.headers.items() if k != "content-encoding"}
        if self.body is None:
            response = http.Response(
                self.info.status, headers=headers, request=request, content=self.content or b""
            )
            response.headers = http.Headers(dict(self.info.headers))  # it is decoded already
        else:
            stream = _byte_stream(http, self.body)
            response = http.Response(
                self.info.status, headers=headers, request=request, stream=stream
            )
        response.elapsed = timedelta(seconds=self.info.elapsed)
        return response


def _http_library() -> Any:
    sdk = sys.modules.get("openai._base_client")
    if hasattr(sdk, "httpx2"):
        return getattr(sdk, "httpx2")  # noqa: B009  # mypy knows no such attribute
    import httpx

    return httpx


def _byte_stream(http: Any, body: Any) -> Any:
    """``body`` as the HTTP library wants to read it."""
    if hasattr(body, "__aiter__"):

        class AsyncBody(http.AsyncByteStream):
            def __aiter__(self) -> AsyncIterator[bytes]:
                return body.__aiter__()

            async def aclose(self) -> None:
                await body.aclose()

        return AsyncBody()

    class Body(http.SyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            return iter(body)

        def close(self) -> None:
            body.close()

    return Body()


class _BaseResponse(Generic[Parsed]):
    """What every raw response says without its body."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._http_response: Any = None
        self.adapter = exchange.info

    @property
    def http_response(self) -> Any:
        """The answer as an httpx Response (beside openai 3: httpx2)."""
        if self._http_response is None:
            self._http_response = self._exchange.http_response()
        return self._http_response

    @property
    def http_request(self) -> Any:
        """The request as an httpx Request, without the key."""
        return self.http_response.request

    @property
    def status_code(self) -> int:
        """The HTTP status."""
        return self.adapter.status

    @property
    def headers(self) -> Headers:
        """The response headers."""
        return self.adapter.headers

    @property
    def request_id(self) -> Optional[str]:
        """The id to name to the provider's support, or None."""
        return self.adapter.request_id

    @property
    def retries_taken(self) -> int:
        """How many attempts failed before this answer."""
        return len(self.adapter.retries)

    @property
    def elapsed(self) -> timedelta:
        """From the call to its answer; of a stream, to its headers."""
        return timedelta(seconds=self.adapter.elapsed)

    @property
    def method(self) -> str:
        """The HTTP method."""
        return self._exchange.request.method

    @property
    def url(self) -> URL:
        """Where the request went."""
        return URL(self._exchange.request.url)

    @property
    def http_version(self) -> str:
        """The version of HTTP, "HTTP/1.1"."""
        return str(self.http_response.http_version)

    @property
    def is_closed(self) -> bool:
        """Whether nothing more can be read from the connection."""
        return self._exchange.body is None or bool(self._exchange.body.closed)

    def _parse(self, content: bytes, to: Any) -> Any:
        """The usual response, or what ``to`` makes of the body."""
        if to is None:
            assert self._exchange.to_response is not None
            if self._exchange.parsed is None:
                self._exchange.parsed = self._exchange.to_response(content)
            return self._exchange.parsed
        from .parse_to import parse_to  # most programs never need it

        return parse_to(to, self, content)

    def _stream(self, to: Any) -> Any:
        """The stream that reads this answer; None where it is none."""
        stream = self._exchange.parsed
        if to is None or not hasattr(type(stream), "get_final_response"):
            return None
        from .parse_to import check_stream

        return check_stream(to, stream)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} [{self.status_code}]>"


class _SyncBody(_BaseResponse[Parsed]):
    """The body, blocking."""

    def read(self) -> bytes:
        """The whole body, decoded; raises OpenAIError where it was read in parts."""
        try:
            return bytes(self.http_response.read())
        except RuntimeError as err:
            raise _consumed(err) from err

    def iter_bytes(self, chunk_size: Optional[int] = None) -> Iterator[bytes]:
        """The body as bytes as they arrive, decoded."""
        yield from self.http_response.iter_bytes(chunk_size)

    def iter_text(self, chunk_size: Optional[int] = None) -> Iterator[str]:
        """The body as text as it arrives."""
        yield from self.http_response.iter_text(chunk_size)

    def iter_lines(self) -> Iterator[str]:
        """The body line by line as it arrives."""
        yield from self.http_response.iter_lines()

    def close(self) -> None:
        """Let go of the connection."""
        if self._exchange.body is not None:
            self._exchange.body.close()


class RawResponse(_SyncBody[Parsed]):
    """``with_raw_response``: what openai calls a LegacyAPIResponse, for sync and async clients.

    The answer of an async client that streams is read with ``aread``, ``aiter_lines`` ...
    """

    # openai < 1.7 has one kind of raw response.
    _native_names = native_names("_legacy_response _response:APIResponse", "LegacyAPIResponse")
    __class__ = as_native_class

    @property
    def content(self) -> bytes:
        """The body, decoded; raises OpenAIError for a stream that nobody has read."""
        if self._exchange.content is not None:
            return self._exchange.content
        if self._http_response is None or not self._http_response.is_stream_consumed:
            raise OpenAIError("The answer is a stream: read it from parse(), or read() it first.")
        return self.read()

    @property
    def text(self) -> str:
        """The body as text."""
        return self.content.decode("utf-8", "replace")

    def json(self) -> Any:
        """The body parsed."""
        return json.loads(self.text)

    def parse(self, *, to: Any = None) -> Parsed:
        """What the call without ``with_raw_response`` gives; with ``to`` what the SDKs make of the
        body: dict, list, object, str, a model derived from BaseModel. Raises TypeError or
        RuntimeError for other classes."""
        if to is None and self._exchange.parsed is not None:
            return self._exchange.parsed
        return self._stream(to) or self._parse(self.content, to)

    async def aread(self) -> bytes:
        """The whole body of an async client's stream."""
        return bytes(await self.http_response.aread())

    async def aiter_bytes(self, chunk_size: Optional[int] = None) -> AsyncIterator[bytes]:
        """The bytes of an async client's stream."""
        async for part in self.http_response.aiter_bytes(chunk_size):
            yield part

    async def aiter_lines(self) -> AsyncIterator[str]:
        """The lines of an async client's stream."""
        async for line in self.http_response.aiter_lines():
            yield line

    async def aclose(self) -> None:
        """Let go of the connection of an async client's stream."""
        if self._exchange.body is not None:
            await self._exchange.body.aclose()


class APIResponse(_SyncBody[Parsed]):
    """``with_streaming_response``: status and headers are there, the body is read on demand."""

    _native_names = native_names("_response", "APIResponse")
    __class__ = as_native_class

    def text(self) -> str:
        """The whole body as text."""
        return self.read().decode("utf-8", "replace")

    def json(self) -> Any:
        """The whole body parsed."""
        return json.loads(self.text())

    def stream_to_file(self, file: Any, *, chunk_size: Optional[int] = None) -> None:
        """Write the body to a file as it arrives."""
        with open(file, "wb") as target:
            for part in self.iter_bytes(chunk_size):
                target.write(part)

    def parse(self, *, to: Any = None) -> Parsed:
        """What the call gives otherwise; reads the body. With ``to`` as RawResponse.parse."""
        if to is None and self._exchange.parsed is not None:
            return self._exchange.parsed
        return self._stream(to) or self._parse(self.read(), to)


class AsyncAPIResponse(_BaseResponse[Parsed]):
    """The async twin of :class:`APIResponse`."""

    _native_names = native_names("_response", "AsyncAPIResponse")
    __class__ = as_native_class

    async def read(self) -> bytes:
        """The whole body, decoded; raises OpenAIError where it was read in parts."""
        try:
            return bytes(await self.http_response.aread())
        except RuntimeError as err:
            raise _consumed(err) from err

    async def iter_bytes(self, chunk_size: Optional[int] = None) -> AsyncIterator[bytes]:
        """The body as bytes as they arrive, decoded."""
        async for part in self.http_response.aiter_bytes(chunk_size):
            yield part

    async def iter_text(self, chunk_size: Optional[int] = None) -> AsyncIterator[str]:
        """The body as text as it arrives."""
        async for part in self.http_response.aiter_text(chunk_size):
            yield part

    async def iter_lines(self) -> AsyncIterator[str]:
        """The body line by line as it arrives."""
        async for line in self.http_response.aiter_lines():
            yield line

    async def close(self) -> None:
        """Let go of the connection."""
        if self._exchange.body is not None:
            await self._exchange.body.aclose()

    async def text(self) -> str:
        """The whole body as text."""
        return (await self.read()).decode("utf-8", "replace")

    async def json(self) -> Any:
        """The whole body parsed."""
        return json.loads(await self.text())

    async def stream_to_file(self, file: Any, *, chunk_size: Optional[int] = None) -> None:
        """Write the body to a file as it arrives."""
        with open(file, "wb") as target:
            async for part in self.iter_bytes(chunk_size):
                target.write(part)

    async def parse(self, *, to: Any = None) -> Parsed:
        """What the call gives otherwise; reads the body. With ``to`` as RawResponse.parse."""
        if to is None and self._exchange.parsed is not None:
            return self._exchange.parsed
        return self._stream(to) or self._parse(await self.read(), to)


def _consumed(err: RuntimeError) -> OpenAIError:
    return OpenAIError(
        f"The body cannot be read once more: {err}",
        hint="read() it first, then iterate or parse what it gave",
    )
