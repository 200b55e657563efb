"""Commands in the reader's language: help, argparse's words, errors with their hints."""

from __future__ import annotations

import re
from importlib.util import find_spec
from typing import Any, Iterator, List

import pytest
from _texts.characters import simplified
from command_processes import KEY, cli

from dsadapter import __main__, _console
from dsadapter._errors import tree
from dsadapter._parser import Parser
from dsadapter._texts import errors
from dsadapter.testing.emulator import Emulator

HAN = re.compile("[\u4e00-\u9fff]")
# What help has in no language of its own: names of options, values, keys, vendors.
WORDS = re.compile(r"[a-z]+ (?:the|a|is|of|to|and|with|in|from) [a-z]+")
COMMANDS = tuple(name for name in __main__.COMMANDS if name not in ("doctor", "explain", "batch"))


@pytest.fixture()
def emulator() -> Iterator[Emulator]:
    with Emulator() as server:
        yield server


def shown(capsys: Any, *argv: str) -> Any:
    """What a command prints, run in this process."""
    try:
        __main__.main(list(argv))
    except SystemExit:
        pass
    return capsys.readouterr()


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_chinese(capsys: Any, command: str) -> None:
    out = shown(capsys, "--lang", "zh", command, "--help").out
    assert out.startswith("用法：")
    assert WORDS.findall(out) == []
    assert "选项：\n" in out or command == "run"
    assert shown(capsys, command, "--help", "--lang=zh").out == out


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_english(capsys: Any, command: str) -> None:
    out = shown(capsys, command, "--lang", "en", "--help").out
    assert out.startswith("usage: ")
    assert not HAN.search(out.replace("你好", ""))


@pytest.mark.parametrize(
    ("argv", "problem"),
    [
        (["nonsense"], "没有 'nonsense' 这个命令"),
        (["chat", "--nonsense"], "无法识别的参数：--nonsense"),
        (["chat", "--model"], "参数 --model：需要一个值"),
        (["emulator", "--port", "x"], "参数 --port：'x' 不是整数"),
        (["matrix", "--write"], "--write：页面要在克隆的仓库里生成"),
        (["run"], "没有要运行的程序"),
        (["run", "--nonsense"], "没有 --nonsense 这个选项"),
        (["run", "--modern", "x", "y.py"], "--modern 没有 'x'"),
        (["run", "--provider", "x", "y.py"], "没有 'x' 这家厂商"),
        (["doctor", "--yes"], "--yes 要与 --fix 合用"),
    ],
)
def test_a_wrong_command_line_is_answered_in_chinese(argv: List[str], problem: str) -> None:
    done = cli("--lang", "zh", *argv)
    assert done.code == 2
    assert problem in done.err + done.out
    assert "error:" not in done.err


def test_a_choice_that_is_none(capsys: Any, monkeypatch: Any) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    err = shown(capsys, "chat", "--lang", "fr").err
    assert "没有 'fr' 这个选项" in err


@pytest.mark.parametrize("argv", [[], ["--lang", "zh"], ["--lang=zh"], ["--lang"]])
def test_no_command_is_usage(capsys: Any, argv: List[str]) -> None:
    assert __main__.main(argv) == 2
    assert ("用法" in capsys.readouterr().err) is ("zh" in "".join(argv))


def test_the_general_help_has_its_own_options(capsys: Any) -> None:
    assert "--version" in shown(capsys, "--help").out
    assert "显示版本" in shown(capsys, "--help", "--lang", "zh").out


def test_a_parser_takes_texts_and_strings(capsys: Any, monkeypatch: Any) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    parser = Parser("x", "Summary", "x")
    with pytest.raises(SystemExit):
        parser.parse_args(["--help"])
    assert "Summary" in capsys.readouterr().out
    assert parser.language == "zh"


@pytest.mark.parametrize(
    ("argv", "language"),
    [
        (["--lang", "zh"], "zh"),
        (["x", "--lang=en"], "en"),
        (["--lang"], None),
        (["--language", "zh"], None),
    ],
)
def test_the_argument(argv: List[str], language: Any) -> None:
    assert _console.language_argument(argv) == language


# --- errors --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "problem", "hint"),
    [
        ("status-401", "AuthenticationError（key 被拒绝）", "环境变量 DEEPSEEK_API_KEY"),
        ("status-402", "InsufficientBalanceError（余额不足）", "账户余额已用完。充值："),
        ("html-200", "回答不是 JSON 对象", "而不是网页或代理吗"),
        ("cut", "回答被截断", "再问一次"),
    ],
)
def test_an_error_of_a_call_and_its_hint(
    emulator: Emulator, fault: str, problem: str, hint: str
) -> None:
    emulator.fault(fault)
    done = cli("--lang", "zh", "chat", "Hello", server=emulator)
    assert done.code == 1
    assert problem in done.err
    assert hint in done.err


