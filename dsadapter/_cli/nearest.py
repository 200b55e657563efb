"""Which measured environments are nearest to this one, and in what each of them differs."""

from __future__ import annotations

import platform
from importlib import metadata
from typing import Any, Dict, List, Mapping, NamedTuple, Optional, Tuple

from .._backends import detection
from .._backends.selection import BACKENDS, RAW
from .._backends.versions import at_least, below, release

Measured = Mapping[str, Any]  # an environment of matrix.json
#: The HTTP libraries that calls go through, by backend; others are not compared.
LIBRARIES = {row.name: row.libraries for row in reversed(BACKENDS)}


class Installed(NamedTuple):
    """What is here.

    A version is "" for what is not installed, "?" for what names none; ``fault`` says what is
    wrong with an openai that is no SDK.
    """

    python: str
    implementation: str
    platform: str
    versions: Mapping[str, str]
    backend: str
    fault: str = ""


class Fact(NamedTuple):
    """One thing that is compared: its version there and here, "" for neither."""

    name: str
    measured: str
    installed: str


class Match(NamedTuple):
    """A measured environment, compared with what is installed."""

    environment: Measured
    same: List[Fact]
    differing: List[Fact]


def installed() -> Installed:
    """This interpreter and its packages; imports none of them."""
    sdk = detection.sdk()
    version, fault = (sdk.version, sdk.fault or "") if sdk else ("", "")
    names = dict.fromkeys(name for row in LIBRARIES.values() for name in row)
    versions = {name: version_of(name) for name in names}
    return Installed(
        platform.python_version(),
        platform.python_implementation(),
        f"{platform.system()} {platform.machine()}",
        {"openai": version or ("?" if fault else ""), **versions},
        backend_of(version),
        fault,
    )


def version_of(name: str) -> str:
    """What a package's files say, else its metadata (httpx2 writes no version down); "" for none.

    "?" stands for a package that says it nowhere.
    """
    if not detection.is_installed(name):
        return ""
    version = detection.installed_version(name)
    if version:
        return version
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "?"


def backend_of(version: str) -> str:
    """The backend that drives this SDK when nothing else is asked for."""
    for row in BACKENDS:
        driven = version and row.floor and at_least(version, row.floor)
        if driven and (not row.ceiling or below(version, row.ceiling)):
            return row.name
    return RAW.name


def nearest(environments: List[Measured], here: Installed) -> List[Match]:
    """One match for the SDK version that is installed, else for the measured ones around it.

    Among the environments of a version, the one whose HTTP libraries are of the same series comes
    before the one whose Python is nearer. [] when nothing was measured with this backend.
    """
    candidates = [row for row in environments if row["backend"] == here.backend]
    by_version: Dict[str, List[Match]] = {}
    for row in candidates:
        by_version.setdefault(row["versions"].get("openai", ""), []).append(compare(row, here))
    versions = _around(list(by_version), here.versions["openai"])
    return [min(by_version[version], key=_distance) for version in versions]


def compare(environment: Measured, here: Installed) -> Match:
    """What is the same there and here, and what is not."""
    names = ("openai", *LIBRARIES[here.backend])
    facts = [
        Fact(name, environment["versions"].get(name, ""), here.versions[name]) for name in names
    ]
    facts += [
        Fact("Python", _minor(environment["python"]), _minor(here.python)),
        Fact("implementation", environment["implementation"], here.implementation),
        Fact("platform", environment["platform"], here.platform),
    ]
    same = [fact for fact in facts if fact.measured == fact.installed]
    return Match(environment, same, [fact for fact in facts if fact not in same])


def _around(versions: List[str], version: str) -> List[str]:
    """The version itself, else the highest below and the lowest above it."""
    if version in versions or not version:
        return [version] if version in versions else []
    ordered = sorted(versions, key=release)
    lower = [row for row in ordered if release(row) < release(version)]
    higher = [row for row in ordered if release(row) >= release(version)]
    return lower[-1:] + higher[:1]


def _distance(match: Match) -> Tuple[int, ...]:
    names = LIBRARIES[match.environment["backend"]]
    libraries = [fact for fact in match.differing if fact.name in names]
    one_absent = sum(not (fact.measured and fact.installed) for fact in libraries)
    other_series = sum(_series(fact.measured) != _series(fact.installed) for fact in libraries)
    python = next((fact for fact in match.differing if fact.name == "Python"), None)
    return one_absent, other_series, _minors_apart(python), len(libraries)


def _minors_apart(python: Optional[Fact]) -> int:
    if python is None:
        return 0
    measured, here = release(python.measured), release(python.installed)
    return abs(here[1] - measured[1]) + 100 * abs(here[0] - measured[0])


def _series(version: str) -> Tuple[int, ...]:
    """What may break callers: the major version, before 1.0 the minor one, too."""
    numbers = release(version)
    return numbers[:1] if numbers[:1] > (0,) else numbers[:2]


def _minor(version: str) -> str:
    return ".".join(version.split(".")[:2])
