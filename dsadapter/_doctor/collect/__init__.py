"""``collect()``: the one part of the doctor that looks at the machine."""

from __future__ import annotations

from typing import Any, Callable, Dict, List, NamedTuple, Tuple

from ..._backends import selection as _registry
from ..._errors.tree import OpenAIError
from ..._settings.sources import first_of
from ..._settings.table import BY_NAME
from ..paths import Subject, as_programs_see
from ..secrets import Secrets
from ..snapshot import Choice, Snapshot
from . import network, packages, python, settings


class Request(NamedTuple):
    """How far to look."""

    probe: bool = True
    online: bool = False
    paths: Tuple[str, ...] = ()


def collect(subject: Subject, secrets: Secrets, request: Request) -> Snapshot:
    """The facts. A part that fails is left at its default and named in ``crashes``."""
    crashes: List[Tuple[str, str]] = []

    def part(name: str, look: Callable[[], Any]) -> Dict[str, Any]:
        try:
            return {name: look()}
        except Exception as err:  # what is examined can be broken in any way
            crashes.append((name, secrets.hide(f"{type(err).__name__}: {err}")))
            return {}

    found = Snapshot(
        **part("python", lambda: python.collect(subject)),
        **part("packages", lambda: packages.collect(subject)),
        **part("settings", lambda: settings.collect(subject, secrets)),
    )
    found = found._replace(
        **part("network", lambda: network.collect(found.settings.base_url)),
        **part("choice", lambda: _choice(subject)),
    )
    found = found._replace(**_deeper(found, subject, secrets, request, part))
    return found._replace(crashes=tuple(crashes))


def _deeper(
    found: Snapshot, subject: Subject, secrets: Secrets, request: Request, part: Callable[..., Any]
) -> Dict[str, Any]:
    """What is looked at on request only."""
    result: Dict[str, Any] = {}
    if request.paths:
        from .. import scan

        result.update(part("code", lambda: scan.scan(request.paths, found)))
    if request.probe:
        from .. import probe

        result.update(part("probe", lambda: probe.probe(found, subject, secrets)))
    if request.online:
        from . import online

        result.update(part("online", lambda: online.collect(subject, secrets)))
    return result


def _choice(subject: Subject) -> Choice:
    with settings.own_reader(settings.places_of(subject)), as_programs_see(subject):
        found = first_of(BY_NAME["backend"].env)
        wanted = found.value if found and found.value != "auto" else ""
        try:
            selection = _registry.select()
        except OpenAIError as err:
            return Choice(wanted, "", (), wanted, err.message)
    return Choice(selection.name, selection.reason, selection.rejected, wanted)