@pytest.mark.parametrize(
    ("variables", "problem"),
    [
        ({"DEEPSEEK_API_KEY": "sk-…"}, "第 4 个字符是非 ASCII 字符 U+2026"),
        ({"DEEPSEEK_API_KEY": "your-api-key"}, "环境变量 DEEPSEEK_API_KEY 里的 API key 是占位符"),
        ({"OPENAI_API_KEY": KEY}, "属于另一家厂商"),
        ({"DEEPSEEK_API_KEY": KEY, "DEEPSEEK_BASE_URL": "x"}, "里的地址 'x' 不可用"),
        ({"DEEPSEEK_API_KEY": KEY, "DEEPSEEK_BASE_URL": "http://127.0.0.1:9"}, "连接出错："),
        ({"DEEPSEEK_API_KEY": KEY, "DSADAPTER_BACKEND": "x"}, "没有 'x' 这个后端"),
        ({"DEEPSEEK_API_KEY": KEY, "DSADAPTER_REPAIR": "x"}, "不认识 repair='x'"),
    ],
)
def test_settings_that_cannot_work(variables: Any, problem: str) -> None:
    done = cli("chat", "Hello", LC_ALL="zh_CN.UTF-8", **variables)
    assert done.code == 1
    assert problem in done.err


# --- traditional characters ----------------------------------------------------------------------

TAIWAN = {"LC_ALL": "zh_TW.UTF-8"}


@pytest.mark.parametrize("command", sorted(__main__.COMMANDS))
def test_help_in_traditional_characters(
    capsys: Any, monkeypatch: Any, tmp_path: Any, command: str
) -> None:
    out = shown(capsys, command, "--lang", "zh-TW", "--help").out
    assert out.startswith("用法：")
    assert simplified(out.replace("你好", "")) == set()
    assert "選項：\n" in out or command == "run"
    assert shown(capsys, command, "--help", "--lang", "zh-Hant").out == out
    monkeypatch.setenv("LC_ALL", "zh_HK.UTF-8")
    assert shown(capsys, command, "--help").out == out


@pytest.mark.parametrize(
    ("argv", "variables", "problem"),
    [
        (["chat", "--nonsense"], {}, "無法識別的參數：--nonsense"),
        (["chat", "Hello"], {"DEEPSEEK_API_KEY": "sk-…"}, "第 4 個字元是非 ASCII 字元 U+2026"),
        (["doctor", "软件"], {}, "'软件' 既不是路徑，也不是檢查項或分組"),
        (["doctor", "--no-probe"], {"OPENAI_ORG_ID": "org-1"}, "個警告"),
        (["doctor", "--list"], {}, "找到了 API key"),
        (["explain", "code-stream-content"], {}, "迴圈能處理"),
        (["matrix"], {}, "本機"),
        (["matrix", "--all"], {}, "說明"),
        (["batch", "status", "软件.jsonl"], {}, "沒有狀態檔案 软件.jsonl"),
        (["balance", "--offline"], {}, "可用"),
        (["migrate", "--list"], {}, "openai"),
    ],
)
def test_commands_in_traditional_characters(argv: Any, variables: Any, problem: str) -> None:
    done = cli(*argv, **TAIWAN, **variables)
    assert problem in done.err + done.out
    assert simplified((done.err + done.out).replace("软件", "")) == set()


def test_a_big5_console_reads_chinese() -> None:
    done = cli("doctor", "--no-probe", LC_ALL="zh_TW.Big5", PYTHONIOENCODING="big5")
    assert "個警告" in done.out


def test_every_title_is_a_class_of_ours() -> None:
    assert set(errors.TITLES) <= set(vars(tree))


@pytest.mark.skipif(find_spec("fastapi") is not None, reason="fastapi is installed")
@pytest.mark.parametrize(
    ("language", "text"), [("en", "serve needs fastapi"), ("zh", "serve 需要 fastapi，但没有安装")]
)
def test_serve_without_its_extra(language: str, text: str) -> None:
    done = cli("serve", "--offline", "--lang", language)
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(text)
    assert 'pip install ".[gateway]"' in done.err


def test_the_servers_own_words_stay() -> None:
    lines = errors.error_lines("APIError", "Something in something is not right", None, "zh")
    assert lines == ["APIError（服务器报错）：Something in something is not right"]
    assert errors.error_lines("APIError", "", "Known: a, b", "en") == ["APIError: ?", "Known: a, b"]


def test_a_balance_is_chinese() -> None:
    out = cli("--lang", "zh", "balance", "--offline").out
    assert out.startswith("可用\n")
    assert "赠送" in out
