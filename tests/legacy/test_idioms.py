"""The 47 idioms of 2023's code (surface D1), each in every way and on every backend."""

from __future__ import annotations

import asyncio
import copy
import inspect
import json
import pickle
import sys
from contextlib import suppress
from importlib import metadata
from typing import Any, Dict, List
from unittest import mock

import pytest

import dsadapter
from dsadapter._backends.versions import below

from .conftest import BASELINE, KEY, MESSAGES, MODEL, QUIET

# Real 0.28 hands the server's null content on; there the idioms are checked without thinking.
MODES: List[Dict[str, Any]] = [QUIET] if BASELINE else [QUIET, {}]
ours_only = pytest.mark.skipif(BASELINE, reason="openai 0.28 has this only with OpenAI's server")


def text(response: Any) -> str:
    return str(response["choices"][0]["message"]["content"])


@pytest.fixture(params=MODES, ids=["quiet", "thinking"][: len(MODES)])
def mode(request: Any) -> Dict[str, Any]:
    return dict(request.param)


@pytest.fixture()
def expected(cc: Any, mode: Dict[str, Any]) -> str:
    return text(cc(**mode))


# --- reading -------------------------------------------------------------------------------------


def test_01_index_all_the_way(cc: Any, emulator: Any) -> None:
    r = cc(**QUIET)
    assert "世界" in r["choices"][0]["message"]["content"]
    assert emulator.requests[-1].headers["authorization"] == f"Bearer {KEY}"


def test_02_attributes_all_the_way(cc: Any) -> None:
    assert "世界" in cc(**QUIET).choices[0].message.content


def test_03_mixed(cc: Any) -> None:
    r = cc(**QUIET)
    assert r.choices[0].message["content"].strip() == r.choices[0]["message"]["content"]


def test_04_usage(cc: Any) -> None:
    r = cc(**QUIET)
    assert r["usage"]["total_tokens"] > r.usage.prompt_tokens > 0


def test_05_stream_get(cc: Any, mode: Any, expected: str) -> None:
    s = ""
    for c in cc(stream=True, **mode):
        s += c.choices[0].delta.get("content", "")
    assert s == expected


def test_06_stream_in(cc: Any, mode: Any, expected: str) -> None:
    s = ""
    for c in cc(stream=True, **mode):
        if "content" in c["choices"][0]["delta"]:
            s += c["choices"][0]["delta"]["content"]
    assert s == expected


def test_07_stream_hasattr(cc: Any, mode: Any, expected: str) -> None:
    s = ""
    for c in cc(stream=True, **mode):
        if hasattr(c.choices[0].delta, "content"):
            s += c.choices[0].delta.content
    assert s == expected


def test_08_stream_chained(cc: Any, mode: Any, expected: str) -> None:
    s = t = ""
    for c in cc(stream=True, **mode):
        s += c["choices"][0].get("delta", {}).get("content", "")
        t += getattr(c.choices[0].delta, "content", "")
    assert s == t == expected


def test_09_stream_finish_reason(cc: Any, mode: Any, expected: str) -> None:
    s = ""
    for c in cc(stream=True, **mode):
        if c["choices"][0]["finish_reason"] is not None:
            assert c["choices"][0]["finish_reason"] == "stop"
            break
        s += c.choices[0].delta.get("content", "")
    assert s == expected


def test_10_stream_until_an_empty_delta(cc: Any, mode: Any, expected: str) -> None:
    s = ""
    for c in cc(stream=True, **mode):
        if c["choices"][0]["delta"] == {}:
            break
        s += c.choices[0].delta.get("content", "")
    assert s == expected


# --- errors --------------------------------------------------------------------------------------


def test_11_rate_limit(openai: Any, failing: Any) -> None:
    with pytest.raises(openai.error.RateLimitError):
        failing("status-429")


def test_12_api_error_before_rate_limit(openai: Any, failing: Any) -> None:
    try:
        failing("status-429")
    except openai.error.APIError:
        pytest.fail("APIError caught a 429")
    except openai.error.RateLimitError:
        pass


