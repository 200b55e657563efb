"""Requirement files and notebooks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Dict, List

import pytest

from dsadapter._migrate import project
from dsadapter._migrate.analysis import Options, comment

NEWEST = Options()


def rewritten(path: Path, options: Options = NEWEST) -> str:
    migration = project.rewrite([str(path)], options)
    assert migration.skipped == ()
    (file,) = [file for file in migration.files if file.path == str(path)]
    return file.after.decode("utf-8")


@pytest.mark.parametrize(
    "name, before, after",
    [
        ("requirements.txt", "a==1\nopenai==0.28.1  # old\n", "a==1\nopenai>=3  # old\n"),
        ("requirements.txt", "openai>=0.27,<1\r\n", "openai>=3\r\n"),
        ("requirements-dev.txt", "openai[datalib]~=0.27.0", "openai>=3"),
        (
            "requirements.txt",
            "openai >= 0.27, < 0.28 ; python_version >= '3.8'\n",
            "openai>=3 ; python_version >= '3.8'\n",
        ),
        ("requirements.txt", "openai\nopenai-x==0.28\n", "openai\nopenai-x==0.28\n"),
        ("requirements.txt", "openai>=0.27\n", "openai>=0.27\n"),
        ("requirements.txt", "openai>=1.2,<2\n", "openai>=1.2,<2\n"),
        (
            "pyproject.toml",
            '[project]\ndependencies = ["openai==0.28", "b"]\n',
            '[project]\ndependencies = ["openai>=3", "b"]\n',
        ),
        (
            "pyproject.toml",
            '[tool.poetry.dependencies]\nopenai = "^0.28"\n',
            '[tool.poetry.dependencies]\nopenai = ">=3"\n',
        ),
        (
            "pyproject.toml",
            '[tool.poetry.dependencies]\nopenai = {version = "^0.28", optional = true}\n',
            '[tool.poetry.dependencies]\nopenai = {version = ">=3", optional = true}\n',
        ),
        (
            "setup.cfg",
            "[options]\ninstall_requires =\n    openai<1\n",
            "[options]\ninstall_requires =\n    openai>=3\n",
        ),
        (
            "environment.yml",
            "dependencies:\n  - pip:\n    - openai==0.28\n",
            "dependencies:\n  - pip:\n    - openai>=3\n",
        ),
        (
            "setup.py",
            'setup(name="openai", install_requires=["a", \'openai==0.28\'])\n',
            'setup(name="openai", install_requires=["a", \'openai>=3\'])\n',
        ),
        (
            "install.py",
            'run([python, "-m", "pip", "install", "openai<1"])\nx = ["openai<1"]\n',
            'run([python, "-m", "pip", "install", "openai>=3"])\nx = ["openai<1"]\n',
        ),
        ("Pipfile", '[packages]\nopenai = "==0.28"\n', '[packages]\nopenai = ">=3"\n'),
    ],
)
def test_a_pin(tmp_path: Path, name: str, before: str, after: str) -> None:
    path = tmp_path / name
    path.write_bytes(before.encode())
    assert rewritten(path) == after
    path.write_bytes(after.encode())
    assert rewritten(path) == after


def test_other_targets(tmp_path: Path) -> None:
    path = tmp_path / "requirements.txt"
    path.write_text("openai==0.28\n")
    assert rewritten(path, Options(target=1)) == "openai>=1.55.3,<2\n"
    assert rewritten(path, Options(target=2)) == "openai>=2,<3\n"
    assert rewritten(path, Options("dsadapter")) == "dsadapter\n"


@pytest.mark.parametrize(
    "name, text, why",
    [
        ("requirements.txt", "openai==0.28 --hash=sha256:0\n", "hashes"),
        ("poetry.lock", '[[package]]\nname = "openai"\nversion = "0.28.1"\n', "lock again"),
    ],
)
def test_what_a_tool_wrote_is_left_and_named(
    tmp_path: Path, name: str, text: str, why: str
) -> None:
    (tmp_path / name).write_text(text)
    (skipped,) = project.rewrite([str(tmp_path)], Options()).skipped
    assert why in skipped[1].en


# --- notebooks -----------------------------------------------------------------------------------

CELLS: List[Any] = [
    ["!pip install openai==0.28\n", "import openai\n", "files = !ls"],
    "openai.api_base = 'http://x'\nr = openai.ChatCompletion.create(model='程序')",
    ["%%bash\n", "openai api list"],
    ["print(r['choices'][0].text)\n", "%time r.id"],
    ["for x in\n"],
]


def notebook(layout: Dict[str, Any], end: str) -> bytes:
    cells = [{"cell_type": "markdown", "metadata": {}, "source": ["openai.ChatCompletion\n"]}]
    cells += [
        {"cell_type": "code", "metadata": {}, "outputs": [], "source": source} for source in CELLS
    ]
    whole = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return (json.dumps(whole, **layout) + end).encode("utf-8")


@pytest.mark.parametrize("end", ["\n", ""])
@pytest.mark.parametrize(
    "layout", [{"indent": 1, "ensure_ascii": False}, {"indent": 2}, {"ensure_ascii": False}]
)
def test_a_notebook(tmp_path: Path, layout: Dict[str, Any], end: str) -> None:
    path = tmp_path / "a.ipynb"
    path.write_bytes(notebook(layout, end))
    text = rewritten(path)
    sources = [cell["source"] for cell in json.loads(text)["cells"]]
    assert sources[1] == [
        '!pip install "openai>=3"\n',
        "import openai\n",
        "openai.max_retries = 0  # as in 0.28: each request is sent once\n",
        "files = !ls",
    ]
    assert sources[2] == (
        "openai.base_url = 'http://x/'\nr = openai.chat.completions.create(model='程序').to_dict()"
    )
    assert sources[4] == ["print(r['choices'][0][\"text\"])\n", '%time r["id"]']
    assert (sources[0], sources[3], sources[5]) == (["openai.ChatCompletion\n"], *CELLS[2::2])
    assert (json.dumps(json.loads(text), **layout) + end) == text
    path.write_bytes(text.encode("utf-8"))
    assert rewritten(path) == text


@pytest.mark.parametrize("damaged", [{}, {"source": None}])
def test_a_cell_without_source_is_an_empty_one(tmp_path: Path, damaged: Dict[str, Any]) -> None:
    path = tmp_path / "a.ipynb"
    code = "import openai\nopenai.max_retries = 0\nopenai.Model.list()"
    rows = [{"cell_type": "code", **damaged}, {"cell_type": "code", "source": code}]
    path.write_text(json.dumps({"cells": rows}), encoding="utf-8")
    first, second = json.loads(rewritten(path))["cells"]
    assert first == rows[0] and "openai.models.list()" in second["source"]


@pytest.mark.parametrize(
    "raw, why", [(b'{"openai": 1}', "no notebook"), (b'{"cells":[],"a" :"openai"}', "layout")]
)
def test_what_is_no_notebook_is_left(tmp_path: Path, raw: bytes, why: str) -> None:
    (tmp_path / "a.ipynb").write_bytes(raw)
    ((_, reason),) = project.rewrite([str(tmp_path)], Options()).skipped
    assert why in reason.en


COMMENT = f"{comment('magic')}\n"


@pytest.mark.parametrize(
    "cell, expected",
    [
        ("%time r = openai.Model.list()['data']", "%time r = {models}['data']"),
        ("%timeit -n1 -r 1 openai.Model.list()['data']", "%timeit -n1 -r 1 {models}['data']"),
        ("x = %time openai.Model.list()['data']", "x = %time {models}['data']"),
        ("!pip install -U 'openai<1' a; ls", '!pip install -U "openai>=3" a; ls'),
        ("%pip install openai[datalib]==0.27.8", '%pip install "openai>=3"'),
        ("pip install openai==0.28", 'pip install "openai>=3"'),
        ("%%bash\npip install openai==0.28\n", '%%bash\npip install "openai>=3"\n'),
        ("%%writefile requirements.txt\nopenai<1\nb", "%%writefile requirements.txt\nopenai>=3\nb"),
        (
            "%%writefile app.py\nimport openai\nopenai.api_base = 'http://x/v1'\n",
            "%%writefile app.py\nimport openai\nopenai.base_url = 'http://x/v1/'\n",
        ),
        ("!python -c 'openai.Model.list()'", COMMENT + "!python -c 'openai.Model.list()'"),
        ("x = 1\n%env OPENAI_API_BASE=u", f"x = 1\n{COMMENT}%env OPENAI_API_BASE=u"),
        ("print 'x', openai.Model.list()", f"{COMMENT}print 'x', openai.Model.list()"),
        ("%%sh\npython -c 'openai.error'", f"%%sh\n{COMMENT}python -c 'openai.error'"),
        (
            "%time for x in y: openai.Model.list()",
            f"{COMMENT}%time for x in y: openai.Model.list()",
        ),
        ("%%html\n<b>openai.error</b>", "%%html\n<b>openai.error</b>"),
    ],
)
def test_what_only_ipython_reads(tmp_path: Path, cell: str, expected: str) -> None:
    path = tmp_path / "a.ipynb"
    cells = ["import openai\nopenai.max_retries = 0", cell]
    rows = [{"cell_type": "code", "source": text} for text in cells]
    path.write_text(json.dumps({"cells": rows}), encoding="utf-8")
    text = rewritten(path)
    models = "openai.models.list().to_dict()"
    assert json.loads(text)["cells"][1]["source"] == expected.replace("{models}", models)
    path.write_text(text, encoding="utf-8")
    assert rewritten(path) == text


@pytest.mark.parametrize("is_legacy", [False, True])
def test_the_environment_counts_where_the_project_has_code_of_028(
    tmp_path: Path, is_legacy: bool
) -> None:
    (tmp_path / "settings.py").write_text("import os\nos.environ['OPENAI_API_BASE'] = 'u'\n")
    call = "openai.ChatCompletion.create()" if is_legacy else "openai.OpenAI()"
    (tmp_path / "app.py").write_text(f"import openai\n{call}\n")
    migration = project.rewrite([str(tmp_path)], Options())
    (file,) = [file for file in migration.files if file.path.endswith("settings.py")]
    assert [marker.rule for marker in file.markers] == (["setting"] if is_legacy else [])
