"""What every answer that is a list of things has in common."""

from __future__ import annotations

from typing import Any, AsyncIterator, Iterator, List

from .._native_class import NativeNames, native_class
from .base_model import BaseModel


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
