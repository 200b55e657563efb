"""``--fix``: shown, asked for, run, checked, and how to undo it said. Nothing unasked."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Callable, List, NamedTuple

import pytest
from doctor_machines import machine

from dsadapter._doctor import fix_runner, installer, registry
from dsadapter._doctor.collect import Request
from dsadapter._doctor.fix_commands import command, fix, rename
from dsadapter._doctor.render import Screen
from dsadapter._doctor.report import Report
from dsadapter._doctor.search_path import Subject
from dsadapter._doctor.secrets import Secrets
from dsadapter._doctor.snapshot import Damage, Probe, Python, Snapshot, Step, Tool
from dsadapter._texts.text import Text

KEY = "sk-0123456789abcdef0123456789abcdef"
HERE = Tool("~/app/.venv/bin/python", True)
OTHER = Tool("/usr/bin/python", False)


@pytest.mark.parametrize(
    ("python", "shown"),
    [
        (Python(), 'pip install "httpx<0.28"'),
        (Python(pip=OTHER), 'python -m pip install "httpx<0.28"'),
        (Python(pip=OTHER, python=OTHER), '~/app/.venv/bin/python -m pip install "httpx<0.28"'),
        (Python(has_pip=False, uv="/bin/uv"), 'uv pip install "httpx<0.28"'),
        (
            Python(has_pip=False, uv="/bin/uv", python=OTHER),
            'uv pip install --python ~/app/.venv/bin/python "httpx<0.28"',
        ),
        (
            Python(pip=OTHER, python=OTHER, executable="C:/My Python/python.exe"),
            '"C:/My Python/python.exe" -m pip install "httpx<0.28"',
        ),
    ],
)
def test_the_installer_that_reaches_this_interpreter(python: Python, shown: str) -> None:
    found = command(python, 'pip install "httpx<0.28"')
    assert found.shown == shown
    assert found.argv == ("{pip}", "install", "httpx<0.28")


def test_commands_for_people_are_not_run() -> None:
    assert command(Python(), "unset X").argv == ()
    assert command(Python(), "export X=1").argv == ()
    assert command(Python(), "pip uninstall x").argv == ("{pip}", "uninstall", "-y", "x")


def test_renaming_on_windows() -> None:
    s = machine(python={"windows": True})
    text = rename(s, "C:\\app\\openai.py", "C:\\app\\openai_app.py")
    found = fix(s, Text("x", "x"), text).commands[0]
    assert found.shown == "ren C:\\app\\openai.py openai_app.py"
    assert found.argv == ("move", "C:\\app\\openai.py", "C:\\app\\openai_app.py")


@pytest.mark.parametrize(
    ("output", "say"),
    [
        (
            "ERROR: Could not find a version that satisfies the requirement openai>=99 (from x)\n"
            "ERROR: No matching distribution found for openai>=99",
            "has no openai>=99",
        ),
        (
            "  x Because there are no versions of openai>=99 and you require ...",
            "has no openai>=99",
        ),
        (
            "ERROR: Could not find a version that satisfies the requirement openai>=3 (from "
            "versions: none)",
            "it cannot be reached, or does not have it",
        ),
        ("WARNING: Retrying ... Failed to establish a new connection: x", "cannot be reached"),
        ("error: Failed to fetch: `https://x/simple`\n Caused by: dns error", "cannot be reached"),
        ("first\nlast line\n\n", "last line"),
        ("", "?"),
    ],
)
def test_why_an_installation_failed(output: str, say: str, monkeypatch: Any) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "https://me:secret@mirror.example/simple")
    said = installer.explain_failure(output)
    assert say in said.en and said.zh and "secret" not in said.en
    assert "mirror.example" in said.en or "failed" in said.en


# --- run -----------------------------------------------------------------------------------------


def test_nothing_is_touched_where_nobody_can_be_asked(run: Any, tmp_path: Path) -> None:
    (tmp_path / "openai.py").write_text("x = 1\n")
    ran = run("doctor", "sdk-shadow", "--fix")
    assert ran.code == 1 and "--yes" in ran.out
    assert os.listdir(tmp_path) == ["openai.py"]


@pytest.mark.skipif(os.name == "nt", reason="mv")
def test_a_file_in_the_way_is_renamed_and_the_way_back_said(run: Any, tmp_path: Path) -> None:
    (tmp_path / "openai.py").write_text("x = 1\n")
    ran = run("doctor", "sdk-shadow", "--fix", "--yes")
    assert ran.code == 0
    assert os.listdir(tmp_path) == ["openai_app.py"]
    assert "Mended: sdk-shadow" in ran.out
    assert f"mv {tmp_path}/openai_app.py {tmp_path}/openai.py" in ran.out.replace("\n", " ")


def test_an_env_file_is_saved_as_utf8_and_kept(run: Any, tmp_path: Path) -> None:
    raw = f"# 我的密钥\nDEEPSEEK_API_KEY={KEY}\n".encode("gbk")
    (tmp_path / ".env").write_bytes(raw)
    ran = run("doctor", "settings-env-encoding", "--fix", "--yes", "--lang", "zh")
    assert ran.code == 0 and "已修好" in ran.out
    assert (tmp_path / ".env").read_text(encoding="utf-8").startswith("# 我的密钥")
    assert (tmp_path / ".env.bak").read_bytes() == raw
    assert KEY[3:-4] not in ran.out + ran.err


def test_what_only_a_person_can_do_is_left_to_them(run: Any) -> None:
    ran = run("doctor", "settings-key", "--fix", "--yes")
    assert ran.code == 0 and "by hand" in ran.out


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(("answer", "left"), [("n\n", "openai.py"), ("y\n", "openai_app.py")])
def test_on_a_terminal_it_asks(tmp_path: Path, answer: str, left: str) -> None:
    import pty
    import subprocess

    from doctor_machines import ROOT

    (tmp_path / "openai.py").write_text("x = 1\n")
    ours, theirs = pty.openpty()
    try:
        os.write(ours, answer.encode())
        done = subprocess.run(
            [sys.executable, "-m", "dsadapter", "doctor", "sdk-shadow", "--fix"],
            stdin=theirs,
            capture_output=True,
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT), "LANG": "en_US.UTF-8"},
            timeout=60,
        )
    finally:
        os.close(ours)
        os.close(theirs)
    assert b"Run it? [y/N]" in done.stdout
    assert [name for name in os.listdir(tmp_path) if name.endswith(".py")] == [left]


# --- what is not run, and why --------------------------------------------------------------------


class Run(NamedTuple):
    out: str
    ran: List[List[str]]


@pytest.fixture()
def offer(monkeypatch: Any, capsys: Any) -> Callable[..., Run]:
    """``--fix --yes`` on a machine as data; what would be run is noted."""

    def start(s: Snapshot, installers: bool = True, verify: bool = False) -> Run:
        ran: List[List[str]] = []

        def run(argv: Any, echo: Any = None) -> installer.Outcome:
            ran.append(list(argv))
            return installer.Outcome(True)

        monkeypatch.setattr(installer, "run", run)
        monkeypatch.setattr(installer, "install_command", lambda p: [p, "-m", "pip"] * installers)
        monkeypatch.setattr(fix_runner, "collect", lambda *_: s)
        subject = Subject("/", "/", [])
        runner = fix_runner.FixRunner(
            fix_runner.FixOptions(True, verify),
            subject,
            Secrets(),
            Request(),
            registry.CHECKS,
            Screen(),
        )
        runner.run(Report(s, registry.run(s)))
        return Run(capsys.readouterr().out, ran)

    return start


def without(name: str, **more: Any) -> Snapshot:
    s = machine("1.109.1", **more)
    dists = tuple(d for d in s.packages.dists if d.name != name)
    modules = {k: v for k, v in s.packages.modules.items() if k != name}
    return s._replace(packages=s.packages._replace(dists=dists, modules=modules))


def damaged(**more: Any) -> Snapshot:
    s = machine("1.109.1", installed={"damages": {"jiter": Damage(("jiter/a.py",))}})
    dists = tuple(d._replace(**more) if d.name == "jiter" else d for d in s.packages.dists)
    return s._replace(packages=s.packages._replace(dists=dists))


def test_without_an_installer_nothing_is_run_and_the_way_to_one_is_said(offer: Any) -> None:
    run = offer(without("jiter"), installers=False)
    assert run.ran == []
    assert "neither pip nor uv reaches" in run.out and "-m ensurepip --upgrade" in run.out


def test_no_word_of_an_argv_is_lost_without_an_installer(monkeypatch: Any) -> None:
    monkeypatch.setattr(installer, "install_command", lambda python: [])
    assert installer.expand(("{pip}", "install", "x"), "python") == []
    assert installer.run([]).ok is False


def test_one_command_for_all_that_is_missing(offer: Any) -> None:
    run = offer(without("jiter"))
    assert [argv[1:] for argv in run.ran] == [["-m", "pip", "install", "jiter>=0.4.0,<1"]]


def test_what_no_index_has_is_left_to_its_owner(offer: Any) -> None:
    run = offer(damaged(local=True))
    assert run.ran == [] and "from a folder or a URL" in run.out and "by hand" in run.out


@pytest.mark.parametrize(
    ("where", "shown"),
    [
        ({"place": "user"}, "pip install --user --force-reinstall --no-deps"),
        (
            {"place": "target", "folder": "/srv/lib"},
            "pip install --target /srv/lib --upgrade --force-reinstall --no-deps",
        ),
        ({}, "pip install --force-reinstall --no-deps"),
    ],
)
def test_a_package_goes_to_where_it_lay(offer: Any, where: Any, shown: str) -> None:
    run = offer(damaged(**where))
    assert f'{shown} "jiter==0.19.0"' in run.out
    assert [argv[3:] for argv in run.ran] == [
        [*shown.split()[1:], "jiter==0.19.0"],
    ]


@pytest.mark.parametrize(
    ("where", "say"),
    [
        ({"place": "system"}, "apt install --reinstall python3-jiter"),
        ({"installer": "conda"}, "conda install --force-reinstall jiter=0.19.0"),
    ],
)
def test_a_package_of_somebody_else_is_theirs(offer: Any, where: Any, say: str) -> None:
    run = offer(damaged(**where))
    assert run.ran == [] and say in run.out.replace("\n       ", " ")


def test_where_the_system_forbids_it_an_environment_is_made(
    offer: Any, tmp_path: Any, monkeypatch: Any
) -> None:
    """PEP 668."""
    python = {"kind": "system", "managed": True, "executable": "/usr/bin/python3"}
    s = without("jiter", python={**python, "python": Tool("/usr/bin/python3", True)})
    monkeypatch.chdir(tmp_path)
    run = offer(s)
    assert "1. python3 -m venv .venv" in run.out
    assert '2. .venv/bin/python -m pip install "jiter>=0.4.0,<1"' in run.out
    assert run.ran[-1] == [".venv/bin/python", "-m", "pip", "install", "jiter>=0.4.0,<1"]


def test_a_root_cause_that_cannot_be_run_stops_what_follows(offer: Any) -> None:
    probe = Probe("modern-openai", (Step("import", "ImportError", "no"),))
    s = machine("1.109.1", python={"foreign_paths": ("/x/python3.7/site-packages",)}, probe=probe)
    run = offer(s)
    assert run.ran == []
    assert "has to be done by hand" in run.out
    assert "left alone until then: sdk-works" in run.out


def test_proved_only_what_can_be_proved(offer: Any) -> None:
    run = offer(machine("1.109.1", python={"has_pip": False}), verify=True)
    assert run.ran == [] and "nothing of it was proved" in run.out


def test_a_second_name_is_chosen(run: Any, tmp_path: Path) -> None:
    (tmp_path / "openai.py").write_text("x = 1\n")
    (tmp_path / "openai_app.py").write_text("mine\n")
    ran = run("doctor", "sdk-shadow", "--fix", "--yes", "--no-probe")
    assert ran.code == 0, ran.told()
    assert (tmp_path / "openai_app.py").read_text() == "mine\n"
    assert (tmp_path / "openai_app_2.py").read_text() == "x = 1\n"


def test_the_file_that_is_named_is_renamed(run: Any, tmp_path: Path) -> None:
    """sub/json.py, and not the working directory's json.py."""
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "app.py").write_text("import openai\n")
    (tmp_path / "sub" / "json.py").write_text("x = 1\n")
    (tmp_path / "json.py").write_text("mine\n")
    ran = run("doctor", "sub/app.py", "sdk-stdlib-shadow", "--fix", "--yes", "--no-probe")
    assert (tmp_path / "json.py").read_text() == "mine\n", ran.told()
    assert sorted(os.listdir(tmp_path / "sub")) == ["app.py", "json_app.py"]


