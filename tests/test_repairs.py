"""The repair table: each rule, the rules together, the way back for functions, and odd input."""

from __future__ import annotations

import copy
import json
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dsadapter._repairs.apply import _needs_no_repair, after_refusal, needs_beta, repaired
from dsadapter._repairs.restore import restore_chunk, restore_message, restore_reply
from dsadapter._repairs.rule import Rule, RuleContext
from dsadapter._repairs.table import RESEND, RULES

CHAT, FIM = "/chat/completions", "/completions"
HELLO = {"role": "user", "content": "Hello"}
TOOL = {"type": "function", "function": {"name": "f", "parameters": {"type": "object"}}}
CALL = {"id": "c1", "type": "function", "function": {"name": "f", "arguments": "{}"}}
CALLING = {"role": "assistant", "content": "", "reasoning_content": "r", "tool_calls": [CALL]}
ANSWER = {"role": "tool", "tool_call_id": "c1", "content": "1"}
OFF, ON = {"type": "disabled"}, {"type": "enabled"}
SCHEMA = {"type": "object", "properties": {"n": {"type": "integer"}}}


def chat(*messages, **fields):
    return {"model": "deepseek-flash", "messages": list(messages) or [HELLO], **fields}


def ids(outcome):
    return [repair.id for repair in outcome.repairs]


def check(body, path=CHAT):
    """The outcome; the input must be as it was, and a second pass must find nothing."""
    before = copy.deepcopy(body)
    outcome = repaired(path, body)
    assert body == before
    assert repaired(path, outcome.body).repairs == ()
    assert outcome.body is not body
    return outcome


def says(outcome, rule, what):
    assert [repair.what for repair in outcome.repairs if repair.id == rule] == [what]


def untouched(body, path=CHAT):
    outcome = check(body, path)
    assert outcome.repairs == ()
    assert outcome.body == body
    return outcome


# --- the table -----------------------------------------------------------------------------------


def test_rows_are_complete_and_named_once():
    assert len({rule.id for rule in RULES}) == len(RULES)
    for rule in (*RULES, RESEND):
        assert rule.id == rule.id.lower().replace("_", "-").replace(" ", "-")
        assert rule.since[:3] == "202"
        assert rule.why[0].isupper()
        assert rule.source.startswith(("api/", "guides/", "updates"))


def test_a_repair_says_what_why_and_since_when():
    (repair,) = check(chat(model="deepseek-chat")).repairs
    assert repair.id == "retired-model-name"
    assert repair.what == "model 'deepseek-chat' sent as 'deepseek-flash' with thinking disabled"
    assert repair.why == (
        "The name may be refused any day (since 2026-07-24, api-docs.deepseek.com/updates)."
    )


# --- requests that need nothing ------------------------------------------------------------------


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"stream": True, "temperature": 0, "max_tokens": 10, "stop": ["x"], "top_p": 1},
        {"model": "deepseek-v4-pro", "thinking": ON, "reasoning_effort": "max"},
        {"model": "deepseek-v4-flash", "reasoning_effort": "low"},
        {"model": "gpt-4o"},
        {"thinking": OFF, "tools": [TOOL], "tool_choice": "required"},
        {"tools": [TOOL], "tool_choice": "auto"},
        {"tools": [TOOL], "tool_choice": "none"},
        {"response_format": {"type": "text"}},
        {"stream": True, "stream_options": {"include_usage": True}},
        {"n": 1, "seed": 1, "logit_bias": {}, "store": True, "metadata": {}, "service_tier": "x"},
        {"top_logprobs": 3, "logprobs": True, "parallel_tool_calls": False, "user": "u"},
        {"max_completion_tokens": None, "presence_penalty": None, "stream_options": None},
        {"functions": None, "function_call": None, "reasoning_effort": None, "thinking": None},
        {"functions": [], "function_call": "auto"},
    ],
)
def test_leaves_alone(fields):
    assert not untouched(chat(**fields)).beta


def test_leaves_the_messages_of_a_plain_call_uncopied():
    body = chat({"role": "system", "content": "短"}, HELLO, {"role": "assistant", "content": "Hi"})
    outcome = untouched(body)
    assert outcome.body["messages"] is body["messages"]


@pytest.mark.parametrize("path", ["/models", "/user/balance", "/responses", "/files"])
def test_leaves_other_paths_alone(path):
    outcome = untouched(chat(model="deepseek-chat", functions=[{"name": "f"}]), path)
    assert (outcome.beta, outcome.restore) == (False, False)


