"""The emulator as an object: life, counters, many clients at once."""

from __future__ import annotations

import asyncio
import gc
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
import warnings
from pathlib import Path
from typing import Any, List

import pytest

from dsadapter.testing.emulator import Emulator
from dsadapter.testing.emulator.http1 import RESET

CROWD = 1000
ROOT = Path(__file__).resolve().parents[2]


def test_start_and_stop_may_be_repeated(wire_to: Any) -> None:
    emulator = Emulator()
    emulator.stop()
    assert emulator.start() is emulator
    port = emulator.start().port
    assert wire_to(emulator).get("/models").status == 200
    emulator.stop()
    emulator.stop()
    assert emulator.base_url == f"http://127.0.0.1:{port}"
    with emulator:
        assert wire_to(emulator).get("/models").status == 200


def test_a_stopped_emulator_listens_no_more(wire_to: Any) -> None:
    with Emulator() as emulator:
        pass
    with pytest.raises(ConnectionRefusedError):
        wire_to(emulator).get("/models")


def test_the_port_can_be_chosen_and_a_taken_one_is_an_error_here() -> None:
    with Emulator() as first, pytest.raises(OSError):
        Emulator(port=first.port).start()
    with Emulator(port=first.port) as again:
        assert again.port == first.port


def test_before_the_start_there_is_no_address() -> None:
    with pytest.raises(RuntimeError, match="with Emulator"):
        _ = Emulator().base_url


def test_two_emulators_do_not_share_anything(wire_to: Any) -> None:
    with Emulator() as one, Emulator() as two:
        one.fault("status-402")
        assert wire_to(two).get("/models").status == 200
        assert wire_to(one).get("/models").status == 402
        assert (len(one.requests), len(two.requests)) == (1, 1)


def test_stopping_leaves_nothing_behind(wire_to: Any, capfd: Any) -> None:
    """Neither threads nor sockets, even with clients in every state of a conversation."""
    before = threading.active_count()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        emulator = Emulator(chunk_delay=5).start()
        wire = wire_to(emulator)
        clients = [wire.dial() for _ in range(4)]
        clients[1].sendall(b"POST /chat/completions HTTP/1.1\r\nContent-Le")
        clients[2].sendall(wire.chat_bytes(stream=True))
        clients[3].sendall(wire.chat_bytes(base="/fault/stall-before-headers"))
        clients[2].recv(10)
        emulator.stop()
        for client in clients:
            client.close()
        del emulator, wire
        gc.collect()
    assert threading.active_count() == before
    assert [str(warning.message) for warning in caught] == []
    assert capfd.readouterr() == ("", "")


def test_forgetting_to_stop_keeps_no_process_alive() -> None:
    code = "from dsadapter.testing.emulator import Emulator; print(Emulator().start().port)"
    done = subprocess.run(
        [sys.executable, "-X", "dev", "-c", code], capture_output=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"") and int(done.stdout) > 0


