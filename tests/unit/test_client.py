"""The modern client: what it takes, sends, shares, refuses, and gives back raw."""

from __future__ import annotations

import asyncio
import copy
import json
import pickle
import warnings
from typing import Any, Dict, Iterator, List

import httpx
import pytest

import dsadapter
from dsadapter import AsyncOpenAI, OpenAI
from dsadapter._settings.values import Timeouts
from dsadapter.testing.emulator import Emulator

KEY = "sk-" + "unit" * 5 + "wxyz"
HELLO = [{"role": "user", "content": "Hello"}]
CALL: Dict[str, Any] = {"model": "deepseek-flash", "messages": HELLO}


@pytest.fixture()
def emulator() -> Iterator[Emulator]:
    with Emulator() as server:
        yield server


@pytest.fixture()
def settings(emulator: Emulator) -> Dict[str, Any]:
    return {"api_key": KEY, "base_url": emulator.base_url, "provider": "deepseek"}


@pytest.fixture()
def client(settings: Dict[str, Any]) -> Iterator[OpenAI]:
    with OpenAI(**settings) as made:
        yield made


def last(emulator: Emulator) -> Any:
    return emulator.requests[-1]


# --- constructing --------------------------------------------------------------------------------


def test_the_key_may_stand_first(settings: Dict[str, Any]) -> None:
    base_url = settings["base_url"]
    for face in (OpenAI, AsyncOpenAI):
        made = face("k", base_url=base_url)
        assert (made.api_key, made.base_url) == ("k", base_url)
        with pytest.raises(TypeError):
            face("k", base_url)


@pytest.mark.parametrize("name", ["no_such_argument", "apikey", "proxies", "engine"])
@pytest.mark.parametrize("face", [OpenAI, AsyncOpenAI])
def test_an_unknown_argument(face: Any, name: str, settings: Dict[str, Any]) -> None:
    with pytest.raises(TypeError, match=f"unexpected keyword argument '{name}'"):
        face(**settings, **{name: 1})


def test_proxies_names_the_way_out(settings: Dict[str, Any]) -> None:
    with pytest.raises(TypeError, match="HTTPS_PROXY"):
        OpenAI(**settings, proxies={"https": "http://p"})


def test_arguments_of_the_sdk_without_a_meaning_are_taken(settings: Dict[str, Any]) -> None:
    OpenAI(
        **settings,
        _strict_response_validation=True,
        websocket_base_url="ws://x",
        webhook_secret="s",
    ).close()


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        ({"timeout": "30"}, "timeout='30'"),
        ({"timeout": 0}, "timeout=0"),
        ({"timeout": -1}, "timeout=-1"),
        ({"timeout": True}, "timeout=True"),
        ({"idle_timeout": 0}, "idle_timeout=0"),
        ({"deadline": "1"}, "deadline='1'"),
        ({"max_retries": -1}, "max_retries=-1"),
        ({"max_retries": 1.5}, "max_retries=1.5"),
        ({"repair": "maybe"}, "repair='maybe'"),
        ({"provider": "nobody"}, "provider='nobody'"),
        ({"base_url": "127.0.0.1:1"}, "127.0.0.1:1"),
        ({"base_url": "ftp://127.0.0.1"}, "ftp://127.0.0.1"),
        ({"base_url": "http://127.0.0.1:port"}, "http://127.0.0.1:port"),
        ({"default_headers": "X: 1"}, "default_headers"),
        ({"default_query": [("a", 1)]}, "default_query"),
        ({"model_map": 3}, "model_map"),
        ({"model_map": "a"}, "old=new"),
        ({"api_key": 3}, "api_key"),
        ({"api_base": "http://127.0.0.1:1"}, "two spellings"),
    ],
)
def test_a_value_that_cannot_be_meant(
    settings: Dict[str, Any], arguments: Dict[str, Any], names: str
) -> None:
    with pytest.raises(dsadapter.InvalidArgumentError) as caught:
        OpenAI(**{**settings, **arguments})
    assert names in str(caught.value)
    assert isinstance(caught.value, (TypeError, ValueError))
    assert KEY not in str(caught.value)


