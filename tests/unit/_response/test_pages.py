"""Answers that are lists of things."""

from __future__ import annotations

import copy
import json
import pickle
from typing import Any, Dict

import pytest

from dsadapter._response.types import ModelPage


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
    with pytest.raises(RuntimeError, match="next page"):
        page.get_next_page()


@pytest.mark.parametrize("given", [{}, {"data": None}, {"data": []}])
def test_a_page_without_items(given: Dict[str, Any]) -> None:
    assert list(ModelPage(given)) == []
