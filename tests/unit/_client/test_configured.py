"""Attributes of a client that can be set, its base URL, and keys that a function gives."""

from __future__ import annotations

import asyncio
import inspect
import pickle
from typing import Any, Dict, List

import httpx
import pytest
import requests
from sample_calls import CALL, KEY, NotGiven, last

import dsadapter
from dsadapter import AsyncOpenAI, OpenAI
from dsadapter.testing.emulator import Emulator


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("api_key", "another"),
        ("base_url", "http://127.0.0.1:9/v1"),
        ("_base_url", "http://127.0.0.1:9/v1"),
        ("timeout", 3),
        ("max_retries", 7),
        ("organization", "o"),
        ("project", "p"),
    ],
)
@pytest.mark.parametrize("face", [OpenAI, AsyncOpenAI])
def test_an_attribute_can_be_set(
    face: Any, name: str, value: Any, settings: Dict[str, Any]
) -> None:
    client = face(**settings)
    setattr(client, name, value)
    assert getattr(client, name) == value
    assert getattr(client.with_options(), name) == value


def test_later_calls_go_by_it(client: OpenAI, emulator: Emulator) -> None:
    with Emulator() as other:
        client.chat.completions.create(**CALL)
        client.base_url, client.api_key = other.base_url, "another"
        client.chat.completions.create(**CALL)
        assert last(other).headers["authorization"] == "Bearer another"
    assert len(emulator.requests) == 1


def test_what_cannot_be_meant_changes_nothing(client: OpenAI) -> None:
    before = client._settings
    for name, value in (("timeout", -1), ("max_retries", "three"), ("base_url", "ftp://x")):
        with pytest.raises(dsadapter.InvalidArgumentError):
            setattr(client, name, value)
    assert client._settings is before


def test_none_is_the_default_again(client: OpenAI) -> None:
    client.max_retries = 7
    client.max_retries = None  # type: ignore[assignment]
    assert client.max_retries == 2


def test_a_base_url_set_under_its_other_name(settings: Dict[str, Any]) -> None:
    settings["api_base"] = settings.pop("base_url")
    client = OpenAI(**settings)
    client.base_url = "http://127.0.0.1:9"
    assert client.base_url == "http://127.0.0.1:9"


def test_the_base_url_is_text_with_the_attributes_of_a_url(client: OpenAI) -> None:
    assert isinstance(client.base_url, str)
    assert client.base_url.host == "127.0.0.1"
    assert client.base_url.copy_with(path="/v2").path == "/v2"


# --- the timeout of an http_client ----------------------------------------------------------------


def _libraries() -> List[Any]:
    try:
        import httpx2
    except ImportError:
        return [httpx]
    return [httpx, httpx2]


LIBRARIES = _libraries()


@pytest.fixture(params=LIBRARIES, ids=lambda library: str(library.__name__))
def library(request: Any) -> Any:
    return request.param


def silent(emulator: Emulator) -> Any:
    emulator.fault("stall-before-headers", times=-1)
    return pytest.raises(dsadapter.APITimeoutError)


def test_a_stalled_call_ends_by_the_timeout_of_an_http_client(
    library: Any, settings: Dict[str, Any], emulator: Emulator
) -> None:
    with library.Client(timeout=0.2) as own:
        client = OpenAI(**settings, http_client=own, max_retries=0)
        with silent(emulator):
            client.chat.completions.create(**CALL)
        client.api_key = lambda: KEY  # type: ignore[assignment]
        with silent(emulator):
            client.chat.completions.create(**CALL, provider="generic")  # type: ignore[call-overload]


def test_a_stalled_async_call_ends_by_it(
    library: Any, settings: Dict[str, Any], emulator: Emulator
) -> None:
    async def main() -> None:
        async with library.AsyncClient(timeout=library.Timeout(9, read=0.2)) as own:
            client = AsyncOpenAI(**settings, http_client=own, max_retries=0)
            with silent(emulator):
                await client.chat.completions.create(**CALL)

    asyncio.run(main())


def test_a_client_shows_the_timeout_of_its_http_client(
    library: Any, settings: Dict[str, Any]
) -> None:
    for given in (library.Timeout(9, read=0.2), library.Timeout(None), library.Timeout(5, pool=1)):
        with library.Client(timeout=given) as own:
            client = OpenAI(**settings, http_client=own)
            assert client.timeout == given
            assert client._settings.timeout == (given.connect, given.read)


def test_a_timeout_that_nobody_chose_is_ours(library: Any, settings: Dict[str, Any]) -> None:
    class Session(requests.Session):
        timeout = 3

    for own in (library.Client(), library.Client(timeout=5), Session()):
        with own:
            assert OpenAI(**settings, http_client=own).timeout == (5, 600)


