"""Proxies: for each URL the one that httpx, too, would go through."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from dsadapter._backends.io.proxies import Proxies

NAMES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")
BOTH = {"http_proxy": "http://one:1", "https_proxy": "http://two:2"}
URLS = [
    "http://example.com/v1",
    "https://example.com/v1",
    "https://www.example.com/v1",
    "https://www.example.com:8443/v1",
    "https://notexample.com",
    "http://10.1.2.3:80/x",
    "https://[2001:db8::7]/v1",
]
ENVIRONMENTS = [
    {},
    BOTH,
    {"all_proxy": "http://every:3"},
    {"all_proxy": "every:3", "https_proxy": "two:2"},
    {"https_proxy": "http://user:word@two:2"},
    *(
        {**BOTH, "no_proxy": value}
        for value in (
            "example.com",
            ".example.com",
            "www.example.com",
            " other.org , example.com ",
            "*",
            "other.org,*",
            "10.1.2.3",
            "2001:db8::7",
            "https://example.com",
            "www.example.com:8443",
            "localhost",
            ",",
        )
    ),
]


@pytest.fixture()
def environment(request: Any, monkeypatch: Any) -> Any:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    for name, value in request.param.items():
        monkeypatch.setenv(name, value)
    return request.param


def by_httpx(url: str) -> Any:
    """The proxy that an httpx client of this environment has for ``url``."""
    with httpx.Client() as client:
        pool: Any = getattr(client._transport_for_url(httpx.URL(url)), "_pool", None)
    proxy = getattr(pool, "_proxy_url", None)
    return None if proxy is None else (proxy.host.decode(), proxy.port)


@pytest.mark.parametrize("environment", ENVIRONMENTS, indirect=True, ids=str)
def test_each_url_goes_the_way_that_httpx_takes(environment: Any) -> None:
    proxies = Proxies.of_environment()
    for url in URLS:
        proxy = proxies.proxy_for(url)
        found = proxy and httpx.URL(proxy)
        assert (found and (found.host, found.port)) == by_httpx(url), url


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.1", "localhost", "[::1]"])
def test_no_proxy_stands_before_this_machine(host: str) -> None:
    proxies = Proxies({"all": "http://every:3"})
    assert proxies.proxy_for(f"http://{host}:8000/v1") is None
    assert proxies.proxy_for("http://127.example.com/v1") == "http://every:3"


@pytest.mark.parametrize(
    ("entry", "excluded"),
    [
        ("10.0.0.0/8", True),
        ("10.2.0.0/16", False),
        ("10.1.2.3/32", True),
        ("fe80::/10", False),
        ("10.1.2.3:80", True),
        ("10.1.2.3:81", False),
    ],
)
def test_networks_and_ports(entry: str, excluded: bool) -> None:
    proxy = Proxies({"http": "http://one:1"}, entry).proxy_for("http://10.1.2.3:80/x")
    assert (proxy is None) is excluded


@pytest.mark.parametrize("entry", ["10.1.2.3", "localhost"])
def test_nothing_is_below_an_address_or_this_machine(entry: str) -> None:
    proxies = Proxies({"http": "http://one:1"}, entry)
    assert proxies.proxy_for(f"http://{entry}/x") is None
    assert proxies.proxy_for(f"http://llm.{entry}/x") == "http://one:1"


def test_what_they_are_spoken_to_over() -> None:
    assert Proxies({}).are_all("http")
    assert Proxies({"https": "two:2"}).are_all("http")
    assert not Proxies({"http": "http://one:1", "https": "socks5://two:2"}).are_all("http")


@pytest.mark.parametrize(
    ("entry", "excluded"),
    [
        ("*.example.com", True),
        (".example.com", True),
        ("example.com", True),
        ("*example.com", True),
        ("le.com", False),
        ("*.other.com", False),
    ],
)
def test_names_and_those_below_them(entry: str, excluded: bool) -> None:
    proxy = Proxies({"http": "http://one:1"}, entry).proxy_for("http://llm.example.com/x")
    assert (proxy is None) is excluded
