"""Programs that leave this machine: frozen.py, the Dockerfile, uvx. Each builds an environment."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Dict, Iterator, List
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest
from recipes import RECIPES, ROOT

from dsadapter.integrations import pyinstaller as hooks
from dsadapter.testing import Emulator

envs = [
    pytest.mark.envs,
    pytest.mark.skipif(
        os.environ.get("DSADAPTER_TEST_ENVS") != "1",
        reason="DSADAPTER_TEST_ENVS=1 installs packages",
    ),
]
BIN = "Scripts" if os.name == "nt" else "bin"


def made(folder: Path, *packages: str) -> Path:
    """The folder of programs of a new environment with this package."""
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    call(str(folder / BIN / "pip"), "install", "-q", *packages, str(ROOT))
    return folder / BIN


def call(*command: str, folder: Path = ROOT, **variables: str) -> str:
    """What a command prints; it must end well. Nothing of this process's package is in reach."""
    clean = {name: text for name, text in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        command, cwd=str(folder), env={**clean, **variables}, capture_output=True, timeout=900
    )
    out, err = (text.decode("utf-8", "replace") for text in (done.stdout, done.stderr))
    assert done.returncode == 0, out + err
    return out


def test_the_hook_is_where_the_entry_point_says() -> None:
    (folder,) = hooks.hook_dirs()
    assert [path.name for path in Path(folder).glob("hook-*.py")] == ["hook-dsadapter.py"]
    assert 'hook-dirs = "dsadapter.integrations.pyinstaller:hook_dirs"' in (
        ROOT / "pyproject.toml"
    ).read_text(encoding="utf-8")


class TestFrozen:
    pytestmark = envs

    @pytest.mark.parametrize("sdk", ["", "openai==3.57.0"], ids=["none", "3.57.0"])
    def test_it_speaks_through_what_it_was_frozen_with(
        self, sdk: str, emulator: Emulator, tmp_path: Path
    ) -> None:
        packages = ["pyinstaller", *([sdk] if sdk else [])]
        programs = made(tmp_path / "env", *packages)
        command = [str(programs / "pyinstaller"), "--onefile", "--log-level", "ERROR"]
        call(*command, str(RECIPES / "frozen.py"), folder=tmp_path)
        (tmp_path / "elsewhere").mkdir()
        program = shutil.move(str(tmp_path / "dist" / "frozen"), str(tmp_path / "elsewhere"))
        shutil.rmtree(str(tmp_path / "env"))
        answer, backend = call(str(program), "Hi", folder=tmp_path).splitlines()
        assert 'You wrote: "Hi"' in answer
        assert backend == f"[through {'modern-openai' if sdk else 'raw-requests'}]"


class TestDocker:
    """Without an engine: the commands of the file in a new environment. What an image adds to
    them (its Python, the two stages, the mount, the user) is not tried here."""

    pytestmark = envs

    @pytest.fixture()
    def lines(self) -> List[str]:
        return (RECIPES / "Dockerfile").read_text(encoding="utf-8").splitlines()

    @pytest.fixture()
    def service(self, lines: List[str], emulator: Emulator, tmp_path: Path) -> Iterator[Any]:
        subprocess.run([sys.executable, "-m", "venv", str(tmp_path / "env")], check=True)
        programs = tmp_path / "env" / BIN
        wheel, install = (line[4:] for line in lines if line.startswith("RUN "))
        install = re.sub(r"^--mount=\S+ ", "", install)
        for command in (wheel, install):
            command = command.replace("/src", str(ROOT)).replace("/wheels", str(tmp_path / "w"))
            call("sh", "-c", f"{programs}/{command}", folder=tmp_path)
        started = json.loads(lines[-1][4:])
        started[-1] = "8765"
        variables = {**os.environ, "DEEPSEEK_API_KEY": "sk-any"}
        variables["DSADAPTER_GATEWAY_TOKENS"] = "t" * 32
        variables.pop("PYTHONPATH", None)
        started[0] = str(programs / started[0])
        process = subprocess.Popen(started, cwd=str(tmp_path), env=variables)
        yield programs, started[-1]
        process.terminate()
        process.wait(30)

    def test_its_commands_give_a_service_that_is_healthy(
        self, service: Any, lines: List[str], tmp_path: Path
    ) -> None:
        programs, port = service
        (check,) = (re.findall(r'-c "(.*)"$', x)[0] for x in lines if x.startswith("HEALTHCHECK"))
        waited_for(port)
        call(str(programs / "python"), "-c", check.replace("8000", port), folder=tmp_path)
        assert "Hello" in asked(port, {"Authorization": f"Bearer {'t' * 32}"})
        with pytest.raises(URLError, match="401"):
            asked(port, {})


def waited_for(port: str) -> None:
    ends = time.monotonic() + 60
    while time.monotonic() < ends:
        try:
            urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).close()
            return
        except URLError:
            time.sleep(0.2)
    raise AssertionError("nothing answers")


def asked(port: str, headers: Dict[str, str]) -> str:
    body = {"model": "deepseek-flash", "messages": [{"role": "user", "content": "Hello"}]}
    request = Request(
        f"http://127.0.0.1:{port}/v1/chat/completions",
        json.dumps(body).encode(),
        {"Content-Type": "application/json", **headers},
    )
    with urlopen(request, timeout=30) as response:
        return str(response.read().decode("utf-8"))


class TestUvx:
    pytestmark = envs

    def test_the_command_of_the_page(self) -> None:
        uvx = shutil.which("uvx")
        if uvx is None:
            pytest.skip("there is no uvx here")
        assert "很高兴" in call(uvx, "--from", ".", "dsadapter", "chat", "--offline", "你好")
