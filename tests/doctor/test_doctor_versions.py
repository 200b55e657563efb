"""Versions, specifiers and markers agree with ``packaging``, on which the doctor may not lean."""

from __future__ import annotations

import itertools

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.version import Version

from dsadapter._doctor import pep440, pep508

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


@pytest.mark.parametrize(
    "text",
    [
        "openai<2,>=1",
        'typing-extensions ; python_version < "3.8"',
        'x[a,b]>=1 ; extra == "q"',
        "b @ https://x ; python_version>='3'",
        "foo; sys_platform == 'win32' or (os_name=='posix' and python_full_version >= '3.7')",
        "foo; '3.6' < python_version",
        "foo; platform_system not in 'Windows,Darwin'",
        "foo; python_version in '3.8 3.9' and implementation_name == 'cpython'",
        "foo; not_a_variable == '1'",
    ],
)
def test_requirements(text: str) -> None:
    found = pep508.parse(text)
    assert found is not None
    try:
        there = Requirement(text)
    except ValueError:  # packaging refuses it; the doctor must go on
        assert pep508.applies(found.marker, pep508.here()) in (True, False)
        return
    assert found.name == there.name
    assert SpecifierSet(found.specifier) == there.specifier
    expected = there.marker.evaluate({"extra": ""}) if there.marker else True
    assert pep508.applies(found.marker, pep508.here()) == expected


@pytest.mark.parametrize("text", ["", "-r other.txt", "./local", "==1", "a b c"])
def test_what_is_no_requirement(text: str) -> None:
    assert pep508.parse(text) is None


@pytest.mark.parametrize("version", ["", "unknown", "1.x", "latest"])
def test_what_is_no_version(version: str) -> None:
    assert pep440.parse(version) is None
    assert pep440.contains(">=1", version)  # nothing is claimed of it
    assert not pep440.contains("==1", version)
