"""``chat`` as people use it: typed at a terminal, resumed, with pictures, at other vendors."""

from __future__ import annotations

import base64
import json
import os
import stat
import sys
from pathlib import Path
from typing import Any, Iterator, List, Tuple

import pytest
from command_processes import KEY, POSIX, Terminal, cli, soon

from dsadapter._cli.markdown import Blocks, MarkdownWriter
from dsadapter.testing.emulator import Emulator

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+M8AAQUBAScY42YAAAAASUVORK5CYII="
)


@pytest.fixture()
def emulator() -> Iterator[Emulator]:
    with Emulator() as server:
        yield server


def contents(server: Emulator) -> List[Any]:
    """What each request asked last."""
    return [request.json["messages"][-1]["content"] for request in server.requests]


def takes_a_paste() -> bool:
    try:
        import readline
    except ImportError:
        return False
    version = getattr(readline, "_READLINE_LIBRARY_VERSION", "0")
    is_gnu = "libedit" not in (readline.__doc__ or "")
    return is_gnu and tuple(map(int, version.split("."))) >= (8, 1)


PROGRAM_WITHOUT = """
import sys
sys.modules.update(dict.fromkeys({modules!r}))
from dsadapter.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


class Chat(Terminal):
    """A conversation that waits at its prompt; without these editors."""

    def __init__(
        self,
        server: Emulator,
        *arguments: str,
        without: Tuple[str, ...] = ("prompt_toolkit",),
        **more: Any,
    ) -> None:
        program = PROGRAM_WITHOUT.format(modules=without)
        started = [sys.executable, "-c", program, "chat", *arguments]
        super().__init__(server, started=started, NO_COLOR="1", **more)
        self._server = server
        self.title = self.until("> ")

    def ask(self, typed: str) -> None:
        """Type it and Enter; wait for the answer."""
        count = len(self._server.requests)
        self.type(f"{typed}\r")
        assert soon(lambda: len(self._server.requests) > count)
        self.until("reached it.")
        self.until("> ")

    def tell(self, command: str) -> str:
        """Type a command and Enter; what it says."""
        self.type(f"{command}\r")
        self.until(f"{command}\r\n")
        return self.until("> ")

    def end(self) -> None:
        self.type("\x04")
        assert self.code() == 0


# --- typed ---------------------------------------------------------------------------------------


@POSIX
@pytest.mark.skipif(not takes_a_paste(), reason="GNU readline 8.1 or newer")
@pytest.mark.parametrize("locale", ["C.UTF-8", "C"])
def test_what_is_typed_and_pasted_arrives(emulator: Emulator, locale: str) -> None:
    long = "\u5b57" * 2000 + "ab"  # 6,002 bytes
    chat = Chat(emulator, LC_ALL=locale)
    chat.ask("你好吗\x7f\x7f")
    chat.ask("\x1b[A啊")  # arrow up
    chat.ask("\x1b[200~one\rtwo\rthree\rfour\rfive\x1b[201~")
    chat.ask(f"\x1b[200~{long}\x1b[201~")
    chat.end()
    assert contents(emulator) == ["你", "你啊", "one\ntwo\nthree\nfour\nfive", long]


@POSIX
def test_without_an_editor_pasted_lines_are_one_and_a_cut_line_is_not_sent(
    emulator: Emulator,
) -> None:
    chat = Chat(emulator, without=("prompt_toolkit", "readline"))
    chat.ask("one\ntwo\nthree")
    chat.type("x" * 5000 + "\n")
    assert "4095 bytes" in chat.until("> ")
    chat.end()
    assert contents(emulator) == ["one\ntwo\nthree"]


@POSIX
@pytest.mark.skipif(not takes_a_paste(), reason="the line is readline's to know")
def test_ctrl_c_throws_a_typed_line_away(emulator: Emulator) -> None:
    chat = Chat(emulator)
    chat.type("abc")
    chat.until("abc")
    chat.interrupt_until("> ")
    chat.ask("Hello")
    chat.end()
    assert contents(emulator) == ["Hello"]


@POSIX
def test_an_interrupted_answer_is_said_to_be_lost(emulator: Emulator) -> None:
    chat = Chat(emulator)
    emulator.fault("stall", after=4)
    chat.type("Hello\r")
    assert soon(lambda: emulator.requests)
    chat.until("The")
    chat.interrupt()
    assert "not kept" in chat.until("> ")
    chat.end()


def test_a_prompt_and_a_pipe_are_asked_together(emulator: Emulator) -> None:
    done = cli("chat", "Summarise:", server=emulator, pipe="第一行\nsecond\n".encode())
    assert (done.code, contents(emulator)) == (0, ["Summarise:\n\n第一行\nsecond"])


@POSIX
def test_prompt_toolkit_does_it_too(emulator: Emulator) -> None:
    pytest.importorskip("prompt_toolkit")
    terminal = Terminal(emulator, "chat", NO_COLOR="1")
    for count, typed in enumerate(("你好吗\x7f\x7f", "\x1b[200~one\rtwo\x1b[201~"), 1):
        terminal.until("\x1b[?2004h")  # it waits
        terminal.type(f"{typed}\r")
        assert soon(lambda: len(emulator.requests) == count)  # noqa: B023
    terminal.until("\x1b[?2004h")
    terminal.type("\x04")
    assert terminal.code() == 0
    assert contents(emulator) == ["你", "one\ntwo"]


# --- slash commands ------------------------------------------------------------------------------


@POSIX
def test_slash_commands(emulator: Emulator, tmp_path: Path) -> None:
    file = tmp_path / "talk.json"
    chat = Chat(emulator, "--system", "Be brief.")
    assert "/retry" in chat.tell("/help")
    chat.ask("Hello")
    assert "deepseek-v4-pro" in chat.tell("/model deepseek-v4-pro")
    assert "Be long." in chat.tell("/system Be long.")
    chat.ask("/retry")
    usage = chat.tell("/usage")
    assert "2 answers" in usage
    assert "tokens: " in usage
    assert "talk.json" in chat.tell(f"/save {file}")
    chat.tell("/clear")
    chat.ask("//help")
    chat.tell("/system Be kind.")
    chat.tell("/model deepseek-flash")
    assert "1 turn" in chat.tell(f"/load {file}")
    chat.ask("/etc/passwd?")
    assert "no /nonsense" in chat.tell("/nonsense")
    assert "FILE" in chat.tell("/save")
    chat.type("/exit\r")
    assert chat.code() == 0
    assert contents(emulator) == ["Hello", "Hello", "/help", "/etc/passwd?"]
    first, again, cleared, loaded = (request.json for request in emulator.requests)
    assert first["messages"][0]["content"] == "Be brief."
    assert again["messages"][0]["content"] == "Be long."
    assert [first["model"], again["model"]] == ["deepseek-flash", "deepseek-v4-pro"]
    assert len(again["messages"]) == len(cleared["messages"]) == 2
    assert (loaded["model"], loaded["messages"][0]["content"]) == ("deepseek-v4-pro", "Be long.")
    assert [message["role"] for message in loaded["messages"]] == [
        "system", "user", "assistant", "user",
    ]  # fmt: skip


@POSIX
def test_a_file_of_somebody_else_is_not_written_over(emulator: Emulator, tmp_path: Path) -> None:
    file = tmp_path / "diary.txt"
    file.write_text("mine")
    chat = Chat(emulator)
    assert "another file" in chat.tell(f"/save {file}")
    assert "no conversation" in chat.tell(f"/load {file}")
    chat.end()
    assert file.read_text() == "mine"


# --- sessions ------------------------------------------------------------------------------------


@POSIX
def test_a_session_is_kept_for_its_owner_and_can_be_forgotten(
    emulator: Emulator, tmp_path: Path
) -> None:
    more = {"XDG_DATA_HOME": str(tmp_path)}
    arguments = ("--session", "trip", "--model", "deepseek-v4-pro")
    first = cli("chat", "Hello", *arguments, server=emulator, **more)
    (file,) = tmp_path.rglob("trip.json")
    assert str(file) in first.err
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert KEY not in file.read_text(encoding="utf-8")
    chat = Chat(emulator, "--session", "trip", **more)
    assert "1 turn" in chat.title
    chat.ask("Again")
    roles = [message["role"] for message in emulator.requests[-1].json["messages"]]
    assert roles == ["user", "assistant", "user"]
    assert emulator.requests[-1].json["model"] == "deepseek-v4-pro"
    assert str(file) in chat.tell("/forget")
    assert not file.exists()
    chat.ask("Anew")
    chat.end()
    assert len(emulator.requests[-1].json["messages"]) == 1
    assert list(tmp_path.rglob("*.json")) == []


def test_without_session_nothing_is_written(emulator: Emulator, tmp_path: Path) -> None:
    cli("chat", "Hello", server=emulator, XDG_DATA_HOME=str(tmp_path), HOME=str(tmp_path))
    assert list(tmp_path.rglob("*")) == []


@pytest.mark.parametrize("name", ["../x", ".x", "a/b", "a b", "-x", ""])
def test_a_name_that_leaves_the_folder_is_refused(
    emulator: Emulator, tmp_path: Path, name: str
) -> None:
    done = cli("chat", "x", f"--session={name}", server=emulator, XDG_DATA_HOME=str(tmp_path))
    if name:
        assert (done.code, emulator.requests) == (2, [])
        assert "--session" in done.err
    assert list(tmp_path.rglob("*")) == []


# --- pictures ------------------------------------------------------------------------------------


def test_a_picture_goes_with_the_question(emulator: Emulator, tmp_path: Path) -> None:
    file = tmp_path / "picture"
    file.write_bytes(PNG)
    done = cli("chat", "What is it?", "--image", str(file), server=emulator)
    (parts,) = contents(emulator)
    assert done.code == 0
    assert parts[1] == {"type": "text", "text": "What is it?"}
    url = parts[0]["image_url"]["url"]
    assert url == f"data:image/png;base64,{base64.b64encode(PNG).decode()}"


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", None])
def test_what_is_no_picture_is_not_sent(emulator: Emulator, tmp_path: Path, content: Any) -> None:
    file = tmp_path / "picture.png"
    if content is not None:
        file.write_bytes(content)
    done = cli("chat", "What is it?", "--image", str(file), server=emulator)
    assert (done.code, emulator.requests) == (2, [])
    assert str(file) in done.err


# --- whom to ask ---------------------------------------------------------------------------------


@pytest.mark.parametrize("by", ["argument", "variable"])
def test_another_vendor(emulator: Emulator, by: str) -> None:
    more = {"MOONSHOT_API_KEY": KEY, "DEEPSEEK_API_KEY": "sk-of-deepseek-0123456789"}
    arguments = ["--base-url", emulator.base_url, "--model", "deepseek-flash"]
    if by == "argument":
        arguments += ["--provider", "kimi"]
    else:
        more["DSADAPTER_PROVIDER"] = "kimi"
    done = cli("chat", "Hello", *arguments, **more)
    assert (done.code, done.err) == (0, "")
    assert emulator.requests[-1].headers["authorization"] == f"Bearer {KEY}"
    assert cli("models", *arguments[:2], "--provider", "kimi", **more).code == 0


@pytest.mark.parametrize(
    ("command", "shown"),
    [
        (["chat", "Hello"], "models --provider moonshot"),
        (["chat", "Hello", "--model", "m"], "MOONSHOT_API_KEY is the only key"),
        (["models"], "MOONSHOT_API_KEY is the only key"),
        (["balance"], "Moonshot (Kimi) does not show its balance"),
    ],
)
def test_the_only_key_says_whom_to_ask(command: List[str], shown: str) -> None:
    done = cli(*command, MOONSHOT_API_KEY=KEY, HTTPS_PROXY="http://127.0.0.1:9")
    assert done.code in (1, 2)
    assert shown in done.err
    assert "deepseek" not in done.err.lower()


def test_keys_of_several_vendors_decide_nothing() -> None:
    done = cli("chat", "Hello", MOONSHOT_API_KEY=KEY, ARK_API_KEY=KEY)
    assert done.code == 1
    assert "MOONSHOT_API_KEY, ARK_API_KEY" in done.err
    assert "--provider" in done.err


def test_a_vendor_without_a_key_is_named() -> None:
    done = cli("chat", "Hello", "--provider", "moonshot", "--model", "m")
    assert (done.code, done.out) == (1, "")
    assert "Moonshot (Kimi)" in done.err
    assert "MOONSHOT_API_KEY=sk-" in done.err
    assert "deepseek.com" not in done.err


# --- Markdown ------------------------------------------------------------------------------------

MARKDOWN = "# A\n\ntext\nmore\n\n\n```py\na\n\nb\n```\n\n~~~\n```\n\n~~~\nend"
BLOCKS = ["# A", "text\nmore", "```py\na\n\nb\n```", "~~~\n```\n\n~~~\nend"]


@pytest.mark.parametrize("size", [1, 3, 1000])
def test_blocks_are_whole_however_they_arrive(size: int) -> None:
    blocks = Blocks()
    pieces = [MARKDOWN[i : i + size] for i in range(0, len(MARKDOWN), size)]
    seen = [block for piece in pieces for block in blocks.feed(piece)]
    assert seen + blocks.flush() == BLOCKS
    assert blocks.flush() == []


def test_blocks_are_printed_with_a_line_between_them() -> None:
    printed: List[Any] = []

    class Console:
        def print(self, *values: Any) -> None:
            printed.append(values)

    writer = MarkdownWriter(Console(), str.upper)
    writer.feed("one\n\ntwo")
    assert printed == [("ONE",)]
    writer.flush()
    assert printed == [("ONE",), (), ("TWO",)]


@POSIX
@pytest.mark.parametrize(("flags", "raw"), [([], False), (["--plain"], True)])
def test_markdown_on_a_terminal(emulator: Emulator, flags: List[str], raw: bool) -> None:
    pytest.importorskip("rich")
    terminal = Terminal(emulator, "chat", "**bold** `code`", *flags)
    assert ("**bold**" in terminal.until("This is the")) is raw
    assert terminal.code() == 0


def test_an_answer_in_a_pipe_is_as_it_came(emulator: Emulator) -> None:
    assert "**bold** `code`" in cli("chat", "**bold** `code`", server=emulator).out


# --- run -----------------------------------------------------------------------------------------

PROGRAM = "import dsadapter, json; c = dsadapter.OpenAI(); print(c.base_url, c.api_key[-4:])"


def run(*options: str, **more: str) -> Any:
    return cli("run", *options, "-c", PROGRAM, **{"DEEPSEEK_API_KEY": KEY, **more})


def test_run_takes_provider_and_base_url() -> None:
    kimi = run("--provider", "kimi", MOONSHOT_API_KEY="sk-of-moonshot-abcdefgh")
    assert kimi.out.split() == ["https://api.moonshot.cn/v1", "efgh"]
    assert run("--base-url=http://127.0.0.1:9/v1").out.split()[0] == "http://127.0.0.1:9/v1"
    both = run("--provider", "kimi", "--base-url", "http://127.0.0.1:9/v1")
    assert (both.code, both.out) == (2, "")
    assert "Moonshot" in both.err
    unknown = run("--provider", "nonsense")
    assert unknown.code == 2
    assert "moonshot" in unknown.err


def test_a_session_file_is_json_that_people_can_read(tmp_path: Path) -> None:
    cli("chat", "--offline", "你好", "--session", "x", XDG_DATA_HOME=str(tmp_path))
    if os.name == "posix":
        (file,) = tmp_path.rglob("x.json")
        text = file.read_text(encoding="utf-8")
        assert "你好" in text
        assert json.loads(text)["turns"][0][0] == {"role": "user", "content": "你好"}
