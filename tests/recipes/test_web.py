"""Streamlit, Gradio, Django: an answer that streams, an error that says what to do."""

from __future__ import annotations

import json
from typing import Any, Iterator

import pytest
from recipes import RECIPES, load

from dsadapter.testing import Emulator


@pytest.fixture()
def page(emulator: Emulator) -> Any:
    testing = pytest.importorskip("streamlit.testing.v1")
    import streamlit

    streamlit.cache_resource.clear()  # the client of an earlier test, with its address
    return testing.AppTest.from_file(str(RECIPES / "streamlit_chat.py"), default_timeout=60).run()


def test_streamlit(page: Any, emulator: Emulator) -> None:
    page.chat_input[0].set_value("Hello").run()
    page.chat_input[0].set_value("And again").run()
    assert not page.exception
    turns = [message.markdown[0].value for message in page.chat_message]
    assert (turns[0], turns[2]) == ("Hello", "And again")
    assert "Hello" in turns[1]
    assert "And again" in turns[3]
    sent = emulator.requests[-1].json
    assert [turn["role"] for turn in sent["messages"]] == ["user", "assistant", "user"]
    assert sent["messages"][1]["content"] == turns[1]


def test_streamlit_shows_an_error_and_goes_on(page: Any, emulator: Emulator) -> None:
    emulator.fault("status-402")
    page.chat_input[0].set_value("Hello").run()
    assert "Top up" in page.error[0].value
    page.chat_input[0].set_value("And again").run()
    assert not page.error
    assert [turn["content"] for turn in emulator.requests[-1].json["messages"]] == ["And again"]


@pytest.fixture()
def gradio(emulator: Emulator, monkeypatch: Any) -> Iterator[Any]:
    monkeypatch.setenv("GRADIO_ANALYTICS_ENABLED", "False")
    pytest.importorskip("gradio")
    module = load("gradio_chat")
    module.page.launch(prevent_thread_lock=True, quiet=True)
    from gradio_client import Client

    client = Client(module.page.local_url, verbose=False)
    yield client
    client.close()
    module.page.close()
    module.client.close()


def test_gradio(gradio: Any, emulator: Emulator) -> None:
    job = gradio.submit("Hello", api_name="/reply")
    assert "Hello" in job.result(timeout=60)
    assert len(job.outputs()) > 1  # it grew
    assert "And again" in gradio.predict("And again", api_name="/reply")
    roles = [turn["role"] for turn in emulator.requests[-1].json["messages"]]
    assert roles == ["user", "assistant", "user"]


def test_gradio_shows_an_error(gradio: Any, emulator: Emulator) -> None:
    emulator.fault("status-402")
    with pytest.raises(Exception, match="Top up"):
        gradio.predict("Hello", api_name="/reply")


@pytest.fixture(scope="module")
def django_stream() -> Iterator[Any]:
    """Once: Django's settings are those of a process."""
    pytest.importorskip("django")
    with Emulator() as server, pytest.MonkeyPatch.context() as patch:
        patch.setenv("DSADAPTER_OFFLINE_URL", server.base_url)
        module = load("django_stream")
        patch.setattr("django.conf.settings.ROOT_URLCONF", module)
        from django.test import Client

        yield Client(headers={"host": "127.0.0.1"}), server
        module.client.close()


def test_django(django_stream: Any) -> None:
    client, _ = django_stream
    response = client.get("/ask?q=Hello")
    *pieces, last = b"".join(response.streaming_content).decode().split("\n\n")[:-1]
    assert response.headers["content-type"] == "text/event-stream"
    assert "Hello" in "".join(json.loads(piece[6:]) for piece in pieces)
    assert (len(pieces) > 1, last) == (True, "data: [DONE]")


def test_django_says_what_to_do(django_stream: Any) -> None:
    client, server = django_stream
    server.fault("status-402")
    response = client.get("/ask?q=Hello")
    assert response.status_code == 502
    assert "Top up" in response.json()["hint"]
