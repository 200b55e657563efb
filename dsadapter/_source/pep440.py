"""Versions and version specifiers (PEP 440), for a program that may not lean on ``packaging``."""

from __future__ import annotations

import re
from typing import Any, Iterable, List, Optional, Tuple

_VERSION = re.compile(
    r"\s*v?(?:(?P<epoch>\d+)!)?(?P<release>\d+(?:\.\d+)*)"
    r"(?:[-_.]?(?P<pre>alpha|beta|preview|pre|a|b|c|rc)[-_.]?(?P<pre_n>\d*))?"
    r"(?P<post>-(?P<post_n1>\d+)|[-_.]?(?:post|rev|r)[-_.]?(?P<post_n2>\d*))?"
    r"(?P<dev>[-_.]?dev[-_.]?(?P<dev_n>\d*))?"
    r"(?:\+(?P<local>[a-z0-9]+(?:[-_.][a-z0-9]+)*))?\s*$",
    re.I,
)
_CLAUSE = re.compile(r"\s*(===|~=|==|!=|<=|>=|<|>)\s*([^\s,;)]+)\s*$")
_LETTERS = {"alpha": "a", "beta": "b", "c": "rc", "pre": "rc", "preview": "rc"}
_LOWEST, _HIGHEST = (-1,), (1,)  # around (0, ...), whatever stands in it

Clause = Tuple[str, str]


class Version:
    """A version that compares as PEP 440 says. Raises ValueError for what is none."""

    __slots__ = ("dev", "key", "local", "post", "pre", "release", "text")

    def __init__(self, text: str) -> None:
        match = _VERSION.match(text)
        if match is None:
            raise ValueError(f"{text!r} is not a version")
        self.text = text.strip()
        self.release = tuple(int(part) for part in match["release"].split("."))
        self.pre = _pre(match)
        self.post = int(match["post_n1"] or match["post_n2"] or 0) if match["post"] else None
        self.dev = int(match["dev_n"] or 0) if match["dev"] else None
        self.local = match["local"]
        self.key = self._key(int(match["epoch"] or 0))

    def _key(self, epoch: int) -> Tuple[Any, ...]:
        pre: Any = (0, *self.pre) if self.pre else _HIGHEST
        if self.pre is None and self.post is None and self.dev is not None:
            pre = _LOWEST
        return (
            epoch,
            _trimmed(self.release),
            pre,
            _LOWEST if self.post is None else (0, self.post),
            _HIGHEST if self.dev is None else (0, self.dev),
            _LOWEST if self.local is None else (0, *map(_local, re.split("[-_.]", self.local))),
        )

    def base(self) -> Tuple[Any, ...]:
        """Epoch and release, for comparing."""
        return self.key[:2]

    def public(self) -> Tuple[Any, ...]:
        """All but the local part, for comparing."""
        return self.key[:5]


def _pre(match: Any) -> Optional[Tuple[str, int]]:
    if not match["pre"]:
        return None
    letter = match["pre"].lower()
    return _LETTERS.get(letter, letter), int(match["pre_n"] or 0)


def _trimmed(release: Tuple[int, ...]) -> Tuple[int, ...]:
    end = len(release)
    while end > 1 and release[end - 1] == 0:
        end -= 1
    return release[:end]


def _local(part: str) -> Tuple[int, Any]:
    return (1, int(part)) if part.isdigit() else (0, part.lower())


def parse(text: str) -> Optional[Version]:
    """The version, None for what is none."""
    try:
        return Version(text)
    except ValueError:
        return None


def clauses(specifier: str) -> Tuple[Clause, ...]:
    """``">=1,<2"`` -> ``((">=", "1"), ("<", "2"))``; what cannot be understood is left out."""
    matches = (_CLAUSE.match(part) for part in specifier.split(","))
    return tuple((match[1], match[2]) for match in matches if match)


def contains(specifier: str, version: str) -> bool:
    """Whether an installed ``version`` satisfies ``specifier`` (pre-releases count)."""
    installed = parse(version)
    if installed is None:  # not a version of today's rules: only its spelling can be compared
        return all(op not in ("==", "===") or text == version for op, text in clauses(specifier))
    return all(_holds(op, text, installed) for op, text in clauses(specifier))


def _holds(op: str, text: str, installed: Version) -> bool:
    if op == "===":
        return installed.text.lower() == text.lower()
    if text.endswith(".*"):
        matches = _prefix(installed, text[:-2])
        return matches if op == "==" else not matches
    limit = parse(text)
    if limit is None:
        return True
    return _compares(op, limit, installed)


def _compares(op: str, limit: Version, installed: Version) -> bool:
    if op in ("==", "!="):
        equal = installed.key == limit.key if limit.local else installed.public() == limit.public()
        return equal == (op == "==")
    if op == "~=":
        prefix = ".".join(map(str, limit.release[:-1]))
        return installed.public() >= limit.public() and _prefix(installed, prefix)
    if op == "<=":
        return installed.public() <= limit.public()
    if op == ">=":
        return installed.public() >= limit.public()
    if op == "<":
        return installed.public() < limit.public() and not _of_same_final(limit, installed)
    return installed.public() > limit.public() and not _of_same_final(limit, installed)


def _of_same_final(limit: Version, installed: Version) -> bool:
    """``<1.0`` leaves out 1.0rc1 and ``>1.0`` leaves out 1.0.post1."""
    final = limit.pre is None and limit.dev is None and limit.post is None
    return final and installed.base() == limit.base()


def _prefix(installed: Version, prefix: str) -> bool:
    expected = parse(prefix)
    if expected is None:
        return False
    width = len(expected.release)
    padded = (installed.release + (0,) * width)[:width]
    return padded == expected.release


def satisfiable(specifiers: Iterable[str]) -> bool:
    """Whether some version can satisfy all of them at once."""
    merged = ",".join(specifiers)
    points: List[str] = ["0", "99999"]
    for _, text in clauses(merged):
        base = text[:-2] if text.endswith(".*") else text
        points += [base, f"{base}.0.0.1", _next(base)]
    return any(parse(point) and contains(merged, point) for point in points)


def _next(text: str) -> str:
    version = parse(text)
    if version is None:
        return "0"
    return ".".join(map(str, (*version.release[:-1], version.release[-1] + 1)))
