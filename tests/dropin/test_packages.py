"""Published packages that need openai<1, unmodified, beside openai 3 (they are installed).

Their pins contradict openai 3 (openai<1, anyio<4), so each is installed as a user must: from a lock
of its time without the line ``openai``, then openai 3 on top (docs/run.md has the recipe).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any, Callable, Dict, List, NamedTuple, Tuple

import pytest

from .conftest import ROOT

pytestmark = [
    pytest.mark.envs,
    pytest.mark.skipif(
        os.environ.get("DSADAPTER_TEST_ENVS") != "1",
        reason="DSADAPTER_TEST_ENVS=1 installs packages",
    ),
    pytest.mark.skipif(sys.version_info < (3, 10), reason="openai 3 needs Python 3.10"),
    pytest.mark.skipif(sys.version_info >= (3, 12), reason="the packages are of 2023"),
]
LOCKS = Path(__file__).with_name("locks")
OURS = ["requests", "httpx", "python-dotenv", "packaging", "openai==3.54.0"]
KEY = 'api_key="YOUR_API_KEY", api_base="https://api.deepseek.com/v1"'


class Package(NamedTuple):
    """``ask`` prints a chat, a stream and an async reply, each on a line."""

    lock: str
    ask: str
    beside: Tuple[str, ...] = ()  # what is installed with openai 3
    stubs: Dict[str, str] = {}


# llama-index asks tiktoken at import, and tiktoken a server: offline something must stand for it.
TIKTOKEN = """
class Encoding:
    def encode(self, text, **_):
        return text.split()
def get_encoding(name):
    return Encoding()
encoding_for_model = get_encoding
"""
LANGCHAIN = """
import asyncio
from langchain.chat_models import ChatOpenAI
from langchain.schema import HumanMessage
llm = ChatOpenAI(model_name="gpt-3.5-turbo", openai_api_key="YOUR_API_KEY",
                 openai_api_base="https://api.deepseek.com/v1")
M = [HumanMessage(content="hello")]
print(llm(M).content)
print("".join(c.content for c in llm.stream(M)))
print(asyncio.run(llm.agenerate([M])).generations[0][0].text)
async def main():
    return "".join([c.content async for c in llm.astream(M)])
print(asyncio.run(main()))
"""
LLAMA_INDEX = f"""
import asyncio
from llama_index.llms import OpenAI, ChatMessage
llm = OpenAI(model="gpt-3.5-turbo", {KEY}, max_retries=1)
M = [ChatMessage(role="user", content="hello")]
print(llm.chat(M).message.content)
print("".join(r.delta or "" for r in llm.stream_chat(M)))
print(asyncio.run(llm.achat(M)).message.content)
async def main():
    return "".join([r.delta or "" async for r in await llm.astream_chat(M)])
print(asyncio.run(main()))
"""
PYAUTOGEN = f"""
import asyncio, os, autogen, openai
M = [{{"role": "user", "content": "hello"}}]
CONFIG = [dict(model="gpt-3.5-turbo", {KEY})]
autogen.oai.ChatCompletion.set_cache(os.getpid())
for source in "the server", "the cache on disk":
    r = autogen.oai.ChatCompletion.create(config_list=CONFIG, messages=M)
assert type(r) is openai.openai_object.OpenAIObject
print(autogen.oai.ChatCompletion.extract_text(r)[0])
g = openai.ChatCompletion.create(messages=M, stream=True, **CONFIG[0])
print("".join(c.choices[0].delta.get("content", "") for c in g))
a = autogen.AssistantAgent("a", llm_config={{"config_list": CONFIG}})
u = autogen.UserProxyAgent("u", human_input_mode="NEVER", max_consecutive_auto_reply=0,
                           code_execution_config=False)
asyncio.run(u.a_initiate_chat(a, message="hello", silent=True))
print(u.last_message(a)["content"])
async def main():
    g = await openai.ChatCompletion.acreate(messages=M, stream=True, **CONFIG[0])
    return "".join([c.choices[0].delta.get("content", "") async for c in g])
