"""The doors of ``install()``: which kind of module ``openai`` is, and the hooks at its import."""

from __future__ import annotations

import os
import sys
from typing import Any, NamedTuple, Optional

from .._backends import detection as _detect
from .._backends.versions import at_least
from .._errors.tree import BackendWarning
from .._settings.table import OFFLINE_URL
from .._warn import warn_caller
from .finder import Explainer, Finder
from .patches import Changes

TRACE = "DSADAPTER_TRACE"


class Options(NamedTuple):
    """What ``install()`` was asked for."""

    modern: str = "native"
    legacy: str = "adapter"
    offline: bool = False


def open_all(options: Options, changes: Changes) -> None:
    """Extend what is imported already; hook into the import of what is not."""
    finder = Finder()
    if options.offline:
        _start_emulator(changes)
    if os.environ.get(OFFLINE_URL):
        from . import offline

        options = options._replace(offline=True)
        offline.close_the_network(finder, changes)
    if os.environ.get(TRACE):
        from . import trace

        trace.begin(changes)
    _hook_openai(finder, options, changes)
    _put_on_path(finder, changes)


def _hook_openai(finder: Finder, options: Options, changes: Changes) -> None:
    present = sys.modules.get("openai")
    if present is sys.modules["dsadapter"]:  # the program put it there: it has both faces
        return
    if present is not None:
        _extend_present(present, options, changes)
        return

    def imported(module: Any) -> None:
        _atomically(_kind_of(module), module, options, changes)

    def made(module: Any) -> None:
        changes.later(lambda: _forget("openai", module))
        _atomically("none", module, options, changes)

    def rescued(module: Any, err: Exception) -> bool:
        if not _is_broken_sdk(module, err):
            return False
        made(module)
        return True

    finder.hooks["openai"] = imported
    finder.makers["openai"] = made
    finder.rescues["openai"] = rescued


def _is_broken_sdk(module: Any, err: Exception) -> bool:
    """An SDK that fails to import; what it left behind is cleared away for one of ours."""
    if _detect._installed(module.__spec__).fault:
        return False
    for name in [name for name in sys.modules if name.startswith("openai.")]:
        del sys.modules[name]
    for name in [name for name in vars(module) if not name.startswith("__")]:
        delattr(module, name)
    warn_caller(
        f"dsadapter: the installed openai cannot be imported ({type(err).__name__}: {err}); "
        "dsadapter provides the module instead. python -m dsadapter doctor tells more.",
        BackendWarning,
    )
    return True


def _extend_present(module: Any, options: Options, changes: Changes) -> None:
    kind = _kind_of(module, strict=True)
    _atomically(kind, module, options, changes)


def _kind_of(module: Any, *, strict: bool = False) -> Optional[str]:
    """ "modern" or "legacy"; None for what is no SDK (with ``strict``: InstallError)."""
    found = _detect._imported(module)
    if not found.fault:
        return "modern" if at_least(found.version, "1") else "legacy"
    what = getattr(module, "__file__", None) or repr(module)
    text = (
        f"The module openai of this program ({what}) is not the SDK: dsadapter leaves it alone. "
        "It would provide openai.ChatCompletion, openai.error and the other names of openai 0.28."
    )
    if strict:
        from . import InstallError

        raise InstallError(
            text, hint="Call dsadapter.install() first, or let nothing else stand for openai"
        )
    warn_caller(text, BackendWarning)
    return None


def _atomically(kind: Optional[str], module: Any, options: Options, changes: Changes) -> None:
    """Extend a module; a failure half-way undoes itself before it is raised."""
    if kind is None:
        return
    from . import namespaces as faces

    own = Changes()
    try:
        faces.KINDS[kind](module, options, own)
    except BaseException:
        own.undo()
        raise
    changes.later(own.undo)


def _forget(name: str, module: Any) -> None:
    if sys.modules.get(name) is module:
        del sys.modules[name]


def _put_on_path(finder: Finder, changes: Changes) -> None:
    explainer = Explainer()
    sys.meta_path.insert(0, finder)
    sys.meta_path.append(explainer)
    changes.later(lambda: sys.meta_path.remove(finder))
    changes.later(lambda: sys.meta_path.remove(explainer))


def _start_emulator(changes: Changes) -> None:
    from ..testing.emulator import Emulator

    emulator = Emulator().start()
    changes.later(emulator.stop)
    changes.variable(OFFLINE_URL, emulator.base_url)
