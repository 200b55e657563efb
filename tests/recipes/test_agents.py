"""LangGraph and OpenAI's Agents SDK: a tool is called, its result goes back, the answer comes."""

from __future__ import annotations

import pytest
from recipes import RECIPES, run

from dsadapter.testing import Emulator


def test_langgraph(emulator: Emulator) -> None:
    pytest.importorskip("langgraph")
    pytest.importorskip("langchain_core")
    call, result, answer = run("-W", "error", str(RECIPES / "langgraph_tool.py")).splitlines()
    assert call == "ask -> {'place': 'Beijing'}"
    assert result == "tools -> sunny in Beijing"
    assert "sunny in Beijing" in answer
    assert answer.startswith("ask -> ")


def test_agents(emulator: Emulator) -> None:
    pytest.importorskip("agents")
    whole, streamed = run(str(RECIPES / "agents_tool.py")).splitlines()
    assert "sunny in Beijing" in whole
    assert "sunny in Shanghai" in streamed
    assert [bool(request.json.get("stream")) for request in emulator.requests] == [
        False, False, True, True,
    ]  # fmt: skip
