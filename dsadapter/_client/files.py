"""``client.files`` and ``client.batches``: what a vendor keeps, and works off by itself."""

from __future__ import annotations

import asyncio
import time
from functools import partial
from typing import Any, Dict, Mapping, Type

from .._call import arguments
from .._call.arguments import item_path
from .._call.call import ResponseTypes
from .._call.request import without_raw_mode
from .._response import content
from .._response.pages import CursorPage
from .._response.resource_types import (
    Batch,
    BatchPage,
    FileDeleted,
    FileObject,
    FilePage,
)
from .async_resources import AsyncPage, read_files
from .resources import _Resource, where_offered
from .signature import takes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing_extensions import Unpack

    from .params import BatchOptions, CallParams, FileOptions, FilePageOptions, PageOptions

_FILE = ResponseTypes(FileObject)
_DELETED = ResponseTypes(FileDeleted)
_CONTENT = ResponseTypes(read=content.any_bytes)
_TEXT = ResponseTypes(read=content.any_text)
_BATCH = ResponseTypes(Batch)
_FINAL = ("processed", "error", "deleted", None)  # states of a file; None where there are none


def _content_params(params: Mapping[str, Any]) -> Dict[str, Any]:
    headers = {"Accept": "application/binary", **(params.get("extra_headers") or {})}
    return {**params, "extra_headers": headers}


class _Listing(_Resource):
    """A resource whose ``list`` goes on from page to page."""

    def _page(self, kind: Type[CursorPage], path: str, params: Mapping[str, Any]) -> Any:
        types = _linked(kind, partial(self._page, kind, path), params)
        return self._client._run(types, arguments.listing, path, params)

    async def _apage(self, kind: Type[CursorPage], path: str, params: Mapping[str, Any]) -> Any:
        types = _linked(kind, partial(self._apage, kind, path), params, is_async=True)
        return await self._client._run(types, arguments.listing, path, params)


def _linked(
    kind: Type[CursorPage], fetch: Any, params: Mapping[str, Any], *, is_async: bool = False
) -> ResponseTypes:
    """Pages that know how to fetch the one behind them, which is no raw response."""

    def page(data: Dict[str, Any]) -> CursorPage:
        response = kind(data)
        response._is_async = is_async
        response._fetch = lambda after: fetch({**without_raw_mode(params), "after": after})
        return response

    return ResponseTypes(page)


class Files(_Listing):
    """``client.files``."""

    @takes("FileOptions")
    def create(self, *, file: Any, purpose: str, **params: Unpack[FileOptions]) -> FileObject:
        """Upload a file: an open one, bytes, a path, or (file name, content)."""
        body, files = {"purpose": purpose, **params}, [("file", file)]
        response: FileObject = self._client._run(_FILE, arguments.upload, "/files", body, files)
        return response

    @takes("CallParams")
    def retrieve(self, file_id: str, **params: Unpack[CallParams]) -> FileObject:
        """What the vendor knows of a file."""
        path = item_path("/files", file_id=file_id)
        response: FileObject = self._client._run(_FILE, arguments.listing, path, params)
        return response

    @takes("FilePageOptions")
    def list(self, **params: Unpack[FilePageOptions]) -> FilePage:
        """The files; iterating the page goes on to the pages behind it."""
        page: FilePage = self._page(FilePage, "/files", params)
        return page

    @takes("CallParams")
    def delete(self, file_id: str, **params: Unpack[CallParams]) -> FileDeleted:
        """Delete a file."""
        path = item_path("/files", file_id=file_id)
        response: FileDeleted = self._client._run(
            _DELETED, arguments.without_body, "DELETE", path, params
        )
        return response

    @where_offered("files.content")
    @takes("CallParams")
    def content(self, file_id: str, **params: Unpack[CallParams]) -> Any:
        """A file itself: a BinaryResponse, whose ``content`` is its bytes."""
        path, options = item_path("/files", file_id=file_id), _content_params(params)
        return self._client._run(_CONTENT, arguments.listing, f"{path}/content", options)

    @where_offered("files.content")
    @takes("CallParams")
    def retrieve_content(self, file_id: str, **params: Unpack[CallParams]) -> str:
        """A file as text; ``content`` gives its bytes."""
        path = f"{item_path('/files', file_id=file_id)}/content"
        text: str = self._client._run(_TEXT, arguments.listing, path, params)
        return text

    def wait_for_processing(
        self, id: str, *, poll_interval: float = 5.0, max_wait_seconds: float = 30 * 60
    ) -> FileObject:
        """The file once its status is final; asks every ``poll_interval`` seconds.

        Raises RuntimeError after ``max_wait_seconds``.
        """
        give_up = time.monotonic() + max_wait_seconds
        file = self.retrieve(id)
        while file.status not in _FINAL:
            if time.monotonic() > give_up:
                raise _gave_up(id, max_wait_seconds)
            time.sleep(poll_interval)
            file = self.retrieve(id)
        return file


