"""A part whose extra is not installed says so in one sentence."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import List, Tuple

import pytest

import dsadapter
from dsadapter._distribution import REPOSITORY

ROOT = str(Path(str(dsadapter.__file__)).parent.parent)


NOT_INSTALLED = """
import sys
class Nothing:
    def find_spec(self, name, *_):
        if name == {module!r}:
            raise ModuleNotFoundError("No module named " + name, name=name)
sys.meta_path.insert(0, Nothing())
"""


def without(module: str, folder: Path, arguments: List[str]) -> Tuple[int, str]:
    """Exit code and stderr of a Python to which ``module`` looks as if it were not installed."""
    modules = folder / "modules"  # not where it runs: commands import nothing from there
    modules.mkdir()
    (modules / "sitecustomize.py").write_text(NOT_INSTALLED.format(module=module))
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=str(folder),
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(modules), ROOT])},
        capture_output=True,
        timeout=60,
    )
    return done.returncode, done.stderr.decode("utf-8").replace("\r\n", "\n")


def sentence(part: str, module: str) -> str:
    return (
        f"dsadapter.integrations.{part} needs {module}, which is not installed: "
        f'pip install ".[{part}]" in a clone of {REPOSITORY} '
        f'(once dsadapter is on the package index: pip install "dsadapter[{part}]")\n'
    )


def test_the_backend_is_the_one_that_this_environment_is_for() -> None:
    expected = os.environ.get("DSADAPTER_EXPECT_BACKEND")
    if not expected:
        pytest.skip("DSADAPTER_EXPECT_BACKEND is not set: any backend will do")
    assert dsadapter.OpenAI(api_key="any", base_url="http://127.0.0.1:9").backend == expected


def test_serve(tmp_path: Path) -> None:
    command = ["-m", "dsadapter", "serve", "--offline"]
    text = sentence("gateway", "fastapi").replace("dsadapter.integrations.gateway", "serve")
    assert without("fastapi", tmp_path, [*command, "--lang", "en"]) == (1, text)


@pytest.mark.parametrize(
    ("part", "module", "name"),
    [
        ("gateway", "fastapi", "create_app"),
        ("langchain", "langchain_core", "ChatDeepSeek"),
        ("ray", "ray", "chat"),
    ],
)
def test_an_import(part: str, module: str, name: str, tmp_path: Path) -> None:
    program = f"from dsadapter.integrations.{part} import {name}"
    code, said = without(module, tmp_path, ["-c", program])
    assert code == 1
    assert said.endswith(f"MissingExtraError: {sentence(part, module)}")


def test_it_is_an_import_error() -> None:
    from dsadapter.integrations._extras import MissingExtraError, require_extra

    with pytest.raises(MissingExtraError) as caught, require_extra("this", "extra", "lib"):
        raise ModuleNotFoundError("No module named 'lib.part'", name="lib.part")
    assert isinstance(caught.value, ImportError)
    with pytest.raises(ModuleNotFoundError), require_extra("this", "extra", "lib"):
        raise ModuleNotFoundError("No module named 'other'", name="other")
