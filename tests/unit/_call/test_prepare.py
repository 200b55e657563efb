"""From a request to a call: models mapped, repairs made and announced."""

from __future__ import annotations

import json
import warnings
from math import inf
from types import SimpleNamespace
from typing import Any, Dict

import pytest
from sample_calls import CALL, HELLO, last
from scripted import prepared

import dsadapter
from dsadapter import OpenAI
from dsadapter._call import prepare
from dsadapter._call.prepare import repaired_operation
from dsadapter.testing.emulator import Emulator


@pytest.mark.parametrize(
    "given",
    [
        {"gpt-3.5-turbo": "deepseek-flash"},
        "a=b, gpt-3.5-turbo = deepseek-flash",
        "gpt-*=deepseek-flash",
    ],
)
def test_model_map(settings: Dict[str, Any], emulator: Emulator, given: Any) -> None:
    with OpenAI(**settings, model_map=given) as client:
        client.chat.completions.create(model="gpt-3.5-turbo", messages=HELLO)
        assert last(emulator).json["model"] == "deepseek-flash"
        client.chat.completions.create(model="deepseek-v4-pro", messages=HELLO)
        assert last(emulator).json["model"] == "deepseek-v4-pro"


def test_deepseek_gets_no_request_without_messages() -> None:
    with pytest.raises(dsadapter.InvalidArgumentError, match="messages is empty"):
        prepared(None, body={"model": "m", "messages": []})
    assert prepared(None, path="/models", body=None).operation.body is None


@pytest.mark.parametrize("messages", [[], "hi", {"role": "user"}, 5])
def test_of_generic_hosts_the_messages_are_not_judged(
    settings: Dict[str, Any], emulator: Emulator, messages: Any
) -> None:
    with OpenAI(**{**settings, "provider": None}) as client:
        with pytest.raises(dsadapter.BadRequestError) as caught:
            client.chat.completions.create(model="deepseek-flash", messages=messages)
    assert caught.value.status_code == 400
    assert last(emulator).json["messages"] == messages


def test_a_generator_of_messages_is_a_list_everywhere(
    settings: Dict[str, Any], emulator: Emulator
) -> None:
    for provider in ("deepseek", None):
        with OpenAI(**{**settings, "provider": provider}) as client:
            messages = (message for message in HELLO)
            client.chat.completions.create(model="deepseek-flash", messages=messages)
        assert last(emulator).json["messages"] == HELLO


def test_other_paths_are_not_judged(client: OpenAI, emulator: Emulator) -> None:
    with pytest.raises(dsadapter.NotFoundError):
        client.post("/anything", body={"messages": []})
    assert last(emulator).json == {"messages": []}


def test_nothing_is_mapped_without_being_asked(client: OpenAI, emulator: Emulator) -> None:
    with pytest.raises(dsadapter.BadRequestError) as caught:
        client.chat.completions.create(model="gpt-3.5-turbo", messages=HELLO)
    assert last(emulator).json["model"] == "gpt-3.5-turbo"
    assert "python -m dsadapter models" in str(caught.value)


@pytest.mark.parametrize("where", ["environment", "module", "call"])
def test_where_model_map_may_stand(
    settings: Dict[str, Any], emulator: Emulator, monkeypatch: Any, where: str
) -> None:
    text, params = "old=deepseek-flash", {}
    if where == "environment":
        monkeypatch.setenv("DSADAPTER_MODEL_MAP", text)
    elif where == "module":
        vars(dsadapter)["model_map"] = text
    else:
        params = {"model_map": text}
    with OpenAI(**settings) as client:
        client.chat.completions.create(model="old", messages=HELLO, **params)
    assert last(emulator).json["model"] == "deepseek-flash"
    assert "model_map" not in last(emulator).json


REPAIRED = {**CALL, "max_completion_tokens": 5}


def test_each_repair_rule_warns_once(client: OpenAI, emulator: Emulator) -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        replies = [client.chat.completions.create(**REPAIRED) for _ in range(3)]
    assert last(emulator).json["max_tokens"] == 5
    assert "max_completion_tokens" not in last(emulator).json
    rules = [item.id for item in replies[-1].adapter.repairs]
    assert len(rules) == 1
    assert all([item.id for item in reply.adapter.repairs] == rules for reply in replies)
    assert [warning.category for warning in caught] == [dsadapter.RepairWarning]
    assert rules[0] in str(caught[0].message)
    assert caught[0].filename == __file__


def test_each_rule_has_its_own_warning(client: OpenAI) -> None:
    developer = [{"role": "developer", "content": "Be brief."}, *HELLO]
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        reply = client.chat.completions.create(**{**REPAIRED, "messages": developer})
    texts = [str(warning.message) for warning in caught]
    rules = [item.id for item in reply.adapter.repairs]
    assert len(rules) == len(texts) == 2
    assert all(rule in text for rule, text in zip(rules, texts))


@pytest.mark.parametrize("where", ["argument", "environment", "call"])
def test_repair_off(
    settings: Dict[str, Any], emulator: Emulator, monkeypatch: Any, where: str
) -> None:
    arguments, params = {}, {}
    if where == "environment":
        monkeypatch.setenv("DSADAPTER_REPAIR", "off")
    else:
        (arguments if where == "argument" else params)["repair"] = "off"
    with OpenAI(**settings, **arguments) as client:
        reply = client.chat.completions.create(**REPAIRED, **params)
    assert last(emulator).json == REPAIRED
    assert reply.adapter.repairs == ()


