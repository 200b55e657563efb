"""The rules of the table: models, modes, limits, and what each row says of itself."""

from __future__ import annotations

import pytest

from _repairs.bodies import FIM, OFF, ON, chat, check, says, untouched
from dsadapter._repairs.table import RESEND, RULES

# --- the table ------------------------------------------------------------------------------------


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


# --- model, mode, limits --------------------------------------------------------------------------


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
