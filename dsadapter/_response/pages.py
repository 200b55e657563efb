"""Lists of a provider's: what they hold, and the pages behind a page."""

from __future__ import annotations

from typing import Any, AsyncIterator, Awaitable, Callable, Dict, Iterator, List, Optional

from .._native_class import NativeNames, native_class, native_names
from .account_types import Model
from .base_model import BaseModel

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .._record import MayLack


class AnyPage(BaseModel):
    """A list answer that iterates its items. That of an async client is another class of the SDK's,
    and iterates with ``async for`` as well."""

    _async_names: NativeNames = ()
    _is_async = False
    __class__: Any = property(lambda self: self._native_class())

    def _native_class(self) -> Any:
        names = self._async_names if self._is_async else self._native_names
        return native_class(type(self), names)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._get_page_items())

    async def __aiter__(self) -> AsyncIterator[Any]:
        for item in self._get_page_items():
            yield item

    def _get_page_items(self) -> List[Any]:
        return self.get("data") or []

    def has_next_page(self) -> bool:
        """Whether there is a page behind this one."""
        return False

    def next_page_info(self) -> Any:
        """What the SDK's have for the request of the page behind: None, :meth:`get_next_page` sends
        it."""
        return None

    def iter_pages(self) -> Any:
        """This page and those behind it; of an async client for ``async for``."""
        return self._aiter_pages() if self._is_async else self._iter_pages()

    def _iter_pages(self) -> Iterator[Any]:
        yield self

    async def _aiter_pages(self) -> AsyncIterator[Any]:
        yield self

    def get_next_page(self) -> Any:
        """The page behind this one; raises RuntimeError where there is none."""
        raise RuntimeError("There is no next page: has_next_page() says whether there is one.")


class Page(AnyPage):
    """A list without an end to wait for: there is one page."""

    data: List[Any]
    object: MayLack[str]

    _native_names = native_names("pagination", "SyncPage")
    _async_names = native_names("pagination", "AsyncPage")


class CursorPage(AnyPage):
    """A list that comes in pages; iterating it goes on to the pages behind it."""

    _native_names = native_names("pagination", "SyncCursorPage")
    _async_names = native_names("pagination", "AsyncCursorPage")

    data: List[Any]
    has_more: Optional[bool]

    _fetch: Optional[Callable[[str], Any]] = None  # (id of the last item) -> the page behind it

    def has_next_page(self) -> bool:
        """Whether there are more items: the server says so, or says nothing after a full page."""
        return self._fetch is not None and bool(self.last_item_id) and self._may_go_on()

    def _may_go_on(self) -> bool:
        return self.get("has_more") is not False

    @property
    def last_item_id(self) -> Optional[str]:
        """The id behind which the next page begins."""
        return self["data"][-1].get("id") if self.get("data") else None

    def get_next_page(self) -> Any:
        """The page behind this one (of an async client an awaitable); RuntimeError without one."""
        if self._fetch is None or not self.has_next_page():
            raise RuntimeError("There is no next page: has_next_page() says whether there is one.")
        return self._fetch(str(self.last_item_id))

    def _is_followed_by(self, page: CursorPage) -> bool:
        """Whether it is another page: some servers know no ``after`` and give the same again."""
        return page.last_item_id not in (None, self.last_item_id)

    def _iter_pages(self) -> Iterator[CursorPage]:
        page: CursorPage = self
        yield page
        while page.has_next_page():
            previous, page = page, page.get_next_page()
            if not previous._is_followed_by(page):
                return
            yield page

    async def _aiter_pages(self) -> AsyncIterator[CursorPage]:
        page: CursorPage = self
        yield page
        while page.has_next_page():
            fetching: Awaitable[CursorPage] = page.get_next_page()
            previous, page = page, await fetching
            if not previous._is_followed_by(page):
                return
            yield page

    def __iter__(self) -> Iterator[Any]:
        for page in self._iter_pages():
            yield from page._get_page_items()

    async def __aiter__(self) -> AsyncIterator[Any]:
        async for page in self._aiter_pages():
            for item in page._get_page_items():
                yield item


class ModelPage(Page):
    """The reply of ``models.list``."""

    data: List[Model]

    if TYPE_CHECKING:

        def __iter__(self) -> Iterator[Model]:  # type: ignore[override]
            """The models of ``data``."""


def models(data: Dict[str, Any], *, is_async: bool = False) -> ModelPage:
    """The page of a reply, of a sync client or of an async one."""
    page = ModelPage(data)
    page._is_async = is_async
    return page
