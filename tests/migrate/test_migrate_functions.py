"""``functions=`` to ``tools=``, with ``--unsafe``."""

from __future__ import annotations

from pathlib import Path

import pytest

from dsadapter._migrate.analysis import Options
from dsadapter._migrate.source_file import rewrite_text

PROGRAM = """\
import openai
r = openai.ChatCompletion.create(model=m, messages=history, functions=specs, function_call="auto")
message = r.choices[0].message
if {asked}:
    name = {read}["name"]
    history.append({{"role": "function", "name": name, "content": f(name)}})
"""
NEW = """\
r = openai.chat.completions.create(model=m, messages=history, \
tools=[{{"type": "function", "function": f}} for f in specs], tool_choice="auto").to_dict()
message = r["choices"][0]["message"]
if {asked}:
    name = message["tool_calls"][0]["function"]["name"]
    history.append({{"role": "tool", \
"tool_call_id": message["tool_calls"][0]["id"], "content": f(name)}})
"""
MAYBE = '(message.get("tool_calls") or [{}])[0].get("function")'


@pytest.mark.parametrize(
    "asked, expected",
    [
        ('message.get("function_call")', MAYBE),
        ('message.get("function_call", None)', MAYBE),
        ('getattr(message, "function_call", None)', MAYBE),
        ('hasattr(message, "function_call")', '("tool_calls" in message)'),
        ('"function_call" in message', '"tool_calls" in message'),
        ('r.choices[0].finish_reason == "function_call"', ""),
    ],
)
@pytest.mark.parametrize("read", ['message["function_call"]', "message.function_call"])
def test_functions_become_tools(asked: str, expected: str, read: str) -> None:
    program = PROGRAM.format(asked=asked, read=read)
    text, applied, markers = rewrite_text(program, Options(unsafe=True))
    expected = expected or 'r["choices"][0]["finish_reason"] == "tool_calls"'
    assert text.endswith(NEW.format(asked=expected))
    assert (markers, applied["functions"] >= 4) == ((), True)
    assert rewrite_text(text, Options(unsafe=True))[0] == text


def test_without_the_flag_they_are_sent_as_they_were() -> None:
    program = PROGRAM.format(asked="message.get('function_call')", read="message.function_call")
    text, _, markers = rewrite_text(program, Options())
    assert 'functions=specs, function_call="auto")' in text
    assert 'message["function_call"]["name"]' in text
    assert markers == ()


@pytest.mark.parametrize(
    "line",
    [
        'history.append({"role": "assistant", "content": None, "function_call": call})',
        'history.append({"role": "function", "content": text, **more})',
        "openai.ChatCompletion.create(model=m, functions=specs, function_call=choice)",
        'message["function_call"] = None',
        'save("function_call")',
    ],
)
def test_all_of_a_file_or_nothing(line: str) -> None:
    program = PROGRAM.format(asked="message.get('function_call')", read="message.function_call")
    text, _, markers = rewrite_text(f"{program}{line}\n", Options(unsafe=True))
    assert "functions" in {marker.rule for marker in markers}
    assert "tools=" not in text
    assert "functions=specs" in text


def test_the_sample_of_2023_is_among_the_programs() -> None:
    path = Path(__file__).parent / "programs" / "run_conversation.py"
    text, _, markers = rewrite_text(path.read_text(encoding="utf-8"), Options(unsafe=True))
    assert markers == ()
    assert "function_call" not in text
