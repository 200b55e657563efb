"""Frameworks of others with our clients, each in an environment of its own beside its SDK."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Dict, List, NamedTuple, Tuple

import pytest

import dsadapter

pytestmark = [
    pytest.mark.envs,
    pytest.mark.skipif(
        os.environ.get("DSADAPTER_TEST_ENVS") != "1",
        reason="DSADAPTER_TEST_ENVS=1 installs packages",
    ),
    pytest.mark.skipif(sys.version_info < (3, 10), reason="openai 3 needs Python 3.10"),
]
ROOT = str(Path(dsadapter.__file__).parents[1])
PROGRAMS = Path(__file__).with_name("programs")
OURS = ["requests", "httpx", "python-dotenv", "packaging"]
RUN = ["-m", "dsadapter", "run", "--offline"]
WAYS: Dict[str, Tuple[str, List[str]]] = {
    "import dsadapter": ("dsadapter", []),
    "run --modern adapter": ("openai", ["--modern", "adapter"]),
}


class Framework(NamedTuple):
    """A program of ``programs``, what it needs, and how many answers it prints."""

    program: str
    packages: Tuple[str, ...]
    answers: int


FRAMEWORKS = {
    "openai-agents": Framework("agents", ("openai-agents", "openai>=3.57"), 2),
    "pydantic-ai": Framework("pydantic_ai", ("pydantic-ai-slim[openai]", "openai>=3.57"), 2),
    "instructor": Framework("instructor", ("instructor",), 2),  # it brings the SDK that it can
    "litellm": Framework("litellm", ("litellm", "openai>=3.57"), 3),
    "smolagents": Framework("smolagents", ("smolagents[openai]", "openai>=3.57"), 2),
    "langchain": Framework(
        "langchain_openai", ("langchain", "langchain-openai", "openai>=3.57"), 5
    ),
    "aisuite": Framework("aisuite", ("aisuite", "openai>=3.57"), 2),
    "streamlit": Framework("streamlit", ("streamlit", "openai>=3.57"), 2),
    "fastapi": Framework("fastapi", ("fastapi", "httpx2", "openai>=3.57"), 1),
    "mocks of httpx": Framework("http_mocks", ("respx", "vcrpy", "pytest-httpx", "openai<3"), 3),
    "fastapi, pydantic 1": Framework("fastapi", ("fastapi<0.120", "pydantic<2", "openai<2"), 1),
}


class Environment(NamedTuple):
    python: str
    folder: Path
    framework: Framework


@pytest.fixture(scope="module", params=FRAMEWORKS)
def environment(request: Any, tmp_path_factory: Any) -> Environment:
    framework = FRAMEWORKS[request.param]
    folder = tmp_path_factory.mktemp(framework.program)
    python = str(folder / "env" / ("Scripts" if os.name == "nt" else "bin") / "python")
    install = [python, "-m", "pip", "install", "-q"]
    uv = shutil.which("uv")
    if uv and subprocess.run([uv, "--version"], capture_output=True).returncode == 0:
        subprocess.run([uv, "venv", "-q", "-p", sys.executable, "env"], cwd=folder, check=True)
        install = [uv, "pip", "install", "-q", "--python", python]
    else:
        subprocess.run([sys.executable, "-m", "venv", "env"], cwd=folder, check=True)
    subprocess.run([*install, *OURS, *framework.packages], check=True)
    return Environment(python, folder, framework)


@pytest.mark.parametrize("way", WAYS)
def test_a_framework_works_with_our_clients(environment: Environment, way: str) -> None:
    package, options = WAYS[way]
    source = (PROGRAMS / f"{environment.framework.program}.py").read_text(encoding="utf-8")
    # Not under the name of the framework, which the program imports.
    program = environment.folder / "program.py"
    program.write_text(source.replace("OURS", package), encoding="utf-8")
    done = subprocess.run(
        [
            environment.python,
            "-W",
            "ignore",
            "-m",
            "dsadapter",
            "run",
            "--offline",
            *options,
            program,
        ],
        cwd=environment.folder,
        env={**os.environ, "PYTHONPATH": ROOT, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    answers = [line for line in done.stdout.splitlines() if "hello" in line]
    assert len(answers) == environment.framework.answers, done.stdout
