"""``python -m dsadapter run``: the same as plain Python, with ``openai`` as the program expects."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any, Dict, List

import pytest

from .conftest import ROOT, Result, finish, sdk_kind, start

KIND = sdk_kind()
RUN = ["-m", "dsadapter", "run"]
SHOW = '''
"""The docstring."""
import sys, os
main = sys.modules["__main__"]
print(__name__, __doc__, __spec__, __package__, vars(main) is globals())
print(sys.argv, os.path.basename(globals().get("__file__", "none")))
print(sys.path[0], [p for p in sys.path if "dsadapter" in p])
print(sorted(set(vars(main)) - {"__conditional_annotations__"}), type(__loader__))
print("dsadapter" in vars(main))
'''


def both(python: Any, *arguments: str, **more: Any) -> List[Result]:
    return [python(*arguments, **more), python(*RUN, *arguments, **more)]


# --- as plain Python -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["program.py", "sub/program.py"])
def test_a_script_is_run_as_python_runs_it(python: Any, script: Any, name: str) -> None:
    expected, actual = both(python, script(SHOW, name), "a", "-b", "--offline", "c d")
    assert expected.code == 0
    assert actual == expected


def test_a_module(python: Any, script: Any) -> None:
    script("", "package/__init__.py")
    script(SHOW, "package/__main__.py")
    script(SHOW, "single.py")
    for name in ("package", "single"):
        expected, actual = both(python, "-m", name, "a", "-b")
        assert expected.code == 0
        assert _without_spec(actual.lines()) == _without_spec(expected.lines())
    assert both(python, "-mpackage")[1].code == 0


def _without_spec(lines: List[str]) -> List[str]:
    import re

    return [re.sub(r"object at 0x\w+", "object", line) for line in lines]


def test_code(python: Any) -> None:
    for arguments in (("-c", SHOW, "a", "-b"), (f"-c{SHOW}",)):
        expected, actual = both(python, *arguments)
        assert expected.code == 0
        assert actual == expected


def test_a_folder_and_a_zip_file(python: Any, script: Any, tmp_path: Path) -> None:
    script("import sys; print(__name__, sys.argv, sys.path[0])", "app/__main__.py")
    with zipfile.ZipFile(tmp_path / "app.zip", "w") as archive:
        archive.write(tmp_path / "app" / "__main__.py", "__main__.py")
    for name in ("app", "app.zip"):
        expected, actual = both(python, name, "a")
        assert expected.code == 0
        assert actual == expected


def test_standard_input(python: Any, script: Any) -> None:
    name = script("import sys; print(sys.stdin.read().upper())")
    expected, actual = both(python, name, text="text")
    assert actual == expected
    assert actual.out == "TEXT\n"


EXITS = {
    "number": "import sys; sys.exit(3)",
    "text": "import sys; sys.exit('went wrong')",
    "none": "raise SystemExit",
    "zero": "exit(0)",
    "error": "def f():\n    1 / 0\n\nf()",
    "chained": "try:\n    {}['a']\nexcept KeyError as err:\n    raise ValueError('b') from err",
    "hook": "import sys\nsys.excepthook = lambda *a: print(a[0].__name__, 'hooked')\n1 / 0",
    "atexit": "import atexit; atexit.register(print, 'bye'); import sys; sys.exit(1)",
    "thread": "import threading, time\n"
    "threading.Thread(target=lambda: (time.sleep(.2), print('late'))).start()",
    "os": "import os; os._exit(7)",
    "group": "class E(BaseException): pass\nraise E('base')",
    "syntax": "x = = 1",
    "indent": "def f():\nreturn 1",
    "encoding": "# -*- coding: no-such -*-",
}


if sys.version_info >= (3, 12):  # before, Python itself stops reading at the null byte
    EXITS["null"] = "x = 1\x00"


@pytest.mark.parametrize("name", EXITS)
def test_exit_codes_and_tracebacks(python: Any, script: Any, name: str) -> None:
    expected, actual = both(python, script(EXITS[name]))
    assert actual.code == expected.code
    assert actual.out == expected.out
    assert _shown(actual.err) == _shown(expected.err)


def _shown(text: str) -> List[str]:
    """What is shown; of a broken file Python's own reader words a few things differently."""
    lines = [line for line in text.splitlines() if line.strip()]
    broken = any(word in text for word in ("null byte", "encoding"))
    return [lines[-1].partition(":")[0]] if broken else lines