# --- model, mode, limits -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "mode"), [("deepseek-chat", "disabled"), ("deepseek-reasoner", "enabled")]
)
def test_retired_names_keep_their_mode(name, mode):
    body = check(chat(model=name)).body
    assert body["model"] == "deepseek-flash"
    assert body["thinking"] == {"type": mode}


@pytest.mark.parametrize("name", ["deepseek-chat", "deepseek-reasoner"])
@pytest.mark.parametrize("thinking", [ON, OFF])
def test_an_explicit_mode_beats_that_of_the_name(name, thinking):
    outcome = check(chat(model=name, thinking=thinking))
    assert outcome.body["thinking"] == thinking
    says(outcome, "retired-model-name", f"model {name!r} sent as 'deepseek-flash'")


def test_a_null_mode_is_none():
    assert check(chat(model="deepseek-chat", thinking=None)).body["thinking"] == OFF


def test_max_completion_tokens():
    outcome = check(chat(max_completion_tokens=9))
    assert outcome.body["max_tokens"] == 9
    assert "max_completion_tokens" not in outcome.body
    says(outcome, "max-completion-tokens", "max_completion_tokens=9 sent as max_tokens")


def test_max_tokens_beats_max_completion_tokens():
    outcome = check(chat(max_completion_tokens=9, max_tokens=5))
    assert outcome.body == chat(max_tokens=5)
    what = "max_completion_tokens=9 dropped, max_tokens is given"
    says(outcome, "max-completion-tokens", what)


@pytest.mark.parametrize(
    ("effort", "sent"), [("minimal", "low"), ("medium", "high"), ("xhigh", "high")]
)
def test_effort_values(effort, sent):
    outcome = check(chat(reasoning_effort=effort))
    assert outcome.body == chat(reasoning_effort=sent)
    says(outcome, "effort-value", f"reasoning_effort {effort!r} sent as {sent!r}")


def test_effort_none_switches_thinking_off():
    outcome = check(chat(reasoning_effort="none"))
    assert outcome.body == chat(thinking=OFF)
    says(outcome, "effort-value", "reasoning_effort 'none' sent as thinking disabled")


def test_effort_none_beats_the_mode_of_a_name_but_not_the_switch():
    assert check(chat(model="deepseek-reasoner", reasoning_effort="none")).body == chat(
        thinking=OFF
    )
    outcome = check(chat(thinking=ON, reasoning_effort="none"))
    assert outcome.body == chat(thinking=ON)
    says(outcome, "effort-value", "reasoning_effort 'none' dropped, 'thinking' is given")


@pytest.mark.parametrize("effort", ["low", "high", "max", "turbo", 3, [], {}])
def test_other_efforts_are_the_servers(effort):
    untouched(chat(reasoning_effort=effort))


def test_penalties():
    outcome = check(chat(presence_penalty=0.5, frequency_penalty=0))
    assert outcome.body == chat()
    says(outcome, "penalties", "presence_penalty and frequency_penalty dropped")
    says(check(chat(presence_penalty=1)), "penalties", "presence_penalty dropped")


@pytest.mark.parametrize("stream", [{}, {"stream": False}, {"stream": None}])
def test_stream_options_without_a_stream(stream):
    outcome = check(chat(stream_options={"include_usage": True}, **stream))
    assert outcome.body == chat(**stream)
    says(outcome, "stream-options", "stream_options dropped, the call does not stream")


def test_fim():
    asked = {"model": "deepseek-chat", "prompt": "def f", "suffix": "\ud83d", "presence_penalty": 1}
    outcome = check({**asked, "max_completion_tokens": 5, "stream_options": {}, "logprobs": 3}, FIM)
    assert outcome.body == {
        "model": "deepseek-flash",  # FIM never thinks, so no mode
        "prompt": "def f",
        "suffix": "\ufffd",
        "max_tokens": 5,
        "logprobs": 3,
    }
    assert outcome.beta
    assert len(outcome.repairs) == 5


def test_fim_leaves_fields_of_chat_alone():
    body = {"model": "deepseek-v4-pro", "prompt": "x", "reasoning_effort": "none", "functions": [1]}
    assert untouched(body, FIM).beta


# --- roles, functions, tools ---------------------------------------------------------------------


