"""Requests prepared with less work than requests takes are the same requests."""

from __future__ import annotations

import types
from typing import Any, Callable, Dict, List, Tuple

import pytest
import requests

from dsadapter._backends.io.requests import Body, _prepared, strict_session
from dsadapter._backends.io.requests_prepared import keep_authorization

URL = "https://llm.example.com/v1/chat/completions"
HEADERS = {"authorization": "Bearer k", "Accept": "text/event-stream", "X-Mine": "1"}


def of(**changes: Any) -> requests.Request:
    """A request as requests' sessions make it of what a transport asks for."""
    arguments: Dict[str, Any] = {
        "method": "POST",
        "url": URL,
        "headers": HEADERS,
        "data": Body(b'{"stream":true}'),
        "params": {},
        "auth": keep_authorization,
    }
    return requests.Request(**{**arguments, **changes})


def facts(request: Any) -> Tuple[Any, ...]:
    cookies = [(cookie.name, cookie.value) for cookie in request._cookies]
    state = [request.method, request.url, list(request.headers.items()), request.body, cookies]
    return (*state, request.hooks, request._body_position)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"headers": {"USER-AGENT": "me", "content-length": "7"}},
        {"url": "HTTP://127.0.0.1:8000/a b/ü?q=%7e#part"},
        {"method": "put", "data": b"x"},
        {"session": {"cookies": None, "params": None}},
    ],
)
def test_a_usual_request_is_what_requests_makes_of_it(changes: Dict[str, Any]) -> None:
    with requests.Session() as session:
        session.headers["x-mine"] = "theirs"
        changes = dict(changes)
        vars(session).update(changes.pop("session", {}))
        found, same = _prepared(session, of(**changes)), session.prepare_request(of(**changes))
        assert facts(found) == facts(same)
        assert vars(found).keys() == vars(same).keys()
        assert found.copy().headers == same.headers  # a program's hooks and adapters may copy it


def _cookie(session: Any) -> None:
    session.cookies.set("a", "b")


def _hook(session: Any) -> None:
    session.hooks["response"].append(lambda *_, **__: None)


@pytest.mark.parametrize(
    "change",
    [
        _cookie,
        _hook,
        lambda session: session.params.update(api="1"),
        lambda session: setattr(session, "headers", {"User-Agent": "plain"}),
        lambda session: setattr(session, "headers", None),
        lambda session: session.headers.update({"User-Agent": None}),
        lambda session: setattr(session, "auth", ("user", "password")),
    ],
)
def test_a_session_with_more_to_it_prepares_requests_itself(
    change: Callable[[Any], None],
) -> None:
    with requests.Session() as session:
        change(session)
        assert _prepared(session, of()) is None
        request = of(auth=session.auth or keep_authorization)
        same = facts(session.prepare_request(request))
        assert facts(strict_session(session).prepare_request(request)) == same


@pytest.mark.parametrize(
    "changes",
    [
        {"auth": None},
        {"data": {}, "method": "GET"},
        {"data": b""},
        {"data": {"a": "b"}},
        {"files": {"a": b"b"}},
        {"json": {}},
        {"cookies": {"a": "b"}},
        {"params": {"a": "b"}},
        {"hooks": {"response": [print]}},
        {"headers": {b"A": b"b"}},
    ],
)
def test_an_unusual_request_is_prepared_by_requests(changes: Dict[str, Any]) -> None:
    with requests.Session() as session:
        assert _prepared(session, of(**changes)) is None


def test_what_no_header_can_carry_is_refused_as_before() -> None:
    values: List[Dict[str, str]] = [{"A": "b\nc"}, {"A": " b"}]
    names = [{"A\nB": "b"}] if hasattr(requests.utils, "_validate_header_part") else []  # 2.28
    for headers in values + names:
        with requests.Session() as session, pytest.raises(requests.exceptions.InvalidHeader):
            strict_session(session).prepare_request(of(headers=headers))


def test_a_session_that_prepares_its_own_way_does_so(monkeypatch: Any) -> None:
    """By its class, by itself, or as something patched requests."""
    asked: List[str] = []
    own = requests.Session.prepare_request

    def prepare(self: Any, request: Any) -> Any:
        asked.append(request.method)
        return own(self, request)

    class Theirs(requests.Session):
        prepare_request = prepare

    with Theirs() as theirs, requests.Session() as plain:
        strict_session(theirs).prepare_request(of())
        plain.prepare_request = types.MethodType(prepare, plain)  # type: ignore[method-assign]
        strict_session(plain).prepare_request(of())
    monkeypatch.setattr(requests.Session, "prepare_request", prepare)
    with requests.Session() as patched:
        strict_session(patched).prepare_request(of())
    assert asked == ["POST"] * 3


@pytest.mark.parametrize("name", ["prepare", "prepare_url", "prepare_headers", "prepare_body"])
def test_a_patch_of_a_step_of_preparing_counts(name: str, monkeypatch: Any) -> None:
    asked: List[str] = []
    own = getattr(requests.PreparedRequest, name)

    def step(*arguments: Any, **named: Any) -> None:
        asked.append(name)
        own(*arguments, **named)

    with requests.Session() as session:
        strict_session(session).prepare_request(of())
        monkeypatch.setattr(requests.PreparedRequest, name, step)
        strict_session(session).prepare_request(of())
        assert asked == [name]


def test_a_class_of_prepared_requests_in_place_of_requests_own_counts(monkeypatch: Any) -> None:
    class Theirs(requests.PreparedRequest):
        def prepare_headers(self, headers: Any) -> None:
            super().prepare_headers({**headers, "X-Theirs": "1"})

    monkeypatch.setattr(requests.sessions, "PreparedRequest", Theirs)
    with requests.Session() as session:
        assert strict_session(session).prepare_request(of()).headers["X-Theirs"] == "1"


def test_a_patch_need_not_be_a_function(monkeypatch: Any) -> None:
    """Decorators that are objects bind themselves, and may pass for what they decorate."""

    class Decorated:
        def __init__(self, function: Any) -> None:
            self.function, self.calls = function, 0

        def __get__(self, session: Any, cls: Any) -> Any:
            return types.MethodType(self, session)

        def __call__(self, *arguments: Any) -> Any:
            self.calls += 1
            return self.function(*arguments)

    class Alike(Decorated):
        def __getattr__(self, name: str) -> Any:
            return getattr(self.function, name)

    for kind in (Decorated, Alike):
        with monkeypatch.context() as patch, requests.Session() as session:
            decorated = kind(requests.Session.prepare_request)
            patch.setattr(requests.Session, "prepare_request", decorated)
            strict_session(session).prepare_request(of())
            assert decorated.calls == 1


def test_of_two_errors_the_one_of_the_url_is_raised_as_by_requests() -> None:
    with requests.Session() as session, pytest.raises(requests.exceptions.InvalidURL):
        strict_session(session).prepare_request(of(url="http://*.example", headers={"A": "b\nc"}))


def test_what_an_adapter_changes_of_the_proxies_is_gone_at_the_next_call() -> None:
    with requests.Session() as session:
        for _ in range(3):
            merged = strict_session(session).merge_environment_settings(URL, {}, True, None, None)
            assert merged["proxies"].get("https") != "http://elsewhere"
            merged["proxies"]["https"] = "http://elsewhere"
