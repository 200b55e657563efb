# ruff: noqa: E501  (programs stand as they are written)
"""A second set of spellings, written after the rules and before any of them was mended for it; what
was measured then stands in docs/doctor.md."""

from __future__ import annotations

from typing import List

from scan_spellings import CLIENT, FLASH, LOCAL, NEW, OFF, OLD, POST, Spelling, _all

ASYNC = (
    'from openai import AsyncOpenAI\nclient = AsyncOpenAI(base_url="https://api.deepseek.com")\n'
)

FAULTY_FRESH: List[Spelling] = [
    # generations
    *_all(
        "code-legacy-call",
        NEW,
        "import openai\nopenai.api_key = key\nreply = openai.ChatCompletion().create(model='x')  #!",
        "import openai\nclass Bot:\n    api = openai.ChatCompletion  #!\n    def f(self):\n        "
        "self.api.create()",
        "import openai\nfn = {'chat': openai.ChatCompletion.create}  #!",
        "from openai import ChatCompletion as CC  #!\nCC.create(model='x')",
        "import openai\nr = await_all(lambda: openai.Embedding.acreate(input=t))  #!",
        "import asyncio, openai\nasync def f():\n    loop = asyncio.get_event_loop()\n"
        "    return await loop.run_in_executor(None, openai.ChatCompletion.create)  #!",
        "from openai import Embedding, ChatCompletion  #!",
        "import openai\nif not openai.api_key:\n    raise SystemExit\nopenai.File.create()  #!",
    ),
    *_all(
        "code-legacy-error",
        NEW,
        "from openai import error  #!\ntry:\n    f()\nexcept error.RateLimitError: pass",
        "import openai\ntry:\n    f()\nexcept (openai.error.APIError,  #!\n        ValueError): pass",
        "from openai.error import RateLimitError, APIError  #!",
        "import openai.error  #!",
        "import openai\nRETRY = [openai.error.Timeout]  #!",
        "import openai\ndef f(e):\n    return isinstance(e, openai.error.RateLimitError)  #!",
    ),
    *_all(
        "code-modern-call",
        OLD,
        "from openai import OpenAI  #!\nOpenAI()",
        "import openai\nc = openai.OpenAI()  #!",
        "from openai import AsyncOpenAI, OpenAI  #!",
        "import openai\ntry:\n    f()\nexcept openai.APITimeoutError: pass  #!",
        "import openai as o\no.chat.completions.create(model='x')  #!",
    ),
    # replies
    *_all(
        "code-legacy-result",
        NEW,
        CLIENT + f"print(client.chat.completions.create({FLASH})['choices'][0])  #!",
        CLIENT + f"def ask():\n    r = client.chat.completions.create({FLASH})\n"
        "    return r['choices'][0]['message']['content']  #!",
        CLIENT
        + f"r = client.chat.completions.create({FLASH})\nfor c in r['choices']:  #!\n    f(c)",
        CLIENT + f"r = client.chat.completions.create({FLASH})\nmsg = r.choices[0].message\n"
        "print(msg['content'])  #!",
        CLIENT + f"r = client.chat.completions.create({FLASH})\nn = r['usage']['total_tokens']  #!",
        CLIENT + f"for c in client.chat.completions.create({FLASH}, stream=True):\n"
        "    print(c['choices'][0]['delta'].get('content'))  #!",
        CLIENT + f"r = client.chat.completions.create({FLASH})\nprint(r.choices.message)  #!",
        CLIENT + f"r = client.chat.completions.create({FLASH})\n"
        "d = r.choices[0].message.get('content')  #!",
    ),
    *_all(
        "code-stream-result",
        NEW,
        CLIENT + f"r = client.chat.completions.create({FLASH}, stream=True)\nprint(r.choices)  #!",
        CLIENT + f"def f():\n    s = client.chat.completions.create({FLASH}, stream=True)\n"
        "    return s.usage.total_tokens  #!",
    ),
    *_all(
        "code-not-awaited",
        NEW,
        ASYNC + f"async def f():\n    r = client.chat.completions.create({FLASH})\n"
        "    return r.choices[0]  #!",
        ASYNC + f"async def f():\n    return client.chat.completions.create({FLASH}).choices  #!",
        ASYNC + "async def f():\n    async for c in client.chat.completions.create(  #!\n"
        f"        {FLASH}, stream=True):\n        g(c)",
        ASYNC + f"async def f():\n    client.chat.completions.create({FLASH})  #!",
        "import openai\nclass A:\n    def __init__(self):\n        self.c = openai.AsyncOpenAI()\n"
        "    async def f(self):\n        r = self.c.chat.completions.create(model='x', messages=m)\n"
        "        print(r.choices[0].message.content)  #!",
        ASYNC + "async def f():\n    e = client.embeddings.create(input=t, model='x')\n"
        "    return e.data[0].embedding  #!",
    ),
    # keywords and clients
    *_all(
        "code-keyword",
        NEW,
        CLIENT + f"client.chat.completions.create({FLASH}, thinking={{'type': 'disabled'}})  #!",
        CLIENT + f"kw = dict({FLASH}, request_timeout=3)  #!\nclient.chat.completions.create(**kw)",
        "from openai import OpenAI\nOpenAI(api_base='https://api.deepseek.com')  #!",
        "from openai import AsyncOpenAI\nAsyncOpenAI(request_timeout=3)  #!",
        CLIENT + f"client.chat.completions.create({FLASH}, headers={{'a': 'b'}})  #!",
    ),
    *_all(
        "code-proxies",
        NEW,
        "from openai import OpenAI\nOpenAI(proxies={'https': p})  #!",
        "import httpx2\nhttpx2.Client(proxies=p)  #!",
        "import httpx\nwith httpx.Client(proxies=p) as c:  #!\n    c.get(u)",
    ),
    *_all(
        "code-api-base",
        NEW,
        "import openai\nopenai.api_base = 'https://api.deepseek.com'  #!",
        "import os, openai\nos.environ['OPENAI_API_BASE'] = u  #!",
        "import openai\nopenai.api_key, openai.api_base = k, u  #!",
    ),
    # requests
    *_all(
        "code-tool-choice",
        NEW,
        CLIENT + f"client.chat.completions.create({FLASH}, tools=t, tool_choice='required')  #!",
        CLIENT
        + f"client.chat.completions.create({FLASH}, tools=t, tool_choice={{'type': 'function',"
        " 'function': {'name': 'f'}})  #!",
    ),
    *_all(
        "code-json-schema",
        NEW,
        CLIENT + f"client.chat.completions.parse({FLASH}, response_format=Answer)  #!",
        CLIENT + f"client.beta.chat.completions.parse({FLASH}, response_format=Answer)  #!",
        CLIENT + f"F = {{'type': 'json_schema', 'json_schema': s}}\n"
        f"client.chat.completions.create({FLASH}, response_format=F)  #!",
    ),
    *_all(
        "code-developer-role",
        NEW,
        CLIENT + "client.chat.completions.create(model='deepseek-flash', messages=[\n"
        "    {'role': 'developer', 'content': 'x'}])  #!",
        CLIENT + "msgs = [dict(role='developer', content='x')]  #!\n"
        "client.chat.completions.create(model='deepseek-flash', messages=msgs)",
    ),
    *_all(
        "code-retired-model",
        NEW,
        "MODEL = 'deepseek-chat'  #!",
        CLIENT + "client.chat.completions.create(model='deepseek-reasoner', messages=m)  #!",
        "def ask(q, model='deepseek-chat'):  #!\n    pass",
        "from langchain_openai import ChatOpenAI\nllm = ChatOpenAI(model='deepseek-chat')  #!",
        "config = {'model': 'deepseek-chat'}  #!",
        "import argparse\np = argparse.ArgumentParser()\n"
        "p.add_argument('--model', default='deepseek-chat')  #!",
    ),
    *_all(
        "code-foreign-model",
        NEW,
        CLIENT + "client.chat.completions.create(model='gpt-4o', messages=m)  #!",
        CLIENT + "M = 'gpt-3.5-turbo'\nclient.chat.completions.create(model=M, messages=m)  #!",
        "import dsadapter as openai\nopenai.ChatCompletion.create(model='gpt-4', messages=m)  #!",
    ),
    *_all(
        "code-small-max-tokens",
        NEW,
        CLIENT + f"client.chat.completions.create({FLASH}, max_tokens=50)  #!",
        CLIENT + f"N = 100\nclient.chat.completions.create({FLASH}, max_tokens=N)  #!",
    ),
    # streams
    *_all(
        "code-stream-choices",
        NEW,
        CLIENT + f"s = client.chat.completions.create({FLASH}, stream=True)\nfor c in s:\n"
        "    d = c.choices[0].delta  #!\n    print(d.content or '')",
        CLIENT + f"with client.chat.completions.create({FLASH}, stream=True) as s:\n"
        "    for c in s:\n        print(c.choices[0].delta.content or '')  #!",
        ASYNC + "async def f():\n    async for c in await client.chat.completions.create(\n"
        f"        {FLASH}, stream=True):\n        yield c.choices[0].delta.content or ''  #!",
    ),
    *_all(
        "code-stream-content",
        NEW,
        CLIENT + "out = ''\n"
        f"for c in client.chat.completions.create({FLASH}, stream=True):\n"
        "    if c.choices:\n        out += c.choices[0].delta.content  #!",
        CLIENT + f"parts = []\nfor c in client.chat.completions.create({FLASH}, stream=True):\n"
        "    if c.choices:\n        parts.append(c.choices[0].delta.content)  #!",
        CLIENT + f"for c in client.chat.completions.create({FLASH}, stream=True):\n"
        "    if c.choices:\n        sys.stdout.write(c.choices[0].delta.content)  #!",
    ),
    # by hand
    *_all(
        "code-http-timeout",
        NEW,
        POST + "requests.post(URL, json=b, headers=h)  #!",
        POST + "s = requests.Session()\ns.post(URL, json=b)  #!",
        POST + "requests.request('POST', URL, json=b)  #!",
        "import requests\nBASE = 'https://api.deepseek.com'\n"
        "requests.post(f'{BASE}/chat/completions', json=b)  #!",
        "import requests\nBASE = 'https://api.deepseek.com'\n"
        "requests.post(BASE + '/v1/chat/completions', json=b)  #!",
    ),
    *_all(
        "code-http-status",
        NEW,
        POST + "r = requests.post(URL, json=b, timeout=9)\nprint(r.json()['choices'])  #!",
        POST + "def f():\n    return requests.post(URL, json=b, timeout=9).json()  #!",
    ),
    *_all(
        "code-verify-false",
        NEW,
        POST + "requests.post(URL, json=b, timeout=9, verify=False)  #!",
        "import httpx\nfrom openai import OpenAI\nc = OpenAI(http_client=httpx.Client(verify=False))  #!",
    ),
    *_all(
        "code-key-literal",
        NEW,
        "from openai import OpenAI\nOpenAI(api_key='sk-0123456789abcdef0123456789abcdef')  #!",
        "HEADERS = {'Authorization': 'Bearer sk-0123456789abcdef0123456789abcdef'}  #!",
        "import os\nos.environ['OPENAI_API_KEY'] = 'sk-0123456789abcdef0123456789abcdef'  #!",
        "KEY = f'sk-0123456789abcdef0123456789abcdef'  #!",
    ),
    *_all(
        "code-key-placeholder",
        NEW,
        "from openai import OpenAI\nOpenAI(api_key='YOUR_API_KEY',  #!\n"
        "       base_url='https://api.deepseek.com')",
        "import os\nfrom openai import OpenAI\nos.environ['DEEPSEEK_API_KEY'] = '<your key>'  #!",
        "from openai import OpenAI\nK = 'sk-xxxxxxxxxxxxxxxx'\n"
        "OpenAI(api_key=K, base_url='https://api.deepseek.com')  #!",
    ),
]