def test_what_a_client_shows(client: OpenAI, emulator: Emulator) -> None:
    assert client.api_key == KEY
    assert client.base_url == emulator.base_url
    assert client.provider == "deepseek"
    assert client.backend == dsadapter.selection().name
    assert client.max_retries == 2
    assert client.organization is None
    assert client.beta is client
    assert not client.is_closed()
    shown = repr(client)
    assert shown.startswith(f"OpenAI(base_url={emulator.base_url!r}, backend=")
    assert KEY not in shown
    assert "...wxyz" in shown


def test_deepseek_is_another_name() -> None:
    assert dsadapter.DeepSeek is OpenAI
    assert dsadapter.AsyncDeepSeek is AsyncOpenAI


class NotGiven:
    """As the SDKs mark an argument that was left out."""


class Omit:
    """As the SDKs mark a header to be taken away."""


@pytest.mark.parametrize("absent", [None, NotGiven(), Omit()])
def test_none_and_not_given_are_no_values(settings: Dict[str, Any], absent: Any) -> None:
    made = OpenAI(**settings, timeout=absent, max_retries=absent, repair=absent, backend=absent)
    assert made.max_retries == 2
    assert made._settings.timeout == Timeouts()
    made.close()


# --- requests ------------------------------------------------------------------------------------


def test_an_unset_parameter_is_not_sent(client: OpenAI, emulator: Emulator) -> None:
    client.chat.completions.create(**CALL, temperature=NotGiven(), top_p=Omit(), n=None)
    sent = last(emulator).json
    assert "temperature" not in sent
    assert "top_p" not in sent


HEADER_ROWS: List[Any] = [
    ({"default_headers": {"X-A": "1"}}, {}, {"x-a": "1"}),
    ({"default_headers": {"X-A": "1"}}, {"extra_headers": {"x-a": "2"}}, {"x-a": "2"}),
    ({"default_headers": {"X-A": "1"}}, {"extra_headers": {"X-A": None}}, {"x-a": None}),
    ({"default_headers": {"X-A": "1"}}, {"extra_headers": {"x-a": Omit()}}, {"x-a": None}),
    ({"default_headers": {"User-Agent": "mine"}}, {}, {"user-agent": "mine"}),
    ({}, {"extra_headers": {"Authorization": "Bearer other"}}, {"authorization": "Bearer other"}),
    ({}, {"headers": {"X-A": "1"}}, {"x-a": "1"}),
    ({}, {"request_id": "r1"}, {"x-request-id": "r1"}),
    ({}, {}, {"authorization": f"Bearer {KEY}", "content-type": "application/json"}),
    ({}, {}, {"openai-organization": None, "openai-project": None}),
    ({"organization": "org"}, {}, {"openai-organization": "org"}),
    ({"project": "proj"}, {}, {"openai-project": "proj"}),
    ({}, {"organization": "org"}, {"openai-organization": "org"}),
    ({}, {"api_key": "another"}, {"authorization": "Bearer another"}),
]


@pytest.mark.parametrize(("arguments", "params", "expected"), HEADER_ROWS)
def test_headers(
    settings: Dict[str, Any], emulator: Emulator, arguments: Any, params: Any, expected: Any
) -> None:
    with OpenAI(**settings, **arguments) as client:
        client.chat.completions.create(**CALL, **params)
    headers = last(emulator).headers
    assert {name: headers.get(name) for name in expected} == expected


def test_the_organization_of_the_environment_stays_with_openai(
    settings: Dict[str, Any], emulator: Emulator, monkeypatch: Any
) -> None:
    monkeypatch.setenv("OPENAI_ORG_ID", "org")
    for provider, expected in (("deepseek", None), ("generic", None), ("openai", "org")):
        with OpenAI(**{**settings, "provider": provider}) as client:
            client.chat.completions.create(**CALL)
        assert last(emulator).headers.get("openai-organization") == expected, provider


@pytest.mark.parametrize(
    "headers",
    [{"X-A": 1}, {1: "x"}, {"X-A": "a\r\nX-B: b"}, {"X A": "1"}, {"X-A": "世"}, "X-A: 1", [1]],
)
def test_a_header_that_cannot_be_sent(client: OpenAI, emulator: Emulator, headers: Any) -> None:
    with pytest.raises(dsadapter.InvalidArgumentError):
        client.chat.completions.create(**CALL, extra_headers=headers)
    assert emulator.requests == []