def test_helpers_of_the_user_are_not_deleted(run: Any, tmp_path: Path) -> None:
    (tmp_path / "openai").mkdir()
    (tmp_path / "openai" / "helpers.py").write_text("mine\n")
    ran = run("doctor", "sdk-shadow", "--no-probe", "--json", flags=["-S"])
    assert "Delete" not in ran.out and "openai_app" in ran.out


@pytest.mark.skipif(os.name == "nt", reason="permissions")
def test_the_copy_of_an_env_file_is_private_and_new(run: Any, tmp_path: Path) -> None:
    raw = f"# 我的密钥\nDEEPSEEK_API_KEY={KEY}\n".encode("gbk")
    (tmp_path / ".env").write_bytes(raw)
    (tmp_path / ".env.bak").write_text("mine\n")
    ran = run("doctor", "settings-env-encoding", "--fix", "--yes")
    assert ran.code == 0, ran.told()
    assert (tmp_path / ".env.bak").read_text() == "mine\n"
    (copy,) = [path for path in tmp_path.glob(".env*") if path.name not in (".env", ".env.bak")]
    assert copy.read_bytes() == raw and copy.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "argv, has_socks, expected",
    [
        (["python", "-m", "pip", "install", "x"], False, None),
        (["python", "-m", "pip", "install", "x"], True, "socks5://127.0.0.1:9"),
        (["uv", "pip", "install", "x"], False, "socks5://127.0.0.1:9"),
    ],
)
def test_pip_gets_no_proxy_that_it_cannot_speak_to(
    argv: List[str], has_socks: bool, expected: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is to install what speaks SOCKS."""
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:9")
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:8")
    monkeypatch.setattr(installer, "find_spec", lambda name: object() if has_socks else None)
    seen: List[Any] = []

    def run(argv: List[str], **more: Any) -> Any:
        seen.append(os.environ if more["env"] is None else more["env"])
        return subprocess.CompletedProcess(argv, 0, b"", b"")

    monkeypatch.setattr(installer.subprocess, "run", run)
    assert installer.run(argv).ok
    assert seen[0].get("ALL_PROXY") == expected and seen[0]["HTTPS_PROXY"]
