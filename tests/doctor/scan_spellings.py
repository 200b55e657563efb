"""Spellings of the rules' mistakes, and healthy code beside them: what ``doctor PATH`` is measured
with. Each was written for this table."""

from __future__ import annotations

from typing import List, NamedTuple


class Spelling(NamedTuple):
    """``sdk``: the SDK here. The mark ``#!`` stands on the line that is at fault; none: healthy."""

    rule: str
    sdk: str
    code: str


NEW, OLD, NONE = "3.54.0", "0.28.1", "none"
CLIENT = 'from openai import OpenAI\nclient = OpenAI(base_url="https://api.deepseek.com")\n'
LOCAL = 'from openai import OpenAI\nclient = OpenAI(base_url="http://localhost:11434/v1")\n'
CREATE = "client.chat.completions.create"
FLASH = 'model="deepseek-flash", messages=m'
POST = 'import requests\nURL = "https://api.deepseek.com/chat/completions"\n'
OFF = 'extra_body={"thinking": {"type": "disabled"}}'


def _all(rule: str, sdk: str, *codes: str, before: str = "") -> List[Spelling]:
    return [Spelling(rule, sdk, before + code) for code in codes]


FAULTY: List[Spelling] = [
    *_all(
        "code-legacy-call",
        NEW,
        "import openai\nopenai.ChatCompletion.create(model='x')  #!",
        "import openai as ai\nai.Completion.create(prompt='x')  #!",
        "from openai import ChatCompletion  #!\nChatCompletion.create()",
        "from openai import *\nChatCompletion.create(model='x')  #!",
        "import openai\nask = openai.ChatCompletion.create  #!\nask(model='x')",
        "import functools, openai\nask = functools.partial(openai.ChatCompletion.create, n=1)  #!",
        "import openai\n@retry(openai.ChatCompletion.create)  #!\ndef f(): pass",
        "import openai\nasync def f():\n    return await openai.ChatCompletion.acreate()  #!",
        "import openai\nclass A:\n    def f(self):\n        return openai.Embedding.create()  #!",
        "import openai\nx = [openai.Image.create(p) for p in ps]  #!",
        "import openai\nf = lambda m: openai.ChatCompletion.create(messages=m)  #!",
        "import openai\ngetattr(openai, 'ChatCompletion').create()  #!",
        "import importlib\nopenai = importlib.import_module('openai')\nopenai.Model.list()  #!",
        "try:\n    import openai\nexcept ImportError:\n    raise\nopenai.Completion.create()  #!",
        "try:\n    import openai\nexcept ImportError as e:\n    raise RuntimeError('x') from e\n"
        "openai.Moderation.create()  #!",
        "import sys\ntry:\n    import openai\nexcept ImportError:\n    f()\n    sys.exit(1)\n"
        "openai.ChatCompletion.create()  #!",
        "try:\n    import openai\nexcept ImportError:\n    openai = None\n"
        "openai.ChatCompletion.create()  #!",
        "import openai\ntry:\n    openai.ChatCompletion.create()  #!\nexcept Exception as e:\n"
        "    print(e)",
        "def f():\n    import openai\n    return openai.ChatCompletion.create()  #!",
        "import openai\nwith timer(): r = openai.ChatCompletion.create()  #!",
        "import openai\nr = (openai.ChatCompletion  #!\n     .create(model='x'))",
        "import openai\nclient = openai\nclient.ChatCompletion.create()  #!",
        "import openai\nprint(f'{openai.Model.list()}')  #!",
        "import openai\nr = openai.ChatCompletion.create(**body) if body else None  #!",
    ),
    *_all(
        "code-legacy-error",
        NEW,
        "from openai.error import APIError, Timeout  #!",
        "import openai.error  #!",
        "import openai.error as oe  #!",
        "from openai import error  #!",
        "import openai\ntry: f()\nexcept openai.error.RateLimitError: pass  #!",
        "import openai\ntry: f()\nexcept (ValueError, openai.error.APIError): pass  #!",
        "import openai\n@retry(on=openai.error.Timeout)  #!\ndef f(): pass",
        "import openai\nERRORS = (openai.error.Timeout, openai.error.APIError)  #!",
    ),
    *_all(
        "code-legacy-name",
        NEW,
        "from openai.openai_object import OpenAIObject  #!",
        "from openai.embeddings_utils import cosine_similarity  #!",
        "from openai import api_requestor  #!",
        "import openai.util  #!",
        "import openai\ntry: f()\nexcept openai.InvalidRequestError: pass  #!",
    ),
    *_all(
        "code-modern-call",
        OLD,
        "from openai import OpenAI  #!",
        "from openai import AsyncOpenAI, OpenAIError  #!",
        "import openai\nc = openai.OpenAI()  #!",
        "import openai\nopenai.chat.completions.create()  #!",
        "import openai\ntry: f()\nexcept openai.APIStatusError: pass  #!",
        "import openai\nc: openai.AsyncOpenAI = None  #!",
    ),
    *_all(
        "code-legacy-result",
        NEW,
        f"r = {CREATE}({FLASH})\nprint(r['choices'][0])  #!",
        f"r = {CREATE}({FLASH})\nr.choices[0].message['content']  #!",
        f"r = {CREATE}({FLASH})\nr.choices[0]['message']  #!",
        f"x = {CREATE}({FLASH})['choices']  #!",
        f"r = {CREATE}({FLASH})\nr.get('choices')  #!",
        f"r = {CREATE}({FLASH})\nr.usage['total_tokens']  #!",
        f"import json\nr = {CREATE}({FLASH})\njson.dumps(r)  #!",
        f"r = {CREATE}({FLASH})\nr.to_dict_recursive()  #!",
        f"r = {CREATE}({FLASH})\nprint(r.choices.message.content)  #!",
        f"r = {CREATE}({FLASH})\nm = r.choices[0].message\nm['content']  #!",
        f"for c in {CREATE}({FLASH}, stream=True):\n    c['choices'][0]['delta']  #!",
        f"for c in {CREATE}({FLASH}, stream=True):\n    d = c.choices[0].delta\n    d.get('x')  #!",
        f"for c in {CREATE}({FLASH}, stream=True):\n    c.choices.delta  #!",
        f"s = {CREATE}({FLASH}, stream=True)\nfor c in s:\n    c.choices[0].delta['content']  #!",
        before=CLIENT,
    ),
    *_all(
        "code-stream-result",
        NEW,
        f"r = {CREATE}({FLASH}, stream=True)\nprint(r.choices[0].message)  #!",
        f"r = {CREATE}({FLASH}, stream=True)\nr.usage  #!",
        f"b = dict({FLASH}, stream=True)\nr = {CREATE}(**b)\nr.choices  #!",
        f"STREAM = True\nr = {CREATE}({FLASH}, stream=STREAM)\nr.model_dump()  #!",
        before=CLIENT,
    ),
    *_all(
        "code-keyword",
        NEW,
        f"{CREATE}({FLASH}, request_timeout=3)  #!",
        f"{CREATE}({FLASH}, thinking={{}})  #!",
        f"{CREATE}(engine='x', messages=m)  #!",
        f"{CREATE}({FLASH}, api_key='x')  #!",
        f"{CREATE}({FLASH}, headers={{}})  #!",
        "body = {'model': 'deepseek-flash', 'thinking': {}}  #!\n" + f"{CREATE}(**body)",
        "OpenAI(api_base='x')  #!",
        "OpenAI(request_timeout=3)  #!",
        before=CLIENT,
    ),
    *_all(
        "code-proxies",
        NEW,
        "import openai\nopenai.OpenAI(proxies={})  #!",
        "from openai import AsyncOpenAI as A\nA(proxies=p)  #!",
        "import httpx\nhttpx.Client(proxies='http://x')  #!",
        "import httpx\nhttpx.AsyncClient(proxies=p)  #!",
        "import httpx\nhttpx.post('https://x', proxies=p)  #!",
    ),
    *_all(
        "code-http-client",
        NEW,
        "import openai, httpx\nopenai.OpenAI(http_client=httpx.AsyncClient())  #!",
        "import openai, httpx2\nopenai.AsyncOpenAI(http_client=httpx2.Client())  #!",
        "import openai, requests\nopenai.OpenAI(http_client=requests.Session())  #!",
        "import openai, httpx\nopenai.OpenAI(base_url=httpx.URL('https://x'))  #!",
    ),
    *_all(
        "code-api-base",
        NEW,
        "import openai\nopenai.api_base = 'https://api.deepseek.com'  #!",
        "import openai as o\no.api_base = url  #!",
        "import openai\nsetattr(openai, 'api_base', url)  #!",
        "import openai, os\nos.environ['OPENAI_API_BASE'] = 'x'  #!",
        "import openai, os\nos.environ.setdefault('OPENAI_API_BASE', 'x')  #!",
        "import openai, os\nos.environ.update({'OPENAI_API_BASE': 'x'})  #!",
        "import openai, os\nos.environ.update(OPENAI_API_BASE='x')  #!",
        "import openai, os\nos.putenv('OPENAI_API_BASE', 'x')  #!",
        "from os import environ\nimport openai\nenviron['OPENAI_API_BASE'] = 'x'  #!",
        "import openai\nopenai.api_key, openai.api_base = k, u  #!",
    ),
    *_all("code-api-base", OLD, "import openai\nopenai.base_url = 'https://api.deepseek.com/'  #!"),
    *_all(
        "code-base-url-slash",
        NEW,
        "import openai\nopenai.base_url = 'https://api.deepseek.com'  #!",
        "import openai\nURL = 'https://api.deepseek.com/v1'\nopenai.base_url = URL  #!",
    ),
    *_all(
        "code-setting-ignored",
        NEW,
        "import openai\nopenai.proxy = 'http://x'  #!",
        "import openai\nopenai.verify_ssl_certs = False  #!",
        "import openai\nsetattr(openai, 'proxy', p)  #!",
    ),
    *_all(
        "code-except-timeout",
        NEW,
        "import openai\ntry: f()\nexcept openai.Timeout: pass  #!",
        "from openai import Timeout\ntry: f()\nexcept Timeout: pass  #!",
    ),
    *_all(
        "code-retired-model",
        NONE,
        "MODEL = 'deepseek-chat'  #!",
        "ask(model='deepseek-reasoner')  #!",
        "body = {'model': 'deepseek-chat'}  #!",
        "def ask(text, model='deepseek-chat'): pass  #!",
        "def ask(*, model_name='deepseek-chat'): pass  #!",
        "import os\nm = os.getenv('MODEL', 'deepseek-chat')  #!",
        "import os\nm = os.environ.get('MODEL') or 'deepseek-chat'  #!",
        "class A:\n    model: str = 'deepseek-chat'  #!",
        "self.model = 'deepseek-reasoner' if think else name  #!",
        "body['model'] = 'deepseek-chat'  #!",
    ),
    *_all(
        "code-foreign-model",
        NONE,
        "import dsadapter as openai\nopenai.ChatCompletion.create(model='gpt-4')  #!",
        "from dsadapter import OpenAI\nc = OpenAI()\nc.chat.completions.create(model='gpt-4o')  #!",
        "import dsadapter as o\nMODEL = 'gpt-3.5-turbo'\no.ChatCompletion.create(model=MODEL)  #!",
    ),
    *_all(
        "code-foreign-model",
        NEW,
        f"{CREATE}(model='gpt-4o-mini', messages=m)  #!",
        f"{CREATE}(model='deepseek-coder', messages=m)  #!",
        f"{CREATE}(model='deepseek-r1', messages=m)  #!",
        f"b = {{'model': 'gpt-4'}}  #!\n{CREATE}(**b)",
        before=CLIENT,
    ),
    *_all(
        "code-thinking",
        NEW,
        f"{CREATE}({FLASH})  #!",
        f"r = {CREATE}({FLASH}, stream=True)  #!",
        f"M = 'deepseek-flash'\n{CREATE}(model=M, messages=m)  #!",
        f"b = {{'model': 'deepseek-flash', 'messages': m}}\n{CREATE}(**b)  #!",
        f"import functools\nask = functools.partial({CREATE}, model='deepseek-flash')  #!",
        before=CLIENT,
    ),
    *_all(
        "code-tool-choice",
        NEW,
        f"{CREATE}({FLASH}, tool_choice='required')  #!",
        f"{CREATE}({FLASH}, tool_choice={{'type': 'function'}})  #!",
        f"T = {{'type': 'function'}}\n{CREATE}({FLASH}, tool_choice=T)  #!",
        before=CLIENT,
    ),
    *_all(
        "code-json-schema",
        NEW,
        f"{CREATE}({FLASH}, response_format={{'type': 'json_schema'}})  #!",
        f"F = {{'type': 'json_schema'}}\n{CREATE}({FLASH}, response_format=F)  #!",
        f"client.chat.completions.parse({FLASH}, response_format=Model)  #!",
        f"client.beta.chat.completions.parse({FLASH}, response_format=Model)  #!",
        before=CLIENT,
    ),
    *_all(
        "code-json-word",
        NEW,
        f"{CREATE}(model='deepseek-flash', messages=[{{'role': 'user', 'content': 'hi'}}],\n"
        "    response_format={'type': 'json_object'})  #!",
        f"M = [{{'role': 'user', 'content': 'hi'}}]\n{CREATE}(model='deepseek-flash', messages=M,\n"
        "    response_format={'type': 'json_object'})  #!",
        before=CLIENT,
    ),
    *_all(
        "code-small-max-tokens",
        NEW,
        f"{CREATE}({FLASH}, max_tokens=100)  #!",
        f"N = 64\n{CREATE}({FLASH}, max_tokens=N)  #!",
        before=CLIENT,
    ),
    *_all(
        "code-max-completion-tokens",
        NEW,
        f"{CREATE}({FLASH}, max_completion_tokens=900)  #!",
        f"b = {{'max_completion_tokens': 9}}  #!\n{CREATE}({FLASH}, **b)",
        before=CLIENT,
    ),
    *_all(
        "code-developer-role",
        NEW,
        f"{CREATE}(model='deepseek-flash', messages=[{{'role': 'developer', 'content': ''}}])  #!",
        f"M = [{{'role': 'developer'}}]  #!\n{CREATE}(model='deepseek-flash', messages=M)",
        before=CLIENT,
    ),
    *_all(
        "code-stream-choices",
        NEW,
        f"for c in {CREATE}({FLASH}, stream=True):\n    print(c.choices[0].x)  #!",
        f"s = {CREATE}({FLASH}, stream=True)\nfor c in s:\n    d = c.choices[0].delta  #!",
        f"b = dict({FLASH}, stream=True)\nfor c in {CREATE}(**b):\n    c.choices[0]  #!",
        f"for i, c in enumerate({CREATE}({FLASH}, stream=True)):\n    c.choices[0]  #!",
        f"with {CREATE}({FLASH}, stream=True) as s:\n    for c in s:\n        c.choices[0]  #!",
        f"x = [c.choices[0].delta for c in {CREATE}({FLASH}, stream=True)]  #!",
        f"s = {CREATE}({FLASH}, stream=True)\n''.join(c.choices[0].x for c in s)  #!",
        before=CLIENT,
    ),
    *_all(
        "code-stream-content",
        NEW,
        *(
            f"for c in {CREATE}({FLASH}, stream=True):\n    if not c.choices: continue\n{body}"
            for body in (
                "    text += c.choices[0].delta.content  #!",
                "    print(c.choices[0].delta.content, end='')  #!",
                "    d = c.choices[0].delta\n    print(d.content)  #!",
                "    print(f'{c.choices[0].delta.content}')  #!",
                "    v = c.choices[0].delta.content\n    out.write(v)  #!",
                "    text = text + c.choices[0].delta.content  #!",
                "    x = c.choices[0].delta\n    parts.append(x.content)  #!",
                "    sys.stdout.write(c.choices[0].delta.content)  #!",
                "    v = c.choices[0].delta.content\n    text += f'{v}'  #!",
            )
        ),
        f"s = {CREATE}({FLASH}, stream=True)\n"
        "t = ''.join(c.choices[0].delta.content for c in s)  #!",
        f"s = {CREATE}({FLASH}, stream=True)\nt = [c.choices[0].delta.content for c in s]  #!",
        f"def f():\n    for c in {CREATE}({FLASH}, stream=True):\n"
        "        yield c.choices[0].delta.content  #!",
        before=CLIENT,
    ),
    *_all(
        "code-http-stream",
        NONE,
        "requests.post(URL, json={'stream': True}, timeout=99)  #!",
        "b = {'stream': True}\nrequests.post(URL, json=b, timeout=99)  #!",
        "r = requests.post(URL, json={'stream': True}, stream=True)\nprint(r.text)  #!\n"
        "for l in r.iter_lines(): pass",
        "from requests import post\npost(URL, json={'stream': True}, timeout=99)  #!",
        before=POST,
    ),
    *_all(
        "code-http-timeout",
        NONE,
        "requests.post(URL, json={})  #!",
        "from requests import post\npost(URL, json={})  #!",
        "s = requests.Session()\ns.post(URL, json={})  #!",
        "requests.request('POST', URL, json={})  #!",
        "BASE = 'https://api.deepseek.com'\nrequests.post(f'{BASE}/chat/completions', json={})  #!",
        "requests.post(URL, json={'model': 'deepseek-flash'}, timeout=10)  #!",
        "class A:\n    def __init__(self):\n        self.url = URL\n    def f(self):\n"
        "        return requests.post(self.url, json={})  #!",
        before=POST,
    ),
    *_all(
        "code-http-status",
        NONE,
        "requests.post(URL, timeout=99).json()  #!",
        "r = requests.post(URL, timeout=99)\nprint(r.json())  #!",
        "from requests import post\nr = post(URL, timeout=99)\nr.json()  #!",
        before=POST,
    ),
    *_all(
        "code-verify-false",
        NONE,
        "import requests\nrequests.post('https://api.deepseek.com', verify=False)  #!",
        "import httpx\nhttpx.Client(verify=False)  #!",
        "import httpx\nc = httpx.AsyncClient(verify=False)  #!",
        "import requests\ns = requests.Session()\ns.verify = False  #!",
        "import requests\nclass A:\n    def __init__(self):\n        self.s = requests.Session()\n"
        "        self.s.verify = False  #!",
    ),
    *_all(
        "code-key-literal",
        NONE,
        f"KEY = 'sk-{'0123456789abcdef' * 2}'  #!",
        f"import os\nos.environ['DEEPSEEK_API_KEY'] = 'sk-{'0123456789abcdef' * 2}'  #!",
        f"f(api_key='sk-{'0123456789abcdef' * 2}')  #!",
        f"d = {{'key': 'sk-{'0123456789abcdef' * 2}'}}  #!",
        f"h = {{'Authorization': 'Bearer sk-{'0123456789abcdef' * 2}'}}  #!",
    ),
    *_all(
        "code-key-placeholder",
        NONE,
        "from dsadapter import OpenAI\nOpenAI(api_key='<DeepSeek API Key>')  #!",
        "from openai import OpenAI\nU = 'https://api.deepseek.com'\n"
        "OpenAI(api_key='none', base_url=U)  #!",
        "import dsadapter as openai\nopenai.api_key = 'YOUR_API_KEY'  #!",
        "from openai import OpenAI\nKEY = 'sk-xxxxxxxx'\nOpenAI(api_key=KEY)  #!",
        "import os\nos.environ['DEEPSEEK_API_KEY'] = '<your key>'  #!",
        "import os\nos.environ.setdefault('DEEPSEEK_API_KEY', 'your-key')  #!",
        "from openai import AsyncOpenAI\nAsyncOpenAI(api_key='在这里填 key')  #!",
        POST + "requests.post(URL, headers={'Authorization': 'Bearer <key>'}, timeout=99)  #!",
        POST + "K = '<DeepSeek API Key>'\nH = {'Authorization': f'Bearer {K}'}  \n"
        "requests.post(URL, headers=H, timeout=99)",
    ),
]