def test_developer_role():
    outcome = check(chat({"role": "developer", "content": "Be brief."}, HELLO))
    assert outcome.body["messages"] == [{"role": "system", "content": "Be brief."}, HELLO]
    says(outcome, "developer-role", "role 'developer' sent as 'system' (messages[0])")


def test_many_places_are_counted():
    outcome = check(chat(*[{"role": "developer", "content": "x"}] * 7))
    (repair,) = outcome.repairs
    assert repair.what.endswith("(messages[0], messages[1], messages[2], messages[3], messages[4] "
                                "and 2 more)")  # fmt: skip


@pytest.mark.parametrize(
    ("given_call", "choice"),
    [
        (None, None),
        ("auto", "auto"),
        ("none", "none"),
        ({"name": "f"}, {"type": "function", "function": {"name": "f"}}),
    ],
)
def test_functions(given_call, choice):
    call = {} if given_call is None else {"function_call": given_call}
    outcome = check(chat(functions=[TOOL["function"]], thinking=OFF, **call))
    assert outcome.restore
    assert outcome.body["tools"] == [TOOL]
    assert outcome.body.get("tool_choice") == choice
    assert not {"functions", "function_call"} & set(outcome.body)
    says(outcome, "functions", "functions sent as tools (1)")


def test_functions_beside_tools_are_left_alone():
    assert not untouched(chat(functions=[TOOL["function"]], tools=[TOOL])).restore


def test_strict_functions_go_to_beta():
    assert check(chat(functions=[{"name": "f", "strict": True}])).beta


def test_function_history():
    call = {"name": "f", "arguments": '{"a": 1}'}
    outcome = check(
        chat(
            HELLO,
            {"role": "assistant", "content": None, "function_call": call},
            {"role": "function", "name": "f", "content": "2"},
            thinking=OFF,
        )
    )
    tool_call = {"id": "call_function_1", "type": "function", "function": call}
    assert outcome.body["messages"] == [
        HELLO,
        {"role": "assistant", "content": "", "tool_calls": [tool_call]},
        {"role": "tool", "name": "f", "content": "2", "tool_call_id": "call_function_1"},
    ]
    assert ids(outcome) == ["function-history"]
    assert not outcome.restore
    what = "function turns of the history sent as tool turns (2)"
    says(outcome, "function-history", what)


def answered(messages):
    """What the server asks of tools: every call answered, every answer asked for."""
    waiting = set()
    for message in messages:
        if message["role"] == "tool":
            assert message["tool_call_id"] in waiting
            waiting.discard(message["tool_call_id"])
        else:
            assert not waiting
            waiting = {call["id"] for call in message.get("tool_calls", ())}
    assert not waiting


CALLED = {"role": "assistant", "content": None, "function_call": {"name": "f", "arguments": "{}"}}
RETURNED = {"role": "function", "name": "f", "content": "1"}


@pytest.mark.parametrize(
    "history",
    [
        [CALLED, RETURNED, CALLED, RETURNED],
        [CALLED, RETURNED, RETURNED],
        [RETURNED],
        [CALLED],
        [CALLED, HELLO, CALLED, CALLED],
        [CALLING, ANSWER, CALLED, RETURNED],
    ],
)
def test_any_function_history_becomes_answered_tool_calls(history):
    messages = check(chat(HELLO, *history)).body["messages"]
    answered(messages)
    assert all("function_call" not in message for message in messages)
    assert all(m["reasoning_content"] for m in messages if m["role"] == "assistant")


def test_ids_of_calls_do_not_change_as_the_history_grows():
    short = check(chat(HELLO, CALLED, RETURNED)).body["messages"]
    long = check(chat(HELLO, CALLED, RETURNED, HELLO, CALLED, RETURNED)).body["messages"]
    assert long[: len(short)] == short


@pytest.mark.parametrize(
    ("choice", "kind"),
    [
        ("required", "tool_choice 'required'"),
        ({"type": "function", "function": {"name": "f"}}, "a named tool_choice"),
    ],
)
@pytest.mark.parametrize("thinking", [{}, {"thinking": ON}])
def test_forced_tool_choice(choice, kind, thinking):
    outcome = check(chat(tools=[TOOL], tool_choice=choice, **thinking))
    assert outcome.body == chat(tools=[TOOL], tool_choice=choice, thinking=OFF)
    what = f"thinking disabled for this call because of {kind}"
    says(outcome, "forced-tool-choice", what)


