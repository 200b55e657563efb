"""The rules of the table on one request. The caller's objects stay as they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Dict, List, Optional, Sequence, Tuple

from .._named_tuple import NamedTuple
from .rule import CHAT, FIM, RESPONSES, UNUSUAL_MESSAGES, Body, Repair, Rule, RuleContext, as_dict
from .table import RESEND, RESPONSES_RULES, RULES
from .usual import asks_for_reasoning, is_usual_message

_USUAL_RULES = tuple(rule for rule in RULES if not rule.opt_in)
NO_CHOICE: Mapping[str, bool] = {}  # of rules: each as it is by itself
# What the rules look at; /beta is for strict tools.
_FIELDS = frozenset(field for rule in _USUAL_RULES for field in rule.fields) - {UNUSUAL_MESSAGES}
_FIELDS |= {"tools"}
# A tuple: what a caller names as a model may be unhashable.
_MODELS = tuple(model for rule in _USUAL_RULES for model in rule.models)

_ASKED_ALWAYS = any(not (rule.fields or rule.models) for rule in _USUAL_RULES)


class RepairedRequest(NamedTuple):
    """A request as it is to be sent. The caller's objects are as they were."""

    body: Body
    repairs: Tuple[Repair, ...]
    beta: bool  # it is served under /beta only
    restore: bool  # functions became tools: the reply must go through restore_*
    notices: Tuple[Repair, ...] = ()  # what the API will ignore; nothing was changed


def repaired(
    path: str, body: Mapping[str, Any], choice: Mapping[str, bool] = NO_CHOICE
) -> RepairedRequest:
    """The request as today's API takes it. Of other paths nothing is known: nothing changes.

    ``choice`` switches rules on and off by their ids.
    """
    name = path.strip("/")
    if name == CHAT and not choice and _needs_no_repair(body):
        return RepairedRequest(dict(body), (), False, False)
    if name == RESPONSES:
        return _repaired_response_request(body, choice)
    messages = _copies(name, body)
    if messages is None:
        return RepairedRequest(dict(body), (), needs_beta(path, body), False)
    draft, context = dict(body), RuleContext(name == CHAT, messages)
    if context.chat:
        draft["messages"] = messages
    rules = [rule for rule in _chosen(RULES, choice) if context.chat or rule.fim]
    repairs = tuple(filter(None, [_repair(rule, draft, context) for rule in rules]))
    return RepairedRequest(draft, repairs, needs_beta(path, draft), context.restore)


def _chosen(rules: Sequence[Rule], choice: Mapping[str, bool]) -> List[Rule]:
    return [rule for rule in rules if choice.get(rule.id, not rule.opt_in)]


def _repaired_response_request(
    body: Mapping[str, Any], choice: Mapping[str, bool]
) -> RepairedRequest:
    draft, context = dict(body), RuleContext(False, [])
    outcome: Dict[bool, List[Repair]] = {True: [], False: []}
    for rule in _chosen(RESPONSES_RULES, choice):
        repair = _repair(rule, draft, context)
        if repair:
            outcome[rule.notice].append(repair)
    return RepairedRequest(draft, tuple(outcome[False]), False, False, tuple(outcome[True]))


def after_refusal(body: Mapping[str, Any], message: str) -> Optional[RepairedRequest]:
    """A refused chat request with the reasoning that the refusal asks for; None if that is no help.

    ``body`` is what was sent; whether to restore the reply, its own repair goes on to say.
    """
    messages = _copies(CHAT, body) if asks_for_reasoning(message) else None
    if messages is None:
        return None
    draft = {**body, "messages": messages}
    repair = _repair(RESEND, draft, RuleContext(True, messages))
    return RepairedRequest(draft, (repair,), needs_beta(CHAT, draft), False) if repair else None


def needs_beta(path: str, body: Mapping[str, Any]) -> bool:
    """Whether /beta alone serves this: FIM, prefix completion, strict tools."""
    name = path.strip("/")
    if name != CHAT:
        return name == FIM
    messages, tools = body.get("messages"), body.get("tools")
    last = messages[-1] if isinstance(messages, (list, tuple)) and messages else None
    if isinstance(last, Mapping) and last.get("prefix"):
        return True
    return isinstance(tools, (list, tuple)) and any(map(_strict, tools))


def _strict(tool: Any) -> bool:
    function = tool.get("function") if isinstance(tool, Mapping) else None
    return isinstance(function, Mapping) and bool(function.get("strict"))


def _repair(rule: Rule, body: Body, context: RuleContext) -> Optional[Repair]:
    what = rule.apply(body, context)
    if not what:
        return None
    source = f"since {rule.since}, api-docs.deepseek.com/{rule.source}"
    return Repair(rule.id, what, f"{rule.why} ({source}).")


def _copies(name: str, body: Mapping[str, Any]) -> Optional[List[Body]]:
    """The messages, copied; None where they are beyond repair."""
    if name != CHAT:
        return [] if name == FIM else None
    messages = body.get("messages")
    if not isinstance(messages, (list, tuple)):
        return None
    copies = [copy for copy in map(as_dict, messages) if copy is not None]
    return copies if len(copies) == len(messages) else None


def _needs_no_repair(body: Mapping[str, Any]) -> bool:
    """Whether no rule can apply and no beta: so it is with most calls, and quickly seen."""
    if _ASKED_ALWAYS or not _FIELDS.isdisjoint(body) or body.get("model") in _MODELS:
        return False
    messages = body.get("messages")
    return type(messages) is list and all(map(is_usual_message, messages))
