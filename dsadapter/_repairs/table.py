"""Yesterday's requests on today's DeepSeek API: one dated table of rules.

A rule changes one thing that the API is known to refuse, ignore or misread, and says so. What is
not known to fail is left to the server, and so is what cannot be understood. Facts are those of
the API documents (state: November 2026).
"""

from __future__ import annotations

from typing import Optional, Tuple

from . import functions, messages, responses, tools
from .rule import FLASH, UNUSUAL_MESSAGES, Body, Rule, RuleContext
from .rule import RETIRED as RETIRED

EFFORTS = {"minimal": "low", "medium": "high", "xhigh": "high"}
PENALTIES = ("presence_penalty", "frequency_penalty")


def _effort_value(body: Body, context: RuleContext) -> Optional[str]:
    effort = body.get("reasoning_effort")
    if effort == "none":
        del body["reasoning_effort"]
        if body.get("thinking") is not None:
            return "reasoning_effort 'none' dropped, 'thinking' is given"
        body["thinking"] = {"type": "disabled"}
        return "reasoning_effort 'none' sent as thinking disabled"
    if not isinstance(effort, str) or effort not in EFFORTS:
        return None
    body["reasoning_effort"] = EFFORTS[effort]
    return f"reasoning_effort {effort!r} sent as {EFFORTS[effort]!r}"


def _retired_model(body: Body, context: RuleContext) -> Optional[str]:
    model = body.get("model")
    if not isinstance(model, str) or model not in RETIRED:
        return None
    body["model"] = FLASH
    what = f"model {model!r} sent as {FLASH!r}"
    if not context.chat or body.get("thinking") is not None:  # FIM never thinks (1)
        return what
    body["thinking"] = {"type": RETIRED[model]}
    return f"{what} with thinking {RETIRED[model]}"


def _max_tokens(body: Body, context: RuleContext) -> Optional[str]:
    if body.get("max_completion_tokens") is None:
        return None
    limit = body.pop("max_completion_tokens")
    if body.get("max_tokens") is not None:
        return f"max_completion_tokens={limit!r:.20} dropped, max_tokens is given"
    body["max_tokens"] = limit
    return f"max_completion_tokens={limit!r:.20} sent as max_tokens"


def _penalties(body: Body, context: RuleContext) -> Optional[str]:
    dropped = [name for name in PENALTIES if body.get(name) is not None]
    for name in dropped:
        del body[name]
    return f"{' and '.join(dropped)} dropped" if dropped else None


def _stream_options(body: Body, context: RuleContext) -> Optional[str]:
    if body.get("stream_options") is None or body.get("stream"):
        return None
    del body["stream_options"]
    return "stream_options dropped, the call does not stream"


# Pages of api-docs.deepseek.com; what no page says was found by others against the live API.
_UPDATES, _CHAT_PAGE = "updates", "api/create-chat-completion"
_JSON_PAGE, _THINKING_PAGE = "guides/json_mode", "guides/thinking_mode"
_RESPONSES_PAGE = "api/create-response"
_PASS_BACK = "Thinking with tools wants the reasoning_content of assistant turns back"

