"""``python -m dsadapter._doctor.recode .env .env.bak``: saves as UTF-8, keeps the old file."""

from __future__ import annotations

import sys

from .._console import line
from .file_changes import save_as_utf8


def main(path: str, copy: str) -> int:
    """Save the file at ``path`` as UTF-8, with a copy of the old one; 1 where ``copy`` exists."""
    try:
        save_as_utf8(path, copy)
    except OSError as err:
        line(f"{err.filename}: {err.strerror}", sys.stderr)
        return 1
    line(f"{path}: UTF-8 ({copy})")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
