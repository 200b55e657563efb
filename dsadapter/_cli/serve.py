"""``python -m dsadapter serve``: the gateway, until Ctrl-C."""

from __future__ import annotations

import argparse
import copy
import gc
import os
import sys
import tempfile
import warnings
from contextlib import contextmanager
from typing import Any, Callable, Dict, Iterator, List

from .. import _console
from .._errors.tree import OpenAIError
from .._settings import dotenv_file
from .._settings.sources import from_environment
from .._texts import commands as texts
from .._texts.errors import missing_extra
from .common import Parser, add_backend, fail, upstream

APP = f"{__name__}:app"


def app() -> Any:
    """What each worker process serves."""
    from .. import RepairWarning
    from ..integrations.gateway.service import Service

    dotenv_file.runs_command = True  # in a worker process, too
    warnings.simplefilter("ignore", RepairWarning)  # a header of the answer says it to the client
    service = Service()
    _look_for_garbage_rarely()
    return service


def _look_for_garbage_rarely() -> None:
    """A look at all that is there stops every stream, with 2,000 open for 40 ms. A worker has its
    process to itself: what was made at the start is passed over, and the rest seldom looked at."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 100)


def main(argv: List[str], command: str) -> int:
    """Serve until Ctrl-C; gives the exit code: 2 for an open address without tokens."""
    arguments = _parser(command).parse_args(argv)
    language = _console.language(arguments.lang)
    try:
        from ..integrations.gateway import settings
    except ImportError as err:  # the extra is missing: the text says how to get it
        _console.line(missing_extra(str(err), language), sys.stderr)
        return 1
    _share_tokens(settings.TOKENS)
    os.environ.setdefault("PYTHONSAFEPATH", "1")  # for workers: they start in this folder
    if not (settings.tokens() or _is_this_machine(arguments.host)):
        text = texts.SERVE_OPEN(host=arguments.host, variable=settings.TOKENS)
        _console.line(text.say(language), sys.stderr)
        return 2
    _share({settings.CORS: arguments.cors, settings.BACKEND: arguments.backend})
    try:
        with upstream(arguments.offline):
            application = app()  # what is wrong with key or limits is said here, once
            return _serve(arguments, application, settings.limits({}).grace, language)
    except OpenAIError as err:
        return fail(err, language)


def _parser(command: str) -> Parser:
    parser = Parser(
        command,
        texts.SERVE,
        "python -m dsadapter serve --offline --port 8000",
    )
    parser.add_argument("--host", default="127.0.0.1", help=texts.SERVE_HOST)
    parser.add_argument("--port", type=_between(1, 65535), default=8000)
    parser.add_argument(
        "--workers", type=_between(1, 1024), default=1, metavar="N", help=texts.SERVE_WORKERS
    )
    add_backend(parser, texts.SERVE_BACKEND)
    parser.add_argument("--cors", metavar="ORIGIN,...", help=texts.SERVE_CORS)
    parser.add_argument("--offline", action="store_true", help=texts.OFFLINE)
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


def _share(variables: Dict[str, Any]) -> None:
    """What was written in the command goes where the worker processes find it."""
    os.environ.update({name: value for name, value in variables.items() if value is not None})


@contextmanager
def _shared_numbers(workers: int) -> Iterator[None]:
    """A folder in which several workers keep their numbers, so that ``/metrics`` has all."""
    from ..integrations.gateway.metrics import FOLDER

    if workers == 1 or os.environ.get(FOLDER):
        yield
        return
    with tempfile.TemporaryDirectory(prefix="dsadapter-metrics-") as folder:
        os.environ[FOLDER] = folder
        try:
            yield
        finally:
            del os.environ[FOLDER]


def _is_this_machine(host: str) -> bool:
    from ..integrations.gateway.access import is_loopback

    return bool(host) and is_loopback(host)  # an empty host is every address


def _serve(arguments: argparse.Namespace, application: Any, grace: float, language: str) -> int:
    import uvicorn

    alone = arguments.workers == 1
    host = f"[{arguments.host}]" if ":" in arguments.host else arguments.host
    _console.line(texts.SERVE_RUNS(host=host, port=arguments.port).say(language))
    try:
        with _shared_numbers(arguments.workers):
            uvicorn.run(
                application if alone else APP,
                factory=not alone,
                host=arguments.host,
                port=arguments.port,
                workers=arguments.workers,
                timeout_graceful_shutdown=int(grace) or 1,
                access_log=False,
                log_config=_log_config(),
                server_header=False,
                ws="none",
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
    if not sys.stderr.isatty():  # without colours; uvicorn's own copies each record to add them
        config["formatters"]["default"] = {"format": "%(levelname)s:     %(message)s"}
    return config