@pytest.mark.parametrize(
    "turn",
    [
        {"role": "assistant", "content": None, "tool_calls": [CALL]},
        {"role": "assistant", "tool_calls": [CALL]},
        {"role": "assistant"},
        {"role": "tool", "tool_call_id": "c1", "content": None},
        {"role": "tool", "tool_call_id": "c1"},
    ],
)
def test_null_content(turn):
    outcome = check(chat(HELLO, turn, thinking=OFF))
    assert outcome.body["messages"] == [HELLO, {**turn, "content": ""}]
    says(outcome, "null-content", "content '' put in (messages[1])")


def test_null_content_elsewhere_is_fine_or_the_servers():
    untouched(chat({"role": "assistant", "content": None}, {"role": "user", "content": None}))


@pytest.mark.parametrize(
    ("role", "text"), [("system", "a\nb"), ("assistant", "ab"), ("tool", "a\nb")]
)
def test_text_parts(role, text):
    parts = [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}]
    outcome = check(chat({"role": role, "content": parts}, HELLO))
    assert outcome.body["messages"][0]["content"] == text
    what = "list of text parts sent as a string (messages[0])"
    says(outcome, "text-parts", what)


def test_parts_of_users_stay_on_flash():
    turn = {"role": "user", "content": [{"type": "text", "text": "a"}]}
    untouched(chat(turn))
    outcome = check(chat(turn, model="deepseek-v4-pro"))
    assert outcome.body["messages"] == [{"role": "user", "content": "a"}]


@pytest.mark.parametrize("part", [{"type": "image_url", "image_url": {"url": "u"}}, {}, None, 1])
def test_parts_that_are_no_text_are_the_servers(part):
    parts = [{"type": "text", "text": "a"}, part]
    untouched(chat({"role": "tool", "tool_call_id": "c", "content": parts}))
    untouched(chat({"role": "user", "content": parts}, model="deepseek-v4-pro"))


def test_no_parts_are_an_empty_string():
    outcome = check(chat(HELLO, {"role": "assistant", "content": []}))
    assert outcome.body["messages"][1]["content"] == ""


# --- reasoning -----------------------------------------------------------------------------------

PLAIN_TURN = {"role": "assistant", "content": "Hi"}
BARE_CALL = {"role": "assistant", "content": "", "tool_calls": [CALL]}


def reasonings(outcome):
    return [message.get("reasoning_content") for message in outcome.body["messages"]]


def test_missing_reasoning_in_a_history_with_tool_calls():
    outcome = check(chat(HELLO, BARE_CALL, ANSWER, PLAIN_TURN, HELLO))
    assert reasonings(outcome) == [None, " ", None, " ", None]
    what = "reasoning_content ' ' put in (messages[1], messages[3])"
    says(outcome, "missing-reasoning", what)


def test_missing_reasoning_with_tools_in_the_request():
    body = chat(HELLO, PLAIN_TURN, {**PLAIN_TURN, "reasoning_content": None}, HELLO, tools=[TOOL])
    assert reasonings(check(body)) == [None, " ", " ", None]


@pytest.mark.parametrize(
    "body",
    [
        chat(HELLO, PLAIN_TURN, HELLO),
        chat(HELLO, PLAIN_TURN, HELLO, tools=[]),
        chat(HELLO, BARE_CALL, ANSWER, thinking=OFF),
        chat(HELLO, CALLING, ANSWER, tools=[TOOL]),
        chat(HELLO, {**CALLING, "reasoning_content": ""}, ANSWER),
        chat(HELLO, {**PLAIN_TURN, "prefix": True}, tools=[TOOL]),
    ],
)
def test_reasoning_is_not_asked_for(body):
    untouched(body)


