"""This environment: what the SDK does alone, what dsadapter does with it, what the doctor says.

The native outcomes are recorded, whatever they are; dsadapter's have to be passes.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any, Dict, Iterator, List

import embedding_vendor
import pytest
from compat_matrix.capabilities import CAPABILITIES
from compat_matrix.product import BY_NAME
from packaging.requirements import Requirement

import dsadapter
from dsadapter._backends import detection as _detect
from dsadapter.testing import Emulator

HERE = Path(__file__).parent
ROOT = str(Path(str(dsadapter.__file__)).parents[1])
PROGRAMS = HERE.parent / "guide" / "programs" / "unedited"
NAME = os.environ.get("TOX_ENV_NAME", "")
KEY = "sk-0123456789abcdef0123456789abcdef"
IDS = [row.id for row in CAPABILITIES]
PYDANTIC = _detect.installed_version("pydantic")
HAS_PYDANTIC = bool(PYDANTIC) and not PYDANTIC.startswith(("0.", "1."))  # 2, for ``parse``


def clean_environment() -> Dict[str, str]:
    names = ("PATH", "HOME", "USERPROFILE", "SYSTEMROOT", "TEMP", "TMP", "LANG")
    kept = {name: os.environ[name] for name in names if name in os.environ}
    return {
        **kept,
        "PYTHONPATH": ROOT,
        "PYTHONIOENCODING": "utf-8",
        "DEEPSEEK_API_KEY": KEY,
    }


def python(arguments: List[str], folder: Path) -> Any:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=str(folder),
        env=clean_environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )


@pytest.fixture(scope="module")
def vendor() -> Iterator[str]:
    yield from embedding_vendor.serving()


@pytest.fixture(scope="module")
def probe(tmp_path_factory: Any, vendor: str) -> Iterator[Any]:
    folder = tmp_path_factory.mktemp("probe")

    def run(subject: str, *more: str) -> Any:
        where = ["--url", usual.base_url, "--strict", strict.base_url, "--programs", str(PROGRAMS)]
        where += ["--vendor", vendor]
        done = python([str(HERE / "probe"), subject, *where, *more], folder)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    with Emulator() as usual, Emulator(refuse_retired=True) as strict:
        yield run


@pytest.fixture(scope="module")
def native(probe: Any) -> Any:
    return probe("openai")


@pytest.fixture(scope="module")
def adapter(probe: Any, native: Any) -> Any:
    return probe("dsadapter", "--face", native["face"] or "modern")


@pytest.mark.skipif(NAME not in BY_NAME, reason="not an environment of the product")
def test_the_environment_is_what_its_name_says() -> None:
    sdk = BY_NAME[NAME].sdk
    assert dsadapter.selection().name == sdk.backend
    for requirement in map(Requirement, sdk.requirements):
        assert requirement.specifier.contains(version(requirement.name)), requirement
    assert not [name for name in sdk.without if _detect.installed_version(name)]


def test_both_were_asked_everything(native: Any, adapter: Any) -> None:
    assert set(native["outcomes"]) == set(adapter["outcomes"]) == set(IDS)


@pytest.mark.parametrize("capability", IDS)
def test_native(capability: str, native: Any, record_property: Any) -> None:
    outcome = native["outcomes"][capability]
    record_property(f"native:{capability}", outcome)
    assert outcome["outcome"] in ("pass", "fail", "not-applicable")


@pytest.mark.parametrize("capability", IDS)
def test_dsadapter(capability: str, adapter: Any, record_property: Any) -> None:
    outcome = adapter["outcomes"][capability]
    record_property(f"dsadapter:{capability}", outcome)
    if capability == "parse" and not HAS_PYDANTIC:
        assert outcome["outcome"] == "not-applicable"
    else:
        assert (outcome["outcome"], outcome["text"]) == ("pass", "")


def test_the_doctor_says_what_the_sdk_does(native: Any, tmp_path: Path) -> None:
    """Healthy, but for what the product knows, and where the SDK alone cannot construct its
    client; that and nothing else."""
    done = python(["-m", "dsadapter", "doctor", "--json", "--no-color"], tmp_path)
    findings = json.loads(done.stdout)["findings"]
    failed = {row["id"]: row["message"] for row in findings if row["status"] in ("fail", "crash")}
    text = native["outcomes"]["modern-chat"]["text"]
    expected = {"conflict-httpx-proxies"} if "'proxies'" in text else set()
    if NAME in BY_NAME:
        expected |= set(BY_NAME[NAME].sdk.findings)
    assert set(failed) == expected, failed
