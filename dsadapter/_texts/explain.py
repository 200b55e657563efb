"""What is said about every known error text, by the id of its row."""

from __future__ import annotations

from typing import Dict

from . import (
    explain_api,
    explain_clients,
    explain_environment,
    explain_generations,
    explain_install,
    explain_keys,
    explain_local_servers,
    explain_network,
    explain_program,
    explain_quirks,
    explain_shell,
    explain_statuses,
    explain_vendors,
)
from .explanation import Explanation

EXPLANATIONS: Dict[str, Explanation] = {
    **explain_generations.EXPLANATIONS,
    **explain_clients.EXPLANATIONS,
    **explain_keys.EXPLANATIONS,
    **explain_environment.EXPLANATIONS,
    **explain_install.EXPLANATIONS,
    **explain_shell.EXPLANATIONS,
    **explain_program.EXPLANATIONS,
    **explain_network.EXPLANATIONS,
    **explain_api.EXPLANATIONS,
    **explain_vendors.EXPLANATIONS,
    **explain_local_servers.EXPLANATIONS,
    **explain_statuses.EXPLANATIONS,
    **explain_quirks.EXPLANATIONS,
}
