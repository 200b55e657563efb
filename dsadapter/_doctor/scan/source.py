"""A scanned file: what the rules read of it, and what they hit."""

from __future__ import annotations

from typing import Any, Dict, FrozenSet, List, Mapping, Tuple

from ..._named_tuple import NamedTuple
from ..._source.python_file import PythonFile
from ..._texts.rules_sdk import UNEDITED, UNEDITED_CELLS
from ..._texts.text import Text
from ..findings import Location
from ..rules import Violation
from ..snapshot import Hit, Snapshot


class Target(NamedTuple):
    """The SDK that the code would meet here."""

    sdk: str  # version, "" for none
    httpx: str
    httpx2: str
    snapshot: Snapshot

    @property
    def modern(self) -> bool:
        """Whether that SDK is openai 1 or newer."""
        return bool(self.sdk) and not self.sdk.startswith("0.")

    @property
    def legacy(self) -> bool:
        """Whether that SDK is openai 0.x."""
        return self.sdk.startswith("0.")


def target(s: Snapshot) -> Target:
    """The SDK and HTTP libraries of a snapshot."""
    return Target(s.sdk(), s.packages.version("httpx"), s.packages.version("httpx2"), s)


def hit_at(violation: Violation, location: Location, **values: Any) -> Hit:
    """A hit at a place of a file, with its finding; the values fill in what is said."""
    finding = violation.finding(location, values)
    return Hit(violation.rule, location.file, location.line, finding)


class Summary(NamedTuple):
    """What is kept of a file: not its tree."""

    file: str
    hits: Tuple[Hit, ...]
    imports: FrozenSet[str]
    lines: Mapping[str, int]  # "legacy", "modern", "httpx": where each is first used
    dual: bool  # it asks which SDK it has
    chosen: FrozenSet[str]  # modules beside it, without suffix, that it imports for one SDK only
    imported: FrozenSet[str]  # and those that it imports in any case


class Source(PythonFile):
    """A file while it is walked. Handlers read the state and call :meth:`hit`."""

    def __init__(self, file: str, text: str, at: Target) -> None:
        super().__init__()
        self.file = file
        self.at = at
        self.hits: List[Hit] = []
        self.facts: Dict[str, Any] = {}  # what rules remember until the end of the file
        self.is_about_deepseek = "deepseek" in text.lower()

    @property
    def is_notebook(self) -> bool:
        """Whether the code is that of a notebook's cells."""
        return self.file.endswith(".ipynb")

    @property
    def unedited(self) -> Text:
        """How the code is run as it is, beside dsadapter."""
        return UNEDITED_CELLS if self.is_notebook else UNEDITED(file=self.file)

    def hit(self, violation: Violation, node: Any, **values: Any) -> None:
        """Remember a hit at this node; the values fill in what is said of it."""
        line, column = getattr(node, "lineno", 0), getattr(node, "col_offset", 0) + 1
        if any(h.rule == violation.rule and h.line == line for h in self.hits[-8:]):
            return  # one fault of a line, one finding
        location = Location(self.file, line, column)
        known = {"sdk": self.at.sdk, "file": self.file, "unedited": self.unedited}
        self.hits.append(hit_at(violation, location, **known, **values))

    def summary(self) -> Summary:
        """What is kept when the walk is over."""
        lines = {
            name: self.facts[name].lineno
            for name in ("legacy", "modern", "httpx")
            if name in self.facts
        }
        dual = bool(self.facts.get("dual"))
        chosen, imported = (frozenset(self.facts.get(kind, ())) for kind in ("chosen", "imported"))
        hits, imports = tuple(self.hits), frozenset(self.imports)
        return Summary(self.file, hits, imports, lines, dual, chosen, imported)
