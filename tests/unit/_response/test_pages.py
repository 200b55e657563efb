"""Lists: what a page holds, the pages behind it, and the SDK's classes for both."""

from __future__ import annotations

import asyncio
import copy
import json
import pickle
from typing import Any, Dict, List, Optional

import pytest

from dsadapter._response.pages import CursorPage, ModelPage
from dsadapter._response.pages import models as page_of_models
from dsadapter._response.resource_types import FilePage


def test_a_page_iterates_its_items() -> None:
    page = ModelPage({"object": "list", "data": [{"id": "a"}, {"id": "b", "owned_by": "x"}]})
    assert [model.id for model in page] == ["a", "b"]
    assert [model["id"] for model in page["data"]] == ["a", "b"]
    assert [model.owned_by for model in page.data] == [None, "x"]
    assert page.to_dict()["object"] == "list"
    assert json.loads(json.dumps(page)) == page
    assert pickle.loads(pickle.dumps(page)) == page
    assert copy.deepcopy(page) == page
    assert dict(page)["object"] == "list"
    assert vars(page)["object"] == "list"
    assert page.model_fields_set == {"object", "data"}
    assert {"object", "has_next_page"} <= set(dir(page))
    assert [page.has_next_page(), list(page.iter_pages())] == [False, [page]]
    assert page.next_page_info() is None
    with pytest.raises(RuntimeError, match="next page"):
        page.get_next_page()


@pytest.mark.parametrize("given", [{}, {"data": None}, {"data": []}])
def test_a_page_without_items(given: Dict[str, Any]) -> None:
    assert list(ModelPage(given)) == []


def pages(*contents: Dict[str, Any], asynchronous: bool = False) -> CursorPage:
    """The first of these pages, each of which fetches the next."""
    remaining = list(contents)
    asked: List[Optional[str]] = []

    def fetch(after: Optional[str]) -> Any:
        asked.append(after)
        page = FilePage(remaining.pop(0))
        page._fetch = afetch if asynchronous else fetch
        return page

    async def afetch(after: str) -> Any:
        return fetch(after)

    first: CursorPage = fetch(None)
    object.__setattr__(first, "_asked", asked)
    return first


ONE = {"data": [{"id": "1"}, {"id": "2"}], "has_more": True}
TWO = {"data": [{"id": "3"}], "has_more": False}


def test_pages_behind_the_first_are_fetched_when_they_are_needed() -> None:
    page: Any = pages(ONE, TWO)
    items = iter(page)
    assert [next(items).id, next(items).id] == ["1", "2"]
    assert page._asked == [None]
    assert [item.id for item in items] == ["3"]
    assert page._asked == [None, "2"]
    with pytest.raises(RuntimeError):
        pages(TWO).get_next_page()


def test_the_same_on_a_loop() -> None:
    async def main() -> None:
        assert [item.id async for item in pages(ONE, TWO, asynchronous=True)] == ["1", "2", "3"]

    asyncio.run(main())


@pytest.mark.parametrize(
    "last",
    [{"data": []}, {"data": [], "has_more": True}, ONE, {"data": [{"object": "file"}]}],
    ids=["empty", "empty-more", "again", "no-id"],
)
@pytest.mark.parametrize("asynchronous", [False, True])
def test_a_list_ends_also_where_the_server_says_nothing(last: Any, asynchronous: bool) -> None:
    first = {"data": ONE["data"]}
    page = pages(first, last, asynchronous=asynchronous)

    async def main() -> List[Any]:
        return [item.get("id") async for item in page]

    ids = asyncio.run(main()) if asynchronous else [item.get("id") for item in page]
    assert ids[:2] == ["1", "2"]
    assert len(ids) <= 3


def test_a_page_pickles_as_what_it_holds() -> None:
    page = pickle.loads(pickle.dumps(pages(ONE)))
    assert page == ONE
    assert [item.id for item in page] == ["1", "2"]
    assert not page.has_next_page()


@pytest.mark.parametrize("asynchronous", [False, True])
def test_the_pages_themselves(asynchronous: bool) -> None:
    page = pages(ONE, TWO, asynchronous=asynchronous)
    page._is_async = asynchronous

    async def main() -> List[int]:
        return [len(behind.data) async for behind in page.iter_pages()]

    sizes = asyncio.run(main()) if asynchronous else [len(b.data) for b in page.iter_pages()]
    assert sizes == [2, 1]


def test_the_page_of_an_async_client() -> None:
    page = page_of_models({"data": [{"id": "a"}]}, is_async=True)

    async def main() -> Any:
        return [model.id async for model in page], [p.data[0].id async for p in page.iter_pages()]

    assert asyncio.run(main()) == (["a"], ["a"])


@pytest.mark.parametrize(("kind", "name"), [(ModelPage, "Page"), (CursorPage, "CursorPage")])
def test_a_page_is_one_of_the_sdk_s(kind: Any, name: str) -> None:
    pagination = pytest.importorskip("openai.pagination")
    for is_async, prefix, other in ((False, "Sync", "Async"), (True, "Async", "Sync")):
        page = kind(data=[])
        page._is_async = is_async
        assert isinstance(page, getattr(pagination, prefix + name))
        assert not isinstance(page, getattr(pagination, other + name))
        assert isinstance(page, dict)
