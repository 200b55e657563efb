"""Each rule of ``doctor PATH`` finds its mistake, with the line, and spares the code beside it."""

from __future__ import annotations

import json
import os
import textwrap
from pathlib import Path
from typing import Any, Dict, List, NamedTuple

import pytest
from doctor_machines import machine
from scan_spellings import FAULTY
from scan_spellings_fresh import FAULTY_FRESH

from dsadapter._doctor import scan
from dsadapter._doctor.data import violations
from dsadapter._doctor.rules import RULES, Violation
from dsadapter._doctor.snapshot import Snapshot


class Case(NamedTuple):
    rule: str
    sdk: str
    line: int  # 0: nothing may be found
    code: str
    say: str = ""


AT = scan.target(machine("3.54.0"))
BASE = 'base_url="https://api.deepseek.com"'
CLIENT = f"from openai import OpenAI\nclient = OpenAI({BASE})\n"
ASK = 'client.chat.completions.create(model="deepseek-flash", messages=[]'
OFF = 'extra_body={"thinking": {"type": "disabled"}}'
URL = 'import requests, json\nurl = "https://api.deepseek.com/chat/completions"\n'
PLACEHOLDER = (
    "import requests, httpx, os\nAPI_KEY = 'your-api-key'\n{client}.post("
    "'https://api.deepseek.com/chat/completions', timeout=600,\n"
    "headers={{'Authorization': {value}}})"
)
PLACEHOLDERS = (
    "'Bearer sk-xxxx'",
    "f'Bearer {API_KEY}'",
    "'Bearer ' + API_KEY",
    "'Bearer %s' % API_KEY",
    "'Bearer %s' % (API_KEY,)",
    "'Bearer {}'.format(API_KEY)",
    "'Bearer {key}'.format(key=API_KEY)",
)
REAL_KEYS = (
    "'Bearer ' + os.environ['DEEPSEEK_API_KEY']",
    "f\"Bearer {os.environ['DEEPSEEK_API_KEY']}\"",
    "'Bearer ' + os.getenv('DEEPSEEK_API_KEY')",
    "f\"Bearer {os.environ.get('DEEPSEEK_API_KEY', '')}\"",
    "'Bearer %s' % os.environ['DEEPSEEK_API_KEY']",
    "'Bearer {}'.format(os.environ['DEEPSEEK_API_KEY'])",
    "'Bearer {key}'.format(key=os.environ['DEEPSEEK_API_KEY'])",
    "'Bearer ' + cfg['api_key']",
    "'Bearer ' + st.secrets['DEEPSEEK_API_KEY']",
    "'Bearer {:>9999999999}'.format('x')",
    "'Bearer ' + API_KEY + os.environ['DEEPSEEK_API_KEY']",
)
CASES: List[Case] = [
    Case("code-openai-missing", "none", 1, "import openai", "dsadapter run"),
    Case("code-openai-missing", "3.54.0", 0, "import openai"),
    Case("code-openai-missing", "none", 0, "import dsadapter as openai\nopenai.ChatCompletion"),
    # -- generations
    Case(
        "code-legacy-call", "3.54.0", 2, "import openai\nopenai.ChatCompletion.create()", "APIRem"
    ),
    Case("code-legacy-call", "3.54.0", 2, "import openai as o\no.Completion.create()"),
    Case("code-legacy-call", "3.54.0", 1, "from openai import ChatCompletion"),
    Case("code-legacy-call", "0.28.1", 0, "import openai\nopenai.ChatCompletion.create()"),
    Case("code-legacy-call", "3.54.0", 0, "import dsadapter as openai\nopenai.ChatCompletion"),
    Case(
        "code-legacy-call",
        "3.54.0",
        0,
        "import openai\nif hasattr(openai, 'OpenAI'): pass\nelse: openai.ChatCompletion.create()",
    ),
    Case(
        "code-legacy-call",
        "3.54.0",
        0,
        "import openai\nif openai.__version__ < '1': openai.ChatCompletion.create()",
    ),
    Case("code-legacy-error", "3.54.0", 1, "from openai.error import RateLimitError"),
    Case("code-legacy-error", "3.54.0", 1, "import openai.error"),
    Case("code-legacy-error", "3.54.0", 1, "from openai import error"),
    Case(
        "code-legacy-error",
        "3.54.0",
        3,
        "import openai\ntry: pass\nexcept openai.error.APIError: pass",
        "hides that error",
    ),
    Case("code-legacy-error", "0.28.1", 0, "from openai.error import RateLimitError"),
    Case("code-legacy-name", "3.54.0", 1, "from openai.openai_object import OpenAIObject"),
    Case("code-legacy-name", "3.54.0", 2, "import openai\nx = openai.InvalidRequestError"),
    Case("code-legacy-name", "3.54.0", 0, "import openai\nx = openai.version"),
    Case("code-modern-call", "0.28.1", 1, "from openai import OpenAI", "cannot import name"),
    Case("code-modern-call", "0.28.1", 2, "import openai\nc = openai.OpenAI()", "no attribute"),
    Case("code-modern-call", "3.54.0", 0, "from openai import OpenAI"),
    Case(
        "code-modern-call",
        "0.28.1",
        0,
        "try:\n    from openai import OpenAI\nexcept ImportError:\n    OpenAI = None",
    ),
    Case("code-legacy-result", "3.54.0", 4, CLIENT + f"r = {ASK})\nr['choices']"),
    Case(
        "code-legacy-result", "3.54.0", 4, CLIENT + f"r = {ASK})\nr.choices[0].message['content']"
    ),
    Case("code-legacy-result", "3.54.0", 5, CLIENT + f"r = {ASK})\nimport json\njson.dumps(r)"),
    Case("code-legacy-result", "3.54.0", 4, CLIENT + f"r = {ASK})\nr.to_dict_recursive()"),
    Case("code-legacy-result", "3.54.0", 0, CLIENT + f"r = {ASK})\nr.choices[0].message.content"),
    Case(
        "code-legacy-result",
        "3.54.0",
        0,
        f"from dsadapter import OpenAI\nclient = OpenAI()\nr = {ASK})\nr['choices']",
    ),
    Case("code-keyword", "3.54.0", 3, CLIENT + f"{ASK}, request_timeout=3)", "timeout="),
    Case("code-keyword", "3.54.0", 3, CLIENT + ASK + ", thinking={})", "extra_body"),
    Case("code-keyword", "1.109.1", 1, "import openai; openai.OpenAI(api_base='x')", "base_url"),
    Case("code-keyword", "1.20.0", 3, CLIENT + ASK + ", stream_options={})", "extra_body"),
    Case("code-keyword", "1.109.1", 0, CLIENT + ASK + ", stream_options={})"),
    Case("code-proxies", "3.54.0", 1, "import openai; openai.OpenAI(proxies={})", "http_client"),
    Case("code-proxies", "1.109.1", 1, "import httpx; httpx.Client(proxies={})", "proxy="),
    Case("code-proxies", "1.109.1", 0, "import httpx; httpx.Client(proxy='x')"),
    Case("code-proxies", "1.109.1", 0, "import requests; requests.get('x', proxies={})"),
    Case(
        "code-http-client",
        "1.109.1",
        1,
        "import openai, httpx2; openai.OpenAI(http_client=httpx2.Client())",
        "httpx.Client()",
    ),
    Case(
        "code-http-client",
        "3.54.0",
        1,
        "import openai, httpx; openai.OpenAI(http_client=httpx.AsyncClient())",
        "httpx2.Client()",
    ),
    Case(
        "code-http-client",
        "3.54.0",
        2,
        "import openai, requests; s = requests.Session()\nopenai.OpenAI(http_client=s)",
    ),
    Case(
        "code-http-client",
        "3.54.0",
        1,
        "import openai, httpx; openai.OpenAI(base_url=httpx.URL('https://x'))",
    ),
    Case(
        "code-http-client",
        "3.54.0",
        0,
        "import openai, httpx2; openai.OpenAI(http_client=httpx2.Client())",
    ),
    Case(
        "code-api-base",
        "3.54.0",
        2,
        "import openai\nopenai.api_base = 'https://api.deepseek.com'",
        'openai.base_url = "https://api.deepseek.com/"',  # the slash that code-base-url-slash wants
    ),
    Case("code-api-base", "0.28.1", 2, "import openai\nopenai.base_url = 'x/'", 'api_base = "x"'),
    Case(
        "code-api-base",
        "3.54.0",
        2,
        "import openai, os\nos.environ['OPENAI_API_BASE'] = 'x'",
    ),
    Case("code-api-base", "0.28.1", 0, "import openai\nopenai.api_base = 'x'"),
    Case("code-api-base", "3.54.0", 0, "import dsadapter as openai\nopenai.api_base = 'x'"),
    Case(
        "code-base-url-slash",
        "3.54.0",
        2,
        "import openai\nopenai.base_url = 'https://api.deepseek.com/v1'",
        "v1chat",
    ),
    Case(
        "code-base-url-slash",
        "3.54.0",
        0,
        "import openai\nopenai.base_url = 'https://api.deepseek.com/v1/'",
    ),
    Case("code-setting-ignored", "3.54.0", 2, "import openai\nopenai.proxy = 'x'"),
    Case("code-setting-ignored", "0.28.1", 0, "import openai\nopenai.proxy = 'x'"),
    Case(
        "code-except-timeout",
        "3.54.0",
        3,
        "import openai\ntry: pass\nexcept (ValueError, openai.Timeout): pass",
        "APITimeoutError",
    ),
    Case(
        "code-except-timeout",
        "0.28.1",
        3,
        "import openai\ntry: pass\nexcept openai.Timeout: pass",
        "openai.error.Timeout",
    ),
    Case(
        "code-except-timeout",
        "0.28.1",
        0,
        "import openai\ntry: pass\nexcept openai.error.Timeout: pass",
    ),
    # -- DeepSeek
    Case("code-retired-model", "3.54.0", 1, "MODEL = 'deepseek-chat'", "disabled"),
    Case("code-retired-model", "none", 1, "ask(model='deepseek-reasoner')", "enabled"),
    Case("code-retired-model", "none", 0, "if m == 'deepseek-chat': pass"),
    Case("code-retired-model", "none", 0, "'deepseek-chat'"),
    Case("code-retired-model", "none", 0, "import dsadapter\nm = 'deepseek-chat'"),
    Case("code-thinking", "3.54.0", 3, CLIENT + ASK + ")", "extra_body"),
    Case("code-thinking", "0.28.1", 2, f"import openai\nopenai.ChatCompletion.create{ASK[30:]})"),
    Case("code-thinking", "3.54.0", 0, CLIENT + f"{ASK}, {OFF})"),
    Case("code-thinking", "3.54.0", 0, CLIENT + f"{ASK}, reasoning_effort='low')"),
    Case("code-thinking", "3.54.0", 0, CLIENT + f"{ASK}, **more)"),
    Case("code-tool-choice", "3.54.0", 3, CLIENT + f"{ASK}, tool_choice='required')"),
    Case("code-tool-choice", "3.54.0", 3, CLIENT + ASK + ", tool_choice={'type': 'function'})"),
    Case("code-tool-choice", "3.54.0", 0, CLIENT + f"{ASK}, tool_choice='auto')"),
    Case("code-tool-choice", "3.54.0", 0, CLIENT + f"{ASK}, tool_choice='required', {OFF})"),
    Case(
        "code-tool-choice",
        "3.54.0",
        0,
        f"from dsadapter import OpenAI\nclient = OpenAI()\n{ASK}, tool_choice='required')",
    ),
    Case(
        "code-json-schema",
        "3.54.0",
        3,
        CLIENT + ASK + ", response_format={'type': 'json_schema'})",
    ),
    Case(
        "code-json-schema",
        "3.54.0",
        3,
        CLIENT
        + "client.beta.chat.completions.parse(model='deepseek-flash', response_format=Model)",
    ),
    Case(
        "code-json-word",
        "3.54.0",
        4,
        CLIENT
        + "client.chat.completions.create(model='deepseek-flash', messages=[{'content': 'hi'}],\n"
        + "response_format={'type': 'json_object'})",
    ),
    Case(
        "code-json-word",
        "3.54.0",
        0,
        CLIENT
        + "client.chat.completions.create(model='deepseek-flash', messages=[{'content': 'JSON'}],\n"
        + "response_format={'type': 'json_object'})",
    ),
    Case(
        "code-json-word",
        "3.54.0",
        0,
        CLIENT
        + "client.chat.completions.create(model='deepseek-flash', messages=[unknown],\n"
        + "response_format={'type': 'json_object'})",
    ),
    Case("code-small-max-tokens", "3.54.0", 3, CLIENT + f"{ASK}, max_tokens=100)", "100"),
    Case("code-small-max-tokens", "3.54.0", 0, CLIENT + f"{ASK}, max_tokens=8000)"),
    Case("code-small-max-tokens", "3.54.0", 0, CLIENT + f"{ASK}, max_tokens=100, {OFF})"),
    Case("code-max-completion-tokens", "3.54.0", 3, CLIENT + f"{ASK}, max_completion_tokens=9)"),
    Case("code-max-completion-tokens", "3.54.0", 0, CLIENT + f"{ASK}, max_tokens=9000)"),
    Case(
        "code-developer-role",
        "3.54.0",
        3,
        CLIENT
        + "client.chat.completions.create(model='deepseek-chat', messages=[{'role': 'developer'}])",
    ),
    Case(
        "code-developer-role",
        "3.54.0",
        0,
        "from openai import OpenAI\nclient = OpenAI()\n"
        "client.chat.completions.create(model='gpt-5', messages=[{'role': 'developer'}])",
    ),
    # -- streams
    Case(
        "code-stream-choices",
        "3.54.0",
        5,
        CLIENT + f"s = {ASK}, stream=True)\nfor c in s:\n    print(c.choices[0].x)",
    ),
    Case(
        "code-stream-choices",
        "0.28.1",
        3,
        "import openai\nfor c in openai.ChatCompletion.create(stream=True, stream_options=x):\n"
        "    c['choices'][0]['x']",
    ),
    Case(  # without stream_options 0.28 gets no chunk without choices
        "code-stream-choices",
        "0.28.1",
        0,
        "import openai\nfor c in openai.ChatCompletion.create(stream=True):\n"
        "    c['choices'][0]['delta'].get('content', '')",
    ),
    Case(
        "code-stream-choices",
        "3.54.0",
        0,
        CLIENT
        + f"for c in {ASK}, stream=True):\n    if not c.choices: continue\n    c.choices[0].delta",
    ),
    Case("code-stream-choices", "3.54.0", 0, CLIENT + f"r = {ASK})\nr.choices[0].message"),
    *(
        Case("code-stream-content", "3.54.0", 5, CLIENT + f"for c in {ASK}, stream=True):\n{body}")
        for body in (
            "    for x in c.choices:\n        text += x.delta.content",
            "    d = c.choices[0].delta\n    print(d.content)".replace("d.", "delta.").replace(
                "d =", "delta ="
            ),
            "    v = c.choices[0].delta.content\n    text = text + v",
            "    v = c.choices[0].delta\n    parts.append(c.choices[0].delta.content)",
        )
    ),
    *(
        Case("code-stream-content", "3.54.0", 0, CLIENT + f"for c in {ASK}, stream=True):\n{body}")
        for body in (
            "    text += c.choices[0].delta.content or ''",
            "    v = c.choices[0].delta.content\n    if v: text += v",
            "    if c.choices[0].delta.content is not None: print(c.choices[0].delta.content)",
            "    if (v := c.choices[0].delta.content): print(v)",
        )
    ),
    Case(  # nothing is null where nobody thinks
        "code-stream-content",
        "0.28.1",
        0,
        "import openai\nfor c in openai.ChatCompletion.create(model='deepseek-chat', stream=True):"
        "\n    print(c['choices'][0]['delta'].get('content', ''))",
    ),
    Case(
        "code-stream-content",
        "0.28.1",
        3,
        "import openai\nfor c in openai.ChatCompletion.create(model='deepseek-flash', stream=True):"
        "\n    print(c['choices'][0]['delta'].get('content', ''))",
    ),
    # -- HTTP by hand
    Case(
        "code-http-stream",
        "none",
        6,
        URL + "data = {}\ndata['stream'] = True\n"
        "r = requests.post(url, json=data, stream=True)\nprint(r.text)\n"
        "for line in r.iter_lines(): pass",
        ".text",
    ),
    Case(
        "code-http-stream",
        "none",
        5,
        URL + "def f(body):\n    r = requests.post(url, json=body, stream=True)\n"
        "    print(r.text)\n    for line in r.iter_lines(): pass",
    ),
    Case(
        "code-http-stream",
        "none",
        4,
        URL + "r = requests.post(url, json={'stream': True}, stream=True)\n"
        "if r.status_code == 200 and r.text:\n    for line in r.iter_lines(): pass",
        ".text",
    ),
    Case(
        "code-http-stream",
        "none",
        4,
        URL + "r = requests.post(url, json={'stream': True}, stream=True)\n"
        "print(r.json())\nfor line in r.iter_lines(): pass",
    ),
    Case(
        "code-http-stream",
        "none",
        3,
        URL + "requests.post(url, json={'stream': True}, timeout=99)",
        "stream=True",
    ),
    Case(
        "code-http-stream",
        "none",
        3,
        URL.replace("requests", "httpx") + "httpx.post(url, json={'stream': True})",
        "httpx.stream",
    ),
    *(
        Case(
            "code-http-stream",
            "none",
            0,
            URL + "r = requests.post(url, json={'stream': True}, stream=True)\n" + body,
        )
        for body in (
            "if r.status_code != 200:\n    print(r.text)\nfor line in r.iter_lines(): pass",
            "if r.status_code == 200:\n    for line in r.iter_lines(): pass\nelse:\n    r.text",
            "if not r.ok:\n    raise SystemExit(r.text)\nfor line in r: pass",
            "for line in r.iter_lines(): pass\nr.text",
        )
    ),
    Case("code-http-stream", "none", 0, URL + "r = requests.post(url, json={})\nr.text"),
    Case("code-http-timeout", "none", 3, URL + "requests.post(url, json={})", "for ever"),
    Case(
        "code-http-timeout",
        "none",
        3,
        URL + "requests.post(url, json={'model': 'deepseek-flash'}, timeout=10)",
        "10",
    ),
    Case(
        "code-http-timeout",
        "none",
        3,
        URL.replace("requests", "httpx") + "httpx.post(url, json={})",
        "5 seconds",
    ),
    Case("code-http-timeout", "none", 0, URL + "requests.post(url, timeout=(5, 600))"),
    Case(
        "code-http-timeout",
        "none",
        0,
        URL + "requests.post(url, json={'model': 'deepseek-chat'}, timeout=10)",
    ),
    Case(
        "code-http-timeout",
        "none",
        0,
        URL.replace("requests", "httpx") + "c = httpx.Client(timeout=600)\nc.post(url, json={})",
    ),
    Case("code-http-timeout", "none", 0, "import requests\nrequests.post('https://example.com')"),
    Case(
        "code-http-status",
        "none",
        3,
        URL + "x = requests.post(url, timeout=99).json()['choices']",
    ),
    Case(
        "code-http-status",
        "none",
        5,
        URL + "def f():\n    r = requests.post(url, timeout=99)\n    return r.json()",
    ),
    Case(
        "code-http-status",
        "none",
        0,
        URL + "r = requests.post(url, timeout=99)\nr.raise_for_status()\nr.json()",
    ),
    Case(
        "code-http-status",
        "none",
        0,
        URL + "r = requests.post(url, timeout=99)\nif r.status_code == 200: r.json()",
    ),
    Case("code-verify-false", "none", 3, URL + "requests.post(url, verify=False, timeout=99)"),
    Case("code-verify-false", "none", 1, "import httpx; httpx.Client(verify=False)"),
    Case("code-verify-false", "none", 0, "import requests; requests.get('http://x', verify=False)"),
    Case("code-key-literal", "none", 1, f"key = 'sk-{'0123456789abcdef' * 2}'", "...cdef"),
    Case("code-key-literal", "none", 1, "key = 'bce-v3/ALTAK-0123456789/abcdef'"),
    Case("code-key-literal", "none", 0, "key = 'sk-your-deepseek-api-key-here'"),
    Case("code-key-placeholder", "none", 1, "import dsadapter; dsadapter.OpenAI(api_key='<key>')"),
    Case("code-key-placeholder", "0.28.1", 2, "import openai\nopenai.api_key = 'YOUR_KEY'"),
    Case("code-key-placeholder", "none", 2, "import requests\nh = {'A': 'Bearer <DeepSeek>'}"),
    Case("code-key-placeholder", "none", 0, "import requests\nh = 'Bearer ' + key"),
    *(
        Case("code-key-placeholder", "none", line, PLACEHOLDER.format(client=client, value=value))
        for client in ("requests", "httpx", "httpx.Client()", "httpx.AsyncClient()")
        for line, values in ((4, PLACEHOLDERS), (0, REAL_KEYS))
        for value in values
    ),
    # -- names that the file gives to something of its own
    *(
        Case("code-legacy-call", "3.54.0", line, f"{code}\nopenai.ChatCompletion.create()")
        for line, code in (
            (0, "class openai: ChatCompletion = Fake()"),
            (0, "import openai\nclass openai: ChatCompletion = Fake()"),
            (0, "def openai(): pass"),
            (0, "async def openai(): pass"),
            (5, "import openai\nclass A:\n    def openai(self):\n        pass"),
            (5, "try:\n    import openai\nexcept ImportError:\n    class openai: pass"),
        )
    ),
    Case("code-legacy-call", "3.54.0", 0, "def f(openai, /): openai.ChatCompletion.create()"),
    Case("code-legacy-call", "3.54.0", 0, "def f(*openai): openai.ChatCompletion.create()"),
    Case(
        "code-http-timeout",
        "none",
        0,
        "import requests\nrequests.post('https://my.host/', {'see': 'https://api.deepseek.com'})",
    ),
    Case(
        "code-http-timeout",
        "none",
        2,
        "import requests\nrequests.request('POST', 'https://api.deepseek.com/chat/completions')",
    ),
]


