"""What commands say where no key, no such vendor or no room is; a repair on the way."""

from __future__ import annotations

import os
import subprocess
from typing import Any, List

import pytest
from command_processes import cli, command, environment

FULL = "/dev/full"
HAS_FULL = pytest.mark.skipif(not os.path.exists(FULL), reason="there is no device that is full")


# --- a full disk ---------------------------------------------------------------------------------


def into_full_disk(*arguments: str) -> Any:
    with open(FULL, "wb") as full:
        return subprocess.run(
            command(*arguments),
            stdin=subprocess.DEVNULL,
            stdout=full,
            stderr=subprocess.PIPE,
            env=environment(),
            text=True,
            timeout=60,
        )


@HAS_FULL
@pytest.mark.parametrize(
    "arguments",
    [
        ["chat", "--offline", "Hello"],
        ["chat", "--offline", "Hello", "--no-stream"],
        ["chat", "--offline", "Hello", "--raw"],
        ["chat", "--help"],
        ["models", "--offline"],
        ["balance", "--offline"],
        ["doctor", "--list"],
        ["matrix"],
        ["emulator", "--list-faults"],
    ],
    ids=" ".join,
)
def test_a_full_disk_behind_standard_output(arguments: List[str]) -> None:
    done = into_full_disk(*arguments)
    assert done.stderr == f"dsadapter {arguments[0]}: No space left on device\n"
    assert done.returncode == 1


@HAS_FULL
@pytest.mark.parametrize("flag", ["--version", "--help"])
def test_a_full_disk_behind_what_no_command_prints(flag: str) -> None:
    done = into_full_disk(flag)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "No space left on device" in done.stderr


@HAS_FULL
def test_nothing_can_be_said_where_standard_error_is_full_too() -> None:
    with open(FULL, "wb") as full:
        done = subprocess.run(
            command("models", "--offline"), stdout=full, stderr=full, env=environment(), timeout=60
        )
    assert done.returncode == 1


# --- a repair ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--model", "deepseek-chat", "Hello"], "model 'deepseek-chat' sent as 'deepseek-flash'"),
        (["a\udcff"], "lone surrogates in messages replaced by U+FFFD"),
    ],
)
def test_a_repair_shows_no_line_of_ours(arguments: List[str], said: str) -> None:
    done = cli("chat", "--offline", *arguments, PYTHONWARNINGS="default::UserWarning")
    assert (done.code, done.err.count("\n")) == (0, 1)
    assert done.err.startswith(said)


# --- no key --------------------------------------------------------------------------------------

OLLAMA = "http://localhost:11434/v1"


@pytest.mark.parametrize("arguments", [["chat", "Hello"], ["models"]])
def test_without_a_key_for_a_server_on_this_machine(arguments: List[str]) -> None:
    done = cli(*arguments, "--base-url", OLLAMA, OPENAI_API_KEY="", DEEPSEEK_API_KEY="")
    lines = done.err.splitlines()
    assert (done.code, lines[0]) == (1, "No API key for localhost yet.")
    hint = f"python -m dsadapter chat --provider ollama --base-url {OLLAMA}"
    assert lines[1] == f"If it asks for none:      {hint}"
    assert "OPENAI_API_KEY=sk-" in lines[2]


def test_what_is_said_then_leads_to_the_server() -> None:
    base = "http://127.0.0.1:9/v1"
    hint = cli("models", "--base-url", base).err.splitlines()[1].split("chat", 1)[1].split()
    done = cli("models", *hint)
    assert (done.code, "127.0.0.1:9" in done.err) == (1, True)
    assert "APIConnectionError" in done.err


def test_without_a_key_for_a_host_that_nobody_knows() -> None:
    done = cli("chat", "--base-url", "https://llm.example.com/v1", "Hello", "--lang", "zh")
    assert done.err.splitlines()[0] == "还没有 llm.example.com 的 API key。"
    assert "--provider" not in done.err


# --- no such vendor ------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [["chat", "x"], ["models"], ["balance"]])
def test_the_nearest_vendors_are_named(arguments: List[str]) -> None:
    done = cli(*arguments, "--provider", "moonshoot")
    assert (done.code, done.out) == (2, "")
    problem = "argument --provider: 'moonshoot' is no provider; try moonshot\n"
    assert done.err.endswith(f"python -m dsadapter {arguments[0]}: error: {problem}")


def test_all_vendors_are_named_where_none_is_near() -> None:
    done = cli("chat", "--provider", "nosuch", "--lang", "zh", "x")
    assert done.code == 2
    assert "没有 'nosuch' 这个厂商；可用：deepseek, openai, " in done.err


def test_names_in_capitals_are_known() -> None:
    assert cli("models", "--offline", "--provider", "DeepSeek").code == 0
