"""Group python: the interpreter and the environment that ``pip install`` reaches."""

from __future__ import annotations

from typing import Iterator

from ..._texts import doctor_python as texts
from ..._texts.text import untranslated
from ..check import check
from ..findings import Finding, Fix, fail, info, ok, warn
from ..fix_commands import fix, set_variable
from ..snapshot import Snapshot

OLDEST, NEWEST = (3, 8), (3, 14)
# Version: the month in which its last fixes came out (devguide.python.org/versions).
END_OF_LIFE = {
    "3.8": "2024-10",
    "3.9": "2025-10",
    "3.10": "2026-10",
    "3.11": "2027-10",
    "3.12": "2028-10",
    "3.13": "2029-10",
    "3.14": "2030-10",
}
# The newest openai that really installs there (sdk-matrix 5).
NEWEST_SDK = {"3.8": "2.2.0", "3.9": "2.48.0"}
SAMPLE = "你好😊"


def _numbers(s: Snapshot) -> str:
    return ".".join(s.python.version.split(".")[:2])


def version(s: Snapshot) -> Iterator[Finding]:
    """A Python that is too old, or newer than what was tried."""
    number = tuple(int(part) for part in _numbers(s).split("."))
    if number < OLDEST:
        yield fail(texts.TOO_OLD(v=s.python.version), fix=Fix(texts.INSTALL_NEWER))
    elif number > NEWEST:
        yield info(texts.UNTRIED(v=s.python.version))
    else:
        yield ok(untranslated(f"{s.python.implementation} {s.python.version}"))


def end_of_life(s: Snapshot) -> Iterator[Finding]:
    """A Python that gets no security fixes any more."""
    ended = END_OF_LIFE.get(_numbers(s))
    if not ended or s.python.today[:7] <= ended:
        return
    newest = NEWEST_SDK.get(_numbers(s))
    details = [texts.NEWEST_HERE(v=newest, python=_numbers(s))] if newest else []
    yield warn(
        texts.END_OF_LIFE(v=_numbers(s), ended=ended), *details, fix=Fix(texts.NEW_ENVIRONMENT)
    )


def environment(s: Snapshot) -> Iterator[Finding]:
    """An environment that is activated or there, and does not run."""
    python = s.python
    if python.active_venv:
        yield warn(
            texts.OTHER_ACTIVE(active=python.active_venv, exe=python.executable),
            fix=Fix(texts.START_THERE),
        )
    elif python.kind == "system" and python.unused_venv:
        yield warn(
            texts.UNUSED_VENV(venv=python.unused_venv, exe=python.executable),
            fix=fix(s, texts.ACTIVATE, _activation(s, python.unused_venv)),
        )
    elif python.managed:
        yield info(
            texts.MANAGED,
            fix=fix(s, texts.NEW_VENV, "python -m venv .venv", _activation(s, ".venv"), steps=True),
        )
    else:
        yield ok(untranslated(f"{python.kind}: {python.executable}"))


def _activation(s: Snapshot, folder: str) -> str:
    return f"{folder}\\Scripts\\activate" if s.python.windows else f"source {folder}/bin/activate"


def pip(s: Snapshot) -> Iterator[Finding]:
    """A pip that installs into another Python."""
    python = s.python
    if not python.has_pip and not python.uv:  # also where a foreign pip is on PATH
        yield warn(texts.NO_PIP, fix=fix(s, texts.INSTALL_PIP, "python -m ensurepip --upgrade"))
    elif python.python.here and python.pip.here is False:
        yield warn(
            texts.FOREIGN_PIP(pip=python.pip.path), fix=fix(s, texts.USE_THIS, "pip install ...")
        )
    elif not python.python.here:
        yield ok(texts.OTHER_PYTHON)


def path(s: Snapshot) -> Iterator[Finding]:
    """Site folders of another Python on the search path."""
    for folder in s.python.foreign_paths:
        yield fail(
            texts.FOREIGN_PATH(folder=folder),
            fix=fix(
                s,
                texts.LEAVE_PYTHONPATH,
                "Remove-Item Env:PYTHONPATH" if s.python.windows else "unset PYTHONPATH",
            ),
        )


def console(s: Snapshot) -> Iterator[Finding]:
    """A console whose encoding has no emoji."""
    try:
        SAMPLE.encode(s.python.stdout)
    except (UnicodeEncodeError, LookupError):
        yield warn(
            texts.NO_EMOJI(encoding=s.python.stdout),
            fix=fix(s, texts.WRITE_UTF8, set_variable(s, "PYTHONUTF8", "1")),
        )


CHECKS = (
    check("python-version", version),
    check("python-end-of-life", end_of_life),
    check("python-environment", environment),
    check("python-pip", pip),
    check("python-path", path),
    check("python-console", console),
)
