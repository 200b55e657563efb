"""The pages and .env.example say what is so: blocks run as printed, tables follow the code."""

from __future__ import annotations

import builtins
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Iterator, List, NamedTuple, Set, Tuple

import pytest

import dsadapter
from dsadapter import error
from dsadapter.__main__ import COMMANDS
from dsadapter._backends import detection as _detect
from dsadapter._client import client as _client
from dsadapter._errors import tree as _errors
from dsadapter._repairs.table import RESEND, RULES
from dsadapter._settings import providers as _providers
from dsadapter._settings.table import OFFLINE_URL, SETTINGS, TRUST_HOSTS
from dsadapter._settings.values import DEFAULT_RETRIES
from dsadapter.testing import FAULTS, Emulator

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "guide"))
from processes import plugin_arguments, python  # noqa: E402

ENGLISH, CHINESE = ROOT / "README.md", ROOT / "README.zh-CN.md"
GUIDE_SECTION = "教程怎么写\uff0c该怎么写"  # only the Chinese page has it
ENVIRONMENT_ONLY = {"DSADAPTER_OFFLINE_URL"}


class Block(NamedTuple):
    page: str
    number: int
    language: str
    text: str
    output: str  # of the ```text block right behind it, or ""


def blocks(path: Path) -> List[Block]:
    """The fenced blocks of a page, in order."""
    text = path.read_text(encoding="utf-8")
    found = list(re.finditer(r"^```(\w+)\n(.*?)^```$", text, re.M | re.S))
    rows = []
    for i, match in enumerate(found):
        after = found[i + 1] if i + 1 < len(found) else None
        shown = after and after[1] == "text" and not text[match.end() : after.start()].strip()
        rows.append(Block(path.name, i, match[1], match[2], after[2] if after and shown else ""))
    return rows


def code(block: Block) -> Tuple[str, str]:
    """A block without its comments, which the pages have in their own languages."""
    return block.language, re.sub(r"(^|\s+)# .*$", "", block.text, flags=re.M)


def programs() -> List[Any]:
    """Each block once: most stand in both pages."""
    found = [b for path in (ENGLISH, CHINESE) for b in blocks(path) if b.language == "python"]
    once = {code(block): block for block in reversed(found)}.values()
    return [pytest.param(block, id=f"{block.page}-{block.number}") for block in once]


@pytest.fixture(name="emulator")
def running_emulator() -> Iterator[Emulator]:
    with Emulator() as server:
        yield server


# --- blocks --------------------------------------------------------------------------------------


@pytest.mark.parametrize("block", programs())
def test_a_python_block_runs_as_printed(block: Block, emulator: Emulator, tmp_path: Path) -> None:
    if "integrations.langchain" in block.text:
        pytest.importorskip("langchain_core", reason="the environments langchain-* have it")
    script = tmp_path / "test_block.py"
    script.write_text(block.text, encoding="utf-8")
    tests = "def test_" in block.text
    arguments = ["-m", "pytest", "-q", *plugin_arguments()] if tests else []
    variables = {}
    if "requests.post" in block.text:
        variables = {"DEEPSEEK_BASE_URL": emulator.base_url, "DEEPSEEK_API_KEY": "sk-any"}
    elif "mulator" not in block.text:  # those bring their own
        variables = {"DSADAPTER_OFFLINE_URL": emulator.base_url}
    done = python([*arguments, str(script)], tmp_path, **variables)
    assert done.code == 0, done.out + done.err
    assert done.out
    if block.output:
        assert done.out == block.output


def test_the_pages_show_the_same_code() -> None:
    """The blocks of the English page stand in the Chinese one, in order, comments aside."""
    theirs = iter(code(block) for block in blocks(CHINESE))
    for block in blocks(ENGLISH):
        if block.language != "console":
            assert code(block) in theirs, block.text


