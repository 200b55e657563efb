"""Response headers: any case, several of one name, and the request's id."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from dsadapter._headers import REQUEST_ID_HEADERS, Headers, request_id


@pytest.mark.parametrize("name", ["content-type", "Content-Type", "CONTENT-TYPE"])
def test_names_in_any_case(name: str) -> None:
    headers = Headers({"Content-Type": "text/plain"})
    assert headers[name] == headers.get(name) == "text/plain"
    assert name in headers


def test_a_name_that_is_not_there() -> None:
    headers = Headers({"a": "1"})
    assert headers.get("b") is None
    assert headers.get("b", "default") == "default"
    assert "b" not in headers and 5 not in headers
    with pytest.raises(KeyError):
        headers["b"]


def test_several_of_one_name_are_joined_in_order() -> None:
    headers = Headers([("Set-Cookie", "a=1"), ("X", "x"), ("set-cookie", "b=2")])
    assert headers["Set-Cookie"] == "a=1, b=2"
    assert (len(headers), list(headers)) == (2, ["set-cookie", "x"])


def test_they_are_a_mapping() -> None:
    headers = Headers({"A": "1", "B": "2"})
    assert dict(headers) == {"a": "1", "b": "2"} == dict(headers.items())
    assert headers == Headers([("b", "2"), ("a", "1")])
    assert not Headers()
    assert repr(headers) == "Headers({'a': '1', 'b': '2'})"


def test_they_are_pickled() -> None:
    twin = pickle.loads(pickle.dumps(Headers({"A": "1"})))
    assert type(twin) is Headers
    assert twin["a"] == "1"


def test_they_cannot_be_changed() -> None:
    headers: Any = Headers({"A": "1"})
    with pytest.raises(TypeError):
        headers["B"] = "2"


@pytest.mark.parametrize("name", REQUEST_ID_HEADERS)
def test_the_id_of_a_request(name: str) -> None:
    assert request_id(Headers({name.title(): "id"})) == "id"


def test_the_first_id_counts() -> None:
    assert request_id(Headers({"x-ds-trace-id": "trace", "x-request-id": "id"})) == "id"
    assert request_id(Headers()) is None
