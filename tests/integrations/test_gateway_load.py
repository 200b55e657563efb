"""Five hundred streams at once, and a gateway that is killed under load."""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path
from typing import Any, Dict, List

import pytest
from gateway_process import Process, process
from gateways import ASK, needs

import dsadapter
from dsadapter.testing import Emulator

needs("gateway", "fastapi", "uvicorn")

STREAMS = 500


def client(url: str) -> dsadapter.AsyncOpenAI:
    return dsadapter.AsyncOpenAI(
        api_key="any", base_url=f"{url}/v1", max_retries=0, backend="raw-requests", timeout=60
    )


async def one(made: dsadapter.AsyncOpenAI, nth: int) -> str:
    """The text of a stream; raises OpenAIError unless it is whole."""
    body = {**ASK, "messages": [{"role": "user", "content": f"number {nth}"}]}
    stream = await made.post("/chat/completions", body=body, stream=True)
    final = await stream.get_final_response()
    return str(final["choices"][0]["message"]["content"])


async def many(url: str, count: int) -> List[Any]:
    async with client(url) as made:
        asked = (one(made, nth) for nth in range(count))
        return list(await asyncio.gather(*asked, return_exceptions=True))


@pytest.mark.parametrize("arguments", [(), ("--workers", "2")], ids=["one process", "two"])
def test_five_hundred_streams_at_once(arguments: Any, tmp_path: Path) -> None:
    with Emulator(chunk_delay=0.05, max_recorded=0) as emulator:
        with process(emulator, tmp_path, *arguments) as gateway:
            answers = asyncio.run(many(gateway.url, STREAMS))
            log = gateway.said()
    wrong = [answer for nth, answer in enumerate(answers) if f'"number {nth}"' not in str(answer)]
    assert wrong == []
    assert log.count("POST /v1/chat/completions 200") == STREAMS
    assert "Traceback" not in log


def test_killed_and_restarted_under_load(tmp_path: Path) -> None:
    """Each client has a whole answer or a typed error: no half answer, nothing untyped."""
    outcomes: Dict[str, int] = {"whole": 0}

    async def ask_on(made: dsadapter.AsyncOpenAI, nth: int, over: asyncio.Event) -> None:
        while not over.is_set():
            try:
                text = await one(made, nth)
                assert text == f'You wrote: "number {nth}". ' + REST
                kind = "whole"
            except dsadapter.APIError as err:
                kind = type(err).__name__
                await asyncio.sleep(0.02)
            outcomes[kind] = outcomes.get(kind, 0) + 1

    async def scenario(gateway: Process) -> None:
        over = asyncio.Event()
        loop = asyncio.get_running_loop()
        async with client(gateway.url) as made:
            asking = [asyncio.ensure_future(ask_on(made, nth, over)) for nth in range(60)]
            for _ in range(2):
                await asyncio.sleep(1)
                await loop.run_in_executor(None, gateway.stop, KILL)
                await loop.run_in_executor(None, gateway.start)
            before = outcomes["whole"]
            while outcomes["whole"] < before + 60:
                await asyncio.sleep(0.05)
            over.set()
            await asyncio.gather(*asking)

    with Emulator(chunk_delay=0.02, max_recorded=0) as emulator:
        with process(emulator, tmp_path) as gateway:
            asyncio.run(asyncio.wait_for(scenario(gateway), 60))
    assert outcomes["whole"] >= 60
    assert "StreamTruncatedError" in outcomes, outcomes
    assert set(outcomes) <= {"whole", "StreamTruncatedError", "APIConnectionError"} | RESET


REST = "This is the emulator, which repeats what reached it."
KILL = getattr(signal, "SIGKILL", signal.SIGTERM)
RESET = {"ServerDisconnectedError"}
