"""A base URL is text, with what httpx's URL has."""

from __future__ import annotations

import copy
import json
import pickle

import httpx
import pytest

from dsadapter._settings.url import URL

TEXT = "https://example.com:8443/v1"


def test_it_is_text() -> None:
    url = URL(TEXT)
    assert url == TEXT
    assert url + "/models" == f"{TEXT}/models"
    assert json.dumps(url) == json.dumps(TEXT)
    assert url.rstrip("1") == TEXT[:-1]
    assert "/".join([url, "a"]) == f"{TEXT}/a"
    assert url.join(["a", "b"]) == f"a{TEXT}b"


@pytest.mark.parametrize(
    "name",
    "scheme host port netloc path raw_path query fragment params userinfo username "
    "is_absolute_url is_relative_url raw_scheme raw_host _uri_reference".split(),
)
def test_it_has_the_attributes_of_httpx(name: str) -> None:
    assert getattr(URL(TEXT), name) == getattr(httpx.URL(TEXT), name)


def test_changed_copies_are_of_the_same_kind() -> None:
    url = URL(TEXT)
    for changed in (url.copy_with(path="/v2"), url.join("/v2"), url.copy_set_param("a", "1")):
        assert type(changed) is URL
    assert url.copy_with(path="/v2") == url.join("/v2") == "https://example.com:8443/v2"


def test_httpx_takes_it() -> None:
    assert httpx.URL(URL(TEXT)) == URL(TEXT)
    assert httpx.Client(base_url=URL(TEXT)).base_url.host == "example.com"


def test_copies_and_pickles() -> None:
    for twin in (copy.deepcopy(URL(TEXT)), pickle.loads(pickle.dumps(URL(TEXT)))):
        assert (type(twin), twin) == (URL, TEXT)


@pytest.mark.parametrize("name", ["nothing", "_nothing"])
def test_an_unknown_attribute(name: str) -> None:
    assert not hasattr(URL(TEXT), name)


def test_what_httpx_has_as_text_stays_text() -> None:
    assert [type(getattr(URL(TEXT), name)) for name in ("scheme", "host", "path")] == [str] * 3
