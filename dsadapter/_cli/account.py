"""``python -m dsadapter models`` and ``balance``."""

from __future__ import annotations

import json
from typing import Any, List

from .. import _console
from .._errors.tree import OpenAIError
from .._texts import commands as texts
from .common import Parser, fail, new_client, upstream


def main(argv: List[str], command: str) -> int:
    """Print the models of the key, or the balance of its account; gives the exit code."""
    example = f"python -m dsadapter {command} --offline"
    parser = Parser(command, texts.ACCOUNT[command].en, example)
    parser.add_argument("--offline", action="store_true", help=texts.ACCOUNT_OFFLINE.en)
    parser.add_argument("--json", action="store_true", help=texts.ACCOUNT_JSON.en)
    arguments = parser.parse_args(argv)
    try:
        with upstream(arguments.offline), new_client(arguments) as client:
            response = client.models.list() if command == "models" else client.balance()
    except OpenAIError as err:
        return fail(err, _console.language(arguments.lang))
    if arguments.json:
        _console.line(json.dumps(response.to_dict(), indent=2, ensure_ascii=False))
    else:
        _console.line("\n".join(models(response) if command == "models" else balance(response)))
    return 0


def models(page: Any) -> List[str]:
    """One line per model."""
    return [model.id for model in page] or [texts.NO_MODELS.en]


def balance(response: Any) -> List[str]:
    """Whether there is a balance, then one line per currency."""
    state = texts.BALANCE_AVAILABLE if response.is_available else texts.BALANCE_USED_UP
    rows = [
        texts.BALANCE_AMOUNTS(
            currency=info.currency,
            total=info.total_balance,
            granted=info.granted_balance,
            topped_up=info.topped_up_balance,
        )
        for info in response.balance_infos
    ]
    return [text.en for text in (state, *rows)]