@pytest.mark.parametrize(
    ("default", "extra", "expected"),
    [
        ({"a": 1}, None, "a=1"),
        (None, {"a": "b c"}, "a=b+c"),
        ({"a": 1}, {"b": True}, "a=1&b=true"),
        ({"a": 1}, {"a": 2}, "a=2"),
        ({"a": 1}, {"a": None}, ""),
        (None, {"a": [1, 2]}, "a=1&a=2"),
        (None, {"q": "世界&"}, "q=%E4%B8%96%E7%95%8C%26"),
    ],
)
def test_query(
    settings: Dict[str, Any], emulator: Emulator, default: Any, extra: Any, expected: str
) -> None:
    with OpenAI(**settings, default_query=default) as client:
        client.chat.completions.create(**CALL, extra_query=extra)
    assert last(emulator).query == expected


PATHS = [
    ("", lambda c: c.chat.completions.create(**CALL), "/chat/completions"),
    ("/v1", lambda c: c.chat.completions.create(**CALL), "/v1/chat/completions"),
    ("/beta", lambda c: c.chat.completions.create(**CALL), "/beta/chat/completions"),
    ("/", lambda c: c.chat.completions.create(**CALL), "/chat/completions"),
    ("/v1/chat/completions", lambda c: c.chat.completions.create(**CALL), "/v1/chat/completions"),
    ("", lambda c: c.completions.create(model="deepseek-v4-pro", prompt="a"), "/beta/completions"),
    (
        "/v1",
        lambda c: c.completions.create(model="deepseek-v4-pro", prompt="a"),
        "/beta/completions",
    ),
    (
        "/beta",
        lambda c: c.completions.create(model="deepseek-v4-pro", prompt="a"),
        "/beta/completions",
    ),
    ("", lambda c: c.balance(), "/user/balance"),
    ("/v1", lambda c: c.balance(), "/user/balance"),
    ("/beta", lambda c: c.balance(), "/user/balance"),
    ("", lambda c: c.models.list(), "/models"),
    ("/v1", lambda c: c.models.list(), "/v1/models"),
    ("", lambda c: c.models.retrieve("deepseek-flash"), "/models/deepseek-flash"),
]


@pytest.mark.parametrize(("base", "use", "path"), PATHS)
def test_paths(
    settings: Dict[str, Any], emulator: Emulator, base: str, use: Any, path: str
) -> None:
    settings["base_url"] += base
    with OpenAI(**settings) as client:
        use(client)
    assert last(emulator).path == path


def test_an_id_is_quoted_in_a_path(client: OpenAI, emulator: Emulator) -> None:
    with pytest.raises(dsadapter.OpenAIError):
        client.models.retrieve("org/name x?")
    assert last(emulator).path == "/models/org%2Fname%20x%3F"


def test_fim_gives_text(client: OpenAI, emulator: Emulator) -> None:
    whole = client.completions.create(
        model="deepseek-v4-pro", prompt="def f(", suffix="    return 1"
    )
    assert isinstance(whole.choices[0].text, str)
    assert last(emulator).json["suffix"] == "    return 1"
    with client.completions.create(model="deepseek-v4-pro", prompt="def f(", stream=True) as stream:
        text = "".join(chunk.choices[0].text for chunk in stream if chunk.choices)
        assert stream.get_final_response().choices[0].text == text


def test_models_and_balance(client: OpenAI) -> None:
    names = [model.id for model in client.models.list()]
    assert "deepseek-flash" in names
    assert client.models.retrieve(names[0]).id == names[0]
    balance = client.balance()
    assert balance.is_available is True
    assert isinstance(balance.balance_infos[0].total_balance, str)


BAD_CALLS: List[Any] = [
    (lambda c: c.chat.completions.create(messages=HELLO), "'model'"),
    (lambda c: c.chat.completions.create(model=None, messages=HELLO), "'model'"),
    (lambda c: c.chat.completions.create(model="m"), "'messages'"),
    (lambda c: c.chat.completions.create(model="m", messages=None), "'messages'"),
    (lambda c: c.chat.completions.create(model="m", messages=NotGiven()), "'messages'"),
    (lambda c: c.chat.completions.create(model="m", messages=[]), "empty"),
    (lambda c: c.chat.completions.create(model="m", messages="hi"), "str, not a list"),
    (lambda c: c.chat.completions.create(model="m", messages={"role": "user"}), "dict, not a list"),
    (lambda c: c.chat.completions.create(model="m", messages=5), "int, not a list"),
    (lambda c: c.chat.completions.create(**CALL, extra_body=[1]), "extra_body"),
    (lambda c: c.chat.completions.create(**CALL, extra_query="a=1"), "extra_query"),
    (lambda c: c.chat.completions.create(**CALL, timeout="5"), "timeout='5'"),
    (lambda c: c.chat.completions.create(**CALL, deadline=0), "deadline=0"),
    (lambda c: c.chat.completions.create(**CALL, user={1, 2}), "JSON"),
    (lambda c: c.completions.create(model="m"), "'prompt'"),
    (lambda c: c.completions.create(prompt="a"), "'model'"),
    (lambda c: c.models.retrieve(""), "model id"),
    (lambda c: c.models.retrieve(None), "model id"),
    (lambda c: c.post("http://127.0.0.1/x", body={}), "relative"),
    (lambda c: c.post("/x", body=[1]), "body"),
    (lambda c: c.post("/x", files={"file": b""}), "files"),
]