def test_a_traceback_of_a_module_has_no_frame_of_ours(python: Any, script: Any) -> None:
    script("1 / 0", "failing.py")
    expected, actual = both(python, "-m", "failing")
    assert actual.code == expected.code == 1
    assert actual.err == expected.err


def test_a_script_in_another_encoding(python: Any, tmp_path: Path) -> None:
    (tmp_path / "gbk.py").write_bytes("# coding: gbk\nprint(ascii('你好'))".encode("gbk"))
    (tmp_path / "bom.py").write_bytes(b"\xef\xbb\xbfprint(ascii('\xe4\xbd\xa0'))")
    for name in ("gbk.py", "bom.py"):
        expected, actual = both(python, name)
        assert actual == expected
        assert actual.code == 0


def test_a_script_that_is_not_there(python: Any) -> None:
    result = python(*RUN, "no-such.py")
    assert result.code == 2
    assert "can't open file" in result.err
    assert "no-such.py" in result.err
    assert "Traceback" not in result.err


def test_a_notebook_is_no_script(python: Any, tmp_path: Path) -> None:
    (tmp_path / "a.ipynb").write_text('{"cells": []}')
    result = python(*RUN, "a.ipynb")
    assert (result.code, result.out) == (2, "")
    assert "is a notebook" in result.err
    assert "dsadapter.install()" in result.err


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_ctrl_c(script: Any, tmp_path: Path) -> None:
    process = start(
        [*RUN, script("import time; print('ready', flush=True); time.sleep(60)")], tmp_path
    )
    assert process.stdout.readline() == "ready\n"
    process.send_signal(signal.SIGINT)
    result = finish(process)
    assert result.code == 130
    assert result.err.splitlines()[-1] == "KeyboardInterrupt"
    assert "dsadapter" not in result.err.replace(str(tmp_path), "")


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_terminated(script: Any, tmp_path: Path) -> None:
    process = start(
        [*RUN, script("import time; print('ready', flush=True); time.sleep(60)")], tmp_path
    )
    process.stdout.readline()
    process.terminate()
    assert finish(process).code == -signal.SIGTERM


# --- the command line ----------------------------------------------------------------------------


def test_help(python: Any) -> None:
    for arguments in (["--help"], ["--offline", "-h"], ["--lang", "zh", "--help"]):
        result = python(*RUN, *arguments)
        assert result.code == 0
        assert "python -m dsadapter run" in result.out
    assert "示例" in python(*RUN, "--lang", "zh", "--help").out


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ([], "usage"),
        (["--offline"], "no program"),
        (["--no-such-flag", "x.py"], "--no-such-flag"),
        (["--backend"], "--backend needs a value"),
        (["--backend", "nonsense", "x.py"], "nonsense"),
        (["--modern", "nonsense", "x.py"], "One of: native, adapter"),
        (["--model-map", "nonsense", "x.py"], "old=new"),
        (["-m"], "-m"),
    ],
)
def test_command_lines_that_cannot_be_meant(python: Any, arguments: List[str], text: str) -> None:
    result = python(*RUN, *arguments)
    assert result.code == 2
    assert text in result.out + result.err
    assert "Traceback" not in result.err


# --- the program's calls -------------------------------------------------------------------------

OLD = """
import openai
M = [{"role": "user", "content": "hello"}]
openai.api_key = "%s"
openai.api_base = "https://api.deepseek.com/v1"
print(openai.ChatCompletion.create(model="%s", messages=M)["choices"][0]["message"]["content"])
"""


def test_offline_needs_no_key(python: Any, script: Any) -> None:
    result = python(*RUN, "--offline", script(OLD % ("YOUR_API_KEY", "deepseek-flash")))
    assert result.code == 0, result.err
    assert "hello" in result.out


