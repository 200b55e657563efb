"""Yesterday's requests on today's DeepSeek API: one dated table of rules. No I/O.

A rule changes one thing that the API is known to refuse, ignore or misread, and says so. What is
not known to fail is left to the server, and so is what cannot be understood. Facts are those of
the page deepseek-api (state: November 2026), by section.
"""

from __future__ import annotations

import json
from typing import Any, Callable, Dict, Iterator, List, Mapping, NamedTuple, Optional, Tuple

FLASH, PRO = "deepseek-flash", "deepseek-v4-pro"
RETIRED = {"deepseek-chat": "disabled", "deepseek-reasoner": "enabled"}  # name -> thinking
EFFORTS = {"minimal": "low", "medium": "high", "xhigh": "high"}
PENALTIES = ("presence_penalty", "frequency_penalty")
STRING_ROLES = ("system", "assistant", "tool")  # the API takes no parts from them (3.1)
PLACEHOLDER = " "  # "" sufficed for some clients, a space for all (5)
SCHEMA_PROMPT = "Answer with nothing but a json object that fits this JSON Schema:\n"
JSON_PROMPT = "Answer with a json object."
CHAT, FIM = "chat/completions", "completions"
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
    """One row. ``since`` is the day (or month) from which the fact is known."""

    id: str
    since: str
    why: str
    source: str
    apply: Apply  # changes the body and says what it did, or returns None
    fim: bool = False  # holds for /completions too


# --- looking -------------------------------------------------------------------------------------


def _as_dict(value: Any) -> Optional[Body]:
    """A shallow copy of an object in any spelling, SDK models too; None for anything else."""
    if not isinstance(value, Mapping):
        dump = getattr(value, "model_dump", None)
        value = dump(exclude_unset=True) if callable(dump) else None
    return dict(value) if isinstance(value, Mapping) else None


def _thinks(body: Mapping[str, Any]) -> bool:
    """Whether the call thinks: it does unless told not to (2)."""
    thinking = body.get("thinking")
    return not (isinstance(thinking, Mapping) and thinking.get("type") == "disabled")


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


def _type(body: Body, name: str) -> Any:
    value = body.get(name)
    return value.get("type") if isinstance(value, Mapping) else None


def _where(places: List[int]) -> str:
    shown = ", ".join(f"messages[{place}]" for place in places[:_SHOWN_PLACES])
    more = len(places) - _SHOWN_PLACES
    return f"{shown} and {more} more" if more > 0 else shown


def _in_messages(what: str, change: Change) -> Apply:
    """A rule from a ``change(message, body)`` that answers whether it changed the message."""

    def apply(body: Body, work: Work) -> Optional[str]:
        places = [at for at, message in enumerate(work.messages) if change(message, body)]
        return f"{what} ({_where(places)})" if places else None

    return apply


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


def _max_tokens(body: Body, work: Work) -> Optional[str]:
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


def _developer(message: Body, body: Body) -> bool:
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
    if message.get("role") != "assistant" or message.get("tool_calls"):
        return None
    return _as_dict(message.get("function_call"))


def _call_turn(message: Body, call_id: str, call: Body) -> Body:
    turn = {key: value for key, value in message.items() if key != "function_call"}
    if turn.get("content") is None:
        turn["content"] = ""
    function = {"arguments": "{}", **call}
    turn["tool_calls"] = [{"id": call_id, "type": "function", "function": function}]
    return turn


def _answer_turn(message: Body, call_id: str) -> Body:
    return {"content": "", **message, "role": "tool", "tool_call_id": call_id}


def _tool_turns(messages: List[Body]) -> Iterator[Body]:
    """Function turns as tool turns. Tools want each call answered and each answer asked for, which
    functions did not: what is missing is put in. Ids hang on the place only, for the cache."""
    waiting = ""
    for at, message in enumerate(messages):
        call, call_id = _called(message), f"call_function_{at}"
        if message.get("role") == "function":
            if not waiting:
                asked = {"name": message.get("name") or "function"}
                yield _call_turn({"role": "assistant"}, call_id, asked)
            yield _answer_turn(message, waiting or call_id)
            waiting = ""
            continue
        if waiting:
            yield _answer_turn({}, waiting)
        waiting = "" if call is None else call_id
        yield message if call is None else _call_turn(message, call_id, call)
    if waiting:
        yield _answer_turn({}, waiting)


def _function_history(body: Body, work: Work) -> Optional[str]:
    old = [m for m in work.messages if m.get("role") == "function" or _called(m) is not None]
    if not old:
        return None
    work.messages[:] = list(_tool_turns(work.messages))
    return f"function turns of the history sent as tool turns ({len(old)})"


