"""Requirements and their environment markers (PEP 508)."""

from __future__ import annotations

import os
import re
import sys
from typing import Dict, List, Mapping, NamedTuple, Optional, Tuple

from . import pep440

_NAME = re.compile(r"\s*([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*(?:\[([^\]]*)\])?")
_TOKEN = re.compile(
    r"\s*(?:(?P<text>'[^']*'|\"[^\"]*\")|(?P<op>[()]|===|~=|==|!=|<=|>=|<|>)|(?P<word>[\w.]+))"
)
_VERSIONS = ("python_version", "python_full_version", "implementation_version")


class Requirement(NamedTuple):
    """``name`` is normalised; ``specifier`` is text; ``marker`` too, "" for none."""

    name: str
    specifier: str = ""
    marker: str = ""
    extras: Tuple[str, ...] = ()
    url: bool = False

    def shown(self) -> str:
        """Name and specifier, as pip writes them."""
        return f"{self.name}{self.specifier}"


def normalize(name: str) -> str:
    """A name as indexes spell it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def parse(text: str) -> Optional[Requirement]:
    """None for what is not a requirement (an option, a path)."""
    match = _NAME.match(text)
    if match is None:
        return None
    remainder, _, marker = text[match.end() :].partition(";")
    remainder = remainder.strip()
    url = remainder.startswith("@")
    specifier = "" if url else remainder.strip("()").replace(" ", "")
    if specifier and len(pep440.clauses(specifier)) != len(specifier.split(",")):
        return None
    extras = tuple(extra.strip().lower() for extra in (match[2] or "").split(",") if extra.strip())
    return Requirement(normalize(match[1]), specifier, marker.strip(), extras, url)


def environment() -> Dict[str, str]:
    """The values of the marker variables for this interpreter."""
    version = sys.version_info
    full = ".".join(map(str, version[:3]))
    machine = os.uname().machine if hasattr(os, "uname") else _windows_machine()
    systems = {"win32": "Windows", "darwin": "Darwin", "linux": "Linux"}
    return {
        "python_version": f"{version[0]}.{version[1]}",
        "python_full_version": full,
        "os_name": os.name,
        "sys_platform": sys.platform,
        "platform_machine": machine,
        "platform_system": systems.get(sys.platform, sys.platform),
        "platform_python_implementation": "PyPy" if "pypy" in sys.version.lower() else "CPython",
        "implementation_name": sys.implementation.name,
        "implementation_version": full,
        "platform_release": "",
        "platform_version": "",
        "extra": "",
    }


def _windows_machine() -> str:
    return os.environ.get("PROCESSOR_ARCHITECTURE", "AMD64")


def is_met(marker: str, values: Mapping[str, str]) -> bool:
    """Whether a requirement with this marker counts; yes where it cannot be read."""
    if not marker:
        return True
    try:
        tokens = _tokens(marker)
        result = _either(tokens, values)
    except (IndexError, ValueError):
        return True
    return result


def _tokens(marker: str) -> List[str]:
    tokens, at = [], 0
    while at < len(marker.rstrip()):
        match = _TOKEN.match(marker, at)
        if match is None:
            raise ValueError(marker)
        tokens.append(match[match.lastgroup or "word"])
        at = match.end()
    return tokens


def _either(tokens: List[str], values: Mapping[str, str]) -> bool:
    result = _both(tokens, values)
    while tokens and tokens[0] == "or":
        tokens.pop(0)
        result = _both(tokens, values) or result
    return result


def _both(tokens: List[str], values: Mapping[str, str]) -> bool:
    result = _single(tokens, values)
    while tokens and tokens[0] == "and":
        tokens.pop(0)
        result = _single(tokens, values) and result
    return result


def _single(tokens: List[str], values: Mapping[str, str]) -> bool:
    if tokens[0] == "(":
        tokens.pop(0)
        result = _either(tokens, values)
        tokens.pop(0)
        return result
    first, op = tokens.pop(0), tokens.pop(0)
    if op == "not":
        op = f"not {tokens.pop(0)}"
    return _compare(first, op, tokens.pop(0), values)


def _compare(first: str, op: str, second: str, values: Mapping[str, str]) -> bool:
    a, b = _value(first, values), _value(second, values)
    if op in ("in", "not in"):
        return (a in b) == (op == "in")
    versions = first in _VERSIONS or second in _VERSIONS
    if versions and pep440.parse(a) and pep440.parse(b.replace(".*", "")):
        if second in _VERSIONS and first not in _VERSIONS:
            a, b, op = b, a, _MIRRORED.get(op, op)
        return pep440.contains(f"{op}{b}", a)
    return (a == b) == (op != "!=")


_MIRRORED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}


def _value(token: str, values: Mapping[str, str]) -> str:
    return token[1:-1] if token[0] in "'\"" else values.get(token, "")
