"""Unmet needs: all of what matters, and the smallest change that gives everybody what it needs."""

from __future__ import annotations

from typing import Any, Tuple

import pytest
from doctor_machines import ROOT, machine

from dsadapter._doctor import needs
from dsadapter._doctor.snapshot import Dist, Requires, Snapshot
from dsadapter._source.versions import parse


def with_dists(*dists: Dist, **versions: str) -> Snapshot:
    s = machine("none", versions=versions)
    return s._replace(packages=s.packages._replace(dists=(*s.packages.dists, *dists)))


def dist(name: str, version: str, *requires: str) -> Dist:
    rows = tuple(Requires(row.name, row.specifier) for row in map(parse, requires) if row)
    return Dist(name, version, requires=rows)


def change(s: Snapshot) -> needs.Change:
    return needs.smallest_change(s, [*needs.unmet(s), *needs.unmet_of_others(s)])


def test_own_needs_are_those_of_the_project() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    declared = text.partition("\ndependencies = [")[2].partition("]")[0]
    rows = [parse(line.strip(' ",')) for line in declared.splitlines() if line.strip(' ",')]
    assert {(row.name, row.specifier) for row in rows if row} == {
        (row.name, row.specifier) for row in needs.OWN.requires
    }


def test_nothing_is_changed_where_all_is_met() -> None:
    assert change(machine("3.54.0")) == needs.Change()


def test_the_whole_closure_matters() -> None:
    """A package that three steps lead to."""
    s = with_dists(
        dist("openai", "1.109.1", "one"), dist("one", "1", "two"), dist("two", "1", "three>=2")
    )
    assert change(s).requirements == ("three>=2",)


def test_one_that_nothing_leads_to_does_not() -> None:
    assert change(with_dists(dist("other", "1", "missing"))) == needs.Change()


def test_bounds_of_everybody_count() -> None:
    s = with_dists(dist("openai", "1.109.1", "idna>=3"), dist("mine", "1", "idna<3.9"), idna="2.0")
    assert change(s).requirements == ("idna>=3,<3.9",)


def test_who_is_in_the_way_gives_way() -> None:
    s = with_dists(dist("openai", "1.109.1", "idna>=3"), dist("old", "1", "idna<3"), idna="2.0")
    assert change(s) == needs.Change(("idna>=3",), ("old",))


def test_what_nobody_can_satisfy_is_said() -> None:
    s = with_dists(
        dist("openai", "1", "idna>=3"),
        dist("b", "1", "idna<3"),
        dist("c", "1", "idna<2"),
        idna="2.5",
    )
    found = change(s)
    assert found.requirements == () and {n.owner.name for n in found.hopeless} >= {"openai"}


def test_known_bad_pairs_are_avoided() -> None:
    s = with_dists(dist("openai", "1.55.2", "httpx<1,>=0.23"), openai="1.55.2", httpx="0.20")
    assert change(s).requirements == ("httpx>=0.23.1,<0.28",)


@pytest.mark.parametrize(
    ("specifiers", "expected"),
    [
        ((">=1", ">=1.2", "<3", "<=2"), ">=1.2,<=2"),
        ((">1", ">=1"), ">1"),
        (("==1.5", ">=1"), "==1.5"),
        (("~=1.4", "!=1.4.2", ">=1"), ">=1,!=1.4.2,~=1.4"),
        ((">=1.0", "<2", "<2.0", ">=1"), ">=1,<2"),  # one version in two spellings
        (("",), ""),
        ((">=1.9", ">=1.10"), ">=1.10"),
    ],
)
def test_tightest(specifiers: Tuple[str, ...], expected: str) -> None:
    assert needs.tightest(specifiers) == expected


def test_nothing_is_claimed_where_versions_cannot_be_compared(monkeypatch: Any) -> None:
    from dsadapter._source import versions

    for cached in (versions._version, versions._specifier_set):
        cached.cache_clear()
    monkeypatch.setattr(versions, "_module", lambda name: None)
    s = with_dists(dist("openai", "1", "idna>=3", "missing>=2"), idna="2.0")
    assert change(s).requirements == ("missing>=2",)  # what is not there needs no comparing
    monkeypatch.undo()
    for cached in (versions._version, versions._specifier_set):
        cached.cache_clear()
