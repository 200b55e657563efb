"""The command as a user starts it: exit codes, JSON, reports, screens, broken machines."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import sys
from pathlib import Path
from typing import Any, Dict, List
from unicodedata import east_asian_width

import pytest
from doctor_machines import ROOT

from dsadapter._doctor import registry, text_wrap

KEY = "sk-0123456789abcdef0123456789abcdef"
SCHEMA = json.loads((ROOT / "dsadapter" / "_doctor" / "schema.json").read_text(encoding="utf-8"))
RAISING = "raise SystemError('cwd-was-imported')\n"


# --- exit codes and arguments --------------------------------------------------------------------


def test_a_problem_is_exit_code_1(run: Any) -> None:
    ran = run("doctor", "settings", env={"DEEPSEEK_API_KEY": "your-key"})
    assert ran.code == 1
    assert "settings-key-shape" in ran.out and "placeholder" in ran.out


def test_fine_is_exit_code_0(run: Any) -> None:
    ran = run("doctor", "settings", env={"DEEPSEEK_API_KEY": KEY})
    assert (ran.code, ran.err) == (0, "")
    assert "0 problems" in ran.out


def test_a_warning_counts_with_strict(run: Any) -> None:
    assert run("doctor", "settings-key").code == 0
    assert run("doctor", "settings-key", "--strict").code == 1


def test_an_id_runs_that_check_and_no_other(run: Any, tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text('import requests\nm = {"model": "deepseek-chat"}\n')
    (tmp_path / "requirements.txt").write_text("openai==1.55.2\nhttpx==0.28.1\n")
    ran = run("doctor", "code-pins", "python-version", "app.py", "--no-probe", "--json")
    assert {row["id"] for row in ran.data["findings"]} == {"code-pins", "python-version"}
    assert ran.data["summary"]["warn"] == 0 and ran.code == 1
    both = run("doctor", "python-version", "app.py", "--no-probe", "--json")
    assert {"code-pins", "code-retired-model"} <= set(both.found())
    assert "--report" not in run("doctor", "python-version", "--no-probe").out


@pytest.mark.parametrize(
    ("argv", "say"),
    [
        (["setings"], "settings"),
        (["settings-kye"], "settings-key"),
        (["nowhere.py"], "nowhere.py"),
        (["--yes"], "--fix"),
        (["--fix", "--json"], "--json"),
        (["--nonsense"], "--nonsense"),
    ],
)
def test_wrong_usage_is_exit_code_2(run: Any, argv: List[str], say: str) -> None:
    ran = run("doctor", *argv)
    assert ran.code == 2 and say in ran.err and ran.out == ""
    assert "Traceback" not in ran.err


UNREAD = {"bad.py": b"def (", "bad.ipynb": b"{}", "large.py": b"x = 1\n" * 400_000}


@pytest.mark.parametrize("name", UNREAD)
@pytest.mark.parametrize("more", [[], ["code"], ["code-pins"]])
def test_a_named_file_that_cannot_be_read_is_exit_code_2(
    run: Any, tmp_path: Path, name: str, more: List[str]
) -> None:
    (tmp_path / name).write_bytes(UNREAD[name])
    (tmp_path / "app.py").write_text("m = 'deepseek-chat'\n")
    ran = run("doctor", *more, name, "app.py", "--no-probe", "--json")
    assert ran.code == ran.data["summary"]["exit_code"] == 2
    assert not [row for row in ran.found("ok") if row.startswith("code-")]
    screen = run("doctor", *more, name, "app.py", "--no-probe")
    assert screen.code == 2 and f"{name} could not be read: " in screen.out
    assert ("code-retired-model" in ran.found()) == (more != ["code-pins"])


def test_in_a_folder_it_is_passed_over(run: Any, tmp_path: Path) -> None:
    (tmp_path / "bad.py").write_text("def (")
    (tmp_path / "app.py").write_text("x = 1\n")
    ran = run("doctor", "code", ".", "--json")
    assert ran.code == 0 and ran.found("info") == ["code-unparsed"]


def test_a_folder_without_files_passes_nothing(run: Any, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    ran = run("doctor", "code", "empty", "--json")
    assert ran.code == 0 and ran.found("ok") == []
    assert "no file of code" in run("doctor", "empty", "--no-probe").out


@pytest.mark.parametrize("place", ["environment", ".env"])
@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("DEEPSEK_API_KEY", "DEEPSEEK_API_KEY"),
        ("DEEKSEEK_API_KEY", "DEEPSEEK_API_KEY"),
        ("DEEPSEEK_API_KEI", "DEEPSEEK_API_KEY"),
        ("DEEPSEEK_API_KEYS", "DEEPSEEK_API_KEY"),
        ("DEEPSEEK_KEY", "DEEPSEEK_API_KEY"),
        ("OPENAI_APIKEY", "OPENAI_API_KEY"),
        ("OPENIA_API_KEY", "OPENAI_API_KEY"),
    ],
)
def test_a_misspelt_key_variable(
    run: Any, tmp_path: Path, name: str, meant: str, place: str
) -> None:
    value = "0123456789abcdef-fedcba9876543210"  # no shape by which it would be hidden
    if place == ".env":
        (tmp_path / ".env").write_text(f"{name}={value}\n")
    ran = run("doctor", "settings", "--json", env={name: value} if place != ".env" else {})
    found = ran.finding("settings-key-names")
    assert found["status"] == "warn" and name in found["message"]
    assert meant in found["fix"]["text"]
    assert [row["id"] for row in found["consequences"]] == ["settings-key"]
    assert value not in ran.out


@pytest.mark.parametrize(
    "names",
    [
        ["DEEPSEK_API_KEY", "DEEPSEEK_API_KEY"],
        ["ZAI_API_KEY", "XAI_API_KEY", "AZURE_OPENAI_API_KEY", "OLLAMA_API_KEY"],
        ["OPENAQ_API_KEY", "OPENSEA_API_KEY", "EXA_API_KEY", "DEEPL_API_KEY", "LLAMA_API_KEY"],
        ["DEEPSEEK_API_KEY_FILE", "VITE_DEEPSEEK_API_KEY", "OPENAI_API_KEY_PATH"],
        ["DEEPSEEK_API_BASE", "DEEPSEEK_BASE_URL"],
    ],
)
def test_other_variables_are_spelt_right(run: Any, names: List[str]) -> None:
    ran = run("doctor", "settings-key-names", "--json", env=dict.fromkeys(names, KEY))
    assert ran.found("ok") == ["settings-key-names"]


def test_a_backend_that_is_not_known(run: Any, tmp_path: Path) -> None:
    env = {"DSADAPTER_BACKEND": "foo"}
    ran = run("doctor", "settings", "sdk", "--no-probe", "--json", env=env)
    assert ran.data["selection"]["backend"] == "" and "sdk-backend" in ran.found("fail")
    told = ran.finding("settings-own")
    assert (told["status"], told["follows"]) == ("info", ["sdk-backend"])
    assert "DSADAPTER_BACKEND=foo" in told["message"] and "modern-openai" in told["message"]
    screen = run("doctor", "settings-own", "--report", "r.md", env=env).out
    assert "no backend (foo cannot be used) · https://api.deepseek.com" in screen
    assert "foo: There is no backend" in (tmp_path / "r.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "value", "say"),
    [
        ("DSADAPTER_PROVIDER", "foo", "moonshot"),
        ("DSADAPTER_MAX_CONCURRENCY", "7", "auto"),
        ("DSADAPTER_REPAIR", "yes", "on, off, error"),
    ],
)
def test_a_setting_that_is_not_known(run: Any, name: str, value: str, say: str) -> None:
    ran = run("doctor", "settings", "--json", env={name: value, "DEEPSEEK_API_KEY": KEY})
    assert ran.code == 1 and ran.found() == ["settings-own"]
    assert say in ran.finding("settings-own")["message"]


@pytest.mark.parametrize("value", ["Moonshot", "kimi", "deepseek"])
def test_a_provider_is_known_by_any_of_its_names(run: Any, value: str) -> None:
    ran = run("doctor", "settings-own", "--json", env={"DSADAPTER_PROVIDER": value})
    assert ran.found("ok") == ["settings-own"]


def test_the_head_tells_nothing_that_is_not_known() -> None:
    from doctor_machines import machine

    from dsadapter._doctor import render
    from dsadapter._doctor.report import Report

    broken = machine(crashes=(("settings", "OSError: x"),))
    text = render.text(Report(broken, registry.run(broken)), render.Screen())
    assert "api.deepseek.com" not in text.split("[")[0]


def test_a_crash_without_problem_is_exit_code_3() -> None:
    from doctor_machines import machine

    from dsadapter._doctor.report import Report

    broken = machine(crashes=(("network", "OSError: x"),))
    assert Report(broken, registry.run(broken)).exit_code == 3
    failed = machine(python={"version": "3.7.1"}, crashes=(("network", "OSError: x"),))
    assert Report(failed, registry.run(failed)).exit_code == 1


def test_list(run: Any) -> None:
    ran = run("doctor", "--list")
    ids = [line.split()[0] for line in ran.out.splitlines()]
    assert ran.code == 0 and ids == [check.id for check in registry.CHECKS]
    data = json.loads(run("doctor", "--list", "--json", "--lang", "zh").out)
    assert [row["id"] for row in data] == ids


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_help_has_an_example(run: Any, lang: str) -> None:
    ran = run("doctor", "--help", "--lang", lang)
    assert ran.code == 0 and "python -m dsadapter doctor app.py" in ran.out


def test_ids_and_groups_choose(run: Any) -> None:
    ran = run("doctor", "settings-key", "network", "--json", "--no-probe")
    groups = {finding["group"] for finding in ran.data["findings"]}
    assert groups == {"settings", "network"}
    assert {f["id"] for f in ran.data["findings"] if f["group"] == "settings"} == {"settings-key"}


def test_a_path_is_scanned(run: Any, tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text("m = 'deepseek-chat'\nprint(m)\n")
    ran = run("doctor", "app.py", "--no-probe", "--json")
    found = ran.finding("code-retired-model")
    assert found["status"] == "warn"
    assert (found["data"]["file"], found["data"]["line"]) == ("app.py", 1)
    assert "app.py:1" in run("doctor", "app.py", "--no-probe").out


# --- JSON ----------------------------------------------------------------------------------------


def problems_of(value: Any, schema: Dict[str, Any], where: str = "$") -> List[str]:
    """A validator for the part of JSON Schema that ours uses."""
    found = []
    kinds = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}
    if "const" in schema and value != schema["const"]:
        found.append(f"{where} is not {schema['const']!r}")
    if "enum" in schema and value not in schema["enum"]:
        found.append(f"{where}={value!r} is not in {schema['enum']}")
    if "type" in schema:
        names = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        whole = isinstance(value, int) and not isinstance(value, bool)
        fits = [whole if name == "integer" else isinstance(value, kinds[name]) for name in names]
        if not any(fits):
            return [*found, f"{where} is no {names}"]
    if isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
        found.append(f"{where}={value!r} does not match {schema['pattern']}")
    if isinstance(value, dict):
        found += [f"{where}.{k} is missing" for k in schema.get("required", []) if k not in value]
        for name, inner in value.items():
            rule = schema.get("properties", {}).get(name, schema.get("additionalProperties"))
            found += problems_of(inner, rule, f"{where}.{name}") if rule else []
    if isinstance(value, list) and "items" in schema:
        for at, inner in enumerate(value):
            found += problems_of(inner, schema["items"], f"{where}[{at}]")
    return found


@pytest.mark.parametrize("argv", [[], ["--no-probe"], ["settings"], ["."], ["--lang", "zh"]])
def test_json_is_what_the_schema_says(run: Any, tmp_path: Path, argv: List[str]) -> None:
    (tmp_path / "app.py").write_text("import openai\nm = 'deepseek-chat'\n")
    ran = run("doctor", "--json", *argv, env={"DEEPSEEK_API_KEY": "your-key"})
    assert problems_of(ran.data, SCHEMA) == []
    assert ran.data["summary"]["exit_code"] == ran.code == 1
    if importlib.util.find_spec("jsonschema"):
        import jsonschema

        jsonschema.validate(ran.data, SCHEMA)


def test_the_validator_can_fail() -> None:
    assert problems_of({"schema": 2}, SCHEMA)
    assert problems_of({"findings": [{"status": "bad"}]}, SCHEMA)


def test_json_says_what_the_screen_says(run: Any) -> None:
    env = {"DEEPSEEK_API_KEY": "your-key"}
    ran = run("doctor", "settings", "--json", env=env)
    bad = [f for f in ran.data["findings"] if f["status"] == "fail"]
    screen = " ".join(run("doctor", "settings", env=env).out.split())
    for finding in bad:
        assert finding["id"] in screen and finding["message"] in screen


# --- the screen ----------------------------------------------------------------------------------


def width(line: str) -> int:
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in line)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("columns", [60, 80, 120])
def test_lines_fit_the_screen(run: Any, tmp_path: Path, lang: str, columns: int) -> None:
    (tmp_path / "app.py").write_text(
        "import requests\nr = requests.post('https://api.deepseek.com/chat/completions')\n"
        "r.json()\nm = 'deepseek-chat'\n"
    )
    env = {"COLUMNS": str(columns), "OPENAI_API_KEY": KEY, "HTTPS_PROXY": "http://h:abc"}
    ran = run("doctor", ".", "--lang", lang, "--no-probe", env=env)
    long = [line for line in ran.out.splitlines() if width(line) > min(columns, 100)]
    commands = ("pip install", "http", "python", "unset", "export", "code-", "settings-")
    assert [line for line in long if not any(word in line for word in commands)] == []


def test_colour_is_for_terminals_and_those_who_ask(run: Any) -> None:
    assert "\x1b[" not in run("doctor", "settings").out
    coloured = {"FORCE_COLOR": "1"}
    assert "\x1b[" in run("doctor", "settings", env=coloured).out
    assert "\x1b[" not in run("doctor", "settings", "--no-color", env=coloured).out
    assert "\x1b[" not in run("doctor", "settings", env={**coloured, "NO_COLOR": "1"}).out


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "cp1252", "latin-1"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_console_can_crash_it(run: Any, encoding: str, lang: str) -> None:
    ran = run("doctor", "python", "settings", "--lang", lang, env={"PYTHONIOENCODING": encoding})
    assert ran.code == 0 and "Traceback" not in ran.err
    if encoding == "ascii":
        assert "[!]" in ran.out and "✓" not in ran.out


def test_the_locale_decides_the_language_where_it_can_be_printed(run: Any) -> None:
    chinese = {"LANG": "zh_CN.UTF-8"}
    assert "个问题" in run("doctor", "settings", env=chinese).out
    ascii_only = {**chinese, "PYTHONIOENCODING": "ascii"}
    assert "0 problems" in run("doctor", "settings", env=ascii_only).out
    assert "0 problems" in run("doctor", "settings", "--lang", "en", env=chinese).out


@pytest.mark.parametrize("columns", range(20, 80, 7))
def test_wrapping_keeps_every_sign(columns: int) -> None:
    for text in (
        "openai 1.55.2 passes `proxies=` to httpx, which dropped it (found 0.28.1).",
        "openai 会给 httpx 传 proxies=，而 httpx 0.28 起已删除它（这里是 0.28.1）：每个都会抛错。",
    ):
        lines = text_wrap.wrap(text, columns, "  ", "* ")
        assert "".join("".join(lines).split()) == "*" + "".join(text.split())
        assert all(text_wrap.display_width(line) <= max(columns, 24) for line in lines)
        assert not any(line.strip()[0] in "，。：；、）" for line in lines[1:])


# --- reports -------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_report(run: Any, tmp_path: Path, lang: str) -> None:
    env = {"DEEPSEEK_API_KEY": "your-key", "OPENAI_ORG_ID": "org-secret"}
    ran = run("doctor", "--report", "doctor.md", "--no-probe", "--lang", lang, env=env)
    text = (tmp_path / "doctor.md").read_text(encoding="utf-8")
    assert ran.code == 1 and "doctor.md" in ran.err
    assert "**settings-key-shape** (fail)" in text and "| python-version | ok |" in text
    assert "OPENAI_ORG_ID" in text and "org-secret" not in text and "your-key" not in text


def test_a_report_that_cannot_be_written(run: Any) -> None:
    ran = run("doctor", "settings", "--report", "no/such/folder/x.md")
    assert ran.code == 2 and "no/such/folder/x.md" in ran.err and "Traceback" not in ran.err


# --- secrets -------------------------------------------------------------------------------------

SHAPES = {
    "good": KEY,
    "placeholder": "your-api-key-0123456789",
    "quoted": f'"{KEY}"',
    "single": f"'{KEY}'",
    "blank-behind": f"{KEY} ",
    "blank-inside": f"{KEY[:16]} {KEY[16:]}",
    "bearer": f"Bearer {KEY}",
    "chinese-note": f"{KEY}我的密钥",
    "full-width": f"ｓｋ－{KEY[3:]}",
    "break": f"{KEY}\nmore",
    "bom": f"\ufeff{KEY}",
    "openai": f"sk-proj-{KEY[3:]}",
    "anthropic": f"sk-ant-{KEY[3:]}",
    "t3": f"abc{KEY[3:]}T3BlbkFJ{KEY[3:]}",
    "qianfan": f"bce-v3/ALTAK-{KEY[3:]}",
    "no-prefix": KEY[3:],
}
SECRET = "0123456789abcdef0123456789ab"  # all but the four characters that may be shown


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("place", ["environment", "file", "base-url", "wrong-name"])
def test_no_output_has_a_key(run: Any, tmp_path: Path, shape: str, place: str) -> None:
    key = SHAPES[shape]
    env: Dict[str, str] = {}
    if place == "environment":
        env = {"DEEPSEEK_API_KEY": key, "OPENAI_API_KEY": key}
    elif place == "file":
        quoted = key.replace("\n", "\\n").replace('"', '\\"')
        (tmp_path / ".env").write_text(f'DEEPSEEK_API_KEY="{quoted}"\n{key}\n', encoding="utf-8")
    elif place == "base-url":
        env = {"DEEPSEEK_BASE_URL": f"https://user:{key}@host/?key={key}", "DEEPSEEK_API_KEY": key}
    else:
        env = {"DEEPSEEK_APIKEY": key, "OPENAI_CUSTOM_HEADERS": f"X-Key: {key}"}
    ran = run("doctor", "settings", "network", "--no-probe", "--report", "r.md", env=env)
    data = run("doctor", "settings", "network", "--no-probe", "--json", env=env)
    everything = ran.out + ran.err + data.out + data.err + (tmp_path / "r.md").read_text("utf-8")
    assert ran.code in (0, 1)
    for part in (SECRET, KEY[3:], KEY[:16] if shape == "blank-inside" else SECRET, KEY[16:]):
        assert part not in everything


def test_a_key_in_the_source_is_not_repeated(run: Any, tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(f"import openai\nopenai.api_key = '{KEY}'\n")
    ran = run("doctor", "app.py", "--no-probe")
    assert "code-key-literal" in ran.out and "...cdef" in ran.out and SECRET not in ran.out


def test_a_password_of_a_proxy_is_not_shown(run: Any) -> None:
    env = {"HTTPS_PROXY": "socks5://me:geheim@127.0.0.1:1080", "ALL_PROXY": "http://me:geheim@h:x"}
    ran = run("doctor", "--json", env=env)
    assert "network-proxy-url" in ran.found() and "geheim" not in ran.out + ran.err


def test_nor_one_with_blanks_in_it(run: Any) -> None:
    url = "https://me:ein geheim/nis@127.0.0.1:9"
    for how in ((), ("--json",)):
        ran = run("doctor", *how, env={"HTTPS_PROXY": url, "OPENAI_BASE_URL": f"{url}/v1?key=nis"})
        assert "geheim" not in ran.out + ran.err and "nis" not in ran.out


# --- broken machines -----------------------------------------------------------------------------

BROKEN = "openai requests httpx httpx2 dotenv packaging urllib3 certifi pydantic aiohttp".split()
STDLIB = "json email random token asyncio ssl queue typing enum dataclasses socket".split()


@pytest.mark.parametrize("flags", [[], ["-S"]], ids=["", "-S"])
def test_raising_packages_in_the_working_directory(
    run: Any, tmp_path: Path, flags: List[str]
) -> None:
    for name in BROKEN:
        (tmp_path / f"{name}.py").write_text(RAISING)
    (tmp_path / ".env").write_text(f"DEEPSEEK_API_KEY={KEY}\n")
    ran = run("doctor", "--json", flags=flags)
    assert ran.code == 1 and "cwd-was-imported" not in ran.out + ran.err
    assert "sdk-shadow" in ran.found("fail") and ran.found("crash") == []
    if flags:  # without site-packages nothing reads it
        assert "/.env is not read: python-dotenv cannot be imported here" in ran.out
    else:
        assert ran.finding("settings-key")["status"] == "ok"
    ran = run("explain", flags=flags, stdin=b"Insufficient Balance")
    assert ran.code == 0 and "api-balance" in ran.out


@pytest.mark.parametrize("name", STDLIB)
def test_a_standard_name_in_the_working_directory(run: Any, tmp_path: Path, name: str) -> None:
    (tmp_path / f"{name}.py").write_text(RAISING)
    ran = run("doctor", "--json", "--no-probe")
    if "cwd-was-imported" in ran.err and "_doctor" not in ran.err:
        pytest.skip("this Python itself imports it before any module runs")
    assert ran.found("fail") == ["sdk-stdlib-shadow"] and ran.found("crash") == []


def test_a_standard_name_that_breaks_nothing_is_harmless(run: Any, tmp_path: Path) -> None:
    """Each is tried: an empty array.py hurts no SDK, though some import it."""
    for name in ("array", "json", "turtle"):
        (tmp_path / f"{name}.py").write_text("x = 1\n")
    ran = run("doctor", "--json")
    rows = [f for f in ran.data["findings"] if f["id"] == "sdk-stdlib-shadow"]
    assert [row["data"].get("file") for row in rows] == ["json.py"], ran.told()


def test_without_site_packages(run: Any) -> None:
    ran = run("doctor", "--json", flags=["-S"])
    assert ran.data["selection"]["backend"] == "raw-requests"
    assert ran.found("crash") == []
    assert "sdk-requirements" in ran.found("fail")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="permissions bind no superuser")
def test_an_unreadable_env_file(run: Any, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("A=1")
    (tmp_path / ".env").chmod(0)
    assert "settings-env-file" in run("doctor", "--json", "--no-probe").found("fail")


def test_an_env_file_that_is_a_folder(run: Any, tmp_path: Path) -> None:
    (tmp_path / ".env").mkdir()
    assert "settings-env-file" in run("doctor", "--json", "--no-probe").found("fail")


@pytest.mark.parametrize("raw", [b"", b"\0" * 50, b"\xff" * 50, b"=\n=\n", b"A" * 100_000])
def test_any_bytes_as_env_file(run: Any, tmp_path: Path, raw: bytes) -> None:
    (tmp_path / ".env").write_bytes(raw)
    ran = run("doctor", "settings", "--json")
    assert ran.code == 0 and ran.found("crash") == []


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps the folder of a running program")
def test_no_home_no_locale(run: Any) -> None:
    env = {"HOME": "-", "USERPROFILE": "-", "LANG": "-", "PYTHONIOENCODING": "-"}
    ran = run("doctor", "--no-probe", env=env)
    assert ran.code == 0 and "Traceback" not in ran.err


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps the folder of a running program")
def test_a_deleted_working_directory(tmp_path: Path) -> None:
    import subprocess

    code = (
        "import os, runpy, sys; os.mkdir('gone'); os.chdir('gone'); os.rmdir('../gone'); "
        f"sys.path.insert(0, {str(ROOT)!r}); sys.argv = ['dsadapter', 'doctor', '--no-probe']; "
        "runpy.run_module('dsadapter', run_name='__main__')"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True)
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    assert done.returncode == 0


@pytest.mark.parametrize(
    "broken",
    [
        {"METADATA": None},
        {"METADATA": b""},
        {"METADATA": b"\xff\xfe\x00garbage"},
        {"METADATA": b"Name: openai\nRequires-Dist: ((((\nRequires-Dist: httpx<<<1\n\n"},
        {"METADATA": b"Name: openai\nVersion: not-a-version\nRequires-Python: ????\n\n"},
        {"METADATA": b"Name: openai\nVersion: 1.0\n\n", "RECORD": b'"\n,,,\n\0'},
    ],
)
def test_broken_metadata(run: Any, tmp_path: Path, broken: Dict[str, Any]) -> None:
    site = tmp_path / "site"
    info = site / "openai-1.0.dist-info"
    info.mkdir(parents=True)
    for name, raw in broken.items():
        if raw is not None:
            (info / name).write_bytes(raw)
    env = {"PYTHONPATH": os.pathsep.join((str(ROOT), str(site)))}
    ran = run("doctor", "--json", "--no-probe", env=env, flags=["-S"])
    assert ran.code in (0, 1) and ran.found("crash") == []
    assert {"sdk-leftovers", "sdk-metadata"} & set(ran.found())


def test_the_probe_runs_no_file_of_the_user(run: Any, tmp_path: Path) -> None:
    for name in ("openai", "httpx", "requests", "sitecustomize"):
        (tmp_path / f"{name}.py").write_text("open('ran', 'w').close()\n")
    run("doctor")
    assert not (tmp_path / "ran").exists()


def test_nothing_is_left_behind(run: Any, tmp_path: Path) -> None:
    run("doctor")
    assert list(tmp_path.iterdir()) == []


def test_no_third_party_module_is_loaded() -> None:
    """Also not by the core modules that the doctor leans on."""
    import subprocess

    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
        "import dsadapter._doctor.doctor_command, dsadapter._doctor.explain_command\n"
        "import dsadapter._doctor.fix_runner\n"
        "import dsadapter._doctor.verify, dsadapter._doctor.scan, dsadapter._doctor.markdown\n"
        "import dsadapter._doctor.collect.online\n"
        "print(*{getattr(m, '__file__', None) or '' for m in sys.modules.values()})"
    )
    done = subprocess.run([sys.executable, "-S", "-c", code], capture_output=True, check=True)
    files = done.stdout.decode().split()
    assert any("_doctor" in file for file in files)
    assert [file for file in files if "site-packages" in file] == []