@pytest.mark.parametrize(("use", "names"), BAD_CALLS)
def test_a_call_that_cannot_be_meant(
    client: OpenAI, emulator: Emulator, use: Any, names: str
) -> None:
    with pytest.raises(dsadapter.InvalidArgumentError) as caught:
        use(client)
    assert names in str(caught.value)
    assert isinstance(caught.value, TypeError)
    assert isinstance(caught.value, ValueError)
    assert caught.value.status_code is None
    assert emulator.requests == []


def test_messages_may_be_any_iterable(client: OpenAI, emulator: Emulator) -> None:
    client.chat.completions.create(model="deepseek-flash", messages=(dict(m) for m in HELLO))
    assert last(emulator).json["messages"] == HELLO


# --- timeouts ------------------------------------------------------------------------------------

Timeouts = Timeouts


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, Timeouts(5.0, 600.0)),
        (30, Timeouts(30.0, 30.0)),
        (0.5, Timeouts(0.5, 0.5)),
        ((1, 2), Timeouts(1.0, 2.0)),
        ([None, 2], Timeouts(None, 2.0)),
        (httpx.Timeout(30.0, connect=2.0), Timeouts(2.0, 30.0)),
        (httpx.Timeout(None), Timeouts(None, None)),
        (float("inf"), Timeouts(None, None)),
    ],
)
def test_timeouts_of_a_client(settings: Dict[str, Any], value: Any, expected: Any) -> None:
    with OpenAI(**settings, timeout=value) as client:
        assert client._settings.timeout == expected
        assert client.chat.completions.create(**CALL).choices


@pytest.mark.parametrize(
    "params",
    [
        {"timeout": 0.2},
        {"timeout": httpx.Timeout(0.2)},
        {"timeout": (1, 0.2)},
        {"request_timeout": 0.2},
        {"request_timeout": 0.2, "timeout": 30},
        {"deadline": 0.2},
    ],
)
def test_the_timeout_of_a_call(client: OpenAI, emulator: Emulator, params: Any) -> None:
    emulator.fault("stall-before-headers")
    once = client.with_options(max_retries=0)
    with pytest.raises(dsadapter.APITimeoutError) as caught:
        once.chat.completions.create(**CALL, **params)
    assert caught.value.bound == ("deadline" if "deadline" in params else "timeout")


# --- copies, life and death ----------------------------------------------------------------------


def test_with_options_shares_the_connections(client: OpenAI, emulator: Emulator) -> None:
    client.chat.completions.create(**CALL)
    changed = client.with_options(timeout=30, max_retries=0, default_headers={"X-A": "1"})
    changed.chat.completions.create(**CALL)
    assert last(emulator).headers["x-a"] == "1"
    client.copy(max_retries=5).chat.completions.create(**CALL)
    client.chat.completions.create(**CALL)
    assert "x-a" not in last(emulator).headers
    assert emulator.connections == 1
    assert (changed.max_retries, client.max_retries) == (0, 2)
    assert changed.api_key == KEY


def test_with_options_keeps_what_it_is_not_told(settings: Dict[str, Any]) -> None:
    with OpenAI(**settings, max_retries=7, model_map={"a": "b"}) as client:
        twin = client.with_options(timeout=None, max_retries=NotGiven())
        assert (twin.max_retries, twin.base_url) == (7, client.base_url)
        assert twin._settings == client._settings


def test_with_options_refuses_what_the_constructor_refuses(client: OpenAI) -> None:
    with pytest.raises(TypeError):
        client.with_options(no_such_argument=1)
    with pytest.raises(dsadapter.InvalidArgumentError):
        client.with_options(timeout=-1)


