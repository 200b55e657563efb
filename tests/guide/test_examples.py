"""``examples/``: each one runs as it stands."""

from __future__ import annotations

from pathlib import Path
from typing import Iterator

import pytest
from processes import plugin_arguments, python

from dsadapter.testing import Emulator

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
ANSWER = "你好!很高兴见到你,有什么我可以帮忙的吗?"

pytestmark = pytest.mark.skipif(not EXAMPLES.is_dir(), reason="examples/ is not in this tree")


@pytest.fixture(name="emulator")
def running_emulator() -> Iterator[Emulator]:
    with Emulator() as server:
        yield server


def test_every_example_is_here() -> None:
    tested = {"chat.py", "stream.py", "async_many.py", "legacy.py", "test_my_program.py"}
    tested |= {"structured.py", "batch.py"}
    # In tests/integrations:
    tested |= {"gateway.py", "langchain_chat.py", "fastapi_stream.py", "flask_stream.py"}
    tested |= {"ray_batch.py"}
    assert {path.name for path in EXAMPLES.glob("*.py")} == tested


SHOWN = pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("chat.py", ANSWER),
        ("stream.py", f"\n---\n{ANSWER}"),
        ("async_many.py", 'You wrote: "What is 9 times 9?".'),
        ("legacy.py", "59 tokens"),
        ("batch.py", "4 of 4 done, 0 failed\ncost: 0.00"),
    ],
)


@SHOWN
def test_an_example(name: str, expected: str, emulator: Emulator, tmp_path: Path) -> None:
    offline = {"DSADAPTER_OFFLINE_URL": emulator.base_url}
    done = python(["-W", "error", str(EXAMPLES / name)], tmp_path, **offline)
    assert done.code == 0, done.err
    assert expected in done.out
    assert "Traceback" not in done.err


@SHOWN
@pytest.mark.parametrize("modern", ["native", "adapter"])
def test_an_example_under_run(name: str, expected: str, modern: str, tmp_path: Path) -> None:
    """A program that uses dsadapter itself, before anything imports openai."""
    command = ["-m", "dsadapter", "run", "--offline", "--modern", modern, str(EXAMPLES / name)]
    done = python(["-W", "error", *command], tmp_path)
    assert done.code == 0, done.err
    assert expected in done.out
    assert "Traceback" not in done.err


@pytest.mark.parametrize("name", ["chat.py", "stream.py", "legacy.py"])
def test_an_example_says_what_went_wrong(name: str, emulator: Emulator, tmp_path: Path) -> None:
    emulator.fault("status-402", times=-1)
    offline = {"DSADAPTER_OFFLINE_URL": emulator.base_url}
    done = python([str(EXAMPLES / name)], tmp_path, **offline)
    assert done.code == 1
    assert "top_up" in done.err


def test_the_example_of_objects(emulator: Emulator, tmp_path: Path) -> None:
    pytest.importorskip("pydantic", reason="an SDK brings it, or the caller")
    offline = {"DSADAPTER_OFFLINE_URL": emulator.base_url}
    done = python([str(EXAMPLES / "structured.py"), "A fair on Friday"], tmp_path, **offline)
    assert done.code == 0, done.err
    lines = ["A fair on Friday, with 0", '{"name": "A fair on Friday", "participants": []}']
    assert done.out.splitlines() == [*lines, "CalendarEvent"]


def test_the_example_of_tests(tmp_path: Path) -> None:
    arguments = ["-m", "pytest", "-q", "-p", "no:cacheprovider", *plugin_arguments()]
    done = python([*arguments, str(EXAMPLES / "test_my_program.py")], tmp_path)
    assert done.code == 0, done.out
    assert "3 passed" in done.out
