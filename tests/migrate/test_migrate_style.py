"""``--style client``: one client, where settings stand together at the top."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path

import pytest

from dsadapter.__main__ import main
from dsadapter._migrate.analysis import Options
from dsadapter._migrate.source_file import rewrite_text

STYLE = Options(client_style=True)
PROGRAM = """\
import os
import openai

openai.api_key = os.environ["K"]
openai.api_base = base


def ask(text):
    return openai.ChatCompletion.create(model="m", messages=text)["id"]


print(ask("x"))
"""
CLIENT = 'client = openai.OpenAI(api_key=os.environ["K"], base_url=base, max_retries=0)\n'


def test_one_client() -> None:
    expected = (
        PROGRAM.replace('openai.api_key = os.environ["K"]\nopenai.api_base = base\n', CLIENT)
        .replace("openai.ChatCompletion.create", "client.chat.completions.create")
        .replace('text)["id"]', 'text).to_dict()["id"]')
    )
    text, applied, markers = rewrite_text(PROGRAM, STYLE)
    assert (text, applied["client"], markers) == (expected, 2, ())
    assert rewrite_text(text, STYLE)[0] == text


def test_calls_with_settings_of_their_own_take_the_rest_from_it() -> None:
    call = "openai.ChatCompletion.create(model='m', api_key=k)"
    text = rewrite_text(PROGRAM.replace("print(", f"print({call}, "), STYLE)[0]
    assert '{"Authorization": "Bearer " + (k or client.api_key)}' in text
    text = rewrite_text(PROGRAM + "await openai.ChatCompletion.acreate(model='m')\n", STYLE)[0]
    assert "AsyncOpenAI(api_key=client.api_key, base_url=client.base_url, max_retries=0)" in text


@pytest.mark.parametrize(
    "old, new",
    [
        ("import openai\n", "import openai as o\n"),  # then nothing here is openai's
        ('openai.api_key = os.environ["K"]\n', ""),
        ("openai.api_base = base\n", "openai.api_base = base\nopenai.api_version = '1'\n"),
        ("openai.api_base = base\n", "if base:\n    openai.api_base = base\n"),
        ("openai.api_base = base\n", "x()\nopenai.api_base = base\n"),
        ("openai.api_base = base\n", "openai.api_base = base  # why\n"),
        ('print(ask("x"))', 'openai.api_key = "later"\nprint(ask("x"))'),
        ('print(ask("x"))', 'print(openai.api_key, ask("x"))'),
        ('print(ask("x"))', 'client = ask("x")'),
        ("import openai\n", "import openai\nopenai.ChatCompletion.create(model='m')\n"),
    ],
)
def test_otherwise_settings_stay_settings_of_the_module(old: str, new: str) -> None:
    program = PROGRAM.replace(old, new)
    if new:
        assert rewrite_text(program, STYLE)[0] == rewrite_text(program, Options())[0]
    else:  # a base URL alone can be a client, too
        assert (
            "client = openai.OpenAI(base_url=base, max_retries=0)"
            in rewrite_text(program, STYLE)[0]
        )


@pytest.mark.parametrize("is_shared", [False, True])
def test_a_file_beside_it_may_live_on_the_settings(tmp_path: Path, is_shared: bool) -> None:
    (tmp_path / "app.py").write_text(PROGRAM)
    (tmp_path / "other.py").write_text("import openai\n" if is_shared else "")
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        assert main(["migrate", "--style", "client", str(tmp_path)]) == 1
    assert ("+client = " in out.getvalue()) is not is_shared


@pytest.mark.parametrize("unsafe", [False, True])
def test_a_retired_model_in_a_dict_of_arguments(unsafe: bool) -> None:
    text = 'import openai\np = {"model": "deepseek-chat"}\nopenai.ChatCompletion.create(**p)\n'
    new = rewrite_text(text, Options(unsafe=unsafe))[0]
    mode = '{"model": "deepseek-flash", "extra_body": {"thinking": {"type": "disabled"}}}'
    assert (f"p = {mode}\n" in new) is unsafe