def test_an_async_copy_shares_the_connections(settings: Dict[str, Any], emulator: Emulator) -> None:
    async def main() -> None:
        async with AsyncOpenAI(**settings) as client:
            await client.chat.completions.create(**CALL)
            await client.with_options(max_retries=0).chat.completions.create(**CALL)

    asyncio.run(main())
    assert emulator.connections == 1


def test_a_closed_client_says_so(settings: Dict[str, Any], emulator: Emulator) -> None:
    with OpenAI(**settings) as client:
        copied = client.with_options(max_retries=0)
    for closed in (client, copied):
        assert closed.is_closed()
        with pytest.raises(dsadapter.OpenAIError, match="closed"):
            closed.chat.completions.create(**CALL)
    client.close()
    assert emulator.requests == []


def test_a_closed_async_client_says_so(settings: Dict[str, Any], emulator: Emulator) -> None:
    async def main() -> None:
        async with AsyncOpenAI(**settings) as client:
            assert (await client.chat.completions.create(**CALL)).choices
        assert client.is_closed()
        with pytest.raises(dsadapter.OpenAIError, match="closed"):
            await client.chat.completions.create(**CALL)
        await client.close()
        other = AsyncOpenAI(**settings)
        await other.aclose()
        assert other.is_closed()

    asyncio.run(main())
    assert len(emulator.requests) == 1


@pytest.mark.parametrize("face", [OpenAI, AsyncOpenAI])
@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy])
def test_a_copy_is_the_same_client(
    settings: Dict[str, Any], monkeypatch: Any, face: Any, again: Any
) -> None:
    client = face(**settings, max_retries=7, organization="o", default_query={"a": "1"})
    monkeypatch.setenv("DEEPSEEK_API_KEY", "another")
    twin = again(client)
    assert type(twin) is face
    assert (twin.api_key, twin.max_retries) == (KEY, 7)
    assert (twin.organization, twin.project, twin.default_query) == ("o", None, {"a": "1"})
    assert twin.backend == client.backend


def test_headers_of_a_copy_are_added_or_replace(settings: Dict[str, Any]) -> None:
    client = OpenAI(**settings, default_headers={"X-A": "1", "X-B": "1"})
    added = client.with_options(default_headers={"X-B": "2", "X-C": "2"})
    assert added.default_headers == {"X-A": "1", "X-B": "2", "X-C": "2"}
    replaced = client.with_options(set_default_headers={"X-C": "2"})
    assert replaced.default_headers == {"X-C": "2"}
    assert client.default_headers == {"X-A": "1", "X-B": "1"}


@pytest.mark.parametrize("face", [OpenAI, AsyncOpenAI])
def test_a_client_pickles_without_its_key(
    settings: Dict[str, Any], monkeypatch: Any, face: Any
) -> None:
    secrets = {"Authorization": f"Bearer {KEY}", "X-Api-Key": KEY, "X-Team": "a"}
    client = face(**settings, max_retries=7, default_headers=secrets)
    pickled = pickle.dumps(client)
    assert KEY.encode() not in pickled
    with pytest.raises(dsadapter.CredentialsError):
        pickle.loads(pickled)
    monkeypatch.setenv("DEEPSEEK_API_KEY", "another")
    twin = pickle.loads(pickled)
    assert type(twin) is face
    assert (twin.api_key, twin.max_retries) == ("another", 7)
    assert twin.default_headers == {"X-Team": "a"}
    assert twin.base_url == client.base_url
    assert twin.backend == client.backend


def test_a_pickled_client_works(client: OpenAI, emulator: Emulator, monkeypatch: Any) -> None:
    monkeypatch.setenv("DEEPSEEK_API_KEY", "another")
    with pickle.loads(pickle.dumps(client)) as twin:
        assert twin.chat.completions.create(**CALL).choices
    assert last(emulator).headers["authorization"] == "Bearer another"


# --- raw -----------------------------------------------------------------------------------------


def test_with_raw_response(client: OpenAI) -> None:
    raw = client.chat.completions.with_raw_response.create(**CALL)
    assert raw.status_code == 200
    assert raw.headers["content-type"] == raw.headers["Content-Type"] == "application/json"
    parsed = raw.parse()
    assert parsed == json.loads(raw.text) == raw.json() == json.loads(raw.content)
    assert parsed.choices[0].message.content
    assert raw.adapter.backend == client.backend
    assert raw.request_id == parsed.adapter.request_id
    assert "200" in repr(raw)


