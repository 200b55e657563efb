"""Requirements and their markers agree with ``packaging``, on which the doctor may not lean."""

from __future__ import annotations

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from dsadapter._source import pep508


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
        assert pep508.is_met(found.marker, pep508.environment()) in (True, False)
        return
    assert found.name == there.name
    assert SpecifierSet(found.specifier) == there.specifier
    expected = there.marker.evaluate({"extra": ""}) if there.marker else True
    assert pep508.is_met(found.marker, pep508.environment()) == expected


@pytest.mark.parametrize("text", ["", "-r other.txt", "./local", "==1", "a b c"])
def test_what_is_no_requirement(text: str) -> None:
    assert pep508.parse(text) is None
