"""Requirement files: what a project declares, with the line it stands on."""

from __future__ import annotations

import re
from typing import Iterator, NamedTuple

from .versions import Unavailable, applies, clauses, normalize, parse

_STRING = re.compile(r"""(["'])(.*?)\1""")
_POETRY = re.compile(r"""^\s*["']?([\w.-]+)["']?\s*=\s*(?:\{.*?version\s*=\s*)?["']([^"']+)["']""")
_ARRAYS = re.compile(r"^\s*[\w-]+\s*=\s*\[")
_TOML_SECTIONS = ("project", "project.optional-dependencies", "dependency-groups")


class DeclaredRequirement(NamedTuple):
    """One requirement that applies here, and its line."""

    name: str
    specifier: str
    line: int


def declared(text: str, line: int) -> Iterator[DeclaredRequirement]:
    """The requirement that a text such as ``openai>=1; python_version < "3.9"`` declares, where it
    applies here."""
    parsed = parse(text)
    if parsed is not None and _counts(parsed.marker):
        yield DeclaredRequirement(parsed.name, parsed.specifier, line)


def _counts(marker: str) -> bool:
    """Whether the marker applies here; yes where nothing can read it."""
    try:
        return applies(marker)
    except Unavailable:
        return True


def text_file(text: str) -> Iterator[DeclaredRequirement]:
    """The requirements of a requirements.txt or of constraints."""
    for number, line in enumerate(text.splitlines(), 1):
        words = re.split(r"(?:^|\s)#|\s--", line.strip().rstrip("\\"))[0].strip()
        if words and not words.startswith(("-", ".", "/", "http://", "https://", "git+")):
            yield from declared(words, number)


def setup_cfg(text: str) -> Iterator[DeclaredRequirement]:
    """What setup.cfg installs, extras too."""
    inside = False
    for number, line in enumerate(text.splitlines(), 1):
        key, equals, value = line.partition("=")
        if line[:1].isalpha() and equals:
            inside = key.strip() == "install_requires"
            yield from declared(value, number) if inside and value.strip() else ()
        elif line.startswith("["):
            inside = line.strip() == "[options.extras_require]"
        elif inside and line.strip() and not line.strip().startswith("#"):
            yield from declared(line.strip(), number)


def pyproject(text: str) -> Iterator[DeclaredRequirement]:
    """Arrays of requirements and poetry's tables; a whole reader needs Python 3.11."""
    section, array = "", False
    for number, line in enumerate(text.splitlines(), 1):
        bare = line.strip()
        if bare.startswith("[") and not array:
            section = bare.strip("[]").strip()
            continue
        if section.startswith("tool.poetry") and section.endswith("dependencies"):
            yield from poetry_entry(line, number)
            continue
        if section in _TOML_SECTIONS:
            opens = _ARRAYS.match(line) and (
                section != "project" or bare.startswith("dependencies")
            )
            array = array or bool(opens)
            if array:
                body = line.partition("=")[2] if opens else line
                for _, content in _STRING.findall(body.partition("#")[0]):
                    yield from declared(content, number)
                array = not body.split("#")[0].rstrip().rstrip(",").endswith("]")


def poetry_entry(line: str, number: int) -> Iterator[DeclaredRequirement]:
    """The requirement of a line such as ``openai = "^1.2"``."""
    match = _POETRY.match(line)
    if match and match[1] != "python":
        yield DeclaredRequirement(normalize(match[1]), _caret(match[2]), number)


def _caret(text: str) -> str:
    """``^1.2`` as poetry means it: up to the next first number that is not 0."""
    text = text.strip()
    if text == "*":
        return ""
    if not text.startswith(("^", "~")):
        return text if clauses(text) else f"=={text}"
    low = text[1:].strip()
    parts = [int(part) for part in re.findall(r"\d+", low)[:3]]
    if text.startswith("~"):
        at = min(1, len(parts) - 1)
    else:
        at = next((i for i, part in enumerate(parts) if part), len(parts) - 1)
    high = ".".join(map(str, [*parts[:at], parts[at] + 1]))
    return f">={low},<{high}"