print(asyncio.run(main()))
"""
PACKAGES = {
    "langchain": Package("langchain", LANGCHAIN),
    "llama-index": Package("llama-index", LLAMA_INDEX, (), {"tiktoken/__init__.py": TIKTOKEN}),
    "pyautogen": Package("pyautogen", PYAUTOGEN),
    "pyautogen-langchain-openai": Package("pyautogen", PYAUTOGEN, ("langchain-openai==1.7.3",)),
}

# The neighbour in the same process: code for openai 3, which keeps the SDK's own client.
OPENAI_3 = """
import openai
client = openai.OpenAI(api_key="YOUR_API_KEY", base_url="https://api.deepseek.com")
said = client.chat.completions.create(
    model="deepseek-flash", messages=[{"role": "user", "content": "neighbour"}])
assert type(client).__mro__[0].__module__.startswith("openai"), type(client)
print(type(said).__module__, said.choices[0].message.content)
"""
LANGCHAIN_OPENAI = """
import asyncio, openai
from langchain_openai import ChatOpenAI as New
new = New(model="deepseek-flash", api_key="YOUR_API_KEY", base_url="https://api.deepseek.com")
assert type(new.root_client).__module__ == "openai"
print("openai.types", new.invoke("neighbour").content)
print("".join(c.content for c in new.stream("neighbour")))
async def ask_new():
    return (await new.ainvoke("neighbour")).content
print(asyncio.run(ask_new()))
"""
WAYS: Dict[str, List[str]] = {
    "run": ["-m", "dsadapter", "run", "--offline"],
    "install": ["-c", "import dsadapter; dsadapter.install(offline=True); import {}"],
    "installed late": [
        "-c",
        "import openai, dsadapter; dsadapter.install(offline=True); import {}",
    ],
}


def _neighbour(package: Package) -> str:
    return LANGCHAIN_OPENAI if package.beside else OPENAI_3


class Environment(NamedTuple):
    python: str
    folder: Path
    package: Package


def _installer(folder: Path) -> Tuple[str, List[str]]:
    """The interpreter of a new environment, and the command that installs into it."""
    python = str(folder / "env" / ("Scripts" if os.name == "nt" else "bin") / "python")
    uv = shutil.which("uv")
    if uv and subprocess.run([uv, "--version"], capture_output=True).returncode == 0:
        subprocess.run([uv, "venv", "-q", "-p", sys.executable, "env"], cwd=folder, check=True)
        return python, [uv, "pip", "install", "-q", "--python", python]
    subprocess.run([sys.executable, "-m", "venv", "env"], cwd=folder, check=True)
    return python, [python, "-m", "pip", "install", "-q"]


@pytest.fixture(scope="module", params=PACKAGES)
def environment(request: Any, tmp_path_factory: Any) -> Environment:
    package, folder = PACKAGES[request.param], tmp_path_factory.mktemp(request.param)
    python, install = _installer(folder)
    lock = str(LOCKS / f"{package.lock}.txt")
    subprocess.run([*install, "--no-deps", "-r", lock], check=True)
    subprocess.run([*install, *OURS, *package.beside], check=True)
    for file, text in package.stubs.items():
        (folder / file).parent.mkdir(exist_ok=True)
        (folder / file).write_text(text)
    return Environment(python, folder, package)


@pytest.fixture()
def output(environment: Environment) -> Callable[..., List[str]]:
    """The lines of a program run in this way; its failure is the test's."""

    def run(way: str, text: str) -> List[str]:
        (environment.folder / "program.py").write_text(textwrap.dedent(text))
        arguments = [part.format("program") for part in WAYS[way]]
        done = subprocess.run(
            [environment.python, "-W", "ignore", *arguments, *["program.py"] * (way == "run")],
            cwd=environment.folder,
            env={
                **os.environ,
                "PYTHONPATH": ROOT,
                "PYTHONIOENCODING": "utf-8",
                "DSADAPTER_MODEL_MAP": "gpt-3.5-turbo=deepseek-flash",
            },
            capture_output=True,
            encoding="utf-8",
            timeout=300,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()

    return run


@pytest.mark.parametrize("first", ["package", "neighbour"])
@pytest.mark.parametrize("way", WAYS)
def test_chat_stream_and_async_beside_openai_3(
    environment: Environment, output: Any, way: str, first: str
) -> None:
    programs = [environment.package.ask, _neighbour(environment.package)]
    lines = output(way, "".join(programs if first == "package" else reversed(programs)))
    assert sum("hello" in line for line in lines) == 4, lines
    answers = [line for line in lines if "neighbour" in line]
    assert answers[0].startswith("openai.types"), lines
    assert len(answers) == (3 if environment.package.beside else 1)
