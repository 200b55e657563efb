"""Words without which a pattern cannot match, so that few patterns have to be compiled."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Iterator, List, Tuple

_PREFIX = re.compile(r"\?:|\?P<\w+>")
_SHORTEST = 3
_OPTIONAL = ("?", "*", "{")


@lru_cache(maxsize=None)
def clues(pattern: str) -> Tuple[str, ...]:
    """Every text that fits has at least one of these words in it; () where that is not known."""
    words: List[str] = []
    for branch in _branches(pattern):
        of_branch = max(_candidates(branch), key=_worth, default=())
        if not of_branch:
            return ()
        words += of_branch
    return tuple(words)


def _worth(words: Tuple[str, ...]) -> int:
    """The longer the shortest word, the fewer texts have one by chance."""
    return min(map(len, words), default=0)


def _branches(pattern: str) -> List[str]:
    depth, start, at = 0, 0, 0
    branches: List[str] = []
    while at < len(pattern):
        char = pattern[at]
        if char == "|" and not depth:
            branches.append(pattern[start:at])
            start = at + 1
        depth += (char == "(") - (char == ")")
        at = _after(pattern, at)
    return [*branches, pattern[start:]]


def _after(pattern: str, at: int) -> int:
    """Behind an escape, a set or a single character."""
    if pattern[at] == "\\":
        return at + 2
    if pattern[at] == "[":
        at += 2 if pattern[at + 1] != "^" else 3  # a first ] is no end
        while pattern[at] != "]":
            at += 2 if pattern[at] == "\\" else 1
    return at + 1


def _group_end(branch: str, at: int) -> int:
    depth = 0
    while at < len(branch):
        depth += (branch[at] == "(") - (branch[at] == ")")
        at = _after(branch, at)
        if not depth:
            break
    return at


def _candidates(branch: str) -> Iterator[Tuple[str, ...]]:
    """Words that must be there: literal runs, and what a group without a quantifier needs."""
    run, at = "", 0
    while at < len(branch):
        char = branch[at]
        end = _group_end(branch, at) if char == "(" else _after(branch, at)
        optional = branch[end : end + 1] in _OPTIONAL and end < len(branch)
        literal = _literal(branch[at:end])
        if literal and not optional:
            run += literal
        else:
            yield from _word(run)
            run = ""
            if char == "(" and not optional:
                yield from _of_group(branch[at + 1 : end - 1])
        at = end
    yield from _word(run)


def _word(run: str) -> Iterator[Tuple[str, ...]]:
    if len(run) >= _SHORTEST:
        yield (run,)


def _of_group(inner: str) -> Iterator[Tuple[str, ...]]:
    prefix = _PREFIX.match(inner)
    if inner.startswith("?") and not prefix:  # it looks ahead or behind
        return
    words = clues(inner[prefix.end() :] if prefix else inner)
    if words:
        yield words


def _literal(part: str) -> str:
    """The character that a part of a pattern stands for, "" where it stands for several."""
    if part[0] == "\\":
        return "" if part[1].isalnum() else part[1]
    return "" if len(part) > 1 or part in " .^$?*+{}()|[]" else part
