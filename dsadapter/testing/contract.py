"""What every backend keeps, through both faces, sync and async.

``tests/test_contract.py`` runs this class; so can the author of another backend::

    from dsadapter.testing.contract import *  # noqa: F403

A run names the backends it was for in its header. ``DSADAPTER_EXPECT_BACKEND=modern-openai``
makes a run fail where that backend is absent.
"""

from __future__ import annotations

import json
import os
import socket
import time
from typing import Any, Iterator, List

import pytest

import dsadapter
from dsadapter import error
from dsadapter._backends import selection as _registry
from dsadapter.testing.callers import KEY, USER, Caller, awaited, grid, text_of
from dsadapter.testing.emulator import Emulator

__all__ = ["TestBackend", "caller", "emulator"]

NAMES = tuple(_registry.BY_NAME)
HELLO = [{"role": "user", "content": "你好"}]
CITY: Any = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}
TOOL: Any = {"type": "function", "function": {"name": "weather", "parameters": CITY}}

# status fault -> (modern class, legacy class it must be, legacy class it must not be)
STATUS_ROWS = [
    ("status-400-content-risk", 400, "BadRequestError", "InvalidRequestError", "APIError"),
    ("status-401", 401, "AuthenticationError", "AuthenticationError", "APIError"),
    ("status-401-text", 401, "AuthenticationError", "AuthenticationError", "APIError"),
    ("status-402", 402, "InsufficientBalanceError", "APIError", "RateLimitError"),
    ("status-403", 403, "PermissionDeniedError", "PermissionError", "APIError"),
    ("status-404", 404, "NotFoundError", "InvalidRequestError", "APIError"),
    ("status-408", 408, "APIStatusError", "APIError", "Timeout"),
    ("status-409", 409, "ConflictError", "TryAgain", "APIError"),
    ("status-413", 413, "APIStatusError", "APIError", "InvalidRequestError"),
    ("status-415", 415, "APIStatusError", "InvalidRequestError", "APIError"),
    ("status-422-text", 422, "UnprocessableEntityError", "APIError", "InvalidRequestError"),
    ("status-429", 429, "RateLimitError", "RateLimitError", "APIError"),
    ("status-500", 500, "InternalServerError", "APIError", "ServiceUnavailableError"),
    ("status-502-html", 502, "InternalServerError", "APIError", "ServiceUnavailableError"),
    ("status-503", 503, "InternalServerError", "ServiceUnavailableError", "APIError"),
]


def missing(name: str) -> str:
    """Why a backend cannot exist in this environment, or ""."""
    from dsadapter._backends import detection as _detect

    return _registry.why_unusable(_registry.BY_NAME[name], _detect.sdk()) or ""


def cells() -> List[Any]:
    """One parameter per (backend, face, mode); what cannot exist here is skipped and says why."""
    return [
        pytest.param(
            cell,
            id="-".join(cell),
            marks=[pytest.mark.skip(reason=missing(cell[0]))] if missing(cell[0]) else [],
        )
        for cell in grid(NAMES)
    ]


@pytest.fixture()
def emulator() -> Iterator[Emulator]:
    """A fresh emulator for one test."""
    with Emulator() as server:
        yield server


@pytest.fixture(params=cells())
def caller(request: Any, emulator: Emulator, monkeypatch: Any) -> Caller:
    """Each cell of the grid in turn, against the emulator of the test."""
    backend, face, mode = request.param
    monkeypatch.setenv("DSADAPTER_BACKEND", backend)
    return Caller(backend, face, mode, emulator.base_url)


