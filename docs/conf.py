"""Sphinx: ``sphinx-build -W -c docs . OUTPUT``, from the top of the repository.

The source is the whole repository, so that the links of the pages lead to the same files here and
on a code forge; ``include_patterns`` says which of them are pages.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any, List

ROOT = Path(__file__).resolve().parent.parent
VERSION = (ROOT / "dsadapter" / "_version.py").read_text(encoding="utf-8")

project = "dsadapter"
release = re.findall(r'__version__ = "([^"]+)"', VERSION)[0]
extensions = ["myst_parser"]
html_theme = "furo"
html_title = "dsadapter"
html_show_copyright = False
html_extra_path = ["../llms.txt"]
root_doc = "docs/index"
include_patterns = [
    "docs/**.md",
    "compat_matrix.md",
    "compat_matrix.zh.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "benchmarks/README.md",
    "benchmarks/results/table.md",
]
myst_heading_anchors = 3

FORWARD = '<!doctype html><meta http-equiv="refresh" content="0; url=docs/index.html">\n'


def add_contents(app: Any, docname: str, source: List[str]) -> None:
    """The pages that an index links to, in its order, are its contents."""
    if not docname.endswith("/index"):
        return
    links = re.findall(r"\[([^]]+)\]\(([^):#]+)\.md\)", source[0])
    rows = [f"{title} <{link}>" for title, link in links if not is_elsewhere(docname, link)]
    contents = "\n".join(rows).replace("`", "")
    source[0] += f"\n```{{toctree}}\n:hidden:\n\n{contents}\n```\n"


def is_elsewhere(docname: str, link: str) -> bool:
    """Whether the English index has this page already."""
    return docname.startswith("docs/zh/") and link.startswith("../") and not link.endswith(".zh")


def finish(app: Any, error: Any) -> None:
    """The front door, and each page as Markdown beside its HTML, as llms.txt has it."""
    if error or app.builder.format != "html":
        return
    (Path(app.outdir) / "index.html").write_text(FORWARD, encoding="utf-8")
    for docname in app.env.found_docs:
        target = Path(app.outdir) / f"{docname}.md"
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(str(app.env.doc2path(docname)), str(target))


def setup(app: Any) -> None:
    app.connect("source-read", add_contents)
    app.connect("build-finished", finish)
