"""What stands under a name below ``openai.types``: a kind of objects, or what annotations need.

Kinds that the adapter reads replies into are its own. Of others there is a class that reads the
same way and is made when it is first asked for, as the typed dicts of what programs send are.
"""

from __future__ import annotations

import re
import sys
from functools import lru_cache
from importlib import import_module
from typing import Any, Dict, List, Mapping, Tuple, Union

from .._native_class import leaf_name
from .._record import Record
from .._response.base_model import BaseModel
from .names import FIELDS, LEAVES, NAMES, ON_DEMAND, OURS, UNIONS

ROOT = "types"
# Where the adapter's own kinds are.
_PLACES = (
    "_response.types",
    "_response.chunk_types",
    "_response.text_types",
    "_response.account_types",
    "_response.resource_types",
    "_response.parsed",
    "_response.parsed_response",
)
_OF_CHAT = tuple(f"dsadapter.{place}" for place in _PLACES[:4])
_ALIASES: Mapping[str, Any] = {"str": str, "dict": Dict[str, Any], "any": Any}
_IS_PARAMS = re.compile(r"[A-Z]\w*Params?")
_IS_CLASS = re.compile(r"[A-Z]\w*")
_LEAF_OF_PARAMS = re.compile(r"\w+_params?")


def is_package(module: str) -> bool:
    """Whether ``module`` ("types.chat") holds other modules."""
    return module in NAMES


def exists(module: str) -> bool:
    """Whether there is a module of this name below ``openai``."""
    package, _, leaf = module.rpartition(".")
    if module in NAMES or module in LEAVES:
        return True
    return package in NAMES and (
        _LEAF_OF_PARAMS.fullmatch(leaf) is not None
        or any(leaf_name(name) == leaf for name in _tokens(package))
    )


def names(module: str) -> List[str]:
    """The names of ``module`` that are known beforehand."""
    package, _, leaf = module.rpartition(".")
    if module in NAMES:
        return sorted({*_tokens(module), *_of_package(module)})
    return sorted({*_tokens(module), *(n for n in names(package) if leaf_name(n) == leaf)})


def _of_package(package: str) -> Tuple[str, ...]:
    return (*FIELDS, *UNIONS) if package == f"{ROOT}.chat" else ()


@lru_cache(maxsize=None)
def _tokens(module: str) -> Dict[str, str]:
    """The names that the tables have for ``module``, and what each is."""
    text = NAMES.get(module) or LEAVES.get(module) or ""
    tokens = (re.fullmatch(r"(\w+)(.*)", token) for token in text.split())
    return {match[1]: match[2] for match in tokens if match}


@lru_cache(maxsize=None)
def value(module: str, name: str) -> Any:
    """What stands under ``name`` in ``module``; raises KeyError where there is no such name."""
    tokens = _tokens(module)
    if name in tokens:
        return _made(module, name, tokens[name])
    if module not in NAMES:
        return _in_leaf(module, name)
    if _IS_PARAMS.fullmatch(name):
        return _params(module, name)
    if module == ROOT:
        return value(f"{ROOT}.shared", name)
    raise KeyError(name)


def _in_leaf(module: str, name: str) -> Any:
    """A module below a package has what it imports from there, and what it defines itself."""
    package, _, leaf = module.rpartition(".")
    of_params = _LEAF_OF_PARAMS.fullmatch(leaf) is not None
    shared = f"{ROOT}.shared_params" if of_params else f"{ROOT}.shared"
    for home in (package, shared, ROOT):
        if name in _tokens(home) and not (of_params and home == ROOT):
            return value(home, name)
    if _IS_PARAMS.fullmatch(name):
        return value(package, name)
    if of_params and _IS_CLASS.fullmatch(name):
        return _params(module, name)
    if package in ON_DEMAND and _IS_CLASS.fullmatch(name):
        return _kind(module, name, "")
    raise KeyError(name)


def _made(module: str, name: str, sort: str) -> Any:
    if sort == "~params":
        return _params(module, name)
    if sort.startswith("~"):
        return _ALIASES[sort[1:]]
    ours = OURS.get(f"{module}.{name}") or OURS.get(name) or name
    for place in _PLACES:
        cls = getattr(import_module(f"dsadapter.{place}"), ours, None)
        if isinstance(cls, type):
            return cls
    return _kind(module, name, sort.lstrip("="))


# --- what servers send ----------------------------------------------------------------------------


class _ByItsMark(type):
    """The class of kinds that no reply is read into: an object is of one if it is marked so."""

    _mark: Tuple[str, Tuple[str, ...]] = ("", ())

    def __instancecheck__(cls, instance: Any) -> bool:
        field, marks = cls._mark
        if type.__instancecheck__(cls, instance):
            return True
        of_chat = type(instance).__module__ in _OF_CHAT
        marked = isinstance(instance, Record) and not of_chat and instance.get(field) in marks
        return bool(marks) and marked


def _kind(module: str, name: str, mark: str) -> Any:
    field, _, values = mark.rpartition(":")
    marks = tuple(value for value in values.split("|") if value)
    namespace = {
        "__module__": f"dsadapter.{module}",
        "__doc__": f"``openai.{module}.{name}``.",
        "__slots__": (),
        "__class_getitem__": classmethod(lambda cls, _: cls),
        "_mark": (field or "type", marks),
    }
    package = module.partition(".")[2]
    native = f"{package}.{leaf_name(name)}" if module in NAMES else package
    return _ByItsMark(name, (BaseModel,), namespace, native=native.lstrip("."))


# --- what programs send ---------------------------------------------------------------------------


def _params(module: str, name: str) -> Any:
    if name in UNIONS:
        members = UNIONS[name].split()
        return Union[tuple(str if m == "str" else _typed_dict(module, m) for m in members)]
    return _typed_dict(module, name)


@lru_cache(maxsize=None)
def _typed_dict(module: str, name: str) -> Any:
    fields = dict.fromkeys(FIELDS.get(name, "").split(), Any)
    cls: Any = _typed_dict_of()(name, fields, total=False)
    cls.__module__ = f"dsadapter.{module}"
    cls.__pydantic_config__ = {"extra": "allow"}  # a field that is not listed is no mistake
    return cls


def _typed_dict_of() -> Any:
    """pydantic wants the one of typing_extensions where that of typing lacks something."""
    if sys.version_info < (3, 12):
        try:
            from typing_extensions import TypedDict as Extended

            return Extended
        except ImportError:
            pass
    from typing import TypedDict

    return TypedDict