# The order: what tools gave and got becomes text before anything reads it; what the caller says
# outright (effort) beats what a retired name implies; roles and functions become today's, and the
# history whole, before anything looks at roles and tools; a forced tool ends thinking before
# reasoning is asked for; strings are strings before text is added to them; the schema brings the
# word json along; surrogates go last, over everything that was put in.
RULES: Tuple[Rule, ...] = (
    Rule(
        "tool-arguments",
        since="2026-11",
        why="The API wants the arguments of a call as JSON text",
        source=_CHAT_PAGE,
        apply=tools.tool_arguments,
        opt_in=True,
    ),
    Rule(
        "tool-content",
        since="2026-11",
        why="The API wants what a tool gives as a string",
        source=_CHAT_PAGE,
        apply=tools.tool_content,
        opt_in=True,
    ),
    Rule(
        "response-format-text",
        since="2026-11",
        why="The API wants an object here",
        source=_CHAT_PAGE,
        apply=tools.format_name,
        opt_in=True,
    ),
    Rule(
        "effort-value",
        since="2026-08-13",
        why="The efforts are now low, high and max",
        source=_CHAT_PAGE,
        apply=_effort_value,
        fields=("reasoning_effort",),
    ),
    Rule(
        "retired-model-name",
        since="2026-07-24",
        why="The name may be refused any day",
        source=_UPDATES,
        apply=_retired_model,
        models=tuple(RETIRED),
        fim=True,
    ),
    Rule(
        "max-completion-tokens",
        since="2026-11",
        why="The API silently ignores this name",
        source=_CHAT_PAGE,
        apply=_max_tokens,
        fields=("max_completion_tokens",),
        fim=True,
    ),
    Rule(
        "penalties",
        since="2026-10-27",
        why="Penalties are deprecated and do nothing",
        source=_CHAT_PAGE,
        apply=_penalties,
        fields=PENALTIES,
        fim=True,
    ),
    Rule(
        "stream-options",
        since="2026-10-27",
        why="They are for stream=true only",
        source=_CHAT_PAGE,
        apply=_stream_options,
        fields=("stream_options",),
        fim=True,
    ),
    Rule(
        "developer-role",
        since="2026-07-27",
        why="The API refuses the role developer",
        source=_CHAT_PAGE,
        apply=messages.developer_role,
        fields=(UNUSUAL_MESSAGES,),
    ),
    Rule(
        "functions",
        since="2026-10-27",
        why="The API has tools instead of functions",
        source=_CHAT_PAGE,
        apply=functions.functions_as_tools,
        fields=("functions",),
    ),
    Rule(
        "function-history",
        since="2026-07-27",
        why="The API refuses the role function",
        source=_CHAT_PAGE,
        apply=functions.function_history,
        fields=(UNUSUAL_MESSAGES,),
    ),
    Rule(
        "tool-history",
        since="2026-11",
        why="Each call needs an answer, and each answer a call",
        source=_CHAT_PAGE,
        apply=tools.tool_history,
        opt_in=True,
    ),
    Rule(
        "forced-tool-choice",
        since="2026-07-27",
        why="Thinking mode refuses forced tools",
        source=_THINKING_PAGE,
        apply=functions.forced_tool_choice,
        fields=("tool_choice",),
    ),
    Rule(
        "null-content",
        since="2026-08-21",
        why="These turns must have a string",
        source=_CHAT_PAGE,
        apply=messages.null_content,
        fields=(UNUSUAL_MESSAGES,),
    ),
    Rule(
        "text-parts",
        since="2025-11",
        why="The API wants a string here",
        source=_CHAT_PAGE,
        apply=messages.text_parts,
        fields=(UNUSUAL_MESSAGES,),
    ),
    Rule(
        "missing-reasoning",
        since="2025-12-01",
        why=_PASS_BACK,
        source=_THINKING_PAGE,
        apply=messages.missing_reasoning,
        fields=("tools", UNUSUAL_MESSAGES),
    ),
    Rule(
        "json-schema",
        since="2026-11",
        why="The API has no json_schema in chat",
        source=_JSON_PAGE,
        apply=messages.json_schema,
        fields=("response_format",),
    ),
    Rule(
        "json-word",
        since="2026-07-27",
        why="JSON mode needs the word in a message",
        source=_JSON_PAGE,
        apply=messages.json_word,
        fields=("response_format",),
    ),
    Rule(
        "lone-surrogates",
        since="2026-11",
        why="The API cannot parse half characters",
        source=_CHAT_PAGE,
        apply=messages.lone_surrogates,
        fields=(UNUSUAL_MESSAGES,),
        fim=True,
    ),
)
_STATELESS = "The Responses API keeps nothing: send the whole history"
# What /responses is asked about; the first is the chat's rule in the spelling of that API.
RESPONSES_RULES: Tuple[Rule, ...] = (
    Rule(
        "retired-model-name",
        since="2026-07-24",
        why="The name may be refused any day",
        source=_UPDATES,
        apply=responses.retired_model,
    ),
    Rule(
        "ignored-web-search",
        since="2026-09-10",
        why="The Responses API ignores it in silence; deepseek_web_search searches",
        source="guides/web_tools",
        apply=responses.web_search,
        notice=True,
    ),
    Rule(
        "ignored-previous-response-id",
        since="2026-07-31",
        why=_STATELESS,
        source=_RESPONSES_PAGE,
        apply=responses.ignored("previous_response_id"),
        notice=True,
    ),
    Rule(
        "ignored-conversation",
        since="2026-07-31",
        why=_STATELESS,
        source=_RESPONSES_PAGE,
        apply=responses.ignored("conversation"),
        notice=True,
    ),
    Rule(
        "ignored-background",
        since="2026-07-31",
        why="The Responses API answers in the call itself",
        source=_RESPONSES_PAGE,
        apply=responses.ignored("background", False),
        notice=True,
    ),
    Rule(
        "ignored-truncation",
        since="2026-07-31",
        why="The Responses API refuses what is too long, it shortens nothing",
        source=_RESPONSES_PAGE,
        apply=responses.ignored("truncation", "disabled"),
        notice=True,
    ),
)
RESEND = Rule(
    "repair-resend",
    since="2025-12-01",
    why=f"{_PASS_BACK}; it was refused",
    source=_THINKING_PAGE,
    apply=messages.all_reasoning,
)
RULE_IDS = tuple(dict.fromkeys(rule.id for rule in (*RULES, *RESPONSES_RULES, RESEND)))
