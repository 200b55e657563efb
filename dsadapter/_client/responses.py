"""``client.responses``: the Responses API where a vendor has it. Nothing is emulated."""

from __future__ import annotations

from functools import partial
from typing import Any, Optional

from .._call import arguments
from .._call.arguments import item_path
from .._call.call import ResponseTypes
from .._response.content import nothing
from .._response.resource_types import (
    Response,
    ResponseEvent,
    ResponseItemPage,
    ResponseOutputItem,
)
from .._settings import offered
from .async_resources import AsyncPage
from .files import _Listing
from .parsing_responses import AsyncParsingResponses, ParsingResponses
from .resources import _Resource, where_offered
from .signature import create_signature, takes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal, Union, overload

    from typing_extensions import Unpack

    from .._call.stream import AsyncStream, Stream
    from .params import (
        CallParams,
        CompactOptions,
        InputItemOptions,
        ResponseParams,
        StoredResponseOptions,
    )

_RESPONSE = ResponseTypes(Response, ResponseEvent)
_NOTHING = ResponseTypes(read=nothing)


class Responses(_Resource, ParsingResponses):
    """``client.responses``."""

    if TYPE_CHECKING:

        @overload
        def create(
            self, *, stream: Literal[True], **params: Unpack[ResponseParams]
        ) -> Stream[ResponseEvent]: ...
        @overload
        def create(
            self, *, stream: Optional[Literal[False]] = None, **params: Unpack[ResponseParams]
        ) -> Response: ...
        @overload
        def create(
            self, *, stream: Optional[bool] = None, **params: Unpack[ResponseParams]
        ) -> Union[Response, Stream[ResponseEvent]]: ...

    def create(self, **params: Any) -> Any:
        """A response to ``input`` by ``model``; all keywords go into the body.

        Gives a Response, or with ``stream=True`` a Stream of events as they come. It is complete
        with ``response.completed``, ``.incomplete`` or ``.failed``; else StreamTruncatedError.
        """
        return self._client._run(_RESPONSE, arguments.post, "/responses", params)

    create.__wrapped__ = create_signature(  # type: ignore[attr-defined]
        "ResponseRequired", "ResponseParams", stream="Optional[bool]"
    )

    @where_offered("responses.retrieve")
    @takes("StoredResponseOptions")
    def retrieve(self, response_id: str, **params: Unpack[StoredResponseOptions]) -> Any:
        """A response that the vendor keeps; with ``stream=True`` its events."""
        path = item_path("/responses", response_id=response_id)
        return self._client._run(_RESPONSE, arguments.listing, path, params)

    @where_offered("responses.delete")
    @takes("CallParams")
    def delete(self, response_id: str, **params: Unpack[CallParams]) -> Any:
        """Delete a response that the vendor keeps."""
        path = item_path("/responses", response_id=response_id)
        return self._client._run(_NOTHING, arguments.without_body, "DELETE", path, params)

    @where_offered("responses.cancel")
    @takes("CallParams")
    def cancel(self, response_id: str, **params: Unpack[CallParams]) -> Response:
        """Stop a response that is made in the background."""
        path = f"{item_path('/responses', response_id=response_id)}/cancel"
        response: Response = self._client._run(
            _RESPONSE, arguments.without_body, "POST", path, params
        )
        return response

    @takes("CompactOptions")
    def compact(self, *, model: str, **params: Unpack[CompactOptions]) -> Any:
        """A shorter form of a long conversation."""
        body = {"model": model, **params}
        return self._client._run(_RESPONSE, arguments.post, "/responses/compact", body)

    @property
    def input_items(self) -> InputItems:
        """``client.responses.input_items``; raises NotOfferedError where the vendor has none."""
        offered.check(self._client._provider, "responses.input_items")
        return InputItems(self._client)


class InputItems(_Listing):
    """``client.responses.input_items``."""

    @takes("InputItemOptions")
    def list(self, response_id: str, **params: Unpack[InputItemOptions]) -> ResponseItemPage:
        """What a response that the vendor keeps was made from."""
        path = f"{item_path('/responses', response_id=response_id)}/input_items"
        page: ResponseItemPage = self._page(ResponseItemPage, path, params)
        return page


class AsyncResponses(_Resource, AsyncParsingResponses):
    """The async twin of :class:`Responses`."""

    if TYPE_CHECKING:

        @overload
        async def create(
            self, *, stream: Literal[True], **params: Unpack[ResponseParams]
        ) -> AsyncStream[ResponseEvent]: ...
        @overload
        async def create(
            self, *, stream: Optional[Literal[False]] = None, **params: Unpack[ResponseParams]
        ) -> Response: ...
        @overload
        async def create(
            self, *, stream: Optional[bool] = None, **params: Unpack[ResponseParams]
        ) -> Union[Response, AsyncStream[ResponseEvent]]: ...

    async def create(self, **params: Any) -> Any:
        """As :meth:`Responses.create`; a stream is an AsyncStream."""
        return await self._client._run(_RESPONSE, arguments.post, "/responses", params)

    create.__wrapped__ = create_signature(  # type: ignore[attr-defined]
        "ResponseRequired", "ResponseParams", stream="Optional[bool]"
    )

    @where_offered("responses.retrieve")
    @takes("StoredResponseOptions")
    async def retrieve(self, response_id: str, **params: Unpack[StoredResponseOptions]) -> Any:
        """As :meth:`Responses.retrieve`."""
        path = item_path("/responses", response_id=response_id)
        return await self._client._run(_RESPONSE, arguments.listing, path, params)

    @where_offered("responses.delete")
    @takes("CallParams")
    async def delete(self, response_id: str, **params: Unpack[CallParams]) -> Any:
        """As :meth:`Responses.delete`."""
        path = item_path("/responses", response_id=response_id)
        return await self._client._run(_NOTHING, arguments.without_body, "DELETE", path, params)

    @where_offered("responses.cancel")
    @takes("CallParams")
    async def cancel(self, response_id: str, **params: Unpack[CallParams]) -> Response:
        """As :meth:`Responses.cancel`."""
        path = f"{item_path('/responses', response_id=response_id)}/cancel"
        response: Response = await self._client._run(
            _RESPONSE, arguments.without_body, "POST", path, params
        )
        return response

    @takes("CompactOptions")
    async def compact(self, *, model: str, **params: Unpack[CompactOptions]) -> Any:
        """As :meth:`Responses.compact`."""
        body = {"model": model, **params}
        return await self._client._run(_RESPONSE, arguments.post, "/responses/compact", body)

    @property
    def input_items(self) -> AsyncInputItems:
        """As :attr:`Responses.input_items`."""
        offered.check(self._client._provider, "responses.input_items")
        return AsyncInputItems(self._client)


class AsyncInputItems(_Listing):
    """The async twin of :class:`InputItems`."""

    @takes("InputItemOptions")
    def list(
        self, response_id: str, **params: Unpack[InputItemOptions]
    ) -> AsyncPage[ResponseItemPage, ResponseOutputItem]:
        """As :meth:`InputItems.list`."""
        path = f"{item_path('/responses', response_id=response_id)}/input_items"
        return AsyncPage(partial(self._apage, ResponseItemPage, path, params))
