"""A ``.env`` is as trusted as its folder: set-ups of real users work, attacks get no key.

Each row is a set of files, a way to start Python, and what a client there ends up with.
"""

from __future__ import annotations

import os
import subprocess
import sys
import warnings
from pathlib import Path
from typing import Any, Dict, List, NamedTuple, Optional

import pytest

import dsadapter
from dsadapter._errors.tree import CredentialsError
from dsadapter._settings import dotenv_file, resolve
from dsadapter._settings.sources import from_environment

ROOT = Path(__file__).resolve().parents[3]
KEY = "sk-" + "0123456789abcdef" * 2
OTHER = "sk-" + "fedcba9876543210" * 2
PROXY = "https://llm.corp.example/v1"  # an honest proxy of a company
EVIL = "http://attacker.test"
DEEPSEEK = "https://api.deepseek.com"

KEY_LINE = f"DEEPSEEK_API_KEY={KEY}\n"
BASE_LINE = f"DEEPSEEK_BASE_URL={PROXY}\n"
EVIL_LINE = f"DEEPSEEK_BASE_URL={EVIL}\n"
IN_ENV = {"DEEPSEEK_API_KEY": KEY}
BASE_IN_ENV = {**IN_ENV, "DEEPSEEK_BASE_URL": PROXY}

CLIENT = """
import dsadapter
try:
    client = dsadapter.OpenAI({arguments})
    print(client.api_key[-4:], client.base_url)
except dsadapter.CredentialsError as err:
    print("refused", err)
"""
SHOW = CLIENT.format(arguments="")


class SetUp(NamedTuple):
    """``start`` is what stands behind ``python``; files lie below the temporary folder."""

    name: str
    start: List[str]
    files: Dict[str, str]
    env: Dict[str, str]
    base: str  # that the key goes to; REFUSED where it must not leave
    key: str = KEY
    cwd: str = "project"
    stdin: Optional[str] = None


REFUSED = "refused"
SCRIPT = {"project/main.py": SHOW}
# What a console script of another package does: its own folder is first on the path.
TOOL = {"bin/tool": SHOW}
SERVER = f"import sys; sys.path.insert(0, '')\n{SHOW}"

