"""The argument parser of every command."""

from __future__ import annotations

import argparse
import sys
from typing import Any, Dict, Mapping, NoReturn, Optional, Sequence, Union

from . import _console
from ._texts import batch_values
from ._texts import parser as texts
from ._texts.commands import NO_BACKEND, NO_BASE_URL, NO_PROVIDER, SERVE_NO_NUMBER
from ._texts.matching import translated
from ._texts.text import ENGLISH, LANGUAGES, Text, untranslated

_OF_COMMANDS = (NO_BACKEND, NO_BASE_URL, NO_PROVIDER, SERVE_NO_NUMBER)
PROBLEMS = {"problem": (*texts.PROBLEMS, *_OF_COMMANDS, *batch_values.ALL)}


class Parser(argparse.ArgumentParser):
    """argparse in the reader's language, whatever the console's encoding is; its help ends with an
    example. Summary, help and errors may be a :class:`Text`: ``--lang``, else the locale, decides.
    """

    def __init__(self, command: str, summary: Union[str, Text], example: str) -> None:
        super().__init__(
            prog=f"python -m dsadapter {command}",
            formatter_class=_Formatter,
            add_help=False,
        )
        self.language = ENGLISH
        self._named: Optional[str] = None  # the language that the arguments name
        self._summary = untranslated(summary) if isinstance(summary, str) else summary
        self._example = texts.EXAMPLE(command=example)
        self._help: Dict[argparse.Action, Text] = {}
        self.add_argument("-h", "--help", action="help", help=texts.HELP)
        self.add_argument(
            "--lang", type=_console.language_named, choices=LANGUAGES, help=texts.LANGUAGE
        )
        self._speak(ENGLISH)

    def add_argument(self, *names: Any, **options: Any) -> Any:
        """As argparse does; ``help`` may be a Text."""
        text = options.get("help")
        if isinstance(text, Text):
            options["help"] = text.en
        action = super().add_argument(*names, **options)
        if isinstance(text, Text):
            self._help[action] = text
        return action

    def add_exclusive(self, flags: Mapping[str, Text]) -> None:
        """Flags of which at most one may be written, with their help."""
        group = self.add_mutually_exclusive_group()
        for flag, text in flags.items():
            self._help[group.add_argument(flag, action="store_true", help=text.en)] = text

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """As argparse does, in the language that the arguments or the locale name."""
        self.choose_language(sys.argv[1:] if args is None else args)
        return super().parse_known_args(args, namespace)

    def choose_language(self, argv: Sequence[str]) -> None:
        """That of ``--lang`` in these arguments or in earlier ones, else the locale's."""
        self._named = _console.language_argument(argv) or self._named
        self._speak(_console.language(self._named))

    def error(self, message: Union[str, Text]) -> NoReturn:
        """Usage and the mistake on stderr; exits with 2."""
        if isinstance(message, Text):
            message = message.say(self.language)
        problem = translated(message, self.language, texts.ERRORS, PROBLEMS)
        self.print_usage(sys.stderr)
        line = texts.ERROR(program=self.prog, message=problem).say(self.language)
        self.exit(2, f"{line}\n")

    def format_help(self) -> str:
        """As argparse does, with a Chinese colon behind a Chinese title."""
        text = super().format_help()
        if self.language == ENGLISH:
            return text
        for title in (texts.ARGUMENTS.say(self.language), texts.OPTIONS.say(self.language)):
            text = text.replace(f"\n{title}:\n", f"\n{title}：\n")
        return text

    def _speak(self, language: str) -> None:
        self.language = language
        self.description = self._summary.say(language)
        self.epilog = self._example.say(language)
        self._positionals.title = texts.ARGUMENTS.say(language)
        self._optionals.title = texts.OPTIONS.say(language)
        for action, text in self._help.items():
            action.help = text.say(language)

    def _get_formatter(self) -> argparse.HelpFormatter:
        formatter = super()._get_formatter()
        if isinstance(formatter, _Formatter):
            formatter.usage_prefix = texts.USAGE.say(self.language)
        return formatter

    def _print_message(self, message: str, file: Any = None) -> None:
        if message:
            _console.write(message, file or sys.stderr)


class _Formatter(argparse.RawDescriptionHelpFormatter):
    usage_prefix = texts.USAGE.en

    def add_usage(
        self, usage: Any, actions: Any, groups: Any, prefix: Optional[str] = None
    ) -> None:
        super().add_usage(usage, actions, groups, self.usage_prefix if prefix is None else prefix)
