"""``--prove``: what is compared, what runs, and where. The environments themselves are made by
``tox run -e migrate``."""

from __future__ import annotations

import contextlib
import io
import os
import re
import sys
from pathlib import Path
from typing import Any, List

import pytest

from dsadapter.__main__ import main
from dsadapter._migrate import prove
from dsadapter._migrate.project import Migration
from dsadapter._migrate.prove_compare import compare
from dsadapter._migrate.prove_runs import Outcome, Request, Stage

SENT = Request("POST", "/v1/chat/completions", {"a": 1, "b": None}, "k")
FINE = Outcome((SENT, SENT), "one\ntwo\n", 0, "")


def difference(after: Outcome, before: Outcome = FINE, ignored: Any = ()) -> str:
    verdict = compare(before, after, [re.compile(pattern) for pattern in ignored])
    return verdict.difference.en if verdict.difference else ""


def test_equal_runs() -> None:
    other = Request("POST", "/v1/chat/completions", {"b": None, "a": 1}, "k")
    assert difference(FINE._replace(requests=(other, SENT))) == ""
    pair = FINE._replace(stdout='{"a": 1, "b": 2}\n'), FINE._replace(stdout='{"b":2,"a":1}\n')
    assert difference(*pair) == ""


def test_a_retired_model_is_its_new_name_and_mode() -> None:
    old = SENT._replace(body={"model": "deepseek-reasoner", "messages": []})
    mode = {"model": "deepseek-flash", "messages": [], "thinking": {"type": "enabled"}}
    before = FINE._replace(requests=(old,))
    assert difference(FINE._replace(requests=(SENT._replace(body=mode),)), before) == ""
    mode["thinking"] = {"type": "disabled"}
    assert difference(FINE._replace(requests=(SENT._replace(body=mode),)), before)


@pytest.mark.parametrize(
    "change, words",
    [
        ({"requests": (SENT,)}, "2 requests, then 1"),
        ({"requests": (SENT, SENT._replace(path="/v1chat/completions"))}, "/v1chat/completions"),
        ({"requests": (SENT, SENT._replace(key="other"))}, "a request was"),
        ({"requests": (SENT, SENT._replace(body={"a": 1}))}, "a request was"),
        ({"stdout": "one\nthree\n"}, "line 2 of the output was 'two', then 'three'"),
        ({"stdout": "one\n"}, "line 2"),
        ({"code": 3}, "the exit code was 0, then 3"),
        ({"error": "builtins.KeyError"}, "it ended with -, then with builtins.KeyError"),
    ],
)
def test_the_first_difference_is_told(change: Any, words: str) -> None:
    assert words in difference(FINE._replace(**change))


@pytest.mark.parametrize(
    "before, after, is_equal",
    [
        ("openai.error.RateLimitError", "openai.RateLimitError", True),
        ("openai.error.InvalidRequestError", "openai.NotFoundError", True),
        ("openai.error.APIError", "openai.APIStatusError", True),
        ("openai.error.RateLimitError", "openai.lib._old_api.APIRemovedInV1", False),
        ("openai.error.Timeout", "openai.RateLimitError", False),
        ("builtins.KeyError", "builtins.KeyError", True),
        ("builtins.KeyError", "builtins.TypeError", False),
    ],
)
def test_two_crashes_are_equal_by_the_table_alone(before: str, after: str, is_equal: bool) -> None:
    pair = FINE._replace(error=after, code=1), FINE._replace(error=before, code=1)
    assert (difference(*pair) == "") is is_equal


def test_a_cut_stream_is_an_allowed_difference_with_a_name() -> None:
    before = FINE._replace(error="requests.exceptions.ChunkedEncodingError", code=1)
    after = FINE._replace(error="openai.APIConnectionError", code=1)
    verdict = compare(before, after, ())
    assert verdict.difference is None
    assert verdict.is_cut


def test_what_is_ignored_is_left_out_on_both_sides() -> None:
    after = FINE._replace(stdout="one\nat 12:00\n")
    before = FINE._replace(stdout="one\nat 11:59\n")
    assert difference(after, before)
    assert difference(after, before, [r"\d\d:\d\d"]) == ""


