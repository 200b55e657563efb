"""What of a call goes where (surface A3), whose key goes where, and what is not offered."""

from __future__ import annotations

import asyncio
import io
import os
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

import dsadapter
from dsadapter._legacy import settings
from dsadapter.testing.emulator import Emulator

from .conftest import BASELINE, KEY, MESSAGES, MODEL, QUIET

ours_only = pytest.mark.skipif(BASELINE, reason="the adapter's own rule")
DEEPSEEK = "sk-0123456789abcdef0123456789abcdef"
OPENAI_KEY = "sk-abcdT3BlbkFJefgh0123456789"


# --- keywords ------------------------------------------------------------------------------------


def test_none_is_sent_as_null(cc: Any, emulator: Emulator) -> None:
    cc(max_tokens=None, stop=None)
    assert emulator.requests[-1].json["max_tokens"] is None
    assert emulator.requests[-1].json["stop"] is None


def test_unknown_keywords_go_into_the_body(cc: Any, emulator: Emulator) -> None:
    cc(thinking={"type": "disabled"}, user_id="u")
    assert emulator.requests[-1].json["user_id"] == "u"


def test_the_key_may_be_the_first_positional_argument(openai: Any, emulator: Emulator) -> None:
    openai.ChatCompletion.create(
        "sk-first0000000000000000", emulator.base_url, model=MODEL, messages=MESSAGES
    )
    assert emulator.requests[-1].headers["authorization"] == "Bearer sk-first0000000000000000"


@ours_only
def test_engine_and_deployment_become_the_model(cc: Any, emulator: Emulator) -> None:
    for name in ("engine", "deployment_id"):
        cc(**{"model": None, name: MODEL})
        assert emulator.requests[-1].json["model"] == MODEL
        assert name not in emulator.requests[-1].json
        assert emulator.requests[-1].path == "/chat/completions"
    assert cc(model=None, engine=MODEL).engine == MODEL


def test_neither_model_nor_engine(openai: Any, cc: Any) -> None:
    with pytest.raises(openai.error.InvalidRequestError) as caught:
        cc(model=None)
    assert "Must provide an 'engine' or 'model' parameter to create a" in str(caught.value)
    assert caught.value.param == "engine"


@pytest.mark.parametrize(
    ("headers", "text"),
    [
        ([("a", "b")], "Headers must be a dictionary"),
        ({1: "b"}, "Header keys must be strings"),
        ({"a": 1}, "Header values must be strings"),
    ],
)
def test_wrong_headers_are_type_errors(
    cc: Any, emulator: Emulator, headers: Any, text: str
) -> None:
    with pytest.raises(TypeError, match=text):
        cc(headers=headers)
    assert not emulator.requests


def test_headers_win_over_the_key(cc: Any, emulator: Emulator) -> None:
    cc(headers={"Authorization": "Bearer sk-other0000000000000000"})
    assert emulator.requests[-1].headers["authorization"] == "Bearer sk-other0000000000000000"


@pytest.mark.parametrize("value", [None, 0, 30, 2.5, (1, 5)])
def test_request_timeout_is_no_part_of_the_body(cc: Any, emulator: Emulator, value: Any) -> None:
    cc(request_timeout=value, **QUIET)
    assert "request_timeout" not in emulator.requests[-1].json


@ours_only
def test_timeout_is_the_limit_where_request_timeout_is_absent(openai: Any, failing: Any) -> None:
    dsadapter.max_retries = 0
    with pytest.raises(openai.error.Timeout):
        failing("stall-before-headers", timeout=0.3)


@ours_only
def test_extra_keywords_of_modern_code(cc: Any, emulator: Emulator) -> None:
    cc(extra_headers={"X-E": "1"}, extra_query={"q": "2"}, extra_body={"user_id": "3"})
    request = emulator.requests[-1]
    assert (request.headers["x-e"], request.query, request.json["user_id"]) == ("1", "q=2", "3")


@ours_only
@pytest.mark.parametrize("messages", ["hi", {"role": "user"}, [], 5])
def test_messages_that_are_none(openai: Any, cc: Any, emulator: Emulator, messages: Any) -> None:
    with pytest.raises(openai.error.InvalidRequestError, match="messages is "):
        cc(messages=messages, provider="deepseek")
    assert not emulator.requests