HEALTHY_FRESH: List[Spelling] = _all(
    "",
    NEW,
    ASYNC + f"async def f():\n    r = await client.chat.completions.create({FLASH}, {OFF})\n"
    "    return r.choices[0].message.content",
    ASYNC + f"def f():\n    return client.chat.completions.create({FLASH}, {OFF})",
    "import asyncio\n" + ASYNC + "async def f(qs):\n    tasks = [client.chat.completions.create(\n"
    f"        {FLASH}, {OFF}) for q in qs]\n    return [r.choices for r in await asyncio.gather(*tasks)]",
    "import asyncio\n" + ASYNC + "async def f():\n    t = asyncio.create_task("
    f"client.chat.completions.create({FLASH}, {OFF}))\n    r = await t\n    return r.choices",
    ASYNC
    + f"async def f():\n    r = client.chat.completions.create({FLASH}, {OFF})\n    r = await r\n"
    "    return r.choices",
    ASYNC
    + f"async def f():\n    s = await client.chat.completions.create({FLASH}, stream=True, {OFF})\n"
    "    async for c in s:\n        if c.choices:\n            print(c.choices[0].delta.content or '')",
    LOCAL + "client.chat.completions.create(model='gpt-4o', messages=m)",
    LOCAL + "client.chat.completions.create(model='deepseek-r1:7b', messages=m, max_tokens=20)",
    "import openai\nc = openai.OpenAI()\ntry:\n    f()\nexcept openai.APIError: pass",
    "import requests\nr = requests.get('https://example.com/data', timeout=3)\nprint(r.json())",
    "class error:\n    pass\ntry:\n    f()\nexcept error: pass",
    "NAMES = ['deepseek-chat', 'deepseek-reasoner']",
    "p.add_argument('--retired', default='deepseek-chat', help='a name of yesterday')",
    "if model == 'deepseek-chat':\n    pass",
    "KEY = os.environ['DEEPSEEK_API_KEY']",
    "from dsadapter import OpenAI\nr = OpenAI().chat.completions.create(model='deepseek-flash',\n"
    f"    messages=m, {OFF})\nprint(r['choices'][0]['message']['content'])",
)