def _forced_choice(body: Body, work: Work) -> Optional[str]:
    choice = body.get("tool_choice")
    forced = isinstance(choice, Mapping) and "function" in choice
    if not (forced or choice == "required") or not _thinks(body):
        return None
    body["thinking"] = {"type": "disabled"}
    kind = "a named tool_choice" if forced else "tool_choice 'required'"
    return f"thinking disabled for this call because of {kind}"


def _no_content(message: Body, body: Body) -> bool:
    if message.get("content") is not None:
        return False
    if message.get("role") == "assistant":  # null alone is fine there, an absent key is not
        wrong = "content" not in message or bool(message.get("tool_calls"))
    else:
        wrong = message.get("role") == "tool"
    if wrong:
        message["content"] = ""
    return wrong


def _text_parts(message: Body, body: Body) -> bool:
    role, content = message.get("role"), message.get("content")
    # Parts of a user are documented for Flash and lost nothing there: they stay.
    strings_only = role in STRING_ROLES or (role == "user" and body.get("model") == PRO)
    if not strings_only or not isinstance(content, list):
        return False
    texts = [text for text in map(_part_text, content) if text is not None]
    if len(texts) < len(content):
        return False
    message["content"] = ("" if role == "assistant" else "\n").join(texts)
    return True


def _fill_reasoning(message: Body, body: Body) -> bool:
    if message.get("role") != "assistant" or message.get("reasoning_content"):
        return False
    message["reasoning_content"] = PLACEHOLDER
    return True


def _lost_reasoning(message: Body, body: Body) -> bool:
    # In prefix completion the field presets the thought: a placeholder would be its whole.
    if message.get("reasoning_content") is not None or message.get("prefix"):
        return False
    return _fill_reasoning(message, body)


def _reasoning(body: Body, work: Work) -> Optional[str]:
    if not _thinks(body):
        return None
    if not body.get("tools") and not any(m.get("tool_calls") for m in work.messages):
        return None
    return _in_messages("placeholder for the lost reasoning_content", _lost_reasoning)(body, work)


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


def _broken(value: Any) -> bool:
    if isinstance(value, str):
        return not _sound(value)
    if isinstance(value, dict):
        return any(map(_broken, value)) or any(map(_broken, value.values()))
    return isinstance(value, (list, tuple)) and any(map(_broken, value))


def _mended(value: Any) -> Any:
    if isinstance(value, str):  # by way of UTF-16, where two halves of one character meet again
        return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if isinstance(value, dict):
        return {_mended(key): _mended(inner) for key, inner in value.items()}
    return [_mended(inner) for inner in value] if isinstance(value, (list, tuple)) else value


def _surrogates(body: Body, work: Work) -> Optional[str]:
    """Where people's text is; tools come from code, and are long to search."""
    try:
        places = [at for at, message in enumerate(work.messages) if _broken(message)]
        names = [name for name in ("prompt", "suffix") if _broken(body.get(name))]
    except RecursionError:  # nothing that can be sent
        return None
    for at in places:
        work.messages[at] = _mended(work.messages[at])
    for name in names:
        body[name] = _mended(body[name])
    found = ", ".join(filter(None, (_where(places), *names)))
    return f"lone surrogates replaced by U+FFFD ({found})" if found else None


# --- the table -----------------------------------------------------------------------------------

_HISTORY = "Thinking with tools needs the reasoning_content of every assistant turn back"

