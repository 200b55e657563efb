"""Versions and specifiers agree with ``packaging``, on which the doctor may not lean."""

from __future__ import annotations

import itertools

import pytest
from packaging.specifiers import SpecifierSet
from packaging.version import Version

from dsadapter._source import pep440

VERSIONS = (
    "0 1 1.0 1.0.0 1.0.1 1.0a1 1.0b2 1.0rc1 1.0.dev1 1.0.post1 1!0.5 2.0 2.0.0.dev0 1.55.2 1.55.3 "
    "0.28.1 2.0+abc 2.0+1 2.0.post3 1.0-1 1.10 1.9 3.0.0rc1 1.0.dev6"
).split()
PUBLIC = [version for version in VERSIONS if "+" not in version]
SPECIFIERS = (
    [f"{op}{v}" for op in ("==", "!=", "<=", ">=") for v in PUBLIC]
    # "<1.0.post1" and the like, of which packaging's own releases differ, are left out
    + [f"{op}{v}" for op in ("<", ">") for v in PUBLIC if "post" not in v and "-" not in v]
    + [f"~={v}" for v in PUBLIC if "." in v]
    + ["==1.*", "!=1.*", "==1.0.*", "!=2.0.*", "==1.55.*", ">=1,<2", ">=1.0,!=1.55.*", "==2.0+abc"]
)


@pytest.mark.parametrize(("one", "other"), list(itertools.combinations(VERSIONS, 2)))
def test_order(one: str, other: str) -> None:
    assert (pep440.Version(one).key < pep440.Version(other).key) == (Version(one) < Version(other))


@pytest.mark.parametrize("specifier", SPECIFIERS)
def test_contains(specifier: str) -> None:
    there = SpecifierSet(specifier)
    expected = {v: there.contains(v, prereleases=True) for v in VERSIONS}
    assert {v: pep440.contains(specifier, v) for v in VERSIONS} == expected


@pytest.mark.parametrize(
    ("specifiers", "expected"),
    [
        (["<1", ">=1"], False),
        (["<=1", ">=1"], True),
        (["==1.*", ">=1.55.3"], True),
        (["==1.5", "!=1.5"], False),
        (["~=1.4", ">=2"], False),
        (["!=1.*", ">=1,<2"], False),
        (["<2"], True),
        (["", ">3"], True),
        ([">=1.26,<2", "<1.55.3", ">=1.40"], True),
    ],
)
def test_satisfiable(specifiers: list, expected: bool) -> None:
    assert pep440.satisfiable(specifiers) is expected


@pytest.mark.parametrize("version", ["", "unknown", "1.x", "latest"])
def test_what_is_no_version(version: str) -> None:
    assert pep440.parse(version) is None
    assert pep440.contains(">=1", version)  # nothing is claimed of it
    assert not pep440.contains("==1", version)