HONEST = [
    SetUp("key in .env", ["main.py"], {**SCRIPT, "project/.env": KEY_LINE}, {}, DEEPSEEK),
    SetUp("both in .env", ["main.py"], {**SCRIPT, "project/.env": KEY_LINE + BASE_LINE}, {}, PROXY),
    SetUp("base in .env", ["main.py"], {**SCRIPT, "project/.env": BASE_LINE}, IN_ENV, PROXY),
    SetUp("base in the environment", ["main.py"], SCRIPT, BASE_IN_ENV, PROXY),
    SetUp(
        "key in .env, base in the environment",
        ["main.py"],
        {**SCRIPT, "project/.env": KEY_LINE},
        {"DEEPSEEK_BASE_URL": PROXY},
        PROXY,
    ),
    SetUp(
        "script of another folder, its .env beside it",
        ["project/main.py"],
        {**SCRIPT, "project/.env": BASE_LINE},
        IN_ENV,
        PROXY,
        cwd=".",
    ),
    SetUp(
        "script of another folder, both in the .env of the working directory",
        ["../scripts/main.py"],
        {"scripts/main.py": SHOW, "project/.env": KEY_LINE + BASE_LINE},
        {},
        PROXY,
    ),
    SetUp(
        "python -m package",
        ["-m", "package"],
        {"project/package/__main__.py": SHOW, "project/.env": BASE_LINE},
        IN_ENV,
        PROXY,
    ),
    SetUp("python -c", ["-c", SHOW], {"project/.env": BASE_LINE}, IN_ENV, PROXY),
    SetUp("typed in", ["-"], {"project/.env": BASE_LINE}, IN_ENV, PROXY, stdin=SHOW),
    SetUp(
        "a server that puts the working directory first",
        ["../bin/server"],
        {"bin/server": SERVER, "project/.env": BASE_LINE},
        IN_ENV,
        PROXY,
    ),
    SetUp(
        "the folder in PYTHONPATH",
        ["../bin/tool"],
        {**TOOL, "project/.env": BASE_LINE},
        {**IN_ENV, "PYTHONPATH": "{project}"},
        PROXY,
    ),
    SetUp(
        "pytest",
        ["-m", "pytest", "-q", "-s", "-p", "no:cacheprovider", "test_it.py"],
        {
            "project/test_it.py": f"def test():\n    exec({SHOW!r})\n",
            "project/.env": BASE_LINE,
        },
        IN_ENV,
        PROXY,
    ),
    SetUp(
        "a tool, both in .env",
        ["../bin/tool"],
        {**TOOL, "project/.env": KEY_LINE + BASE_LINE},
        {},
        PROXY,
    ),
    SetUp(
        "a tool, the same key also in the environment",
        ["../bin/tool"],
        {**TOOL, "project/.env": KEY_LINE + BASE_LINE},
        IN_ENV,
        PROXY,
    ),
    SetUp(
        "a tool, the key under another vendor's name",
        ["../bin/tool"],
        {**TOOL, "project/.env": f"OPENAI_API_KEY={KEY}\nOPENAI_BASE_URL={PROXY}\n"},
        {},
        PROXY,
    ),
    SetUp(
        "a tool, a vendor's base in .env",
        ["../bin/tool"],
        {**TOOL, "project/.env": f"DEEPSEEK_BASE_URL={DEEPSEEK}/beta\n"},
        IN_ENV,
        f"{DEEPSEEK}/beta",
    ),
    SetUp(
        "a tool, a server on this machine in .env",
        ["../bin/tool"],
        {**TOOL, "project/.env": "DEEPSEEK_BASE_URL=http://127.0.0.1:8000/v1\n"},
        IN_ENV,
        "http://127.0.0.1:8000/v1",
    ),
    SetUp(
        "a tool, a server without keys in the same network",
        ["../bin/tool"],
        {**TOOL, "project/.env": "OPENAI_BASE_URL=http://10.0.0.5:8000/v1\n"},
        {"OPENAI_API_KEY": "EMPTY"},
        "http://10.0.0.5:8000/v1",
        key="EMPTY",
    ),
    SetUp(
        "a tool whose host is trusted",
        ["../bin/tool"],
        {**TOOL, "project/.env": BASE_LINE},
        {**IN_ENV, "DSADAPTER_TRUST_HOSTS": "llm.corp.example"},
        PROXY,
    ),
    SetUp(
        "load_dotenv of the program",
        ["../bin/tool"],
        {
            "bin/tool": "import dotenv; dotenv.load_dotenv('.env')\n" + SHOW,
            "project/.env": BASE_LINE,
        },
        IN_ENV,
        PROXY,
    ),
    SetUp(
        "a base that the program names",
        ["../bin/tool"],
        {"bin/tool": CLIENT.format(arguments=f"base_url={PROXY!r}"), "project/.env": EVIL_LINE},
        IN_ENV,
        PROXY,
    ),
    SetUp(
        "dsadapter run, as plain Python",
        ["-m", "dsadapter", "run", "main.py"],
        {**SCRIPT, "project/.env": BASE_LINE},
        IN_ENV,
        PROXY,
    ),
    SetUp(
        "dsadapter run -m",
        ["-m", "dsadapter", "run", "-m", "package"],
        {"project/package/__main__.py": SHOW, "project/.env": BASE_LINE},
        IN_ENV,
        PROXY,
    ),
]

# Honest, and not to be told from an attack: the remedies stand in the error.
REFUSED_WITH_REMEDIES = [
    SetUp(
        "a tool, the base in .env",
        ["../bin/tool"],
        {**TOOL, "project/.env": BASE_LINE},
        IN_ENV,
        REFUSED,
    ),
    SetUp(
        "script of another folder, base in the .env of the working directory",
        ["../scripts/main.py"],
        {"scripts/main.py": SHOW, "project/.env": BASE_LINE},
        IN_ENV,
        REFUSED,
    ),
]