def at(sdk: str, **more: Any) -> Snapshot:
    known = {"none": "none", "0.28.1": "0.28.1", "3.54.0": "3.54.0"}
    if sdk in known:
        return machine(known[sdk], **more)
    return machine("1.109.1", versions={"openai": sdk}, **more)


def hits(code: str, s: Snapshot, rule: str) -> List[Any]:
    found = scan.examine("app.py", textwrap.dedent(code), scan.target(s))
    return [hit for hit in found.hits if hit.rule == rule]


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.rule[5:]}-{c.sdk}-{c.line}")
def test_rule(case: Case) -> None:
    found = hits(case.code, at(case.sdk), case.rule)
    assert [hit.line for hit in found][:1] == ([case.line] if case.line else [])
    for hit in found:
        assert hit.finding.location.file == "app.py"
        assert hit.finding.location.column >= 1
    fix = [hit.finding.fix.text.en for hit in found if hit.finding.fix and hit.finding.fix.text]
    texts = [hit.finding.message.en for hit in found] + fix
    assert any(case.say in text for text in texts) or not found


# --- requirement files ---------------------------------------------------------------------------


class Files(NamedTuple):
    rule: str
    sdk: str
    place: str  # "file:line" of the hit, "" for none
    files: Dict[str, str]
    python: str = "3.12.9"


