"""How a question is typed: a line with editing and history, pasted lines as one.

prompt_toolkit where it is installed (the extra ``chat``), else GNU readline from 8.1 on, which
takes a bracketed paste whole; else what ``input`` has, and lines that wait already are one paste.
"""

from __future__ import annotations

import os
import sys
from typing import Any, Callable, List, Optional

from .._texts import chat as texts
from .problem import Problem

CANONICAL_LIMIT = 4095  # bytes of a line that a terminal gives whole without an editor
_PASTE_PAUSE = 0.05  # seconds; what a person types comes later


class Editor:
    """``read(prompt)`` gives what was typed or pasted, without the last line end.

    It raises EOFError at the end of input, KeyboardInterrupt for Ctrl-C.
    """

    def __init__(
        self,
        read: Callable[[str], str],
        remember: Callable[[str], None] = lambda text: None,
        interrupted_line: Callable[[], str] = str,
    ) -> None:
        self.read = read
        self.remember = remember  # a question of an earlier day, for the history
        self.interrupted_line = interrupted_line  # what Ctrl-C threw away


def line_editor(words: List[str]) -> Editor:
    """The best one here; ``words`` are completed by Tab at the beginning of a line."""
    _read_utf8()
    return _prompt_toolkit(words) or _readline(words) or Editor(_read_waiting)


def _read_utf8() -> None:
    """In the locale C Python reads UTF-8 all the same, and readline takes each byte for a
    character: a backspace would leave half a Chinese one."""
    import locale

    encoding = (getattr(sys.stdin, "encoding", None) or "").lower().replace("-", "")
    charset = locale.nl_langinfo(locale.CODESET) if hasattr(locale, "nl_langinfo") else "UTF-8"
    if encoding == "utf8" and charset.upper() not in ("UTF-8", "UTF8"):
        os.environ["LC_ALL"] = "C.UTF-8"


# --- prompt_toolkit ------------------------------------------------------------------------------


def _prompt_toolkit(words: List[str]) -> Optional[Editor]:
    if os.environ.get("TERM") == "dumb":
        return None
    try:
        from prompt_toolkit import PromptSession
        from prompt_toolkit.completion import WordCompleter
        from prompt_toolkit.history import InMemoryHistory
    except ImportError:  # also one that is too old
        return None
    os.environ.setdefault("PROMPT_TOOLKIT_NO_CPR", "1")  # nor ask the terminal where the cursor is
    history: Any = InMemoryHistory()
    completer = WordCompleter(words, sentence=True)
    session: Any = PromptSession(history=history, completer=completer, complete_while_typing=False)
    return Editor(session.prompt, history.append_string, lambda: session.default_buffer.text)


# --- readline ------------------------------------------------------------------------------------


def _readline(words: List[str]) -> Optional[Editor]:
    try:
        import readline
    except ImportError:  # Windows, or a Python that was built without
        return None
    readline.set_completer_delims("\n")
    readline.set_completer(_completer(words))
    if "libedit" in (readline.__doc__ or ""):  # it takes no bracketed paste
        readline.parse_and_bind("bind ^I rl_complete")
        return Editor(_read_waiting, readline.add_history, readline.get_line_buffer)
    readline.parse_and_bind("tab: complete")
    if _version(getattr(readline, "_READLINE_LIBRARY_VERSION", "")) < (8, 1):
        return Editor(_read_waiting, readline.add_history, readline.get_line_buffer)
    readline.parse_and_bind("set enable-bracketed-paste on")
    return Editor(input, readline.add_history, readline.get_line_buffer)


def _version(text: str) -> Any:
    return tuple(int(part) for part in text.split(".") if part.isdecimal())


def _completer(words: List[str]) -> Callable[[str, int], Optional[str]]:
    def complete(text: str, index: int) -> Optional[str]:
        fitting = [word for word in words if text.startswith("/") and word.startswith(text)]
        return fitting[index] if index < len(fitting) else None

    return complete


# --- neither takes a paste -----------------------------------------------------------------------


def _read_waiting(prompt: str) -> str:
    """One line, and those behind it that wait already: they were pasted with it."""
    lines = [_whole(input(prompt))]
    while _is_waiting():
        try:
            lines.append(_whole(input()))
        except EOFError:
            break
    return "\n".join(lines)


def _whole(line: str) -> str:
    """The line; raises Problem for one that the terminal may have cut."""
    if sys.modules.get("readline") is None and os.name == "posix":
        encoding = getattr(sys.stdin, "encoding", None) or "utf-8"
        if len(line.encode(encoding, "replace")) >= CANONICAL_LIMIT:
            raise Problem(texts.CUT_LINE(limit=CANONICAL_LIMIT))
    return line


def _is_waiting() -> bool:
    if sys.platform == "win32":
        import msvcrt

        return bool(msvcrt.kbhit())
    import select

    return bool(select.select([sys.stdin], [], [], _PASTE_PAUSE)[0])
