"""What differs between two results of run_programs.py.

python compare_runs.py BEFORE.json AFTER.json
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any, Dict, Iterator, List, Tuple

# 0.28's class -> the classes that mean the same at the end of a program.
SAME: Dict[str, Tuple[str, ...]] = {
    "openai.error.RateLimitError": ("openai.RateLimitError",),
    "openai.error.ServiceUnavailableError": ("openai.InternalServerError",),
    "openai.error.APIError": ("openai.InternalServerError", "openai.APIStatusError"),
    "openai.error.AuthenticationError": ("openai.AuthenticationError",),
    "openai.error.InvalidRequestError": ("openai.BadRequestError", "openai.NotFoundError"),
    "openai.error.APIConnectionError": ("openai.APIConnectionError",),
    "openai.error.Timeout": ("openai.APITimeoutError",),
    # A stream or a body that is cut raises another class in each generation.
    "requests.exceptions.ChunkedEncodingError": (
        "openai.APIConnectionError",
        "httpx.RemoteProtocolError",
        "httpx2.RemoteProtocolError",
    ),
}
SAME["aiohttp.client_exceptions.ClientPayloadError"] = SAME[
    "requests.exceptions.ChunkedEncodingError"
]

FLASH, RETIRED = "deepseek-flash", {"deepseek-chat": "disabled", "deepseek-reasoner": "enabled"}
CHANCE = re.compile(r"call_[0-9a-f_]+")  # ids that the emulator makes up


def differences(before: Dict[str, Any], after: Dict[str, Any]) -> Iterator[str]:
    """Each thing that differs between two runs of a program."""
    if len(before["requests"]) != len(after["requests"]):
        yield f"{len(before['requests'])} requests, then {len(after['requests'])}"
    for old, new in zip(in_order(before), in_order(after)):
        if old != new:
            yield f"request {old}, then {new}"
            break
    for name in ("stdout", "code"):
        if before[name] != after[name]:
            yield f"{name} {before[name]!r}, then {after[name]!r}"
    if after.get("unclosed"):
        yield f"left open: {after['unclosed']}"
    same = (*SAME.get(before["error"], (before["error"],)), f"dsadapter.{before['error'][7:]}")
    if before["error"] and after["error"] not in same:
        yield f"ended with {before['error']}, then with {after['error']}"


def in_order(run: Dict[str, Any]) -> List[str]:
    texts = (json.dumps(of_today(request), sort_keys=True) for request in run["requests"])
    return sorted(CHANCE.sub("call_", text) for text in texts)


def of_today(request: List[Any]) -> List[Any]:
    """A retired model is another name of a mode of today's."""
    method, path, body, *rest = request
    model = body.get("model") if isinstance(body, dict) else None
    if model not in RETIRED:
        return request
    mode = {"thinking": {"type": RETIRED[model]}} if "messages" in body else {}
    return [method, path, {**mode, **body, "model": FLASH}, *rest]


def compare(before: Dict[str, Any], after: Dict[str, Any]) -> Dict[str, List[str]]:
    """Program and fault -> what differs there, where anything does."""
    rows: Dict[str, List[str]] = {}
    for program, runs in before.items():
        if isinstance(runs, dict):
            for fault, run in runs.items():
                wrong = list(differences(run, after[program][fault]))
                if wrong:
                    rows[f"{program} {fault or 'undisturbed'}"] = wrong
    return rows


def main(before: str, after: str) -> int:
    texts = [json.loads(Path(file).read_text(encoding="utf-8")) for file in (before, after)]
    rows = compare(*texts)
    for name, wrong in rows.items():
        print(name, *wrong, sep="\n    ")
    print(f"{len(texts[0]) - 1} programs, {len(rows)} runs differ")
    return 1 if rows else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
