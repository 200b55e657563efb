"""What is installed, where and in which version, without importing it.

Metadata is not asked: after a half-finished upgrade it names the wrong version, and it says
nothing of a file named ``openai.py`` beside the program. The package's own files
are read as text.
"""

from __future__ import annotations

import os
import re
import sys
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from typing import Any, Optional, Tuple

from .._named_tuple import NamedTuple

_VERSION = r"^(?:__version__|VERSION)\s*(?::\s*\w+\s*)?=\s*[\"']([^\"']+)[\"']"


class Sdk(NamedTuple):
    """The openai package that ``import openai`` would give or has given.

    ``version`` is "" when it is no openai SDK; ``fault`` then says what it is.
    """

    version: str
    origin: Optional[str]
    imported: bool
    fault: Optional[str] = None


_last: Tuple[Any, Optional[Sdk]] = (None, None)


def sdk() -> Optional[Sdk]:
    """The SDK of this interpreter, or None when there is none."""
    global _last
    module = sys.modules.get("openai")
    if getattr(getattr(module, "__spec__", None), "_initializing", False):
        module = None  # another thread imports it: its files say what it is
    state = (module, tuple(sys.path))
    if _last[0] != state:
        _last = (state, _look(module))
    return _last[1]


def forget() -> None:
    """Look anew at the next question: an installation has changed."""
    global _last
    _last = (None, None)


def _look(module: Any) -> Optional[Sdk]:
    if module is sys.modules["dsadapter"]:  # sys.modules["openai"] = dsadapter: no SDK is in reach
        return None
    if module is not None and not getattr(module, "__dsadapter__", False):
        return _imported(module)
    spec = spec_of("openai")
    if spec is None or spec.origin == "dsadapter":  # what install() provides is no SDK
        return None
    return _installed(spec)


def spec_of(name: str) -> Optional[ModuleSpec]:
    """Like ``find_spec``, but None for whatever cannot be found or is broken."""
    module = sys.modules.get(name)
    if module is not None and getattr(module, "__spec__", None) is None:
        return None  # find_spec raises ValueError for such a module
    try:
        return find_spec(name)
    except (ImportError, ValueError, AttributeError):
        return None


def is_installed(name: str) -> bool:
    """Whether ``import name`` finds a package or module (a namespace folder does not count)."""
    if name in sys.modules:
        return sys.modules[name] is not None
    spec = spec_of(name)
    return spec is not None and spec.origin is not None


def installed_version(name: str) -> Optional[str]:
    """``__version__`` as written in the package's files, or None."""
    spec = spec_of(name)
    if spec is None or not spec.origin:
        return None
    folder = os.path.dirname(spec.origin)
    for file in ("__version__.py", "_version.py", "version.py", "__init__.py"):
        version = _version_in(os.path.join(folder, file))
        if version:
            return version
    return None


def _imported(module: Any) -> Sdk:
    version = getattr(module, "__version__", None)
    if not isinstance(version, str):  # 0.27.0 has only openai.version.VERSION
        version = getattr(getattr(module, "version", None), "VERSION", "")
    if not isinstance(version, str):  # a mock of a test
        version = ""
    origin = getattr(module, "__file__", None)
    fault = None if version else f"the module openai of the program ({origin}) is not the SDK"
    return Sdk(version, origin, True, fault)


def _installed(spec: ModuleSpec) -> Sdk:
    origin = spec.origin
    if origin is None or origin == "namespace":
        return Sdk("", None, False, "a folder named openai without code is in the way")
    if not spec.submodule_search_locations:
        return Sdk("", origin, False, f"the file {origin} hides the SDK: rename it")
    folder = os.path.dirname(origin)
    modern = "_client" in _text(origin)
    files = ("_version.py", "version.py") if modern else ("version.py", "_version.py")
    versions = (_version_in(os.path.join(folder, file)) for file in files)
    version = next((text for text in versions if text), "")
    fault = None if version else f"the package {folder} is not the SDK, or files of it are missing"
    return Sdk(version, origin, False, fault)


def _version_in(path: str) -> Optional[str]:
    match = re.search(_VERSION, _text(path), re.M)
    return match.group(1) if match else None


def _text(path: str) -> str:
    source = path[:-1] if path.endswith(".pyc") else path  # of a program that was frozen
    try:
        with open(source, encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError:
        return ""