BY_HAND = """
import json, sys
import http.client, urllib.request
import requests
try:
    import httpx
except ImportError:  # openai 3 brings httpx2 alone
    import httpx2 as httpx
URL = "https://{host}{path}/chat/completions"
BODY = {{"model": "deepseek-flash", "messages": [{{"role": "user", "content": "hello"}}]}}
KEY = {{"Authorization": "Bearer YOUR_API_KEY", "Content-Type": "application/json"}}
def text(data):
    return data["choices"][0]["message"]["content"].split('"')[1]
r = requests.post(URL, json=BODY, headers=KEY)
print(text(r.json()), r.url == URL)
r = httpx.post(URL, json=BODY, headers=KEY)
print(text(r.json()), str(r.url) == URL)
with requests.post(URL, json=dict(BODY, stream=True), headers=KEY, stream=True) as r:
    print(any(b"[DONE]" in line for line in r.iter_lines()))
data = json.dumps(BODY).encode()
print(text(json.load(urllib.request.urlopen(urllib.request.Request(URL, data, KEY)))))
c = http.client.HTTPSConnection("{host}")
c.request("POST", "{path}/chat/completions", data, KEY)
print(text(json.load(c.getresponse())))
import urllib3
print(text(json.loads(urllib3.PoolManager().request("POST", URL, body=data, headers=KEY).data)))
import asyncio
async def main():
    async with httpx.AsyncClient() as client:
        return text((await client.post(URL, json=BODY, headers=KEY)).json())
print(asyncio.run(main()))
try:
    import aiohttp
except ImportError:
    print("hello")
else:
    async def main():
        async with aiohttp.ClientSession() as session:
            async with session.post(URL, json=BODY, headers=KEY) as r:
                return text(await r.json())
    print(asyncio.run(main()))
"""
HOSTS = [
    ("api.deepseek.com", ""),
    ("api.deepseek.com", "/beta"),
    ("api.openai.com", "/v1"),
    ("qianfan.baidubce.com", "/v2"),
]


@pytest.mark.parametrize(("host", "path"), HOSTS)
def test_offline_calls_made_by_hand(python: Any, script: Any, host: str, path: str) -> None:
    result = python(*RUN, "--offline", script(BY_HAND.format(host=host, path=path)))
    assert result.code == 0, result.err
    assert result.lines() == ["hello True", "hello True", "True", *["hello"] * 5]


def test_offline_refuses_every_other_host(python: Any, script: Any) -> None:
    result = python(
        *RUN,
        "--offline",
        script(
            """
            import asyncio, socket, urllib.request
            import requests
            try:
                import httpx
            except ImportError:  # openai 3 brings httpx2 alone
                import httpx2 as httpx
            async def main():
                async with httpx.AsyncClient() as client:
                    await client.get("https://example.com/")
            for call in (
                lambda: requests.get("https://example.com/"),
                lambda: httpx.get("https://example.com/"),
                lambda: asyncio.run(main()),
                lambda: urllib.request.urlopen("https://example.com/"),
                lambda: socket.create_connection(("93.184.216.34", 80)),
            ):
                try:
                    call()
                except Exception as err:
                    print("offline: the connection to" in str(err))
            """
        ),
        HTTPS_PROXY="http://proxy.example:3128",
    )
    assert result.lines() == ["True"] * 5, result.err


def test_model_map(python: Any, script: Any) -> None:
    name = script(OLD % ("YOUR_API_KEY", "gpt-3.5-turbo"))
    assert python(*RUN, "--offline", name).code == 1
    result = python(*RUN, "--offline", "--model-map", "gpt-3.5-turbo=deepseek-flash", name)
    assert result.code == 0, result.err


