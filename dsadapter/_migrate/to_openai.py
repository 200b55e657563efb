"""``--to openai``: every rule, in the order in which they know of each other."""

from __future__ import annotations

import ast

from . import (
    both_generations,
    calls,
    classes,
    client_style,
    errors,
    functions,
    imports,
    reply_rules,
    settings,
)
from .analysis import Analysis
from .modules import Modules
from .replies import Replies


def rewrite(analysis: Analysis) -> None:
    """Ask for the edits of a file."""
    modules, replies = Modules(analysis), Replies(analysis)
    is_legacy = bool(replies.calls) or _names_legacy(analysis)
    asked = both_generations.question(analysis)
    if both_generations.may_ask(analysis) and both_generations.names_todays(analysis):
        return
    if asked is not None and is_legacy:
        analysis.mark("version-switch", asked)
        return
    client_style.rewrite(analysis, modules, replies)
    called = [call.func for call in replies.calls]
    changed = calls.prepare(analysis, modules, replies)
    taken = functions.rewrite(analysis, replies)
    is_dict_style = reply_rules.rewrite(analysis, replies, taken)
    later = calls.rewrite(analysis, modules, replies, changed, is_dict_style)
    settings.rewrite(analysis, modules, is_legacy)
    classes.rewrite(analysis, modules, called, is_legacy)
    errors.rewrite(analysis, modules, replies, is_legacy)
    imports.rewrite(analysis, modules, bool(replies.calls))
    later.write()


def _names_legacy(analysis: Analysis) -> bool:
    """Whether a file names what only 0.28 has."""
    dotted = (analysis.names.dotted(node) for node in analysis.all(ast.Attribute, ast.Name))
    return any(name.startswith(("openai.error", "openai.api_base")) for name in dotted)
