"""Yesterday's requests on today's DeepSeek API: one dated table of rules. No I/O.

A rule changes one thing that the API is known to refuse, ignore or misread, and says so. What is
not known to fail is left to the server, and so is what cannot be understood. Facts are those of
the API documents (state: November 2026).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Callable, Dict, Iterator, List, Optional, Tuple

from .._named_tuple import NamedTuple

FLASH, PRO = "deepseek-flash", "deepseek-v4-pro"
RETIRED = {"deepseek-chat": "disabled", "deepseek-reasoner": "enabled"}  # name -> thinking
_RETIRED_NAMES = tuple(RETIRED)
EFFORTS = {"minimal": "low", "medium": "high", "xhigh": "high"}
PENALTIES = ("presence_penalty", "frequency_penalty")
STRING_ROLES = ("system", "assistant", "tool")  # the API takes no parts from them
PLACEHOLDER = " "  # "" sufficed for some clients, a space for all
SCHEMA_PROMPT = "Answer with nothing but a json object that fits this JSON Schema:\n"
JSON_PROMPT = "Answer with a json object."
TEXTS = ("messages", "prompt", "suffix")  # by people; tools are code, and long to search
CHAT, FIM = "chat/completions", "completions"
CALL_KEYS = ("name", "arguments")
_SHOWN_PLACES = 5

Body = Dict[str, Any]


class Repair(NamedTuple):
    """One change to a request, as ``response.adapter.repairs`` shows it."""

    id: str
    what: str
    why: str


class Outcome(NamedTuple):
    """A request as it is to be sent. The caller's objects are as they were."""

    body: Body
    repairs: Tuple[Repair, ...]
    beta: bool  # it is served under /beta only
    restore: bool  # functions became tools: the reply must go through restore_*


class Work:
    """What rules share beside the body: private copies of the messages (also in the body)."""

    __slots__ = ("chat", "messages", "restore")

    def __init__(self, chat: bool, messages: List[Body]) -> None:
        self.chat = chat
        self.messages = messages
        self.restore = False


Apply = Callable[[Body, Work], Optional[str]]
Change = Callable[[Body, Body], bool]


class Rule(NamedTuple):
    """One row: ``since`` is when the fact became known (a month where no day is recorded),
    ``source`` the page of api-docs.deepseek.com that it belongs to."""

    id: str
    since: str
    why: str
    source: str
    apply: Apply  # changes the body and says what it did, or returns None


# --- looking -------------------------------------------------------------------------------------


def _as_dict(value: Any) -> Optional[Body]:
    """A shallow copy of an object in any spelling, SDK models too; None for anything else."""
    if not isinstance(value, Mapping):
        dump = getattr(value, "model_dump", None)
        value = dump(exclude_unset=True) if callable(dump) else None
    return dict(value) if isinstance(value, Mapping) else None


def _type(body: Body, name: str) -> Any:
    value = body.get(name)
    return value.get("type") if isinstance(value, Mapping) else None


def _thinks(body: Body) -> bool:
    return bool(_type(body, "thinking") != "disabled")  # on unless told not to


def _part_text(part: Any) -> Optional[str]:
    if isinstance(part, str):
        return part
    fields = _as_dict(part) or {}
    text = fields.get("text")
    return text if fields.get("type") == "text" and isinstance(text, str) else None


def _text(message: Body) -> str:
    content = message.get("content")
    parts = content if isinstance(content, list) else [content]
    return "\n".join(_part_text(part) or "" for part in parts)


def _where(places: List[int]) -> str:
    shown = ", ".join(f"messages[{place}]" for place in places[:_SHOWN_PLACES])
    more = len(places) - _SHOWN_PLACES
    return f"{shown} and {more} more" if more > 0 else shown


def _in_messages(what: str) -> Callable[[Change], Apply]:
    """A rule from a ``change(message, body)`` that answers whether it changed the message."""

    def rule(change: Change) -> Apply:
        def apply(body: Body, work: Work) -> Optional[str]:
            places = [at for at, message in enumerate(work.messages) if change(message, body)]
            return f"{what} ({_where(places)})" if places else None

        return apply

    return rule


