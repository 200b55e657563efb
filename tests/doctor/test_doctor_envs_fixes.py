"""Every environment of ``test_doctor_envs`` that is broken: ``--fix --yes`` mends it, and nothing
else is wrong then, or says why it does not.

Minutes long, through the package index; CI leaves it out: ``tox run -e fixes``.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Dict, List, NamedTuple, Tuple

import pytest
from doctor_machines import Ran, command
from test_doctor_envs import (
    AGED,
    BROKEN,
    CONFLICTS,
    FILES,
    INDEX,
    KEY,
    NEW,
    OWN,
    VARIABLES,
    Change,
    copied,
    doctor,
    environments,
    ports,
)

__all__ = ["doctor", "environments", "ports"]  # fixtures
pytestmark = [
    pytest.mark.envs,
    pytest.mark.skipif(
        not os.environ.get("DSADAPTER_TEST_FIXES"),
        reason="breaks and mends environments through the package index: DSADAPTER_TEST_FIXES=1",
    ),
]
BY_HAND = "This has to be done by hand."


class Case(NamedTuple):
    check: str
    packages: Tuple[str, ...]
    forced: Tuple[str, ...] = ()
    change: Change = lambda python, site: None
    env: Dict[str, str] = {}
    file: str = ""
    raw: bytes = b""


CASES: List[Case] = [
    *(Case(f.found[0], f.packages, f.forced) for f in CONFLICTS),
    *(Case(check, packages, (), change) for check, packages, change in BROKEN),
    *(Case(check, (package,), env=env) for check, package, env in VARIABLES),
    *(Case(check, (package,), file=name, raw=raw) for check, package, name, raw in FILES),
]


def run(case: Case, python: str, work: Path, env: Dict[str, str], *argv: str) -> Ran:
    return command("doctor", *argv, cwd=work, python=python, env={**KEY, **INDEX, **env})


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.check}-{case.packages[-1]}")
def test_the_fix_mends_or_says_why_not(
    case: Case, environments: Any, ports: Any, tmp_path: Path
) -> None:
    if not NEW and "openai==3.54.0" in case.packages:
        pytest.skip("openai 3 needs Python 3.10")
    pinned = {word.partition("=")[0] for word in (*case.packages, *case.forced)}
    own = tuple(name for name in OWN if name not in pinned)
    place = copied(environments((*case.packages, *own), case.forced), tmp_path / "env")
    case.change(place.python, place.site)
    work = tmp_path / "work"
    work.mkdir()
    if case.file:
        (work / case.file).write_bytes(case.raw)
    env = {name: value.format(**ports) for name, value in case.env.items()}
    fixed = run(case, place.python, work, env, "--fix", "--yes")
    after = run(case, place.python, work, env, "--json")
    if f"Mended: {case.check}" in fixed.out:
        # A .env that has its name at last can differ from the environment, which is a warning.
        revealed = {"settings-key-sources"} if case.check == "settings-env-name" else set()
        assert set(after.found()) - {AGED} <= revealed, fixed.out + after.told()
    elif case.check == "network-socks" and "uv pip" in fixed.out:
        # uv speaks SOCKS and asks through the proxy, behind which nobody answers here.
        assert "cannot be reached" in fixed.out, fixed.out
        assert case.check in after.found(), after.told()
    else:
        assert BY_HAND in fixed.out and "\n$ " not in fixed.out, fixed.out
        assert case.check in after.found(), after.told()
