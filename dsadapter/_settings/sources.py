"""Where one setting comes from: argument > module global > environment > ``.env`` > default."""

from __future__ import annotations

import os
import sys
from typing import Any, Dict, Mapping, Optional, Tuple

from .._errors.tree import InvalidArgumentError
from .._named_tuple import NamedTuple
from . import dotenv_file
from .table import BY_NAME, CANONICAL, UNSET_OFFLINE_KEY


class Variable(NamedTuple):
    """A value from the environment or, with ``file``, from a ``.env``."""

    value: str
    name: str
    file: Optional[str] = None

    @property
    def source(self) -> str:
        """For people: "the environment variable NAME", "NAME in /home/me/.env"."""
        if self.file is None:
            return f"the environment variable {self.name}"
        return f"{self.name} in {self.file}"

    def __repr__(self) -> str:
        return f"Variable(name={self.name!r}, file={self.file!r})"  # the value may be a key


class UnsetDefault(str):
    """What a setting reads as while nobody has set it. Handed back (saved and restored, passed on
    by a library) it is still not set: reading must not look like naming a base."""


def module_globals() -> Mapping[str, Any]:
    """The globals of the package, in which ``dsadapter.api_key = ...`` leaves its value."""
    return vars(sys.modules["dsadapter"])


def from_environment(name: str) -> Optional[Variable]:
    """A variable from the environment, else from a ``.env``; empty counts as unset."""
    value = os.environ.get(name)
    if value and value != UNSET_OFFLINE_KEY:
        return Variable(value, name)
    for path in dotenv_file.candidates():
        value = dotenv_file.read(path).get(name)
        if value:
            return Variable(value, name, path)
    return None


def first_of(names: Tuple[str, ...]) -> Optional[Variable]:
    """The first of these variables that is set."""
    return next((variable for variable in map(from_environment, names) if variable), None)


def explicit(name: str, arguments: Mapping[str, Any]) -> Tuple[Any, str]:
    """What the program itself sets: (value, source); (None, "") when it sets nothing.

    Raises InvalidArgumentError where two spellings of one setting differ.
    """
    spellings = (name, *BY_NAME[name].aliases)
    for namespace, prefix in ((arguments, "the argument "), (module_globals(), "dsadapter.")):
        values = {s: namespace[s] for s in spellings if is_set(namespace.get(s))}
        if len(set(map(repr, values.values()))) > 1:
            raise InvalidArgumentError(
                f"{' and '.join(f'{s}={v!r}' for s, v in values.items())} are two spellings of one "
                "setting and differ.",
                hint=f"Keep one of them: {prefix}{name}",
            )
        for spelling, value in values.items():
            sources = getattr(namespace, "sources", {})  # of the legacy face's arguments
            return value, sources.get(spelling, f"{prefix}{spelling}")
    return None, ""


def is_set(value: Any) -> bool:
    """Whether a program has set this value, rather than read it and handed it back."""
    return value is not None and not isinstance(value, UnsetDefault)


def by_canonical_name(arguments: Mapping[str, Any]) -> Dict[str, Any]:
    """Settings under their first spelling, so that a later one replaces an earlier one."""
    return {CANONICAL.get(name, name): value for name, value in arguments.items()}


def explicit_or_variable(name: str, arguments: Mapping[str, Any]) -> Tuple[Any, str]:
    """What the program sets, else its variable: (value, source); (None, "") where neither does."""
    value, source = explicit(name, arguments)
    if value is None:
        variable = first_of(BY_NAME[name].env)
        return (variable.value, variable.source) if variable else (None, "")
    return value, source


def setting_value(name: str, arguments: Mapping[str, Any]) -> Any:
    """A setting that needs no pairing, as it was written: the first source that has it."""
    value, _ = explicit_or_variable(name, arguments)
    return BY_NAME[name].default if value is None else value
