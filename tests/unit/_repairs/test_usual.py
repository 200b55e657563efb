"""Requests that need no table of rules: the table agrees that none of its rules applies."""

from __future__ import annotations

import copy
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from _repairs.bodies import CHAT, HELLO, PLAIN_TURN, VALUES, chat
from dsadapter._repairs.apply import needs_beta, repaired
from dsadapter._repairs.rule import UNUSUAL_MESSAGES, Rule
from dsadapter._repairs.table import RULES
from dsadapter._repairs.usual import FIELDS, RETIRED, asks_for_reasoning, is_usual

ASKED = [rule for rule in RULES if not rule.opt_in]
OTHERS = dict.fromkeys(sorted(FIELDS - {"messages"}), VALUES)
FEW = st.fixed_dictionaries({"messages": st.just([HELLO])}, optional=OTHERS)


@pytest.mark.parametrize("rule", ASKED, ids=lambda rule: rule.id)
def test_no_rule_looks_at_the_fields_of_a_usual_request(rule: Rule) -> None:
    assert rule.fields or rule.models, "it is asked about every request: is_usual must know of it"
    assert FIELDS.isdisjoint({*rule.fields} - {UNUSUAL_MESSAGES})
    assert set(rule.models) <= set(RETIRED)


@settings(max_examples=200, deadline=None)
@given(FEW)
def test_the_rules_leave_a_usual_request_alone(body) -> None:
    if is_usual(CHAT, body):
        outcome = repaired(CHAT, copy.deepcopy(body), {rule.id: True for rule in ASKED})
        assert (outcome.body, outcome.repairs, outcome.beta) == (body, (), False)
        assert not needs_beta(CHAT, body)


@pytest.mark.parametrize(
    ("path", "body", "usual"),
    [
        ("/chat/completions", chat(HELLO, PLAIN_TURN, temperature=0), True),
        ("/chat/completions", chat({"role": "user", "content": "\u4f60"}), True),
        ("/chat/completions", chat({"role": "user", "content": "\ud83d"}), False),
        ("/chat/completions", chat({"role": "user", "content": []}), False),
        ("/chat/completions", chat({"role": "tool", "content": "x"}), False),
        ("/chat/completions", chat(HELLO, tools=[]), False),
        ("/chat/completions", {"messages": [HELLO], "model": "deepseek-chat"}, False),
        ("/chat/completions", {"messages": [HELLO], "model": ["unhashable"]}, True),
        ("/chat/completions", {"messages": (HELLO,), "model": "m"}, False),
        ("/completions", {"model": "m"}, False),
    ],
)
def test_what_is_usual(path, body, usual) -> None:
    assert is_usual(path, body) is usual


def test_a_refusal_that_asks_for_reasoning() -> None:
    assert asks_for_reasoning("The `reasoning_content` must be passed back to the API.")
    assert asks_for_reasoning("Missing `reasoning_content` field")
    assert not asks_for_reasoning("Model Not Exist")


def test_a_usual_call_loads_no_table() -> None:
    code = """
import sys
from dsadapter import OpenAI
from dsadapter.testing import Emulator
with Emulator() as server:
    where = {"base_url": server.base_url, "provider": "deepseek", "backend": "raw-requests"}
    ask = OpenAI(api_key="sk-0", **where).chat.completions.create
    ask(model="deepseek-flash", messages=[{"role": "user", "content": "hi"}])
    print("dsadapter._repairs.table" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, check=True)
    assert done.stdout.strip() == b"False"
