"""``doctor PATH``: the user's source and requirement files, read and never executed."""

from __future__ import annotations

import os
from typing import Dict, Iterable, List, Mapping, Sequence, Tuple

from ..._backends.versions import below
from ..._named_tuple import NamedTuple
from ..._settings.dotenv_file import decode
from ..._source import declarations, tool_table
from ..._source.files import project_files, read_file
from ..._source.python_file import gc_paused
from ..._source.requirements import DeclaredRequirement
from ..._source.tool_table import Options
from ..._texts.rules_files import BY_LUCK, GONE
from ..data.violations import HTTPX_BY_LUCK, HTTPX_GONE
from ..findings import Location
from ..progress import counted
from ..secrets import shown
from ..snapshot import Code, Hit, Snapshot
from . import pin_rules
from .code_file import CodeFile, scan_file
from .code_file import examine as examine
from .sdk_rules import DUAL_RULES
from .source import Summary, Target, hit_at
from .source import target as target

Tables = Dict[str, List[DeclaredRequirement]]


def scan(paths: Tuple[str, ...], s: Snapshot) -> Code:
    """What the rules hit in the files under the paths."""
    at = target(s)
    options = _options(paths)
    files = project_files(paths).without(options.excludes)
    unparsed = [(shown(path), why) for path, why in files.unreadable]
    with gc_paused():
        scanned = [scan_file(path, at) for path in counted(files.code)]
    declared = {shown(path): _declared(path, unparsed) for path in files.declared}
    tables = {file: rows.requirements for file, rows in declared.items()}
    hits: List[Hit] = []
    for code in scanned:
        unparsed += code.unparsed
        hits += code.placed(_without_ignored(_hits_of(code, tables, s), code.ignored))
    sources = [code.summary for code in scanned if code.summary is not None]
    for file, table in tables.items():
        governed = [one for one in sources if _governs(file, one)]
        judged = [*pin_rules.judge(file, table, s), *_mismatches(file, table, governed)]
        hits += _without_ignored(judged, declared[file].ignored)
    hits = [hit for hit in _without_chosen(hits, sources) if options.wants(hit.rule)]
    named = {shown(path) for path in paths}
    unread = tuple(row for row in unparsed if row[0] in named)
    return Code(len(files.code) + len(files.declared), tuple(hits), tuple(unparsed), unread)


class _Declared(NamedTuple):
    requirements: List[DeclaredRequirement]
    ignored: Mapping[int, Tuple[str, ...]] = {}


def _without_ignored(hits: Iterable[Hit], ignored: Mapping[int, Tuple[str, ...]]) -> List[Hit]:
    """The hits without those that a comment on their line says to ignore, all or by rule."""
    return [
        hit
        for hit in hits
        if hit.line not in ignored or (ignored[hit.line] and hit.rule not in ignored[hit.line])
    ]


def _options(paths: Tuple[str, ...]) -> Options:
    """What the pyproject.toml of the first path says."""
    file = tool_table.find(paths[0]) if paths else ""
    try:
        text = decode(read_file(file)) if file else ""
    except OSError:  # it is named among what cannot be read where it is asked for
        return Options()
    return tool_table.read(text, os.path.dirname(file))


def _hits_of(code: CodeFile, tables: Tables, s: Snapshot) -> List[Hit]:
    """What is said of one file, by the requirements that govern it and those in it."""
    hits = pin_rules.judge(code.file, code.declared, s)
    hits += pin_rules.replaced(code.file, code.installs, s)
    if code.summary is None:
        return hits
    governing = [table for file, table in tables.items() if _governs(file, code.summary)]
    declared = [pin for table in (*governing, code.declared) for pin in table]
    hits += code.summary.hits
    hits += _undeclared_httpx(code.summary, declared, target(s))
    return hits + _mismatches(code.file, code.declared, [code.summary])


def _declared(path: str, unparsed: List[Tuple[str, str]]) -> _Declared:
    try:
        text = decode(read_file(path))
    except OSError as err:
        if os.path.isfile(path):
            unparsed.append((shown(path), err.strerror or type(err).__name__))
        return _Declared([])
    return _Declared(declarations.read(path, text), tool_table.ignore_comments(text))


def _governs(declared: str, source: Summary) -> bool:
    """Whether a requirement file is that of a source file: it lies beside it or further out."""
    folder = os.path.dirname(declared)
    if os.path.basename(folder).startswith("require"):
        folder = os.path.dirname(folder)
    return not folder or os.path.dirname(source.file).startswith(folder)


# --- rules over several files --------------------------------------------------------------------


def _without_chosen(hits: List[Hit], sources: List[Summary]) -> List[Hit]:
    """Without those of modules that the program imports for the other generation only."""
    chosen = {module for source in sources for module in source.chosen}
    chosen -= {module for source in sources for module in source.imported}
    return [
        hit
        for hit in hits
        if hit.rule not in DUAL_RULES or os.path.splitext(hit.file)[0] not in chosen
    ]


def _undeclared_httpx(source: Summary, pins: List[DeclaredRequirement], at: Target) -> List[Hit]:
    """``import httpx`` that only worked because openai brought it, which 3.x does not."""
    if "httpx" not in source.lines or "httpx2" in source.imports:
        return []
    if not at.sdk or below(at.sdk, "3"):
        return []
    declared = {pin.name for pin in pins}
    if declared & {"httpx", "dsadapter"} or (at.httpx and not declared):
        return []
    violation, effect = (HTTPX_BY_LUCK, BY_LUCK) if at.httpx else (HTTPX_GONE, GONE)
    location = Location(source.file, source.lines["httpx"], 1)
    return [hit_at(violation, location, sdk=at.sdk, effect=effect)]


def _mismatches(
    file: str, table: Sequence[DeclaredRequirement], sources: List[Summary]
) -> List[Hit]:
    pin = next((pin for pin in table if pin.name == "openai"), None)
    if pin is None:
        return []
    return [hit for source in sources for hit in pin_rules.mismatch(file, pin, source)]
