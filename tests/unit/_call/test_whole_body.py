"""Reading a whole body."""

from __future__ import annotations

import json

import pytest
from scripted import REPLY, Answer, Scripted

pytestmark = pytest.mark.usefixtures("pauses")


def test_blank_lines_before_json_are_no_data() -> None:
    body = [b"\n", b"\r\n ", b"\n\n" + json.dumps(REPLY).encode()]
    assert Scripted(Answer(body)).chat().id == "r1"
