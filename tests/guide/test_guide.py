"""The guide's programs, section by section, as a beginner writes them: each in a fresh process.

``programs/`` is what to write; ``programs/unedited/`` is the guide's own way, run through
``python -m dsadapter run --offline``. What goes wrong when the guide is followed to the letter is
shown below, one test per mistake.
"""

from __future__ import annotations

import json
import re
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Dict, Iterator, List

import pytest
import requests
from processes import Finished, python

import dsadapter
from dsadapter._backends import detection as _detect
from dsadapter._backends.versions import at_least, below
from dsadapter.testing import Emulator

PROGRAMS = Path(__file__).parent / "programs"
UNEDITED = PROGRAMS / "unedited"
KEY = "sk-guide-0123456789"
ANSWER = "你好!很高兴见到你,有什么我可以帮忙的吗?无论是学习、工作还是生活中的问题,都可以告诉我哦!😊"
THOUGHT = ANSWER  # the recorded model thought what it then said
RETIRED = "RepairWarning: model 'deepseek-reasoner' sent as 'deepseek-flash'"
SDK = _detect.sdk()


@pytest.fixture(name="emulator")
def running_emulator() -> Iterator[Emulator]:
    with Emulator() as server:
        yield server


def program(name: str, folder: Path, base_url: str) -> Finished:
    """Run a program with key and address in the environment."""
    variables = {"DEEPSEEK_API_KEY": KEY, "DEEPSEEK_BASE_URL": base_url}
    return python([str(PROGRAMS / name)], folder, **variables)


def recorded(emulator: Emulator, field: str, text: str = "你好") -> str:
    """What the emulator sends for a field, read from its bytes by hand."""
    events = raw_events(emulator, text)
    return "".join(event["choices"][0]["delta"].get(field) or "" for event in events)


def raw_events(emulator: Emulator, text: str = "你好") -> List[Dict[str, Any]]:
    with post(emulator.base_url, text) as response:
        lines = response.content.split(b"\n")
    return [json.loads(line[6:]) for line in lines if line.startswith(b"data: {")]


def post(
    base_url: str, text: str = "你好", *, timeout: float = 5, stream: bool = False
) -> requests.Response:
    """The request that the guide makes by hand."""
    return requests.post(
        base_url + "/chat/completions",
        headers={"Authorization": "Bearer " + KEY},
        json={
            "model": "deepseek-flash",
            "messages": [{"role": "user", "content": text}],
            "stream": True,
        },
        timeout=timeout,
        stream=stream,
    )


# --- what to write -------------------------------------------------------------------------------


def test_the_answer_is_the_recorded_one(emulator: Emulator) -> None:
    assert recorded(emulator, "content") == ANSWER
    assert recorded(emulator, "reasoning_content") == THOUGHT


@pytest.mark.parametrize(
    ("name", "expected", "model"),
    [
        ("nonstream_sdk.py", f"思考: {THOUGHT}\n回答: {ANSWER}\n", "deepseek-reasoner"),
        ("stream_sdk.py", f"{ANSWER}\n", "deepseek-reasoner"),
        ("stream_null_safe.py", f"思考: {THOUGHT}\n回答: {ANSWER}\n用量: 59\n", "deepseek-flash"),
        ("requests_nonstream.py", f"思考: {THOUGHT}\n回答: {ANSWER}\n", "deepseek-flash"),
        ("requests_stream.py", f"{ANSWER}\n", "deepseek-flash"),
        ("key_from_env.py", f"{ANSWER}\n", "deepseek-flash"),
        ("key_found_by_itself.py", f"{ANSWER}\n", "deepseek-flash"),
    ],
)
def test_a_program_prints_what_the_server_sends(
    name: str,
    expected: str,
    model: str,
    emulator: Emulator,
    tmp_path: Path,
) -> None:
    done = program(name, tmp_path, emulator.base_url)
    assert (done.out, done.code) == (expected, 0), done.err
    assert emulator.requests[0].headers["authorization"] == f"Bearer {KEY}"
    if model == "deepseek-reasoner":  # the guide's name is retired: it is said, and it works
        assert done.err.count("RepairWarning") == 1
        assert RETIRED in done.err
    else:
        assert done.err == ""


def test_thinking_and_answer_stay_apart(emulator: Emulator, tmp_path: Path) -> None:
    done = program("stream_reasoning.py", tmp_path, emulator.base_url)
    thought = recorded(emulator, "reasoning_content", "你好哦")
    answer = recorded(emulator, "content", "你好哦")
    assert thought != answer
    assert (done.out, done.err) == (f"[思考]\n{thought}\n[回答]\n{answer}\n", "")


