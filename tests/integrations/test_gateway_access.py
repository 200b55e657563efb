"""Who may call: bearers of a token; without tokens, this machine."""

from __future__ import annotations

from typing import Any, Dict

import pytest
from gateways import ASK, error_in, needs, serving

from dsadapter import InvalidArgumentError
from dsadapter.testing import Emulator

needs("gateway", "fastapi", "uvicorn")

TOKENS = "tok-one, tok-zwei-ü,,"
GUARDED = ["/v1/models", "/models", "/user/balance", "/v1/models/deepseek-flash"]


@pytest.fixture(scope="module")
def guarded() -> Any:
    with Emulator() as emulator, serving(emulator, tokens=TOKENS) as made:
        yield made


@pytest.mark.parametrize("token", ["tok-one", "tok-zwei-ü"])
def test_a_token_opens_every_path(guarded: Any, token: str) -> None:
    headers = {"Authorization": f"Bearer {token}".encode()}
    for path in GUARDED:
        assert guarded.get(path, headers=headers).status_code == 200
    assert guarded.post(json=ASK, headers=headers).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer"},
        {"Authorization": "Bearer "},
        {"Authorization": "Bearer tok"},
        {"Authorization": "Bearer tok-one-more"},
        {"Authorization": "Bearer tok-one,"},
        {"Authorization": "Basic tok-one"},
        {"Authorization": "tok-one"},
        {"Authorization": b"Bearer \xff\xfe"},
    ],
)
def test_without_one_of_the_tokens(guarded: Any, headers: Dict[str, Any]) -> None:
    guarded.emulator.clear()
    responses = [guarded.get(path, headers=headers) for path in GUARDED]
    for response in [*responses, guarded.post(json=ASK, headers=headers)]:
        assert response.status_code == 401
        assert response.headers["www-authenticate"] == "Bearer"
        error = error_in(response)
        assert error["code"] == "invalid_api_key"
        assert "Authorization: Bearer TOKEN" in error["message"]
        assert "tok-" not in response.text
    assert guarded.emulator.requests == []


@pytest.mark.parametrize(
    ("options", "place"),
    [
        ({"headers": {"x-api-key": "tok-one"}}, "not in the header x-api-key"),
        ({"headers": {"api-key": "tok-one"}}, "not in the header api-key"),
        ({"params": {"api_key": "tok-one"}}, "not in the query (api_key=)"),
        ({"params": {"token": "tok-one"}}, "not in the query (token=)"),
    ],
)
def test_a_token_in_the_wrong_place(guarded: Any, options: Dict[str, Any], place: str) -> None:
    response = guarded.get("/v1/models", **options)
    assert response.status_code == 401
    assert place in error_in(response)["message"]


def test_probes_and_pages_need_no_token(guarded: Any) -> None:
    for path in ("/healthz", "/readyz", "/docs", "/openapi.json"):
        assert guarded.get(path).status_code == 200


def test_tokens_come_from_the_environment(emulator: Emulator, monkeypatch: Any) -> None:
    monkeypatch.setenv("DSADAPTER_GATEWAY_TOKENS", "from-env")
    with serving(emulator) as gateway:
        assert gateway.ask().status_code == 401
        headers = {"Authorization": "Bearer from-env"}
        assert gateway.get("/v1/models", headers=headers).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "10.0.0.1", "localhost.evil.example", "[::2]:80"])
def test_without_tokens_a_foreign_name_for_this_machine_is_refused(gateway: Any, host: str) -> None:
    """A web page reaches loopback through a name of its own; its browser says so."""
    response = gateway.get("/v1/models", headers={"Host": host})
    assert response.status_code == 403
    assert "DSADAPTER_GATEWAY_TOKENS" in error_in(response)["message"]


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1", "LOCALHOST", "[::1]:8000"])
def test_the_names_of_this_machine_are_let_in(gateway: Any, host: str) -> None:
    assert gateway.get("/v1/models", headers={"Host": host}).status_code == 200


def test_a_socket_that_is_open_to_others_is_refused_without_tokens() -> None:
    from dsadapter.integrations.gateway.access import _only_this_machine
    from dsadapter.integrations.gateway.errors import Refusal

    with pytest.raises(Refusal) as caught:
        _only_this_machine({"server": ("192.168.1.7", 8000)}, "localhost")
    assert caught.value.status == 403
    _only_this_machine({"server": ("/run/gateway.sock", None)}, "localhost")


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"max_streams": 0}, "max_streams=0 is not a whole number above 0"),
        ({"deadline": "soon"}, "deadline='soon' is not a number above 0"),
        ({"keep_alive": float("inf")}, "keep_alive=inf"),
        ({"max_body": float("nan")}, "max_body=nan"),
    ],
)
def test_a_limit_that_is_none(emulator: Emulator, options: Dict[str, Any], text: str) -> None:
    with pytest.raises(InvalidArgumentError, match=text):
        with serving(emulator, **options):
            pass


def test_limits_come_from_the_environment(emulator: Emulator, monkeypatch: Any) -> None:
    monkeypatch.setenv("DSADAPTER_GATEWAY_MAX_BODY", "10")
    with serving(emulator) as gateway:
        assert gateway.ask().status_code == 413
    monkeypatch.setenv("DSADAPTER_GATEWAY_MAX_BODY", "big")
    with pytest.raises(InvalidArgumentError, match="DSADAPTER_GATEWAY_MAX_BODY='big'"):
        with serving(emulator):
            pass
