"""The hooks of ``install()``: which kind of module ``openai`` is, and what its import extends."""

from __future__ import annotations

import os
import sys
from typing import Any, Optional

from .._backends import detection
from .._backends.versions import at_least
from .._errors.tree import BackendWarning
from .._settings.table import OFFLINE_URL
from .._warn import warn_caller
from .finder import Finder, MissingModuleFinder
from .options import TRACE, InstallError, Options
from .patches import Changes


def add_hooks(options: Options, changes: Changes) -> None:
    """Extend what is imported already; hook into the import of what is not."""
    finder = Finder()
    if options.offline:
        _start_emulator(changes)
    if os.environ.get(OFFLINE_URL):
        from . import offline

        options = options._replace(offline=True)
        offline.restrict_network(finder, changes)
    if os.environ.get(TRACE):
        from . import trace

        trace.begin(changes)
    _hook_openai(finder, options, changes)
    _add_finders(finder, changes)


def _hook_openai(finder: Finder, options: Options, changes: Changes) -> None:
    present = sys.modules.get("openai")
    if present is sys.modules["dsadapter"]:  # the program put it there: it has both faces
        return
    if present is not None:
        _extend_present(present, options, changes)
        return

    def extend(module: Any) -> None:
        _atomically(_kind_of(module), module, options, changes)

    def provide(module: Any) -> None:
        changes.later(lambda: _remove_module("openai", module))
        _atomically("none", module, options, changes)

    def provide_instead(module: Any, err: Exception) -> bool:
        if not _cleared_of_broken_sdk(module, err):
            return False
        provide(module)
        return True

    finder.hooks["openai"] = extend
    finder.fallbacks["openai"] = provide
    finder.error_handlers["openai"] = provide_instead


def _cleared_of_broken_sdk(module: Any, err: Exception) -> bool:
    """Whether an SDK failed to import; its remains are cleared away for a module of ours."""
    if detection._installed(module.__spec__).fault:
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
    sdk = detection._imported(module)
    if not sdk.fault:
        return "modern" if at_least(sdk.version, "1") else "legacy"
    origin = getattr(module, "__file__", None) or repr(module)
    text = (
        f"The module openai of this program ({origin}) is not the SDK: dsadapter leaves it alone. "
        "It would provide openai.ChatCompletion, openai.error and the other names of openai 0.28."
    )
    if strict:
        raise InstallError(
            text, hint="Call dsadapter.install() first, or let nothing else stand for openai"
        )
    warn_caller(text, BackendWarning)
    return None


def _atomically(kind: Optional[str], module: Any, options: Options, changes: Changes) -> None:
    """Extend a module; a failure half-way undoes itself before it is raised."""
    if kind is None:
        return
    from . import namespaces

    extension = Changes()
    try:
        namespaces.KINDS[kind](module, options, extension)
    except BaseException:
        extension.undo()
        raise
    changes.later(extension.undo)


def _remove_module(name: str, module: Any) -> None:
    if sys.modules.get(name) is module:
        del sys.modules[name]


def _add_finders(finder: Finder, changes: Changes) -> None:
    missing = MissingModuleFinder()
    sys.meta_path.insert(0, finder)
    sys.meta_path.append(missing)
    changes.later(lambda: sys.meta_path.remove(finder))
    changes.later(lambda: sys.meta_path.remove(missing))


def _start_emulator(changes: Changes) -> None:
    from ..testing.emulator import Emulator

    emulator = Emulator().start()
    changes.later(emulator.stop)
    changes.variable(OFFLINE_URL, emulator.base_url)
