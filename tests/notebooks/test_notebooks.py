"""Notebooks, executed: the extension, short errors, what a reply looks like.

Beside nbclient and ipykernel only: ``tox run -e notebooks``. What needs neither is tested anywhere.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Iterator, List

import pytest

import dsadapter
from dsadapter._dropin import notebook
from dsadapter._response.types import ChatCompletion
from dsadapter.testing import Emulator

ASK = """
import dsadapter
reply = dsadapter.OpenAI().chat.completions.create(
    model={model!r}, messages=[{{"role": "user", "content": "**Hello**"}}]
)
reply
"""
LEGACY = """
import openai
openai.ChatCompletion.create(
    model="deepseek-flash", messages=[{"role": "user", "content": "Hello"}]
)["choices"][0]["message"]["content"]
"""
AWAITED = """
client = dsadapter.AsyncOpenAI()
reply = await client.chat.completions.create(
    model="deepseek-flash", messages=[{"role": "user", "content": "Hello"}]
)
await client.close()
reply.choices[0].message.content
"""


@pytest.fixture()
def emulator(monkeypatch: Any) -> Iterator[Emulator]:
    with Emulator() as server:
        monkeypatch.setenv("DSADAPTER_OFFLINE_URL", server.base_url)
        yield server


def executed(*sources: str) -> List[Any]:
    """The outputs of a notebook's cells, errors among them."""
    nbformat = pytest.importorskip("nbformat")
    client = pytest.importorskip("nbclient")
    pytest.importorskip("ipykernel")
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    book = nbformat.v4.new_notebook(cells=cells)
    client.NotebookClient(book, timeout=60, allow_errors=True, kernel_name="python3").execute()
    return [cell["outputs"] for cell in book["cells"]]


@pytest.mark.filterwarnings("default")
def test_a_notebook(emulator: Emulator) -> None:
    loaded, answer, error, legacy, awaited = executed(
        "%load_ext dsadapter", ASK.format(model="deepseek-flash"), ASK.format(model="nope"),
        LEGACY, AWAITED,
    )  # fmt: skip
    assert loaded == []
    assert "**Hello**" in answer[-1]["data"]["text/markdown"]
    assert "Hello" in legacy[-1]["data"]["text/plain"]
    assert "Hello" in awaited[-1]["data"]["text/plain"]
    (shown,) = (output for output in error if output["output_type"] == "error")
    text = "\n".join(shown["traceback"])
    assert shown["ename"] == "BadRequestError"
    assert "API model names are" in text
    assert "_call/" not in text
    assert len(text) < 2500


BATCH = """
from dsadapter import batch
summary = batch.run(["What is 1 + 1?", "What is 2 + 2?"], {output!r}, progress=True)
(summary.done, summary.failed)
"""
STREAMED = """
[(r.custom_id, r.ok, bool(r.text)) async for r in batch.stream(["What is 1 + 1?"])]
"""
AWAITED_BATCH = """
summary = await batch.arun(["What is 3 + 3?"], {output!r})
summary.done
"""


def test_a_batch(emulator: Emulator, tmp_path: Path) -> None:
    """On the kernel's own event loop, with a bar where rich is."""
    ran, streamed, awaited = executed(
        BATCH.format(output=str(tmp_path / "out.jsonl")), STREAMED,
        AWAITED_BATCH.format(output=str(tmp_path / "other.jsonl")),
    )  # fmt: skip
    assert not [output for output in ran if output["output_type"] == "error"]
    assert ran[-1]["data"]["text/plain"] == "(2, 0)"
    assert "ipywidgets" not in str(ran)  # without them rich would draw no bar, and say so
    assert streamed[-1]["data"]["text/plain"] == "[('row-1', True, True)]"
    assert awaited[-1]["data"]["text/plain"] == "1"
    assert len((tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()) == 2


# --- without a kernel ----------------------------------------------------------------------------


class Shell:
    """What the extension uses of IPython's."""

    def __init__(self) -> None:
        self.shown: List[Any] = []
        self.custom: Any = None

    def set_custom_exc(self, kinds: Any, handler: Any) -> None:
        self.custom = (kinds, handler)

    def showtraceback(self, info: Any, tb_offset: Any) -> None:
        kind, error, trace = info
        frames = []
        while trace is not None:
            frames.append(trace.tb_frame.f_code.co_name)
            trace = trace.tb_next
        self.shown.append((kind, error.__cause__, frames))


def fail() -> None:
    with dsadapter.OpenAI(api_key="k", base_url="http://127.0.0.1:9", max_retries=0) as client:
        client.models.list()


def test_an_error_is_shown_without_our_frames_and_stays_as_it_was() -> None:
    with pytest.raises(dsadapter.APIConnectionError) as caught:
        fail()
    error, shell = caught.value, Shell()
    cause = error.__cause__
    assert cause is not None
    notebook.show_error(shell, type(error), error, caught.tb)
    ((kind, shown_cause, frames),) = shell.shown
    assert (kind, shown_cause) == (type(error), None)
    assert frames[-1] == "fail"
    assert error.__cause__ is cause
    assert error.__suppress_context__


def test_the_extension_is_loaded_and_unloaded(monkeypatch: Any) -> None:
    calls: List[str] = []
    monkeypatch.setattr(notebook, "install", lambda: calls.append("install"))
    monkeypatch.setattr(notebook, "uninstall", lambda: calls.append("uninstall"))
    shell = Shell()
    dsadapter.load_ipython_extension(shell)
    assert shell.custom == ((dsadapter.OpenAIError,), notebook.show_error)
    dsadapter.unload_ipython_extension(shell)
    assert shell.custom == ((), None)
    assert calls == ["install", "uninstall"]


def test_a_reply_is_its_text(emulator: Emulator) -> None:
    with dsadapter.OpenAI() as client:
        request: Any = {"messages": [{"role": "user", "content": "**Hello**"}]}
        reply = client.chat.completions.create(model="deepseek-flash", **request)
    assert reply._repr_markdown_() == reply.choices[0].message.content
    assert ChatCompletion({"choices": []})._repr_markdown_() == ""
