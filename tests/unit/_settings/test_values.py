"""Values of settings: what is accepted, what it becomes, and how a refusal reads."""

from __future__ import annotations

import math
from typing import Any, Optional

import pytest

from _settings.samples import KEY, invalid, resolve
from dsadapter._errors.tree import InvalidArgumentError
from dsadapter._settings import values

# --- base URLs ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "base", ["https://api.deepseek.com@example.com", "https://u:pass@h.org/v1"]
)
def test_a_base_with_a_user_name_is_refused_and_not_shown(base: str) -> None:
    text = invalid(api_key=KEY, base_url=base)
    assert "user name or a password" in text
    assert "pass@" not in text and "@example" not in text


@pytest.mark.parametrize(
    "written, used",
    [
        ("https://api.deepseek.com", "https://api.deepseek.com"),
        ("https://api.deepseek.com/", "https://api.deepseek.com"),
        ("https://api.deepseek.com///", "https://api.deepseek.com"),
        ("  https://api.deepseek.com\n", "https://api.deepseek.com"),
        ("https://api.deepseek.com/v1", "https://api.deepseek.com/v1"),
        ("https://api.deepseek.com/v1/", "https://api.deepseek.com/v1"),
        ("https://api.deepseek.com/beta", "https://api.deepseek.com/beta"),
        ("https://api.deepseek.com/chat/completions", "https://api.deepseek.com"),
        ("https://api.deepseek.com/v1/chat/completions", "https://api.deepseek.com/v1"),
        ("https://api.deepseek.com/v1/chat/completions/", "https://api.deepseek.com/v1"),
        ("https://api.deepseek.com/beta/completions", "https://api.deepseek.com/beta"),
        ("http://127.0.0.1:8000/api/v3/", "http://127.0.0.1:8000/api/v3"),
        ("http://[::1]:8000/", "http://[::1]:8000"),
    ],
)
@pytest.mark.parametrize("place", ["argument", "environment"])
def test_bases_are_normalised(written: str, used: str, place: str, env: Any) -> None:
    if place == "argument":
        assert resolve(api_key=KEY, base_url=written).base_url == used
    else:
        env({"DEEPSEEK_API_KEY": KEY, "DEEPSEEK_BASE_URL": written})
        assert resolve().base_url == used


@pytest.mark.parametrize(
    "base",
    [
        "api.deepseek.com",
        "api.deepseek.com/v1",
        "//api.deepseek.com",
        "localhost:8000",
        "ftp://api.deepseek.com",
        "file:///tmp",
        "https://",
        "https:///v1",
        "https://:8000",
        "https://host.example.com:port",
        "https://host.example.com:99999",
        "https://host.example.com:0",
        "https://host.example.com:-1",
        "https://[::1",
        "https://host example.com",
        "https://host.example.com/a b",
        "https://host.example.com/\tv1",
        "",
        "   ",
    ],
)
def test_a_base_that_is_no_url_is_refused(base: str) -> None:
    text = invalid(base_url=base)
    assert "the argument base_url" in text
    assert "Write it whole: https://api.deepseek.com" in text


def test_a_refused_base_of_the_environment_is_named(env: Any) -> None:
    env({"DEEPSEEK_API_KEY": KEY, "DEEPSEEK_BASE_URL": "api.deepseek.com"})
    assert "the environment variable DEEPSEEK_BASE_URL" in invalid()


# --- numbers and tables ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value, connect, read",
    [
        (None, 5.0, 600.0),
        (30, 30.0, 30.0),
        (0.5, 0.5, 0.5),
        ((3, 60), 3.0, 60.0),
        ([3, 60], 3.0, 60.0),
        ((None, 60), None, 60.0),
        ((3, None), 3.0, None),
        (math.inf, None, None),
        (10**12, None, None),
    ],
)
def test_timeouts(value: Any, connect: Optional[float], read: Optional[float]) -> None:
    assert resolve(api_key=KEY, timeout=value).timeout == (connect, read)


def test_timeouts_of_httpx() -> None:
    httpx = pytest.importorskip("httpx", reason="openai 3 alone brings httpx2")
    assert resolve(api_key=KEY, timeout=httpx.Timeout(30, connect=2)).timeout == (2, 30)
    assert resolve(api_key=KEY, timeout=httpx.Timeout(None)).timeout == (None, None)


@pytest.mark.parametrize(
    "value", [0, -1, True, "30", math.nan, (1,), (1, 2, 3), (0, 1), (1, "2"), {}, object()]
)
def test_wrong_timeouts(value: Any) -> None:
    assert "timeout=" in invalid(timeout=value)


@pytest.mark.parametrize("name", ["idle_timeout", "deadline"])
@pytest.mark.parametrize("value", [0, -1, -0.5, True, False, "30", math.nan, (1, 2), [1]])
def test_wrong_limits(name: str, value: Any) -> None:
    assert f"{name}=" in invalid(**{name: value})


