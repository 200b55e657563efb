"""The arguments of ``batch`` and of its parts."""

from __future__ import annotations

import argparse
from typing import Any, Callable, Optional

from .._texts import batch as texts
from .._texts import batch_values as values
from .._texts import commands
from ..batch.options import CURRENCIES, Budget, Options, Shard
from .common import Parser, add_endpoint

_EXAMPLE = "python -m dsadapter batch in.jsonl -o out.jsonl"
_FLAGS = ("off_peak", "retry_failed", "skip_bad", "no_group", "durable", "dry_run", "json")


def run_parser() -> Parser:
    """Of ``batch IN -o OUT``."""
    parser = Parser("batch", texts.BATCH, _EXAMPLE)
    help_of = texts.OPTIONS
    parser.add_argument("input", metavar="IN", help=help_of["input"])
    parser.add_argument("-o", "--output", required=True, metavar="OUT", help=help_of["output"])
    parser.add_argument("--offline", action="store_true", help=commands.OFFLINE)
    add_endpoint(parser)
    typed: Any = {
        "errors": ("FILE", str),
        "model": ("NAME", str),
        "system": ("TEXT", str),
        "prompt_field": ("NAME", str),
        "template": ("TEXT", str),
        "concurrency": ("auto|N", _concurrency),
        "deadline": ("SECONDS", _above_zero(float)),
        "max_rows": ("N", _above_zero(int)),
        "budget": ("AMOUNT", _parsed(Budget.parse, values.NO_BUDGET)),
        "shard": ("I/N", _parsed(Shard.parse, values.NO_SHARD)),
    }
    for name, (metavar, kind) in typed.items():
        option = f"--{name.replace('_', '-')}"
        parser.add_argument(option, metavar=metavar, type=kind, help=help_of[name])
    parser.add_argument("--currency", choices=CURRENCIES, help=help_of["currency"])
    for name in _FLAGS:
        option = f"--{name.replace('_', '-')}"
        parser.add_argument(option, action="store_true", help=help_of[name])
    return parser


def options_of(arguments: argparse.Namespace) -> Options:
    """The options of a job, from its arguments."""
    names = set(Options.__dataclass_fields__) & set(vars(arguments))
    options = {name: getattr(arguments, name) for name in names}
    return Options(group=not arguments.no_group, **options)


def output_parser(part: str) -> Parser:
    """Of ``batch status OUT`` and ``batch export OUT``."""
    parser = Parser(
        f"batch {part}", texts.PARTS[part], f"python -m dsadapter batch {part} out.jsonl"
    )
    parser.add_argument("output", metavar="OUT", help=texts.OPTIONS["of_output"])
    if part == "status":
        parser.add_argument("--json", action="store_true", help=texts.OPTIONS["json"])
        parser.add_argument("--currency", choices=CURRENCIES, help=texts.OPTIONS["currency"])
    else:
        _add_target(parser, default="-")
        parser.add_argument("--errors", metavar="FILE", help=texts.OPTIONS["errors_too"])
    return parser


def merge_parser() -> Parser:
    """Of ``batch merge OUT... -o FILE``."""
    parser = Parser(
        "batch merge",
        texts.PARTS["merge"],
        "python -m dsadapter batch merge out-1.jsonl out-2.jsonl -o out.jsonl",
    )
    parser.add_argument("outputs", nargs="+", metavar="OUT", help=texts.OPTIONS["merged"])
    _add_target(parser)
    return parser


def _add_target(parser: Parser, default: Optional[str] = None) -> None:
    parser.add_argument(
        "-o",
        "--output",
        dest="to",
        metavar="FILE",
        default=default,
        required=default is None,
        help=texts.OPTIONS["output"],
    )


def _concurrency(text: str) -> Optional[int]:
    if text == "auto":
        return None
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(values.NO_CONCURRENCY(text=text).en)
    return int(text)


def _above_zero(kind: Callable[[str], Any]) -> Callable[[str], Any]:
    def number(text: str) -> Any:
        try:
            value = kind(text)
        except ValueError:
            value = 0
        if not 0 < value < float("inf"):
            raise argparse.ArgumentTypeError(values.NO_NUMBER(text=text).en)
        return value

    return number


def _parsed(parse: Callable[[str], Any], problem: Any) -> Callable[[str], Any]:
    def value(text: str) -> Any:
        try:
            return parse(text)
        except ValueError:
            raise argparse.ArgumentTypeError(problem(text=text).en) from None

    return value
