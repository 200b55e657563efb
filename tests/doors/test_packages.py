"""Published packages that need openai<1, unmodified, beside openai 3 (minutes: they are installed).

Their pins contradict openai 3 (openai<1, anyio<4), so each is installed as a user must: without
dependencies, and what it imports besides by name.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Dict, List, NamedTuple

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
OURS = ["requests", "httpx", "python-dotenv", "packaging", "openai==3.54.0"]
KEY = 'api_key="YOUR_API_KEY", api_base="https://api.deepseek.com/v1"'


class Package(NamedTuple):
    alone: List[str]  # installed without dependencies
    others: List[str]
    program: str
    stubs: Dict[str, str] = {}


LANGCHAIN_NEEDS = (
    "PyYAML SQLAlchemy<3 aiohttp dataclasses-json<0.7 jsonpatch langsmith<0.1 numexpr numpy<2 "
    "pydantic tenacity<9"
).split()
# llama-index asks tiktoken at import, and tiktoken a server: offline something must stand for it.
TIKTOKEN = """
class Encoding:
    def encode(self, text, **_):
        return text.split()
def get_encoding(name):
    return Encoding()
encoding_for_model = get_encoding
"""
PACKAGES = {
    "langchain": Package(
        ["langchain==0.0.300"],
        LANGCHAIN_NEEDS,
        """
import asyncio
from langchain.chat_models import ChatOpenAI
from langchain.schema import HumanMessage
llm = ChatOpenAI(model_name="gpt-3.5-turbo", openai_api_key="YOUR_API_KEY",
                 openai_api_base="https://api.deepseek.com/v1")
M = [HumanMessage(content="hello")]
print(llm(M).content)
print("".join(c.content for c in llm.stream(M)))
print(asyncio.run(llm.agenerate([M])).generations[0][0].text)
""",
    ),
    "llama-index": Package(
        ["llama-index==0.8.40", "langchain==0.0.303"],
        [
            *LANGCHAIN_NEEDS,
            *"fsspec pandas<2.2 urllib3<2 beautifulsoup4 nest-asyncio nltk<3.9".split(),
            "setuptools<81",
        ],
        f"""
import asyncio
from llama_index.llms import OpenAI, ChatMessage
llm = OpenAI(model="gpt-3.5-turbo", {KEY}, max_retries=1)
M = [ChatMessage(role="user", content="hello")]
print(llm.chat(M).message.content)
print("".join(r.delta or "" for r in llm.stream_chat(M)))
print(asyncio.run(llm.achat(M)).message.content)
""",
        {"tiktoken/__init__.py": TIKTOKEN},
    ),
    "pyautogen": Package(
        ["pyautogen==0.1.14"],
        ["diskcache", "termcolor", "flaml", "numpy<2"],
        f"""
import asyncio, autogen, openai
M = [{{"role": "user", "content": "hello"}}]
CONFIG = [dict(model="gpt-3.5-turbo", {KEY})]
r = autogen.oai.ChatCompletion.create(config_list=CONFIG, messages=M, use_cache=False)
print(autogen.oai.ChatCompletion.extract_text(r)[0])
g = openai.ChatCompletion.create(model="gpt-3.5-turbo", messages=M, stream=True, {KEY})
print("".join(c.choices[0].delta.get("content", "") for c in g))
a = autogen.AssistantAgent("a", llm_config={{"config_list": CONFIG, "use_cache": False}})
u = autogen.UserProxyAgent("u", human_input_mode="NEVER", max_consecutive_auto_reply=0,
                           code_execution_config=False)
asyncio.run(u.a_initiate_chat(a, message="hello", silent=True))
print(u.last_message(a)["content"])
""",
    ),
}


@pytest.mark.parametrize("name", PACKAGES)
def test_chat_stream_and_async_beside_openai_3(name: str, tmp_path: Path) -> None:
    package = PACKAGES[name]
    subprocess.run([sys.executable, "-m", "venv", "env"], cwd=tmp_path, check=True)
    python = str(tmp_path / "env" / ("Scripts" if os.name == "nt" else "bin") / "python")
    install = [python, "-m", "pip", "install", "-q"]
    subprocess.run([*install, *package.others, *OURS], check=True)
    subprocess.run([*install, "--no-deps", *package.alone], check=True)
    for file, text in package.stubs.items():
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_text(text)
    (tmp_path / "program.py").write_text(package.program)
    done: Any = subprocess.run(
        [
            *(python, "-W", "ignore", "-m", "dsadapter", "run", "--offline"),
            *("--model-map", "gpt-3.5-turbo=deepseek-flash", "program.py"),
        ],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": ROOT},
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("hello") == 3