def test_the_pages_have_the_same_sections() -> None:
    def headings(path: Path) -> List[str]:
        text = re.sub(r"^```.*?^```$", "", path.read_text(encoding="utf-8"), flags=re.M | re.S)
        return re.findall(r"^(#+) (.*)$", text, re.M)

    chinese = headings(CHINESE)
    at = [title for _, title in chinese].index(GUIDE_SECTION)
    ours = [marks for marks, _ in chinese]
    end = next((i for i in range(at + 1, len(ours)) if len(ours[i]) <= 2), len(ours))
    assert ours[:at] + ours[end:] == [marks for marks, _ in headings(ENGLISH)]


def test_links_lead_somewhere() -> None:
    for path in (ENGLISH, CHINESE, ROOT / "compat_matrix.md"):
        text = path.read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)#]+)[^)]*\)", text):
            assert "://" in target or (ROOT / target).exists(), f"{path.name}: {target}"


def test_the_pages_name_no_place_of_their_writer() -> None:
    for path in (ENGLISH, CHINESE):
        assert not re.search(r"/(tmp|home|root|work|Users)/", path.read_text(encoding="utf-8"))


# --- commands ------------------------------------------------------------------------------------


def test_the_first_command_is_the_first_block() -> None:
    first, second = blocks(ENGLISH)[:2]
    assert (first.language, second.language) == ("bash", "powershell")
    for part in ("venv .venv", "pip install -q .", "-m dsadapter chat --offline 你好"):
        assert part in first.text
        assert part in second.text


def test_doctor_says_what_the_page_shows(tmp_path: Path) -> None:
    """Where openai 1.55.2 stands beside httpx 0.28.1, as in one environment of the quick tests."""
    sdk = _detect.sdk()
    pair = (sdk and sdk.version, _detect.installed_version("httpx"))
    if pair != ("1.55.2", "0.28.1"):
        pytest.skip(f"the page shows openai 1.55.2 beside httpx 0.28.1, here is {pair}")
    shown = next(block.text for block in blocks(ENGLISH) if "conflict-httpx-proxies" in block.text)
    done = python(["-m", "dsadapter", "doctor", "--lang", "en", "conflicts"], tmp_path)
    said = " ".join(done.out.split())
    proof, _, fixes = " ".join(shown.split()).partition(" fix: ")
    assert proof in said
    assert all(part in said for part in re.findall(r'"[^"]+"', fixes))  # pip itself may be uv


def test_the_test_command_stands_alone_on_its_line() -> None:
    """.ci/run takes it from there."""
    lines = ENGLISH.read_text(encoding="utf-8").splitlines()
    command = next(line for line in lines if "tox run-parallel -m quick" in line)
    assert command.startswith("python3 -m venv .venv && ")


def test_chat_prints_what_the_page_shows(tmp_path: Path) -> None:
    shown = next(block for block in blocks(ENGLISH) if block.language == "text")
    done = python(["-m", "dsadapter", "chat", "--offline", "你好"], tmp_path)
    assert (done.out, done.err) == (shown.text, "")


@pytest.mark.parametrize(("path", "lang"), [(ENGLISH, "en"), (CHINESE, "zh")])
def test_chat_without_a_key_says_what_the_page_shows(path: Path, lang: str, tmp_path: Path) -> None:
    done = python(["-m", "dsadapter", "chat", "--lang", lang, "hi"], tmp_path)
    assert done.code == 1
    assert done.err in [block.text for block in blocks(path) if block.language == "console"]


@pytest.mark.parametrize("path", [ENGLISH, CHINESE], ids=lambda path: path.name)
def test_the_commands_of_the_page_exist(path: Path, tmp_path: Path) -> None:
    named = {row[0].split()[0] for row in table(path, "chat [PROMPT]")}
    text = path.read_text(encoding="utf-8")
    named |= set(re.findall(r"-m dsadapter ([a-z]+)", text))
    assert named <= set(COMMANDS)
    for command in sorted(named):
        done = python(["-m", "dsadapter", command, "--help"], tmp_path)
        assert done.code == 0, f"{command}: {done.err[-200:]}"


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
    first, shown = blocks(ENGLISH)[0], next(b for b in blocks(ENGLISH) if b.language == "text")
    done = subprocess.run(
        [bash, "-c", first.text], cwd=str(clone), capture_output=True, timeout=600
    )
    assert done.stdout.decode("utf-8") == shown.text, done.stderr.decode("utf-8", "replace")


