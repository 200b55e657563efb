"""``openai.api_requestor``: what tracers, proxies and loggers patch takes part in the call."""

from __future__ import annotations

import asyncio
import importlib
import io
import json
from typing import Any, Iterator
from unittest import mock

import pytest

from dsadapter._legacy import modules
from dsadapter.testing.emulator import Emulator

from .conftest import BASELINE, KEY, MESSAGES, MODEL, QUIET

ours_only = pytest.mark.skipif(BASELINE, reason="the adapter's own promise")


@pytest.fixture()
def requestor(openai: Any, cc: Any) -> Any:
    return openai.api_requestor.APIRequestor


def test_request(openai: Any, requestor: Any, emulator: Emulator) -> None:
    instance = requestor(KEY, api_base=emulator.base_url)
    body = {"model": MODEL, "messages": MESSAGES}
    response, streams, key = instance.request("post", "/chat/completions", body)
    assert isinstance(response, openai.openai_response.OpenAIResponse)
    assert response.data["object"] == "chat.completion"
    assert (streams, key) == (False, KEY)
    responses, streams, _ = instance.request(
        "post", "/chat/completions", {**body, "stream": True}, stream=True
    )
    assert streams is True
    assert [r.data["object"] for r in responses][0] == "chat.completion.chunk"


def test_arequest(openai: Any, requestor: Any, emulator: Emulator) -> None:
    async def main() -> Any:
        instance = requestor(KEY, api_base=emulator.base_url)
        body = {"model": MODEL, "messages": MESSAGES, "stream": True}
        responses, streams, _ = await instance.arequest(
            "post", "/chat/completions", body, stream=True
        )
        return streams, [r.data["object"] async for r in responses]

    streams, kinds = asyncio.run(main())
    assert streams is True
    assert set(kinds) == {"chat.completion.chunk"}


@pytest.mark.parametrize("stream", [False, True])
def test_patched_request(openai: Any, cc: Any, requestor: Any, stream: bool) -> None:
    seen = []
    original = requestor.request

    def traced(self: Any, *args: Any, **kwargs: Any) -> Any:
        seen.append((args, kwargs))
        return original(self, *args, **kwargs)

    with mock.patch(f"{openai.__name__}.api_requestor.APIRequestor.request", traced):
        r = cc(stream=stream, **QUIET)
        assert list(r)
    (args, kwargs) = seen[0]
    assert args[:2] == ("post", "/chat/completions")
    assert kwargs["params"]["messages"] == MESSAGES


def test_patched_arequest(openai: Any, acc: Any, requestor: Any) -> None:
    seen = []
    original = requestor.arequest

    async def traced(self: Any, *args: Any, **kwargs: Any) -> Any:
        seen.append(args)
        return await original(self, *args, **kwargs)

    async def main() -> Any:
        return await acc(**QUIET)

    with mock.patch(f"{openai.__name__}.api_requestor.APIRequestor.arequest", traced):
        asyncio.run(main())
    assert seen == [("post", "/chat/completions")]


def test_patched_prepare(openai: Any, cc: Any, requestor: Any, emulator: Emulator) -> None:
    original = requestor._prepare_request_raw

    def redirected(self: Any, *args: Any, **kwargs: Any) -> Any:
        url, headers, data = original(self, *args, **kwargs)
        body = {**json.loads(data), "user_id": "added"}
        return (
            url.replace("/chat", "/v1/chat"),
            {**headers, "X-Added": "1"},
            json.dumps(body).encode(),
        )

    with mock.patch.object(requestor, "_prepare_request_raw", redirected):
        cc()
    request = emulator.requests[-1]
    assert request.path == "/v1/chat/completions"
    assert request.headers["x-added"] == "1"
    assert request.json["user_id"] == "added"


def test_replaced_prepare(openai: Any, cc: Any, requestor: Any, emulator: Emulator) -> None:
    """Without a call of the original."""

    def replaced(self: Any, *args: Any, **kwargs: Any) -> Any:
        headers = {"Authorization": "Bearer sk-own", "Content-Type": "application/json"}
        body = json.dumps({"model": MODEL, "messages": MESSAGES}).encode()
        return f"{emulator.base_url}/chat/completions", headers, body

    with mock.patch.object(requestor, "_prepare_request_raw", replaced):
        assert cc(messages=[{"role": "user", "content": "other"}])["choices"]
    assert emulator.requests[-1].headers["authorization"] == "Bearer sk-own"
    assert emulator.requests[-1].json["messages"] == MESSAGES


