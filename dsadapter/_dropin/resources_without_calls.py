"""Groups of calls of openai >= 1 that are not here, by their names: files import them at their top
for annotations, or for a branch that they never take. Of openai 3.57.0.
"""

from __future__ import annotations

from typing import Any, Dict, Iterator, Tuple

from .._errors.tree import NotOfferedError
from .._native_class import leaf_name

# Module below ``resources`` -> its groups; for each there is a second one, Async before its name.
_GROUPS: Dict[str, str] = {
    "admin": "Organization Admin",
    "admin.organization": """
        AuditLogs AdminAPIKeys Usage Invites Users Groups Roles DataRetention ExternalKeys
        WorkloadIdentityProviders ExternalStorage SpendLimit SpendAlerts Certificates
        Projects Organization
    """,
    "admin.organization.groups": "Users Roles Groups",
    "admin.organization.projects": """
        Users ServiceAccounts APIKeys RateLimits ModelPermissions ServiceTierSettings
        HostedToolPermissions Groups Roles DataRetention SpendLimit SpendAlerts
        Certificates Projects
    """,
    "admin.organization.projects.groups": "Roles Groups",
    "admin.organization.projects.service_accounts": "APIKeys ServiceAccounts",
    "admin.organization.projects.users": "Roles Users",
    "admin.organization.users": "Roles Users",
    "admin.organization.workload_identity_providers": "FederationRules WorkloadIdentityProviders",
    "beta": "Agents Responses ChatKit Assistants Threads Beta",
    "beta.agents": "Automations Environments Vaults Sessions Agents",
    "beta.agents.automations": "Invocations Automations",
    "beta.agents.environments": "Files Templates Environments",
    "beta.agents.sessions": "Subagents Artifacts Items Events Traces Turns Sessions",
    "beta.agents.sessions.subagents": "Items Turns Subagents",
    "beta.agents.sessions.subagents.turns": "Items Turns",
    "beta.agents.sessions.turns": "Items Turns",
    "beta.agents.vaults": "Credentials Vaults",
    "beta.chatkit": "Sessions Threads ChatKit",
    "beta.realtime": "Sessions TranscriptionSessions Realtime",
    "beta.responses": "InputItems InputTokens Responses",
    "beta.threads": "Runs Messages Threads",
    "beta.threads.runs": "Steps Runs",
    "containers": "Files Containers",
    "containers.files": "Content Files",
    "conversations": "Items Conversations",
    "evals": "Runs Evals",
    "evals.runs": "OutputItems Runs",
    "fine_tuning": "Jobs Checkpoints Alpha FineTuning",
    "fine_tuning.alpha": "Graders Alpha",
    "fine_tuning.checkpoints": "Permissions Checkpoints",
    "fine_tuning.jobs": "Checkpoints Jobs",
    "live": "Sideband Forks Sessions Live",
    "realtime": "ClientSecrets Calls Translations Realtime",
    "realtime.translations": "ClientSecrets Translations",
    "safety": "Cases Alerts Safety",
    "skills": "Content Versions Skills",
    "skills.versions": "Content Versions",
    "uploads": "Parts Uploads",
    "vector_stores": "Files FileBatches VectorStores",
    "webhooks": "EventTypes Webhooks",
}
# Modules that are no packages.
_SINGLE: Dict[str, str] = {
    "audio.voice_consents": "VoiceConsents",
    "audio.voices": "Voices",
    "chat.completions.messages": "Messages",
    "content_provenance_checks": "ContentProvenanceChecks",
    "decisions": "Decisions",
    "responses.input_tokens": "InputTokens",
    "videos": "Videos",
}
_TOP = """
    Admin Beta Containers ContentProvenanceChecks Conversations Decisions Evals FineTuning Live
    Realtime Safety Skills Uploads VectorStores Videos Webhooks
"""


def places(names: str) -> str:
    """Sync and async names, each with its place, as the tables of modules have them."""
    both = (prefix + name for name in names.split() for prefix in ("", "Async"))
    return " ".join(f"{name}=_dropin.resources_without_calls" for name in both)


def modules() -> Iterator[Tuple[str, str]]:
    """Each module below ``resources`` that has nothing else, and the names in it."""
    for module, name in _SINGLE.items():
        yield module, places(name)
    for package, names in _GROUPS.items():
        yield package, places(names)
        for name in names.split():
            leaf = f"{package}.{leaf_name(name)}"
            if leaf not in _GROUPS:
                yield leaf, places(name)


TOP = places(_TOP)


def __getattr__(name: str) -> Any:
    """The group of this name: to be named, not to be made."""
    if not name[:1].isupper():
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

    def __init__(self: Any, *_: Any, **__: Any) -> None:
        raise NotOfferedError(f"{name} is not among the calls that dsadapter has.")

    namespace = {"__init__": __init__, "__doc__": f"``{name}``: no calls.", "__module__": __name__}
    value = globals()[name] = type(name, (), namespace)
    return value