def test_whose_timeout_counts(library: Any, settings: Dict[str, Any]) -> None:
    with library.Client(timeout=0.2) as own:
        client = OpenAI(**settings, http_client=own, timeout=7)
        assert (client.timeout, client._settings.timeout) == (7, (7, 7))
        client.timeout = None
        assert (client.timeout.read, client._settings.timeout) == (0.2, (0.2, 0.2))
        dsadapter.timeout = 8
        client = OpenAI(**settings, http_client=own)
        assert client.timeout == client._settings.timeout == (8, 8)


def test_copies_of_a_client_with_a_timeout_of_its_http_client(
    library: Any, settings: Dict[str, Any]
) -> None:
    with library.Client(timeout=0.2) as own, library.Client(timeout=0.3) as other:
        client = OpenAI(**settings, http_client=own)
        assert client.copy(max_retries=0).timeout == library.Timeout(0.2)
        assert client.copy(timeout=7).timeout == 7
        assert client.copy(timeout=7).copy(http_client=other).timeout == 7
        assert client.copy(http_client=other).timeout == library.Timeout(0.3)
        with library.Client() as without:
            assert client.copy(http_client=without).timeout == (5, 600)


def test_a_client_of_azure_has_it_too(settings: Dict[str, Any]) -> None:
    arguments = {"api_key": KEY, "api_version": "1", "base_url": settings["base_url"]}
    with httpx.Client(timeout=0.2) as own:
        client = dsadapter.AzureOpenAI(**arguments, http_client=own)
        assert client._settings.timeout == (0.2, 0.2)


def test_a_timeout_of_an_http_client_that_cannot_be_kept(settings: Dict[str, Any]) -> None:
    with httpx.Client(timeout=0) as own:
        with pytest.raises(dsadapter.InvalidArgumentError, match="http_client.timeout=0"):
            OpenAI(**settings, http_client=own)


# --- a function as the key ------------------------------------------------------------------------


def test_a_function_gives_the_key_of_each_call(
    settings: Dict[str, Any], emulator: Emulator
) -> None:
    keys = iter(["first", "second", "third"])
    with OpenAI(**{**settings, "api_key": lambda: next(keys)}) as client:
        assert client.api_key == ""
        for expected in ("first", "second"):
            assert client.chat.completions.create(**CALL).choices
            assert last(emulator).headers["authorization"] == f"Bearer {expected}"
            assert client.api_key == expected
        client.with_options(max_retries=0).chat.completions.create(**CALL)
        assert last(emulator).headers["authorization"] == "Bearer third"


def test_an_async_client_awaits_it(settings: Dict[str, Any], emulator: Emulator) -> None:
    async def give() -> str:
        await asyncio.sleep(0)
        return "awaited"

    async def main(key: Any, expected: str) -> None:
        async with AsyncOpenAI(**{**settings, "api_key": key}) as client:
            assert (await client.chat.completions.create(**CALL)).choices
        assert last(emulator).headers["authorization"] == f"Bearer {expected}"

    asyncio.run(main(give, "awaited"))
    asyncio.run(main(lambda: "called", "called"))


def test_it_can_be_set_and_taken_away(client: OpenAI, emulator: Emulator) -> None:
    client.api_key = lambda: "given"  # type: ignore[assignment]
    client.chat.completions.create(**CALL)
    assert last(emulator).headers["authorization"] == "Bearer given"
    client.api_key = KEY
    client.chat.completions.create(**CALL)
    assert last(emulator).headers["authorization"] == f"Bearer {KEY}"


def test_a_call_with_settings_of_its_own(settings: Dict[str, Any], emulator: Emulator) -> None:
    client = OpenAI(**{**settings, "api_key": lambda: "given"})
    client.chat.completions.create(**CALL, model_map={"deepseek-flash": "deepseek-v4-pro"})  # type: ignore[call-overload]
    assert last(emulator).headers["authorization"] == "Bearer given"
    assert last(emulator).json["model"] == "deepseek-v4-pro"


@pytest.mark.parametrize("gives", [None, 3, "", b"k"])
def test_a_function_that_gives_no_key(settings: Dict[str, Any], gives: Any) -> None:
    client = OpenAI(**{**settings, "api_key": lambda: gives})
    with pytest.raises(dsadapter.InvalidArgumentError, match="api_key"):
        client.chat.completions.create(**CALL)


def test_its_own_errors_pass(settings: Dict[str, Any]) -> None:
    def broken() -> str:
        raise LookupError("no token")

    client = OpenAI(**{**settings, "api_key": broken})
    with pytest.raises(LookupError, match="no token"):
        client.chat.completions.create(**CALL)


def test_a_key_of_another_vendor_is_refused_as_ever() -> None:
    client = OpenAI(api_key=lambda: "sk-proj-" + "a" * 40, base_url="https://api.deepseek.com")
    with pytest.raises(dsadapter.CredentialsError):
        client.chat.completions.create(**CALL)


