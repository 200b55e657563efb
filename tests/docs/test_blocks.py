"""The pages' blocks run as printed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any, List, Sequence

import pytest
from pages import CHINESE, ENGLISH, ROOT, Block, blocks, code, every_block, plugin_arguments, python

from dsadapter.testing import Emulator

UNEDITED = ROOT / "tests" / "guide" / "programs" / "unedited"


def programs() -> List[Any]:
    """Each block once: many stand on several pages. The recipes have tests of their own, which run
    their files, and compare the page with those."""
    rows = (block for block in every_block("python") if not block.page.endswith("/recipes.md"))
    once = {code(block): block for block in reversed(list(rows))}.values()
    return [pytest.param(block, id=f"{block.page}-{block.number}") for block in once]


@pytest.mark.parametrize("block", programs())
def test_a_python_block_runs_as_printed(block: Block, emulator: Emulator, tmp_path: Path) -> None:
    done = run_block(block, emulator, tmp_path)
    assert done.code == 0, done.out + done.err
    assert done.out
    if block.output:
        assert done.out == block.output


@pytest.mark.parametrize("block", programs())
def test_a_python_block_runs_under_run(block: Block, emulator: Emulator, tmp_path: Path) -> None:
    """Programs that use dsadapter themselves, before anything imports openai."""
    done = run_block(block, emulator, tmp_path, ["-m", "dsadapter", "run"], "--offline")
    assert done.code == 0, done.out + done.err
    assert done.out


def run_block(
    block: Block, emulator: Emulator, folder: Path, command: Sequence[str] = (), offline: str = ""
) -> Any:
    """The block's program; ``offline`` is the flag that sends it to an emulator of the command's,
    without which it is sent to ours. Those that bring their own keep it."""
    if "integrations.langchain" in block.text:
        pytest.importorskip("langchain_core", reason="the environments langchain-* have it")
    if "pydantic" in block.text:
        pytest.importorskip("pydantic", reason="an SDK brings it, or the caller")
    script = folder / "test_block.py"
    script.write_text(block.text, encoding="utf-8")
    arguments, variables = list(command), {}
    if "requests.post" in block.text:
        variables = {"DEEPSEEK_BASE_URL": emulator.base_url, "DEEPSEEK_API_KEY": "sk-any"}
    elif "mulator" not in block.text:
        if offline:
            arguments.append(offline)
        else:
            variables = {"DSADAPTER_OFFLINE_URL": emulator.base_url}
    if "def test_" in block.text:
        arguments += ["-m", "pytest", "-q", *plugin_arguments()]
    return python([*arguments, str(script)], folder, **variables)


def test_the_same_code_has_the_same_output() -> None:
    """Only one of several blocks of the same code is run."""
    outputs: Any = {}
    for block in every_block("python"):
        if block.output:
            assert outputs.setdefault(code(block), block.output) == block.output, block


def test_the_error_of_a_strangers_key_is_the_page_s(tmp_path: Path) -> None:
    shown = shown_error("CredentialsError: The key from ")
    program, key = "import dsadapter; dsadapter.OpenAI()", "sk-" + "4f8a19c0" * 4
    done = python(["-c", program], tmp_path, OPENAI_API_KEY=key)
    assert done.err.endswith("." + shown)


def test_the_error_of_a_foreign_env_file_is_the_page_s(tmp_path: Path) -> None:
    shown = shown_error("CredentialsError: The base URL stands in ")
    (tmp_path / ".env").write_text("DEEPSEEK_BASE_URL=https://llm.example.com/v1\n")
    key = "sk-" + "4f8a19c0" * 4
    done = python(["-m", "dsadapter", "models"], tmp_path, DEEPSEEK_API_KEY=key)
    assert done.err == shown.replace("/opt/unpacked", os.path.realpath(str(tmp_path)))


def shown_error(beginning: str) -> str:
    """The one text of an error that the pages of both languages show."""
    shown = {b.text for b in every_block("text") if b.text.startswith(beginning)}
    assert len(shown) == 1
    return shown.pop()


def test_run_runs_the_program_that_the_page_names(tmp_path: Path) -> None:
    command = next(b.text for b in blocks(ENGLISH) if " run " in b.text and b.language == "bash")
    shutil.copy(str(UNEDITED / "nonstream.py"), str(tmp_path / "app.py"))
    done = python(command.split()[1:], tmp_path)
    assert done.code == 0, done.err
    assert shown_answer(ENGLISH).split()[0] in done.out


# --- the first commands --------------------------------------------------------------------------


def shell_blocks(path: Path) -> List[Block]:
    return [block for block in blocks(path) if block.language in ("bash", "powershell")]


@pytest.mark.parametrize("path", [ENGLISH, CHINESE], ids=lambda path: path.name)
def test_the_first_command_is_the_first_block(path: Path) -> None:
    first, second = shell_blocks(path)[:2]
    assert (first.language, second.language) == ("bash", "powershell")
    for part in ("venv .venv", "pip install -q .", "-m dsadapter chat --offline 你好"):
        assert part in first.text
        assert part in second.text


def shown_answer(path: Path) -> str:
    """What the page says that the first command prints."""
    return blocks(path)[shell_blocks(path)[1].number + 1].text


def test_the_test_command_stands_alone_on_its_line() -> None:
    """.ci/run takes it from there."""
    lines = ENGLISH.read_text(encoding="utf-8").splitlines()
    command = next(line for line in lines if "tox run-parallel -p 4 -m quick" in line)
    assert command.startswith("python3 -m venv .venv && ")


def test_chat_prints_what_the_pages_show(tmp_path: Path) -> None:
    done = python(["-m", "dsadapter", "chat", "--offline", "你好"], tmp_path)
    assert (done.out, done.err) == (shown_answer(ENGLISH), "")
    assert shown_answer(CHINESE) == shown_answer(ENGLISH)


@pytest.mark.envs
@pytest.mark.skipif(
    not os.environ.get("DSADAPTER_TEST_ENVS"), reason="builds an environment through the index"
)
def test_the_first_command_runs_in_a_clone(tmp_path: Path) -> None:
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("there is no bash here")
    clone = tmp_path / "clone"
    left_out = shutil.ignore_patterns(".*", "build", "*.egg-info", "__pycache__")
    shutil.copytree(str(ROOT), str(clone), ignore=left_out)
    command = shell_blocks(ENGLISH)[0].text
    done = subprocess.run([bash, "-c", command], cwd=str(clone), capture_output=True, timeout=600)
    answer = shown_answer(ENGLISH)
    assert done.stdout.decode("utf-8") == answer, done.stderr.decode("utf-8", "replace")


def test_every_block_names_its_language() -> None:
    """One without would be found by none of these tests."""
    for path in {block.page for block in every_block()}:
        fences = re.findall(r"^```(.*)$", (ROOT / path).read_text(encoding="utf-8"), re.M)
        assert all(fences[::2]), path
        assert not any(fences[1::2]), path
