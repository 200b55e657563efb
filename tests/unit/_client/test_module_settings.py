"""What the package itself answers: its settings as a call would use them, and its backend."""

from __future__ import annotations

from typing import Any

import pytest

import dsadapter
from dsadapter._settings.sources import UnsetDefault

KEY = "sk-" + "0123456789abcdef" * 2


def test_a_setting_reads_as_what_a_call_would_use(monkeypatch: Any) -> None:
    assert dsadapter.base_url == dsadapter.api_base == "https://api.deepseek.com"
    assert dsadapter.api_key is None
    monkeypatch.setenv("DEEPSEEK_API_KEY", KEY)
    monkeypatch.setenv("DEEPSEEK_BASE_URL", "https://llm.example.com")
    monkeypatch.setenv("DSADAPTER_REPAIR", "off")
    assert (dsadapter.api_key, dsadapter.api_base) == (KEY, "https://llm.example.com")
    assert dsadapter.repair == "off"


def test_reading_sets_nothing() -> None:
    assert isinstance(dsadapter.base_url, UnsetDefault)
    assert "base_url" not in vars(dsadapter)
    dsadapter.base_url = "https://llm.example.com"
    assert not isinstance(dsadapter.base_url, UnsetDefault)
    assert vars(dsadapter).pop("base_url") == "https://llm.example.com"


@pytest.mark.parametrize("name", ["images", "embeddings", "beta_of_something", "apikey"])
def test_what_is_no_setting(name: str) -> None:
    with pytest.raises(AttributeError, match=name):
        getattr(dsadapter, name)


def test_selection_says_what_a_client_would_get(monkeypatch: Any) -> None:
    assert dsadapter.selection("raw-requests").name == "raw-requests"
    monkeypatch.setenv("DSADAPTER_BACKEND", "raw-requests")
    chosen = dsadapter.selection()
    assert (chosen.name, chosen.automatic) == ("raw-requests", False)
    with dsadapter.OpenAI(api_key="k", base_url="http://127.0.0.1:9") as client:
        assert client.backend == chosen.name