# --- one run -------------------------------------------------------------------------------------

PROGRAM = """\
import http.client, json, os, sys
print(sorted(n for n in os.environ if n.startswith("OPENAI")), sys.argv[1:])
connection = http.client.HTTPSConnection("api.deepseek.com")
body = json.dumps({"model": "deepseek-chat", "messages": [{"role": "user", "content": "hi"}]})
headers = {"Authorization": "Bearer sk-x", "Content-Type": "application/json"}
connection.request("POST", "/chat/completions", body, headers)
print(connection.getresponse().status)
open("written", "w").write("x")
import helper
if len(sys.argv) > 1:
    http.client.HTTPSConnection("example.com").request("GET", "/")
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "app.py").write_text(PROGRAM)
    (folder / "helper.py").write_text("print('old')\n")
    return folder


def test_a_run_is_offline_in_a_copy_without_keys(
    project: Path, tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.setenv("OPENAI_API_BASE", "https://example.com")
    monkeypatch.setenv("DEEPSEEK_API_KEY", "sk-" + "0123456789abcdef" * 2)
    stage = Stage(str(tmp_path))
    new = {"helper.py": b"print('new')\n"}
    fine = stage.run(sys.executable, str(project), ["app.py"], "", new)
    assert (fine.code, fine.error) == (0, ""), fine.stderr
    assert fine.stdout == "['OPENAI_API_KEY'] []\n200\nnew\n"
    assert [(r.method, r.path, r.body["model"]) for r in fine.requests] == [
        ("POST", "/chat/completions", "deepseek-chat")
    ]
    assert sorted(os.listdir(project)) == ["app.py", "helper.py"]
    refused = stage.run(sys.executable, str(project), ["app.py", "x"], "status-429", {})
    assert refused.stdout == "['OPENAI_API_KEY'] ['x']\n429\nold\n"
    assert (refused.code, refused.error) == (1, "dsadapter._dropin.offline.OfflineError")


# --- the plan ------------------------------------------------------------------------------------


def planned(command: str, *paths: Path) -> prove.Plan:
    return prove.plan(command, [str(path) for path in paths], Migration((), ()), 3, [])


def test_the_plan(project: Path) -> None:
    (project / "requirements.txt").write_text("openai==0.28\nflask>=2\n")
    plan = planned("python3 app.py --flag 'a b'", project / "app.py")
    assert plan.words == ("app.py", "--flag", "a b")
    assert (plan.folder, plan.requirements) == (str(project), ("flask>=2",))


@pytest.mark.parametrize("command", ["./app.sh", "python", "node app.js"])
def test_a_command_that_is_no_python_is_refused(project: Path, command: str) -> None:
    with pytest.raises(prove.NotPossible, match="no program of Python"):
        planned(command, project)


def command(*words: Any) -> List[Any]:
    err = io.StringIO()
    with contextlib.redirect_stderr(err), contextlib.redirect_stdout(io.StringIO()):
        code = main(["migrate", "--lang", "en", *map(str, words)])
    return [code, err.getvalue()]


def test_nothing_runs_without_consent(project: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("yes\n"))
    code, err = command(project, "--prove", "python app.py")
    assert code == 3
    assert "will run 8 times" in err
    assert "add --yes" in err


def test_what_cannot_be_meant_is_not_proved(project: Path) -> None:
    assert command(project, "--prove", "make run", "--yes")[0] == 3
    assert command(project, "--prove", "python app.py", "--prove-ignore", "(", "--yes")[0] == 3


def test_a_program_that_fails_before_is_not_proved(project: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(prove, "_environment", lambda *_: sys.executable)
    code, err = command(project, "--prove", "python app.py x", "--yes")
    assert code == 3
    assert "fails before it is rewritten" in err


def test_runs_that_are_equal_are_proved(project: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(prove, "_environment", lambda *_: sys.executable)
    code, err = command(project, "--prove", "python app.py", "--yes")
    assert (code, err.count(": equal")) == (0, 4)
    assert "Proved" in err