class AsyncFiles(_Listing):
    """The async twin of :class:`Files`."""

    @takes("FileOptions")
    async def create(self, *, file: Any, purpose: str, **params: Unpack[FileOptions]) -> FileObject:
        """As :meth:`Files.create`."""
        body, files = {"purpose": purpose, **params}, await read_files([("file", file)])
        response: FileObject = await self._client._run(
            _FILE, arguments.upload, "/files", body, files
        )
        return response

    @takes("CallParams")
    async def retrieve(self, file_id: str, **params: Unpack[CallParams]) -> FileObject:
        """As :meth:`Files.retrieve`."""
        path = item_path("/files", file_id=file_id)
        response: FileObject = await self._client._run(_FILE, arguments.listing, path, params)
        return response

    @takes("FilePageOptions")
    def list(self, **params: Unpack[FilePageOptions]) -> AsyncPage[FilePage, FileObject]:
        """Await it for the page, or iterate the items of all pages with ``async for``."""
        return AsyncPage(partial(self._apage, FilePage, "/files", params))

    @takes("CallParams")
    async def delete(self, file_id: str, **params: Unpack[CallParams]) -> FileDeleted:
        """As :meth:`Files.delete`."""
        path = item_path("/files", file_id=file_id)
        response: FileDeleted = await self._client._run(
            _DELETED, arguments.without_body, "DELETE", path, params
        )
        return response

    @where_offered("files.content")
    @takes("CallParams")
    async def content(self, file_id: str, **params: Unpack[CallParams]) -> Any:
        """As :meth:`Files.content`."""
        path, options = item_path("/files", file_id=file_id), _content_params(params)
        return await self._client._run(_CONTENT, arguments.listing, f"{path}/content", options)

    @where_offered("files.content")
    @takes("CallParams")
    async def retrieve_content(self, file_id: str, **params: Unpack[CallParams]) -> str:
        """As :meth:`Files.retrieve_content`."""
        path = f"{item_path('/files', file_id=file_id)}/content"
        text: str = await self._client._run(_TEXT, arguments.listing, path, params)
        return text

    async def wait_for_processing(
        self, id: str, *, poll_interval: float = 5.0, max_wait_seconds: float = 30 * 60
    ) -> FileObject:
        """As :meth:`Files.wait_for_processing`."""
        give_up = time.monotonic() + max_wait_seconds
        file = await self.retrieve(id)
        while file.status not in _FINAL:
            if time.monotonic() > give_up:
                raise _gave_up(id, max_wait_seconds)
            await asyncio.sleep(poll_interval)
            file = await self.retrieve(id)
        return file


def _gave_up(file_id: str, seconds: float) -> RuntimeError:
    return RuntimeError(
        f"Giving up on waiting for file {file_id} to finish processing after {seconds} seconds."
    )


class Batches(_Listing):
    """``client.batches``."""

    @takes("BatchOptions")
    def create(
        self,
        *,
        completion_window: str,
        endpoint: str,
        input_file_id: str,
        **params: Unpack[BatchOptions],
    ) -> Batch:
        """Have the requests of an uploaded file answered; further keywords go into the body."""
        body = {
            "completion_window": completion_window,
            "endpoint": endpoint,
            "input_file_id": input_file_id,
            **params,
        }
        response: Batch = self._client._run(_BATCH, arguments.post, "/batches", body)
        return response

    @takes("CallParams")
    def retrieve(self, batch_id: str, **params: Unpack[CallParams]) -> Batch:
        """How far a batch is."""
        path = item_path("/batches", batch_id=batch_id)
        response: Batch = self._client._run(_BATCH, arguments.listing, path, params)
        return response

    @takes("PageOptions")
    def list(self, **params: Unpack[PageOptions]) -> BatchPage:
        """The batches; iterating the page goes on to the pages behind it."""
        page: BatchPage = self._page(BatchPage, "/batches", params)
        return page

    @takes("CallParams")
    def cancel(self, batch_id: str, **params: Unpack[CallParams]) -> Batch:
        """Stop a batch; what was answered stays."""
        path = f"{item_path('/batches', batch_id=batch_id)}/cancel"
        response: Batch = self._client._run(_BATCH, arguments.without_body, "POST", path, params)
        return response


class AsyncBatches(_Listing):
    """The async twin of :class:`Batches`."""

    @takes("BatchOptions")
    async def create(
        self,
        *,
        completion_window: str,
        endpoint: str,
        input_file_id: str,
        **params: Unpack[BatchOptions],
    ) -> Batch:
        """As :meth:`Batches.create`."""
        body = {
            "completion_window": completion_window,
            "endpoint": endpoint,
            "input_file_id": input_file_id,
            **params,
        }
        response: Batch = await self._client._run(_BATCH, arguments.post, "/batches", body)
        return response

    @takes("CallParams")
    async def retrieve(self, batch_id: str, **params: Unpack[CallParams]) -> Batch:
        """As :meth:`Batches.retrieve`."""
        path = item_path("/batches", batch_id=batch_id)
        response: Batch = await self._client._run(_BATCH, arguments.listing, path, params)
        return response

    @takes("PageOptions")
    def list(self, **params: Unpack[PageOptions]) -> AsyncPage[BatchPage, Batch]:
        """Await it for the page, or iterate the items of all pages with ``async for``."""
        return AsyncPage(partial(self._apage, BatchPage, "/batches", params))

    @takes("CallParams")
    async def cancel(self, batch_id: str, **params: Unpack[CallParams]) -> Batch:
        """As :meth:`Batches.cancel`."""
        path = f"{item_path('/batches', batch_id=batch_id)}/cancel"
        response: Batch = await self._client._run(
            _BATCH, arguments.without_body, "POST", path, params
        )
        return response
