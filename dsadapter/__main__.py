"""``python -m dsadapter COMMAND``: a table; each command's module is imported when it is run."""

from __future__ import annotations

import sys

COMMANDS = {
    "chat": "dsadapter._cli.chat",
    "models": "dsadapter._cli.account",
    "balance": "dsadapter._cli.account",
    "doctor": "dsadapter._doctor.cli",
    "explain": "dsadapter._doctor.cli",
    "run": "dsadapter._dropin.run",
    "emulator": "dsadapter._cli.emulator",
    "matrix": "dsadapter._cli.matrix",
    "serve": "dsadapter._cli.serve",
}


def main(argv: list[str] | None = None) -> int:
    """Run one command. Returns its exit code: 0 fine, 1 problem, 2 usage, 3 a check crashed."""
    argv = sys.argv[1:] if argv is None else list(argv)
    if not argv or argv[0] in ("-h", "--help", "help"):
        return _usage(argv, 0 if argv else 2)
    if argv[0] in ("-V", "--version"):
        from dsadapter._version import __version__

        print("dsadapter " + __version__)
        return 0
    if argv[0] not in COMMANDS:
        from dsadapter import _console
        from dsadapter._texts.commands import UNKNOWN_COMMAND

        _console.line(UNKNOWN_COMMAND(command=argv[0]).en, sys.stderr)
        return _usage(argv, 2)
    return _run(argv[0], argv[1:])


def _run(command: str, argv: list[str]) -> int:
    from importlib import import_module

    try:
        return int(import_module(COMMANDS[command]).main(argv, command))
    except KeyboardInterrupt:
        return 130 if command == "run" else 1
    except BrokenPipeError:  # the reader of a pipe left; nothing is wrong here
        import os

        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _usage(argv: list[str], code: int) -> int:
    from dsadapter import _console
    from dsadapter._texts import commands as texts

    language = _console.language(_lang(argv))
    lines = [texts.USAGE.en, ""]
    lines += ["  %-10s %s" % (name, texts.SUMMARIES[name].say(language)) for name in COMMANDS]
    lines += ["", "python -m dsadapter chat --offline 你好"]
    _console.line("\n".join(lines), sys.stderr if code else sys.stdout)
    return code


def _lang(argv: list[str]) -> str | None:
    return argv[argv.index("--lang") + 1] if "--lang" in argv[:-1] else None


if __name__ == "__main__":
    sys.exit(main())
