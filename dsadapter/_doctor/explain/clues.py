"""Words without which a pattern cannot match, so that few patterns have to be compiled."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import List, Tuple

_TOKEN = re.compile(
    r"\((?:\?(?:P<\w+>|:|<?[=!]))?"  # a group, or what looks ahead or behind
    r"|[^\\()|\[\]{}?*+.^$ ]+(?![?*{])"  # characters that stand for themselves
    r"|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\{[\d,]*\}|.",
    re.S,
)
_SHORTEST = 3
_OPTIONAL = tuple("?*{")


@lru_cache(maxsize=None)
def clues(pattern: str) -> Tuple[str, ...]:
    """Every text that fits has at least one of these words in it; () where that is not known."""
    return _alternatives(_TOKEN.findall(pattern)[::-1])


def _alternatives(tokens: List[str]) -> Tuple[str, ...]:
    """Of the tokens up to the end of the group, which are taken from the list's end."""
    words: List[str] = []
    is_known, end = True, "|"
    while end == "|":
        of_branch, end = _branch(tokens)
        is_known = is_known and bool(of_branch)
        words += of_branch
    return tuple(words) if is_known else ()


def _branch(tokens: List[str]) -> Tuple[Tuple[str, ...], str]:
    """The best words of one alternative, a run of characters or those of a group; and the token
    that ended it."""
    best: Tuple[str, ...] = ()
    run = ""
    while True:
        token = tokens.pop() if tokens else ")"
        of_group = _alternatives(tokens) if token[0] == "(" else ()
        optional = bool(tokens) and tokens[-1].startswith(_OPTIONAL)
        literal = _literal(token)
        if literal and not optional:
            run += literal
            continue
        is_needed = not optional and not token.endswith(("=", "!"))
        best = max(best, _word(run), of_group if is_needed else (), key=_worth)
        run = ""
        if token in ("|", ")"):
            return best, token


def _word(run: str) -> Tuple[str, ...]:
    return (run,) if len(run) >= _SHORTEST else ()


def _worth(words: Tuple[str, ...]) -> int:
    """The longer the shortest word, the fewer texts have one by chance."""
    return min(map(len, words), default=0)


def _literal(token: str) -> str:
    """The characters that a token stands for, "" where they may be others."""
    if token[0] == "\\":
        return "" if token[1].isalnum() else token[1]
    return "" if token[0] in " .^$?*+{}()|[]" else token