def test_several_turns_send_the_history(emulator: Emulator, tmp_path: Path) -> None:
    done = program("multi_turn.py", tmp_path, emulator.base_url)
    assert f"问: 你好\n答: {ANSWER}\n问: 我刚才说了什么?\n" in done.out, done.err
    history = emulator.requests[-1].json["messages"]
    assert [message["role"] for message in history] == ["user", "assistant", "user"]
    assert history[1]["content"] == ANSWER


@pytest.mark.parametrize("name", ["key_from_env.py", "key_found_by_itself.py"])
@pytest.mark.parametrize(("encoding", "folder"), [("utf-8", "."), ("utf-8-sig", "elsewhere")])
def test_the_key_comes_from_an_env_file(
    name: str,
    encoding: str,
    folder: str,
    emulator: Emulator,
    tmp_path: Path,
) -> None:
    """Beside the program, wherever it is started."""
    text = f"# 我的 key\nDEEPSEEK_API_KEY={KEY}\nDEEPSEEK_BASE_URL={emulator.base_url}\n"
    (tmp_path / ".env").write_text(text, encoding=encoding)
    script = tmp_path / name
    script.write_text((PROGRAMS / name).read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "elsewhere").mkdir()
    done = python([str(script)], tmp_path / folder)
    assert (done.out, done.err) == (f"{ANSWER}\n", "")
    assert emulator.requests[-1].headers["authorization"] == f"Bearer {KEY}"


def test_code_written_for_028(emulator: Emulator, tmp_path: Path) -> None:
    done = program("legacy_028.py", tmp_path, emulator.base_url)
    lines = done.out.splitlines()
    assert lines[:2] == [ANSWER, ANSWER], done.err
    assert lines[2].startswith("请求被拒绝:")
    assert done.code == 0


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("status-401", "401 API key 不对"),
        ("status-401-text", "401 API key 不对"),
        ("status-402", "402 余额不足"),
        ("status-422-text", "422 参数有误"),
        ("status-429", "429 请求太多"),
        ("status-500", "500 服务器故障"),
        ("status-503", "503 服务器繁忙"),
        ("blank-200", "服务器繁忙"),
    ],
)
def test_requests_by_hand_look_at_the_status(
    fault: str,
    said: str,
    emulator: Emulator,
    tmp_path: Path,
) -> None:
    done = program("requests_nonstream.py", tmp_path, emulator.url(fault))
    assert done.code == 1
    assert done.err.startswith(said)


@pytest.mark.parametrize(
    ("fault", "out", "said"),
    [
        ("keep-alive;interval=0.01", ANSWER, ""),
        ("usage-chunk", ANSWER, ""),
        ("u2028", None, ""),
        ("crlf", ANSWER, ""),
        ("cut-clean;after=30", "你好!很高兴见到你", "回答被截断了"),
        ("stream-error;after=30", "你好!很高兴见到你", "出错了"),
        ("status-402", "", "402"),
    ],
)
def test_a_stream_read_by_hand(
    fault: str,
    out: Any,
    said: str,
    emulator: Emulator,
    tmp_path: Path,
) -> None:
    done = program("requests_stream.py", tmp_path, emulator.url(fault))
    assert out is None or done.out.rstrip("\n") == out
    assert said in done.err
    assert bool(said) == bool(done.code), done.err


# --- the guide's own programs, unedited ----------------------------------------------------------


def run_exists() -> bool:
    try:
        return find_spec("dsadapter._dropin.run") is not None
    except ImportError:
        return False


@pytest.mark.skipif(not run_exists(), reason="dsadapter._dropin.run does not exist yet")
@pytest.mark.parametrize("name", sorted(path.name for path in UNEDITED.glob("*.py")))
def test_an_unedited_program_runs_offline(name: str, tmp_path: Path) -> None:
    done = python(["-m", "dsadapter", "run", "--offline", str(UNEDITED / name)], tmp_path)
    assert (done.out, done.code) == (f"{ANSWER}\n", 0), done.err


def broken_here() -> str:
    """How the guide's program ends with plain Python in this environment, "" where it starts."""
    if SDK is None:
        return "ModuleNotFoundError: No module named 'openai'"
    if below(SDK.version, "1"):
        return "ImportError: cannot import name 'OpenAI' from 'openai'"
    httpx = _detect.installed_version("httpx") or "0"
    if below(SDK.version, "1.55.3") and at_least(httpx, "0.28"):
        return "__init__() got an unexpected keyword argument 'proxies'"
    return ""


