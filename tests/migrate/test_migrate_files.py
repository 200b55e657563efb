"""What ``migrate`` reads and writes: bytes outside of its edits, encodings, modes, links, git."""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from dsadapter.__main__ import main
from dsadapter._migrate import edits, source_file
from dsadapter._migrate.document import Document
from dsadapter._migrate.edits import Edit

OLD = "import os, openai\n\n\nprint(openai.api_key)  # key\n"
NEW = "import os, dsadapter as openai\n\n\nprint(openai.api_key)  # key\n"
needs_git = pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")


class Done(NamedTuple):
    code: int
    out: str
    err: str


def migrate(*words: Any) -> Done:
    """The command, in this process."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = main(["migrate", "--lang", "en", *map(str, words)])
        except SystemExit as end:
            code = int(end.code or 0)
    return Done(code, out.getvalue(), err.getvalue())


def to_dsadapter(*words: Any) -> Done:
    return migrate("--to", "dsadapter", *words)


@pytest.fixture
def app(tmp_path: Path) -> Path:
    path = tmp_path / "app.py"
    path.write_text(OLD, encoding="utf-8")
    return path


# --- the command ---------------------------------------------------------------------------------


def test_the_diff_is_shown_and_nothing_is_written(app: Path) -> None:
    done = to_dsadapter(app)
    assert done.code == 1
    assert "-import os, openai\n+import os, dsadapter as openai\n" in done.out
    assert "--write" in done.err
    assert app.read_text() == OLD


def test_the_diff_alone_is_on_stdout(app: Path) -> None:
    done = to_dsadapter(app, "--diff")
    assert all(line[0] in "+-@ " for line in done.out.splitlines())


def test_write_and_a_second_run_that_is_empty(app: Path) -> None:
    done = to_dsadapter(app, "--write")
    assert (done.code, app.read_text()) == (0, NEW)
    assert "Undo: mv " in done.err
    again = to_dsadapter(app)
    assert (again.code, again.out) == (0, "")


def test_without_git_a_copy_undoes_it(app: Path) -> None:
    to_dsadapter(app, "--write")
    assert Path(f"{app}.orig").read_text() == OLD
    app.write_text(OLD)
    done = to_dsadapter(app, "--write")
    assert (done.code, app.read_text()) == (1, OLD)
    assert "app.py.orig exists already" in done.err


def test_json(app: Path) -> None:
    done = to_dsadapter(app, "--json")
    report = json.loads(done.out)
    assert (done.code, done.err) == (1, "")
    assert report["files"][0]["path"] == str(app)
    assert report["files"][0]["applied"] == {"to-dsadapter": 1}
    assert report["written"] == []
    written = json.loads(to_dsadapter(app, "--json", "--write").out)
    assert written["written"] == [str(app)]
    assert written["undo"][0].startswith("mv ")


def test_a_file_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    assert to_dsadapter(tmp_path / "none.py").code == 2
    assert migrate().code == 2


def test_nothing_to_do(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text("print(1)\n")
    done = to_dsadapter(path)
    assert (done.code, done.out) == (0, "")
    assert "Nothing to rewrite" in done.err


def test_chinese(app: Path) -> None:
    assert "将被改写" in migrate("--to", "dsadapter", "--lang", "zh", app).err


# --- bytes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("newline", [b"\n", b"\r\n", b"\r"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_bom_stay(tmp_path: Path, newline: bytes, bom: bytes) -> None:
    path = tmp_path / "a.py"
    body = bom + "#程序\nimport openai\nx = '\u2028\x0c'\nif x:\n\topenai".encode()
    path.write_bytes(body.replace(b"\n", newline))
    assert to_dsadapter(path, "--write").code == 0
    expected = body.replace(b"import openai", b"import dsadapter as openai")
    assert path.read_bytes() == expected.replace(b"\n", newline)


@pytest.mark.parametrize("encoding", ["gbk", "latin-1", "utf-8"])
def test_the_encoding_stays(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.py"
    word = "é" if encoding == "latin-1" else "程序"
    text = f"# -*- coding: {encoding} -*-\nx = '{word}'; import openai\n"
    path.write_bytes(text.encode(encoding))
    assert to_dsadapter(path, "--write").code == 0
    expected = text.replace("import openai", "import dsadapter as openai")
    assert path.read_bytes() == expected.encode(encoding)


@pytest.mark.parametrize(
    "raw, why",
    [
        (b'import openai\nprint "x"\n', "SyntaxError"),
        ("import openai\nx = '程序'\n".encode("gbk"), "is not utf-8"),
        (b"import openai\nif 1:\n\tx\n        y\n", "TabError"),
        (b"import openai\nx = 1 \0\n", "null bytes"),
        (b"import openai\n" + b"x = 1\n" * 400_000, "too large"),
        (b"import openai\nx = [" + b"1," * 150_000 + b"]\n", "too large"),
    ],
)
def test_what_cannot_be_read_is_named_and_the_others_go_on(
    tmp_path: Path, app: Path, raw: bytes, why: str
) -> None:
    bad = tmp_path / "bad.py"
    bad.write_bytes(raw)
    done = to_dsadapter(tmp_path, "--write")
    assert done.code == 1
    assert f"{bad} is left as it is: " in done.err
    assert why in done.err
    assert (bad.read_bytes(), app.read_text()) == (raw, NEW)


@pytest.mark.skipif(os.name == "nt", reason="modes of POSIX")
def test_the_mode_stays(app: Path) -> None:
    app.chmod(0o750)
    to_dsadapter(app, "--write")
    assert stat.S_IMODE(app.stat().st_mode) == 0o750


@pytest.mark.skipif(os.name == "nt", reason="modes of POSIX")
def test_a_read_only_file_is_left(app: Path) -> None:
    app.chmod(0o444)
    done = to_dsadapter(app, "--write")
    assert (done.code, app.read_text()) == (1, OLD)
    assert "read-only" in done.err
    assert os.listdir(app.parent) == ["app.py"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_stays_a_link_and_its_file_is_written_once(tmp_path: Path, app: Path) -> None:
    link = tmp_path / "link.py"
    link.symlink_to("app.py")
    assert to_dsadapter(tmp_path, "--write").code == 0
    assert link.is_symlink()
    assert app.read_text() == NEW


def test_a_file_that_changed_meanwhile_is_left(app: Path) -> None:
    with pytest.raises(source_file.Left, match="changed meanwhile"):
        source_file.write(str(app), b"other", b"new")
    assert app.read_text() == OLD


def test_edits_that_overlap_are_refused() -> None:
    assert edits.apply(b"abc", [Edit(1, 2, "B", "r"), Edit(1, 1, "-", "r")]) == b"a-Bc"
    with pytest.raises(edits.Overlap):
        edits.apply(b"abc", [Edit(0, 2, "x", "r"), Edit(1, 3, "y", "r")])


def test_what_is_moved_takes_the_edits_within_it_along() -> None:
    raw = b"f(a=bc, d=e)"
    cut, put = Edit(2, 8, "", "r"), Edit(12, 12, f".g({edits.moved(4, 6)})", "r")
    assert edits.apply(raw, [cut, put, Edit(5, 6, "C", "r"), Edit(10, 11, "E", "r")]) == (
        b"f(d=E).g(bC)"
    )


def test_a_line_whose_changes_go_into_each_other_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def overlapping(analysis: Any) -> None:
        analysis.edits += [Edit(14, 16, "x", "call"), Edit(15, 17, "y", "call")]

    monkeypatch.setattr("dsadapter._migrate.to_openai.rewrite", overlapping)
    path = tmp_path / "app.py"
    path.write_text("import openai\nabcd\n")
    done = migrate(path)
    assert done.code == 1
    assert "two changes of line 2 go into each other" in done.err
    assert "Overlap" not in done.err + done.out


def test_an_edit_beside_a_comment_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "app.py"
    path.write_text("import openai\nprint(openai.api_base)\n")
    done = migrate(path)
    assert "+print(openai.base_url)" in done.out
    assert "1 edit, 1 place" in done.err


def test_a_notebook_in_which_an_argument_is_moved(tmp_path: Path) -> None:
    call = "openai.ChatCompletion.create(model=m, messages=x, headers={'x': openai.api_base})"
    sources = ["%time import openai\n", f"openai.api_base = u\n\n{call}['id']"]
    cells = [{"cell_type": "code", "metadata": {}, "outputs": [], "source": s} for s in sources]
    path = tmp_path / "a.ipynb"
    path.write_text(json.dumps({"cells": cells}, indent=1) + "\n")
    migrate(path, "--write")
    source = "".join(json.loads(path.read_text())["cells"][1]["source"])
    assert "extra_headers={'x': openai.base_url}).to_dict()['id']" in source


F_STRING = """\
print(f"é{{}} {r.a['b'].c!r:>{width}} {x=} {y:%H:%M}" f'{z}{a!=b}', "程序", rf"\\d{w}")
s = f'''
{first}
  {second.third}'''
