"""What the endpoints under `/v1/tools` answer: search, fetch, text recognition, speech.

Known are the answers of OCR, ASR and TTS, the form fields, the limits, and what search results
carry (`rerank_score`, `authority`, `summary`). Invented are the other fields of search and fetch,
every value, and the bodies of errors. A body ends at 48 MiB here, so that OCR's 100 MiB are never
reached. Speech by WebSocket stands in `speech_socket.py`.
"""

from __future__ import annotations

import io
import time
import uuid
import wave
from typing import Iterator, Optional

from .completion_request import CompletionRequest
from .multipart import FormPart, parse_form
from .request import Request
from .response import Json, Part, Response, dump_json, error_response
from .tokens import estimate
from .tools_schema import MAX_BODY
from .web_tools import HOST

PURPOSES = ("text_recognition", "rich_layout_recognition")
ASR_LIMIT = 8 << 20
ASR_SECONDS = 120
SAMPLE_RATE = 24_000
RATES = (8_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000)
#: Silence per character of the text, in samples.
SAMPLES_PER_CHARACTER = SAMPLE_RATE // 100


def search(request: CompletionRequest, delay: float) -> Response:
    """`count` results for the query, all from a host that does not exist."""
    results = [_result(request, number) for number in range(1, request.get("count", 10) + 1)]
    return Response(data={"request_id": str(uuid.uuid4()), "results": results})


def _result(request: CompletionRequest, number: int) -> Json:
    result = {
        "url": f"{HOST}/{number}",
        "title": f"Page {number} of the emulator",
        "summary": f'What page {number} says about "{request.get("query")}".',
        "rerank_score": 3.0 / number,
        "authority": 0,
    }
    return dict(result, content=result["summary"]) if request.get("need_content") else result


def fetch(request: CompletionRequest, delay: float) -> Response:
    """A page that says where it comes from."""
    page = {"url": request.get("url"), "title": "A page of the emulator"}
    content = "The emulator fetches nothing; this page is invented."
    return Response(data={"request_id": str(uuid.uuid4()), **page, "content": content})


# -- files


def ocr(request: Request) -> Response:
    """One page with the name of the file; newlines first, which keep the connection alive."""
    form = parse_form(request.headers.get("content-type", ""), request.body)
    if set(form) != {"file", "purpose"}:
        return error_response(400, "Expected exactly the form fields 'file' and 'purpose'")
    purpose, file = form["purpose"].text, form["file"]
    if purpose not in PURPOSES:
        return error_response(400, f"Invalid purpose '{purpose}', expected one of {PURPOSES}")
    text = f"<|ref|>{file.filename}<|/ref|><|box|>[[0, 0, 999, 999]]<|/box|>"
    counted = {"input_tokens": estimate(" " * len(file.data)), "output_tokens": estimate(text)}
    body = {
        "id": f"ocr-{uuid.uuid4().hex}",
        "object": "ocr.result",
        "created": int(time.time()),
        "purpose": purpose,
        "page_count": 1,
        "pages": [{"index": 0, "text": text, "finish_reason": "stop"}],
        "usage": dict(counted, total_tokens=sum(counted.values())),
    }
    return Response(body=[b"\n", b"\n", dump_json(body)])


def asr(request: Request) -> Response:
    """A text that says how much was heard; the length of Ogg is not measured (invented: 1 s)."""
    form = parse_form(request.headers.get("content-type", ""), request.body)
    if set(form) != {"file"}:
        return error_response(400, "Expected exactly the form field 'file'")
    if len(form["file"].data) > ASR_LIMIT:
        return error_response(413, "The file is too large")
    milliseconds = _duration(form["file"])
    if milliseconds is None:
        return error_response(400, "Expected 16-bit PCM WAV or Ogg Opus")
    if milliseconds > ASR_SECONDS * 1000:
        return error_response(400, f"The audio is longer than {ASR_SECONDS} seconds")
    text = f"The emulator heard {milliseconds} ms of {form['file'].filename}."
    identity = str(uuid.uuid4())
    return Response(data={"request_id": identity, "text": text, "duration_ms": milliseconds})


def _duration(file: FormPart) -> Optional[int]:
    """Milliseconds, or None for what is no audio of a known kind."""
    if file.data.startswith(b"OggS"):
        return 1000
    try:
        with wave.open(io.BytesIO(file.data)) as audio:
            if audio.getsampwidth() != 2 or audio.getframerate() not in RATES:
                return None
            return audio.getnframes() * 1000 // audio.getframerate()
    except (wave.Error, EOFError):
        return None


# -- speech


def tts(request: CompletionRequest, delay: float) -> Response:
    """Silence, 10 ms for each character, in a body that streams."""
    if len(request.text.encode("utf-8")) > MAX_BODY:
        return error_response(413, "The body is too large")
    kind, samples = request.get("format", "wav"), len(request.get("text")) * SAMPLES_PER_CHARACTER
    head = _wav_head(samples) if kind == "wav" else b""
    return Response(content_type=f"audio/{kind}", body=_audio(head, samples, delay))


def _wav_head(samples: int) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as audio:
        audio.setnchannels(1)
        audio.setsampwidth(2)
        audio.setframerate(SAMPLE_RATE)
        audio.writeframes(bytes(2 * samples))
    return file.getvalue()[: -2 * samples]


def _audio(head: bytes, samples: int, delay: float) -> Iterator[Part]:
    yield head
    for start in range(0, samples, SAMPLE_RATE):
        yield delay
        yield bytes(2 * min(SAMPLE_RATE, samples - start))