# The order: what the caller says outright (effort) beats what a retired name implies; roles and
# functions become today's before anything looks at roles and tools; a forced tool ends thinking
# before reasoning is asked for; strings are strings before text is added to them; the schema
# brings the word json along; surrogates go last, over everything that was put in.
RULES: Tuple[Rule, ...] = (
    Rule(
        "effort-value",
        "2026-08-13",
        "The efforts are low, high and max; 'none' was refused, thinking has a switch",
        "deepseek-api 3",
        _effort,
    ),
    Rule(
        "retired-model-name",
        "2026-07-24",
        "The name is retired and may be refused any day",
        "deepseek-api 2",
        _retired,
        fim=True,
    ),
    Rule(
        "max-completion-tokens",
        "2026-11",
        "The API ignores max_completion_tokens without a word",
        "deepseek-api 3",
        _max_tokens,
        fim=True,
    ),
    Rule(
        "penalties",
        "2026-10-27",
        "Penalties are deprecated and have no effect",
        "deepseek-api 3",
        _penalties,
        fim=True,
    ),
    Rule(
        "stream-options",
        "2026-10-27",
        "stream_options may only stand beside stream=true",
        "deepseek-api 3",
        _stream_options,
        fim=True,
    ),
    Rule(
        "developer-role",
        "2026-07-27",
        "The API has no role 'developer' and refuses it",
        "deepseek-api 3.1",
        _in_messages("role 'developer' sent as 'system'", _developer),
    ),
    Rule(
        "functions",
        "2026-10-27",
        "The API knows tools, not functions; the reply is turned back",
        "deepseek-api 3",
        _functions,
    ),
    Rule(
        "function-history",
        "2026-07-27",
        "The API has no role 'function' and wants each tool call answered",
        "deepseek-api 3.1",
        _function_history,
    ),
    Rule(
        "forced-tool-choice",
        "2026-07-27",
        "Thinking mode does not support a forced tool_choice",
        "deepseek-api 7.3",
        _forced_choice,
    ),
    Rule(
        "null-content",
        "2026-08-21",
        "Tool turns and assistant turns need a content, if an empty one",
        "deepseek-api 3.1",
        _in_messages("content '' put in", _no_content),
    ),
    Rule(
        "text-parts",
        "2025-11",
        "Here the API takes a string only, a list of parts is refused",
        "deepseek-api 3.1",
        _in_messages("list of text parts sent as a string", _text_parts),
    ),
    Rule("missing-reasoning", "2025-12-01", _HISTORY, "deepseek-api 5", _reasoning),
    Rule(
        "json-schema",
        "2026-11",
        "The API has no json_schema in chat; the reply is not checked against it",
        "deepseek-api 3.3",
        _json_schema,
    ),
    Rule(
        "json-word",
        "2026-07-27",
        "JSON mode is refused unless a message has the word json",
        "deepseek-api 3.3",
        _json_word,
    ),
    Rule(
        "lone-surrogates",
        "2026-11",
        "Half a character cannot be sent: the API cannot parse it",
        "deepseek-api 3.1",
        _surrogates,
        fim=True,
    ),
)
RESEND = Rule(
    "repair-resend",
    "2025-12-01",
    f"{_HISTORY}, and the first try was refused for want of it",
    "deepseek-api 5",
    _in_messages("sent again with placeholders for reasoning_content", _fill_reasoning),
)


# --- using it ------------------------------------------------------------------------------------

_LOOKED_AT = frozenset(
    (*PENALTIES, "max_completion_tokens", "reasoning_effort", "functions", "tools", "tool_choice")
    + ("response_format", "stream_options")
)
_PLAIN_ROLES = ("user", "assistant", "system")


def repaired(path: str, body: Mapping[str, Any]) -> Outcome:
    """The request as today's API takes it. Of other paths nothing is known, so nothing changes."""
    name = path.strip("/")
    messages = _copies(name, body)
    if messages is None or (name == CHAT and _plain(body)):
        return Outcome(dict(body), (), needs_beta(path, body), False)
    draft, work = dict(body), Work(name == CHAT, messages)
    if work.chat:
        draft["messages"] = messages
    rows = [_row(rule, draft, work) for rule in RULES if work.chat or rule.fim]
    repairs = tuple(row for row in rows if row is not None)
    return Outcome(draft, repairs, needs_beta(path, draft), work.restore)


def after_refusal(body: Mapping[str, Any], message: str) -> Optional[Outcome]:
    """A chat request, sent and refused, with what the refusal asks for; None if that is no help.

    ``body`` is what was sent, so ``restore`` of its own outcome goes on to hold.
    """
    asked = "reasoning_content" in message and ("passed back" in message or "Missing" in message)
    messages = _copies(CHAT, body) if asked else None
    if not messages:
        return None
    draft = {**body, "messages": messages}
    row = _row(RESEND, draft, Work(True, messages))
    return row and Outcome(draft, (row,), needs_beta(CHAT, draft), False)


def needs_beta(path: str, body: Mapping[str, Any]) -> bool:
    """Whether /beta alone serves this: FIM, prefix completion, strict tools (1, 3.4, 3.5)."""
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
    return what and Repair(rule.id, what, f"{rule.why} ({rule.since}, {rule.source}).")


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
    """Whether no rule can apply, which is true of most calls and quickly seen."""
    if not _LOOKED_AT.isdisjoint(body) or body.get("model") in (*RETIRED,):
        return False
    for message in body["messages"]:
        content = message.get("content")
        if len(message) != 2 or type(content) is not str or not _sound(content):
            return False
        if message.get("role") not in _PLAIN_ROLES:
            return False
    return True