def _tell_model(messages: List[Body], text: str) -> None:
    """Behind the first system message: text in front of it would cost the prefix cache (8)."""
    for message in messages:
        content = message.get("content")
        if message.get("role") == "system" and isinstance(content, str):
            message["content"] = f"{content}\n\n{text}" if content else text
            return
    messages.insert(0, {"role": "system", "content": text})


# --- model, mode, limits -------------------------------------------------------------------------


def _effort(body: Body, work: Work) -> Optional[str]:
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


def _retired(body: Body, work: Work) -> Optional[str]:
    model = body.get("model")
    if not isinstance(model, str) or model not in RETIRED:
        return None
    body["model"] = FLASH
    what = f"model {model!r} sent as {FLASH!r}"
    if not work.chat or body.get("thinking") is not None:  # FIM never thinks (1)
        return what
    body["thinking"] = {"type": RETIRED[model]}
    return f"{what} with thinking {RETIRED[model]}"


def _limit(body: Body, work: Work) -> Optional[str]:
    if body.get("max_completion_tokens") is None:
        return None
    limit = body.pop("max_completion_tokens")
    if body.get("max_tokens") is not None:
        return f"max_completion_tokens={limit!r:.20} dropped, max_tokens is given"
    body["max_tokens"] = limit
    return f"max_completion_tokens={limit!r:.20} sent as max_tokens"


def _penalties(body: Body, work: Work) -> Optional[str]:
    dropped = [name for name in PENALTIES if body.get(name) is not None]
    for name in dropped:
        del body[name]
    return f"{' and '.join(dropped)} dropped" if dropped else None


def _stream_options(body: Body, work: Work) -> Optional[str]:
    if body.get("stream_options") is None or body.get("stream"):
        return None
    del body["stream_options"]
    return "stream_options dropped, the call does not stream"


# --- roles, functions, tools ---------------------------------------------------------------------


@_in_messages("role 'developer' sent as 'system'")
def _developers(message: Body, body: Body) -> bool:
    if message.get("role") != "developer":
        return False
    message["role"] = "system"
    return True


def _functions(body: Body, work: Work) -> Optional[str]:
    functions = body.get("functions")
    if not isinstance(functions, (list, tuple)) or not functions or body.get("tools"):
        return None
    del body["functions"]
    body["tools"] = [{"type": "function", "function": function} for function in functions]
    choice = body.pop("function_call", None)
    if choice is not None and body.get("tool_choice") is None:
        named = isinstance(choice, Mapping)
        body["tool_choice"] = {"type": "function", "function": choice} if named else choice
    work.restore = True
    return f"functions sent as tools ({len(functions)})"


def _called(message: Body) -> Optional[Body]:
    """The ``function_call`` of an assistant turn."""
    call = message.get("function_call")
    if call is None or message.get("role") != "assistant" or message.get("tool_calls"):
        return None
    return _as_dict(call)


def _call_turn(message: Body, call_id: str, call: Body) -> Body:
    turn = {key: value for key, value in message.items() if key != "function_call"}
    function = {"arguments": "{}", **call}
    calls = [{"id": call_id, "type": "function", "function": function}]
    return {**turn, "content": turn.get("content") or "", "tool_calls": calls}


def _answer_turn(message: Body, call_id: str) -> Body:
    content = message.get("content")
    ids = {"role": "tool", "tool_call_id": call_id}
    return {**message, **ids, "content": "" if content is None else content}


def _tool_turns(messages: List[Body]) -> Iterator[Body]:
    """Function turns as tool turns. Of tools each call wants an answer and each answer a call, of
    functions they did not: what is missing is put in. Ids follow from the place, for the cache."""
    waiting = ""
    for at, message in enumerate(messages):
        answers, call = message.get("role") == "function", _called(message)
        if answers and not waiting:
            waiting = f"call_function_{at}"
            asked = {"name": message.get("name") or "function"}
            yield _call_turn({"role": "assistant"}, waiting, asked)
        if waiting:
            yield _answer_turn(message if answers else {}, waiting)
            waiting = ""
        if call is not None:
            waiting = f"call_function_{at}"
            yield _call_turn(message, waiting, call)
        elif not answers:
            yield message
    if waiting:
        yield _answer_turn({}, waiting)


