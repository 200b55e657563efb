"""Commands load no module from the working directory, where a stranger may have put one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import List

import pytest

ROOT = Path(__file__).resolve().parents[2]
# The standard library's, what dsadapter needs, and what it uses where it is there.
STRANGERS = "__future__ json typing ssl socket http requests urllib3 httpx dotenv orjson openai"
STRANGERS += " aiohttp certifi packaging sqlite3 locale sitecustomize"
COMMANDS = [
    ["--version"],
    ["--help"],
    ["chat", "--offline", "hello"],
    ["models", "--offline"],
    ["balance", "--offline", "--json"],
    ["doctor", "--list"],
    ["explain", "--help"],
    ["matrix", "--help"],
    ["emulator", "--help"],
    ["nonsense"],
]


@pytest.fixture()
def folder(tmp_path: Path) -> Path:
    for name in STRANGERS.split():
        (tmp_path / f"{name}.py").write_text(f"import sys\nsys.stdout.write('LOADED {name}\\n')\n")
    return tmp_path


def start(folder: Path, *arguments: str) -> str:
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=str(folder),
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=60,
    )
    return done.stdout.decode("utf-8", "replace")


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_command_loads_nothing_from_there(command: List[str], folder: Path) -> None:
    text = start(folder, "-m", "dsadapter", *command)
    assert "LOADED" not in text
    assert "Traceback" not in text and text


def test_neither_through_an_empty_entry_of_the_path(folder: Path) -> None:
    path = os.pathsep.join(["", str(ROOT)])
    code = "import os, sys; os.environ['PYTHONPATH'] = sys.argv[1]; "
    code += "os.execv(sys.executable, [sys.executable, '-m', 'dsadapter', 'models', '--offline'])"
    if os.name == "nt":
        pytest.skip("exec there starts another process")
    (folder / "sitecustomize.py").unlink()  # Python itself loads that one
    text = start(folder, "-I", "-c", code, path)
    assert "LOADED" not in text and "deepseek" in text


def test_run_gives_it_to_the_program(folder: Path) -> None:
    (folder / "beside.py").write_text("print('beside was loaded')\n")
    (folder / "main.py").write_text("import beside, sys\nprint(sys.path[0])\n")
    for program in (["main.py"], ["-m", "main"], ["-c", "import beside, sys\nprint(sys.path[0])"]):
        for name in ("json", "orjson", "typing", "socket"):
            assert f"LOADED {name}" not in start(folder, "-m", "dsadapter", "run", "nothing.py")
        text = start(folder, "-m", "dsadapter", "run", *program)
        assert "beside was loaded" in text
        plain = start(folder, *program).splitlines()
        assert plain[-1] in text.splitlines()


def test_the_doctor_still_sees_what_lies_there(folder: Path) -> None:
    text = start(folder, "-m", "dsadapter", "doctor", "--no-probe")
    assert "requests.py" in text and "LOADED" not in text
