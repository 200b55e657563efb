"""Attempts until an answer: redirects, error statuses, bodies of errors."""

from __future__ import annotations

import json
from typing import Any, Dict

import pytest
from failures import refused
from scripted import BASE, USER, Answer, Scripted

import dsadapter
from dsadapter._call import steps
from dsadapter._errors import tree

pytestmark = pytest.mark.usefixtures("pauses")


# --- redirects ------------------------------------------------------------------------------------


TARGETS = pytest.mark.parametrize(
    "location", ["/v1/chat/completions", BASE + "/v1/chat/completions"]
)


@pytest.mark.parametrize("status", [301, 302, 303])
@TARGETS
def test_a_redirect_that_would_lose_the_request(status: int, location: str) -> None:
    scripted = Scripted(Answer(b"", status, {"location": location}))
    with pytest.raises(dsadapter.APIStatusError, match="redirects to /v1/chat/completions") as err:
        scripted.chat()
    assert err.value.status_code == status
    assert len(scripted.sent) == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@TARGETS
def test_a_redirect_of_a_get(status: int, location: str) -> None:
    scripted = Scripted(Answer(b"", status, {"location": location}), Answer({"data": []}))
    assert list(scripted.client.models.list()) == []
    assert [op.method for op in scripted.sent] == ["GET", "GET"]


@pytest.mark.parametrize("status", [100, 101, 103, 199, 20, 0])
def test_a_status_below_200_is_no_answer(status: int) -> None:
    scripted = Scripted(Answer(b"{}", status))
    with pytest.raises(dsadapter.APIConnectionError, match=f"its status is {status}") as err:
        scripted.chat()
    assert err.value.answer_began
    assert scripted.answers[0].closed


@pytest.mark.parametrize("status", [307, 308])
@TARGETS
def test_a_redirect_on_the_same_host(status: int, location: str) -> None:
    scripted = Scripted(Answer(b"", status, {"location": location}), Answer())
    assert scripted.chat().id == "r1"
    first, second = scripted.sent
    assert second.url == BASE + "/v1/chat/completions"
    assert (second.method, second.body, second.headers) == (first.method, first.body, first.headers)
    assert scripted.answers[0].closed


@pytest.mark.parametrize(
    "location",
    [
        "http://evil.example/",
        "https://127.0.0.1:9/chat/completions",
        "http://127.0.0.1:8/chat/completions",
        "//evil.example/x",
        "http://user@127.0.0.1:9/",
        "http://127.0.0.1:9@evil.example/",
        "ftp://127.0.0.1:9/",
        "javascript:alert(1)",
        "http://[::1",
        "http://[v1.x]/",
    ],
)
def test_a_redirect_elsewhere_carries_nothing(location: str) -> None:
    scripted = Scripted(Answer(b"moved", 307, {"location": location}))
    with pytest.raises(dsadapter.APIStatusError, match="redirects") as caught:
        scripted.chat()
    assert caught.value.status_code == 307
    assert len(scripted.sent) == 1


def test_a_redirect_in_a_circle_ends() -> None:
    scripted = Scripted(*[Answer(b"", 307, {"location": "/x"})] * 50)
    with pytest.raises(dsadapter.APIStatusError, match="redirects") as caught:
        scripted.chat()
    assert caught.value.status_code == 307
    assert len(scripted.sent) < 10


def test_a_redirect_without_location() -> None:
    with pytest.raises(dsadapter.APIStatusError, match="redirects"):
        Scripted(Answer(b"", 302)).chat()


# --- bodies of errors -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        ([b"half a pa", refused()], {}),
        ([tree.APITimeoutError("Request timed out.")], {}),
        (b"\x1f\x8bbroken", {"content-encoding": "gzip"}),
        (b"?", {"content-encoding": "br"}),
        ([b"x" * 65536] * 80, {}),
        (b"[" * 100_000, {}),
        (b"\xff\xfe", {}),
    ],
    ids=["cut", "stalled", "bad gzip", "br", "endless", "deep", "binary"],
)
def test_an_error_status_counts_whatever_its_body(body: Any, headers: Dict[str, str]) -> None:
    scripted = Scripted(Answer(body, 429, headers), Answer())
    assert len(scripted.chat().adapter.retries) == 1
    scripted = Scripted(Answer(body, 401, headers))
    with pytest.raises(dsadapter.AuthenticationError) as caught:
        scripted.chat()
    assert len(caught.value.http_body) < 2_000_000
    assert scripted.answers[0].closed


def test_each_attempt_has_the_whole_idle_timeout(monkeypatch: Any, clock: Any) -> None:
    def sleep(step: Any, call: Any) -> None:
        clock.now += 0.3

    monkeypatch.setattr(steps.Sleep, "run", sleep)
    scripted = Scripted(refused(), refused(), Answer())
    assert scripted.chat(idle_timeout=0.5).id == "r1"


@pytest.mark.parametrize("bound", ["deadline", "idle_timeout"])
def test_a_deadline_that_passes_inside_an_error_body_is_what_is_raised(bound: str) -> None:
    passed = tree.APITimeoutError("Request timed out.")
    passed.bound = bound
    with pytest.raises(dsadapter.APITimeoutError) as caught:
        Scripted(Answer([b"half a pa", passed], 400)).chat()
    assert caught.value.bound == bound


def test_other_paths_may_answer_anything() -> None:
    assert Scripted(Answer(b"[1]")).client.get("/x") == [1]
    assert Scripted(Answer(b"", 204)).client.post("/x", body={}) is None


def test_a_streaming_response_is_there_before_its_body() -> None:
    scripted = Scripted(Answer([b'{"id": ', b'"r1"}']))
    raw = scripted.client.chat.completions.with_streaming_response
    with raw.create(model="deepseek-flash", messages=USER) as response:
        assert response.status_code == 200
        assert not scripted.answers[0].closed
        assert list(response.iter_bytes()) == [b'{"id": ', b'"r1"}']
    assert scripted.answers[0].closed


def test_the_repair_of_a_refusal_is_sent_once() -> None:
    """Where it does not help, the refusal is the answer."""
    refusal = {"error": {"message": "The reasoning_content must be passed back to the API."}}
    history = [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]
    scripted = Scripted(*(Answer(refusal, 400) for _ in range(4)))
    with pytest.warns(dsadapter.RepairWarning), pytest.raises(dsadapter.BadRequestError):
        scripted.chat(messages=[*history, {"role": "user", "content": "c"}])
    assert len(scripted.sent) == 2
    first, second = (json.loads(op.body)["messages"][1] for op in scripted.sent)
    assert (first, second) == (history[1], {**history[1], "reasoning_content": " "})


@pytest.mark.parametrize(("status", "answer"), [(200, True), (299, True), (300, False)])
def test_which_statuses_are_answers(status: int, answer: bool) -> None:
    scripted = Scripted(Answer(status=status))
    if answer:
        assert scripted.chat().choices
    else:
        with pytest.raises(dsadapter.APIStatusError):
            scripted.chat()
