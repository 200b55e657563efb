"""``python -m dsadapter models`` and ``balance``."""

from __future__ import annotations

import json
import sys
from typing import Any, List

from .. import _console
from .._errors.tree import OpenAIError
from .._texts import commands as texts
from .._texts.text import Text, untranslated
from .common import (
    Parser,
    add_endpoint,
    endpoint_of,
    fail,
    is_another_vendor,
    new_client,
    plain_warnings,
    say_whose_key,
    upstream,
)


def main(argv: List[str], command: str) -> int:
    """Print the models of the key, or the balance of its account; gives the exit code."""
    parser = Parser(command, texts.ACCOUNT[command], f"python -m dsadapter {command} --offline")
    parser.add_argument("--offline", action="store_true", help=texts.ACCOUNT_OFFLINE)
    parser.add_argument("--json", action="store_true", help=texts.ACCOUNT_JSON)
    add_endpoint(parser)
    arguments = parser.parse_args(argv)
    try:
        with plain_warnings(), upstream(arguments.offline), new_client(arguments) as client:
            say_whose_key(arguments, parser.language)
            provider = endpoint_of(arguments).provider
            if command == "balance" and not arguments.offline and is_another_vendor(provider):
                text = texts.BALANCE_OF_DEEPSEEK(vendor=provider.title)
                _console.line(text.say(parser.language), sys.stderr)
                return 1
            response = client.models.list() if command == "models" else client.balance()
    except OpenAIError as err:
        return fail(err, parser.language, arguments)
    if arguments.json:
        _console.line(json.dumps(response.to_dict(), indent=2, ensure_ascii=False))
        return 0
    rows = models(response) if command == "models" else balance(response)
    _console.line("\n".join(row.say(parser.language) for row in rows))
    return 0


def models(page: Any) -> List[Text]:
    """One line per model."""
    return [untranslated(model.id) for model in page] or [texts.NO_MODELS]


def balance(response: Any) -> List[Text]:
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
    return [state, *rows]