HEALTHY: List[Spelling] = [
    *_all(
        "",
        NEW,
        "import openai\nif openai.__version__ < '1': openai.ChatCompletion.create()",
        "import openai\nif hasattr(openai, 'OpenAI'): pass\nelse: openai.ChatCompletion.create()",
        "try:\n    import openai.error\n    E = (openai.error.Timeout,)\nexcept Exception:\n"
        "    import openai\n    E = (openai.APIError,)",
        "import openai\nfrom x import OPENAI_LEGACY\ndef f():\n    if OPENAI_LEGACY:\n"
        "        return openai.Embedding.create()\n    return openai.embeddings.create()",
        "from importlib.metadata import version\nimport openai\nOLD = version('openai') < '1'\n"
        "if OLD: openai.ChatCompletion.create()",
        "import dsadapter as openai\nopenai.ChatCompletion.create(model='deepseek-flash', "
        "thinking={'type': 'disabled'})",
        LOCAL + f"{CREATE}(model='deepseek-r1:7b', messages=m, tool_choice='required')",
        LOCAL + f"{CREATE}(model='deepseek-chat', messages=m, max_completion_tokens=9)",
        LOCAL + "OpenAI(api_key='ollama', base_url='http://localhost:11434/v1')",
        LOCAL + "OpenAI(api_key='EMPTY', base_url=url)",
        "from openai import OpenAI\nc = OpenAI(base_url='https://openrouter.ai/api/v1')\n"
        "c.chat.completions.create(model='deepseek-chat', messages=m, max_completion_tokens=9)",
        "from openai import OpenAI\nc = OpenAI()\nc.chat.completions.create(model='gpt-5', "
        "messages=[{'role': 'developer', 'content': ''}], max_completion_tokens=9)",
        "from openai import OpenAI\nc = OpenAI()\nfor k in c.chat.completions.create("
        "model='gpt-5', messages=m, stream=True):\n    print(k.choices[0].delta.content)",
        "import httpx, openai\ntry: f()\nexcept httpx.ReadTimeout: pass",
        "class Settings:\n    api_key = 'none'\nllm.api_key = 'dummy'",
        "PRICES = {'deepseek-chat': 1, 'deepseek-reasoner': 2}\nNAMES = ['deepseek-chat']",
        "'''OpenAI(api_key=\"<key>\") and deepseek-chat'''",
        "import requests\nrequests.post('https://example.com/x', json={})",
        "import requests\nrequests.get('https://example.com/x', timeout=1).json()",
        "import json, requests\nr = requests.get('https://example.com', stream=True, timeout=9)\n"
        "for l in r.iter_lines():\n    try: f(l)\n    except json.JSONDecodeError: continue",
        CLIENT + f"r = {CREATE}({FLASH}, {OFF})\nr.model_dump()['choices']",
        CLIENT + f"r = {CREATE}({FLASH}, {OFF})\nr.choices[0].message.model_extra['x']",
        CLIENT + f"b = {{'model': 'deepseek-flash'}}\nb['extra_body'] = x\n{CREATE}(**b)",
        CLIENT + f"b = dict({FLASH})\nb.update(extra_body=x)\n{CREATE}(**b)",
        CLIENT + f"for c in {CREATE}({FLASH}, stream=True, {OFF}):\n    if c.choices:\n"
        "        print(c.choices[0].delta.content or '')",
        CLIENT + f"s = {CREATE}({FLASH}, stream=True, {OFF})\n"
        "t = ''.join(c.choices[0].delta.content or '' for c in s if c.choices)",
        "import openai, os\nos.environ['OPENAI_API_BASE'] = x\nbase = os.getenv('OPENAI_API_BASE')",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from openai.error import Timeout",
    ),
    *_all(
        "",
        NONE,
        "try:\n    import openai\nexcept ImportError:\n    openai = None",
        "from dsadapter import OpenAI\nc = OpenAI(base_url='https://api.openai.com/v1')\n"
        "c.chat.completions.create(model='gpt-4', messages=m)",
        "import dsadapter as openai\nopenai.model_map = {'gpt-4': 'deepseek-flash'}\n"
        "openai.ChatCompletion.create(model='gpt-4')",
    ),
]