def test_trace(python: Any, script: Any) -> None:
    program = OLD % ("sk-secret00000000000000", "deepseek-chat") + (
        "try:\n    openai.ChatCompletion.create(model='nope', messages=M)\n"
        "except openai.error.OpenAIError: pass\n"
        "openai.OpenAI(api_key='sk-secret00000000000000', base_url='https://api.deepseek.com')"
        ".chat.completions.create(model='deepseek-flash', messages=M)\n"
    )
    result = python(
        "-W", "ignore", *RUN, "--offline", "--trace", "--backend", "raw-requests", script(program)
    )
    assert result.code == 0, result.err
    lines = [line for line in result.err.splitlines() if line.startswith("dsadapter: ")]
    start = "dsadapter: legacy backend=raw-requests model=deepseek-flash repairs=retired-model-name"
    assert lines[0].startswith(f"{start} status=200 time=")
    assert "model=nope repairs=- status=400 InvalidRequestError" in lines[1]
    modern = "native" if KIND == "modern" else "raw-requests"
    assert f"modern backend={modern} model=deepseek-flash repairs=- status=200" in lines[2]
    assert len(lines) == 3
    assert "secret" not in result.err


def test_modern_adapter(python: Any, script: Any, served: Dict[str, str]) -> None:
    name = script("import openai, dsadapter; print(openai.OpenAI is dsadapter.OpenAI)")
    assert python(*RUN, "--modern", "adapter", name).lines() == ["True"]
    assert python(*RUN, name).lines() == [str(KIND != "modern")]


CHILDREN = """
import multiprocessing, os, subprocess, sys, threading
M = [{"role": "user", "content": "hello"}]
def ask(_=None):
    import openai
    openai.api_key = "YOUR_API_KEY"
    r = openai.ChatCompletion.create(model="deepseek-flash", messages=M)
    return r["choices"][0]["message"]["content"].split('"')[1]
if __name__ == "__main__":
    answers = []
    thread = threading.Thread(target=lambda: answers.append(ask()))
    thread.start(); thread.join()
    print(answers)
    for method in ("spawn", "fork"):
        if method in multiprocessing.get_all_start_methods():
            with multiprocessing.get_context(method).Pool(2) as pool:
                print(pool.map(ask, range(2)))
    for code in ("import program; print(program.ask())",
                 "import sitecustomize; print(sitecustomize.MINE)"):
        done = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE)
        print(done.stdout.decode().strip())
"""


@pytest.mark.filterwarnings("ignore")
def test_children_are_covered(script: Any, tmp_path: Path) -> None:
    script("MINE = 'my own sitecustomize'", "own/sitecustomize.py")
    path = os.pathsep.join((ROOT, str(tmp_path / "own")))
    script(CHILDREN)
    environment = {**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", *RUN, "--offline", "program.py"],
        cwd=str(tmp_path),
        env=environment,
        capture_output=True,
        timeout=120,
    )
    lines = done.stdout.decode().splitlines()
    assert lines[0] == "['hello']", done.stderr.decode()
    assert lines[1:-2] in ([["['hello', 'hello']"] * n for n in (1, 2)])
    assert lines[-2:] == ["hello", "my own sitecustomize"]


def test_a_key_for_openai_is_not_handed_to_deepseek(python: Any, script: Any) -> None:
    """A program of 2023 that names a key and no base."""
    program = """
    import openai
    openai.api_key = "sk-abcdefghijklmnopqrstuvwx0123456789"
    M = [{"role": "user", "content": "x"}]
    try:
        openai.ChatCompletion.create(model="gpt-3.5-turbo", messages=M)
    except openai.error.AuthenticationError as err:
        print("It was not sent." in str(err))
    """
    began = time.monotonic()
    result = python(*RUN, script(program), HTTPS_PROXY="http://127.0.0.1:9")
    assert result.lines() == ["True"], result.err
    assert time.monotonic() - began < 30


def test_openai_api_base_takes_effect(python: Any, script: Any, emulator: Any) -> None:
    program = """
    import openai
    print(openai.ChatCompletion.create(
        model="deepseek-flash", messages=[{"role": "user", "content": "x"}])["object"])
    """
    variables = {"OPENAI_API_KEY": "sk-x0000000000000", "OPENAI_API_BASE": emulator.base_url}
    assert python(*RUN, script(program), **variables).lines() == ["chat.completion"]
    assert emulator.requests[-1].headers["authorization"] == "Bearer sk-x0000000000000"
