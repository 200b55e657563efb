"""The modern client: its arguments, what it shows, copies, pickles, its end."""

from __future__ import annotations

import copy
import pickle
from typing import Any, Dict

import httpx
import pytest
from sample_calls import CALL, KEY, NotGiven, Omit, last

import dsadapter
from dsadapter import AsyncOpenAI, OpenAI
from dsadapter._settings.values import Timeouts
from dsadapter.testing.emulator import Emulator

# --- constructing ---------------------------------------------------------------------------------


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


def test_arguments_of_the_sdk_without_a_meaning_are_accepted(settings: Dict[str, Any]) -> None:
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
def test_invalid_arguments_of_a_client(
    settings: Dict[str, Any], arguments: Dict[str, Any], names: str
) -> None:
    with pytest.raises(dsadapter.InvalidArgumentError) as caught:
        OpenAI(**{**settings, **arguments})
    assert names in str(caught.value)
    assert isinstance(caught.value, (TypeError, ValueError))
    assert KEY not in str(caught.value)


def test_properties_of_a_client(client: OpenAI, emulator: Emulator) -> None:
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


@pytest.mark.parametrize("absent", [None, NotGiven(), Omit()])
def test_none_and_not_given_are_no_values(settings: Dict[str, Any], absent: Any) -> None:
    made = OpenAI(**settings, timeout=absent, project=absent, repair=absent, backend=absent)
    assert made.max_retries == 2
    assert made._settings.timeout == Timeouts()
    made.close()


Timeouts = Timeouts


# --- timeouts -------------------------------------------------------------------------------------


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


# --- copies, life and death -----------------------------------------------------------------------


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


def test_with_options_changes_nothing_else(settings: Dict[str, Any]) -> None:
    with OpenAI(**settings, max_retries=7, model_map={"a": "b"}) as client:
        twin = client.with_options(timeout=None, max_retries=NotGiven())
        assert (twin.max_retries, twin.base_url) == (7, client.base_url)
        assert twin._settings == client._settings


def test_with_options_refuses_what_the_constructor_refuses(client: OpenAI) -> None:
    with pytest.raises(TypeError):
        client.with_options(no_such_argument=1)
    with pytest.raises(dsadapter.InvalidArgumentError):
        client.with_options(timeout=-1)


def test_a_closed_client_raises(settings: Dict[str, Any], emulator: Emulator) -> None:
    with OpenAI(**settings) as client:
        copied = client.with_options(max_retries=0)
    for closed in (client, copied):
        assert closed.is_closed()
        with pytest.raises(dsadapter.OpenAIError, match="closed"):
            closed.chat.completions.create(**CALL)
    client.close()
    assert emulator.requests == []


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


@pytest.mark.parametrize("name", ["default_headers", "default_query"])
def test_a_copy_adds_or_replaces_but_not_both(settings: Dict[str, Any], name: str) -> None:
    both: Any = {name: {"X-A": "1"}, f"set_{name}": {"X-B": "1"}}
    with pytest.raises(ValueError, match="mutually exclusive"):
        OpenAI(**settings).copy(**both)


@pytest.mark.parametrize("face", [OpenAI, AsyncOpenAI, dsadapter.AzureOpenAI])
def test_what_a_constructor_raises_is_the_sdk_s_error_too(face: Any) -> None:
    openai = pytest.importorskip("openai", minversion="1")
    with pytest.raises(openai.OpenAIError) as raised:
        face(api_key="", base_url="https://api.deepseek.com")
    assert isinstance(raised.value, dsadapter.OpenAIError)


def test_no_retries_is_a_number(settings: Dict[str, Any]) -> None:
    assert OpenAI(**settings, max_retries=NotGiven()).max_retries == 2
    with pytest.raises(TypeError, match="max_retries cannot be None"):
        OpenAI(**settings, max_retries=None)
    with pytest.raises(TypeError, match="max_retries cannot be None"):
        OpenAI(**settings, max_retries=5).copy(max_retries=None)


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


@pytest.mark.parametrize("face", [OpenAI, AsyncOpenAI])
@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_client_is_an_instance_of_the_sdk_s_class(
    face: Any, protocol: int, settings: Dict[str, Any], monkeypatch: Any
) -> None:
    sdk = pytest.importorskip("openai._client")
    monkeypatch.setenv("DEEPSEEK_API_KEY", KEY)
    client = face(**settings)
    assert isinstance(client, getattr(sdk, face.__name__))
    assert not isinstance(
        client, getattr(sdk, {"OpenAI": "AsyncOpenAI"}.get(face.__name__, "OpenAI"))
    )
    for twin in (pickle.loads(pickle.dumps(client, protocol)), copy.copy(client), client.copy()):
        assert type(twin) is face
        assert twin.base_url == client.base_url
