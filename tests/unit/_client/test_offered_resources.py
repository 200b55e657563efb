"""Resources are made when they are first read, and stay the same."""

from __future__ import annotations

import subprocess
import sys
from typing import Any, Dict
from unittest import mock

import pytest

from dsadapter import AsyncOpenAI, OpenAI
from dsadapter._client.offered_resources import RESOURCES


@pytest.mark.parametrize("face", [OpenAI, AsyncOpenAI])
@pytest.mark.parametrize("name", RESOURCES)
def test_a_resource_is_the_same_at_every_reading(
    face: Any, name: str, settings: Dict[str, Any]
) -> None:
    client = face(**{**settings, "provider": "generic"})
    resource = getattr(client, name)
    assert getattr(client, name) is resource
    assert type(resource).__name__.startswith("Async") is (face is AsyncOpenAI)
    assert getattr(client.with_options(timeout=3), name) is not resource
    with mock.patch.object(resource, "create", new=lambda: 1, create=True):
        assert getattr(client, name).create() == 1


def test_a_call_of_chat_loads_none_of_them() -> None:
    program = (
        "import sys; from dsadapter import OpenAI; "
        "OpenAI(api_key='k', base_url='http://127.0.0.1:9').chat.completions; "
        "print([n for n in sys.modules if n.startswith('dsadapter._client.')])"
    )
    output = subprocess.run([sys.executable, "-c", program], stdout=subprocess.PIPE, check=True)
    loaded = output.stdout.decode()
    assert "dsadapter._client.client" in loaded
    for module, _ in RESOURCES.values():
        assert f"'dsadapter._client.{module}'" not in loaded