@pytest.mark.parametrize(
    "message",
    [
        "The `reasoning_content` in the thinking mode must be passed back to the API.",
        "The reasoning_content in the thinking mode must be passed back to the API.",
        "Missing `reasoning_content` field in the assistant message at message index 1. See docs",
    ],
)
def test_after_refusal(message):
    body = chat(HELLO, PLAIN_TURN, {**CALLING, "reasoning_content": ""}, ANSWER, CALLING, ANSWER)
    before = copy.deepcopy(body)
    outcome = after_refusal(body, message)
    assert body == before
    assert reasonings(outcome) == [None, " ", " ", None, "r", None]
    assert (outcome.beta, outcome.restore) == (False, False)
    (repair,) = outcome.repairs
    assert repair.id == "repair-resend"
    assert repair.what == "reasoning_content ' ' put in (messages[1], messages[2])"
    assert after_refusal(outcome.body, message) is None


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (chat(HELLO, BARE_CALL, ANSWER), "Thinking mode does not support this tool_choice"),
        (chat(HELLO, CALLING, ANSWER), "reasoning_content must be passed back"),
        (chat(), "reasoning_content must be passed back"),
        ({"model": "m"}, "reasoning_content must be passed back"),
        (chat("odd"), "reasoning_content must be passed back"),
        ({"messages": None}, "Missing reasoning_content"),
    ],
)
def test_after_a_refusal_that_nothing_helps(body, message):
    assert after_refusal(body, message) is None


def test_a_resend_stays_on_beta():
    body = chat(HELLO, BARE_CALL, ANSWER, {**PLAIN_TURN, "prefix": True})
    assert after_refusal(body, "reasoning_content must be passed back").beta


# --- JSON mode -----------------------------------------------------------------------------------


def schema_format(**fields):
    return {"type": "json_schema", "json_schema": {"name": "n", "schema": SCHEMA, **fields}}


def test_json_schema_behind_the_system_message():
    system = {"role": "system", "content": "Be brief."}
    outcome = check(chat(system, HELLO, response_format=schema_format(strict=True)))
    assert outcome.body["response_format"] == {"type": "json_object"}
    first = outcome.body["messages"][0]["content"]
    assert first.startswith("Be brief.\n\n")
    assert json.loads(first.splitlines()[-1]) == SCHEMA
    assert "json" in first
    assert ids(outcome) == ["json-schema"]


def test_json_schema_without_a_system_message():
    outcome = check(chat(response_format=schema_format(description="数字")))
    system, user = outcome.body["messages"]
    assert system["role"] == "system"
    assert "数字" in system["content"]
    assert json.loads(system["content"].splitlines()[-1]) == SCHEMA
    assert user == HELLO


circular = {}
circular["a"] = circular


@pytest.mark.parametrize("schema", [circular, {(1, 2): 3}])
def test_a_schema_that_cannot_be_written(schema):
    outcome = repaired(CHAT, chat(response_format=schema_format(schema=schema)))
    assert ids(outcome) == ["json-schema", "json-word"]


@pytest.mark.parametrize("inner", [None, {}, [], "x"])
def test_json_schema_without_a_schema(inner):
    outcome = check(chat(response_format={"type": "json_schema", "json_schema": inner}))
    assert outcome.body["response_format"] == {"type": "json_object"}
    assert ids(outcome) == ["json-schema", "json-word"]


def test_json_word():
    outcome = check(chat(response_format={"type": "json_object"}))
    added = {"role": "system", "content": "Answer with a json object."}
    assert outcome.body["messages"] == [added, HELLO]
    says(outcome, "json-word", "the word json added to the system message")


@pytest.mark.parametrize("content", ["As JSON.", [{"type": "text", "text": "Give me Json"}]])
def test_json_word_is_there(content):
    untouched(chat({"role": "user", "content": content}, response_format={"type": "json_object"}))


def test_json_word_in_a_picture_does_not_count():
    picture = {"type": "image_url", "image_url": {"url": "https://example.com/json.png"}}
    turn = {"role": "user", "content": [picture]}
    assert ids(check(chat(turn, response_format={"type": "json_object"}))) == ["json-word"]


# --- surrogates ----------------------------------------------------------------------------------


def test_lone_surrogates_deep_in_messages():
    call = {"id": "c1", "type": "function", "function": {"name": "f", "arguments": '"\udc00"'}}
    outcome = check(
        chat(
            {"role": "user", "content": "a\ud83db"},
            {"role": "user", "content": [{"type": "text", "text": "x\udcff"}]},
            {**CALLING, "tool_calls": [call]},
            {**ANSWER, "content": "é"},
        )
    )
    first, parts, calling, answer = outcome.body["messages"]
    assert first["content"] == "a\ufffdb"
    assert parts["content"] == [{"type": "text", "text": "x\ufffd"}]
    assert calling["tool_calls"][0]["function"]["arguments"] == '"\ufffd"'
    assert answer["content"] == "é"
    says(outcome, "lone-surrogates", "lone surrogates in messages replaced by U+FFFD")


