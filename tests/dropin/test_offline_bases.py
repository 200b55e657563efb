"""``--offline`` keeps its word: every base goes to the emulator, every program finds a key."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import constructed, sdk_kind

KIND = sdk_kind()
ASK = """
MESSAGES = [{"role": "user", "content": "Hello"}]
def text(create):
    whole = create(model="deepseek-flash", messages=MESSAGES)
    chunks = list(create(model="deepseek-flash", messages=MESSAGES, stream=True))
    return bool(whole.choices[0].message.content), len(chunks) > 2
async def atext(create):
    whole = await create(model="deepseek-flash", messages=MESSAGES)
    chunks = [c async for c in await create(model="deepseek-flash", messages=MESSAGES, stream=True)]
    return bool(whole.choices[0].message.content), len(chunks) > 2
"""
PROGRAMS = {
    "module": """
import openai
openai.api_key = "sk-mine"
openai.base_url = "https://gateway.example/v1/"
print(text(openai.chat.completions.create))
print([model.id for model in openai.models.list()][:1])
openai.base_url = "https://other.example/v1/"
print(text(openai.chat.completions.create))
""",
    "client": """
from openai import OpenAI
client = OpenAI(api_key="sk-mine")
client.base_url = "https://gateway.example/v1/"
print(text(client.chat.completions.create))
print([model.id for model in client.models.list()][:1])
print(text(client.with_options(timeout=5).chat.completions.create))
""",
    "async client": """
import asyncio
from openai import AsyncOpenAI
client = AsyncOpenAI(api_key="sk-mine", base_url="https://api.deepseek.com")
client.base_url = "https://gateway.example/v1/"
async def main():
    print(await atext(client.chat.completions.create))
    print([model.id async for model in client.models.list()][:1])
    print(await atext(client.with_options(timeout=5).chat.completions.create))
asyncio.run(main())
""",
    "0.28": """
import openai
openai.api_key = "sk-mine"
openai.api_base = "https://gateway.example/v1"
print(text(openai.ChatCompletion.create))
print([openai.Model.list()["data"][0]["id"]])
openai.api_base = "https://other.example/v1"
print(text(openai.ChatCompletion.create))
""",
}


@pytest.mark.parametrize("mode", ["native", "adapter"] if KIND == "modern" else ["native"])
@pytest.mark.parametrize("program", PROGRAMS)
def test_a_base_that_is_assigned_goes_to_the_emulator(
    python: Any, script: Any, program: str, mode: str
) -> None:
    name = script(ASK + PROGRAMS[program])
    result = python("-m", "dsadapter", "run", "--offline", "--modern", mode, name)
    assert result.code == 0, result.err
    assert result.lines() == ["(True, True)", "['deepseek-flash']", "(True, True)"]


AZURE = """
from openai import AzureOpenAI
options = {"azure_endpoint": "https://r.openai.azure.com", "api_version": "2024-10-21"}
for client in (
    AzureOpenAI(**options, api_key="mine"),
    AzureOpenAI(**options, api_key="mine", azure_deployment="chat"),
    AzureOpenAI(**options, azure_ad_token="mine"),
):
    print(text(client.chat.completions.create))
    print([model.id for model in client.models.list()][:1])
"""


@pytest.mark.skipif(KIND != "modern", reason="about clients of the SDK")
@pytest.mark.parametrize("mode", ["native", "adapter"])
def test_clients_of_azure_go_to_the_emulator(python: Any, script: Any, mode: str) -> None:
    result = python("-m", "dsadapter", "run", "--offline", "--modern", mode, script(ASK + AZURE))
    assert result.code == 0, result.err
    assert result.lines() == ["(True, True)", "['deepseek-flash']"] * 3


@constructed
@pytest.mark.skipif(KIND != "modern", reason="about clients of the SDK")
def test_a_client_from_before_install_goes_there_too(ok: Any) -> None:
    program = f"""
{ASK}
from openai import OpenAI
client = OpenAI(api_key="sk-mine", base_url="https://gateway.example/v1/")
import dsadapter
prepare = type(client)._prepare_url
dsadapter.install(offline=True)
print(text(client.chat.completions.create))
dsadapter.uninstall()
print(type(client)._prepare_url is prepare)
"""
    assert ok(program) == ["(True, True)", "True"]


KEYS = """
import os, subprocess, sys
code = "import os; print(os.environ['DEEPSEEK_API_KEY'][:10], os.environ['OPENAI_API_KEY'])"
exec(code)
sys.stdout.flush()
subprocess.run([sys.executable, "-c", code], check=True)
subprocess.run(["sh", "-c", "echo ${DEEPSEEK_API_KEY%-unset} $OPENAI_API_KEY"], check=True)
"""
OPENAI = {"OPENAI_API_KEY": "sk-real-0123456789", "OPENAI_BASE_URL": "https://gateway.example/v1"}
DEEPSEEK = {"DEEPSEEK_API_KEY": "sk-real-0123456789"}


@pytest.mark.parametrize("variables", [{}, OPENAI, DEEPSEEK, {**OPENAI, **DEEPSEEK}])
def test_programs_and_their_children_find_a_dummy(python: Any, script: Any, variables: Any) -> None:
    result = python("-m", "dsadapter", "run", "--offline", script(KEYS), **variables)
    assert result.code == 0, result.err
    assert result.lines() == ["sk-offline sk-offline"] * 3


VENDOR = """
import os, subprocess, sys
code = '''
import dsadapter
client = dsadapter.OpenAI()
with_key = dsadapter.OpenAI(api_key=__import__("os").environ["DEEPSEEK_API_KEY"])
print(client._settings.provider.name, with_key._settings.provider.name, client.api_key)
'''
exec(code)
sys.stdout.flush()
subprocess.run([sys.executable, "-c", code], check=True)
"""


@pytest.mark.parametrize(
    ("variables", "vendor"),
    [
        ({}, "deepseek"),
        (OPENAI, "generic"),
        (DEEPSEEK, "deepseek"),
        ({**OPENAI, **DEEPSEEK}, "deepseek"),
    ],
)
def test_the_dummy_does_not_change_the_vendor(
    python: Any, script: Any, variables: Any, vendor: str
) -> None:
    # which vendor it is asks no SDK, so none is imported
    variables = {**variables, "DSADAPTER_BACKEND": "raw-requests"}
    result = python("-m", "dsadapter", "run", "--offline", script(VENDOR), **variables)
    assert result.code == 0, result.err
    words = [line.split() for line in result.lines()]
    assert [(first, key) for first, _, key in words] == [(vendor, "sk-offline")] * 2
