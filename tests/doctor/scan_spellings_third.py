# ruff: noqa: E501  (programs stand as they are written)
"""A third set of spellings, written before any rule was mended for it; what was measured then stands
in docs/doctor.md."""

from __future__ import annotations

from typing import List

from scan_spellings import NEW, OLD, Spelling

FAULTY_THIRD: List[Spelling] = [
    Spelling(
        "code-legacy-call",
        NEW,
        "import openai\n@retry\ndef call(**kw):\n    return openai.ChatCompletion.create(**kw)  #!",
    ),
    Spelling(
        "code-legacy-call",
        NEW,
        'import openai\nchat = openai.ChatCompletion  #!\nprint(chat.create(model="x"))',
    ),
    Spelling(
        "code-legacy-call",
        NEW,
        "import openai\nclass LLM:\n    def __init__(self, client=openai.ChatCompletion):  #!\n        self.client = client",
    ),
    Spelling(
        "code-legacy-call",
        NEW,
        'import openai, functools\nask = functools.partial(openai.ChatCompletion.create, model="x")  #!',
    ),
    Spelling(
        "code-legacy-call",
        NEW,
        'from importlib import import_module\nimport openai as ai\nr = ai.Completion.create(engine="x")  #!',
    ),
    Spelling(
        "code-legacy-call",
        NEW,
        'import openai\nwith open("x") as f:\n    openai.File.create(file=f, purpose="fine-tune")  #!',
    ),
    Spelling(
        "code-legacy-call",
        NEW,
        "def f():\n    import openai\n    for r in openai.ChatCompletion.create(stream=True):  #!\n        print(r)",
    ),
    Spelling(
        "code-legacy-call",
        NEW,
        'import openai\nmodels = [m["id"] for m in openai.Model.list()["data"]]  #!',
    ),
    Spelling(
        "code-legacy-error",
        NEW,
        "import openai\ntry:\n    f()\nexcept openai.error.AuthenticationError as e:  #!\n    print(e)",
    ),
    Spelling(
        "code-legacy-error", NEW, "from openai.error import (  #!\n    APIError,\n    Timeout,\n)"
    ),
    Spelling(
        "code-legacy-error", NEW, "import openai\nERRORS = {openai.error.RateLimitError: 30}  #!"
    ),
    Spelling(
        "code-legacy-error",
        NEW,
        "import openai, backoff\n@backoff.on_exception(backoff.expo, openai.error.RateLimitError)  #!\ndef f(): pass",
    ),
    Spelling(
        "code-modern-call", OLD, 'import openai\nclient = openai.AsyncOpenAI(api_key="k")  #!'
    ),
    Spelling("code-modern-call", OLD, "from openai import OpenAI as Client  #!\nc = Client()"),
    Spelling(
        "code-modern-call",
        OLD,
        'import openai\nopenai.base_url = "https://api.deepseek.com/"\nprint(openai.chat.completions.create(model="x", messages=m))  #!',
    ),
    Spelling(
        "code-api-base",
        NEW,
        'import openai\nopenai.api_base = os.environ.get("BASE", "https://api.deepseek.com")  #!',
    ),
    Spelling(
        "code-api-base",
        NEW,
        'import os\nimport openai\nos.environ["OPENAI_API_BASE"] = "https://api.deepseek.com/v1"  #!\nc = openai.OpenAI()',
    ),
    Spelling(
        "code-api-base",
        NEW,
        'import openai as ai\nai.api_key, ai.api_base = key, "https://api.deepseek.com"  #!',
    ),
    Spelling(
        "code-legacy-result",
        NEW,
        'from openai import OpenAI\nclient = OpenAI(base_url="https://api.deepseek.com")\nr = client.chat.completions.create(model="deepseek-flash", messages=m)\nfor choice in r.choices:\n    print(choice["message"])  #!',
    ),
    Spelling(
        "code-legacy-result",
        NEW,
        'from openai import OpenAI\nclient = OpenAI(base_url="https://api.deepseek.com")\ndef ask(q):\n    return client.chat.completions.create(model="deepseek-flash", messages=q).choices[0].message["content"]  #!',
    ),
    Spelling(
        "code-legacy-result",
        NEW,
        'from openai import OpenAI\nclient = OpenAI(base_url="https://api.deepseek.com")\nr = client.chat.completions.create(model="deepseek-flash", messages=m)\nprint(r.get("usage"))  #!',
    ),
    Spelling(
        "code-legacy-result",
        NEW,
        'from openai import OpenAI\nclient = OpenAI(base_url="https://api.deepseek.com")\nr = client.chat.completions.create(model="deepseek-flash", messages=m)\nprint(r.usage["total_tokens"])  #!',
    ),
    Spelling(
        "code-stream-content",
        NEW,
        'from openai import OpenAI\nclient = OpenAI(base_url="https://api.deepseek.com")\nstream = client.chat.completions.create(model="deepseek-flash", messages=m, stream=True, extra_body={"thinking": {"type": "enabled"}})\nout = ""\nfor part in stream:\n    if part.choices:\n        out = out + part.choices[0].delta.content  #!',
    ),
    Spelling(
        "code-stream-content",
        NEW,
        'from openai import OpenAI\nclient = OpenAI(base_url="https://api.deepseek.com")\nstream = client.chat.completions.create(model="deepseek-flash", messages=m, stream=True, extra_body={"thinking": {"type": "enabled"}})\nfor part in stream:\n    if part.choices:\n        sys.stdout.write(part.choices[0].delta.content)  #!',
    ),
    Spelling(
        "code-stream-content",
        NEW,
        'from openai import OpenAI\nclient = OpenAI(base_url="https://api.deepseek.com")\nstream = client.chat.completions.create(model="deepseek-flash", messages=m, stream=True, extra_body={"thinking": {"type": "enabled"}})\ntext = "".join(c.choices[0].delta.content for c in stream if c.choices)  #!',
    ),
    Spelling(
        "code-stream-choices",
        NEW,
        'from openai import OpenAI\nclient = OpenAI(base_url="https://api.deepseek.com")\nstream = client.chat.completions.create(model="deepseek-flash", messages=m, stream=True, stream_options={"include_usage": True})\nfor c in stream:\n    print(c.choices[0].delta.content or "", end="")  #!',
    ),
    Spelling(
        "code-not-awaited",
        NEW,
        'from openai import AsyncOpenAI\nclient = AsyncOpenAI(base_url="https://api.deepseek.com")\nasync def f():\n    r = client.chat.completions.create(model="deepseek-flash", messages=m)\n    print(r.choices[0].message.content)  #!',
    ),
    Spelling(
        "code-stream-result",
        NEW,
        'from openai import OpenAI\nclient = OpenAI(base_url="https://api.deepseek.com")\nr = client.chat.completions.create(model="deepseek-flash", messages=m, stream=True)\nprint(r.choices[0].message.content)  #!',
    ),
    Spelling("code-key-literal", NEW, 'KEY = "sk-0f3c9a7be1d24c58a6f09d1e7b3c5a24"  #!'),
    Spelling(
        "code-key-literal",
        NEW,
        'from openai import OpenAI\nclient = OpenAI(\n    api_key="sk-0f3c9a7be1d24c58a6f09d1e7b3c5a24",  #!\n    base_url="https://api.deepseek.com")',
    ),
    Spelling(
        "code-key-literal",
        NEW,
        'headers = {"Authorization": "Bearer sk-0f3c9a7be1d24c58a6f09d1e7b3c5a24"}  #!',
    ),
    Spelling(
        "code-key-placeholder",
        NEW,
        'from openai import OpenAI\nclient = OpenAI(api_key="<your DeepSeek API key>", base_url="https://api.deepseek.com")  #!',
    ),
    Spelling(
        "code-key-placeholder",
        NEW,
        'from openai import OpenAI\nclient = OpenAI(api_key="sk-xxxxxxxxxxxxxxxx", base_url="https://api.deepseek.com")  #!',
    ),
    Spelling(
        "code-key-placeholder",
        NEW,
        'from openai import OpenAI\nclient = OpenAI(api_key="在此填入你的密钥", base_url="https://api.deepseek.com")  #!',
    ),
    Spelling(
        "code-keyword",
        NEW,
        'from openai import OpenAI\nclient = OpenAI(base_url="https://api.deepseek.com")\nclient.chat.completions.create(model="deepseek-flash", messages=m, request_timeout=30)  #!',
    ),
    Spelling(
        "code-keyword",
        NEW,
        'from openai import OpenAI\nclient = OpenAI(api_key=k, api_base="https://api.deepseek.com")  #!',
    ),
    Spelling(
        "code-keyword",
        NEW,
        'from openai import OpenAI\nclient = OpenAI(base_url="https://api.deepseek.com")\nclient.chat.completions.create(model="deepseek-flash", messages=m, thinking={"type": "disabled"})  #!',
    ),
    Spelling(
        "code-verify-false",
        NEW,
        'import httpx\nfrom openai import OpenAI\nclient = OpenAI(base_url="https://api.deepseek.com", http_client=httpx.Client(verify=False))  #!',
    ),
    Spelling(
        "code-verify-false",
        NEW,
        'import requests\ns = requests.Session()\ns.verify = False  #!\ns.post("https://api.deepseek.com/chat/completions", json=d, timeout=60).raise_for_status()',
    ),
    Spelling(
        "code-http-timeout",
        NEW,
        'import requests\nr = requests.post("https://api.deepseek.com/chat/completions", json=d, headers=h)  #!\nr.raise_for_status()',
    ),
    Spelling(
        "code-http-timeout",
        NEW,
        'import httpx\nr = httpx.post("https://api.deepseek.com/chat/completions", json=d, headers=h, timeout=10)  #!\nr.raise_for_status()',
    ),
]