def wait_until(condition: Any, seconds: float = 5.0) -> bool:
    """Whether ``condition()`` comes true within ``seconds``."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True


def test_the_expected_backend_is_here() -> None:
    expected = os.environ.get("DSADAPTER_EXPECT_BACKEND")
    if expected:
        assert dsadapter.selection().name == expected, dsadapter.selection()


class TestBackend:
    """One test per behaviour; every one runs for each backend and face, sync and async."""

    # answers

    def test_an_answer_reads_as_a_dict_and_by_attribute(self, caller: Caller) -> None:
        reply = caller.chat(HELLO)
        content = reply["choices"][0]["message"]["content"]
        assert content.startswith("你好")
        assert reply.choices[0].message.content == content
        assert reply.choices[0].message["content"] == content
        assert isinstance(reply, dict)
        assert json.loads(json.dumps(reply))["choices"][0]["message"]["content"] == content

    def test_the_backend_that_was_asked_for_answered(self, caller: Caller) -> None:
        assert caller.chat().adapter.backend == caller.backend

    def test_text_arrives_unharmed(self, caller: Caller, emulator: Emulator) -> None:
        text = "naïve 世界 😊 \u2028 \u0085 \x00 end"
        reply = caller.chat([{"role": "user", "content": text}])
        assert emulator.requests[-1].json["messages"][0]["content"] == text
        assert "世界 😊 \u2028 \u0085" in reply.choices[0].message.content

    def test_unknown_keywords_and_extra_body_reach_the_body(
        self, caller: Caller, emulator: Emulator
    ) -> None:
        caller.chat(made_up=1, extra_body={"user_id": "u1"}, extra_headers={"X-Mine": "yes"})
        received = emulator.requests[-1]
        assert received.json["made_up"] == 1
        assert received.json["user_id"] == "u1"
        assert "extra_body" not in received.json
        assert received.headers["x-mine"] == "yes"

    def test_nothing_of_an_sdk_or_another_vendor_is_sent(
        self, caller: Caller, emulator: Emulator, monkeypatch: Any
    ) -> None:
        monkeypatch.setenv("OPENAI_ORG_ID", "org-other")
        monkeypatch.setenv("OPENAI_ORGANIZATION", "org-other")
        monkeypatch.setenv("OPENAI_PROJECT_ID", "proj-other")
        monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Other: secret")
        caller.chat()
        headers = emulator.requests[-1].headers
        assert headers["authorization"] == f"Bearer {KEY}"
        foreign = ("x-stainless", "x-openai", "openai-", "x-other")
        assert not [name for name in headers if name.startswith(foreign)]

    def test_tool_calls(self, caller: Caller) -> None:
        reply = caller.chat(tools=[TOOL])
        call = reply.choices[0].message.tool_calls[0]
        assert reply.choices[0].finish_reason == "tool_calls"
        assert call.function.name == "weather"
        assert json.loads(call["function"]["arguments"])["city"]

    def test_compressed_answers(self, caller: Caller, emulator: Emulator) -> None:
        for name in ("gzip", "deflate"):
            emulator.fault(name)
            assert "世界" in caller.chat().choices[0].message.content

    # streams

    def test_a_stream_gives_what_the_whole_reply_gives(self, caller: Caller) -> None:
        chunks = caller.stream(HELLO)
        assert len(chunks) > 10
        assert text_of(chunks) == caller.chat(HELLO).choices[0].message.content
        assert chunks[-1]["choices"][0]["finish_reason"] == "stop"

    def test_a_compressed_stream(self, caller: Caller, emulator: Emulator) -> None:
        emulator.fault("gzip-stream")
        assert "世界" in text_of(caller.stream())

    def test_thinking_streams_apart_from_the_answer(self, caller: Caller) -> None:
        chunks = caller.stream(HELLO)
        assert text_of(chunks, "reasoning_content")
        assert text_of(chunks, "content").startswith("你好")

    def test_keep_alives_are_no_data(self, caller: Caller, emulator: Emulator) -> None:
        emulator.fault("keep-alive", times=2, interval=0.01)
        assert "世界" in text_of(caller.stream())
        assert "世界" in caller.chat().choices[0].message.content

    def test_leaving_a_stream_early_closes_its_connection(
        self, caller: Caller, emulator: Emulator
    ) -> None:
        emulator.fault("slow", interval=0.05)
        assert len(caller.stream(take=2)) == 2
        assert wait_until(lambda: emulator.requests[-1].closed), "the server still streams"

    # connections

    def test_connections_are_reused(self, caller: Caller, emulator: Emulator) -> None:
        def three_calls(client: Any) -> Any:
            create = client.chat.completions.create
            calls = (create(model="deepseek-flash", messages=USER) for _ in range(3))
            return awaited(calls) if caller.is_async else list(calls)

        caller.on_client(three_calls)
        assert len(emulator.requests) == 3
        assert emulator.connections == 1

    def test_a_finished_stream_gives_its_connection_back(
        self, caller: Caller, emulator: Emulator
    ) -> None:
        def twice(client: Any) -> Any:
            return _drain_two(client) if caller.is_async else _drain_two_sync(client)

        caller.on_client(twice)
        assert emulator.connections == 1

    def test_a_connection_closed_while_idle_is_no_failure(
        self, caller: Caller, emulator: Emulator
    ) -> None:
        emulator.fault("close-idle", times=-1)

        def two_calls(client: Any) -> Any:
            calls = _around_a_close(client.chat.completions.create, emulator)
            return awaited(calls) if caller.is_async else list(calls)

        replies = caller.on_client(two_calls, max_retries=0)
        assert [reply.adapter.retries for reply in replies] == [[], []]

    # errors

    @pytest.mark.parametrize(
        ("fault", "status", "modern", "legacy", "never"), STATUS_ROWS, ids=lambda v: str(v)
    )
    def test_a_status_is_its_class_in_both_trees(
        self,
        caller: Caller,
        emulator: Emulator,
        fault: str,
        status: int,
        modern: str,
        legacy: str,
        never: str,
        monkeypatch: Any,
    ) -> None:
        monkeypatch.setattr("dsadapter._settings.values.DEFAULT_RETRIES", 0)
        emulator.fault(fault, times=-1)
        with pytest.raises(dsadapter.APIError) as caught:
            caller.chat()
        err = caught.value
        assert isinstance(err, getattr(dsadapter, modern))
        assert isinstance(err, getattr(error, legacy))
        assert not isinstance(err, getattr(error, never))
        assert err.status_code == err.http_status == status
        assert err.user_message == err.message == err.args[0]
        assert KEY not in f"{err} {err!r} {vars(err)}"

    def test_a_stream_raises_a_status_when_it_is_opened(
        self, caller: Caller, emulator: Emulator
    ) -> None:
        emulator.fault("status-402")
        received: List[Any] = []
        with pytest.raises(dsadapter.InsufficientBalanceError) as caught:
            caller.stream_into(received)
        assert received == []
        assert caught.value.message == "Insufficient Balance"

    def test_what_may_pass_is_tried_again(self, caller: Caller, emulator: Emulator) -> None:
        emulator.fault("status-503", retry_after=0.01)
        reply = caller.chat(**caller.with_retries)
        assert len(emulator.requests) == 2
        assert len(reply.adapter.retries) == 1
        assert "ServiceUnavailable" in reply.adapter.retries[0].reason

    @pytest.mark.parametrize("stream", [False, True])
    def test_a_blank_answer_is_tried_again(
        self, caller: Caller, emulator: Emulator, stream: bool
    ) -> None:
        emulator.fault("blank-200")
        if stream:
            text = text_of(caller.stream(**caller.with_retries))
        else:
            text = caller.chat(**caller.with_retries).choices[0].message.content
        assert "世界" in text
        assert len(emulator.requests) == 2

    def test_a_server_that_stays_blank_is_busy(self, caller: Caller, emulator: Emulator) -> None:
        emulator.fault("blank-200", times=-1)
        with pytest.raises(dsadapter.ServerBusyError) as caught:
            caller.chat(**caller.with_retries)
        assert isinstance(caught.value, error.ServiceUnavailableError)
        assert len(emulator.requests) == 3

    @pytest.mark.parametrize("fault", ["cut", "cut-clean"])
    def test_a_cut_stream_is_never_a_complete_answer(
        self, caller: Caller, emulator: Emulator, fault: str
    ) -> None:
        emulator.fault(fault, after=20)
        received: List[Any] = []
        with pytest.raises(dsadapter.APIConnectionError) as caught:
            caller.stream_into(received, HELLO)
        assert len(received) == 20
        assert caught.value.partial == text_of(received)
        assert len(emulator.requests) == 1, "a stream that began is not asked for again"

    def test_a_stall_ends_at_the_timeout(self, caller: Caller, emulator: Emulator) -> None:
        emulator.fault("stall", after=5)
        received: List[Any] = []
        with pytest.raises(dsadapter.APITimeoutError) as caught:
            caller.stream_into(received, HELLO, timeout=0.3)
        assert len(received) == 5
        assert caught.value.bound == "timeout"
        assert isinstance(caught.value, error.Timeout)
        assert not isinstance(caught.value, error.APIConnectionError)

    @pytest.mark.parametrize("bound", ["idle_timeout", "deadline"])
    def test_keep_alives_do_not_outlast_a_bound(
        self, caller: Caller, emulator: Emulator, bound: str
    ) -> None:
        emulator.fault("keep-alive-forever", interval=0.05)
        began = time.monotonic()
        with pytest.raises(dsadapter.APITimeoutError) as caught:
            caller.stream_into([], HELLO, None, **{bound: 0.4})
        assert caught.value.bound == bound
        assert time.monotonic() - began < 0.4 + 1.5, "contract: within 0.5 s, and a slow machine"

    def test_html_instead_of_json(self, caller: Caller, emulator: Emulator) -> None:
        emulator.fault("html-200", times=-1)
        with pytest.raises(dsadapter.APIResponseError) as caught:
            caller.chat()
        assert isinstance(caught.value, error.APIError)
        assert "html" in str(caught.value).lower()

    def test_nobody_listens(self, caller: Caller, emulator: Emulator) -> None:
        address = emulator.host, emulator.port
        emulator.stop()
        with socket.socket() as taken, pytest.raises(dsadapter.APIConnectionError) as caught:
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            taken.bind(address)  # else a server of another process may get this port meanwhile
            caller.chat()
        assert isinstance(caught.value, error.APIConnectionError)
        assert "base_url" in str(caught.value)

    def test_a_redirect_to_another_host_is_refused(
        self, caller: Caller, emulator: Emulator
    ) -> None:
        emulator.fault("redirect-other-host")
        with pytest.raises(dsadapter.APIStatusError) as caught:
            caller.chat()
        assert len(emulator.requests) == 1
        assert "redirect" in str(caught.value)

    def test_a_redirect_on_the_same_host_is_followed(
        self, caller: Caller, emulator: Emulator
    ) -> None:
        emulator.fault("redirect-same-host")
        assert "世界" in caller.chat().choices[0].message.content

    def test_netrc_does_not_replace_the_key(
        self, caller: Caller, emulator: Emulator, monkeypatch: Any, tmp_path: Any
    ) -> None:
        netrc = tmp_path / "netrc"
        netrc.write_text("machine 127.0.0.1 login me password hidden\n")
        netrc.chmod(0o600)
        monkeypatch.setenv("NETRC", str(netrc))
        caller.chat()
        assert emulator.requests[-1].headers["authorization"] == f"Bearer {KEY}"

    @pytest.mark.parametrize(
        "messages", ["Hello", {"role": "user"}, [], 5], ids=["text", "dict", "empty", "number"]
    )
    def test_messages_that_are_no_list(
        self, caller: Caller, emulator: Emulator, messages: Any
    ) -> None:
        with pytest.raises(dsadapter.InvalidArgumentError, match="messages"):
            caller.run(caller._create_with, {"messages": messages})
        assert emulator.requests == []

    def test_an_extra_body_that_is_no_dict(self, caller: Caller) -> None:
        with pytest.raises(dsadapter.InvalidArgumentError, match="extra_body"):
            caller.chat(extra_body=[1])


# helpers for what needs one client in async


def _around_a_close(create: Any, emulator: Emulator) -> Iterator[Any]:
    """Two calls, the second once the server has closed the connection of the first."""
    yield create(model="deepseek-flash", messages=USER)
    while emulator.open_connections:
        time.sleep(0.001)
    yield create(model="deepseek-flash", messages=USER)


def _drain_two_sync(client: Any) -> None:
    for _ in range(2):
        list(client.chat.completions.create(model="deepseek-flash", messages=USER, stream=True))


async def _drain_two(client: Any) -> None:
    for _ in range(2):
        stream = await client.chat.completions.create(
            model="deepseek-flash", messages=USER, stream=True
        )
        async for _chunk in stream:
            pass
