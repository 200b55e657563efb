"""The real openai < 1 behind ``install()``: its classes become the adapter's, its objects stay.

Calls go through the adapter's requestor under the SDK's names, so that a patch of
``openai.api_requestor.APIRequestor.request`` is seen; the bytes travel through the SDK's own.
"""

from __future__ import annotations

import importlib
import os
import sys
from typing import Any, Dict

from .._legacy import api_requestor, classes, settings, util
from .patches import Changes


def adopt(package: Any, changes: Changes) -> None:
    """Put the adapter's classes and requestor in the place of the SDK's, wherever they stand."""
    importlib.import_module("dsadapter._backends.legacy_openai")  # while the requestor is the SDK's
    spaces = [package, package.api_resources]
    spaces += [m for name, m in sys.modules.items() if name.startswith("openai.api_resources.")]
    for row in classes.CLASSES:
        if not row.exported or row.file == "objects":  # objects stay the SDK's
            continue
        for space in spaces:
            if row.name in vars(space):
                changes.set(space, row.name, classes.load(row))
    changes.set(package.api_requestor, "APIRequestor", api_requestor.APIRequestor)
    if "__version__" not in vars(package):  # 0.27.0 has none; code of today reads it
        changes.set(package, "__version__", package.version.VERSION)
    for module in (settings, util):  # one enum: types are compared with ``is``
        changes.set(module, "ApiType", package.util.ApiType)
    _keep_keys_out_of_pickles(package.openai_object.OpenAIObject, changes)


def _keep_keys_out_of_pickles(cls: Any, changes: Changes) -> None:
    """The SDK writes ``api_key`` into each; disk caches keep pickles for years."""
    reduce, restore = cls.__reduce__, cls.__setstate__

    def __reduce__(self: Any) -> Any:
        factory, (name, _, *others), state = reduce(self)
        return factory, (name, None, *others), state

    def __setstate__(self: Any, state: Any) -> None:
        restore(self, state)
        object.__setattr__(self, "api_key", None)

    changes.set(cls, "__reduce__", __reduce__)
    changes.set(cls, "__setstate__", __setstate__)


def own_defaults() -> Dict[str, Any]:
    """What openai 0.28 sets these globals to when it is imported (surface A1)."""
    environment = os.environ
    return {
        "api_key": environment.get("OPENAI_API_KEY"),
        "api_base": environment.get("OPENAI_API_BASE", "https://api.openai.com/v1"),
        "organization": environment.get("OPENAI_ORGANIZATION"),
    }
