"""What is driven. Each function raises when the capability is not there.

``BY_FACE``: written for one generation whatever is installed. ``OWN``: written for the generation
that is installed. Their names are those of ``compat_matrix.capabilities``.
"""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Callable, Dict, Tuple

from faces import KEY, Place, Unmet

TOOL = {
    "name": "weather",
    "description": "Weather of a city",
    "parameters": {
        "type": "object",
        "properties": {"city": {"type": "string"}},
        "required": ["city"],
    },
}
# status fault -> (status, class in the modern SDK, class in the legacy one)
STATUSES: Dict[str, Tuple[int, str, str]] = {
    "status-400-content-risk": (400, "BadRequestError", "InvalidRequestError"),
    "status-401": (401, "AuthenticationError", "AuthenticationError"),
    "status-402": (402, "APIStatusError", "APIError"),
    "status-422-text": (422, "UnprocessableEntityError", "APIError"),
    "status-429": (429, "RateLimitError", "RateLimitError"),
    "status-500": (500, "InternalServerError", "APIError"),
    "status-503": (503, "InternalServerError", "ServiceUnavailableError"),
}
ADDRESS = "https://api.deepseek.com"


def expect(condition: Any, otherwise: str) -> None:
    if not condition:
        raise Unmet(otherwise)


def import_time(place: Place) -> None:
    importlib.import_module(place.subject)


# --- calls ---------------------------------------------------------------------------------------


def chat(face: Any) -> None:
    whole(face, face.chat())


def stream(face: Any) -> None:
    streamed(face, face.stream())


def async_chat(face: Any) -> None:
    whole(face, face.achat())


def async_stream(face: Any) -> None:
    streamed(face, face.astream())


def whole(face: Any, reply: Any) -> None:
    expect("世界" in face.text(reply), f"the answer is {face.text(reply)!r}")


def streamed(face: Any, chunks: Any) -> None:
    expect(len(chunks) > 2, f"the stream had {len(chunks)} chunks")
    expect("世界" in face.joined(chunks), f"the stream said {face.joined(chunks)!r}")


def errors(face: Any) -> None:
    for fault, (status, modern, legacy) in STATUSES.items():
        expected = face.error(modern if face.name == "modern" else legacy)
        try:
            face.chat(f"{face.place.url}/fault/{fault};retry_after=0")
        except expected as err:
            expect(face.status(err) == status, f"{status} has status {face.status(err)!r}")
        else:
            raise Unmet(f"no error although the server said {status}")


def functions(face: Any) -> None:
    message = face.chat(functions=[TOOL], function_call="auto")["choices"][0]["message"]
    expect("function_call" in message, "the answer has no function_call")
    expect(json.loads(message["function_call"]["arguments"])["city"], "no arguments")


def unedited(program: str) -> Callable[[Any], None]:
    """The program of the guide, byte for byte; only the SDK alone has to be told the address."""

    def act(face: Any) -> None:
        path = Path(face.place.programs) / program
        with tempfile.TemporaryDirectory() as folder:
            done = run(arguments(face.place, path, Path(folder)), folder)
        expect(done.returncode == 0, error_line(done.stderr))
        expect(done.stdout.startswith("你好!"), f"the program printed {done.stdout!r}")

    return act


def arguments(place: Place, program: Path, folder: Path) -> Any:
    if place.subject == "dsadapter":
        return ["-m", "dsadapter", "run", "--offline", str(program)]
    copy = folder / program.name
    text = program.read_text(encoding="utf-8").replace(ADDRESS, place.url)
    copy.write_text(text.replace("<DeepSeek API Key>", KEY), encoding="utf-8")
    return [str(copy)]


def error_line(stderr: str) -> str:
    """The error of the last traceback; its message may go on for many lines."""
    last = stderr.rpartition("Traceback (most recent call last):")[2].splitlines()
    said = [line.strip() for line in last if line.strip() and not line.startswith("  ")]
    first = said[0] if said else "no error was printed"
    return f"{first} {said[1]}" if first.endswith(":") and len(said) > 1 else first


