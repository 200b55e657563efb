"""``python -m dsadapter chat``, ``models``, ``balance``: real processes on a loopback server."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import time
from typing import Any, Iterator, List, Optional

import pytest
from command_processes import KEY, PACKAGE, POSIX, Done, Terminal, cli, command, environment, soon

import dsadapter
from dsadapter.testing.emulator import Emulator

RECORDED = PACKAGE / "testing" / "emulator" / "recorded" / "stream_reasoner.sse"


@pytest.fixture()
def emulator() -> Iterator[Emulator]:
    with Emulator() as server:
        yield server


def recorded(field: str) -> str:
    lines = RECORDED.read_text(encoding="utf-8").splitlines()
    chunks = [json.loads(x[6:]) for x in lines if x.startswith("data: {")]
    deltas = [choice["delta"] for chunk in chunks for choice in chunk["choices"]]
    return "".join(delta.get(field) or "" for delta in deltas)


THINKING, ANSWER = recorded("reasoning_content"), recorded("content")


# --- chat ----------------------------------------------------------------------------------------


def test_the_recorded_answer_without_key_and_net() -> None:
    done = cli("chat", "--offline", "你好", HTTPS_PROXY="http://127.0.0.1:9")
    assert (done.code, done.err) == (0, "")
    assert done.out == f"{THINKING}\n\n{ANSWER}\n"


def test_the_recorded_answer_at_once() -> None:
    done = cli("chat", "--offline", "你好", "--no-stream")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("你好")
    assert "\n\n你好" in done.out
    assert "\033" not in done.out


def test_a_repair_is_said_once_on_stderr() -> None:
    arguments = ("chat", "--offline", "--model", "deepseek-reasoner", "你好")
    done = cli(*arguments, PYTHONWARNINGS="default")
    assert (done.code, done.out) == (0, f"{THINKING}\n\n{ANSWER}\n")
    assert done.err.startswith("model 'deepseek-reasoner' sent as")
    assert done.err.count("\n") == 1


def test_offline_sends_nothing_to_the_provider_of_the_settings(emulator: Emulator) -> None:
    assert cli("chat", "--offline", "Hello", server=emulator).code == 0
    assert emulator.requests == []


@pytest.mark.parametrize("flags", [[], ["--no-stream"]])
def test_json(emulator: Emulator, flags: List[str]) -> None:
    done = cli("chat", "Hello", "世界", "--json", *flags, server=emulator)
    reply = json.loads(done.out)
    assert (done.code, done.err) == (0, "")
    assert reply["object"] == "chat.completion"
    assert reply["choices"][0]["message"]["content"]
    sent = emulator.requests[-1].json
    assert sent["messages"] == [{"role": "user", "content": "Hello 世界"}]
    assert bool(sent.get("stream")) is (flags == [])


@pytest.mark.parametrize("flags", [[], ["--no-stream"]])
def test_usage_goes_to_stderr(emulator: Emulator, flags: List[str]) -> None:
    done = cli("chat", "Hello", "--usage", *flags, server=emulator)
    assert done.code == 0
    assert done.err.startswith("tokens: ")
    assert " in, " in done.err
    assert re.search(r"\$0\.\d{6} \(¥0\.\d{6}\)", done.err)
    assert "tokens:" not in done.out


def test_system_and_model(emulator: Emulator) -> None:
    done = cli("chat", "--system", "简短", "--model", "deepseek-v4-pro", "Hello", server=emulator)
    assert done.code == 0
    sent = emulator.requests[-1].json
    assert sent["model"] == "deepseek-v4-pro"
    assert sent["messages"][0] == {"role": "system", "content": "简短"}


def test_the_backend_can_be_named(emulator: Emulator) -> None:
    assert cli("chat", "Hello", "--backend", "raw-requests", server=emulator).code == 0
    done = cli("chat", "Hello", "--backend", "raw_requests", server=emulator)
    assert (done.code, done.out) == (2, "")
    assert done.err.endswith("--backend: 'raw_requests' is no backend; try raw-requests\n")


@pytest.mark.parametrize("flags", [[], ["--no-stream"]])
def test_raw_shows_the_wire_without_the_key(emulator: Emulator, flags: List[str]) -> None:
    done = cli("chat", "Hello", "--raw", *flags, server=emulator)
    assert done.code == 0
    lines = done.out.splitlines()
    assert lines[0] == f"> POST {emulator.base_url}/chat/completions"
    assert "> Authorization: ***" in lines
    assert "< HTTP 200" in lines
    if flags:
        assert json.loads(done.out[done.out.index("\n{") :])["choices"]
    else:
        assert sum(line.startswith("data: {") for line in lines) > 1
        assert "data: [DONE]" in lines


def test_raw_shows_an_error_as_it_came(emulator: Emulator) -> None:
    emulator.fault("status-402")
    done = cli("chat", "Hello", "--raw", server=emulator)
    assert done.code == 1
    assert "< HTTP 402" in done.out
    assert "402" in done.err


@pytest.mark.parametrize(
    "piped",
    ["什么是 SSE?\n".encode(), "什么是 SSE?\r\n".encode(), b"What?"],
    ids=["newline", "crlf", "bare"],
)
def test_the_prompt_from_a_pipe(emulator: Emulator, piped: bytes) -> None:
    done = cli("chat", server=emulator, pipe=piped)
    assert done.code == 0
    text = emulator.requests[-1].json["messages"][0]["content"]
    assert text == piped.decode("utf-8").strip()


def test_a_pipe_in_gbk(emulator: Emulator) -> None:
    piped = "你是谁".encode("gbk")
    done = cli("chat", server=emulator, pipe=piped, PYTHONIOENCODING="gbk")
    assert done.code == 0
    assert emulator.requests[-1].json["messages"][0]["content"] == "你是谁"


@pytest.mark.parametrize("pipe", [None, b"", b" \n"])
def test_neither_words_nor_a_pipe(emulator: Emulator, pipe: Optional[bytes]) -> None:
    done = cli("chat", server=emulator, pipe=pipe)
    assert (done.code, done.out, emulator.requests) == (2, "", [])
    assert "no prompt" in done.err


# --- models and balance --------------------------------------------------------------------------


def test_models() -> None:
    plain, whole = cli("models", "--offline"), cli("models", "--offline", "--json")
    assert (plain.code, whole.code) == (0, 0)
    assert "deepseek-flash" in plain.out.splitlines()
    assert plain.out.splitlines() == [row["id"] for row in json.loads(whole.out)["data"]]


def test_balance() -> None:
    plain, whole = cli("balance", "--offline"), cli("balance", "--offline", "--json")
    assert (plain.code, whole.code) == (0, 0)
    info = json.loads(whole.out)["balance_infos"][0]
    assert plain.out.splitlines()[0] == "available"
    assert f"{info['currency']} {info['total_balance']}" in plain.out


# --- encodings -----------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
@pytest.mark.parametrize("flags", [[], ["--json"], ["--raw"]])
def test_no_encoding_crashes_it(encoding: str, flags: List[str]) -> None:
    done = cli("chat", "--offline", "你好", *flags, PYTHONIOENCODING=encoding)
    assert done.code == 0
    assert "?" in done.out
    if encoding == "gbk":
        assert "你好" in done.out


@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
@pytest.mark.parametrize(
    "arguments", [["--help"], ["chat", "--help"], ["chat", "--lang", "zh", "x"]]
)
def test_no_encoding_crashes_help_and_errors(encoding: str, arguments: List[str]) -> None:
    done = cli(*arguments, PYTHONIOENCODING=encoding)
    assert done.code == (0 if "--help" in arguments else 1)


# --- what goes wrong -----------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [["chat", "Hello"], ["models"], ["balance"]])
@pytest.mark.parametrize(("language", "first"), [("en", "No API key"), ("zh", "还没有 API key")])
def test_no_key_is_three_lines(arguments: List[str], language: str, first: str) -> None:
    done = cli(*arguments, "--lang", language)
    lines = done.err.splitlines()
    assert (done.code, done.out, len(lines)) == (1, "", 3)
    assert lines[0].startswith(first)
    assert "https://platform.deepseek.com/api_keys" in lines[0]
    assert ".env" in lines[1]
    assert "DEEPSEEK_API_KEY=sk-" in lines[1]
    assert "python -m dsadapter chat --offline" in lines[2]


def test_a_batch_without_a_key_names_itself(tmp_path: Any) -> None:
    rows = tmp_path / "in.jsonl"
    rows.write_text('{"text": "a"}\n')
    done = cli("batch", str(rows), "-o", str(tmp_path / "o.jsonl"), "--prompt-field", "text")
    assert done.code == 1
    assert f"batch {rows} -o {tmp_path / 'o.jsonl'} --prompt-field text --offline" in done.err


@pytest.mark.parametrize(
    ("variables", "chinese"),
    [
        ({"LC_ALL": "", "LANG": "zh_CN.UTF-8"}, True),
        ({"LC_ALL": "zh_CN.UTF-8"}, True),
        ({"LC_ALL": "en_US.UTF-8", "LANG": "zh_CN.UTF-8"}, False),
        ({"LC_ALL": "C.UTF-8"}, False),
    ],
)
def test_the_language_is_the_locale_s(variables: Any, chinese: bool) -> None:
    assert ("还没有" in cli("chat", "Hello", **variables).err) is chinese


@pytest.mark.parametrize("flags", [[], ["--no-stream"], ["--json"], ["--lang", "zh"]])
def test_an_empty_account_is_shown_where_to_top_up(emulator: Emulator, flags: List[str]) -> None:
    emulator.fault("status-402")
    done = cli("chat", "Hello", *flags, server=emulator)
    assert (done.code, done.out) == (1, "")
    assert "InsufficientBalanceError" in done.err
    assert "https://platform.deepseek.com/top_up" in done.err


@pytest.mark.parametrize(
    ("fault", "names"),
    [
        ("status-401", "AuthenticationError"),
        ("html-200", "APIResponseError"),
        ("cut", "StreamTruncatedError"),
        ("stream-error", "APIError"),
    ],
)
def test_an_error_is_plain_lines(emulator: Emulator, fault: str, names: str) -> None:
    emulator.fault(fault)
    done = cli("chat", "Hello", server=emulator)
    assert done.code == 1
    assert done.err.startswith(names)


@pytest.mark.parametrize("arguments", [["models"], ["balance"]])
def test_errors_of_the_lists(emulator: Emulator, arguments: List[str]) -> None:
    emulator.fault("status-401")
    done = cli(*arguments, server=emulator)
    assert (done.code, done.out) == (1, "")
    assert "AuthenticationError" in done.err


@pytest.mark.parametrize(
    ("variables", "names"),
    [
        ({"DEEPSEEK_API_KEY": "sk-…"}, "non-ASCII"),
        ({"DEEPSEEK_API_KEY": "your-api-key"}, "placeholder"),
        ({"DEEPSEEK_API_KEY": KEY, "DEEPSEEK_BASE_URL": "nonsense"}, "nonsense"),
        ({"DEEPSEEK_API_KEY": KEY, "DEEPSEEK_BASE_URL": "http://127.0.0.1:9"}, "127.0.0.1:9"),
        ({"DEEPSEEK_API_KEY": KEY, "DSADAPTER_BACKEND": "nonsense"}, "DSADAPTER_BACKEND"),
        ({"DEEPSEEK_API_KEY": KEY, "DSADAPTER_REPAIR": "nonsense"}, "nonsense"),
    ],
)
def test_settings_that_cannot_work(variables: Any, names: str) -> None:
    done = cli("chat", "Hello", **variables)
    assert (done.code, done.out) == (1, "")
    assert names in done.err


USAGE = [
    [],
    ["nonsense"],
    ["chat", "--nonsense"],
    ["chat", "--model"],
    ["chat", "--lang", "fr", "x"],
    ["models", "extra"],
    ["balance", "--usage"],
    ["emulator", "--port", "x"],
    ["chat", "--provider", "nosuch", "x"],
    ["models", "--provider", "nosuch"],
    ["balance", "--provider", "nosuch"],
    ["chat", "--backend", "nosuch", "x"],
    ["serve", "--backend", "nosuch"],
    ["chat", "--base-url", "nosuch", "x"],
    ["models", "--base-url", "https://name:password@host/v1"],
    ["batch", "in.jsonl", "-o", "out.jsonl", "--base-url", "nosuch"],
]


@pytest.mark.parametrize("arguments", USAGE, ids=" ".join)
def test_usage_errors(arguments: List[str]) -> None:
    done = cli(*arguments)
    assert (done.code, done.out) == (2, "")
    assert "usage: python -m dsadapter" in done.err


def test_values_that_cannot_be_meant_are_told_in_chinese() -> None:
    backend = cli("chat", "--backend", "nosuch", "--lang", "zh", "x").err
    assert "没有 'nosuch' 这个后端；可用：auto, legacy-openai, " in backend
    url = cli("models", "--base-url", "nosuch", "--lang", "zh").err
    assert "'nosuch' 不能用作地址；请写完整，不要带密码：https://api.deepseek.com" in url
    assert (
        "password"
        not in cli("models", "--base-url", "https://me:password@host", "--lang", "zh").err
    )


def test_an_unknown_command_is_named() -> None:
    assert "'nonsense'" in cli("nonsense").err


@pytest.mark.parametrize("name", ["chat", "models", "balance", "emulator"])
def test_help_ends_with_an_example(name: str) -> None:
    done = cli(name, "--help")
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[-1].startswith(f"example: python -m dsadapter {name}")
    assert "--lang" in done.out


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        (["--help"], "talk to the model"),
        (["-h"], "talk to the model"),
        (["help"], "talk to the model"),
        (["--help", "--lang", "zh"], "与模型对话"),
        (["--version"], dsadapter.__version__),
    ],
)
def test_general_help(arguments: List[str], shown: str) -> None:
    done = cli(*arguments)
    assert (done.code, done.err) == (0, "")
    assert shown in done.out


# --- left in the middle --------------------------------------------------------------------------


def started(server: Emulator, *arguments: str) -> Any:
    return subprocess.Popen(
        command(*arguments),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(server),
    )


def ended(process: Any) -> Done:
    try:
        out, err = process.communicate(timeout=20)
    finally:
        process.kill()
        process.wait()
    return Done(process.returncode, out or b"", err, "utf-8")


@pytest.mark.parametrize("flags", [[], ["--raw"]])
def test_a_reader_that_leaves_is_no_error(emulator: Emulator, flags: List[str]) -> None:
    emulator.fault("slow", interval=0.1)
    process = started(emulator, "chat", "Hello", *flags)
    assert process.stdout.read(1)
    process.stdout.close()
    process.stdout = None
    done = ended(process)
    assert (done.code, done.err) == (0, "")
    assert soon(lambda: emulator.open_connections == 0)


@POSIX
@pytest.mark.parametrize("flags", [[], ["--raw"], ["--json"]])
def test_ctrl_c_in_the_middle_of_a_stream(emulator: Emulator, flags: List[str]) -> None:
    emulator.fault("stall", after=2)
    process = started(emulator, "chat", "Hello", *flags)
    if flags == ["--json"]:
        assert soon(lambda: emulator.requests)
        time.sleep(0.3)
    else:
        assert process.stdout.read(1)
    process.send_signal(signal.SIGINT)
    done = ended(process)
    assert (done.code, done.err) == (1, "")
    assert soon(lambda: emulator.open_connections == 0)


@POSIX
def test_ctrl_c_while_waiting_for_an_answer(emulator: Emulator) -> None:
    emulator.fault("stall-before-headers")
    process = started(emulator, "chat", "Hello", "--no-stream")
    assert soon(lambda: emulator.requests)
    process.send_signal(signal.SIGINT)
    done = ended(process)
    assert (done.code, done.out, done.err) == (1, "", "")


# --- a conversation ------------------------------------------------------------------------------


def roles(request: Any) -> List[str]:
    return [message["role"] for message in request.json["messages"]]


@POSIX
def test_a_conversation_keeps_its_history(emulator: Emulator) -> None:
    terminal = Terminal(emulator, "chat", "--system", "Be brief.", NO_COLOR="1")
    assert "Ctrl-D" in terminal.until("> ")
    for words in ("Hello", "", "Again"):
        terminal.type(f"{words}\n")
        terminal.until("> ")
    terminal.type("\x04")
    assert terminal.code() == 0
    first, second = emulator.requests
    assert roles(first) == ["system", "user"]
    assert roles(second) == ["system", "user", "assistant", "user"]
    assert second.json["messages"][2]["content"]
    assert second.json["messages"][3]["content"] == "Again"


@POSIX
def test_a_failed_turn_and_an_interrupted_one_end_nothing(emulator: Emulator) -> None:
    terminal = Terminal(emulator, "chat", NO_COLOR="1")
    terminal.until("> ")
    emulator.fault("status-402")
    terminal.type("First\n")
    assert "top_up" in terminal.until("> ")
    emulator.fault("stall", after=4)
    terminal.type("Second\n")
    assert soon(lambda: len(emulator.requests) == 2)
    time.sleep(0.3)
    terminal.interrupt()
    assert "Traceback" not in terminal.until("> ")
    terminal.type("Third\n")
    assert "Traceback" not in terminal.until("> ")
    time.sleep(0.3)  # the prompt is shown a moment before it is waited at
    terminal.interrupt()
    assert terminal.code() == 0
    assert [request.json["messages"] for request in emulator.requests] == [
        [{"role": "user", "content": text}] for text in ("First", "Second", "Third")
    ]


@POSIX
@pytest.mark.parametrize(
    ("more", "dimmed"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]
)
def test_thinking_is_dimmed_on_a_terminal(emulator: Emulator, more: Any, dimmed: bool) -> None:
    terminal = Terminal(emulator, "chat", "你好", **more)
    shown = terminal.until("😊\r\n")
    assert ("\033[2m" in shown) is dimmed
    assert terminal.code() == 0