def test_13_import_from_error(openai: Any) -> None:
    namespace: Dict[str, Any] = {}
    names = (
        "RateLimitError, Timeout, APIConnectionError, ServiceUnavailableError, "
        "InvalidRequestError, AuthenticationError, APIError"
    )
    exec(f"from {openai.__name__}.error import {names}", namespace)
    exec(f"import {openai.__name__}.error; from {openai.__name__} import error", namespace)
    for name in names.split(", "):
        assert namespace[name] is getattr(openai.error, name)
        assert issubclass(namespace[name], Exception)


def test_14_retry_decorators_take_the_classes(openai: Any, failing: Any) -> None:
    """What tenacity's retry_if_exception_type does with them."""
    kinds = (openai.error.Timeout, openai.error.APIError, openai.error.APIConnectionError)
    kinds += (openai.error.RateLimitError, openai.error.ServiceUnavailableError)
    for fault, kind in (("status-429", "RateLimitError"), ("status-500", "APIError")):
        try:
            failing(fault)
        except Exception as err:
            assert [k.__name__ for k in kinds if isinstance(err, k)] == [kind]
        else:
            pytest.fail("no error")


def test_15_backoff_takes_a_class(openai: Any, failing: Any) -> None:
    tried = []

    def call() -> Any:
        tried.append(1)
        return failing("status-429")

    for _ in range(2):  # what backoff.on_exception does
        with suppress(openai.error.RateLimitError):
            call()
    assert len(tried) == 2


def test_16_invalid_request_attributes(openai: Any, cc: Any) -> None:
    with pytest.raises(openai.error.InvalidRequestError) as caught:
        cc(model="no-such-model")
    e = caught.value
    assert e.user_message == e.json_body["error"]["message"]
    assert e.param == e.json_body["error"]["param"]
    assert e.code == e.json_body["error"]["code"]
    assert e.user_message in str(e)


def test_17_top_level_invalid_request(openai: Any, cc: Any) -> None:
    try:
        cc(model="no-such-model")
    except openai.InvalidRequestError as e:
        assert "no-such-model" in e.json_body["error"]["message"]
    else:
        pytest.fail("no error")


def test_18_authentication_args(openai: Any, failing: Any) -> None:
    with pytest.raises(openai.error.AuthenticationError) as caught:
        failing("status-401")
    assert caught.value.args == (caught.value.user_message,)


@pytest.mark.parametrize("fault", ["status-402", "status-429", "status-503", "status-500"])
def test_19_root(openai: Any, failing: Any, fault: str) -> None:
    try:
        failing(fault)
    except openai.error.OpenAIError as e:
        assert str(e)
        assert isinstance(e, openai.OpenAIError)
    else:
        pytest.fail("no error")


def test_20_status_and_code(openai: Any, failing: Any) -> None:
    with pytest.raises(openai.error.OpenAIError) as caught:
        failing("status-429")
    e = caught.value
    assert e.http_status == 429
    assert e.json_body.get("error").get("code") == "rate_limit_exceeded"


# --- async, limits -------------------------------------------------------------------------------


def test_21_acreate(acc: Any) -> None:
    async def main() -> Any:
        return await acc(**QUIET)

    assert "世界" in text(asyncio.run(main()))


def test_22_async_stream(acc: Any, mode: Any, expected: str) -> None:
    async def main() -> str:
        s = ""
        async for c in await acc(stream=True, **mode):
            s += c.choices[0].delta.get("content", "")
        return s

    assert asyncio.run(main()) == expected


@pytest.mark.parametrize("value", [0.3, (3, 0.3)], ids=["number", "pair"])
def test_23_request_timeout(openai: Any, failing: Any, value: Any) -> None:
    dsadapter.max_retries = 0
    with pytest.raises(openai.error.Timeout):
        failing("stall-before-headers", request_timeout=value)


def test_24_timeout_is_accepted(cc: Any, emulator: Any) -> None:
    assert text(cc(timeout=30, **QUIET))
    assert "timeout" not in emulator.requests[-1].json


