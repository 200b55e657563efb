"""4,000 replies of 22 kinds, as no server should send them: chunks, or an OpenAIError."""

from __future__ import annotations

import copy
import gc
import pickle
import sys
from importlib import import_module
from pathlib import Path
from typing import Any, List

import pytest
import replies
from wire_server import WireServer, answer

sys.path.append(str(Path(__file__).resolve().parents[1] / "unit"))
from scripted import Answer, Scripted  # noqa: E402

import dsadapter  # noqa: E402
from dsadapter._backends import selection  # noqa: E402
from dsadapter.testing.callers import FACES, MODES, Caller  # noqa: E402
from dsadapter.testing.contract import missing  # noqa: E402

REPLIES, PARTS = 4000, 8


@pytest.fixture(autouse=True)
def nothing_left_of_earlier_tests() -> None:
    """Their clients would be finalized at the recursion limit, where Python has no frame for it."""
    gc.collect()


@pytest.mark.parametrize("functions", [False, True], ids=["modern", "functions"])
@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.filterwarnings("ignore::dsadapter.RepairWarning")
def test_chunks_or_an_error_of_ours(part: int, functions: bool, monkeypatch: Any) -> None:
    """And the connection is let go of each time. ``functions``: in the shape of 0.28's."""
    monkeypatch.setattr(import_module("dsadapter._call.retries"), "FIRST_WAIT", 0.0)
    params = {"functions": [{"name": "f", "parameters": {}}]} if functions else {}
    for number in range(part, REPLIES, PARTS * (1 + functions)):
        kind, streamed, (status, headers, packets) = replies.reply(number)
        answer = Answer(packets, status, headers)
        scripted = Scripted(answer, max_retries=0)
        try:
            response = scripted.chat(stream=streamed, **params)
            read([*response, response.get_final_response()] if streamed else [response])
        except dsadapter.OpenAIError as err:
            tell(err)
        except BaseException as err:
            raise AssertionError(f"reply {number} ({kind}, {packets})") from err
        assert answer.closed, f"reply {number} ({kind})"


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("backend", [name for name in selection.BY_NAME if not missing(name)])
@pytest.mark.filterwarnings("ignore::dsadapter.RepairWarning")
def test_on_the_wire(backend: str, mode: str, monkeypatch: Any) -> None:
    """In 0.28's shape, and in today's, sync and async."""
    monkeypatch.setattr(import_module("dsadapter._settings.values"), "DEFAULT_RETRIES", 0)
    for number in range(0, REPLIES, 101):
        kind, streamed, (status, headers, packets) = replies.reply(number)
        fields = [f"{name}: {value}" for name, value in headers.items()]
        wire = answer(b"".join(packets), f"{status} Status", *fields)
        with WireServer(lambda number, of_connection, wire=wire: [wire]) as server:
            caller = Caller(backend, FACES[number % 2], mode, server.url)
            try:
                read(caller.stream() if streamed else [caller.chat()])
            except dsadapter.OpenAIError as err:
                tell(err)
            except BaseException as err:
                raise AssertionError(f"reply {number} ({kind}, {packets})") from err


def read(records: List[Any]) -> None:
    """What a program does with chunks, whatever is in them."""
    for record in records:
        assert isinstance(record, dict)
        for show in (repr, str, copy.copy, dict, lambda r: r.model_dump_json()):
            shown(show, record)


def shown(show: Any, record: Any) -> None:
    try:
        show(record)
    except RecursionError:  # Python's own for what is nested so deep
        pass


def tell(err: Any) -> None:
    """What a program does with an error."""
    assert isinstance(err.partial, (str, type(None)))
    str(err).encode("utf-8")
    repr(err).encode("utf-8")
    (err.http_body or "").encode("utf-8")
    shown(pickle.dumps, err)


def test_there_are_22_kinds() -> None:
    assert len(replies.NAMES) == 22
