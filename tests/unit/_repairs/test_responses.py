"""Requests of the Responses API: retired names are repaired, what is ignored is said, no more."""

from __future__ import annotations

import copy
import warnings
from typing import Any, Dict, List

import pytest

import dsadapter
from dsadapter import RepairWarning
from dsadapter._repairs.apply import repaired
from dsadapter._repairs.responses import ignored
from dsadapter._repairs.rule import RuleContext
from dsadapter._repairs.table import RESPONSES_RULES

PATH = "/responses"
BASE = {"model": "deepseek-flash", "input": "Hello"}
SEARCH = [{"type": "function", "name": "f"}, {"type": "web_search"}]


def check(body: Dict[str, Any]) -> Any:
    """The outcome; the input stays as it was, and a second pass repairs nothing."""
    before = copy.deepcopy(body)
    outcome = repaired(PATH, body)
    assert body == before
    assert repaired(PATH, outcome.body).repairs == ()
    assert (outcome.beta, outcome.restore) == (False, False)
    return outcome


def test_a_retired_chat_name_keeps_its_mode_as_an_effort() -> None:
    outcome = check(dict(BASE, model="deepseek-chat", reasoning={"summary": "auto"}))
    assert outcome.body == dict(BASE, reasoning={"summary": "auto", "effort": "none"})
    (repair,) = outcome.repairs
    assert repair.id == "retired-model-name"
    assert repair.what == (
        "model 'deepseek-chat' sent as 'deepseek-flash' with reasoning effort none"
    )


def test_an_explicit_effort_beats_that_of_the_name() -> None:
    body = dict(BASE, model="deepseek-chat", reasoning={"effort": "low"})
    assert check(body).body == dict(BASE, reasoning={"effort": "low"})


def test_the_retired_reasoner_needs_no_effort() -> None:
    outcome = check(dict(BASE, model="deepseek-reasoner"))
    assert outcome.body == BASE
    assert [repair.what for repair in outcome.repairs] == [
        "model 'deepseek-reasoner' sent as 'deepseek-flash'"
    ]


@pytest.mark.parametrize(
    "fields",
    [
        {"messages": [{"role": "developer", "content": "x"}], "functions": [{"name": "f"}]},
        {"max_completion_tokens": 5, "presence_penalty": 1, "reasoning_effort": "minimal"},
        {"reasoning": {"effort": "medium"}, "tool_choice": "required", "stream_options": {}},
        {"text": {"format": {"type": "json_schema", "name": "x", "schema": {}}}},
        {"input": [{"role": "developer", "content": "x"}], "model": ["unhashable"]},
        {"title": {"enabled": True}, "safety_check": {"level": "high"}, "tools": 7},
        {"tools": [{"type": "deepseek_web_search"}, {"type": "deepseek_read_url"}, None, 7]},
        {"background": False, "truncation": "disabled", "conversation": None, "store": True},
        {"previous_response_id": None, "tools": [{"type": ["web_search"]}]},
        {"reasoning": 7, "model": "gpt-4o"},
    ],
)
def test_everything_else_passes_untouched_and_unsaid(fields: Dict[str, Any]) -> None:
    outcome = check({**BASE, **fields})
    assert outcome.body == {**BASE, **fields}
    assert (outcome.repairs, outcome.notices) == ((), ())


IGNORED = {
    "ignored-web-search": {"tools": SEARCH},
    "ignored-previous-response-id": {"previous_response_id": "r"},
    "ignored-conversation": {"conversation": "c"},
    "ignored-background": {"background": True},
    "ignored-truncation": {"truncation": "auto"},
}


def test_every_notice_has_a_case() -> None:
    assert set(IGNORED) == {rule.id for rule in RESPONSES_RULES if rule.notice}
    for rule in RESPONSES_RULES:
        assert rule.since[:3] == "202"
        assert rule.why[0].isupper()
        assert rule.source.startswith(("api/", "guides/", "updates"))


@pytest.mark.parametrize("rule", IGNORED)
def test_what_is_ignored_is_sent_and_said(rule: str) -> None:
    outcome = check({**BASE, **IGNORED[rule]})
    assert outcome.body == {**BASE, **IGNORED[rule]}
    assert outcome.repairs == ()
    assert [notice.id for notice in outcome.notices] == [rule]


@pytest.mark.parametrize("kind", ["web_search_preview", "web_search_2025_08_26"])
def test_web_search_is_known_in_its_dated_spellings(kind: str) -> None:
    (notice,) = check(dict(BASE, tools=[{"type": kind}])).notices
    assert kind in notice.what
    assert "deepseek_web_search" in notice.why


def test_other_paths_have_no_notices() -> None:
    assert repaired("/files", dict(BASE, tools=SEARCH)).notices == ()
    chat = {"model": "deepseek-flash", "messages": [], "tools": SEARCH}
    assert repaired("/chat/completions", chat).notices == ()


# -- through the client


def warnings_of(emulator: Any, body: Dict[str, Any], **client: Any) -> List[str]:
    with dsadapter.OpenAI(
        **{"api_key": "k", "base_url": emulator.base_url, "provider": "deepseek", **client}
    ) as openai, warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        response = openai.post("/responses", body=body)
        assert response.adapter.repairs == ()
        openai.post("/responses", body=body)
    assert all(warning.filename == __file__ for warning in caught)
    return [str(w.message) for w in caught if w.category is RepairWarning]


@pytest.mark.parametrize("repair", ["on", "error"])
def test_a_call_warns_once_and_sends_the_field(emulator: Any, repair: str) -> None:
    (text,) = warnings_of(emulator, dict(BASE, tools=SEARCH), repair=repair)
    assert "[ignored-web-search]" in text
    assert [request.json["tools"] for request in emulator.requests] == [SEARCH, SEARCH]


def test_nothing_is_said_with_repair_off_or_to_another_provider(emulator: Any) -> None:
    body = dict(BASE, previous_response_id="r")
    assert warnings_of(emulator, body, repair="off") == []
    assert warnings_of(emulator, body, provider="generic") == []
    assert len(warnings_of(emulator, body)) == 1


def test_a_retired_name_raises_with_repair_error(emulator: Any) -> None:
    client = dsadapter.OpenAI(
        api_key="k", base_url=emulator.base_url, provider="deepseek", repair="error"
    )
    with client, pytest.raises(dsadapter.InvalidArgumentError, match="deepseek-chat"):
        client.post("/responses", body=dict(BASE, model="deepseek-chat"))
    assert emulator.requests == []


def test_a_value_without_effect_is_one_that_is_equal() -> None:
    apply = ignored("field", "auto", [])
    context = RuleContext(False, [])
    for value in (None, "".join(["au", "to"]), []):
        assert apply({"field": value}, context) is None
    assert apply({"field": "on"}, context) == "field is ignored"