@ours_only
def test_a_prepare_that_makes_a_call_of_its_own(
    openai: Any, cc: Any, requestor: Any, emulator: Emulator
) -> None:
    original = requestor._prepare_request_raw
    models = []

    def asking(self: Any, url: str, *args: Any) -> Any:
        if url == "/chat/completions":
            models.append(openai.Model.list()["data"][0]["id"])
        return original(self, url, *args)

    with mock.patch.object(requestor, "_prepare_request_raw", asking):
        assert cc()["object"] == "chat.completion"
    assert models == [MODEL]
    assert [request.path for request in emulator.requests] == ["/models", "/chat/completions"]


def test_patched_interpret(openai: Any, cc: Any, requestor: Any) -> None:
    seen = []
    original = requestor._interpret_response

    def noted(self: Any, result: Any, stream: Any) -> Any:
        seen.append((result.status_code, result.headers.get("content-type")))
        return original(self, result, stream)

    with mock.patch.object(requestor, "_interpret_response", noted):
        cc()
    assert seen == [(200, "application/json")]


def test_patched_error_handling(openai: Any, failing: Any, requestor: Any) -> None:
    seen = []
    original = requestor.handle_error_response

    def noted(self: Any, rbody: Any, rcode: Any, resp: Any, rheaders: Any, **more: Any) -> Any:
        seen.append((rcode, resp["error"]["code"], more["stream_error"]))
        return original(self, rbody, rcode, resp, rheaders, **more)

    with mock.patch.object(requestor, "handle_error_response", noted):
        with pytest.raises(openai.error.RateLimitError):
            failing("status-429")
    assert seen == [(429, "rate_limit_exceeded", False)]


@ours_only
def test_error_handling_of_ones_own(openai: Any, failing: Any, requestor: Any) -> None:
    class Mine(Exception):
        pass

    with mock.patch.object(requestor, "handle_error_response", lambda *a, **k: Mine()):
        with pytest.raises(Mine):
            failing("status-429")


def test_error_for_a_body(openai: Any, requestor: Any) -> None:
    err = requestor(KEY).handle_error_response(
        "{}", 400, {"error": {"message": "m", "param": "p", "code": "c"}}, {}
    )
    assert isinstance(err, openai.error.InvalidRequestError)
    assert (err.user_message, err.param, err.code) == ("m", "p", "c")


@ours_only
def test_patched_timeout(openai: Any, failing: Any) -> None:
    import dsadapter

    dsadapter.max_retries = 0
    module = importlib.import_module("dsadapter._legacy.api_requestor")
    with mock.patch.object(module, "TIMEOUT_SECS", 0.3):
        with pytest.raises(openai.error.Timeout):
            failing("stall-before-headers")


def test_patched_conversion(openai: Any, cc: Any) -> None:
    seen = []
    original = openai.util.convert_to_openai_object

    def noted(*args: Any, **kwargs: Any) -> Any:
        converted = original(*args, **kwargs)
        seen.append(converted)
        return converted

    with mock.patch.object(openai.util, "convert_to_openai_object", noted):
        r = cc()
    assert any(converted is r for converted in seen)


@ours_only
def test_a_requestor_that_is_used_again(openai: Any, requestor: Any, emulator: Emulator) -> None:
    """Its key and base are those it was made with; what 0.28 reads at each call is read anew."""
    instance = requestor(KEY, api_base=emulator.base_url)
    instance.request("get", "/models")
    openai.app_info, openai.api_key = {"name": "later"}, "sk-later0000000000000000"
    instance.request("get", "/models")
    agents = [request.headers["user-agent"].endswith("later") for request in emulator.requests]
    keys = [request.headers["authorization"] for request in emulator.requests]
    assert agents == [False, True]
    assert keys == [f"Bearer {KEY}"] * 2


@ours_only
def test_what_would_be_sent(openai: Any, requestor: Any, emulator: Emulator) -> None:
    """``_prepare_request_raw`` without a call, as tracers and tests ask it."""
    openai.app_info = {"name": "mine"}
    instance = requestor(KEY, api_base=emulator.base_url)
    body = {"model": MODEL, "messages": MESSAGES}
    url, headers, data = instance._prepare_request_raw(
        "/chat/completions", None, "post", body, None, "id-1"
    )
    assert url == f"{emulator.base_url}/chat/completions"
    assert headers["X-Request-Id"] == "id-1"
    assert headers["User-Agent"].endswith(" mine")
    assert json.loads(data) == body
    assert not emulator.requests


@ours_only
def test_headers_of_ones_own(cc: Any, requestor: Any, emulator: Emulator) -> None:
    original = requestor.request_headers

    def more(self: Any, *args: Any, **kwargs: Any) -> Any:
        return {**original(self, *args, **kwargs), "X-More": "1"}

    with mock.patch.object(requestor, "request_headers", more):
        cc()
    assert emulator.requests[-1].headers["x-more"] == "1"


