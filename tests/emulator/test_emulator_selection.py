"""How a fault is chosen for a request."""

from __future__ import annotations

from typing import Any

import pytest

from dsadapter.testing.emulator import FAULTS, Emulator


def with_header(wire: Any, fault: str) -> Any:
    headers = {"Authorization": "Bearer k", "X-Emulator-Fault": fault}
    return wire.send("GET", "/models", None, headers)


def test_ordered_faults_meet_the_next_requests_in_turn(wire: Any, emulator: Emulator) -> None:
    emulator.fault("status-503")
    emulator.fault("status-402", times=2)
    assert [wire.get("/models").status for _ in range(4)] == [503, 402, 402, 200]


def test_times_minus_one_is_every_request(wire: Any, emulator: Emulator) -> None:
    emulator.fault("status-503", times=-1)
    assert {wire.get("/models").status for _ in range(5)} == {503}


def test_the_constructors_fault_meets_every_request_and_survives_clear(wire_to: Any) -> None:
    with Emulator(fault="status;code=418") as emulator:
        emulator.clear()
        emulator.fault("status-402")
        assert [wire_to(emulator).get("/models").status for _ in range(3)] == [402, 418, 418]


def test_a_base_url_carries_its_fault(wire: Any, emulator: Emulator) -> None:
    url = emulator.url("status;code=418;body=a b/ü")
    assert url == emulator.base_url + "/fault/status;code=418;body=a%20b%2F%C3%BC"
    for path in ("/models", "/v1/models", "/beta/models"):
        reply = wire.get(url[len(emulator.base_url) :] + path)
        assert (reply.status, reply.body.decode()) == (418, "a b/ü")
    assert emulator.requests[0].path.startswith("/fault/status;")


def test_beta_is_recognised_behind_a_fault(wire: Any) -> None:
    body = {"model": "deepseek-flash", "prompt": "x"}
    assert wire.post("/fault/comments/beta/completions", body).status == 200


def test_a_header_carries_a_fault(wire: Any) -> None:
    assert with_header(wire, "status;code=418;body=%E4%BD%A0").body.decode() == "你"
    assert with_header(wire, "status-402").status == 402


def test_path_beats_header_beats_order(wire: Any, emulator: Emulator) -> None:
    emulator.fault("status-503")
    headers = {"Authorization": "Bearer k", "X-Emulator-Fault": "status-402"}
    assert wire.send("GET", "/fault/status-408/models", None, headers).status == 408
    assert wire.send("GET", "/models", None, headers).status == 402
    assert wire.get("/models").status == 503


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        ("nonsense", "unknown fault 'nonsense'; known are: status-400-context-length, "),
        ("cut;afer=1", "the fault 'cut' has no option 'afer'; it has: after"),
        ("cut;after=x", "the option 'after' of the fault 'cut' is of type int, not 'x'"),
        ("bom;a=1", "it has: none"),
    ],
)
def test_a_mistake_is_named_wherever_it_is_made(
    wire: Any, emulator: Emulator, spec: str, said: str
) -> None:
    name, _, option = spec.partition(";")
    key, _, value = option.partition("=")
    for choose in (
        lambda: Emulator(fault=spec),
        lambda: emulator.url(spec),
        lambda: emulator.fault(name, **({key: value} if key else {})),
    ):
        with pytest.raises(ValueError) as caught:
            choose()
        assert said in str(caught.value)
    for reply in (wire.get(f"/fault/{spec}/models"), with_header(wire, spec)):
        assert reply.status == 400 and said in reply.error


@pytest.mark.parametrize("times", [0, -2])
def test_a_fault_for_no_request_is_a_mistake(emulator: Emulator, times: int) -> None:
    with pytest.raises(ValueError, match="-1 for all"):
        emulator.fault("cut", times=times)


def test_the_table_describes_every_fault_in_one_sentence() -> None:
    for name, fault in FAULTS.items():
        assert name == fault.name == name.lower() and " " not in name
        assert fault.summary.endswith(".") and "\n" not in fault.summary
