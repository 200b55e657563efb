"""What clients have beside chat, made when it is first read: hasattr asks the table of vendors."""

from __future__ import annotations

from importlib import import_module
from typing import Any, Dict, Tuple

from .not_offered import WITHOUT_METHODS, check, without_methods

# Attribute of a client: the module of this folder, the class; an async client's begins with Async.
RESOURCES: Dict[str, Tuple[str, str]] = {
    "audio": ("media", "Audio"),
    "batches": ("files", "Batches"),
    "embeddings": ("embeddings", "Embeddings"),
    "files": ("files", "Files"),
    "images": ("media", "Images"),
    "moderations": ("embeddings", "Moderations"),
    "responses": ("responses", "Responses"),
}


def resource(client: Any, name: str) -> Any:
    """The resource of this client; raises NotOfferedError where the table says that there is none.

    It is the same one at every reading: tests patch its methods.
    """
    check(client._provider, name)
    resources = vars(client).setdefault("_resources", {})
    if name not in resources:
        module, cls = RESOURCES[name]
        cls = f"Async{cls}" if client._is_async else cls
        resources[name] = getattr(import_module(f"{__package__}.{module}"), cls)(client)
    return resources[name]


def attribute(client: Any, name: str) -> Any:
    """What a client has by this name beside what its class has; raises NotOfferedError,
    AttributeError."""
    if name in RESOURCES:
        return resource(client, name)
    if name in WITHOUT_METHODS:
        raise without_methods(name, client._provider)
    raise AttributeError(f"{type(client).__name__!r} object has no attribute {name!r}")
