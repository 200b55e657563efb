"""``python -m dsadapter serve``: the gateway, until Ctrl-C."""

from __future__ import annotations

import argparse
import copy
import os
import sys
import warnings
from typing import Any, Callable, Dict, List

from .. import _console
from .._errors.tree import OpenAIError
from .._settings import dotenv_file
from .._settings.sources import from_environment
from .._texts import commands as texts
from .common import Parser, fail, upstream

APP = f"{__name__}:app"


def app() -> Any:
    """What each worker process serves."""
    from .. import RepairWarning
    from ..integrations.gateway import create_app

    dotenv_file.runs_command = True  # in a worker process, too
    warnings.simplefilter("ignore", RepairWarning)  # a header of the answer says it to the client
    return create_app()


def main(argv: List[str], command: str) -> int:
    """Serve until Ctrl-C; gives the exit code: 2 for an open address without tokens."""
    arguments = _parser(command).parse_args(argv)
    try:
        from ..integrations.gateway import create_app, settings
    except ImportError as err:  # the extra is missing: the text says how to get it
        _console.line(str(err), sys.stderr)
        return 1
    _share_tokens(settings.TOKENS)
    os.environ.setdefault("PYTHONSAFEPATH", "1")  # for workers: they start in this folder
    if not (settings.tokens() or _is_this_machine(arguments.host)):
        text = texts.SERVE_OPEN(host=arguments.host, variable=settings.TOKENS)
        _console.line(text.en, sys.stderr)
        return 2
    try:
        with upstream(arguments.offline):
            create_app()  # what is wrong with key or limits is said here, once
            return _serve(arguments, settings.limits({}).grace)
    except OpenAIError as err:
        return fail(err, _console.language(arguments.lang))


def _parser(command: str) -> Parser:
    parser = Parser(
        command,
        texts.SERVE.en,
        "python -m dsadapter serve --offline --port 8000",
    )
    parser.add_argument("--host", default="127.0.0.1", help=texts.SERVE_HOST.en)
    parser.add_argument("--port", type=_between(1, 65535), default=8000)
    parser.add_argument(
        "--workers", type=_between(1, 1024), default=1, metavar="N", help=texts.SERVE_WORKERS.en
    )
    parser.add_argument("--offline", action="store_true", help=texts.OFFLINE.en)
    return parser


def _between(least: int, most: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        if not text.isdecimal() or not least <= int(text) <= most:
            problem = texts.SERVE_NO_NUMBER(text=text, least=least, most=most)
            raise argparse.ArgumentTypeError(problem.en)
        return int(text)

    return number


def _share_tokens(name: str) -> None:
    """Tokens of a ``.env`` go where the worker processes find them."""
    setting = from_environment(name)
    if setting:
        os.environ[name] = setting.value


def _is_this_machine(host: str) -> bool:
    from ..integrations.gateway.access import is_loopback

    return bool(host) and is_loopback(host)  # an empty host is every address


def _serve(arguments: argparse.Namespace, grace: float) -> int:
    import uvicorn

    host = f"[{arguments.host}]" if ":" in arguments.host else arguments.host
    _console.line(texts.SERVE_RUNS(host=host, port=arguments.port).en)
    try:
        uvicorn.run(
            APP,
            factory=True,
            host=arguments.host,
            port=arguments.port,
            workers=arguments.workers,
            timeout_graceful_shutdown=int(grace) or 1,
            access_log=False,
            log_config=_log_config(),
            server_header=False,
        )
    except KeyboardInterrupt:
        pass
    except SystemExit as stop:  # uvicorn has said why, a port that is taken for one
        return 1 if stop.code else 0
    return 0


def _log_config() -> Dict[str, Any]:
    """uvicorn's own, and the gateway's lines beside it; its access log would show queries."""
    from uvicorn.config import LOGGING_CONFIG

    config: Dict[str, Any] = copy.deepcopy(LOGGING_CONFIG)
    config["loggers"]["dsadapter.gateway"] = {"handlers": ["default"], "level": "INFO"}
    return config
