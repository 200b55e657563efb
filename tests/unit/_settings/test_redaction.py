"""Keys hidden in texts and data, in every usual encoding, whole or cut off."""

from __future__ import annotations

import asyncio
import base64
import copy
import html
import json
import traceback
from typing import Any, Optional
from urllib.parse import quote

import httpx
import pytest
import requests

from dsadapter._headers import Headers
from dsadapter._response.types import ChatCompletion
from dsadapter._settings.redaction import (
    forget_arguments,
    hidden,
    hidden_in,
    hide_in_error,
    hides_locals,
    is_secret,
    secrets_of,
    without_secrets,
)
from dsadapter._settings.url import URL

HEX = "0123456789abcdef" * 2
KEY = "sk-" + HEX
ODD = 'bce-v3/AL&TAK+"<z9>=/' + HEX


@pytest.mark.parametrize(
    "text, key, expected",
    [
        (f"bad key {KEY}.", KEY, "bad key ...cdef."),
        (f"{KEY}{KEY}", KEY, "...cdef...cdef"),
        ("nothing to hide", KEY, "nothing to hide"),
        ("a secret here", "secret", "a ... here"),
        ("test", "test", "test"),  # too short to be a key: words would be torn
        ("text", None, "text"),
        ("text", "", "text"),
    ],
)
def test_redact(text: str, key: Optional[str], expected: str) -> None:
    assert hidden(text, (key,) if key else ()) == expected


def test_redacted_reaches_every_text_of_parsed_json() -> None:
    escaped = "\\u0073" + KEY[1:]  # JSON for the same key
    data = json.loads(f'{{"a": ["{KEY}", {{"b": "x {escaped}"}}], "{KEY}": 1, "n": null}}')
    assert hidden_in(data, (KEY,)) == {
        "a": ["...cdef", {"b": "x ...cdef"}],
        "...cdef": 1,
        "n": None,
    }


@pytest.mark.parametrize("key", [KEY, ODD])
@pytest.mark.parametrize(
    "encode",
    [
        lambda key: quote(key, safe=""),
        quote,
        lambda key: quote(key, safe="").lower() if key == KEY else quote(key, safe=""),
        html.escape,
        lambda key: json.dumps(key)[1:-1],
        lambda key: base64.b64encode(key.encode()).decode(),
        lambda key: base64.b64encode(f"user:{key}".encode()).decode(),
        lambda key: base64.b64encode(f"u:{key}\n".encode()).decode(),
        lambda key: base64.urlsafe_b64encode(f"me:{key}:x".encode()).decode(),
    ],
)
def test_each_encoding_is_hidden(key: str, encode: Any) -> None:
    text = hidden(f"before {encode(key)} after", (key,))
    assert text.startswith("before ") and text.endswith(" after")
    shown = text[7:-6]
    assert shown.replace("...", "", 1) != encode(key)
    assert len(shown) < 24 and HEX[:8] not in shown


@pytest.mark.parametrize("length", range(8, len(KEY)))
def test_a_key_that_is_cut_off_is_hidden(length: int) -> None:
    assert hidden(f"bad {KEY[:length]}", (KEY,)) == "bad ..."
    assert hidden(f"bad {KEY[:length]}~", (KEY,)) == "bad ...~"


def test_a_long_text_takes_no_longer_for_each_key_in_it() -> None:
    """Linear: a million characters with a key in every twenty are done in moments."""
    text = f"{KEY} {KEY[:12]} " * 20_000
    assert hidden(text, (KEY,)) == "...cdef ... " * 20_000


def test_a_public_beginning_is_no_secret() -> None:
    text = "Keys of OpenAI begin with sk-proj- or sk-svcacct-."
    assert hidden(text, ("sk-proj-" + HEX,)) == text


