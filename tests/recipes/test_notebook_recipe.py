"""notebook.ipynb, executed."""

from __future__ import annotations

from typing import Any

import pytest
from recipes import RECIPES

from dsadapter.testing import Emulator


@pytest.mark.filterwarnings("default")
def test_the_notebook(emulator: Emulator) -> None:
    nbformat = pytest.importorskip("nbformat")
    nbclient = pytest.importorskip("nbclient")
    pytest.importorskip("ipykernel")
    book = nbformat.read(str(RECIPES / "notebook.ipynb"), as_version=4)
    nbclient.NotebookClient(book, timeout=120, kernel_name="python3").execute()
    answer, grown, several = (c["outputs"] for c in book["cells"] if c["cell_type"] == "code")
    assert "**Hello**" in markdown(answer)
    assert 'You wrote: "Hello"' in markdown(grown)
    text = several[-1]["data"]["text/plain"]
    assert [f'"{number}"' in text for number in range(3)] == [True] * 3


def markdown(outputs: Any) -> str:
    return str(outputs[-1]["data"]["text/markdown"])
