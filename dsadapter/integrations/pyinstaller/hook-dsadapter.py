"""What a program frozen by PyInstaller needs of dsadapter, which imports by name.

The SDK, where one is installed, is collected with it: ``openai`` is imported in a backend. Which
one it is, is read from its files, so that those come as text, too.
"""

from __future__ import annotations

from typing import List, Tuple

from PyInstaller.utils.hooks import collect_data_files, collect_submodules

# They need other packages, which a program that uses them imports itself.
OTHERS = ("dsadapter.integrations", "dsadapter.testing.pytest", "dsadapter.testing.contract")
READ_AS_TEXT = ["__init__.py", "_version.py", "version.py"]


def _wanted(name: str) -> bool:
    return not name.startswith(OTHERS)


hiddenimports: List[str] = collect_submodules("dsadapter", filter=_wanted)
datas: List[Tuple[str, str]] = collect_data_files("dsadapter") + collect_data_files(
    "openai", include_py_files=True, includes=READ_AS_TEXT
)