def test_two_halves_make_a_whole():
    outcome = check(chat({"role": "user", "content": "\ud83d\ude00 \ud83d"}))
    assert outcome.body["messages"][0]["content"] == "😀 \ufffd"


@given(st.text(alphabet=st.sampled_from("aé短😀\ud83d\ude00\udcff\ufeff")))
def test_no_surrogate_is_left(text):
    content = check(chat({"role": "user", "content": text})).body["messages"][0]["content"]
    assert content.encode("utf-16").decode("utf-16") == content
    assert [char for char in content if char in "aé短\ufeff"] == [
        c for c in text if c in "aé短\ufeff"
    ]


# --- rules together ------------------------------------------------------------------------------


def test_reasoner_with_a_forced_function_does_not_think():
    body = chat(model="deepseek-reasoner", functions=[{"name": "f"}], function_call={"name": "f"})
    outcome = check(body)
    assert ids(outcome) == ["retired-model-name", "functions", "forced-tool-choice"]
    assert outcome.body["thinking"] == OFF


def test_chat_with_a_forced_tool_needs_no_more():
    outcome = check(chat(model="deepseek-chat", tools=[TOOL], tool_choice="required"))
    assert ids(outcome) == ["retired-model-name"]


def test_a_forced_tool_makes_reasoning_needless():
    outcome = check(chat(HELLO, BARE_CALL, ANSWER, tools=[TOOL], tool_choice="required"))
    assert ids(outcome) == ["forced-tool-choice"]


def test_parts_of_a_developer_carry_the_schema():
    turn = {"role": "developer", "content": [{"type": "text", "text": "Be brief."}]}
    outcome = check(chat(turn, HELLO, response_format=schema_format()))
    assert ids(outcome) == ["developer-role", "text-parts", "json-schema"]
    assert outcome.body["messages"][0]["content"].startswith("Be brief.\n\n")


def test_a_schema_with_a_surrogate():
    outcome = check(chat(response_format=schema_format(schema={"title": "\ud800"})))
    assert ids(outcome) == ["json-schema", "lone-surrogates"]


def test_everything_at_once():
    outcome = check(
        {
            "model": "deepseek-reasoner",
            "reasoning_effort": "minimal",
            "max_completion_tokens": 5,
            "presence_penalty": 1,
            "stream_options": {},
            "functions": [{"name": "f"}],
            "function_call": "auto",
            "response_format": schema_format(),
            "messages": [
                {"role": "developer", "content": [{"type": "text", "text": "\udc00"}]},
                HELLO,
                CALLED,
                RETURNED,
                {"role": "assistant"},
            ],
        }
    )
    skipped = {"forced-tool-choice", "json-word"}
    assert ids(outcome) == [rule.id for rule in RULES if rule.id not in skipped]


# --- beta ----------------------------------------------------------------------------------------

STRICT = {"type": "function", "function": {"name": "f", "strict": True}}


@pytest.mark.parametrize(
    ("path", "body", "beta"),
    [
        (FIM, {}, True),
        ("completions", {}, True),
        ("/models", {}, False),
        (CHAT, {}, False),
        (CHAT, chat(), False),
        (CHAT, chat(HELLO, {**PLAIN_TURN, "prefix": True}), True),
        (CHAT, chat(HELLO, {**PLAIN_TURN, "prefix": False}), False),
        (CHAT, chat(tools=[TOOL]), False),
        (CHAT, chat(tools=[TOOL, STRICT]), True),
        (CHAT, {"messages": "x", "tools": [None, {}, {"function": 1}]}, False),
        (CHAT, {"messages": [1], "tools": 7}, False),
    ],
)
def test_needs_beta(path, body, beta):
    assert needs_beta(path, body) is beta
    assert repaired(path, body).beta is beta


# --- odd input -----------------------------------------------------------------------------------


@pytest.mark.parametrize("messages", [None, "x", 7, {}, [None], [HELLO, "x"], [[]], object()])
def test_messages_beyond_repair_are_the_servers(messages):
    body = {"model": "deepseek-chat", "messages": messages, "penalties": 1}
    outcome = repaired(CHAT, body)
    assert (outcome.body, outcome.repairs) == (body, ())


@pytest.mark.parametrize("model", [None, 7, [], {}, "", "deepseek-chat "])
def test_odd_models(model):
    untouched(chat(model=model))