def _cells(*cells: str) -> str:
    return json.dumps({"cells": [{"cell_type": "code", "source": cell} for cell in cells]})


_LOCK = '[[package]]\nname = "openai"\nversion = "1.30.0"\n'
PROJECT: List[Files] = [
    Files("code-pins", "none", "requirements.txt:2", {"requirements.txt": "a\nopenai==1.30.0\n"}),
    Files(
        "code-pins", "none", "requirements.txt:1", {"requirements.txt": "openai>=1,<1.50\nhttpx"}
    ),
    Files("code-pins", "none", "", {"requirements.txt": "openai==1.30.0\nhttpx<0.28\n"}),
    Files("code-pins", "none", "", {"requirements.txt": "openai\nopenai-whisper\n"}),
    Files("code-pins", "none", "", {"requirements.txt": "openai==0.28.1\n"}),
    Files(
        "code-pins",
        "none",
        "pyproject.toml:4",
        {"pyproject.toml": '[project]\ndependencies = [\n  "requests",\n  "openai~=1.30.0",\n]\n'},
    ),
    Files(
        "code-pins",
        "none",
        "pyproject.toml:3",
        {"pyproject.toml": '[tool.poetry.dependencies]\npython = "^3.8"\nopenai = "~1.30"\n'},
    ),
    Files("code-pins", "none", "", {"pyproject.toml": '[tool.poetry.dependencies]\nopenai = "^1"'}),
    Files(
        "code-pins",
        "none",
        "setup.cfg:3",
        {"setup.cfg": "[options]\ninstall_requires =\n    openai==1.6.1\n    requests\n"},
    ),
    Files(
        "code-pins", "none", "requirements.txt:1", {"requirements.txt": "openai==3.54.0"}, "3.9.18"
    ),
    Files("code-pins", "none", "", {"requirements.txt": "openai>=2"}, "3.9.18"),
    Files(
        "code-pins-generation",
        "0.28.1",
        "requirements.txt:1",
        {"requirements.txt": "openai\n", "app.py": "import openai\nopenai.ChatCompletion.create()"},
    ),
    Files(
        "code-pins-generation",
        "0.28.1",
        "",
        {
            "requirements.txt": "openai<1\n",
            "app.py": "import openai\nopenai.ChatCompletion.create()",
        },
    ),
    Files(
        "code-httpx-undeclared",
        "3.54.0",
        "app.py:1",
        {"requirements.txt": "openai\n", "app.py": "import httpx, openai"},
    ),
    Files(
        "code-httpx-undeclared",
        "3.54.0",
        "",
        {"requirements.txt": "openai\nhttpx\n", "app.py": "import httpx, openai"},
    ),
    Files(
        "code-httpx-undeclared",
        "1.109.1",
        "",
        {"requirements.txt": "openai\n", "app.py": "import httpx, openai"},
    ),
    Files("code-pins", "none", "uv.lock:3", {"uv.lock": _LOCK}),
    Files("code-pins", "none", "Pipfile:2", {"Pipfile": "[packages]\nopenai = '==1.30'\n"}),
    Files(
        "code-pins",
        "none",
        "environment.yml:3",
        {"environment.yml": "dependencies:\n- pip:\n  - openai==1.30.0\n"},
    ),
    Files(
        "code-pins",
        "none",
        "app.py:2",
        {"app.py": "# /// script\n# dependencies = ['openai==1.30']\n# ///\nimport os"},
    ),
    Files("code-install", "3.54.0", "a.ipynb:1", {"a.ipynb": _cells("!pip install openai==0.28")}),
    Files("code-install", "none", "a.ipynb:2", {"a.ipynb": _cells("x\n%pip install 'openai<1'")}),
    Files("code-install", "3.54.0", "", {"a.ipynb": _cells("!pip install -U openai")}),
    Files(  # an example of its own declares for itself alone
        "code-httpx-undeclared",
        "3.54.0",
        "",
        {"example/requirements.txt": "openai\n", "app.py": "import httpx, openai"},
    ),
]


