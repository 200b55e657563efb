"""One file of code or one notebook: read, walked, and its hits put where they stand."""

from __future__ import annotations

import ast
import builtins
from typing import Any, Iterable, List, Mapping, Optional, Sequence, Tuple

from ..._named_tuple import NamedTuple
from ..._source import lock_files, notebook, tool_table
from ..._source.files import (
    DENSEST,
    LARGEST,
    LARGEST_NOTEBOOK,
    decode_python,
    is_too_dense,
    read_file,
)
from ..._source.notebook import Place
from ..._source.python_file import check_syntax, last_name, parse
from ..._source.requirements import DeclaredRequirement
from ..._source.walker import Handler, Walker
from ..secrets import hide_shapes, shown
from ..snapshot import Hit
from . import (
    async_rules,
    client_rules,
    guards,
    http_rules,
    key_rules,
    request_rules,
    sdk_rules,
    setting_rules,
    stream_rules,
)
from .endpoints import HOSTS
from .model_calls import MODEL_CALL_NAMES, ModelCall, model_call
from .source import Source, Summary, Target

# A file without one of these words has nothing that a rule could be about; of one with requests
# the rules are about certificates, and about the hosts of known providers.
_WORDS = b"openai httpx deepseek dsadapter sk- bce-v3 chat/completions".split()
_BESIDE_REQUESTS = [b"verify", *(host.encode() for host in HOSTS)]
_RULES = (
    guards,
    sdk_rules,
    setting_rules,
    key_rules,
    client_rules,
    request_rules,
    stream_rules,
    async_rules,
    http_rules,
)
_ASKING = frozenset("getattr hasattr setattr dict __import__".split())
_COMMON = frozenset(dir(builtins)) - _ASKING  # no rule is about print() and len()


class _ByName:
    """The handlers of a kind of nodes that have names; most names concern no rule."""

    def __init__(self, kind: type) -> None:
        rows = [row for module in _RULES for row in module.HANDLERS if row[0] is kind]
        named = frozenset(name for _, _, *names in rows for name in names)
        self._any = self._of(rows, "")
        self._of_name = {name: self._of(rows, name) for name in named}

    @staticmethod
    def _of(rows: Sequence[Any], name: str) -> Tuple[Handler, ...]:
        return tuple(handler for _, handler, *names in rows if not names or name in names)

    def of(self, name: str) -> Tuple[Handler, ...]:
        """Those for nodes of this name."""
        return self._of_name.get(name, self._any)


_CALLS, _ATTRIBUTES, _MODEL_CALLS = map(_ByName, (ast.Call, ast.Attribute, ModelCall))


def _on_call(source: Source, node: ast.Call) -> None:
    """The rules about calls of that name, as it is written or as what it stands for."""
    dotted = source.dotted(node.func)
    if not dotted or dotted in _COMMON:
        return
    written = last_name(node.func)
    meant = dotted.rpartition(".")[2]
    handlers = _CALLS.of(written)
    for handler in handlers if written == meant else dict.fromkeys((*handlers, *_CALLS.of(meant))):
        handler(source, node)
    call = model_call(source, node) if meant in MODEL_CALL_NAMES else None
    if call is not None:
        for handler in _MODEL_CALLS.of(""):
            handler(source, call)


def _on_attribute(source: Source, node: ast.Attribute) -> None:
    """The rules about attributes of that name."""
    for handler in _ATTRIBUTES.of(node.attr):
        handler(source, node)


_NAMED: Tuple[Tuple[type, Handler], ...] = (ast.Call, _on_call), (ast.Attribute, _on_attribute)
_OTHERS = [row[:2] for module in _RULES for row in module.HANDLERS if row[0] not in dict(_NAMED)]
WALKER = Walker([*_OTHERS, *_NAMED], http_rules.on_scope_end)


class CodeFile(NamedTuple):
    """What is kept of a file; no summary of one that no rule is about."""

    file: str
    summary: Optional[Summary] = None
    declared: List[DeclaredRequirement] = []  # in its PEP 723 header, or installed by its cells
    installs: List[DeclaredRequirement] = []  # by cells of a notebook
    unparsed: Tuple[Tuple[str, str], ...] = ()
    places: Tuple[Place, ...] = ()  # of a notebook
    ignored: Mapping[int, Tuple[str, ...]] = {}  # by comments, see ``tool_table``

    def placed(self, hits: Iterable[Hit]) -> List[Hit]:
        """The hits with their lines; in a notebook with cell and line of the cell."""
        return [self._in_cell(hit) for hit in hits] if self.places else list(hits)

    def _in_cell(self, hit: Hit) -> Hit:
        location = hit.finding.location
        if location is None or not 0 < hit.line <= len(self.places):
            return hit
        place = self.places[hit.line - 1]
        location = location._replace(line=place.line, cell=place.cell)
        return hit._replace(line=place.line, finding=hit.finding._replace(location=location))


def scan_file(path: str, at: Target) -> CodeFile:
    """The walked file, or why it could not be."""
    file = shown(path)
    try:
        largest = LARGEST_NOTEBOOK if path.endswith(".ipynb") else LARGEST
        raw = read_file(path, largest + 1)
        if len(raw) > largest:
            return _unread(file, f"larger than {largest // 1_000_000} MB")
        if path.endswith(".ipynb"):
            return _notebook(file, raw, at)
        text = decode_python(raw)
        declared = list(lock_files.script(text)) if b"# /// script" in raw else []
        ignored = tool_table.ignore_comments(text)
        return CodeFile(file, _examined(file, raw, text, at), declared, ignored=ignored)
    except (RecursionError, MemoryError):  # the parser's stack
        return _unread(file, "nested too deeply")
    except (OSError, ValueError, SyntaxError) as err:
        return _unread(file, hide_shapes(_reason(err)))


def _unread(file: str, why: str) -> CodeFile:
    return CodeFile(file, unparsed=((file, why),))


def _notebook(file: str, raw: bytes, at: Target) -> CodeFile:
    cells = notebook.read(raw)
    unparsed = tuple((f"{file}, cell {number}", why) for number, why in cells.unread)
    summary = _examined(file, raw, cells.text, at)
    installs = list(cells.installs)
    ignored = tool_table.ignore_comments(cells.written)
    return CodeFile(file, summary, installs, installs, unparsed, cells.places, ignored)


def _examined(file: str, raw: bytes, text: str, at: Target) -> Optional[Summary]:
    if is_too_dense(text):
        raise ValueError(f"more than {DENSEST:,} words and signs, which is data rather than code")
    if _may_concern_a_rule(raw.lower()):
        return examine(file, text, at)
    check_syntax(text)
    return None


def _may_concern_a_rule(low: bytes) -> bool:
    if any(word in low for word in _WORDS):
        return True
    return b"requests" in low and any(word in low for word in _BESIDE_REQUESTS)


def _reason(err: BaseException) -> str:
    if isinstance(err, SyntaxError):
        return f"{err.msg} (line {err.lineno})" if err.lineno else str(err.msg)
    if type(err) is ValueError:
        return str(err)
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
