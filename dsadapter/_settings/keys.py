"""API keys: whether one can be sent, whether it may go where it is about to, and hiding it."""

from __future__ import annotations

from typing import Optional, Tuple

from .._errors.tree import CredentialsError
from .providers import Provider

# Shapes that only one vendor gives out.
FOREIGN_PREFIXES = ("sk-proj-", "sk-svcacct-", "sk-ant-", "bce-v3/")
FOREIGN_PARTS = ("T3BlbkFJ",)  # base64 of "OpenAI", inside every key of theirs

_FAULTS = {
    "non-ascii": "has the non-ASCII character U+{code} at position {position}: a note, a "
    "full-width or a typographic character; keys are plain ASCII",
    "placeholder": "is a placeholder, not a key: put your own key there",
    "control": "contains a line break or control character: copy the key alone, on one line",
    "quotes": "is wrapped in quotes that belong to it: take them away",
    "bearer": "begins with 'Bearer ': write the key alone",
    "blanks": "contains blanks: copy the key alone",
}
_PLACEHOLDER_PARTS = tuple(
    "your xxxx < * ... placeholder changeme api_key api-key not-needed no-key".split()
)
# The last two are what local servers tell people to write.
_PLACEHOLDER_WORDS = frozenset(
    "empty none null sk- sk key token test dummy ollama lm-studio".split()
)
_QUOTES = "\"'`"


def tail(key: str) -> str:
    """The most of a key that a text may show: its last four characters, of a long one."""
    return f"...{key[-4:]}" if len(key) >= 12 else "..."


def is_foreign(key: str) -> bool:
    """Whether ``key`` has the unmistakable shape of a vendor that is not DeepSeek."""
    return key.startswith(FOREIGN_PREFIXES) or any(part in key for part in FOREIGN_PARTS)


def shape_fault(key: str) -> Optional[Tuple[str, int]]:
    """What is wrong with the shape of ``key``, and at which position (from 1, 0 for none):
    "non-ascii", "placeholder", "control", "quotes", "bearer" or "blanks"; None for nothing."""
    odd = next((i for i, char in enumerate(key) if ord(char) > 127), None)
    if odd is not None:
        return "non-ascii", odd + 1
    if key[0] == "<" and key[-1] == ">":  # before the blanks in it
        return "placeholder", 0
    control = next((i for i, char in enumerate(key) if ord(char) < 32 or ord(char) == 127), None)
    if control is not None:
        return "control", control + 1
    if key[0] in _QUOTES or key[-1] in _QUOTES:
        return "quotes", 0
    if key.lower().startswith("bearer "):
        return "bearer", 0
    if " " in key:
        return "blanks", key.index(" ") + 1
    return ("placeholder", 0) if is_placeholder(key) else None


def fault(key: str) -> Optional[str]:
    """What is wrong with the shape of ``key`` (the end of a sentence), or None."""
    wrong = shape_fault(key)
    if wrong is None:
        return None
    kind, position = wrong
    code = f"{ord(key[position - 1]):04X}" if kind == "non-ascii" else ""
    return _FAULTS[kind].format(position=position, code=code)


def is_placeholder(key: str) -> bool:
    """Whether ``key`` stands where a key belongs and is none: nothing is lost with it."""
    key = key.lower()
    one_letter = len(set(key[3:] if key.startswith("sk-") else key)) == 1  # sk-xxx, sk-000
    is_word = key in _PLACEHOLDER_WORDS or any(part in key for part in _PLACEHOLDER_PARTS)
    return one_letter or is_word


def check(key: str, source: str, provider: Provider) -> None:
    """Raise CredentialsError when ``key`` cannot be a key of ``provider``."""
    wrong = fault(key)
    if wrong:
        raise CredentialsError(f"The API key from {source} {wrong}.", hint=where_to_get(provider))


def check_sendable(key: str, source: str) -> None:
    """Raise CredentialsError when ``key`` cannot stand in an HTTP header at all."""
    if any(not 32 <= ord(char) < 127 for char in key):
        raise CredentialsError(f"The API key from {source} {fault(key)}.")


def sendable(key: str) -> str:
    """``key`` as a header can carry it; for loopback, where any placeholder is welcome."""
    return "".join(char if 32 <= ord(char) < 127 else "?" for char in key)


def where_to_get(provider: Provider) -> Optional[str]:
    """The hint that says where keys are made, or None."""
    return f"Keys are made at {provider.keys_page}" if provider.keys_page else None


def empty(source: str) -> CredentialsError:
    """The error for a key that the program gave, and that is ""."""
    return CredentialsError(
        f"The API key from {source} is empty.",
        hint='os.getenv("NAME", "") gives that where NAME is not set: set it, or give no key, '
        "and it is read from the environment or from .env",
    )


def missing(provider: Provider) -> CredentialsError:
    """The error for a call without a key, with the next step."""
    variable = provider.key_env[0] if provider.key_env else "OPENAI_API_KEY"
    page = f"make one at {provider.keys_page}\n" if provider.keys_page else ""
    return CredentialsError(
        f"No API key for {provider.title}: neither the argument api_key, dsadapter.api_key, "
        f"the environment variable {variable} nor a .env file has one.",
        hint=f"{page}write it into .env: {variable}=sk-...\n"
        "or try without a key: python -m dsadapter chat --offline",
    )
