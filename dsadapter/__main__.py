"""``python -m dsadapter COMMAND``: a table; each command's module is imported when it is run."""

# Both are loaded already; any other module, __future__ too, could still come from the working
# directory, which `python -m` puts in front.
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import List, Optional

COMMANDS = {
    "chat": "dsadapter._cli.chat",
    "models": "dsadapter._cli.account",
    "balance": "dsadapter._cli.account",
    "batch": "dsadapter._cli.batch",
    "doctor": "dsadapter._doctor.cli",
    "explain": "dsadapter._doctor.cli",
    "migrate": "dsadapter._cli.migrate",
    "run": "dsadapter._dropin.run",
    "emulator": "dsadapter._cli.emulator",
    "matrix": "dsadapter._cli.matrix",
    "serve": "dsadapter._cli.serve",
}


def _leave_working_directory() -> None:
    """Take the working directory off ``sys.path``: a file orjson.py in it is not for us.

    Where this package itself lies there, its folder moves to the end, behind all others.
    """
    package_root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    original = list(sys.path)
    sys.path[:] = [entry for entry in original if not _is_working_directory(entry)]
    if package_root in original and package_root not in sys.path:
        sys.path.append(package_root)
    from dsadapter import _search_path

    _search_path.original = original


def _is_working_directory(entry: str) -> bool:
    try:
        return os.path.realpath(entry) == os.path.realpath("")
    except OSError:  # it was deleted, and nothing can be imported from it
        return entry == ""


def main(argv: "Optional[List[str]]" = None) -> int:
    """Run one command. Returns its exit code: 0 fine, 1 problem, 2 usage, 3 a check crashed."""
    argv = _language_last(sys.argv[1:] if argv is None else list(argv))
    try:
        return _main(argv)
    except BrokenPipeError:  # the reader of a pipe left; nothing is wrong here
        _let_go()
        return 0
    except OSError as err:  # a full disk behind `> FILE`
        _say_problem(argv, err)
        return 1


def _main(argv: "List[str]") -> int:
    if not argv or argv[0].startswith("--lang"):
        return _usage(argv, 2)
    if argv[0] in ("-h", "--help", "help"):
        return _usage(argv, 0)
    if argv[0] in ("-V", "--version"):
        from dsadapter import _console
        from dsadapter._version import __version__

        _console.line("dsadapter " + __version__)
        return 0
    if argv[0] not in COMMANDS:
        from dsadapter import _console
        from dsadapter._texts.commands import UNKNOWN_COMMAND

        text = UNKNOWN_COMMAND(command=argv[0]).say(_language(argv))
        _console.line(text, sys.stderr)
        return _usage(argv, 2)
    return _run(argv[0], argv[1:])


def _run(command: str, argv: "List[str]") -> int:
    from importlib import import_module

    from dsadapter._settings import dotenv_file

    dotenv_file.runs_command = command != "run"
    try:
        return int(import_module(COMMANDS[command]).main(argv, command))
    except KeyboardInterrupt:
        return 130 if command == "run" else 1
    finally:
        dotenv_file.runs_command = False


def _say_problem(argv: "List[str]", err: OSError) -> None:
    from dsadapter import _console
    from dsadapter._texts.commands import SYSTEM_ERROR

    problem = "%s: %s" % (err.filename, err.strerror) if err.filename else err.strerror or err
    command = " ".join(argv[:1])
    try:
        _console.line(
            SYSTEM_ERROR(command=command, problem=problem).say(_language(argv)), sys.stderr
        )
    except OSError:  # nor can that be told
        pass
    _let_go()


def _let_go() -> None:
    from dsadapter import _console

    _console.let_go()


def _usage(argv: "List[str]", code: int) -> int:
    from dsadapter import _console
    from dsadapter._texts import commands as texts

    language = _language(argv)
    rows = [(name, texts.SUMMARIES[name]) for name in COMMANDS] + list(texts.FLAGS.items())
    lines = [texts.USAGE.say(language), ""]
    lines += ["  %-10s %s" % (name, text.say(language)) for name, text in rows]
    lines += ["", "python -m dsadapter chat --offline 你好"]
    _console.line("\n".join(lines), sys.stderr if code else sys.stdout)
    return code


def _language(argv: "List[str]") -> str:
    from dsadapter import _console

    return _console.language(_console.language_argument(argv))


def _language_last(argv: "List[str]") -> "List[str]":
    """``--lang zh chat`` as ``chat --lang zh``: in front of the arguments of the command."""
    count = 2 if argv[:1] == ["--lang"] else 1 if argv and argv[0].startswith("--lang=") else 0
    return argv[count : count + 1] + argv[:count] + argv[count + 1 :]


if __name__ == "__main__":
    _leave_working_directory()
    sys.exit(main())