def test_25_a_message_sent_back(cc: Any, emulator: Any) -> None:
    messages: List[Any] = list(MESSAGES)
    message = cc(messages=messages, **QUIET)["choices"][0]["message"]
    messages += [message, {"role": "user", "content": "and now?"}]
    assert "and now?" in text(cc(messages=messages, **QUIET))
    assert emulator.requests[-1].json["messages"][1]["content"] == message["content"]


# --- objects -------------------------------------------------------------------------------------


def test_26_print_is_indented_json(cc: Any) -> None:
    r = cc(**QUIET)
    message = r.choices[0].message
    for thing in (r, message):  # openai 0.27.0 sorts the keys
        assert str(thing).startswith('{\n  "')
        assert f"{thing}" in (
            json.dumps(thing, indent=2),
            json.dumps(thing, indent=2, sort_keys=True),
        )


def test_27_json(cc: Any) -> None:
    r = cc(**QUIET)
    assert json.loads(json.dumps(r)) == r
    assert json.loads(str(r)) == r


def test_28_plain_dicts(cc: Any) -> None:
    r = cc(**QUIET)
    data = r.to_dict_recursive()
    assert type(data["choices"][0]["message"]) is dict
    message = r["choices"][0]["message"]
    assert message.to_dict() == dict(**message) == {**message} == data["choices"][0]["message"]
    assert hasattr(dict(r)["choices"][0], "message")


def test_29_copies(openai: Any, cc: Any) -> None:
    r = cc(**QUIET)
    for other in (copy.deepcopy(r), copy.copy(r), pickle.loads(pickle.dumps(r))):
        assert other == r
        assert type(other.choices[0].message) is type(r.choices[0].message)


def test_30_isinstance(openai: Any, cc: Any) -> None:
    r = cc(**QUIET)
    assert isinstance(r, dict)
    for part in (r, r.choices[0], r.choices[0].message, r.usage):
        assert isinstance(part, openai.openai_object.OpenAIObject)
    assert type(r.choices) is list


# --- replacing -----------------------------------------------------------------------------------


def test_31_mock_create(openai: Any) -> None:
    before = vars(openai.ChatCompletion)["create"]
    with mock.patch(f"{openai.__name__}.ChatCompletion.create", return_value={"a": 1}):
        assert openai.ChatCompletion.create(model="x") == {"a": 1}
    assert vars(openai.ChatCompletion)["create"] is before


def test_32_mock_acreate(openai: Any) -> None:
    with mock.patch(f"{openai.__name__}.ChatCompletion.acreate") as mocked:
        assert isinstance(mocked, mock.AsyncMock)
        mocked.return_value = 5
        assert asyncio.run(openai.ChatCompletion.acreate()) == 5


def test_33_wrap_create(openai: Any, cc: Any) -> None:
    seen = []
    original = openai.ChatCompletion.create
    kept = vars(openai.ChatCompletion)["create"]

    def traced(*args: Any, **kwargs: Any) -> Any:
        seen.append(kwargs["model"])
        return original(*args, **kwargs)

    try:
        openai.ChatCompletion.create = traced
        assert text(cc(**QUIET))
    finally:
        openai.ChatCompletion.create = kept
    assert seen == [MODEL]


def test_34_subclass(openai: Any, cc: Any) -> None:
    class Counting(openai.ChatCompletion):  # type: ignore[misc]
        calls = 0

        @classmethod
        def create(cls, *args: Any, **kwargs: Any) -> Any:
            cls.calls += 1
            return super().create(*args, **kwargs)

    assert text(Counting.create(model=MODEL, messages=MESSAGES, **QUIET))
    assert Counting.calls == 1


def test_35_langchain_style(openai: Any, cc: Any, emulator: Any) -> None:
    client = openai.ChatCompletion
    r = client.create(
        model=MODEL,
        messages=MESSAGES,
        api_key=KEY,
        api_base="",
        organization="",
        request_timeout=None,
        max_tokens=None,
        **QUIET,
    )
    assert text(r)
    body = emulator.requests[-1].json
    assert body["max_tokens"] is None
    assert not {"api_key", "api_base", "organization", "request_timeout"} & set(body)