ATTACKS = [
    SetUp(
        "the key of the environment",
        ["../bin/tool"],
        {**TOOL, "project/.env": EVIL_LINE},
        IN_ENV,
        REFUSED,
    ),
    SetUp(
        "the key of an argument",
        ["../bin/tool"],
        {"bin/tool": CLIENT.format(arguments=f"api_key={KEY!r}"), "project/.env": EVIL_LINE},
        {},
        REFUSED,
    ),
    SetUp(
        "the key of the module",
        ["../bin/tool"],
        {
            "bin/tool": f"import dsadapter; dsadapter.api_key = {KEY!r}\n{SHOW}",
            "project/.env": EVIL_LINE,
        },
        {},
        REFUSED,
    ),
    SetUp(
        "the other spelling of the base",
        ["../bin/tool"],
        {**TOOL, "project/.env": f"DEEPSEEK_API_BASE={EVIL}\n"},
        IN_ENV,
        REFUSED,
    ),
    SetUp(
        "OpenAI's pair",
        ["../bin/tool"],
        {**TOOL, "project/.env": f"OPENAI_BASE_URL={EVIL}\n"},
        {"OPENAI_API_KEY": KEY},
        REFUSED,
    ),
    SetUp(
        "a preset's base",
        ["../bin/tool"],
        {
            "bin/tool": CLIENT.format(arguments="provider='openai'"),
            "project/.env": f"OPENAI_BASE_URL={EVIL}\n",
        },
        {"OPENAI_API_KEY": KEY},
        REFUSED,
    ),
    SetUp(
        "a key of the attacker beside it",
        ["../bin/tool"],
        {
            "bin/tool": CLIENT.format(arguments=f"api_key={KEY!r}"),
            "project/.env": f"{EVIL_LINE}DEEPSEEK_API_KEY={OTHER}\n",
        },
        {},
        REFUSED,
    ),
    SetUp(
        "a file that trusts itself",
        ["-W", "ignore", "../bin/tool"],
        {**TOOL, "project/.env": f"{EVIL_LINE}DSADAPTER_TRUST_HOSTS=attacker.test\n"},
        IN_ENV,
        REFUSED,
    ),
    SetUp(
        "a quoted key, which is no placeholder",
        ["../bin/tool"],
        {**TOOL, "project/.env": f"OPENAI_BASE_URL={EVIL}\n"},
        {"OPENAI_API_KEY": f'"{KEY}"'},
        REFUSED,
    ),
    SetUp(
        "the key by interpolation into the same file",
        ["../bin/tool"],
        {**TOOL, "project/.env": f"{EVIL_LINE}X=${{DEEPSEEK_API_KEY}}\n"},
        IN_ENV,
        REFUSED,
    ),
    SetUp(
        "another folder in PYTHONPATH",
        ["../bin/tool"],
        {**TOOL, "project/.env": EVIL_LINE},
        {**IN_ENV, "PYTHONPATH": "{elsewhere}"},
        REFUSED,
    ),
    SetUp(
        "a command, in the folder itself",
        ["-m", "dsadapter", "models"],
        {"project/.env": EVIL_LINE},
        IN_ENV,
        REFUSED,
    ),
    SetUp(
        "a command, the folder in PYTHONPATH",
        ["-m", "dsadapter", "chat", "hello"],
        {"project/.env": EVIL_LINE},
        {**IN_ENV, "PYTHONPATH": "{project}"},
        REFUSED,
    ),
]


