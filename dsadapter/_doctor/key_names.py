"""Variables that were meant to be the key, by their names."""

from __future__ import annotations

from functools import lru_cache

from .._settings import providers
from .._settings.azure import TOKEN as AZURE_TOKEN

SHORT = ("DEEPSEEKAPIKEY", "DEEPSEEKKEY", "DEEPSEEKTOKEN", "DEEPSEEKAPITOKEN")
# How close a misspelling has to be; OPENAQ_API_KEY and OPENSEA_API_KEY are keys of others.
_CLOSENESS = {"DEEPSEEK_API_KEY": 0.85, "OPENAI_API_KEY": 0.95}


def squeezed(name: str) -> str:
    """A name without what people write between its words."""
    return name.upper().replace("_", "").replace("-", "")


@lru_cache(maxsize=None)
def meant_key(name: str) -> str:
    """The variable that a name is a misspelling of, "" for none."""
    if is_key(name):
        return ""
    return next((known for known in _CLOSENESS if _is_like(name.upper(), known)), "")


def is_key(name: str) -> bool:
    """Whether some vendor's key is read from a variable of this name."""
    return name in AZURE_TOKEN or any(name in row.key_env for row in providers.VENDORS)


def _is_like(name: str, known: str) -> bool:
    import difflib

    if f"{known}_" in name or f"_{known}" in name:  # DEEPSEEK_API_KEY_FILE, VITE_DEEPSEEK_API_KEY
        return False
    ours, theirs = squeezed(known), squeezed(name)
    if sorted(ours) == sorted(theirs):  # OPENIA_API_KEY
        return True
    matcher, least = difflib.SequenceMatcher(None, theirs, ours), _CLOSENESS[known]
    return matcher.real_quick_ratio() >= least and matcher.ratio() >= least