def test_messages_of_other_kinds():
    class Model:  # as pydantic's
        def model_dump(self, exclude_unset=False):
            return dict(BARE_CALL) if exclude_unset else {}

    outcome = repaired(CHAT, {"model": "deepseek-flash", "messages": (HELLO, Model(), ANSWER)})
    assert outcome.body["messages"] == [HELLO, {**BARE_CALL, "reasoning_content": " "}, ANSWER]


def test_bottomless_input():
    deep = []
    for _ in range(100_000):
        deep = [deep]
    outcome = repaired(CHAT, chat({"role": "user", "content": deep}))
    assert outcome.repairs == ()
    loop = {"role": "user"}
    loop["content"] = [loop]
    assert repaired(CHAT, chat(loop)).repairs == ()


TEXTS = st.text(alphabet=st.characters(blacklist_categories=()), max_size=4)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=5,
)


def either(*values):
    """Mostly one of the values that rules look at, else anything."""
    return st.sampled_from(values) | VALUES


PARTS = st.lists(either({"type": "text", "text": "a"}, {"type": "text", "text": "\ud800"}, "json"))
ROLES = either("system", "user", "assistant", "tool", "function", "developer")
MESSAGES = st.fixed_dictionaries(
    {},
    optional={
        "role": ROLES,
        "content": either("x", "", None, "as json", "\udc00") | PARTS,
        "function_call": either({"name": "f", "arguments": "{}"}, {}, None),
        "tool_calls": either([CALL], [], None),
        "reasoning_content": either("", "r", None),
        "prefix": either(True, False),
        "name": VALUES,
        "tool_call_id": VALUES,
    },
)
BODIES = st.fixed_dictionaries(
    {},
    optional={
        "model": either("deepseek-chat", "deepseek-reasoner", "deepseek-flash", "deepseek-v4-pro"),
        "messages": st.lists(MESSAGES, max_size=4) | VALUES,
        "thinking": either(ON, OFF, {}, None),
        "reasoning_effort": either("none", "minimal", "high", "xhigh", None),
        "max_tokens": either(5, None),
        "max_completion_tokens": either(6, None),
        "tools": either([TOOL], [STRICT], [], None),
        "tool_choice": either("required", "auto", {"type": "function", "function": {}}, None),
        "functions": either([{"name": "f"}], [], None),
        "function_call": either("auto", {"name": "f"}, None),
        "response_format": either(
            schema_format(), {"type": "json_schema"}, {"type": "json_object"}
        ),
        "presence_penalty": VALUES,
        "frequency_penalty": VALUES,
        "stream": either(True, False, None),
        "stream_options": either({}, None),
        "prompt": VALUES,
        "suffix": VALUES,
    },
)
PATHS = st.sampled_from((CHAT, CHAT, CHAT, FIM, "/models"))


@settings(max_examples=500, deadline=None)
@given(PATHS, BODIES)
def test_any_body_is_repaired_once_and_without_a_trace(path, body):
    outcome = check(body, path)
    again = repaired(path, outcome.body)
    assert again.body == outcome.body
    assert again.beta == outcome.beta == needs_beta(path, outcome.body)
    assert all(repair.what and repair.why for repair in outcome.repairs)


@settings(max_examples=300, deadline=None)
@given(BODIES)
def test_what_the_short_way_lets_through_needs_no_rule(body):
    if _needs_no_repair(body):
        draft = copy.deepcopy(body)
        context = RuleContext(True, draft["messages"])
        assert [rule.id for rule in RULES if rule.apply(draft, context)] == []
        assert not needs_beta(CHAT, body)


@settings(max_examples=300, deadline=None)
@given(BODIES, TEXTS)
def test_after_refusal_of_any_body(body, text):
    before = copy.deepcopy(body)
    outcome = after_refusal(body, f"{text} reasoning_content must be passed back")
    assert body == before
    assert outcome is None or len(outcome.repairs) == 1


@pytest.mark.parametrize("looks", [{"fields": ("seed",)}, {"models": ("deepseek-flash",)}, {}])
def test_a_new_rule_is_asked_about_plain_messages(monkeypatch, looks):
    """The quick way out follows from the table: no second list names the fields."""
    table, apply = (import_module(f"dsadapter._repairs.{name}") for name in ("table", "apply"))
    rule = Rule("new", "2026-11", "Why", "updates", lambda body, context: "changed", **looks)
    monkeypatch.setattr(table, "RULES", (*RULES, rule))
    spec = spec_from_file_location(f"{apply.__name__}_with_a_new_rule", apply.__file__)
    fresh = module_from_spec(spec)
    spec.loader.exec_module(fresh)
    assert ids(fresh.repaired(CHAT, chat(seed=1))) == ["new"]