def run(command: Any, folder: str, key: bool = True) -> Any:
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    if not key:
        environment.pop("DEEPSEEK_API_KEY", None)
    return subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=30,
    )


# --- what DeepSeek offers ------------------------------------------------------------------------


def tools(face: Any) -> None:
    reply = face.chat(tools=[{"type": "function", "function": TOOL}])
    call = reply.choices[0].message.tool_calls[0]
    expect(call.function.name == "weather", f"the call is {call.function.name!r}")
    expect(json.loads(call.function.arguments)["city"], "no arguments")


def thinking(face: Any) -> None:
    message = face.thinking().choices[0].message
    expect(message.reasoning_content, "the answer has no reasoning_content")
    chunks = list(face.thinking(stream=True))
    expect(face.joined(chunks, "reasoning_content"), "the stream has no reasoning_content")


def json_mode(face: Any) -> None:
    ask = [{"role": "user", "content": "Weather in Beijing, as json"}]
    reply = face.chat(messages=ask, response_format={"type": "json_object"})
    expect(isinstance(json.loads(face.text(reply)), dict), "the answer is no JSON object")


def fill_in(face: Any) -> None:
    asked = {"prompt": "def fib(a):", "suffix": "    return fib(a-1)", "max_tokens": 32}
    expect(face.fill_in(model="deepseek-v4-pro", **asked), "nothing was filled in")


def models(face: Any) -> None:
    expect("deepseek-flash" in face.models(), f"the models are {face.models()!r}")


def balance(face: Any) -> None:
    expect(face.balance()["balance_infos"], "the answer has no balance_infos")


# --- honesty -------------------------------------------------------------------------------------


def keep_alives(face: Any) -> None:
    url = face.place.url + "/fault/keep-alive;interval=0.01"
    whole(face, face.chat(url))
    streamed(face, face.stream(url))


def line_separators(face: Any) -> None:
    text = face.joined(face.stream(face.place.url + "/fault/u2028"))
    expect("\u2028" in text and "\u0085" in text, f"the stream said {text!r}")


def truncated(face: Any) -> None:
    url = face.place.url + "/fault/cut-clean;after=20"
    raises(face, lambda: face.stream(url), "a stream without end was taken for a whole answer")


def blank(face: Any) -> None:
    raises(face, lambda: face.chat(face.place.url + "/fault/blank-200"), "no error")


def html(face: Any) -> None:
    url = face.place.url + "/fault/html-200"
    raises(face, lambda: face.chat(url), "no error: create() returned the page as the answer")


def raises(face: Any, act: Callable[[], Any], otherwise: str) -> None:
    """What goes wrong has to be an error of the SDK's own tree; others are the outcome."""
    try:
        act()
    except face.error("OpenAIError"):
        return
    raise Unmet(otherwise)


def retired_name(face: Any) -> None:
    whole(face, face.chat(face.place.strict, model="deepseek-chat"))


BY_FACE: Dict[str, Tuple[str, Callable[[Any], None]]] = {
    "legacy-chat": ("legacy", chat),
    "legacy-stream": ("legacy", stream),
    "legacy-async": ("legacy", async_chat),
    "legacy-async-stream": ("legacy", async_stream),
    "legacy-errors": ("legacy", errors),
    "legacy-functions": ("legacy", functions),
    "legacy-program": ("legacy", unedited("legacy.py")),
    "modern-chat": ("modern", chat),
    "modern-stream": ("modern", stream),
    "modern-async": ("modern", async_chat),
    "modern-async-stream": ("modern", async_stream),
    "modern-errors": ("modern", errors),
    "modern-program": ("modern", unedited("nonstream.py")),
}
OWN: Dict[str, Callable[[Any], None]] = {
    "tools": tools,
    "thinking": thinking,
    "json-mode": json_mode,
    "fill-in": fill_in,
    "models": models,
    "balance": balance,
    "keep-alives": keep_alives,
    "line-separators": line_separators,
    "truncated-stream": truncated,
    "blank-answer": blank,
    "html-answer": html,
    "retired-name": retired_name,
}