@ours_only
@pytest.mark.parametrize("stream", [False, True])
def test_what_the_headers_of_the_answer_say(cc: Any, backend: str, stream: bool) -> None:
    """``organization`` and ``response_ms`` of the object, as OpenAI's servers send them."""
    if backend != "raw-requests":
        pytest.skip("the answer is made for requests")
    import requests

    answer = requests.Response()
    answer.status_code = 200
    answer.headers.update({"OpenAI-Organization": "org-1", "OpenAI-Processing-Ms": "12.4"})
    data = {"choices": [{"index": 0, "delta": {"content": "a"}, "finish_reason": "stop"}]}
    text = json.dumps(data)
    answer.raw = io.BytesIO(
        f"data: {text}\n\ndata: [DONE]\n\n".encode() if stream else text.encode()
    )
    with mock.patch("requests.Session.request", return_value=answer):
        r = next(cc(stream=True)) if stream else cc()
    assert (r.organization, r.response_ms) == ("org-1", 12)
    assert "organization" not in r


@ours_only
def test_a_response_made_by_hand(openai: Any, cc: Any, requestor: Any) -> None:
    """A replaced method may answer without a call; the object has what its headers say."""
    headers = _Folded({"openai-organization": "org-1", "openai-processing-ms": "12"})
    response = openai.openai_response.OpenAIResponse({"id": "i"}, headers)
    with mock.patch.object(requestor, "request", return_value=(response, False, KEY)):
        r = cc()
    assert (r.id, r.organization, r.response_ms) == ("i", "org-1", 12)


def test_response_object(openai: Any) -> None:
    headers = {
        "request-id": "r",
        "retry-after": "3",
        "OpenAI-Organization": "o",
        "Openai-Processing-Ms": "12.4",
    }
    response = openai.openai_response.OpenAIResponse({"a": 1}, _Folded(headers))
    assert (response.data, response.request_id, response.retry_after) == ({"a": 1}, "r", 3)
    assert (response.organization, response.response_ms) == ("o", 12)


class _Folded(dict):  # type: ignore[type-arg]
    def __init__(self, items: Any) -> None:
        super().__init__({k.lower(): v for k, v in items.items()})

    def get(self, key: str, default: Any = None) -> Any:
        return super().get(key.lower(), default)


# --- the module tree -----------------------------------------------------------------------------


@pytest.fixture(params=modules.NAMES)
def name(request: Any) -> Iterator[str]:
    return request.param


def test_every_module_of_028_can_be_imported(openai: Any, name: str) -> None:
    if name == "embeddings_utils" and "site-packages" in (openai.error.__file__ or ""):
        pytest.skip("the SDK's own needs pandas, scipy, plotly ... at import")
    module = importlib.import_module(f"{openai.__name__}.{name}")
    for attribute in modules.NAMESPACES.get(name, ("", ()))[1]:
        if not attribute.endswith("_helper"):
            assert hasattr(module, attribute)


def test_modules_that_are_attributes_at_once(openai: Any) -> None:
    for name in modules.LOADED_AT_IMPORT:
        assert getattr(openai, name) is importlib.import_module(f"{openai.__name__}.{name}")


def test_one_class_whatever_the_way(openai: Any) -> None:
    leaf = importlib.import_module(f"{openai.__name__}.api_resources.chat_completion")
    assert leaf.ChatCompletion is openai.api_resources.ChatCompletion is openai.ChatCompletion
    target = f"{openai.__name__}.api_resources.chat_completion.ChatCompletion.create"
    with mock.patch(target, return_value=5):
        assert openai.ChatCompletion.create() == 5


def test_version(openai: Any) -> None:
    if vars(openai).get("OpenAI") is None or openai.__name__ == "dsadapter":
        assert openai.version.VERSION.startswith("0.2")
    assert isinstance(openai.VERSION, str)


@ours_only
def test_data_libraries_say_what_they_need(openai: Any) -> None:
    if "site-packages" in (openai.error.__file__ or ""):
        pytest.skip("the SDK's own")
    helper = importlib.import_module(f"{openai.__name__}.datalib.numpy_helper")
    utils = importlib.import_module(f"{openai.__name__}.embeddings_utils")
    if helper.HAS_NUMPY:
        assert utils.cosine_similarity([1.0, 0.0], [1.0, 0.0]) == pytest.approx(1.0)
    else:
        with pytest.raises(openai.datalib.common.MissingDependencyError, match="pip install numpy"):
            utils.cosine_similarity([1.0], [1.0])