HEALTHY_THIRD: List[Spelling] = [
    Spelling(
        "",
        NEW,
        'import openai\nfrom packaging.version import Version\nif Version(openai.__version__) < Version("1"):\n    r = openai.ChatCompletion.create()\nelse:\n    r = openai.OpenAI().chat.completions.create(model="gpt-4o", messages=m)',
    ),
    Spelling(
        "", NEW, '"""openai.ChatCompletion.create was the old way."""\nfrom openai import OpenAI\n'
    ),
    Spelling(
        "",
        NEW,
        'import dsadapter as openai\nopenai.api_base = "https://api.deepseek.com"\nprint(openai.ChatCompletion.create(model="deepseek-flash", messages=m, thinking={"type": "disabled"})["choices"])',
    ),
    Spelling(
        "",
        NEW,
        'from openai import OpenAI\nclient = OpenAI(base_url="https://api.deepseek.com")\nstream = client.chat.completions.create(model="deepseek-flash", messages=m, stream=True, extra_body={"thinking": {"type": "enabled"}})\nfor c in stream:\n    if c.choices and c.choices[0].delta.content:\n        print(c.choices[0].delta.content, end="")',
    ),
    Spelling(
        "",
        NEW,
        'from openai import OpenAI\nclient = OpenAI(api_key="EMPTY", base_url="http://localhost:8000/v1")\nclient.chat.completions.create(model="deepseek-r1:7b", messages=m)',
    ),
    Spelling(
        "",
        OLD,
        'import openai\nopenai.api_base = "https://api.deepseek.com"\nr = openai.ChatCompletion.create(model="deepseek-flash", messages=m, thinking={"type": "disabled"})\nprint(r["choices"][0]["message"]["content"])',
    ),
    Spelling(
        "",
        NEW,
        "class Completion:\n    @classmethod\n    def create(cls): ...\nCompletion.create()",
    ),
    Spelling(
        "",
        NEW,
        'import requests\nr = requests.get("https://example.com/api", timeout=5)\nprint(r.json()["choices"][0])',
    ),
    Spelling(
        "",
        NEW,
        'KEY = os.environ["DEEPSEEK_API_KEY"]\nassert KEY != "sk-xxxxxxxx", "put your key into .env"',
    ),
]
