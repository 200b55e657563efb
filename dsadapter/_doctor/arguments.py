"""The arguments of ``doctor`` and ``explain``, with help in both languages."""

from __future__ import annotations

from typing import Any, List

from .. import _console
from .._parser import Parser
from .._texts import doctor as texts


def _language(argv: List[str]) -> str:
    return _console.language(_console.language_argument(argv))


class DoctorParser(Parser):
    """The arguments of ``doctor``; ``argv`` says in which language the help is."""

    def __init__(self, argv: List[str]) -> None:
        language = _language(argv)
        super().__init__("doctor", texts.DOCTOR.say(language), "python -m dsadapter doctor app.py")
        self.add_argument(
            "what", nargs="*", metavar="PATH|ID|GROUP", help=texts.TARGETS.say(language)
        )
        for flag, text in texts.FLAGS.items():
            self.add_argument(flag, action="store_true", help=text.say(language))
        for flag, text in texts.FILES.items():
            self.add_argument(flag, metavar="FILE", help=text.say(language))

    def parse_args(self, args: Any = None, namespace: Any = None) -> Any:
        """As argparse does; exits with 2 also for flags that exclude one another."""
        arguments = super().parse_args(args, namespace)
        if arguments.yes and not arguments.fix:
            self.error(texts.YES_NEEDS_FIX)
        if arguments.fix and arguments.json:
            self.error(texts.FIX_OR_JSON)
        return arguments


class ExplainParser(Parser):
    """The arguments of ``explain``; ``argv`` says in which language the help is."""

    def __init__(self, argv: List[str]) -> None:
        language = _language(argv)
        super().__init__(
            "explain",
            texts.EXPLAIN.say(language),
            "python app.py 2>&1 | python -m dsadapter explain",
        )
        self.add_argument("file", nargs="?", metavar="FILE|ID|-", help=texts.FILE.say(language))
        self.add_argument("--json", action="store_true", help=texts.FLAGS["--json"].say(language))
