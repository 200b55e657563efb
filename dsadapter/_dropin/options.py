"""What ``install()`` can be asked for, and the error where it cannot be done."""

from __future__ import annotations

from .._errors.tree import InvalidArgumentError, OpenAIError
from .._named_tuple import NamedTuple

MODERN = ("native", "adapter")
LEGACY = ("adapter", "native")
SWITCH = "DSADAPTER_INSTALL"
MODERN_MODE = "DSADAPTER_INSTALL_MODERN"
TRACE = "DSADAPTER_TRACE"


class InstallError(OpenAIError, ImportError):
    """The module ``openai`` of this process cannot be provided or extended."""


class Options(NamedTuple):
    """What ``install()`` was asked for: two modes, and whether to stay offline."""

    modern: str = "native"
    legacy: str = "adapter"
    offline: bool = False

    def check(self) -> None:
        """Raise InvalidArgumentError for an unknown mode."""
        for name, mode, modes in (("modern", self.modern, MODERN), ("legacy", self.legacy, LEGACY)):
            if mode not in modes:
                raise InvalidArgumentError(
                    f"{name}={mode!r} is not known.", hint=f"One of: {', '.join(modes)}"
                )