def test_plain_python_ends_as_the_guide_page_says(tmp_path: Path) -> None:
    """0.28.1, the guide's own advice, has no ``OpenAI``; between 1.0.0 and 1.55.2 httpx decides."""
    lines = (UNEDITED / "nonstream.py").read_text(encoding="utf-8").splitlines()
    start = [line for line in lines if re.match("from openai|client =", line)]
    done = python(["-c", "\n".join(start)], tmp_path)
    expected = broken_here()
    if expected:
        assert expected in done.err
    else:
        assert (done.err, done.code) == ("", 0)


# --- what goes wrong when the guide is followed to the letter -------------------------------------


def test_reading_text_first_does_not_stream(emulator: Emulator) -> None:
    """Five events, then silence: a loop over lines has them at once, ``.text`` has nothing."""
    base_url, arrived = emulator.url("stall;after=5"), []
    with post(base_url, stream=True, timeout=0.5) as response:
        with pytest.raises(requests.exceptions.ConnectionError, match="timed out"):
            for line in response.iter_lines():
                arrived += [line] if line else []
    assert len(arrived) == 5
    with post(base_url, stream=True, timeout=0.5) as response:
        with pytest.raises(requests.exceptions.ConnectionError, match="timed out"):
            print(response.text)


def test_text_of_an_event_stream_is_garbled(emulator: Emulator) -> None:
    """No charset stands beside text/event-stream, so requests takes the bytes for Latin-1."""
    with post(emulator.base_url) as response:
        assert "你好" not in response.text
        assert "ä½\xa0å¥½" in response.text
        assert "你好" in response.content.decode("utf-8")


def test_decode_unicode_is_garbled_too(emulator: Emulator) -> None:
    with post(emulator.base_url, stream=True) as response:
        lines = list(response.iter_lines(decode_unicode=True))
    assert not any("你好" in line for line in lines)


@pytest.mark.parametrize("line", [b": keep-alive", b"data: [DONE]", b""])
def test_not_every_line_is_json(line: bytes, emulator: Emulator) -> None:
    emulator.fault("keep-alive", interval=0.01)
    with post(emulator.base_url, stream=True) as response:
        assert line in list(response.iter_lines())
    with pytest.raises(json.JSONDecodeError):
        json.loads(line.decode().replace("data: ", ""))


def test_the_first_content_is_null(emulator: Emulator) -> None:
    deltas = [event["choices"][0]["delta"] for event in raw_events(emulator)]
    assert deltas[0]["content"] is None
    with pytest.raises(TypeError):
        "".join(delta["content"] for delta in deltas)
    assert "".join(delta["content"] or "" for delta in deltas) == ANSWER


def test_a_chunk_may_have_no_choices(emulator: Emulator) -> None:
    """``delta.content or ""`` alone does not save the loop: ``choices`` itself may be empty."""
    emulator.fault("usage-chunk")
    events = raw_events(emulator)
    with pytest.raises(IndexError):
        [event["choices"][0] for event in events]


def test_an_error_body_may_be_no_json(emulator: Emulator) -> None:
    with post(emulator.url("status-401-text")) as response:
        assert response.status_code == 401
        with pytest.raises(ValueError):
            response.json()


def test_a_cut_stream_looks_whole_to_a_plain_loop(emulator: Emulator) -> None:
    emulator.fault("cut-clean", after=30)
    text = "".join(e["choices"][0]["delta"]["content"] or "" for e in raw_events(emulator))
    assert text == "你好!很高兴见到你"
    emulator.fault("cut-clean", after=30)
    with dsadapter.OpenAI(api_key=KEY, base_url=emulator.base_url) as client:
        stream = client.chat.completions.create(
            model="deepseek-flash", messages=[{"role": "user", "content": "你好"}], stream=True
        )
        with pytest.raises(dsadapter.StreamTruncatedError) as caught:
            list(stream)
    assert caught.value.partial == text


def test_the_retired_names_may_be_refused() -> None:
    """``deepseek-chat`` and ``deepseek-reasoner`` work here because dsadapter replaces them."""
    messages = [{"role": "user", "content": "你好"}]
    with Emulator(refuse_retired=True) as strict:
        settings = {"api_key": KEY, "base_url": strict.base_url, "provider": "deepseek"}
        with dsadapter.OpenAI(repair="off", **settings) as client:
            with pytest.raises(dsadapter.BadRequestError, match="model names"):
                client.chat.completions.create(model="deepseek-chat", messages=messages)
        with dsadapter.OpenAI(**settings) as client, pytest.warns(dsadapter.RepairWarning):
            reply = client.chat.completions.create(model="deepseek-reasoner", messages=messages)
        assert reply.choices[0].message.content == ANSWER