def _history(body: Body, work: Work) -> Optional[str]:
    old = [m for m in work.messages if m.get("role") == "function" or _called(m) is not None]
    if not old:
        return None
    work.messages[:] = list(_tool_turns(work.messages))
    return f"function turns of the history sent as tool turns ({len(old)})"


def _forced(body: Body, work: Work) -> Optional[str]:
    choice = body.get("tool_choice")
    forced = isinstance(choice, Mapping) and "function" in choice
    if not (forced or choice == "required") or not _thinks(body):
        return None
    body["thinking"] = {"type": "disabled"}
    kind = "a named tool_choice" if forced else "tool_choice 'required'"
    return f"thinking disabled for this call because of {kind}"


@_in_messages("content '' put in")
def _contents(message: Body, body: Body) -> bool:
    role, calls = message.get("role"), message.get("tool_calls")
    # An assistant turn without calls may have null, but must have the key.
    needed = role == "tool" or (role == "assistant" and (calls or "content" not in message))
    if not needed or message.get("content") is not None:
        return False
    message["content"] = ""
    return True


@_in_messages("list of text parts sent as a string")
def _parts(message: Body, body: Body) -> bool:
    role, content = message.get("role"), message.get("content")
    # A user's parts stay where they are documented, on Flash; v4-pro reads text only.
    strings_only = role in STRING_ROLES or (role == "user" and body.get("model") == PRO)
    if not strings_only or not isinstance(content, list):
        return False
    texts = [text for text in map(_part_text, content) if text is not None]
    if len(texts) < len(content):
        return False
    message["content"] = ("" if role == "assistant" else "\n").join(texts)
    return True


def _fill_reasoning(message: Body) -> bool:
    if message.get("role") != "assistant":
        return False
    message["reasoning_content"] = PLACEHOLDER
    return True


@_in_messages(f"reasoning_content {PLACEHOLDER!r} put in")
def _all_reasoning(message: Body, body: Body) -> bool:
    return not message.get("reasoning_content") and _fill_reasoning(message)


@_in_messages(f"reasoning_content {PLACEHOLDER!r} put in")
def _lost_reasoning(message: Body, body: Body) -> bool:
    # The empty string usually serves. In prefix completion the field presets the thought.
    lost = message.get("reasoning_content") is None and not message.get("prefix")
    return lost and _fill_reasoning(message)


def _reasoning(body: Body, work: Work) -> Optional[str]:
    tools = body.get("tools") or any(message.get("tool_calls") for message in work.messages)
    return _lost_reasoning(body, work) if tools and _thinks(body) else None


# --- JSON mode, text -----------------------------------------------------------------------------


def _schema_text(wanted: Any) -> Optional[str]:
    """The schema of a ``json_schema`` format as prompt; None for one that cannot be written."""
    fields = wanted if isinstance(wanted, Mapping) else {}
    about = fields.get("description")
    try:
        text = json.dumps(fields["schema"], ensure_ascii=False, default=str)
    except (KeyError, TypeError, ValueError, RecursionError):
        return None
    return SCHEMA_PROMPT + (f"{about}\n{text}" if isinstance(about, str) else text)


def _json_schema(body: Body, work: Work) -> Optional[str]:
    if _type(body, "response_format") != "json_schema":
        return None
    text = _schema_text(body["response_format"].get("json_schema"))
    body["response_format"] = {"type": "json_object"}
    if text is None:
        return "response_format 'json_schema' sent as 'json_object'"
    _tell_model(work.messages, text)
    return "response_format 'json_schema' sent as 'json_object', the schema in the system message"


def _json_word(body: Body, work: Work) -> Optional[str]:
    if _type(body, "response_format") != "json_object":
        return None
    if any("json" in _text(message).lower() for message in work.messages):
        return None
    _tell_model(work.messages, JSON_PROMPT)
    return "the word json added to the system message"


