"""What the SDKs' clients have and DeepSeek does not offer, with the way to providers that do."""

from __future__ import annotations

from typing import Dict

from .._errors.tree import NotOfferedError
from .._settings.providers import Provider

# What clients of the SDKs have beside ours; a path is the way through for providers that offer it.
NOT_OFFERED: Dict[str, str] = {
    "audio": "/audio/speech",
    "batches": "/batches",
    "containers": "/containers",
    "conversations": "/conversations",
    "edits": "/edits",
    "embeddings": "/embeddings",
    "evals": "/evals",
    "files": "/files",
    "fine_tuning": "/fine_tuning/jobs",
    "images": "/images/generations",
    "moderations": "/moderations",
    "responses": "/responses",
    "threads": "/threads",
    "uploads": "/uploads",
    "vector_stores": "/vector_stores",
    "videos": "/videos",
    **dict.fromkeys(
        "admin agents assistants chatkit content_provenance_checks decisions fine_tunes live "
        "realtime safety skills webhooks".split(),
        "",
    ),
}
# The same of groups of calls, with what to use instead.
INSTEAD: Dict[str, str] = {
    **dict.fromkeys(
        ("delete", "list", "messages", "retrieve", "update"),
        "a store of your own (the provider keeps no answers and no models of yours)",
    ),
}


def not_offered(name: str, provider: Provider) -> NotOfferedError:
    """The error for an attribute of a client."""
    path = NOT_OFFERED[name]
    through = f'client.post("{path}", body={{...}}) calls it' if path else "there is no way through"
    return NotOfferedError(
        f"{provider.title} does not offer {name!r} through dsadapter.",
        hint=f"Use client.chat.completions.create(...); for a provider that offers it, {through}",
    )


def not_here(name: str) -> NotOfferedError:
    """The error for a method of a group of calls."""
    return NotOfferedError(f"dsadapter has no {name}() here.", hint=f"Use {INSTEAD[name]} instead")
