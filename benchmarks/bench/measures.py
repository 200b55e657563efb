"""What figures.py measures itself, or reads from what the tools of the tests print."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from typing import Any, Callable, Dict, List, NamedTuple, Optional, Tuple

from . import envs
from .code_lines import code_lines

PYRIGHT = "pyright[nodejs]==1.1.414"  # as the environment types of tox has it
EXTRAS = ("", "fast", "gateway", "langchain", "chat", "otel", "openai")
# So that what users may have beside us has types, too.
TYPED_BESIDE = ("openai", "fast", "gateway", "langchain", "chat", "otel")
Value = Dict[str, Any]


class Measure(NamedTuple):
    """One entry of figures.json: made by ``take``, or read from what ``command`` printed."""

    take: Optional[Callable[[], Value]] = None
    command: Tuple[str, ...] = ()  # behind the interpreter
    read: Optional[Callable[[str], Value]] = None
    variables: Dict[str, str] = {}
    minutes: float = 1.0  # about, on two quiet cores

    def shown(self, name: str) -> str:
        """The command that measures it again."""
        return f"python benchmarks/figures.py --measure {name}"


# --- sizes ---------------------------------------------------------------------------------------


def sizes() -> Value:
    """Files and lines of each folder, and of the files beside them; code is what is no comment,
    docstring or blank line."""
    package = envs.REPOSITORY / "dsadapter"
    rooms: Dict[str, Dict[str, int]] = {}
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package).parts
        source = path.read_text(encoding="utf-8")
        room = rooms.setdefault(f"{parts[0]}/" if len(parts) > 1 else "", dict(_NO_LINES))
        room["files"] += 1
        room["lines"] += len(source.splitlines())
        room["code"] += len(code_lines(source))
    return {"rooms": rooms}


_NO_LINES = {"files": 0, "lines": 0, "code": 0}


# --- what is published ---------------------------------------------------------------------------


def wheel() -> Value:
    """Bytes of the wheel and the sdist, files of the wheel, bytes unpacked."""
    with tempfile.TemporaryDirectory() as folder:
        built = _built(Path(folder))
        (sdist,) = built.glob("*.tar.gz")
        path = _wheel_in(built)
        with zipfile.ZipFile(path) as archive:
            files = archive.infolist()
        return {
            "wheel_bytes": path.stat().st_size,
            "sdist_bytes": sdist.stat().st_size,
            "files": len(files),
            "unpacked_bytes": sum(file.file_size for file in files),
        }


def install() -> Value:
    """A fresh environment for each extra: packages, bytes, seconds."""
    extras: Dict[str, Dict[str, Any]] = {}
    with tempfile.TemporaryDirectory() as folder:
        path = _wheel_in(_built(Path(folder)))
        for extra in EXTRAS:
            place = Path(folder, f"env-{extra}")
            before = _made(place, [])
            began = time.monotonic()
            _install(place, [f"{path}[{extra}]" if extra else str(path)])
            seconds, now = time.monotonic() - began, _packages(place)
            extras[extra] = {
                "packages": len(set(now) - set(before)),
                "bytes": _size_of(Path(_site(place))),
                "seconds": round(seconds, 1),
            }
    return {"extras": extras, "with": "uv" if shutil.which("uv") else "pip"}


def typing() -> Value:
    """pyright's completeness of the package's types, where the extras are installed."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder, "env")
        _made(place, [f"{envs.REPOSITORY}[{','.join(TYPED_BESIDE)}]", PYRIGHT])
        command = [_python(place), "-m", "pyright", "--verifytypes", "dsadapter"]
        path = os.pathsep.join([str(Path(_python(place)).parent), os.environ["PATH"]])
        done = subprocess.run(
            [*command, "--ignoreexternal", "--outputjson"],
            cwd=folder,
            env={**envs.variables(), "PATH": path},  # it asks the first Python there
            stdout=subprocess.PIPE,
        )
        report = json.loads(done.stdout.decode())["typeCompleteness"]
    counts = report["exportedSymbolCounts"]
    known, total = counts["withKnownType"], sum(counts.values())
    if not total:
        raise ValueError("pyright saw no symbols")
    return {"known": known, "symbols": total, "score": report["completenessScore"]}


def _built(folder: Path) -> Path:
    """The folder with both files."""
    place, target = folder / "build", folder / "dist"
    _made(place, ["build"])
    command = [_python(place), "-m", "build", "--outdir", str(target), str(envs.REPOSITORY)]
    subprocess.run(command, check=True, env=envs.variables(), stdout=subprocess.DEVNULL)
    return target