"""


def test_the_parts_of_an_f_string_stand_where_they_are() -> None:
    import ast

    document = Document(F_STRING)
    names = [n for n in document.nodes if isinstance(n, ast.Name) and document.is_placed(n)]
    sources = {node.id: document.source(node) for node in names}
    assert {"r", "x", "y", "z", "a", "b", "w", "first", "second"} <= set(sources)
    assert all(name == source for name, source in sources.items())
    attributes = [n for n in document.nodes if isinstance(n, ast.Attribute)]
    assert {document.source(n) for n in attributes} == {"r.a", "r.a['b'].c", "second.third"}


# --- git -----------------------------------------------------------------------------------------


def git(folder: Path, *words: str) -> None:
    identity = ["-c", "user.name=x", "-c", "user.email=x@example.com"]
    subprocess.run(["git", *identity, *words], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def committed(app: Path) -> Path:
    git(app.parent, "init", "-q")
    git(app.parent, "add", "app.py")
    git(app.parent, "commit", "-qm", "x")
    return app


@needs_git
def test_git_undoes_it(committed: Path) -> None:
    done = to_dsadapter(committed, "--write")
    assert (done.code, committed.read_text()) == (0, NEW)
    command = done.err.partition("Undo: ")[2].strip()
    subprocess.run(command, shell=True, check=True, capture_output=True)
    assert committed.read_text() == OLD
    assert not list(committed.parent.glob("*.orig"))


@needs_git
@pytest.mark.parametrize("is_dirty", [False, True])
def test_the_command_that_undoes_many_files_is_short(committed: Path, is_dirty: bool) -> None:
    folder, other = committed.parent / "many", committed.parent / "other.txt"
    folder.mkdir()
    files = [folder / f"app{number}.py" for number in range(8)]
    for file in files:
        file.write_text(OLD)
    other.write_text("x")
    git(committed.parent, "add", ".")
    git(committed.parent, "commit", "-qm", "y")
    if is_dirty:
        other.write_text("mine")
    done = to_dsadapter(folder, "--write", *(["--force"] if is_dirty else []))
    assert done.code == 0 and {file.read_text() for file in files} == {NEW}
    command = next(line for line in done.err.split("\n") if line.startswith("Undo: "))[6:]
    assert command.count(".py") == (8 if is_dirty else 0)
    subprocess.run(command, shell=True, check=True, capture_output=True)
    assert {file.read_text() for file in files} == {OLD}
    assert other.read_text() == ("mine" if is_dirty else "x")


@needs_git
def test_a_dirty_tree_is_refused_unless_forced(committed: Path) -> None:
    other = committed.parent / "other.txt"
    other.write_text("x")
    git(committed.parent, "add", "other.txt")
    done = to_dsadapter(committed, "--write")
    assert (done.code, committed.read_text()) == (2, OLD)
    assert "other.txt" in done.err
    assert to_dsadapter(committed, "--write", "--force").code == 0
    assert committed.read_text() == NEW


@needs_git
def test_what_git_does_not_have_gets_a_copy(committed: Path) -> None:
    new = committed.parent / "new.py"
    new.write_text(OLD)
    done = to_dsadapter(committed.parent, "--write")
    assert done.code == 0
    assert [path.name for path in committed.parent.glob("*.orig")] == ["new.py.orig"]