def test_importing_it_loads_neither_asyncio_nor_third_parties() -> None:
    code = (
        "import sys; old = set(sys.modules); import dsadapter.testing.emulator as package;"
        "new = {name.partition('.')[0] for name in set(sys.modules) - old};"
        "print(sorted(new & {'asyncio', 'ssl', 'http', 'requests', 'httpx', 'openai', 'pytest'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60, check=True)
    assert done.stdout.strip() == b"[]"


def test_clear_forgets_requests_and_ordered_faults(wire: Any, emulator: Emulator) -> None:
    emulator.fault("status-500", times=-1)
    assert wire.get("/models").status == 500
    emulator.clear()
    assert emulator.requests == []
    assert wire.get("/models").status == 200
    assert len(emulator.requests) == 1


def test_only_so_many_requests_are_kept_as_asked(wire_to: Any) -> None:
    with Emulator(max_recorded=2) as emulator:
        for name in ("a", "b", "c"):
            wire_to(emulator).get("/" + name)
        assert [request.path for request in emulator.requests] == ["/b", "/c"]


def test_the_chunk_delay_spaces_the_events(wire_to: Any) -> None:
    with Emulator(chunk_delay=0.01) as emulator:
        started = time.monotonic()
        events = len(wire_to(emulator).chat(stream=True).data)
        assert time.monotonic() - started >= 0.01 * (events - 1)


def test_a_client_that_leaves_early_is_noticed(wire_to: Any, until: Any) -> None:
    with Emulator(chunk_delay=0.05) as emulator:
        wire = wire_to(emulator)
        with wire.dial() as sock:
            sock.sendall(wire.chat_bytes(stream=True))
            assert sock.recv(10)
        until(lambda: emulator.requests[0].closed)
        until(lambda: emulator.open_connections == 0)


def test_clients_that_leave_amid_a_burst_are_no_news(wire_to: Any, until: Any, caplog: Any) -> None:
    with Emulator() as emulator:
        wire = wire_to(emulator)
        for _ in range(30):
            with wire.dial() as sock:
                sock.sendall(wire.chat_bytes(stream=True, max_tokens=2000))
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        until(lambda: len(emulator.requests) == 30 and emulator.open_connections == 0)
    assert caplog.messages == []


def test_a_client_that_waited_for_the_end_did_not_leave_early(
    wire: Any, emulator: Emulator, until: Any
) -> None:
    wire.chat(stream=True)
    until(lambda: emulator.open_connections == 0)
    assert not emulator.requests[0].closed


def test_a_thousand_streams_run_at_once(wire_to: Any) -> None:
    roomy(2 * CROWD + 200)
    with Emulator(chunk_delay=0.05) as emulator:
        request = wire_to(emulator).chat_bytes(model="deepseek-chat", stream=True, max_tokens=8)
        answers = asyncio.run(crowd(emulator, request))
    assert len(answers) == CROWD
    assert all(answer.count(b"data: ") == 11 for answer in answers)
    assert all(answer.endswith(b"data: [DONE]\n\n\r\n0\r\n\r\n") for answer in answers)
    assert not any(request.closed for request in emulator.requests)


async def crowd(emulator: Emulator, request: bytes) -> List[bytes]:
    """All are connected and have asked for all but the last byte before the first is answered."""
    dials = (asyncio.open_connection("127.0.0.1", emulator.port) for _ in range(CROWD))
    connections = await asyncio.gather(*dials)
    for _, writer in connections:
        writer.write(request[:-1])
    while emulator.open_connections < CROWD:
        await asyncio.sleep(0.01)
    for _, writer in connections:
        writer.write(request[-1:])
    answers = await asyncio.gather(*(reader.read() for reader, _ in connections))
    for _, writer in connections:
        writer.close()
    return list(answers)


def roomy(files: int) -> None:
    """Both ends of every connection are files of this process."""
    resource = pytest.importorskip("resource", reason="Windows has no such limit")
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < files:
        if hard != resource.RLIM_INFINITY and hard < files:
            pytest.skip(f"this system allows {hard} open files, the test needs {files}")
        resource.setrlimit(resource.RLIMIT_NOFILE, (files, hard))


def test_the_fixture_is_a_started_emulator(wire_to: Any) -> None:
    from dsadapter.testing import pytest_plugin

    assert pytest_plugin.deepseek_emulator.__doc__
    code = (
        "def test_it(deepseek_emulator):\n"
        "    import urllib.request\n"
        "    url = deepseek_emulator.base_url + '/models'\n"
        "    call = urllib.request.Request(url, headers={'Authorization': 'Bearer k'})\n"
        "    with urllib.request.urlopen(call) as answer:\n"
        "        assert b'deepseek-flash' in answer.read()\n"
        "    assert len(deepseek_emulator.requests) == 1\n"
    )
    assert run_pytest(code) == 0


@pytest.mark.parametrize("options", [[], ["-p", "dsadapter.testing.pytest_plugin"]])
def test_the_plugin_can_be_left_out_by_the_name_of_the_package(
    tmp_path: Path, options: List[str]
) -> None:
    """As it is installed; the name of an older installation is left out too."""
    folder = tmp_path / "installed-1.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: installed\nVersion: 1\n")
    (folder / "entry_points.txt").write_text(f"[pytest11]\n{entry_point()}\n")
    (tmp_path / "test_it.py").write_text("def test_it(deepseek_emulator): pass\n")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *options]
    if not options:
        command += ["-p", "no:dsadapter.testing.pytest_plugin"]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)])}

    def code(*more: str) -> int:
        return subprocess.run([*command, *more], cwd=tmp_path, env=env, timeout=60).returncode

    assert code() == 0
    assert code("-p", "no:dsadapter") == (0 if options else 1)


def entry_point() -> str:
    """The line of pytest's plugin as the package's own metadata will have it."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    line = text.partition("entry-points.pytest11]\n")[2].partition("\n")[0]
    return line.replace('"', "")


def run_pytest(code: str) -> int:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "test_it.py"
        path.write_text(code)
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(path)]
        plugin = ["-p", "dsadapter.testing.pytest_plugin"]
        done = subprocess.run(command + plugin, capture_output=True, timeout=60, check=False)
        return done.returncode