# --- tables --------------------------------------------------------------------------------------


def table(path: Path, key: str) -> List[List[str]]:
    """The rows of the table that has ``key`` in its first column; cells without backticks."""
    for lines in re.findall(r"(?:^\|.*\n)+", path.read_text(encoding="utf-8"), re.M):
        rows = [
            re.split(r"(?<!\\)\|", line.strip()[1:-1]) for line in lines.strip().split("\n")[2:]
        ]
        rows = [[cell.strip().replace("`", "") for cell in row] for row in rows]
        if any(row[0] == key for row in rows):
            return rows
    raise AssertionError(f"{path.name} has no table with {key!r}")


def words(cell: str) -> Tuple[str, ...]:
    return tuple(cell.split(", ")) if cell else ()


both = pytest.mark.parametrize("path", [ENGLISH, CHINESE], ids=lambda path: path.name)


@both
def test_the_settings(path: Path) -> None:
    rows = [(words(row[0]), words(row[1])) for row in table(path, "max_retries")]
    assert rows == [((s.name, *s.aliases), s.env) for s in SETTINGS]
    text = path.read_text(encoding="utf-8")
    assert f"`{TRUST_HOSTS}`" in text
    assert f"`{OFFLINE_URL}`" in text
    assert str(DEFAULT_RETRIES) in table(path, "max_retries")[9][2]


@both
def test_the_presets(path: Path) -> None:
    rows = [tuple(row) for row in table(path, "qianfan")]
    assert rows == [(p.name, p.base_url, ", ".join(p.key_env)) for p in _providers.PRESETS]


@both
def test_the_repairs(path: Path) -> None:
    rules = {rule.id for rule in (*RULES, RESEND)}
    assert {row[0] for row in table(path, "json-word")} == rules


@both
def test_the_errors(path: Path) -> None:
    """Each row: the class that is raised is one of all the classes that the row names."""
    for what, modern, legacy in table(path, "429"):
        names = re.findall(r"[A-Z]\w+Error", modern)
        statuses = [int(number) for number in re.findall(r"\b[45]\d\d\b", what)]
        for cls in map(_errors.class_for_status, statuses) if statuses else [raised(names[0])]:
            assert issubclass(cls, getattr(error, legacy)), (cls, legacy)
            for name in names:
                assert issubclass(cls, vars(builtins).get(name) or getattr(dsadapter, name)), cls


def raised(name: str) -> Any:
    """A connection error is both spellings' own; the modern one alone is never raised."""
    return error.APIConnectionError if name == "APIConnectionError" else getattr(dsadapter, name)


@both
def test_what_is_not_offered(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [name for name in _client.NOT_OFFERED if f"`{name}`" not in text] == []


def test_the_faults() -> None:
    def row(fault: Any) -> List[str]:
        options = [f"{k}={v}" if v != "" else k for k, v in fault.options.items()]
        return [fault.name, fault.summary.replace("`", ""), ", ".join(options)]

    expected = [row(fault) for fault in FAULTS.values()]
    assert table(ENGLISH, "status-402") == expected


# --- .env.example --------------------------------------------------------------------------------


def variables() -> Set[str]:
    presets = {name for preset in _providers.PRESETS for name in preset.key_env}
    return presets | {TRUST_HOSTS} | {n for s in SETTINGS for n in s.env}


def test_the_example_names_each_variable_once() -> None:
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    named = re.findall(r"^(?:# )?([A-Z_]+)=", text, re.M)
    assert sorted(named) == sorted(variables())


def test_the_example_has_no_key() -> None:
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert re.findall(r"^(?:# )?[A-Z_]*KEY=(.+)$", text, re.M) == []


def test_the_example_copied_as_it_is_says_that_the_key_is_missing(tmp_path: Path) -> None:
    shutil.copy(str(ROOT / ".env.example"), str(tmp_path / ".env"))
    with pytest.raises(dsadapter.CredentialsError, match="No API key for DeepSeek"):
        dsadapter.OpenAI()
