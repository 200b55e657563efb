"""``importlib.metadata.version("openai")`` where no SDK is installed: the module's own version.

Libraries of late 2023 choose their branch by it, and fail where there is none. Only a question for
this one name is answered: lists of what is installed (pip's, say) stay as they are.
"""

from __future__ import annotations

from importlib.metadata import Distribution
from typing import Any, Iterator, Optional

from .._legacy.version import VERSION


class _ProvidedDistribution(Distribution):
    """The distribution ``openai`` that there is none of on the disk."""

    def read_text(self, filename: str) -> Optional[str]:
        """The metadata: name and version; None for other files."""
        if filename != "METADATA":
            return None
        return f"Metadata-Version: 2.1\nName: openai\nVersion: {VERSION}\n"

    def locate_file(self, path: Any) -> Any:
        """Raise FileNotFoundError: it has no files."""
        raise FileNotFoundError(f"{path}: dsadapter provides openai, there are no files of it")


def distributions(context: Any) -> Iterator[Distribution]:
    """For ``find_distributions`` of a finder that provides the module ``openai``."""
    asked_for_openai = context.name == "openai" and "path" not in vars(context)
    return iter([_ProvidedDistribution()] if asked_for_openai else [])