def start(row: SetUp, folder: Path) -> str:
    """What the set-up prints."""
    for name in ("project", "elsewhere"):
        (folder / name).mkdir()
    for name, text in row.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    env = {**os.environ, "PYTHONIOENCODING": "utf-8", **row.env}
    path = env.get("PYTHONPATH", "") if "PYTHONPATH" in row.env else ""
    names = {name: str(folder / name) for name in ("project", "elsewhere")}
    env["PYTHONPATH"] = os.pathsep.join(filter(None, [str(ROOT), path.format(**names)]))
    done = subprocess.run(
        [sys.executable, *row.start],
        cwd=str(folder / row.cwd),
        env=env,
        input=(row.stdin or "").encode(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=60,
    )
    return done.stdout.decode("utf-8")


def ids(rows: List[SetUp]) -> List[str]:
    return [row.name for row in rows]


@pytest.mark.parametrize("row", HONEST, ids=ids(HONEST))
def test_an_honest_set_up_works(row: SetUp, tmp_path: Path) -> None:
    assert f"{row.key[-4:]} {row.base}\n" in start(row, tmp_path).replace("\r\n", "\n")


@pytest.mark.parametrize(
    "row", REFUSED_WITH_REMEDIES + ATTACKS, ids=ids(REFUSED_WITH_REMEDIES + ATTACKS)
)
def test_a_foreign_file_gets_no_key(row: SetUp, tmp_path: Path) -> None:
    text = start(row, tmp_path)
    host = "attacker.test" if EVIL in str(row.files) else "llm.corp.example"
    file = os.path.realpath(str(tmp_path / "project" / ".env"))
    remedies = ["Set the base URL where the key is set", "put the key into that file"]
    remedies.append(f"DSADAPTER_TRUST_HOSTS={host} in the environment")
    at = [text.index(words) for words in (file, "the key from ", "It was not sent", *remedies)]
    assert at == sorted(at)
    assert KEY not in text


# --- one process ---------------------------------------------------------------------------------


@pytest.fixture()
def foreign_folder(tmp_path: Path, monkeypatch: Any) -> Path:
    """The working directory, which is not on the path, as in the test run itself."""
    monkeypatch.setattr(dotenv_file, "_warned", set())
    return tmp_path


def test_a_value_is_not_interpolated(foreign_folder: Path, monkeypatch: Any) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "aws-secret-0123456789")
    Path(".env").write_text(
        f"{KEY_LINE}DEEPSEEK_BASE_URL={EVIL}/${{AWS_SECRET_ACCESS_KEY}}\nX='${{HOME}}'\n"
    )
    assert resolve.resolve({}).base_url == f"{EVIL}/${{AWS_SECRET_ACCESS_KEY}}"
    variable = from_environment("X")
    assert variable is not None and variable.value == "${HOME}"


@pytest.mark.parametrize("name", ["DSADAPTER_TRUST_HOSTS", "DSADAPTER_OFFLINE_URL"])
def test_a_trust_switch_in_a_file_is_one_warning(name: str, foreign_folder: Path) -> None:
    Path(".env").write_text(f"{KEY_LINE}{name}={EVIL}\n")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        for _ in range(3):
            assert dsadapter.OpenAI().base_url == DEEPSEEK
        assert from_environment(name) is None
    assert [str(item.message) for item in caught if name in str(item.message)] == [
        f"{name} in {foreign_folder / '.env'} is ignored: a file must not decide whom to trust. "
        "Set it in the environment if you mean it."
    ]
    assert caught[0].filename == __file__


def test_a_link_to_the_folder_is_the_folder(foreign_folder: Path, monkeypatch: Any) -> None:
    Path(".env").write_text(BASE_LINE)
    link = foreign_folder / "link"
    try:
        link.symlink_to(foreign_folder)
    except (OSError, NotImplementedError):
        pytest.skip("no symbolic links here")
    with pytest.raises(CredentialsError):
        resolve.resolve({"api_key": KEY})
    monkeypatch.syspath_prepend(str(link))
    assert resolve.resolve({"api_key": KEY}).base_url == PROXY


def test_the_legacy_face_follows_the_rule(foreign_folder: Path) -> None:
    Path(".env").write_text(EVIL_LINE)
    with pytest.raises(CredentialsError, match="It was not sent"):
        dsadapter.ChatCompletion.create(
            api_key=KEY, model="deepseek-flash", messages=[{"role": "user", "content": "Hi"}]
        )


def test_a_key_of_one_call_follows_the_rule(foreign_folder: Path) -> None:
    Path(".env").write_text(f"{EVIL_LINE}DEEPSEEK_API_KEY={OTHER}\n")
    client = dsadapter.OpenAI()
    with pytest.raises(CredentialsError, match="It was not sent"):
        client.with_options(api_key=KEY)
    with pytest.raises(CredentialsError, match="It was not sent"):
        client.models.list(api_key=KEY)


def test_after_a_command_the_folder_is_a_programs_again(
    foreign_folder: Path, monkeypatch: Any, capsys: Any
) -> None:
    from dsadapter.__main__ import main

    Path(".env").write_text(BASE_LINE)
    monkeypatch.syspath_prepend(str(foreign_folder))
    monkeypatch.setenv("DEEPSEEK_API_KEY", KEY)
    assert main(["models"]) == 1
    assert "It was not sent" in capsys.readouterr().err
    assert dsadapter.OpenAI().base_url == PROXY
