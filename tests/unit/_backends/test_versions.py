"""Versions as tuples."""

from __future__ import annotations

import pytest

from dsadapter._backends.versions import at_least, below, release


@pytest.mark.parametrize(
    ("version", "numbers"),
    [
        ("1.55.2", (1, 55, 2)),
        ("1.55.2rc1", (1, 55, 2)),
        ("v2.0", (2, 0)),
        (" 3 ", (3,)),
        ("0.28.1.post1", (0, 28, 1)),
        ("unknown", ()),
        ("", ()),
    ],
)
def test_release(version: str, numbers: object) -> None:
    assert release(version) == numbers


@pytest.mark.parametrize(
    ("version", "floor", "reached"),
    [
        ("1.55.2", "1.55.2", True),
        ("1.9", "1.10", False),
        ("2", "1.109.1", True),
        ("1", "1.0.0", True),
        ("0.28.1", "1", False),
        ("10.0", "9.9.9", True),
        ("unknown", "0.0.0.1", False),
        ("unknown", "0", True),
    ],
)
def test_order(version: str, floor: str, reached: bool) -> None:
    assert at_least(version, floor) is reached
    assert below(version, floor) is not reached