def _wheel_in(folder: Path) -> Path:
    (path,) = folder.glob("*.whl")
    return path


def _made(place: Path, packages: List[str]) -> List[str]:
    """A fresh environment; the names of what is in it."""
    envs.create(place, packages)
    return _packages(place)


def _install(place: Path, packages: List[str]) -> None:
    envs.install(_python(place), packages)


def _python(place: Path) -> str:
    return str(envs.python_of(place))


def _site(place: Path) -> str:
    return str(envs.ask(_python(place))[0])


def _packages(place: Path) -> List[str]:
    return list(envs.ask(_python(place))[1])


def _size_of(folder: Path) -> int:
    """Bytes of the files, without bytecode."""
    paths = (path for path in folder.rglob("*") if "__pycache__" not in path.parts)
    return sum(path.stat().st_size for path in paths if path.is_file())


# --- what tools of the tests print ---------------------------------------------------------------


def mutation(text: str) -> Value:
    """The summary of tests/mutation/run.py."""
    match = _last(r"(\d+) of (\d+) tried; (\d+) of (\d+) killed", text)
    tried, sample, killed, counted = map(int, match)
    return {"tried": tried, "sample": sample, "killed": killed, "counted": counted}


def doctor(text: str) -> Value:
    """The rates that the doctor's tests print with ``-s``."""
    true = _last(r"(\d+) of (\d+) findings true", text)
    rates = re.findall(r"(\d+) of (\d+) right, (\d+) wrong, (\d+) of them certain", text)
    found = re.findall(r"^\W*(\d+) of (\d+) found", text, re.M)
    if not rates or not found:
        raise ValueError("the tests printed no rates: do they run with -s?")
    lowest = min(rates, key=lambda rate: int(rate[0]))
    return {
        "true": int(true[0]),
        "findings": int(true[1]),
        "right": int(lowest[0]),
        "texts": int(lowest[1]),
        "wrong": max(int(rate[2]) for rate in rates),
        "wrong_and_certain": max(int(rate[3]) for rate in rates),
        "found": sum(int(pair[0]) for pair in found),
        "faulty": sum(int(pair[1]) for pair in found),
    }


def passed(text: str) -> Value:
    """The last line of pytest."""
    counts = dict.fromkeys(("passed", "failed", "error"), 0)
    for number, word in re.findall(r"(\d+) (passed|failed|error)", text.strip().split("\n")[-1]):
        counts[word] = int(number)
    if not any(counts.values()):
        raise ValueError("pytest's last line is not there")
    return counts


def _last(pattern: str, text: str) -> Any:
    found = re.findall(pattern, text)
    if not found:
        raise ValueError(f"nothing there is like {pattern!r}")
    return found[-1]


_PYTEST = ("-m", "pytest", "-q", "-s", "-p", "no:cacheprovider")
_DOCTOR = ("test_doctor_published.py", "test_doctor_error_texts.py", "test_scan_spellings.py")
_ENVS = {"DSADAPTER_TEST_ENVS": "1"}
MEASURES: Dict[str, Measure] = {
    "sizes": Measure(sizes),
    "wheel": Measure(wheel),
    "install": Measure(install, minutes=3),
    "typing": Measure(typing, minutes=2),
    "doctor": Measure(
        None, (*_PYTEST, *(f"tests/doctor/{file}" for file in _DOCTOR)), doctor, _ENVS, 8
    ),
    "environments": Measure(
        None, (*_PYTEST, "tests/doctor/test_doctor_corpus.py"), passed, _ENVS, 20
    ),
    "mutation": Measure(None, ("tests/mutation/run.py",), mutation, {}, 60),
}


def taken(measure: Measure) -> Value:
    """Measure; a tool's output passes through as it comes."""
    if measure.take is not None:
        return measure.take()
    assert measure.read is not None
    variables = {**os.environ, **measure.variables, "PYTHONUNBUFFERED": "1"}
    variables["PYTHONPATH"] = str(envs.REPOSITORY)
    lines = []
    with subprocess.Popen(
        [sys.executable, *measure.command],
        cwd=str(envs.REPOSITORY),
        env=variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            text = line.decode("utf-8", "replace")
            sys.stderr.write(text)
            lines.append(text)
    return measure.read("".join(lines))