@pytest.mark.parametrize("case", PROJECT, ids=lambda c: f"{c.rule[5:]}-{c.place}")
def test_project(case: Files, tmp_path: Path) -> None:
    for name, text in case.files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    found = scan.scan((str(tmp_path),), at(case.sdk, python={"version": case.python}))
    places = [f"{Path(hit.file).name}:{hit.line}" for hit in found.hits if hit.rule == case.rule]
    assert places == ([case.place] if case.place else [])


def test_a_damaged_cell_does_not_hide_the_others(tmp_path: Path) -> None:
    rows: List[Dict[str, Any]] = [{"cell_type": "code"}, {"cell_type": "code", "source": None}]
    rows.append({"cell_type": "code", "source": "import openai\nopenai.Model.list()"})
    (tmp_path / "a.ipynb").write_text(json.dumps({"cells": rows}))
    found = scan.scan((str(tmp_path),), at("3.54.0"))
    assert [(hit.rule, hit.line) for hit in found.hits] == [("code-legacy-call", 2)]
    assert found.unparsed == ()


def test_a_file_is_judged_with_the_requirements_beside_it(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("openai==1.30.0")
    (tmp_path / "app.py").write_text("import os")
    found = scan.scan((str(tmp_path / "app.py"),), at("none"))
    assert [hit.rule for hit in found.hits] == ["code-pins"]


def test_a_notebook_is_told_by_cell_and_line(tmp_path: Path) -> None:
    cells = ("import openai", "%matplotlib inline\nopenai.ChatCompletion.create()", "def (")
    (tmp_path / "a.ipynb").write_text(_cells(*cells))
    found = scan.scan((str(tmp_path / "a.ipynb"),), at("3.54.0"))
    locations = [str(hit.finding.location) for hit in found.hits if hit.finding.location]
    assert [where.partition("a.ipynb")[2] for where in locations] == [", cell 2, line 2"]
    assert [file.partition("a.ipynb")[2] for file, _ in found.unparsed] == [", cell 3"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads all")
def test_a_folder_that_cannot_be_listed_is_said(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0)
    try:
        found = scan.scan((str(tmp_path),), at("none"))
    finally:
        closed.chmod(0o700)
    assert [Path(file).name for file, _ in found.unparsed] == ["closed"]


# --- robustness ----------------------------------------------------------------------------------

UNREADABLE = {
    "syntax.py": b"def (",
    "python2.py": b"print 'hello'",
    "encoding.py": "x = '中文'".encode("gbk"),
    "cookie.py": b"# -*- coding: no-such-codec -*-\n",
    "null.py": b"x = 1\0",
    "deep.py": b"x = " + b"(" * 5000 + b")" * 5000,
    "large.py": b"x = 1\n" * 400_000,
}
READABLE = {
    "gbk.py": "# -*- coding: gbk -*-\nmodel = 'deepseek-chat'  # 中文".encode("gbk"),
    "bom.py": b"\xef\xbb\xbfmodel = 'deepseek-chat'",
    "crlf.py": b"model = 'deepseek-chat'\r\n",
    "empty.py": b"",
    "escape.py": b"x = '\\d deepseek'",
}


def test_files_that_cannot_be_read_are_named_and_passed_over(tmp_path: Path) -> None:
    for name, raw in {**UNREADABLE, **READABLE}.items():
        (tmp_path / name).write_bytes(raw)
    found = scan.scan((str(tmp_path),), at("none"))
    assert {Path(file).name for file, _ in found.unparsed} == set(UNREADABLE)
    assert all(why for _, why in found.unparsed)
    told = {Path(hit.file).name for hit in found.hits}
    assert told == {"gbk.py", "bom.py", "crlf.py"}
    assert found.files == len(UNREADABLE) + len(READABLE)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    for name in ("app.py", "requirements.txt"):
        os.mkfifo(tmp_path / name)
    found = scan.scan((str(tmp_path),), at("none"))
    assert [why for _, why in found.unparsed] == ["OSError: not a regular file"]


def test_environments_and_caches_are_not_the_users(tmp_path: Path) -> None:
    code = "model = 'deepseek-chat'"
    for folder in ("node_modules", ".git", "__pycache__", "env/lib", "build", "src"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "a.py").write_text(code)
    (tmp_path / "env" / "pyvenv.cfg").write_text("")
    found = scan.scan((str(tmp_path),), at("none"))
    assert [Path(hit.file).parent.name for hit in found.hits] == ["src"]


def test_nothing_is_executed(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text("import openai\nopen('ran', 'w')")
    scan.scan((str(tmp_path),), at("none"))
    assert not (tmp_path / "ran").exists() and not Path("ran").exists()


def test_every_rule_is_tried() -> None:
    tried = {c.rule for c in CASES if c.line} | {c.rule for c in PROJECT if c.place}
    tried |= {spelling.rule for spelling in (*FAULTY, *FAULTY_FRESH)}
    assert tried | {"code-unparsed"} == {rule.id for rule in RULES}


def test_a_name_that_is_made_of_itself() -> None:
    code = (
        "import openai\ndef f(chunks):\n    chunks = list(chunks)\n    for c in chunks: print(c)\n"
    )
    looped = code + "    return [c for c in chunks]\nopenai.Model.list()\n"
    found = scan.examine("a.py", looped, scan.target(machine("3.54.0")))
    assert [(hit.rule, hit.line) for hit in found.hits] == [("code-legacy-call", 6)]


@pytest.mark.parametrize(
    "code, effect",
    [
        ("try:\n    f()\nexcept openai.error.Timeout: pass", "hides that error"),
        ("try:\n    f()\nexcept (ValueError, openai.error.Timeout): pass", "hides that error"),
        ("retry(openai.error.Timeout)", "no attribute 'error'"),
        ("try:\n    f()\nexcept ValueError:\n    raise openai.error.APIError()", "no attribute"),
        ("ERRORS = (openai.error.Timeout, openai.error.APIError)", "no attribute 'error'"),
    ],
)
def test_openai_error_says_when_it_raises(code: str, effect: str) -> None:
    found = scan.examine("a.py", f"import openai\n{code}\n", scan.target(machine("3.54.0")))
    assert found.hits and all(effect in hit.finding.message.en for hit in found.hits)


@pytest.mark.parametrize(
    ("code", "azure"),
    [
        ("if azure:\n  openai.api_type = 'azure'\nelse:\n  openai.api_base = base", False),
        ("openai.api_type = 'open_ai'\nopenai.api_base = base", False),
        ("openai.api_type = config['type']\nif more:\n  openai.api_base = base", True),
    ],
)
def test_a_base_is_azures_by_the_api_type_beside_it(code: str, azure: bool) -> None:
    text = f"import openai\ndef f():\n{textwrap.indent(code, '  ')}\n"
    found = scan.examine("a.py", text, AT)
    assert ["azure_endpoint" in hit.finding.message.en for hit in found.hits] == [azure]


def test_a_base_that_is_openais_own_changes_nothing() -> None:
    code = "import openai\nopenai.api_base = 'https://api.openai.com/v1'\n"
    assert scan.examine("a.py", code, AT).hits == ()


def test_a_module_for_the_other_generation_is_left_alone(tmp_path: Any) -> None:
    old = "import openai\nopenai.api_base = url\nx = openai.ChatCompletion.create()\n"
    (tmp_path / "v0.py").write_text(old)
    (tmp_path / "always.py").write_text(old)
    (tmp_path / "__init__.py").write_text(
        "from openai.version import VERSION\nfrom . import always\n"
        "if VERSION.startswith('0'):\n    from .v0 import x\n    from .always import x\n"
    )
    code = scan.scan((str(tmp_path),), machine("3.54.0"))
    assert {Path(hit.file).name for hit in code.hits} == {"always.py"}


def test_a_function_for_one_generation_is_left_alone() -> None:
    code = "def answer_openai_v1(r):\n    from openai import Stream\n"
    at = scan.target(machine("0.28.1"))
    assert scan.examine("a.py", code, at).hits == ()
    assert len(scan.examine("a.py", code.replace("_openai_v1", "_v1"), at).hits) == 1


MIGRATED = {
    "code-legacy-call": ["openai.ChatCompletion.create()", "openai.Embedding.create()"],
    "code-legacy-error": ["import openai.error", "x = openai.error.Timeout"],
    "code-legacy-name": ["openai.InvalidRequestError"],
    "code-api-base": ["openai.api_base = url"],
}


@pytest.mark.parametrize(
    ("rule", "code"), [(rule, code) for rule, codes in MIGRATED.items() for code in codes]
)
def test_what_migrate_rewrites_names_it(rule: str, code: str) -> None:
    (hit,) = scan.examine("a.py", f"import openai\n{code}\n", AT).hits
    assert hit.rule == rule
    assert hit.finding.fix and hit.finding.fix.text
    for text in hit.finding.fix.text:
        assert "python -m dsadapter migrate a.py --diff" in text


@pytest.mark.parametrize("code", ["openai.Engine.list()", "from openai import openai_object"])
def test_what_it_cannot_does_not(code: str) -> None:
    (hit,) = scan.examine("a.py", f"import openai\n{code}\n", AT).hits
    assert hit.finding.fix and "migrate" not in str(hit.finding.fix.text)


def test_a_base_of_azure_does_not_go_to_openai() -> None:
    code = "import openai\nopenai.api_type = 'azure'\nopenai.api_base = base\n"
    found = scan.examine("a.py", code, scan.target(machine("3.54.0")))
    assert ["azure_endpoint" in hit.finding.message.en for hit in found.hits] == [True]
    assert "api.openai.com" not in found.hits[0].finding.message.en


VIOLATIONS = {name: row for name, row in vars(violations).items() if isinstance(row, Violation)}


def test_each_rule_has_a_row_for_what_breaks_it() -> None:
    files_that_no_rule_read = "code-unparsed"
    known = {rule.id for rule in RULES} - {files_that_no_rule_read}
    assert {row.rule for row in VIOLATIONS.values()} == known


@pytest.mark.parametrize("row", VIOLATIONS.values(), ids=VIOLATIONS)
def test_facts_of_a_row_are_told_to_people_too(row: Violation) -> None:
    for fact in row.facts:
        for message in row.message:
            assert f"{{{fact}}}" in message