def test_every_kind_of_value() -> None:
    value = (KEY.encode(), Headers({"x": KEY}), [KEY], {"a": (KEY, 1)}, None, 5, b"\xff")
    expected = (b"...cdef", {"x": "...cdef"}, ["...cdef"], {"a": ("...cdef", 1)}, None, 5, b"\xff")
    assert repr(hidden_in(value, (KEY,))) == repr(
        expected[:1] + (Headers({"x": "...cdef"}),) + expected[2:]
    )


@pytest.mark.parametrize(
    "name, value, secret",
    [
        ("Authorization", "Bearer x", True),
        ("X-Api-Key", "short", True),
        ("X-My-Token", "abc", True),
        ("X-Team", "a", False),
        ("X-Thing", "c2VjcmV0LXNlY3JldA1", True),
        ("User-Agent", "program/1.0.0.0.0.0.0.0", False),
        ("X-Request-Id", "8f3c2a1e-1b2c-4d5e-8f90-0123456789ab", False),
        ("Idempotency-Key", "8f3c2a1e-1b2c-4d5e-8f90-0123456789ab", False),
        ("limit", 20, False),
    ],
)
def test_what_may_be_secret(name: str, value: Any, secret: bool) -> None:
    assert is_secret(name, value) is secret
    assert (name in without_secrets({name: value})) is not secret


def test_the_secrets_of_a_request() -> None:
    headers = {"Authorization": f"Bearer {HEX}", "Cookie": f"session={HEX[::-1]}; theme=dark"}
    secrets = secrets_of(KEY, f"http://h/v1/models?key={HEX}q&page=2", headers)
    assert {KEY, HEX, HEX[::-1], f"{HEX}q"} <= set(secrets)
    assert not {"dark", "theme", "2", "Bearer"} & set(secrets)


@pytest.mark.parametrize("key", ["EMPTY", "ollama", "sk-xxx"])
def test_a_placeholder_is_no_secret(key: str) -> None:
    assert secrets_of(key, "http://h/", {}) == ()


