"""The names under which a file has the openai module, and clients made from its settings."""

from __future__ import annotations

import ast
from typing import Any, Dict, Set

from .analysis import Analysis
from .names import IMPORT, Key, is_none

SETTINGS = ("api_key", "organization", "base_url")  # of a client, and of the module


class Modules:
    """What new text calls the module."""

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis
        self._names = analysis.names
        self._rooted: Dict[Key, bool] = {}
        self.replaced: Set[ast.AST] = set()  # names of imports that are used no more
        self.client_name = ""  # of the one client, where calls go over one
        self.written: Set[ast.AST] = set()  # settings that need no rule of their own any more
        self.default = self._default()
        self.is_imported = bool(self.default)  # at the top of the file
        self.is_here = any(
            binding.kind == IMPORT and binding.dotted.partition(".")[0] == "openai"
            for bindings in analysis.names.bindings.values()
            for binding in bindings
        )
        self.default = self.default or "openai"
        self.has_organization = (
            analysis.options.has_organization or "organization" in analysis.document.text
        )
        self.is_azure = self._is_azure()

    def _default(self) -> str:
        for node in self._analysis.all(ast.Import):
            for alias in node.names:
                at_top = self._names.scope(node) is self._analysis.document.tree
                if at_top and alias.name == "openai":
                    return alias.asname or "openai"
        return ""

    def _is_azure(self) -> bool:
        for node in self._analysis.all(ast.Assign):
            for target in node.targets:
                is_type = self._names.dotted(target) == "openai.api_type"
                if is_type and "azure" in self._analysis.document.source(node.value).lower():
                    return True
        return False

    # -- names

    @staticmethod
    def root(node: Any) -> Any:
        """The leftmost name of a dotted expression."""
        while isinstance(node, ast.Attribute):
            node = node.value
        return node

    def is_rooted(self, node: ast.AST) -> bool:
        """Whether a dotted expression begins with what was imported, not with a variable."""
        root = self.root(node)
        key = self._names.key(root) if isinstance(root, ast.Name) else None
        if key is None:
            return False
        if key not in self._rooted:
            bindings = [b for b in self._names.of(root) if not is_none(b)]
            self._rooted[key] = bool(bindings) and all(b.kind == IMPORT for b in bindings)
        return self._rooted[key]

    def name_for(self, node: ast.AST) -> str:
        """What the module is called where a node stands."""
        root = self.root(node)
        is_module = isinstance(root, ast.Name) and self._names.dotted(root) == "openai"
        if is_module and self.is_rooted(root):
            return str(root.id)
        if isinstance(root, ast.Name) and self.is_rooted(root):
            self.replaced.add(root)
        return self.default

    # -- clients

    def caller(self, node: ast.AST) -> str:
        """What has the resources where a node stands: the module, or the client."""
        module = self.name_for(node)
        return self.client_name or module

    def client(self, node: ast.Call, settings: Dict[str, str], is_async: bool) -> str:
        """A client with the module's settings, or those of one call."""
        module = self.name_for(node.func)
        wanted = [n for n in SETTINGS if n != "organization" or self.has_organization]
        wanted += [name for name in settings if name not in wanted]
        owner = self.client_name or module
        texts = {name: settings.get(name, f"{owner}.{name}") for name in wanted}
        azure = "Azure" if self.is_azure else ""
        if azure:
            texts.pop("base_url")
            texts["azure_endpoint"] = f"{module}.azure_endpoint"
            texts["api_version"] = f"{module}.api_version"
        listed = ", ".join(f"{name}={text}" for name, text in texts.items())
        prefix = "Async" if is_async else ""
        return f"{module}.{prefix}{azure}OpenAI({listed}, max_retries=0)"
