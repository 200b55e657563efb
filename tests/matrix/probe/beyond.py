"""What came later: more of today's code, and what dsadapter does beside calls.

``MODERN``: today's code whatever is installed. ``TOOLS``: of dsadapter alone; the SDKs have nothing
of the kind, so there is nothing to ask of them.
"""

from __future__ import annotations

import importlib
import json
import tempfile
from pathlib import Path
from typing import Any, Callable, Dict

from capabilities import error_line, expect, run
from faces import NotApplicable

PROMPTS = ("red", "green", "blue")
BY_HAND = """\
import os
import requests
BODY = {"model": "deepseek-flash", "messages": [{"role": "user", "content": "hello"}]}
KEY = {"Authorization": "Bearer " + os.environ["DEEPSEEK_API_KEY"]}
reply = requests.post("https://api.deepseek.com/chat/completions", json=BODY, headers=KEY)
print("hello" in reply.json()["choices"][0]["message"]["content"])
try:
    requests.get("http://192.0.2.1/", timeout=5)
except Exception as err:
    print("offline" in str(err).lower())
"""


# --- more of today's code ------------------------------------------------------------------------


def parse(face: Any) -> None:
    try:
        from pydantic import BaseModel
        from pydantic.version import VERSION
    except ImportError:
        VERSION = "0"
    if int(VERSION.partition(".")[0]) < 2:
        raise NotApplicable("pydantic 2 is not installed")

    # in the function: pydantic may be absent
    class Event(BaseModel):
        name: str
        place: str

    chat = face.client().chat.completions
    chat = chat if hasattr(chat, "parse") else face.client().beta.chat.completions
    reply = chat.parse(**face.request(response_format=Event))
    parsed = reply.choices[0].message.parsed
    expect(isinstance(parsed, Event) and parsed.name, f"the answer was parsed as {parsed!r}")


def raw(face: Any) -> None:
    reply = face.client().chat.completions.with_raw_response.create(**face.request())
    expect(reply.headers.get("x-ds-trace-id"), "the headers have no x-ds-trace-id")
    text = face.text(reply.parse())
    expect("世界" in text, f"the answer is {text!r}")


def of_the_sdks_class(face: Any) -> None:
    chat = _types_of_chat(face)
    reply, chunks = face.chat(), face.stream()
    expect(isinstance(reply, chat.ChatCompletion), f"the answer is of {type(reply)}")
    expect(isinstance(chunks[0], chat.ChatCompletionChunk), f"a chunk is of {type(chunks[0])}")
    expect(isinstance(face.client(), face.openai.OpenAI), "the client is of another class")


def _types_of_chat(face: Any) -> Any:
    """Those of the SDK that is installed, where it has any."""
    try:
        return importlib.import_module("openai.types.chat")
    except ImportError:
        return importlib.import_module(f"{face.place.subject}.types.chat")


def embeddings(face: Any) -> None:
    vector = face.embedding(face.place.vendor)
    expect(list(vector) == [1.0, 2.0], f"the embedding is {vector!r}")


# --- beside calls --------------------------------------------------------------------------------


def batch(face: Any) -> None:
    jobs = importlib.import_module(f"{face.place.subject}.batch")
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder, "out.jsonl")
        summary = jobs.run(list(PROMPTS), str(output), client=face.client(asynchronous=True))
        lines = output.read_text(encoding="utf-8").splitlines()
    expect(summary.done == len(PROMPTS), f"{summary.done} rows are done")
    bodies = [json.loads(line)["response"]["body"] for line in lines]
    texts = [body["choices"][0]["message"]["content"] for body in bodies]
    answered = [prompt in text for prompt, text in zip(PROMPTS, texts)]
    expect(answered == [True] * len(PROMPTS), f"the answers are {texts!r}")


def migrate(face: Any) -> None:
    original = Path(face.place.programs, "legacy.py").read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder, "legacy.py")
        program.write_text(original, encoding="utf-8")
        words = ["migrate", "--to", "dsadapter", "--write", str(program)]
        done = run(["-m", "dsadapter", *words], folder)
        expect(done.returncode == 0, done.stderr or done.stdout)
        expect("import dsadapter" in program.read_text(encoding="utf-8"), "it is as it was")
        done = run(["-m", "dsadapter", "run", "--offline", str(program)], folder)
    expect(done.returncode == 0, error_line(done.stderr))
    expect(done.stdout.startswith("你好!"), f"the program printed {done.stdout!r}")


def offline(face: Any) -> None:
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder, "by_hand.py")
        program.write_text(BY_HAND, encoding="utf-8")
        done = run(["-m", "dsadapter", "run", "--offline", str(program)], folder, key=False)
    expect(done.returncode == 0, error_line(done.stderr))
    expect(done.stdout.split() == ["True", "True"], f"the program printed {done.stdout!r}")


MODERN: Dict[str, Callable[[Any], None]] = {
    "parse": parse,
    "raw": raw,
    "isinstance": of_the_sdks_class,
}
OWN: Dict[str, Callable[[Any], None]] = {"embeddings": embeddings}
TOOLS: Dict[str, Callable[[Any], None]] = {
    "batch": batch,
    "migrate": migrate,
    "offline": offline,
}