@pytest.mark.parametrize(
    "use",
    [
        lambda c: c.models.with_raw_response.list(),
        lambda c: c.models.with_raw_response.retrieve("deepseek-flash"),
        lambda c: c.completions.with_raw_response.create(model="deepseek-v4-pro", prompt="a"),
    ],
)
def test_every_group_of_calls_has_it(client: OpenAI, use: Any) -> None:
    raw = use(client)
    assert raw.status_code == 200
    assert raw.parse() == json.loads(raw.text)


def test_the_client_has_it_for_all(client: OpenAI) -> None:
    raw = client.with_raw_response.chat.completions.create(**CALL)
    assert raw.status_code == 200
    assert raw.parse().choices


def test_a_raw_stream(client: OpenAI) -> None:
    raw = client.chat.completions.with_raw_response.create(**CALL, stream=True)
    assert raw.status_code == 200
    assert raw.headers["content-type"].startswith("text/event-stream")
    with pytest.raises(dsadapter.OpenAIError, match="parse"):
        _ = raw.text
    with raw.parse() as stream:
        assert sum(1 for _ in stream) > 1


def test_raw_async(settings: Dict[str, Any]) -> None:
    async def main() -> None:
        async with AsyncOpenAI(**settings) as client:
            raw = await client.chat.completions.with_raw_response.create(**CALL)
            assert raw.parse() == json.loads(raw.text)
            page = await client.models.with_raw_response.list()
            assert page.parse() == json.loads(page.text)
            raw = await client.chat.completions.with_raw_response.create(**CALL, stream=True)
            async with raw.parse() as stream:
                assert [chunk async for chunk in stream]

    asyncio.run(main())


def test_a_raw_status_raises(client: OpenAI, emulator: Emulator) -> None:
    emulator.fault("status-402")
    with pytest.raises(dsadapter.InsufficientBalanceError):
        client.chat.completions.with_raw_response.create(**CALL)


# --- what is not offered -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["responses", "files", "images", "embeddings", "audio", "realtime"]
)
@pytest.mark.parametrize("face", [OpenAI, AsyncOpenAI])
def test_what_the_provider_does_not_offer(face: Any, name: str, settings: Dict[str, Any]) -> None:
    client = face(**settings)
    assert not hasattr(client, name)
    assert getattr(client, name, None) is None
    with pytest.raises(dsadapter.NotOfferedError) as caught:
        getattr(client, name)
    assert isinstance(caught.value, AttributeError)
    for part in ("DeepSeek", name, "client.chat.completions.create"):
        assert part in str(caught.value)
    if name == "embeddings":
        assert 'client.post("/embeddings"' in str(caught.value)


@pytest.mark.parametrize(
    ("name", "instead"),
    [
        ("parse", "response_format"),
        ("stream", "create(stream=True)"),
        ("with_streaming_response", "with_raw_response"),
        ("retrieve", "store"),
    ],
)
def test_methods_that_are_not_here(client: OpenAI, name: str, instead: str) -> None:
    assert not hasattr(client.chat.completions, name)
    with pytest.raises(dsadapter.NotOfferedError) as caught:
        getattr(client.chat.completions, name)
    assert instead in str(caught.value)


@pytest.mark.skipif(dsadapter.selection().name != "modern-openai", reason="needs a modern SDK")
def test_all_that_the_sdk_s_client_offers_is_here_or_said_not_to_be(client: OpenAI) -> None:
    import openai

    theirs = openai.OpenAI(api_key="unused", http_client=httpx.Client())
    pairs = [
        (theirs, client),
        (theirs.chat.completions, client.chat.completions),
        (theirs.models, client.models),
        (getattr(theirs, "beta", theirs), client.beta),  # since 1.1
    ]
    for real, ours in pairs:
        assert [name for name in groups(real) if not is_known(ours, name)] == []


def groups(resource: Any) -> List[str]:
    """Public names of an SDK object that stand for calls or groups of them."""
    plumbing = (
        "admin_api_key auth_headers custom_auth custom_query delete get_api_list patch "
        "platform_headers put qs request user_agent webhook_secret websocket_base_url "
        "workload_identity"
    )
    internal = plumbing.split() if hasattr(resource, "base_url") else ()
    return [name for name in dir(resource) if not name.startswith("_") and name not in internal]


