"""The rules together on one request: order, beta, odd input, the resend after a refusal."""

from __future__ import annotations

import copy
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from _repairs.bodies import (
    ANSWER,
    BARE_CALL,
    CALL,
    CALLED,
    CALLING,
    CHAT,
    FIM,
    HELLO,
    OFF,
    ON,
    PLAIN_TURN,
    RETURNED,
    TEXTS,
    TOOL,
    VALUES,
    chat,
    check,
    either,
    ids,
    reasonings,
    schema_format,
    untouched,
)
from dsadapter._repairs.apply import _needs_no_repair, after_refusal, needs_beta, repaired
from dsadapter._repairs.rule import Rule, RuleContext
from dsadapter._repairs.table import RULES

USUAL = [rule for rule in RULES if not rule.opt_in]

# --- requests that need nothing -------------------------------------------------------------------


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
def test_requests_that_need_no_repair(fields):
    assert not untouched(chat(**fields)).beta


def test_messages_that_need_no_repair_are_not_copied():
    body = chat({"role": "system", "content": "短"}, HELLO, {"role": "assistant", "content": "Hi"})
    outcome = untouched(body)
    assert outcome.body["messages"] is body["messages"]


@pytest.mark.parametrize("path", ["/models", "/user/balance", "/files"])
def test_other_paths_are_not_repaired(path):
    outcome = untouched(chat(model="deepseek-chat", functions=[{"name": "f"}]), path)
    assert (outcome.beta, outcome.restore) == (False, False)


# --- the resend after a refusal -------------------------------------------------------------------


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


# --- rules together -------------------------------------------------------------------------------


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
    assert ids(outcome) == [rule.id for rule in USUAL if rule.id not in skipped]


STRICT = {"type": "function", "function": {"name": "f", "strict": True}}


# --- beta -----------------------------------------------------------------------------------------


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


# --- odd input ------------------------------------------------------------------------------------


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


def test_input_without_a_bottom():
    deep = []
    for _ in range(100_000):
        deep = [deep]
    outcome = repaired(CHAT, chat({"role": "user", "content": deep}))
    assert outcome.repairs == ()
    loop = {"role": "user"}
    loop["content"] = [loop]
    assert repaired(CHAT, chat(loop)).repairs == ()


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
def test_the_fast_path_skips_no_rule(body):
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


def test_what_responses_ignores_is_told_and_what_it_lacks_is_repaired():
    body = {"model": "deepseek-chat", "input": "Hi", "previous_response_id": "r"}
    outcome = repaired("/responses", body)
    assert [repair.id for repair in outcome.repairs] == ["retired-model-name"]
    assert [notice.id for notice in outcome.notices] != []
    assert "previous_response_id" in outcome.notices[0].what
    assert outcome.body["previous_response_id"] == "r"
    assert (outcome.beta, outcome.restore) == (False, False)
