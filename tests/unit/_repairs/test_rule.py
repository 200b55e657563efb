"""What rules are made of: reading a message in any spelling, and saying where one applied."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any, Optional

import pytest

from dsadapter._repairs.rule import (
    RuleContext,
    as_dict,
    in_messages,
    part_text,
    text_of,
    thinks,
    type_of,
)


class Model:
    """As an SDK's."""

    def model_dump(self, exclude_unset: bool = False) -> Any:
        return {"role": "user"} if exclude_unset else {"role": "user", "unset": None}


@pytest.mark.parametrize(
    ("value", "fields"),
    [
        ({"role": "user"}, {"role": "user"}),
        (MappingProxyType({"role": "user"}), {"role": "user"}),
        (Model(), {"role": "user"}),
        ("text", None),
        ([("role", "user")], None),
        (None, None),
    ],
)
def test_as_dict(value: Any, fields: Any) -> None:
    copied = as_dict(value)
    assert copied == fields
    assert copied is None or copied is not value


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("a", "a"),
        ({"type": "text", "text": "a"}, "a"),
        ({"type": "text", "text": 5}, None),
        ({"type": "image_url", "text": "a"}, None),
        ({"text": "a"}, None),
        (5, None),
    ],
)
def test_part_text(part: Any, text: Optional[str]) -> None:
    assert part_text(part) == text


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("a", "a"),
        (["a", {"type": "text", "text": "b"}], "a\nb"),
        ([{"type": "image_url"}, "a"], "\na"),
        (None, ""),
        (5, ""),
    ],
)
def test_text_of_a_message(content: Any, text: str) -> None:
    assert text_of({"content": content}) == text
    assert text_of({}) == ""


@pytest.mark.parametrize(
    ("thinking", "on"),
    [
        ({"type": "disabled"}, False),
        ({"type": "enabled"}, True),
        ({}, True),
        (None, True),
        ("disabled", True),
    ],
)
def test_thinking_is_on_unless_it_is_disabled(thinking: Any, on: bool) -> None:
    assert thinks({"thinking": thinking}) is on
    assert thinks({}) is True
    assert type_of({"thinking": thinking}, "thinking") == (
        thinking.get("type") if isinstance(thinking, dict) else None
    )


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        ([], None),
        ([1], "done (messages[1])"),
        ([0, 1, 2, 3, 4], "done (messages[0], messages[1], messages[2], messages[3], messages[4])"),
        (
            range(7),
            "done (messages[0], messages[1], messages[2], messages[3], messages[4] and 2 more)",
        ),
    ],
)
def test_a_rule_over_messages_says_where(changed: Any, what: Optional[str]) -> None:
    rule = in_messages("done")(lambda message, body: message["index"] in changed)
    messages = [{"index": index} for index in range(7)]
    assert rule({}, RuleContext(True, messages)) == what


def test_a_request_is_not_restored_unless_a_rule_asks_for_it() -> None:
    assert RuleContext(True, []).restore is False