def test_the_key_leaves_no_trace(settings: Dict[str, Any], monkeypatch: Any) -> None:
    key = "sk-proj-" + "b" * 40
    client = OpenAI(api_key=lambda: key, base_url="https://api.deepseek.com")
    with pytest.raises(dsadapter.CredentialsError) as caught:
        client.chat.completions.create(**CALL)
    frames: List[Any] = []
    trace = caught.value.__traceback__
    while trace is not None:
        if "dsadapter" in trace.tb_frame.f_globals.get("__name__", ""):
            frames.append(dict(trace.tb_frame.f_locals))
        trace = trace.tb_next
    assert frames
    assert key not in repr(frames) + str(caught.value)


def test_a_client_with_a_function_pickles_without_it(
    settings: Dict[str, Any], monkeypatch: Any
) -> None:
    client = OpenAI(**{**settings, "api_key": lambda: "given"})
    monkeypatch.setenv("DEEPSEEK_API_KEY", "another")
    assert pickle.loads(pickle.dumps(client)).api_key == "another"


def test_what_calls_tell_of_themselves(client: OpenAI, emulator: Emulator) -> None:
    client.chat.completions.create(**CALL)
    sent = emulator.requests[-1].headers
    assert client.user_agent == sent["user-agent"]
    assert client.platform_headers() == {k: v for k, v in sent.items() if "stainless" in k.lower()}
    assert client.custom_auth is None


# --- arguments of the SDKs' clients that mean nothing here ----------------------------------------

ACCEPTED = {
    "_enforce_credentials": True,
    "_strict_response_validation": True,
    "admin_api_key": "a",
    "webhook_secret": "s",
    "websocket_base_url": "ws://x",
}


@pytest.mark.parametrize("face", [OpenAI, AsyncOpenAI])
@pytest.mark.parametrize("name", sorted(ACCEPTED))
def test_without_a_meaning(face: Any, name: str, settings: Dict[str, Any]) -> None:
    face(**settings, **{name: ACCEPTED[name]})
    face(**settings).with_options(**{name: ACCEPTED[name]})


@pytest.mark.parametrize("name", ["data_residency", "workload_identity"])
def test_what_would_lead_elsewhere_is_none_or_refused(name: str, settings: Dict[str, Any]) -> None:
    OpenAI(**settings, **{name: None})
    OpenAI(**settings, **{name: NotGiven()})
    with pytest.raises(dsadapter.InvalidArgumentError, match=name) as caught:
        OpenAI(**settings, **{name: "eu"})
    assert caught.value.hint


def test_extra_arguments_of_a_copy(client: OpenAI) -> None:
    assert client.copy(_extra_kwargs={"max_retries": 7}).max_retries == 7


@pytest.mark.skipif(dsadapter.selection().name != "modern-openai", reason="needs a modern SDK")
@pytest.mark.parametrize("method", ["__init__", "with_options"])
def test_every_argument_of_the_sdk_as_none(method: str, settings: Dict[str, Any]) -> None:
    import openai

    names = set(inspect.signature(getattr(openai.OpenAI, method)).parameters) - {"self"}
    nothing: Dict[str, Any] = {**dict.fromkeys(names), **settings}
    del nothing["max_retries"]  # None is a TypeError there, as in the SDK
    if method == "__init__":
        OpenAI(**nothing).close()
    else:
        OpenAI(**settings).with_options(**nothing).close()


@pytest.mark.parametrize("value", [None, "2", -1, 2.5, 2.0, float("nan"), float("inf")])
def test_max_retries_is_a_whole_number(value: Any, client: OpenAI) -> None:
    with pytest.raises(TypeError, match="max_retries"):
        client.with_options(max_retries=value)
    with pytest.raises(ValueError, match="max_retries"):
        client.get("/models", options={"max_retries": value})


def test_max_retries_that_are_not_given(client: OpenAI) -> None:
    assert client.with_options(max_retries=dsadapter.NOT_GIVEN).max_retries == 2
    assert client.get("/models", options={"max_retries": dsadapter.NOT_GIVEN}).data


@pytest.mark.parametrize(
    ("value", "kind"), [("true", "RawResponse"), ("stream", "APIResponse"), ("", "ChatCompletion")]
)
def test_a_raw_response_asked_for_by_every_call(
    value: str, kind: str, settings: Dict[str, Any], emulator: Emulator
) -> None:
    headers = {"x-stainless-raw-response": value, "X-A": "1"}
    with OpenAI(**settings, default_headers=headers) as client:
        response = client.chat.completions.create(**CALL)
        assert type(response).__name__ == kind
        asked = client.chat.completions.with_raw_response.create(**CALL)
        assert type(asked).__name__ == "RawResponse"
        assert client.default_headers == headers
    assert last(emulator).headers["x-a"] == "1"
    assert "stainless" not in str(last(emulator).headers).lower()