def _sound(text: str) -> bool:
    try:
        return text.isascii() or bool(text.encode("utf-8"))
    except UnicodeEncodeError:
        return False


def _mended(value: Any) -> Any:
    if isinstance(value, str):
        if _sound(value):
            return value  # else by way of UTF-16, where two halves of a character meet again
        return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if isinstance(value, dict):
        return {_mended(key): _mended(inner) for key, inner in value.items()}
    return [_mended(inner) for inner in value] if isinstance(value, list) else value


def _surrogates(body: Body, work: Work) -> Optional[str]:
    try:
        texts = {name: _mended(body[name]) for name in TEXTS if name in body}
    except RecursionError:  # nothing that can be sent
        return None
    found = [name for name, value in texts.items() if value != body[name]]
    body.update(texts)
    return f"lone surrogates in {' and '.join(found)} replaced by U+FFFD" if found else None


# --- the table -----------------------------------------------------------------------------------

# Pages of api-docs.deepseek.com; what no page says was found by others against the live API.
_UPDATES, _CHAT_PAGE = "updates", "api/create-chat-completion"
_JSON_PAGE, _THINKING_PAGE = "guides/json_mode", "guides/thinking_mode"
_PASS_BACK = "Thinking with tools wants the reasoning_content of assistant turns back"

# The order: what the caller says outright (effort) beats what a retired name implies; roles and
# functions become today's before anything looks at roles and tools; a forced tool ends thinking
# before reasoning is asked for; strings are strings before text is added to them; the schema
# brings the word json along; surrogates go last, over everything that was put in.
RULES: Tuple[Rule, ...] = (
    Rule(
        "effort-value", "2026-08-13", "The efforts are now low, high and max", _CHAT_PAGE, _effort
    ),
    Rule("retired-model-name", "2026-07-24", "The name may be refused any day", _UPDATES, _retired),
    Rule(
        "max-completion-tokens", "2026-11", "The API silently ignores this name", _CHAT_PAGE, _limit
    ),
    Rule(
        "penalties", "2026-10-27", "Penalties are deprecated and do nothing", _CHAT_PAGE, _penalties
    ),
    Rule(
        "stream-options", "2026-10-27", "They are for stream=true only", _CHAT_PAGE, _stream_options
    ),
    Rule(
        "developer-role",
        "2026-07-27",
        "The API refuses the role developer",
        _CHAT_PAGE,
        _developers,
    ),
    Rule(
        "functions", "2026-10-27", "The API has tools instead of functions", _CHAT_PAGE, _functions
    ),
    Rule(
        "function-history", "2026-07-27", "The API refuses the role function", _CHAT_PAGE, _history
    ),
    Rule(
        "forced-tool-choice",
        "2026-07-27",
        "Thinking mode refuses forced tools",
        _THINKING_PAGE,
        _forced,
    ),
    Rule("null-content", "2026-08-21", "These turns must have a string", _CHAT_PAGE, _contents),
    Rule("text-parts", "2025-11", "The API wants a string here", _CHAT_PAGE, _parts),
    Rule("missing-reasoning", "2025-12-01", _PASS_BACK, _THINKING_PAGE, _reasoning),
    Rule("json-schema", "2026-11", "The API has no json_schema in chat", _JSON_PAGE, _json_schema),
    Rule(
        "json-word", "2026-07-27", "JSON mode needs the word in a message", _JSON_PAGE, _json_word
    ),
    Rule(
        "lone-surrogates",
        "2026-11",
        "The API cannot parse half characters",
        _CHAT_PAGE,
        _surrogates,
    ),
)
RESEND = Rule(
    "repair-resend", "2025-12-01", f"{_PASS_BACK}; it was refused", _THINKING_PAGE, _all_reasoning
)
# Those for fields that /completions has too.
_FIM_APPLY = (_retired, _limit, _penalties, _stream_options, _surrogates)
FIM_RULES = tuple(rule for rule in RULES if rule.apply in _FIM_APPLY)


