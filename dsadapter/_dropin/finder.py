"""Import hooks: what happens when the program imports ``openai`` (and a few HTTP libraries).

Nothing is imported ahead of the program. The finder asks the finders behind it, and what they
find is loaded by their loader; only afterwards is it extended.
"""

from __future__ import annotations

import sys
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from typing import Any, Callable, Dict, Iterator, Optional

# Modules of openai 0.28 that have no place in an adapter.
NOT_SHIPPED = ("cli", "validators", "wandb_logger", "upload_progress", "_openai_scripts")

Hook = Callable[[Any], None]
ErrorHandler = Callable[[Any, Exception], bool]


class Finder(MetaPathFinder):
    """First in ``sys.meta_path``: runs ``hooks[name](module)`` behind the import of ``name``.

    ``fallbacks[name](module)`` fills a module that nobody else provides;
    ``error_handlers[name](module, error)`` may fill one whose own loader failed, and says whether
    it did.
    """

    def __init__(self) -> None:
        self.hooks: Dict[str, Hook] = {}
        self.fallbacks: Dict[str, Hook] = {}
        self.error_handlers: Dict[str, ErrorHandler] = {}

    def find_spec(
        self, fullname: str, path: Any = None, target: Any = None
    ) -> Optional[ModuleSpec]:
        """The spec of whoever provides the module, with the hook behind its loader."""
        if fullname not in self.hooks:
            return None
        spec = self._elsewhere(fullname, path, target)
        if spec is not None and spec.loader is not None and spec.origin is not None:
            on_error = self.error_handlers.get(fullname)
            spec.loader = _ExtendingLoader(spec.loader, self.hooks[fullname], on_error)
            return spec
        if fullname in self.fallbacks:
            loader = _FallbackLoader(self.fallbacks[fullname])
            return ModuleSpec(fullname, loader, origin="dsadapter", is_package=True)
        return spec

    def find_distributions(self, context: Any) -> Iterator[Any]:
        """Metadata of ``openai`` where a fallback provides the module (called by importlib)."""
        if "openai" not in self.fallbacks or self._elsewhere("openai", None, None) is not None:
            return iter(())
        from . import metadata

        return metadata.distributions(context)

    def _elsewhere(self, fullname: str, path: Any, target: Any) -> Optional[ModuleSpec]:
        for finder in sys.meta_path:
            find = getattr(finder, "find_spec", None)
            spec = find(fullname, path, target) if find and finder is not self else None
            if spec is not None:
                return spec  # type: ignore[no-any-return]
        return None


class _ExtendingLoader(Loader):
    """Loads with the real loader, then calls the hook."""

    def __init__(self, loader: Any, hook: Hook, on_error: Optional[ErrorHandler]) -> None:
        self._loader = loader
        self._hook = hook
        self._on_error = on_error

    def create_module(self, spec: ModuleSpec) -> Any:
        """As the real loader does."""
        return self._loader.create_module(spec)

    def exec_module(self, module: Any) -> None:
        """As the real loader does; then the hook, or what handles its error."""
        module.__spec__.loader = module.__loader__ = self._loader  # as if nobody had stood here
        try:
            self._loader.exec_module(module)
        except Exception as err:
            if self._on_error is None or not self._on_error(module, err):
                raise
        else:
            self._hook(module)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._loader, name)


class _FallbackLoader(Loader):
    """Fills a module that nobody else provides."""

    def __init__(self, fill: Hook) -> None:
        self._fill = fill

    def create_module(self, spec: ModuleSpec) -> None:
        """A usual module."""

    def exec_module(self, module: Any) -> None:
        """Fill it."""
        self._fill(module)


class MissingModuleFinder(MetaPathFinder):
    """Last in ``sys.meta_path``: the modules of openai >= 1 that nobody else provides, and why one
    of 0.28 is not there."""

    def find_spec(
        self, fullname: str, path: Any = None, target: Any = None
    ) -> Optional[ModuleSpec]:
        """A spec of the tree; one whose loader raises, for a module of 0.28 that nobody
        provides."""
        package, _, name = fullname.partition(".")
        if package != "openai":
            return None
        if name in NOT_SHIPPED:
            return ModuleSpec(fullname, _MissingModuleLoader())
        from . import modern_tree

        return modern_tree.spec_of(fullname)


class _MissingModuleLoader(Loader):
    """Raises for a module of 0.28 that is not shipped."""

    def create_module(self, spec: ModuleSpec) -> Any:
        """Raise ModuleNotFoundError, with the way out."""
        raise ModuleNotFoundError(
            f"No module named {spec.name!r}: dsadapter provides the calls of openai 0.28 "
            "(openai.ChatCompletion, openai.error, openai.api_resources ...), not its command line "
            'tools. For this one: pip install "openai<1" in an environment of its own',
            name=spec.name,
        )

    def exec_module(self, module: Any) -> None:
        """Never reached: there is no module."""