@ours_only
@pytest.mark.parametrize("messages", ["hi", {"role": "user"}, [], 5])
def test_of_other_hosts_the_messages_are_not_judged(
    openai: Any, cc: Any, acc: Any, emulator: Emulator, messages: Any
) -> None:
    for stream in (False, True):
        with pytest.raises(openai.error.InvalidRequestError):  # the server's own word
            cc(messages=messages, stream=stream)
        with pytest.raises(openai.error.InvalidRequestError):
            asyncio.run(acc(messages=messages, stream=stream))
    assert [request.json["messages"] for request in emulator.requests] == [messages] * 4


@ours_only
def test_model_map(cc: Any, emulator: Emulator, monkeypatch: Any) -> None:
    monkeypatch.setenv("DSADAPTER_MODEL_MAP", f"gpt-3.5-turbo={MODEL}")
    cc(model="gpt-3.5-turbo")
    assert emulator.requests[-1].json["model"] == MODEL


def test_app_info(openai: Any, cc: Any, emulator: Emulator) -> None:
    openai.app_info = {"name": "mine", "version": "1.2", "url": "http://me"}
    cc()
    assert emulator.requests[-1].headers["user-agent"].endswith("mine/1.2 (http://me)")


def test_wrong_api_type(openai: Any, cc: Any) -> None:
    with pytest.raises(openai.error.InvalidAPIType):
        cc(api_type="no_such_type")


@ours_only
def test_model_map_as_a_global(openai: Any, cc: Any, emulator: Emulator) -> None:
    openai.model_map = {"gpt-3.5-turbo": MODEL}
    try:
        cc(model="gpt-3.5-turbo")
    finally:
        del openai.model_map
    assert emulator.requests[-1].json["model"] == MODEL


@ours_only
def test_mocked_requests(openai: Any, cc: Any, monkeypatch: Any, backend: str) -> None:
    """One of the five ways to test code of 2023 (surface A9)."""
    import requests

    if backend == "modern-openai":
        pytest.skip("nothing goes through requests")
    answer = requests.Response()
    answer.status_code, answer._content = 200, b'{"choices": [{"message": {"content": "mocked"}}]}'
    with mock.patch("requests.Session.request", return_value=answer):
        assert cc()["choices"][0]["message"]["content"] == "mocked"
    answer.status_code, answer._content = 429, b'{"error": {"message": "slow"}}'
    dsadapter.max_retries = 0
    with mock.patch("requests.Session.request", return_value=answer):
        with pytest.raises(openai.error.RateLimitError, match="^slow"):  # no status before it
            cc()


def test_a_wrong_proxy(openai: Any, cc: Any) -> None:
    openai.proxy = 5
    with pytest.raises(ValueError, match="must be specified as either a string URL or a dict"):
        openai.api_requestor._thread_context.__dict__.clear() if BASELINE else None
        if settings.sdk_module is not None:
            pytest.skip("the SDK reads its proxy when it makes its next session")
        cc()


# --- keys ----------------------------------------------------------------------------------------


def test_no_key(openai: Any, emulator: Emulator) -> None:
    openai.api_base = emulator.base_url
    with pytest.raises(openai.error.AuthenticationError):
        openai.ChatCompletion.create(model=MODEL, messages=MESSAGES)
    assert not emulator.requests


def test_key_from_a_file(openai: Any, cc: Any, emulator: Emulator, tmp_path: Path) -> None:
    file = tmp_path / "key"
    openai.api_key_path = str(file)
    for key in ("sk-one00000000000000000", "sk-two00000000000000000"):
        file.write_text(f"{key}\n")
        cc()
        assert emulator.requests[-1].headers["authorization"] == f"Bearer {key}"
    file.write_text("nonsense")
    with pytest.raises(ValueError, match="Malformed API key in"):
        cc()


@ours_only
def test_globals_are_read_at_every_call(openai: Any, cc: Any, emulator: Emulator) -> None:
    cc()
    openai.api_key = "sk-later000000000000000"
    cc()
    openai.organization = "org-1"
    cc()
    headers = [request.headers for request in emulator.requests]
    assert [h["authorization"][7:] for h in headers] == [KEY] + ["sk-later000000000000000"] * 2
    assert [h.get("openai-organization") for h in headers] == [None, None, "org-1"]


