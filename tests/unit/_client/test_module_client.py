"""The module as a client."""

from __future__ import annotations

import pytest
from sample_calls import CALL, last

import dsadapter
from dsadapter.testing.emulator import Emulator


def test_the_module_reads_its_settings_at_every_call(emulator: Emulator) -> None:
    space = vars(dsadapter)
    space["base_url"] = emulator.base_url
    for key in ("first", "second"):
        space["api_key"] = key
        reply = dsadapter.chat.completions.create(**CALL)
        assert reply.choices[0].message.content
        assert last(emulator).headers["authorization"] == f"Bearer {key}"
    assert [model.id for model in dsadapter.models.list()]
    assert dsadapter.balance().is_available
    space["default_headers"] = {"X-A": "1"}
    chunks = list(dsadapter.chat.completions.create(**CALL, stream=True))
    assert len(chunks) > 1
    assert last(emulator).headers["x-a"] == "1"


def test_the_module_without_a_key() -> None:
    with pytest.raises(dsadapter.CredentialsError) as caught:
        dsadapter.chat.completions.create(**CALL)
    assert "platform.deepseek.com/api_keys" in str(caught.value)
