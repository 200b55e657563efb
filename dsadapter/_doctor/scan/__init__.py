"""``doctor PATH``: the user's source and requirement files, read and never executed."""

from __future__ import annotations

import os
import re
from typing import List, Optional, Tuple

from ..._backends.versions import below
from ..._settings.dotenv_file import decode
from ..._source import requirements
from ..._source.files import LARGEST, decode_python, project_files, read_file
from ..._source.python_file import Walker, gc_paused, parse
from ..._source.requirements import DeclaredRequirement
from ..._texts.rules_files import BY_LUCK, DECLARE_HTTPX, GONE, UNDECLARED_HTTPX
from ..findings import FAIL, WARN, Fix
from ..secrets import hide_shapes, shown
from ..snapshot import Code, Hit, Snapshot
from . import (
    client_rules,
    guards,
    http_rules,
    key_rules,
    pin_rules,
    request_rules,
    sdk_rules,
    setting_rules,
    stream_rules,
)
from .source import Source, Summary, Target, hit_at, target

# A file without one of these words has nothing that a rule could be about.
_RELEVANT = re.compile(
    rb"openai|httpx|requests|deepseek|dsadapter|sk-|bce-v3|chat/completions|verify", re.I
)


_RULES = (
    guards,
    sdk_rules,
    setting_rules,
    key_rules,
    client_rules,
    request_rules,
    stream_rules,
    http_rules,
)
WALKER = Walker((row for module in _RULES for row in module.HANDLERS), http_rules.on_scope_end)


def scan(paths: Tuple[str, ...], s: Snapshot) -> Code:
    """What the rules hit in the files under the paths."""
    at = target(s)
    python, declared = project_files(paths)
    sources: List[Summary] = []
    unparsed: List[Tuple[str, str]] = []
    with gc_paused():
        for path in python:
            source, why = _scan_file(path, at)
            if source is not None:
                sources.append(source)
            elif why:
                unparsed.append((shown(path), why))
    tables = {shown(path): requirements.read(path, _decoded(path)) for path in declared}
    hits: List[Hit] = []
    for source in sources:
        declarations = [
            p for file, table in tables.items() if _governs(file, source) for p in table
        ]
        hits += (*source.hits, *_undeclared_httpx(source, declarations, at))
    for file, table in tables.items():
        hits += pin_rules.judge(file, table, s)
        hits += _mismatches(file, table, [one for one in sources if _governs(file, one)])
    return Code(len(python) + len(declared), tuple(hits), tuple(unparsed))


def _governs(declared: str, source: Summary) -> bool:
    """Whether a requirement file is that of a source file: it lies beside it or further out."""
    folder = os.path.dirname(declared)
    if os.path.basename(folder).startswith("require"):
        folder = os.path.dirname(folder)
    return not folder or os.path.dirname(source.file).startswith(folder)


def _scan_file(path: str, at: Target) -> Tuple[Optional[Summary], str]:
    """The walked file; None for one that no rule is about, with a reason when it is unreadable."""
    try:
        raw = read_file(path, LARGEST + 1)
        if len(raw) > LARGEST:
            return None, f"larger than {LARGEST // 1_000_000} MB"
        return _examined(path, raw, at), ""
    except (RecursionError, MemoryError):  # the parser's stack
        return None, "nested too deeply"
    except (OSError, ValueError, SyntaxError) as err:
        return None, hide_shapes(_reason(err))


def _examined(path: str, raw: bytes, at: Target) -> Optional[Summary]:
    text = decode_python(raw)
    if _RELEVANT.search(raw):
        return examine(shown(path), text, at)
    parse(text)
    return None


def _reason(err: BaseException) -> str:
    if isinstance(err, SyntaxError):
        return f"{err.msg} (line {err.lineno})" if err.lineno else str(err.msg)
    return f"{type(err).__name__}: {getattr(err, 'strerror', None) or err}"


def examine(file: str, text: str, at: Target) -> Summary:
    """Walk one file. Raises what ``ast.parse`` raises."""
    source = Source(file, text, at)
    WALKER.walk(source, parse(text))
    http_rules.on_scope_end(source, source.scope)
    setting_rules.at_end(source)
    key_rules.at_end(source)
    client_rules.at_end(source)
    return source.summary()


def _decoded(path: str) -> str:
    try:
        return decode(read_file(path))
    except OSError:
        return ""


# --- rules over several files --------------------------------------------------------------------


def _undeclared_httpx(
    source: Summary, declarations: List[DeclaredRequirement], at: Target
) -> List[Hit]:
    """``import httpx`` that only worked because openai brought it, which 3.x does not."""
    if "httpx" not in source.lines or "httpx2" in source.imports:
        return []
    if not at.sdk or below(at.sdk, "3"):
        return []
    declared = {pin.name for pin in declarations}
    if declared & {"httpx", "dsadapter"} or (at.httpx and not declared):
        return []
    message = UNDECLARED_HTTPX(sdk=at.sdk, effect=BY_LUCK if at.httpx else GONE)
    fix = Fix(DECLARE_HTTPX)
    status = WARN if at.httpx else FAIL
    rule = "code-httpx-undeclared"
    return [hit_at(source.file, source.lines["httpx"], 1, rule, status, message, fix)]


def _mismatches(file: str, table: List[DeclaredRequirement], sources: List[Summary]) -> List[Hit]:
    pin = next((pin for pin in table if pin.name == "openai"), None)
    if pin is None:
        return []
    return [hit for source in sources for hit in pin_rules.mismatch(file, pin, source)]
