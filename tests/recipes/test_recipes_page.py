"""The page of recipes prints what the tests beside this file run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from recipes import PAGES, RECIPES, cells, texts

TESTED = {
    "streamlit_chat.py", "gradio_chat.py", "django_stream.py", "celery_tasks.py",
    "langgraph_tool.py", "agents_tool.py", "frozen.py", "lambda_function.py", "Dockerfile",
    "notebook.ipynb",
}  # fmt: skip


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.parent.name)
def test_a_recipe_is_printed_as_it_is_run(page: Path) -> None:
    shown = re.findall(r"^```\w+\n(.*?)^```$", page.read_text(encoding="utf-8"), re.M | re.S)
    for name, parts in texts().items():
        for text in parts:
            assert shown.count(text) == 1, f"{page.name} does not have {name} as it is:\n{text}"


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.parent.name)
def test_each_recipe_is_linked(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert [name for name in texts() if f"examples/recipes/{name})" not in text] == []


def test_no_recipe_is_without_a_test() -> None:
    assert {path.name for path in RECIPES.iterdir() if path.is_file()} == TESTED
    assert len(cells()) == 3
    others = [path for path in Path(__file__).parent.glob("test_*.py") if path != Path(__file__)]
    tests = "".join(path.read_text(encoding="utf-8") for path in others)
    assert [name for name in TESTED if name.partition(".")[0] not in tests] == []