@ours_only
def test_the_backend_is_read_at_every_call(openai: Any, cc: Any, monkeypatch: Any) -> None:
    monkeypatch.setenv("DSADAPTER_BACKEND", "raw-requests")
    assert cc().adapter.backend == "raw-requests"
    monkeypatch.setenv("DSADAPTER_BACKEND", "no-such-backend")
    with pytest.raises(dsadapter.BackendUnavailableError, match="no-such-backend"):
        cc()
    dsadapter.backend = "raw-requests"
    assert cc().adapter.backend == "raw-requests"


@pytest.fixture()
def nowhere(monkeypatch: Any) -> None:
    """A call that gets past the key guard would look for this host."""
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    dsadapter.max_retries = 0


@ours_only
@pytest.mark.parametrize("where", ["environment", "global", "call"])
def test_an_openai_key_without_a_base_is_not_sent(
    openai: Any, nowhere: None, monkeypatch: Any, where: str
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", OPENAI_KEY)
    arguments = {}
    if where == "global":
        openai.api_key = os.getenv("OPENAI_API_KEY")
    elif where == "call":
        arguments = {"api_key": OPENAI_KEY, "api_base": ""}
    with pytest.raises(openai.error.AuthenticationError) as caught:
        openai.ChatCompletion.create(model="gpt-3.5-turbo", messages=MESSAGES, **arguments)
    assert "not sent" in str(caught.value)
    assert "DEEPSEEK_API_KEY" in str(caught.value)
    assert "DSADAPTER_TRUST_HOSTS" in str(caught.value)
    assert OPENAI_KEY not in str(caught.value)


@ours_only
def test_a_read_base_handed_back_names_no_base(
    openai: Any, nowhere: None, monkeypatch: Any
) -> None:
    """As llama-index 0.8 does: it reads openai.api_base and passes it on."""
    monkeypatch.setenv("OPENAI_API_KEY", "sk-shapeless00000000000")
    base = openai.api_base or "https://api.openai.com/v1"
    with pytest.raises(openai.error.AuthenticationError, match="not sent"):
        openai.ChatCompletion.create(model=MODEL, messages=MESSAGES, api_base=base)


@ours_only
def test_a_key_literal_of_a_program_for_openai_is_not_sent(openai: Any, nowhere: None) -> None:
    openai.api_key = "sk-shapeless00000000000"
    call = {"model": MODEL, "messages": MESSAGES}
    if openai is dsadapter:  # who imports dsadapter means DeepSeek
        with pytest.raises(openai.error.APIConnectionError):
            openai.ChatCompletion.create(**call)
    else:
        with pytest.raises(openai.error.AuthenticationError, match="not sent"):
            openai.ChatCompletion.create(**call)


@ours_only
def test_deepseeks_own_key_beats_one_handed_on_from_the_environment(
    openai: Any, emulator: Emulator, monkeypatch: Any
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", OPENAI_KEY)
    monkeypatch.setenv("DEEPSEEK_API_KEY", DEEPSEEK)
    monkeypatch.setenv("DEEPSEEK_BASE_URL", emulator.base_url)
    openai.api_key = os.environ["OPENAI_API_KEY"]
    openai.ChatCompletion.create(model=MODEL, messages=MESSAGES)
    assert emulator.requests[-1].headers["authorization"] == f"Bearer {DEEPSEEK}"


def test_openai_api_base_of_the_environment(
    openai: Any, emulator: Emulator, monkeypatch: Any
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("OPENAI_API_BASE", emulator.base_url)
    if BASELINE:
        openai.api_key, openai.api_base = KEY, emulator.base_url  # read at import only
    openai.ChatCompletion.create(model=MODEL, messages=MESSAGES)
    assert emulator.requests[-1].headers["authorization"] == f"Bearer {KEY}"


@ours_only
def test_an_organization_of_the_environment_stays_at_home(
    openai: Any, cc: Any, emulator: Emulator, monkeypatch: Any
) -> None:
    monkeypatch.setenv("OPENAI_ORGANIZATION", "org-secret")
    openai.organization = os.environ["OPENAI_ORGANIZATION"]
    cc()
    cc(organization="org-secret")
    assert not any("openai-organization" in request.headers for request in emulator.requests)


# --- not offered ---------------------------------------------------------------------------------

NOT_SERVED = [
    ("Embedding", "create", {"model": "m", "input": "x"}, "/embeddings"),
    ("Moderation", "create", {"input": "x"}, "/moderations"),
    ("Image", "create", {"prompt": "x"}, "/images/generations"),
    ("Edit", "create", {"model": "m", "input": "x", "instruction": "y"}, "/edits"),
    (
        "Audio",
        "transcribe_raw",
        {"model": "m", "file": b"", "filename": "f"},
        "/audio/transcriptions",
    ),
    ("File", "download", {"id": "f-1"}, "/files/f-1/content"),
    ("FineTune", "list", {}, "/fine-tunes"),
    ("FineTuningJob", "list", {}, "/fine_tuning/jobs"),
    ("Engine", "list", {}, "/engines"),
]


@ours_only
@pytest.mark.parametrize(("name", "method", "params", "path"), NOT_SERVED)
def test_not_offered_by_deepseek(
    openai: Any,
    emulator: Emulator,
    monkeypatch: Any,
    name: str,
    method: str,
    params: Any,
    path: str,
) -> None:
    monkeypatch.setenv("DEEPSEEK_API_KEY", KEY)
    monkeypatch.setenv("DEEPSEEK_BASE_URL", emulator.base_url)
    with pytest.raises(openai.error.OpenAIError, match="does not offer") as caught:
        getattr(getattr(openai, name), method)(**params)
    assert isinstance(caught.value, dsadapter.NotOfferedError)
    assert not emulator.requests
    twin = getattr(getattr(openai, name), f"a{method}")

    async def main() -> Any:
        return await twin(**params)

    with pytest.raises(dsadapter.NotOfferedError):
        asyncio.run(main())


@pytest.mark.parametrize(("name", "method", "params", "path"), NOT_SERVED)
def test_other_providers_are_asked(
    openai: Any, cc: Any, emulator: Emulator, name: str, method: str, params: Any, path: str
) -> None:
    with pytest.raises(openai.error.OpenAIError):  # the emulator is no such provider: 404
        getattr(getattr(openai, name), method)(**params)
    assert emulator.requests[-1].path == path


@ours_only
def test_embeddings_as_floats_whatever_the_server_sends(
    openai: Any, cc: Any, emulator: Any
) -> None:
    body = '{"data":[{"embedding":"AACAPwAAAEA="},{"embedding":[3.0]}]}'
    emulator.fault("status", code=200, body=body)
    r = openai.Embedding.create(model="m", input="x")
    assert [item["embedding"] for item in r.data] == [[1.0, 2.0], [3.0]]


@pytest.mark.parametrize("given", [{}, {"encoding_format": None}, {"encoding_format": "float"}])
def test_embeddings_are_asked_for_as_0_28_did(
    openai: Any, cc: Any, emulator: Any, given: Any
) -> None:
    for create in (openai.Embedding.create, lambda **k: asyncio.run(openai.Embedding.acreate(**k))):
        emulator.fault("status", code=200, body='{"data":[]}')
        create(model="m", input="x", **given)
        assert emulator.requests[-1].json == {
            "model": "m",
            "input": "x",
            "encoding_format": given.get("encoding_format") or "base64",
        }


@ours_only
@pytest.mark.parametrize("kind", ["bytes", "text", "open"])
def test_files_are_sent_as_a_form(openai: Any, cc: Any, emulator: Any, kind: str) -> None:
    """0.28 sends text as the content."""
    emulator.fault("status", code=200, body='{"id":"f-1","object":"file"}')
    content = {"bytes": b"lines", "text": "lines", "open": io.StringIO("lines")}[kind]
    file = openai.File.create(file=content, purpose="fine-tune", user_provided_filename="a.jsonl")
    request = emulator.requests[-1]
    assert file.id == "f-1"
    assert request.headers["content-type"].startswith("multipart/form-data; boundary=")
    for part in (b'name="purpose"', b"fine-tune", b'filename="a.jsonl"', b"lines"):
        assert part in request.body


@ours_only
def test_delete(openai: Any, cc: Any, emulator: Any) -> None:
    emulator.fault("status", code=200, body='{"id":"m","deleted":true}')
    assert openai.Model.delete("m").deleted is True
    assert (emulator.requests[-1].method, emulator.requests[-1].path) == ("DELETE", "/models/m")