# --- replies to functions ------------------------------------------------------------------------


def test_restore_message():
    second = {"id": "c2", "type": "function", "function": {"name": "g", "arguments": "[]"}}
    message = {"role": "assistant", "content": "", "tool_calls": [{"index": 0, **CALL}, second]}
    restore_message(message)
    call = {"name": "f", "arguments": "{}"}
    assert message == {"role": "assistant", "content": "", "function_call": call}


def test_restore_takes_the_first_call_whatever_its_index():
    message = {"role": "assistant", "tool_calls": [{**CALL, "index": 1}]}
    restore_message(message)
    assert message["function_call"] == CALL["function"]


def test_what_was_restored_can_be_sent_again():
    message = copy.deepcopy(CALLING)
    restore_message(message)
    messages = check(chat(HELLO, message, RETURNED)).body["messages"]
    answered(messages)
    assert messages[1]["reasoning_content"] == "r"
    assert messages[1]["tool_calls"][0]["function"] == CALL["function"]


@pytest.mark.parametrize("calls", [None, [], {}, "x"])
def test_restore_leaves_other_messages(calls):
    message = {"role": "assistant", "content": "Hi", "tool_calls": calls}
    before = copy.deepcopy(message)
    restore_message(message)
    assert message == before


def test_restore_reply():
    calling = {"index": 0, "message": copy.deepcopy(CALLING), "finish_reason": "tool_calls"}
    plain = {"index": 1, "message": dict(PLAIN_TURN), "finish_reason": "stop"}
    data = {"id": "1", "choices": [calling, plain], "usage": {}}
    restore_reply(data)
    first, second = data["choices"]
    assert first["message"]["function_call"] == CALL["function"]
    assert first["finish_reason"] == "function_call"
    assert second == {"index": 1, "message": PLAIN_TURN, "finish_reason": "stop"}


def chunk(delta, finish_reason=None):
    return {"choices": [{"index": 0, "delta": delta, "finish_reason": finish_reason}]}


@pytest.mark.parametrize(
    ("delta", "restored"),
    [
        (
            {"tool_calls": [{"index": 0, "id": "c", "function": {"name": "f", "arguments": ""}}]},
            {"function_call": {"name": "f", "arguments": ""}},
        ),
        (
            {"tool_calls": [{"index": 0, "function": {"arguments": '{"a'}}]},
            {"function_call": {"arguments": '{"a'}},
        ),
        ({"tool_calls": [{"index": 1, "function": {"arguments": "{}"}}]}, {}),
        (
            {"content": "", "tool_calls": [{"function": {"name": "f"}}, {"index": 1}]},
            {"content": "", "function_call": {"name": "f"}},
        ),
        ({"content": "x"}, {"content": "x"}),
        ({"content": "x", "tool_calls": None}, {"content": "x", "tool_calls": None}),
    ],
)
def test_restore_chunk(delta, restored):
    data = chunk(delta)
    restore_chunk(data)
    assert data == chunk(restored)


def test_restore_the_last_chunk():
    data = chunk({"content": ""}, "tool_calls")
    restore_chunk(data)
    assert data == chunk({"content": ""}, "function_call")


ODD_CALLS = either([CALL], [{"function": "f"}], [{"function": None}, CALL], [None], [{"index": []}])
ODD_REPLIES = st.fixed_dictionaries(
    {},
    optional={
        "choices": st.lists(
            st.fixed_dictionaries(
                {},
                optional={
                    "message": st.fixed_dictionaries({}, optional={"tool_calls": ODD_CALLS}),
                    "delta": st.fixed_dictionaries({}, optional={"tool_calls": ODD_CALLS}),
                    "finish_reason": either("tool_calls"),
                },
            )
            | VALUES
        )
        | VALUES
    },
)


@settings(deadline=None)
@given(ODD_REPLIES)
def test_restoring_survives_any_reply(data):
    restore_reply(copy.deepcopy(data))
    restore_chunk(copy.deepcopy(data))
