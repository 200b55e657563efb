"""Group conflicts: combinations of versions that do not work, and an OpenSSL that is too old."""

from __future__ import annotations

import shlex
from typing import Dict, Iterator, List, Optional, Set, Tuple

from ..._source.versions import available, contains, parse
from ..._texts import doctor_network as texts
from ..._texts.doctor_conflicts import CONFLICTS
from ..._texts.text import LIST_COMMA, Text, join, untranslated
from .. import needs
from ..check import Check, check
from ..data.known_conflicts import KNOWN_CONFLICTS, MISSING, KnownConflict
from ..findings import FAIL, Finding, Fix, fail, package, warn
from ..fix_commands import fix
from ..snapshot import Snapshot


def _versions_of(s: Snapshot, conflict: KnownConflict) -> Optional[Dict[str, str]]:
    """The versions, when the pair is here."""
    versions = {}
    for name, specifier in conflict.when.items():
        version = s.python.version if name == "python" else s.packages.version(name)
        if specifier == MISSING:
            if version:
                return None
        elif not version or not contains(specifier, version):
            return None
        versions[name] = version
    return versions


def _findings(conflict: KnownConflict, s: Snapshot) -> Iterator[Finding]:
    versions = _versions_of(s, conflict)
    if versions is None:
        return
    text = CONFLICTS[conflict.id]
    broken = {command: needs.broken_by(s, _named(command)) for command in conflict.commands}
    yield Finding(
        conflict.status,
        text.message(**versions),
        (*text.details, *_proof(s, conflict), *_warnings(broken)),
        _fix(s, text.advice, [command for command, rows in broken.items() if not rows]),
        tuple(package(name) for name in conflict.when if name in _at_fault(conflict)),
        data={**versions},
    )


def _at_fault(conflict: KnownConflict) -> Set[str]:
    """All of a pair that fails; of one that works somehow the SDK is not at fault."""
    return set(conflict.when) - ({"python"} if conflict.status == FAIL else {"python", "openai"})


def _named(command: str) -> List[Tuple[str, str]]:
    rows = (parse(word) for word in shlex.split(command)[2:])
    return [(row.name, row.specifier) for row in rows if row and row.specifier]


def _warnings(broken: Dict[str, List[needs.Need]]) -> Iterator[Text]:
    """Why an alternative is not offered."""
    for command, rows in broken.items():
        if rows:
            owners = join(
                (untranslated(f"{n.owner_label()}: {n.shown()}") for n in rows), LIST_COMMA
            )
            yield texts.NOT_THAT(command=command, needs=owners)


def _fix(s: Snapshot, advice: Text, commands: List[str]) -> Fix:
    return fix(s, advice, *commands) if commands else Fix(advice)


def _proof(s: Snapshot, conflict: KnownConflict) -> List[Text]:
    failed = s.probe.failed() if s.probe and conflict.proof else None
    if failed is None or conflict.proof not in " ".join(
        (failed.text, failed.where, *failed.causes)
    ):
        return []
    steps = {"import": texts.IMPORTING, "construct": texts.CONSTRUCTING}
    return [texts.PROVED(what=steps.get(failed.name, texts.CALLING), error=failed.error)]


def _check(conflict: KnownConflict) -> Check:
    follows = ("sdk-duplicates", "sdk-metadata", "sdk-leftovers")
    return check(conflict.id, lambda s: _findings(conflict, s), follows=follows)


def explained_packages(s: Snapshot) -> Set[str]:
    """Packages beside the SDK whose state a check of this group tells about."""
    if not available():
        return set()
    fired = (conflict for conflict in KNOWN_CONFLICTS if _versions_of(s, conflict) is not None)
    return {name for conflict in fired for name in conflict.when} - {"openai", "python"}


def openssl(s: Snapshot) -> Iterator[Finding]:
    """An OpenSSL that urllib3 2 does not support."""
    urllib3, ssl = s.packages.version("urllib3"), s.python.openssl
    if not urllib3 or not contains(">=2", urllib3) or not ssl:
        return
    repair = fix(s, texts.OLDER_URLLIB3, 'pip install "urllib3<2"')
    if not ssl.startswith("OpenSSL"):
        yield warn(texts.OTHER_SSL(v=urllib3, ssl=ssl), fix=repair)
    elif s.python.openssl_number < (1, 1, 1):
        yield fail(texts.OLD_OPENSSL(v=urllib3, ssl=ssl), fix=repair, about=[package("urllib3")])


CHECKS = (*map(_check, KNOWN_CONFLICTS), check("conflict-openssl", openssl))
