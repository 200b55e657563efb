"""``responses.parse`` and ``responses.stream``: answers that become the caller's objects."""

from __future__ import annotations

from functools import partial
from typing import Any, Dict, Optional, Tuple

from .._call import arguments
from .._call.call import ResponseTypes
from .._call.request import NOT_GIVEN
from .._errors.tree import InvalidArgumentError
from .._settings.redaction import forget_arguments
from .signature import create_signature

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Type, TypeVar, overload

    from typing_extensions import Unpack

    from .._response.parsed_response import ParsedResponse
    from .params import ResponseParseParams, ResponseStreamParams
    from .response_stream import AsyncResponseStreamManager, ResponseStreamManager

    T = TypeVar("T")


def _call_of(params: Dict[str, Any]) -> Tuple[Dict[str, Any], Any]:
    """The keyword arguments for ``create``, and what its answer becomes."""
    from .._response.parsed_response import request_of

    params = {k: v for k, v in params.items() if type(v).__name__ not in NOT_GIVEN}
    text_format, parse_as = params.pop("text_format", None), params.pop("parse_as", None)
    return request_of(text_format, params, parse_as)


def _parse_call(params: Dict[str, Any]) -> Tuple[ResponseTypes, Dict[str, Any]]:
    from .._response.parsed_response import parse_response

    request, output_types = _call_of(params)
    if request.get("stream"):
        raise InvalidArgumentError(
            "parse() gives the response as one.", hint="Write `with responses.stream(...)`"
        )
    return ResponseTypes(partial(parse_response, types=output_types)), request


def _stream_call(params: Dict[str, Any]) -> Tuple[Dict[str, Any], Any, Optional[int]]:
    """The keyword arguments for ``create`` or ``retrieve``, the state, where to begin."""
    from .._response.response_state import ResponseStreamState

    request, output_types = _call_of(params)
    after = request.pop("starting_after", None)
    if after is not None and "response_id" not in request:
        raise InvalidArgumentError(
            "starting_after goes on with a response that the vendor keeps.",
            hint='Name it: responses.stream(response_id="resp_...", starting_after=7)',
        )
    request["stream"] = True
    return request, ResponseStreamState(output_types), after


class _Calls:
    _client: Any
    create: Any
    retrieve: Any

    def _opened(self, request: Dict[str, Any]) -> Any:
        """The stream, of a new response or of one that is kept."""
        return (self.retrieve if "response_id" in request else self.create)(**request)


class ParsingResponses(_Calls):
    """``parse`` and ``stream`` of ``client.responses``."""

    if TYPE_CHECKING:

        @overload
        def parse(
            self, *, text_format: Type[T], **params: Unpack[ResponseParseParams]
        ) -> ParsedResponse[T]: ...
        @overload
        def parse(self, **params: Unpack[ResponseParseParams]) -> ParsedResponse[None]: ...

    def parse(self, **params: Any) -> Any:
        """One response whose text, and whose calls of functions, are objects.

        ``text_format`` is a pydantic model or dataclass: ``output_parsed`` is one of it. Tools made
        by ``pydantic_function_tool`` give ``parsed_arguments``. With ``parse_as`` the text becomes
        one of that class, and the request stays as it is. Other keywords are those of ``create``.
        Raises APIResponseError (a ValueError; the text is in ``partial``) for an answer
        that does not fit, and what ``create`` raises.
        """
        try:
            types, request = _parse_call(params)
            return self._client._run(types, arguments.post, "/responses", request)
        except BaseException as err:
            forget_arguments(err, (params,))
            raise

    parse.__wrapped__ = create_signature(  # type: ignore[attr-defined]
        "ResponseRequired", "ResponseParseParams", text_format="Any", stream="Optional[bool]"
    )

    if TYPE_CHECKING:

        @overload
        def stream(
            self, *, text_format: Type[T], **params: Unpack[ResponseStreamParams]
        ) -> ResponseStreamManager[T]: ...
        @overload
        def stream(self, **params: Unpack[ResponseStreamParams]) -> ResponseStreamManager[None]: ...

    def stream(self, **params: Any) -> Any:
        """A stream of events: ``with client.responses.stream(...) as stream``; see ResponseStream.

        Takes what :meth:`parse` takes; the request goes out with ``with``. ``response_id`` goes on
        with a response that the vendor keeps, ``starting_after`` behind this ``sequence_number``.
        """
        from .response_stream import ResponseStreamManager

        request, state, after = _stream_call(params)
        return ResponseStreamManager(lambda: self._opened(request), state, after)

    stream.__wrapped__ = create_signature(  # type: ignore[attr-defined]
        "ResponseRequired", "ResponseStreamParams", text_format="Any"
    )


class AsyncParsingResponses(_Calls):
    """The async twin of :class:`ParsingResponses`."""

    if TYPE_CHECKING:

        @overload
        async def parse(
            self, *, text_format: Type[T], **params: Unpack[ResponseParseParams]
        ) -> ParsedResponse[T]: ...
        @overload
        async def parse(self, **params: Unpack[ResponseParseParams]) -> ParsedResponse[None]: ...

    async def parse(self, **params: Any) -> Any:
        """As :meth:`ParsingResponses.parse`."""
        try:
            types, request = _parse_call(params)
            return await self._client._run(types, arguments.post, "/responses", request)
        except BaseException as err:
            forget_arguments(err, (params,))
            raise

    parse.__wrapped__ = create_signature(  # type: ignore[attr-defined]
        "ResponseRequired", "ResponseParseParams", text_format="Any", stream="Optional[bool]"
    )

    if TYPE_CHECKING:

        @overload
        def stream(
            self, *, text_format: Type[T], **params: Unpack[ResponseStreamParams]
        ) -> AsyncResponseStreamManager[T]: ...
        @overload
        def stream(
            self, **params: Unpack[ResponseStreamParams]
        ) -> AsyncResponseStreamManager[None]: ...

    def stream(self, **params: Any) -> Any:
        """As :meth:`ParsingResponses.stream`, with ``async with``."""
        from .response_stream import AsyncResponseStreamManager

        request, state, after = _stream_call(params)
        return AsyncResponseStreamManager(lambda: self._opened(request), state, after)

    stream.__wrapped__ = create_signature(  # type: ignore[attr-defined]
        "ResponseRequired", "ResponseStreamParams", text_format="Any"
    )
