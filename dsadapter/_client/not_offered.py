"""What is not there, with what to use instead: by the table of vendors, or by dsadapter itself."""

from __future__ import annotations

from typing import Dict

from .._errors.tree import NotOfferedError
from .._settings.providers import Provider

# What clients of the SDKs have and dsadapter has no methods for; a path is the way through.
WITHOUT_METHODS: Dict[str, str] = {
    "containers": "/containers",
    "conversations": "/conversations",
    "edits": "/edits",
    "evals": "/evals",
    "fine_tuning": "/fine_tuning/jobs",
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
    "connect": "create(stream=True): there are no websockets",
    "input_tokens": 'client.post("/responses/input_tokens", body={...})',
    "parse": "create(...) with a json_schema, and your own reading of the text",
    "stream": "create(stream=True), whose stream has get_final_response()",
    "voice_consents": 'client.post("/audio/voice_consents", files={...})',
    "voices": 'client.post("/audio/voices", files={...})',
    **dict.fromkeys(
        ("delete", "list", "messages", "retrieve", "update"),
        "a store of your own (the provider keeps no answers and no models of yours)",
    ),
}


def check(provider: Provider, resource: str) -> None:
    """Raise NotOfferedError where the table of vendors says that there is none."""
    from .._settings import offered  # chat needs no table

    offered.check(provider, resource)


def without_methods(name: str, provider: Provider) -> NotOfferedError:
    """The error for an attribute of a client that the SDKs' have and ours has not."""
    check(provider, name)
    path = WITHOUT_METHODS[name]
    through = f'client.post("{path}", body={{...}}) calls it' if path else "there is no way through"
    return NotOfferedError(
        f"dsadapter has no methods for {name!r}.",
        hint=f"Use client.chat.completions.create(...); where {provider.title} has it, {through}",
    )


def not_here(name: str) -> NotOfferedError:
    """The error for a method of a group of calls."""
    return NotOfferedError(f"dsadapter has no {name}() here.", hint=f"Use {INSTEAD[name]} instead")
