"""``collect()``: the one part of the doctor that looks at the machine."""

from __future__ import annotations

from typing import Any, Callable, Dict, List, Tuple

from ..._backends import selection as _registry
from ..._errors.tree import OpenAIError
from ..._named_tuple import NamedTuple
from ..._settings.sources import first_of
from ..._settings.table import BY_NAME
from ..search_path import Subject, program_path
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

    def collect_part(name: str, look: Callable[[], Any]) -> Dict[str, Any]:
        try:
            return {name: look()}
        except Exception as err:  # what is examined can be broken in any way
            crashes.append((name, secrets.hide(f"{type(err).__name__}: {err}")))
            return {}

    # What another Python's folder adds is told as such, and not judged as if it belonged here.
    own = subject.without(python.foreign_folders(subject))
    snapshot = Snapshot(
        **collect_part("python", lambda: python.collect(subject)),
        **collect_part("packages", lambda: packages.collect(own)),
        **collect_part("settings", lambda: settings.collect(subject, secrets)),
    )
    snapshot = snapshot._replace(
        **collect_part("network", lambda: network.collect(snapshot.settings.base_url)),
        **collect_part("choice", lambda: _choice(own)),
    )
    snapshot = snapshot._replace(**_on_request(snapshot, subject, secrets, request, collect_part))
    return snapshot._replace(crashes=tuple(crashes))


def _on_request(
    snapshot: Snapshot,
    subject: Subject,
    secrets: Secrets,
    request: Request,
    collect_part: Callable[..., Any],
) -> Dict[str, Any]:
    """What is looked at on request only."""
    result: Dict[str, Any] = {}
    if request.paths:
        from .. import scan

        result.update(collect_part("code", lambda: scan.scan(request.paths, snapshot)))
    if request.probe:
        from .. import probe

        result.update(collect_part("probe", lambda: probe.probe(snapshot, subject, secrets)))
    if request.online:
        from . import online

        result.update(collect_part("online", lambda: online.collect(subject, secrets)))
    return result


def _choice(subject: Subject) -> Choice:
    with settings.own_reader(settings.env_paths(subject)), program_path(subject):
        setting = first_of(BY_NAME["backend"].env)
        requested = setting.value if setting and setting.value != "auto" else ""
        try:
            selection = _registry.select()
        except OpenAIError as err:
            return Choice("", "", (), requested, err.message)
    return Choice(selection.name, selection.reason, selection.rejected, requested)