def test_36_everything_per_call(openai: Any, emulator: Any) -> None:
    openai.api_key = None
    openai.ChatCompletion.create(
        model=MODEL,
        messages=MESSAGES,
        api_key="sk-percall00000000000000",
        api_base=emulator.base_url,
        headers={"X-Mine": "yes"},
        request_id="r-1",
        organization="org-1",
        user="u1",
    )
    request = emulator.requests[-1]
    assert request.headers["authorization"] == "Bearer sk-percall00000000000000"
    assert request.headers["x-mine"] == "yes"
    assert request.headers["x-request-id"] == "r-1"
    assert request.headers["openai-organization"] == "org-1"
    assert set(request.json) == {"model", "messages", "user"}


def test_37_save_and_restore_globals(openai: Any, cc: Any) -> None:
    names = ("api_key", "api_type", "api_version", "organization", "proxy", "api_base")
    previous = [getattr(openai, name) for name in names]
    openai.api_key, openai.api_base = "sk-other000000000000000", "http://127.0.0.1:9"
    for name, value in zip(names, previous):
        setattr(openai, name, value)
    assert text(cc(**QUIET))


def test_38_models(openai: Any, cc: Any, emulator: Any) -> None:
    name = openai.Model.list()["data"][0]["id"]
    assert openai.Model.retrieve(name).id == name
    openai.api_base = emulator.url("status-401")
    with pytest.raises(openai.error.AuthenticationError):
        openai.Model.retrieve(name)


def test_39_proxy_without_a_scheme(openai: Any, emulator: Any) -> None:
    _forget_sessions()
    openai.api_key = KEY
    openai.api_base = "http://far-away.invalid"
    host = emulator.base_url.split("//")[1]
    for proxy in (host, {"http": host, "https": host}):
        openai.proxy = proxy
        _forget_sessions()
        emulator.fault("status", code=418)
        with pytest.raises(openai.error.OpenAIError) as caught:
            openai.ChatCompletion.create(model=MODEL, messages=MESSAGES)
        assert caught.value.http_status == 418


def _forget_sessions() -> None:
    """openai < 1 keeps a session per thread, with the proxy of the time when it was made."""
    requestor = sys.modules.get("openai.api_requestor")
    if hasattr(requestor, "_thread_context"):
        vars(requestor)["_thread_context"].__dict__.clear()


def test_40_fakes(openai: Any) -> None:
    fake = {"choices": [{"message": {"role": "assistant", "content": ""}}], "empty": ""}
    for converted in (
        openai.util.convert_to_openai_object(fake),
        openai.openai_object.OpenAIObject.construct_from(fake),
    ):
        assert converted.choices[0].message.content == ""
        assert converted == fake
    assert type(fake["choices"][0]) is dict


def test_41_aiosession(openai: Any, acc: Any) -> None:
    aiohttp = pytest.importorskip("aiohttp", reason="openai 0.x brings it")

    async def main() -> Any:
        token = openai.aiosession.set(aiohttp.ClientSession())
        try:
            return await acc(**QUIET)
        finally:
            await openai.aiosession.get().close()
            openai.aiosession.reset(token)

    assert text(asyncio.run(main()))


def test_42_requestssession(openai: Any, cc: Any, emulator: Any, backend: str) -> None:
    import requests

    if backend == "legacy-openai" and below(metadata.version("openai"), "0.27.6"):
        pytest.skip("openai before 0.27.6 takes no session")
    _forget_sessions()
    # A backend that the user named and that cannot use the session says so.
    takes_it = backend in ("native", "raw-requests") or (
        backend == "legacy-openai" and openai.__name__ == "openai"
    )
    with requests.Session() as s:
        s.headers["X-Session"] = "mine"
        s.auth = _signed
        openai.requestssession = s
        if takes_it:
            assert text(cc(**QUIET))
            assert emulator.requests[-1].headers["x-session"] == "mine"
            assert emulator.requests[-1].headers["x-signature"] == "signed"
        else:
            with pytest.raises(openai.error.OpenAIError, match="http_client"):
                cc(**QUIET)
    _forget_sessions()


