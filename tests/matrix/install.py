"""How tox installs: with uv where there is one, else with pip, always into this Python.

install.py ARGUMENTS...          what pip install would be given
install.py --environment NAME    what NAME's row of the product asks for
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import List


def command(verb: str) -> List[str]:
    uv = shutil.which("uv")
    if uv:
        return [uv, "pip", verb, "--quiet", "--python", sys.executable]
    quiet = [] if verb == "install" else ["--yes"]
    return [sys.executable, "-m", "pip", verb, "--quiet", *quiet]


def environment(name: str) -> int:
    from compat_matrix.product import BY_NAME

    if name not in BY_NAME:
        return 0
    sdk = BY_NAME[name].sdk
    code = subprocess.call([*command("install"), *sdk.requirements]) if sdk.requirements else 0
    if code == 0 and sdk.without:
        code = subprocess.call([*command("uninstall"), *sdk.without])
    return code


def main(arguments: List[str]) -> int:
    if arguments[0] == "--environment":
        return environment(arguments[1])
    return subprocess.call([*command("install"), *arguments])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