def is_known(ours: Any, name: str) -> bool:
    try:
        getattr(ours, name)
    except dsadapter.NotOfferedError:
        return True
    except AttributeError:
        return False
    return True


@pytest.mark.parametrize("read", [lambda c: c.nothing, lambda c: c.chat.completions.nothing])
def test_what_nobody_has_is_a_plain_attribute_error(client: OpenAI, read: Any) -> None:
    with pytest.raises(AttributeError) as caught:
        read(client)
    assert not isinstance(caught.value, dsadapter.NotOfferedError)


def test_the_module_does_not_offer_it_either() -> None:
    assert not hasattr(dsadapter, "responses")
    with pytest.raises(dsadapter.NotOfferedError, match="DeepSeek"):
        _ = dsadapter.responses


# --- get and post --------------------------------------------------------------------------------


def test_get(client: OpenAI, emulator: Emulator) -> None:
    page = client.get("/models", limit=3)
    assert page.data[0].id == page["data"][0]["id"]
    assert (last(emulator).method, last(emulator).query) == ("GET", "limit=3")
    assert client.get("models").data


POSTS: List[Any] = [
    ({"body": CALL}, CALL, {}),
    ({"body": CALL, "extra_body": {"temperature": 1}}, {**CALL, "temperature": 1}, {}),
    ({"extra_body": CALL}, CALL, {}),
    ({"body": CALL, "cast_to": dict}, CALL, {}),
    ({"body": CALL, "options": {"headers": {"X-A": "1"}}}, CALL, {"x-a": "1"}),
    ({"body": CALL, "extra_headers": {"X-A": "1"}}, CALL, {"x-a": "1"}),
    ({"body": CALL, "options": {"timeout": 30}}, CALL, {}),
    ({"body": CALL, "timeout": 30}, CALL, {}),
]


@pytest.mark.parametrize(("params", "body", "headers"), POSTS)
def test_post(client: OpenAI, emulator: Emulator, params: Any, body: Any, headers: Any) -> None:
    reply = client.post("/chat/completions", **params)
    assert reply.choices[0].message.content
    assert reply.adapter.status == 200
    got = last(emulator)
    assert (got.method, got.path, got.json) == ("POST", "/chat/completions", body)
    assert {name: got.headers.get(name) for name in headers} == headers


def test_post_options_params_are_the_query(client: OpenAI, emulator: Emulator) -> None:
    client.post("/chat/completions", body=CALL, options={"params": {"a": "1"}})
    assert last(emulator).query == "a=1"


def test_post_streams(client: OpenAI, emulator: Emulator) -> None:
    with client.post("/chat/completions", body=CALL, stream=True) as stream:
        assert stream.get_final_response().choices[0].message.content
    assert last(emulator).json["stream"] is True


def test_get_and_post_async(settings: Dict[str, Any]) -> None:
    async def main() -> None:
        async with AsyncOpenAI(**settings) as client:
            assert (await client.get("/models")).data[0].id
            assert (await client.post("/chat/completions", body=CALL)).choices
            assert (await client.balance()).is_available
            assert [model.id async for model in client.models.list()]
            assert [model.id for model in await client.models.list()]
            assert (await client.models.retrieve("deepseek-flash")).id == "deepseek-flash"
            async with await client.post("/chat/completions", body=CALL, stream=True) as stream:
                assert (await stream.get_final_response()).choices

    asyncio.run(main())


# --- model_map and repair ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "given", [{"gpt-3.5-turbo": "deepseek-flash"}, "a=b, gpt-3.5-turbo = deepseek-flash"]
)
def test_model_map(settings: Dict[str, Any], emulator: Emulator, given: Any) -> None:
    with OpenAI(**settings, model_map=given) as client:
        client.chat.completions.create(model="gpt-3.5-turbo", messages=HELLO)
        assert last(emulator).json["model"] == "deepseek-flash"
        client.chat.completions.create(model="deepseek-v4-pro", messages=HELLO)
        assert last(emulator).json["model"] == "deepseek-v4-pro"


def test_nothing_is_mapped_without_being_asked(client: OpenAI, emulator: Emulator) -> None:
    with pytest.raises(dsadapter.BadRequestError) as caught:
        client.chat.completions.create(model="gpt-3.5-turbo", messages=HELLO)
    assert last(emulator).json["model"] == "gpt-3.5-turbo"
    assert "python -m dsadapter models" in str(caught.value)


