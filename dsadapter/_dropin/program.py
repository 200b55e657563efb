"""A program run in this process: ``__main__``, ``sys.argv``, ``sys.path``, tracebacks, exit codes.

What plain Python would show and do, and none of our own frames.
"""

from __future__ import annotations

import importlib.machinery
import io
import os
import pkgutil
import sys
from types import CodeType, ModuleType
from typing import Any, Callable, List, NamedTuple, Optional

from .. import _search_path

_OURS = os.path.dirname(os.path.abspath(__file__))

_NOTEBOOK = (
    "Begin it with: import dsadapter; dsadapter.install()\n"
    "or make a script of it: jupyter nbconvert --to script FILE"
)


class Program(NamedTuple):
    """``flag`` is "-m", "-c" or "" (a script); ``name`` what stands behind it."""

    flag: str
    name: str
    args: List[str]


def run(program: Program) -> int:
    """Run it to its end; the exit code. The interpreter's own shutdown is still to come."""
    start = {"": _script, "-m": _module, "-c": _code}[program.flag]
    try:
        body = start(program)
    except _CannotOpen as err:
        sys.stderr.write(f"{err}\n")
        return 2
    except (SyntaxError, ValueError) as err:  # ValueError: null bytes, on older Pythons
        return _shown(err.with_traceback(None))
    return _guarded(body)


class _CannotOpen(Exception):
    """There is no such script."""


def _guarded(body: Callable[[], Any]) -> int:
    try:
        body()
    except SystemExit as err:
        return _exit_code(err)
    except BaseException as err:
        return _shown(err.with_traceback(_without_ours(err.__traceback__)))
    return 0


def _exit_code(err: SystemExit) -> int:
    if err.code is None:
        return 0
    if isinstance(err.code, int):
        return err.code
    sys.stderr.write(f"{err.code}\n")
    return 1


def _shown(err: BaseException) -> int:
    """As an uncaught exception is shown; the code that Python or the shell then gives."""
    sys.last_type, sys.last_value, sys.last_traceback = type(err), err, err.__traceback__
    sys.excepthook(type(err), err, err.__traceback__)
    return 130 if isinstance(err, KeyboardInterrupt) else 1


def _without_ours(trace: Any) -> Any:
    while trace is not None and trace.tb_frame.f_code.co_filename.startswith(_OURS):
        trace = trace.tb_next
    return trace


# --- a fresh __main__ ----------------------------------------------------------------------------

_previous: List[Any] = []  # keeps dsadapter's own __main__ alive: its code is still running


def _fresh_main(**attributes: Any) -> ModuleType:
    import builtins

    module = ModuleType("__main__")
    vars(module).update({"__builtins__": builtins, "__annotations__": {}, **attributes})
    _previous.append(sys.modules.get("__main__"))
    sys.modules["__main__"] = module
    return module


def _first_on_path(folder: str) -> None:
    """In place of what ``python -m dsadapter`` (or the script ``dsadapter``) put there."""
    if _search_path.original is not None:
        sys.path[:] = _search_path.original
    if not getattr(sys.flags, "safe_path", False):
        sys.path[0:1] = [folder]


# --- script, module, code ------------------------------------------------------------------------


def _script(program: Program) -> Callable[[], Any]:
    path = program.name
    if path == "-":
        return _of_text(sys.stdin.read(), "<stdin>", program)
    sys.argv = [path, *program.args]
    shown = _absolute(path)
    if os.path.exists(path) and pkgutil.get_importer(path):  # a folder or zip file: its __main__
        _first_on_path(shown)
        return _run_module("__main__", alter_argv=False)
    code = _compiled(path)
    _first_on_path(os.path.dirname(os.path.realpath(path)))
    loader = importlib.machinery.SourceFileLoader("__main__", shown)
    main = _fresh_main(__file__=shown, __cached__=None, __loader__=loader)
    return lambda: exec(code, vars(main))


def _absolute(path: str) -> str:
    """As ``__file__`` of a script is: absolute since Python 3.9."""
    return os.path.abspath(path) if sys.version_info >= (3, 9) else path


def _compiled(path: str) -> CodeType:
    if path.endswith(".ipynb"):
        raise _CannotOpen(f"dsadapter run: {path} is a notebook, not a script. {_NOTEBOOK}")
    try:
        with io.open_code(os.path.abspath(path)) as file:
            code = pkgutil.read_code(file)  # type: ignore[arg-type]  # compiled already (.pyc)
        if code is not None:
            return code
        with io.open_code(os.path.abspath(path)) as file:
            source = file.read()
    except OSError as err:
        raise _CannotOpen(
            f"dsadapter run: can't open file {os.path.abspath(path)!r}: "
            f"[Errno {err.errno}] {err.strerror}"
        ) from None
    return compile(source, _absolute(path), "exec", dont_inherit=True)


def _code(program: Program) -> Callable[[], Any]:
    sys.argv = ["-c", *program.args]
    return _of_text(program.name, "<string>", None)


def _of_text(text: str, name: str, program: Optional[Program]) -> Callable[[], Any]:
    if program is not None:
        sys.argv = [program.name, *program.args]
    _first_on_path("")
    code = compile(text, name, "exec", dont_inherit=True)
    main = _fresh_main(__loader__=importlib.machinery.BuiltinImporter)
    return lambda: exec(code, vars(main))


def _module(program: Program) -> Callable[[], Any]:
    sys.argv = ["-m", *program.args]
    _first_on_path(os.getcwd())
    return _run_module(program.name, alter_argv=True)


def _run_module(name: str, *, alter_argv: bool) -> Callable[[], Any]:
    import runpy

    _fresh_main()
    return lambda: runpy._run_module_as_main(name, alter_argv)  # type: ignore[attr-defined]
