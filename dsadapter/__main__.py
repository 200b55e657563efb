"""``python -m dsadapter COMMAND``: a table; each command's module is imported when it is run."""

from __future__ import annotations

import sys

COMMANDS = {
    "chat": ("dsadapter._cli.chat", "talk to the model", "与模型对话"),
    "models": ("dsadapter._cli.lists", "list the models of your key", "列出可用模型"),
    "balance": ("dsadapter._cli.lists", "show the balance of your account", "查看账户余额"),
    "doctor": ("dsadapter._doctor.cli", "find out what is wrong here", "检查本机环境"),
    "explain": ("dsadapter._doctor.explain_cli", "explain a traceback", "解释报错信息"),
    "run": ("dsadapter._dropin.run", "run a program unedited", "不改代码运行程序"),
    "emulator": ("dsadapter._cli.emulator", "serve the DeepSeek emulator", "启动本地模拟服务"),
    "matrix": ("dsadapter._cli.matrix", "what was measured for your SDK", "查看实测结果"),
    "serve": ("dsadapter._cli.serve", "serve an OpenAI-compatible gateway", "启动网关服务"),
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

        _console.line("dsadapter: there is no command %r" % argv[0], sys.stderr)
        return _usage(argv, 2)
    return _run(argv[0], argv[1:])


def _run(command: str, argv: list[str]) -> int:
    from importlib import import_module

    try:
        return int(import_module(COMMANDS[command][0]).main(argv, command))
    except KeyboardInterrupt:
        return 130 if command == "run" else 1
    except BrokenPipeError:  # the reader of a pipe left; nothing is wrong here
        import os

        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _usage(argv: list[str], code: int) -> int:
    from dsadapter import _console

    chinese = _console.language(_lang(argv)) == "zh"
    stream = sys.stderr if code else sys.stdout
    lines = ["usage: python -m dsadapter COMMAND [--lang en|zh] ...", ""]
    lines += ["  %-10s %s" % (name, row[2 if chinese else 1]) for name, row in COMMANDS.items()]
    lines += ["", "python -m dsadapter chat --offline 你好"]
    _console.line("\n".join(lines), stream)
    return code


def _lang(argv: list[str]) -> str | None:
    return argv[argv.index("--lang") + 1] if "--lang" in argv[:-1] else None


if __name__ == "__main__":
    sys.exit(main())