@pytest.mark.parametrize("name", ["idle_timeout", "deadline"])
def test_limits(name: str) -> None:
    assert getattr(resolve(api_key=KEY, **{name: 1.5}), name) == 1.5
    assert getattr(resolve(api_key=KEY, **{name: math.inf}), name) == math.inf
    assert getattr(resolve(api_key=KEY), name) is None  # unset is not the same as no limit


@pytest.mark.parametrize("value, used", [(None, 2), (0, 0), (1, 1), (50, 50)])
def test_retries(value: Any, used: int) -> None:
    assert resolve(api_key=KEY, max_retries=value).max_retries == used


@pytest.mark.parametrize("value", [-1, True, False, 1.5, "2", (2,)])
def test_wrong_retries(value: Any) -> None:
    assert "max_retries=" in invalid(max_retries=value)


@pytest.mark.parametrize(
    "value, table",
    [
        (None, {}),
        ("", {}),
        ({}, {}),
        ({"gpt-4": "deepseek-pro"}, {"gpt-4": "deepseek-pro"}),
        ("gpt-4=deepseek-pro", {"gpt-4": "deepseek-pro"}),
        (" gpt-4 = a , gpt-5=b,", {"gpt-4": "a", "gpt-5": "b"}),
    ],
)
def test_model_maps(value: Any, table: Any) -> None:
    assert resolve(api_key=KEY, model_map=value).model_map == table


@pytest.mark.parametrize("value", ["gpt-4", "gpt-4=", "=a", "a=b,c", "a:b", 5, ["a"], [("a", "b")]])
def test_wrong_model_maps(value: Any) -> None:
    assert "model_map" in invalid(model_map=value)


@pytest.mark.parametrize("value", ["on", "off", "error"])
def test_repair_modes(value: str) -> None:
    assert resolve(api_key=KEY, repair=value).repair == value


@pytest.mark.parametrize("value", ["OFF", "yes", True, False, 0, ""])
def test_wrong_repair_modes(value: Any) -> None:
    assert "on, off, error" in invalid(repair=value)


@pytest.mark.parametrize("name", ["default_headers", "default_query"])
def test_headers_and_query(name: str) -> None:
    assert getattr(resolve(api_key=KEY, **{name: {"a": "b"}}), name) == {"a": "b"}
    assert name in invalid(**{name: [("a", "b")]})


@pytest.mark.parametrize(
    ("table", "model", "mapped"),
    [
        ("gpt-*=flash", "gpt-4o", "flash"),
        ("gpt-*=flash", "gpt-", "flash"),
        ("gpt-*=flash", "chatgpt-4", None),
        ("gpt-*=flash,gpt-4=pro", "gpt-4", "pro"),
        ("gpt-4*=pro,gpt-*=flash", "gpt-4o", "pro"),
        ("*-mini=flash", "gpt-4o-mini", "flash"),
        ("g.t-*=flash", "gpt-4", None),
        ("gpt=flash", "gpt-4", None),
        ("*=flash", None, None),
        ("*=flash", ["x"], None),
    ],
)
def test_patterns_of_a_model_map(table: str, model: Any, mapped: Any) -> None:
    assert values.mapped_model(values.model_map("model_map", table), model) == mapped


@pytest.mark.parametrize("value", [1, 1000, None])
def test_a_number_that_counts(value: Any) -> None:
    assert values.count("max_connections", value) == value


@pytest.mark.parametrize("value", [0, -1, True, 1.5, "3", "many", [3]])
def test_what_counts_nothing(value: Any) -> None:
    with pytest.raises(InvalidArgumentError, match="is not a whole number from 1 up") as caught:
        values.count("max_connections", value)
    assert caught.value.hint == "Write max_connections=100"


@pytest.mark.parametrize(("value", "meant"), [(None, None), ("", None), ("auto", "auto")])
def test_concurrency(value: Any, meant: Any) -> None:
    assert values.concurrency("max_concurrency", value) == meant


@pytest.mark.parametrize("value", [0, 20, "20", "Auto", True])
def test_a_concurrency_that_is_no_word_for_one(value: Any) -> None:
    with pytest.raises(InvalidArgumentError, match="is not 'auto'") as caught:
        values.concurrency("max_concurrency", value)
    assert "max_connections" in str(caught.value.hint)


def test_rules_of_repair_are_switched_by_name() -> None:
    repair = resolve(api_key=KEY, repair={"tool-history": True, "penalties": False}).repair
    assert (repair, repair.rules) == ("on", {"tool-history": True, "penalties": False})
    assert resolve(api_key=KEY, repair="off").repair.rules == {}


@pytest.mark.parametrize("value", [{"nonsense": True}, {"penalties": "off"}, {1: True}])
def test_rules_that_do_not_exist(value: Any) -> None:
    text = invalid(repair=value)
    assert repr(next(iter(value))) in text
    assert "tool-history" in text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("abc", "'abc'"),
        (5, "5"),
        ("https://llm.example.com/v1", "'https://llm.example.com/v1'"),
        (KEY, f"'...{KEY[-4:]}'"),
        (f"https://{KEY}@host", "'...host'"),
    ],
)
def test_what_an_error_shows_of_a_value(value: Any, text: str) -> None:
    assert values.shown(value) == text