def _signed(request: Any) -> Any:
    request.headers["X-Signature"] = "signed"
    return request


@ours_only
def test_43_response_ms(cc: Any) -> None:
    r = cc(**QUIET)
    assert type(r.response_ms) is int
    assert r.response_ms / 1000.0 >= 0


@ours_only
@pytest.mark.parametrize("colour", ["sync", "async"])
def test_44_functions(openai: Any, emulator: Any, monkeypatch: Any, colour: str) -> None:
    monkeypatch.setenv("DEEPSEEK_API_KEY", KEY)
    monkeypatch.setenv("DEEPSEEK_BASE_URL", emulator.base_url)
    request: Dict[str, Any] = {
        "model": MODEL,
        "messages": [{"role": "user", "content": "What is the weather in Paris?"}],
        "functions": [
            {
                "name": "get_weather",
                "parameters": {"type": "object", "properties": {"city": {"type": "string"}}},
            }
        ],
        "function_call": {"name": "get_weather"},
    }
    with pytest.warns(UserWarning):
        response, deltas = _call_and_stream(openai, request, colour)
    message = response["choices"][0]["message"]
    assert message.get("function_call")["name"] == "get_weather"
    assert isinstance(json.loads(message["function_call"]["arguments"]), dict)
    parts = [d["function_call"] for d in deltas if d.get("function_call")]
    assert parts[0]["name"] == "get_weather"
    streamed = "".join(part.get("arguments", "") for part in parts)
    assert json.loads(streamed) == json.loads(message["function_call"]["arguments"])
    assert "tools" in emulator.requests[-1].json


def _call_and_stream(openai: Any, request: Dict[str, Any], colour: str) -> Any:
    if colour == "sync":
        response = openai.ChatCompletion.create(**request)
        stream = openai.ChatCompletion.create(stream=True, **request)
        return response, [c["choices"][0]["delta"] for c in stream]

    async def main() -> Any:
        response = await openai.ChatCompletion.acreate(**request)
        stream = await openai.ChatCompletion.acreate(stream=True, **request)
        return response, [c["choices"][0]["delta"] async for c in stream]

    return asyncio.run(main())


def test_45_completion_and_embedding(openai: Any, cc: Any, emulator: Any) -> None:
    openai.api_base = f"{emulator.base_url}/beta"
    r = openai.Completion.create(model="deepseek-v4-pro", prompt="def fib(n):")
    assert isinstance(r["choices"][0]["text"], str)
    with pytest.raises(openai.error.OpenAIError):
        openai.Embedding.create(model="x", input="hello", encoding_format="float")


def test_46_assignable(openai: Any, cc: Any, capsys: Any) -> None:
    openai.log = "debug"
    openai.api_version = "2020-11-07"
    assert text(cc(**QUIET))
    openai.log = None
    assert "message=" in capsys.readouterr().err
    openai.verify_ssl_certs = False
    assert openai.verify_ssl_certs is False
    openai.verify_ssl_certs = True


def test_47_generator(cc: Any, emulator: Any) -> None:
    g = cc(stream=True, **QUIET)
    assert inspect.isgenerator(g)
    assert next(g)["choices"]
    g.close()
    with pytest.raises(StopIteration):
        next(g)


@pytest.mark.parametrize(
    ("fault", "name"),
    [
        ("status-400-content-risk", "InvalidRequestError"),
        ("status-401", "AuthenticationError"),
        ("status-402", "APIError"),
        ("status-422-text", "APIError"),
        ("status-500", "APIError"),
        ("status-503", "ServiceUnavailableError"),
        ("blank-200", "ServiceUnavailableError"),
        ("reset-before", "APIConnectionError"),
        ("stall-before-headers", "Timeout"),
    ],
)
def test_an_error_has_a_name_of_0_28(openai: Any, failing: Any, fault: str, name: str) -> None:
    """Programs log ``type(err).__name__`` and decide by it."""
    with pytest.raises(openai.error.OpenAIError) as caught:
        failing(fault, request_timeout=1)
    assert type(caught.value).__name__ == name
    assert isinstance(caught.value, getattr(openai.error, name))