# --- requests ------------------------------------------------------------------------------------

_LOOKED_AT = frozenset(("tools", "tool_choice", "functions", "response_format"))
_LOOKED_AT |= {*PENALTIES, "reasoning_effort", "max_completion_tokens", "stream_options"}
_PLAIN_ROLES = ("user", "assistant", "system")


def repaired(path: str, body: Mapping[str, Any]) -> Outcome:
    """The request as today's API takes it. Of other paths nothing is known: nothing changes."""
    name = path.strip("/")
    if name == CHAT and _plain(body):
        return Outcome(dict(body), (), False, False)
    messages = _copies(name, body)
    if messages is None:
        return Outcome(dict(body), (), needs_beta(path, body), False)
    draft, work = dict(body), Work(name == CHAT, messages)
    if work.chat:
        draft["messages"] = messages
    rows = [_row(rule, draft, work) for rule in (RULES if work.chat else FIM_RULES)]
    return Outcome(draft, tuple(filter(None, rows)), needs_beta(path, draft), work.restore)


def after_refusal(body: Mapping[str, Any], message: str) -> Optional[Outcome]:
    """A refused chat request with the reasoning that the refusal asks for; None if that is no help.

    ``body`` is what was sent; whether to restore the reply, its own outcome goes on to say.
    """
    asked = "reasoning_content" in message and ("passed back" in message or "Missing" in message)
    messages = _copies(CHAT, body) if asked else None
    if messages is None:
        return None
    draft = {**body, "messages": messages}
    row = _row(RESEND, draft, Work(True, messages))
    return Outcome(draft, (row,), needs_beta(CHAT, draft), False) if row else None


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


def _row(rule: Rule, body: Body, work: Work) -> Optional[Repair]:
    what = rule.apply(body, work)
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
    copies = [copy for copy in map(_as_dict, messages) if copy is not None]
    return copies if len(copies) == len(messages) else None


def _plain(body: Mapping[str, Any]) -> bool:
    """Whether no rule can apply and no beta: so it is with most calls, and quickly seen."""
    messages = body.get("messages")
    known = _LOOKED_AT.isdisjoint(body) and body.get("model") not in _RETIRED_NAMES
    if not known or type(messages) is not list:
        return False
    for message in messages:
        if type(message) is not dict or len(message) != 2:
            return False
        content = message.get("content")
        if message.get("role") not in _PLAIN_ROLES or type(content) is not str:
            return False
        if not content.isascii() and not _sound(content):
            return False
    return True


# --- replies to functions ------------------------------------------------------------------------


def restore_message(message: Body) -> None:
    """The first tool call as ``function_call``, in place: functions know one call a turn."""
    calls = message.get("tool_calls")
    if isinstance(calls, list) and calls:
        function = _function(calls[0])
        del message["tool_calls"]
        message["function_call"] = {key: function.get(key, "") for key in CALL_KEYS}


def restore_reply(data: Body) -> None:
    """A whole chat completion, in place."""
    for choice in _choices(data):
        if isinstance(choice.get("message"), dict):
            restore_message(choice["message"])


def restore_chunk(data: Body) -> None:
    """One chunk of a stream, in place. Fragments of a second call go: there is no place for them,
    and what they leave may be an empty delta."""
    for choice in _choices(data):
        delta = choice.get("delta")
        if isinstance(delta, dict) and isinstance(delta.get("tool_calls"), list):
            for call in delta.pop("tool_calls"):
                function = _function(call)
                if function and not call.get("index"):
                    delta["function_call"] = {k: function[k] for k in CALL_KEYS if k in function}


def _function(call: Any) -> Body:
    function = call.get("function") if isinstance(call, dict) else None
    return function if isinstance(function, dict) else {}


def _choices(data: Body) -> Iterator[Body]:
    """The choices, with the finish reason of their time."""
    choices = data.get("choices")
    for choice in choices if isinstance(choices, list) else ():
        if isinstance(choice, dict):
            if choice.get("finish_reason") == "tool_calls":
                choice["finish_reason"] = "function_call"
            yield choice
