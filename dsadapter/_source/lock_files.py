"""What lock files, Pipfiles, conda's environments and scripts declare."""

from __future__ import annotations

import json
import re
from typing import Any, Dict, Iterator, List, Tuple

from .requirements import DeclaredRequirement, declared, poetry_entry
from .versions import normalize

_ENTRY = re.compile(r'^(name|version)\s*=\s*"([^"]+)"')
_CONDA = re.compile(r"^([A-Za-z0-9_.-]+)\s*(=|==)\s*([\d.]+)(?:=\S+)?$")
_STRING = re.compile(r"""(["'])(.*?)\1""")
_SCRIPT = re.compile(r"^# /// script\s*$")


def toml_lock(text: str) -> Iterator[DeclaredRequirement]:
    """uv.lock and poetry.lock; a name that they lock in several versions says nothing here."""
    rows: Dict[str, List[Tuple[str, int]]] = {}
    name, start = "", 0
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("["):
            name = ""
            inside = line.strip() == "[[package]]"
            start = number if inside else 0
        match = _ENTRY.match(line) if start else None
        if match and match[1] == "name":
            name = normalize(match[2])
        elif match and name:
            rows.setdefault(name, []).append((match[2], number))
    for package, versions in rows.items():
        if len(versions) == 1:
            yield DeclaredRequirement(package, f"=={versions[0][0]}", versions[0][1])


def pipfile(text: str) -> Iterator[DeclaredRequirement]:
    """The packages of a Pipfile."""
    inside = False
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("["):
            inside = line.strip() in ("[packages]", "[dev-packages]")
        elif inside:
            yield from poetry_entry(line, number)


def pipfile_lock(text: str) -> Iterator[DeclaredRequirement]:
    """The locked packages of a Pipfile.lock, with the line that names each."""
    try:
        content: Any = json.loads(text)
        groups = [content.get(group) or {} for group in ("default", "develop")]
        entries = {name: row for group in groups for name, row in group.items()}
        versions = {name: row.get("version", "") for name, row in entries.items()}
    except (ValueError, AttributeError):
        return
    lines = [line.strip().partition(":")[0].strip('"') for line in text.splitlines()]
    for name, version in versions.items():
        line = lines.index(name) + 1 if name in lines else 1
        yield DeclaredRequirement(normalize(name), version, line)


def conda(text: str) -> Iterator[DeclaredRequirement]:
    """environment.yml: conda's own lines and those below ``pip:``."""
    inside = False
    for number, line in enumerate(text.splitlines(), 1):
        bare = line.split(" #")[0].strip()
        if line[:1].isalpha():
            inside = bare == "dependencies:"
        elif inside and bare.startswith("- "):
            entry = bare[2:].strip().strip("'\"")
            match = _CONDA.match(entry)
            if match:
                exact = match[3] if match[2] == "==" else f"{match[3]}.*"
                yield DeclaredRequirement(normalize(match[1]), f"=={exact}", number)
            elif not entry.endswith(":"):
                yield from declared(entry, number)


def script(text: str) -> Iterator[DeclaredRequirement]:
    """The dependencies in the header of a single script (PEP 723)."""
    lines = enumerate(text.splitlines(), 1)
    if not any(_SCRIPT.match(line) for _, line in lines):
        return
    inside = False
    for number, line in lines:
        if line.rstrip() == "# ///" or not line.startswith("#"):
            return
        body = line[1:].strip()
        opens = re.match(r"dependencies\s*=\s*\[", body)
        inside = inside or bool(opens)
        if inside:
            content = body.partition("=")[2] if opens else body
            for _, requirement in _STRING.findall(content):
                yield from declared(requirement, number)
            inside = not content.rstrip().rstrip(",").endswith("]")


# By the name of the file, in lower case.
READERS = {
    "uv.lock": toml_lock,
    "poetry.lock": toml_lock,
    "pipfile": pipfile,
    "pipfile.lock": pipfile_lock,
    "environment.yml": conda,
    "environment.yaml": conda,
}
