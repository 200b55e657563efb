"""Paths, methods, models, balance, headers."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize("base", ["", "/v1", "/beta"])
def test_every_base_serves_chat_models_and_balance(wire: Any, base: str) -> None:
    assert wire.chat("hi", base=base).status == 200
    assert wire.get(base + "/models").status == 200
    assert wire.get(base + "/user/balance").status == 200


def test_models_are_the_two_current_ones_with_their_limits(wire: Any) -> None:
    listed = wire.get("/models").json
    assert listed["object"] == "list"
    assert [model["id"] for model in listed["data"]] == ["deepseek-flash", "deepseek-v4-pro"]
    assert wire.get("/models/deepseek-v4-pro").json == {
        "id": "deepseek-v4-pro",
        "object": "model",
        "owned_by": "deepseek",
        "context_window": 1048576,
        "max_output_tokens": 393216,
    }


def test_a_model_that_is_not_listed_is_not_found(wire: Any) -> None:
    assert wire.get("/models/deepseek-chat").status == 404


def test_amounts_of_the_balance_are_strings(wire: Any) -> None:
    balance = wire.get("/user/balance").json
    assert balance["is_available"] is True
    (info,) = balance["balance_infos"]
    assert info["currency"] == "CNY"
    amounts = ("total_balance", "granted_balance", "topped_up_balance")
    assert all(isinstance(info[name], str) for name in amounts)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", "/embeddings", 404),
        ("GET", "/", 404),
        ("GET", "/v1", 404),
        ("POST", "/v2/chat/completions", 404),
        ("POST", "/chat/completions/", 404),
        ("GET", "/chat/completions", 405),
        ("PUT", "/v1/models", 405),
        ("DELETE", "/models/deepseek-flash", 405),
    ],
)
def test_wrong_paths_and_methods_get_an_empty_body(
    wire: Any, method: str, path: str, status: int
) -> None:
    reply = wire.send(method, path)
    assert (reply.status, reply.body) == (status, b"")


def test_every_answer_has_a_trace_id_and_none_asks_to_wait(wire: Any) -> None:
    replies = [wire.chat(), wire.chat(temperature=9), wire.get("/models"), wire.get("/nothing")]
    traces = {reply.headers["x-ds-trace-id"] for reply in replies}
    assert len(traces) == len(replies)
    assert not any("retry-after" in reply.headers for reply in replies)