def test_repair_error(settings: Dict[str, Any], emulator: Emulator) -> None:
    with OpenAI(**settings, repair="error") as client:
        with pytest.raises(dsadapter.InvalidArgumentError) as caught:
            client.chat.completions.create(**REPAIRED)
        assert emulator.requests == []
        assert "max_completion_tokens" in str(caught.value)
        assert "repair='on'" in str(caught.value)
        assert client.chat.completions.create(**CALL).choices


def test_other_providers_are_not_repaired(settings: Dict[str, Any], emulator: Emulator) -> None:
    with OpenAI(**{**settings, "provider": "generic"}) as client:
        assert client.chat.completions.create(**REPAIRED).adapter.repairs == ()
    assert last(emulator).json == REPAIRED


# --- the call ------------------------------------------------------------------------------------

DEVELOPER = [{"role": "developer", "content": "Be brief."}]
TO_REPAIR: Dict[str, Any] = {"model": "m", "messages": DEVELOPER, "max_completion_tokens": 5}


def body_of(call: Any) -> Any:
    return json.loads(call.operation.body)


def test_repairs_are_made_and_announced_once_a_process() -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        calls = [prepared(None, body=dict(TO_REPAIR)) for _ in range(2)]
    ids = ["max-completion-tokens", "developer-role"]
    assert [[item.id for item in call.repairs] for call in calls] == [ids, ids]
    assert [str(w.message).rpartition("[")[2] for w in caught] == [f"{name}]" for name in ids]
    assert body_of(calls[1]) == {
        "model": "m",
        "messages": [{"role": "system", "content": "Be brief."}],
        "max_tokens": 5,
    }


def test_repair_error_names_the_rule_and_prepares_nothing() -> None:
    with pytest.raises(dsadapter.InvalidArgumentError, match="rule max-completion-tokens"):
        prepared(None, body=dict(TO_REPAIR), repair="error")


@pytest.mark.parametrize("options", [{"repair": "off"}, {"provider": "generic"}])
def test_without_repairs_a_body_goes_out_as_it_is(options: Any) -> None:
    call = prepared(None, body=dict(TO_REPAIR), **options)
    assert body_of(call) == TO_REPAIR
    assert (call.repairs, call.may_resend) == ((), False)


@pytest.mark.parametrize("repair", ["on", "off"])
def test_what_only_beta_serves_goes_to_beta(repair: str) -> None:
    messages = [*HELLO, {"role": "assistant", "content": "a", "prefix": True}]
    call = prepared(None, body={"model": "m", "messages": messages}, repair=repair)
    assert call.operation.url.endswith("/beta/chat/completions")
    assert not prepared(None).operation.url.endswith("/beta/chat/completions")


@pytest.mark.filterwarnings("ignore::dsadapter.RepairWarning")
def test_a_refusal_is_repaired_and_sent_to_where_the_first_request_went() -> None:
    turn = {"role": "assistant", "content": "a"}
    call = prepared(None, body={"model": "m", "messages": [*HELLO, turn]})
    refusal = dsadapter.BadRequestError("The reasoning_content must be passed back to the API.")
    operation = repaired_operation(call, refusal)
    assert operation is not None
    assert operation.url == call.operation.url
    assert json.loads(operation.body)["messages"][1] == {**turn, "reasoning_content": " "}
    assert [item.id for item in call.repairs] == ["repair-resend"]
    assert repaired_operation(call, dsadapter.BadRequestError("something else")) is None


@pytest.mark.parametrize(
    ("rules", "resends"), [({"penalties": False}, 1), ({"repair-resend": False}, 0)]
)
def test_the_resend_is_a_rule_too(
    settings: Dict[str, Any], emulator: Emulator, rules: Any, resends: int
) -> None:
    emulator.fault("reasoning-missing")
    with OpenAI(**settings, repair=rules) as client, warnings.catch_warnings():
        warnings.simplefilter("ignore", dsadapter.RepairWarning)
        try:
            client.chat.completions.create(
                model="deepseek-flash", messages=[*HELLO, {"role": "assistant", "content": "x"}]
            )
        except dsadapter.BadRequestError:
            assert resends == 0
    assert len(emulator.requests) == 1 + resends


@pytest.mark.parametrize("path", ["/responses", "/completions", "/a", "/models"])
def test_only_a_chat_needs_messages(path: str) -> None:
    prepare._check_messages(path, {"input": "Hi"})


@pytest.mark.parametrize("path", ["/chat/completions", "chat/completions"])
@pytest.mark.parametrize("messages", [None, [], "Hi", {}])
def test_a_chat_without_messages(path: str, messages: Any) -> None:
    with pytest.raises(dsadapter.InvalidArgumentError, match="messages is "):
        prepare._check_messages(path, {"messages": messages})


@pytest.mark.parametrize(
    ("stream", "named", "idle", "explicit"),
    [
        (True, None, prepare.DEFAULT_IDLE, False),
        (False, None, inf, False),
        (True, 5, 5, True),
        (False, 5, 5, True),
    ],
)
def test_only_a_stream_waits_for_data_no_longer_than_so(
    stream: bool, named: Any, idle: float, explicit: bool
) -> None:
    request = SimpleNamespace(stream=stream, idle_timeout=named, deadline=None)
    made = prepare._deadlines(request, SimpleNamespace(idle_timeout=None, deadline=None))
    assert (made.idle_timeout, made.deadline, made.explicit) == (idle, inf, explicit)
