"""``python -m dsadapter models`` and ``balance``."""

from __future__ import annotations

import json
from typing import Any, List

from .. import _console
from .._errors.tree import OpenAIError
from .common import Parser, client, fail, place

SUMMARIES = {
    "models": "List the models of your key.",
    "balance": "Show the balance of your account.",
}


def main(argv: List[str], command: str) -> int:
    example = f"python -m dsadapter {command} --offline"
    parser = Parser(command, SUMMARIES[command], example)
    parser.add_argument("--offline", action="store_true", help="ask the emulator instead")
    parser.add_argument("--json", action="store_true", help="print the answer as JSON")
    arguments = parser.parse_args(argv)
    try:
        with place(arguments.offline), client(arguments) as made:
            answer = made.models.list() if command == "models" else made.balance()
    except OpenAIError as err:
        return fail(err, _console.language(arguments.lang))
    if arguments.json:
        _console.line(json.dumps(answer.model_dump(), indent=2, ensure_ascii=False))
    else:
        _console.line("\n".join(models(answer) if command == "models" else balance(answer)))
    return 0


def models(page: Any) -> List[str]:
    return [model.id for model in page] or ["(no models)"]


def balance(answer: Any) -> List[str]:
    state = "available" if answer.is_available else "used up: calls are refused until you top up"
    rows = [
        f"{info.currency} {info.total_balance}   "
        f"(granted {info.granted_balance}, topped up {info.topped_up_balance})"
        for info in answer.balance_infos
    ]
    return [state, *rows]
