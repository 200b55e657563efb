"""`/v1/tools/tts` by WebSocket: text in, audio out while the text still comes.

Known are the address, the query, both ways to bring the key, the two events of the client, binary
audio, and that the last message is text with `event` "finish" and a `code`. Invented are when audio
comes (behind each text), the audio (silence), what code 0 means (all was read), the other codes
with their `message`, and that a wrong query is a 400 instead of a handshake.
"""

from __future__ import annotations

import json
from typing import Any, Iterator, List, Optional
from urllib.parse import parse_qs

from .request import Request
from .response import Response, empty_response, error_response
from .rules import CONTENT_RISK
from .tools import SAMPLES_PER_CHARACTER
from .tools_schema import MAX_BILLED, VOICES, billed_length, is_risky
from .websocket import WebSocket, upgrade, wants_upgrade

PROTOCOL, KEY_PREFIX = "tts", "bearer."
FORMATS = ("pcm", "opus")
#: 20 ms of silence, as Opus has it.
_OPUS_SILENCE, _OPUS_SAMPLES = b"\xf8\xff\xfe", 480


def speech_socket(request: Request) -> Response:
    """The handshake, or what stands against it; 405 for a GET that wants no WebSocket."""
    if not wants_upgrade(request):
        return empty_response(405)
    query = {name: values[-1] for name, values in parse_qs(request.query).items()}
    voice, kind = query.get("voice_id", VOICES[0]), query.get("format", FORMATS[0])
    for name, value, known in (("voice_id", voice, VOICES), ("format", kind, FORMATS)):
        if value not in known:
            return error_response(400, f"Invalid {name} '{value}', expected one of {known}")

    async def conversation(socket: WebSocket) -> None:
        await socket.send(json.dumps(await _speak(socket, kind)))
        await socket.close()

    offered = _protocols(request)
    return upgrade(request, PROTOCOL if PROTOCOL in offered else None, conversation)


def key_of_protocol(request: Request) -> str:
    """The key that a browser sends as a subprotocol, "" for none."""
    keys = (name[len(KEY_PREFIX) :] for name in _protocols(request) if name.startswith(KEY_PREFIX))
    return next(keys, "")


def _protocols(request: Request) -> List[str]:
    header = request.headers.get("sec-websocket-protocol", "")
    return [name.strip() for name in header.split(",")]


async def _speak(socket: WebSocket, kind: str) -> Any:
    """Audio for each text until the client has finished; the last message."""
    billed = 0
    while True:
        event = _parsed(await socket.receive())
        if event.get("event") == "finish_text":
            return {"event": "finish", "code": 0} if billed else _failed("Nothing to read")
        text = event.get("text")
        if event.get("event") != "text" or not isinstance(text, str):
            return _failed("Expected the event 'text' or 'finish_text'")
        billed += billed_length(text)
        problem = _problem(text, billed)
        if problem is not None:
            return _failed(problem)
        for audio in _audio(text, kind):
            await socket.send(audio)


def _parsed(message: str) -> Any:
    try:
        event = json.loads(message)
    except ValueError:
        return {}
    return event if isinstance(event, dict) else {}


def _problem(text: str, billed: int) -> Optional[str]:
    if is_risky(text):
        return CONTENT_RISK
    return f"text is longer than {MAX_BILLED}" if billed > MAX_BILLED else None


def _failed(message: str) -> Any:
    return {"event": "finish", "code": 400, "message": message}


def _audio(text: str, kind: str) -> Iterator[bytes]:
    samples = len(text) * SAMPLES_PER_CHARACTER
    if kind == "pcm":
        yield bytes(2 * samples)
    else:
        yield from [_OPUS_SILENCE] * (-(-samples // _OPUS_SAMPLES))
