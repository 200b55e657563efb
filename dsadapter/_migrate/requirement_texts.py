"""Requirements of openai as texts: in installations of a shell, and in Python."""

from __future__ import annotations

import ast
import re
from typing import Any, Match

from .._source import versions
from .._source.requirements import DeclaredRequirement, declared
from .analysis import Analysis, Options

RANGES = {1: ">=1.55.3,<2", 2: ">=2,<3", 3: ">=3"}
NEWER = ("1.109.1", "2.54.0", "3.57.0")  # one of each generation
_CLAUSES = r"(?:\s*(?:===|~=|==|!=|<=|>=|<|>|=)\s*[^\s,;#\"'<>=!~]+\s*,?)"
NAMED = re.compile(rf"(?<![\w.-])openai(?![\w.-])(?:\[[^\]]*\])?{_CLAUSES}*(?<![\s,])", re.I)
_WORD = re.compile(r"""(?:[^\s"']|"[^"]*"|'[^']*')+""")  # of a shell
_COMMAND = re.compile(r"\b(?:pip[\d.]*|conda)\s+install\s")


def is_wanted(row: DeclaredRequirement, options: Options) -> bool:
    """Whether a requirement is one that changes."""
    return row.name == "openai" and (options.to == "dsadapter" or is_old(row.specifier))


def is_old(specifier: str) -> bool:
    """Whether no newer SDK satisfies it. Where nothing compares versions, it is left."""
    try:
        return bool(specifier) and not any(versions.contains(specifier, v) for v in NEWER)
    except versions.Unavailable:
        return False


def requirement(options: Options) -> str:
    """What it becomes."""
    return "dsadapter" if options.to == "dsadapter" else f"openai{RANGES[options.target]}"


def rewrite_installation(line: str, options: Options) -> str:
    """A line for a shell, such as ``!pip install openai==0.28``."""

    def word(match: Match[str]) -> str:
        end = ";" if match.group().endswith(";") else ""
        bare = re.sub("[\"';]", "", match.group())
        if not any(is_wanted(row, options) for row in declared(bare, 1)):
            return match.group()
        text = requirement(options)
        return (text if options.to == "dsadapter" else f'"{text}"') + end

    return _WORD.sub(word, line)


def rewrite_python(analysis: Analysis, is_setup: bool) -> None:
    """Ask for the edits of ``setup(install_requires=[...])`` and of ``["pip", "install", ...]``;
    a command in one string is for a person."""
    for node in analysis.all(ast.Constant):
        value = node.value
        if not isinstance(value, str) or "openai" not in value.lower():
            continue
        if _is_listed(analysis, node, is_setup):
            _rewrite_entry(analysis, node)
        elif _COMMAND.search(value) and rewrite_installation(value, analysis.options) != value:
            _mark_command(analysis, node)


def _is_listed(analysis: Analysis, node: ast.Constant, is_setup: bool) -> bool:
    parent: Any = analysis.document.parents.get(node)
    if not isinstance(parent, (ast.List, ast.Tuple)):
        return False
    values = [getattr(element, "value", None) for element in parent.elts]
    return is_setup or "install" in values


def _rewrite_entry(analysis: Analysis, node: ast.Constant) -> None:
    if not any(is_wanted(row, analysis.options) for row in declared(node.value, 1)):
        return
    source = analysis.document.source(node)
    new = NAMED.sub(requirement(analysis.options), source, count=1)
    if new != source:
        analysis.replace("pin", node, new)


def _mark_command(analysis: Analysis, node: ast.Constant) -> None:
    """Docstrings and other texts that nobody runs stay without a comment."""
    if isinstance(analysis.document.parents.get(node), ast.Call):
        analysis.mark("magic", node)
