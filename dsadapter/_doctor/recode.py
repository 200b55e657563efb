"""``python -m dsadapter._doctor.recode .env``: saves a file as UTF-8 and keeps the old one."""

from __future__ import annotations

import os
import sys

from .._console import line
from .._settings.dotenv_file import decode


def main(path: str) -> int:
    """Save the file at ``path`` as UTF-8, with a copy of the old one as ``path.bak``."""
    path = os.path.expanduser(path)
    with open(path, "rb") as file:
        raw = file.read()
    with open(f"{path}.bak", "wb") as copy:
        copy.write(raw)
    with open(path, "wb") as file:
        file.write(decode(raw).encode("utf-8"))
    line(f"{path}: UTF-8 ({path}.bak)")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
