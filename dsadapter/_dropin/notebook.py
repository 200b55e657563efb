"""``%load_ext dsadapter``: ``import openai`` has the face of 0.28, errors of calls are short."""

from __future__ import annotations

from types import TracebackType
from typing import Any, Optional

from .._errors.tree import OpenAIError
from . import install, uninstall


def load_ipython_extension(shell: Any) -> None:
    """What IPython calls for ``%load_ext dsadapter``: ``install()``, and tracebacks of API errors
    without dsadapter's own frames and the library's errors beneath them."""
    install()
    shell.set_custom_exc((OpenAIError,), show_error)


def unload_ipython_extension(shell: Any) -> None:
    """What IPython calls for ``%unload_ext dsadapter``."""
    uninstall()
    shell.set_custom_exc((), None)


def show_error(
    shell: Any, kind: Any, error: BaseException, trace: Any, tb_offset: Optional[int] = None
) -> None:
    """Print the traceback of the caller's own frames; the error itself stays as it is."""
    cause, suppressed = error.__cause__, error.__suppress_context__
    error.__cause__ = None  # sets __suppress_context__
    try:
        shown = without_own_frames(trace)
        shell.showtraceback((kind, error, shown), tb_offset=tb_offset)
    finally:
        error.__cause__ = cause
        error.__suppress_context__ = suppressed


def without_own_frames(trace: Optional[TracebackType]) -> Optional[TracebackType]:
    """The traceback up to the frame that called the package."""
    if trace is None or _is_own(trace):
        return None
    following = without_own_frames(trace.tb_next)
    return TracebackType(following, trace.tb_frame, trace.tb_lasti, trace.tb_lineno)


def _is_own(trace: TracebackType) -> bool:
    name = str(trace.tb_frame.f_globals.get("__name__", ""))
    return name.partition(".")[0] == "dsadapter"