@pytest.mark.parametrize("where", ["environment", "module", "call"])
def test_where_model_map_may_stand(
    settings: Dict[str, Any], emulator: Emulator, monkeypatch: Any, where: str
) -> None:
    text, params = "old=deepseek-flash", {}
    if where == "environment":
        monkeypatch.setenv("DSADAPTER_MODEL_MAP", text)
    elif where == "module":
        vars(dsadapter)["model_map"] = text
    else:
        params = {"model_map": text}
    with OpenAI(**settings) as client:
        client.chat.completions.create(model="old", messages=HELLO, **params)
    assert last(emulator).json["model"] == "deepseek-flash"
    assert "model_map" not in last(emulator).json


REPAIRED = {**CALL, "max_completion_tokens": 5}


def test_repair_on_is_said_once_per_rule(client: OpenAI, emulator: Emulator) -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        replies = [client.chat.completions.create(**REPAIRED) for _ in range(3)]
    assert last(emulator).json["max_tokens"] == 5
    assert "max_completion_tokens" not in last(emulator).json
    rules = [item.id for item in replies[-1].adapter.repairs]
    assert len(rules) == 1
    assert all([item.id for item in reply.adapter.repairs] == rules for reply in replies)
    assert [warning.category for warning in caught] == [dsadapter.RepairWarning]
    assert rules[0] in str(caught[0].message)
    assert caught[0].filename == __file__


def test_each_rule_has_its_own_warning(client: OpenAI) -> None:
    developer = [{"role": "developer", "content": "Be brief."}, *HELLO]
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        reply = client.chat.completions.create(**{**REPAIRED, "messages": developer})
    texts = [str(warning.message) for warning in caught]
    rules = [item.id for item in reply.adapter.repairs]
    assert len(rules) == len(texts) == 2
    assert all(rule in text for rule, text in zip(rules, texts))


@pytest.mark.parametrize("where", ["argument", "environment", "call"])
def test_repair_off(
    settings: Dict[str, Any], emulator: Emulator, monkeypatch: Any, where: str
) -> None:
    arguments, params = {}, {}
    if where == "environment":
        monkeypatch.setenv("DSADAPTER_REPAIR", "off")
    else:
        (arguments if where == "argument" else params)["repair"] = "off"
    with OpenAI(**settings, **arguments) as client:
        reply = client.chat.completions.create(**REPAIRED, **params)
    assert last(emulator).json == REPAIRED
    assert reply.adapter.repairs == ()


def test_repair_error(settings: Dict[str, Any], emulator: Emulator) -> None:
    with OpenAI(**settings, repair="error") as client:
        with pytest.raises(dsadapter.InvalidArgumentError) as caught:
            client.chat.completions.create(**REPAIRED)
        assert emulator.requests == []
        assert "max_completion_tokens" in str(caught.value)
        assert "repair='on'" in str(caught.value)
        assert client.chat.completions.create(**CALL).choices


def test_other_providers_are_not_repaired(settings: Dict[str, Any], emulator: Emulator) -> None:
    with OpenAI(**{**settings, "provider": "generic"}) as client:
        assert client.chat.completions.create(**REPAIRED).adapter.repairs == ()
    assert last(emulator).json == REPAIRED


# --- the module as a client ----------------------------------------------------------------------


def test_the_module_reads_its_settings_at_every_call(emulator: Emulator) -> None:
    space = vars(dsadapter)
    space["base_url"] = emulator.base_url
    for key in ("first", "second"):
        space["api_key"] = key
        reply = dsadapter.chat.completions.create(**CALL)
        assert reply.choices[0].message.content
        assert last(emulator).headers["authorization"] == f"Bearer {key}"
    assert [model.id for model in dsadapter.models.list()]
    assert dsadapter.balance().is_available
    space["default_headers"] = {"X-A": "1"}
    chunks = list(dsadapter.chat.completions.create(**CALL, stream=True))
    assert len(chunks) > 1
    assert last(emulator).headers["x-a"] == "1"


def test_the_module_without_a_key() -> None:
    with pytest.raises(dsadapter.CredentialsError) as caught:
        dsadapter.chat.completions.create(**CALL)
    assert "platform.deepseek.com/api_keys" in str(caught.value)