class Failure(Exception):
    """With an attribute, as those of libraries have."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.line = text


def test_an_error_its_causes_and_their_frames() -> None:
    def fail() -> None:
        local = KEY  # noqa: F841
        try:
            raise Failure(f"line {KEY}")
        except Failure as err:
            raise ValueError(KEY, Failure(KEY)) from err

    with pytest.raises(ValueError) as caught:
        fail()
    err = caught.value
    hide_in_error(err, (KEY,))
    frames = [frame for frame, _ in traceback.walk_tb(err.__traceback__)][1:]
    assert [frame.f_locals for frame in frames] == [{}]
    cause: Any = err.__cause__
    assert cause.line == str(cause) == "line ...cdef"
    assert KEY not in "".join(traceback.format_exception(type(err), err, err.__traceback__))
    assert KEY not in repr(copy.copy(err.args))


def test_the_request_that_an_error_of_a_library_holds() -> None:
    """The error gets a copy: hooks and mocks of the caller go on seeing what was sent."""
    sent = httpx.Request(
        "POST", f"http://a/b?key={KEY}", headers={"Authorization": f"Bearer {KEY}"}
    )
    prepared = requests.Request("GET", "http://a", headers={"api-key": KEY, "x": "y"}).prepare()
    err = requests.ConnectionError("x", request=prepared)
    err.__cause__ = httpx.ConnectError("x", request=sent)
    hide_in_error(err, (KEY,))
    assert err.request is not prepared
    assert err.request.headers["api-key"] == "...cdef" and err.request.headers["x"] == "y"
    shown = err.__cause__.request
    assert shown.headers["authorization"] == "Bearer ...cdef" and KEY not in str(shown.url)
    assert prepared.headers["api-key"] == KEY and sent.headers["authorization"] == f"Bearer {KEY}"


def test_a_request_without_a_key_stays_the_same() -> None:
    request = httpx.Request("POST", "http://a")
    err = httpx.ConnectError("x", request=request)
    hide_in_error(err, (KEY,))
    assert err.request is request


@pytest.mark.parametrize("waits", [True, False])
def test_who_shares_an_error_and_cleans_up_is_not_disturbed(waits: bool) -> None:
    """The calls of one HTTP/2 connection get the same error; locks that they hold come free."""
    shared = Failure(f"line {KEY}")

    async def read() -> None:
        local = KEY  # noqa: F841
        raise shared

    async def call(lock: asyncio.Lock, gate: asyncio.Event) -> None:
        key = KEY  # noqa: F841
        try:
            await read()
        except Failure as err:
            async with lock:
                await gate.wait()
            raise err

    async def main() -> None:
        lock, gate = asyncio.Lock(), asyncio.Event()
        if not waits:
            gate.set()
        other = asyncio.ensure_future(call(lock, gate))
        await asyncio.sleep(0.01)
        assert other.done() is not waits
        with pytest.raises(Failure) as caught:
            await read()
        hide_in_error(caught.value, (KEY,))
        frames = [frame for frame, _ in traceback.walk_tb(caught.value.__traceback__)][1:]
        assert [frame.f_code.co_name for frame in frames[:1]] == ["read"]
        assert KEY not in repr([frame.f_locals for frame in frames])
        gate.set()
        with pytest.raises(Failure, match=r"line \.\.\.cdef"):
            await other
        await asyncio.wait_for(lock.acquire(), 5)

    asyncio.run(main())


def test_a_url_without_its_key_is_a_url() -> None:
    clean = hidden_in(URL(f"https://example.com/{KEY}/v1"), (KEY,))
    assert (type(clean), clean) == (URL, "https://example.com/...cdef/v1")
    assert hidden_in(clean, (KEY,)) is clean


def test_arguments_are_forgotten() -> None:
    @hides_locals
    def refuse(*args: Any, **kwargs: Any) -> None:
        """Says no."""
        raise ValueError("no")

    with pytest.raises(ValueError) as caught:
        refuse(KEY, api_key=KEY)
    frames = [frame for frame, _ in traceback.walk_tb(caught.value.__traceback__)][1:]
    assert KEY not in repr([frame.f_locals for frame in frames])
    assert refuse.__doc__ == "Says no."
    params = {"api_key": KEY}
    forget_arguments(caught.value, ("GET", params))
    assert params == {}


def test_a_key_of_any_length_keeps_its_tail() -> None:
    """By which one tells which of one's keys it was."""
    key = "sk-" + "0123456789abcdef" * 40
    assert hidden(f"bad key {key}.", (key,)) == "bad key ...cdef."


def test_a_record_keeps_no_name_that_is_a_key() -> None:
    """As a server may answer with it: {"sk-...": 1}."""
    record = ChatCompletion({"id": "r", KEY: 1})
    shown = hidden_in(record, (KEY,))
    assert (type(shown), dict(shown)) == (ChatCompletion, {"id": "r", "...cdef": 1})
    assert KEY in record


def test_arguments_of_an_async_function_are_forgotten() -> None:
    @hides_locals
    async def refuse(*args: Any, **kwargs: Any) -> None:
        raise ValueError("no")

    with pytest.raises(ValueError) as caught:
        asyncio.run(refuse(KEY, api_key=KEY))
    frames = [frame for frame, _ in traceback.walk_tb(caught.value.__traceback__)]
    ours = [frame.f_locals for frame in frames if frame.f_code.co_name in ("ahiding", "refuse")]
    assert len(ours) == 2
    assert KEY not in repr(ours)


@pytest.mark.parametrize("before", ["", "a", "ab", "abc"])
@pytest.mark.parametrize("behind", ["", "x", "xy", "xyz"])
def test_a_key_inside_of_an_encoded_text_is_known_by_its_tail(before: str, behind: str) -> None:
    encoded = base64.b64encode(f"{before}{KEY}{behind}".encode()).decode()
    shown = hidden(f"bad {encoded}", (KEY,))
    assert "...cdef" in shown
    assert len(shown) < len("bad ...cdef") + 12
