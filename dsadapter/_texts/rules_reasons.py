"""Why each rule of the scan is there: what breaks, an example, what to write instead."""

from __future__ import annotations

from typing import Dict

from .text import Text
from .topic import Reason

REASONS: Dict[str, Reason] = {
    "code-openai-missing": Reason(
        Text(
            "The program ends at its first line where the package is not there.",
            "包不存在，程序第一行就会出错。",
        ),
        Text(
            "Install it, or run the file unedited: python -m dsadapter run app.py",
            "请安装，或不改代码直接运行：python -m dsadapter run app.py",
        ),
        "import openai  # not installed",
    ),
    "code-legacy-call": Reason(
        Text(
            "openai 1.0 removed these calls: they raise APIRemovedInV1 or AttributeError.",
            "openai 1.0 删除了这些调用：会抛 APIRemovedInV1 或 AttributeError。",
        ),
        Text(
            "Write `import dsadapter as openai`, or move the code: python -m dsadapter "
            "migrate app.py",
            "改写为 import dsadapter as openai，或迁移代码：python -m dsadapter migrate app.py",
        ),
        "openai.ChatCompletion.create(model=m, messages=messages)",
    ),
    "code-legacy-error": Reason(
        Text(
            "openai.error is gone since 1.0, and that is noticed only when another error "
            "is caught.",
            "openai 1.0 起没有 openai.error，而且要到捕获别的错误时才会发现。",
        ),
        Text("Write except openai.RateLimitError:", "改写为 except openai.RateLimitError:"),
        "except openai.error.RateLimitError:",
    ),
    "code-legacy-name": Reason(
        Text(
            "A name that the installed SDK does not have raises AttributeError or ImportError.",
            "所装 SDK 没有的名字会抛 AttributeError 或 ImportError。",
        ),
        Text(
            "Write `import dsadapter as openai`, or a name that this SDK has.",
            "改写为 import dsadapter as openai，或换成这个 SDK 有的名字。",
        ),
        "from openai.embeddings_utils import cosine_similarity",
    ),
    "code-modern-call": Reason(
        Text(
            "openai 0.x has no OpenAI class and no openai.chat.",
            "openai 0.x 没有 OpenAI 类，也没有 openai.chat。",
        ),
        Text("Write from dsadapter import OpenAI", "改写为 from dsadapter import OpenAI"),
        "client = OpenAI()  # openai 0.28 is installed",
    ),
    "code-legacy-result": Reason(
        Text(
            "Replies of openai 1.0 and newer are objects: brackets and .get() raise.",
            "openai 1.0 起回答是对象：用方括号和 .get() 会报错。",
        ),
        Text("Write reply.choices[0].message.content", "改写为 reply.choices[0].message.content"),
        'reply["choices"][0]["message"]["content"]',
    ),
    "code-keyword": Reason(
        Text(
            "An unknown keyword raises TypeError when the call is made.",
            "未知的参数名在调用时会抛 TypeError。",
        ),
        Text(
            "Write timeout=, model=, extra_headers=, extra_body=.",
            "改写为 timeout=、model=、extra_headers=、extra_body=。",
        ),
        "client.chat.completions.create(request_timeout=30, ...)",
    ),
    "code-proxies": Reason(
        Text(
            "httpx 0.28 dropped proxies=, and OpenAI() never had it.",
            "httpx 0.28 删除了 proxies=，而 OpenAI() 从来没有它。",
        ),
        Text(
            'Write httpx.Client(proxy="http://127.0.0.1:7890")',
            '改写为 httpx.Client(proxy="http://127.0.0.1:7890")',
        ),
        'httpx.Client(proxies="http://127.0.0.1:7890")',
    ),
    "code-http-client": Reason(
        Text(
            "A client of the wrong kind raises TypeError: async in OpenAI, sync in "
            "AsyncOpenAI, httpx2 below 2.47.",
            "客户端类型不对会抛 TypeError：OpenAI 里用了异步的、AsyncOpenA"
            "I 里用了同步的，或 2.47 以下用了 httpx2。",
        ),
        Text(
            "Hand OpenAI an httpx.Client(), AsyncOpenAI an httpx.AsyncClient().",
            "OpenAI 用 httpx.Client()，AsyncOpenAI 用 httpx.AsyncClient()。",
        ),
        "OpenAI(http_client=httpx.AsyncClient())",
    ),
    "code-httpx-undeclared": Reason(
        Text(
            "openai 3 does not bring httpx any more: the import fails after an upgrade.",
            "openai 3 不再带上 httpx：升级后 import 会失败。",
        ),
        Text("Declare httpx where your dependencies stand.", "请把 httpx 写进依赖声明。"),
        "import httpx  # in no requirements file",
    ),
    "code-api-base": Reason(
        Text(
            "openai 1.0 and newer ignores api_base: requests and the key go to OpenAI.",
            "openai 1.0 起忽略 api_base：请求和 key 会发往 OpenAI。",
        ),
        Text(
            'Write OpenAI(base_url="https://api.deepseek.com")',
            '改写为 OpenAI(base_url="https://api.deepseek.com")',
        ),
        'openai.api_base = "https://api.deepseek.com"',
    ),
    "code-base-url-slash": Reason(
        Text(
            "The module's base_url is joined as a text: without a slash the path becomes v1chat.",
            "模块级 base_url 按文本拼接：末尾没有斜杠，路径会变成 v1chat。",
        ),
        Text(
            'Write openai.base_url = "https://api.deepseek.com/v1/"',
            '改写为 openai.base_url = "https://api.deepseek.com/v1/"',
        ),
        'openai.base_url = "https://api.deepseek.com/v1"',
    ),
    "code-setting-ignored": Reason(
        Text(
            "The SDK of this generation reads no such setting, and says nothing.",
            "这一代 SDK 不读这个设置，也不会提示。",
        ),
        Text("Hand the setting to the client.", "请把设置传给客户端。"),
        'openai.proxy = "http://127.0.0.1:7890"',
    ),
    "code-except-timeout": Reason(
        Text(
            "openai.Timeout is a settings class since 1.0: except with it raises TypeError.",
            "openai 1.0 起 openai.Timeout 是配置类：用在 except 里会抛 TypeError。",
        ),
        Text("Write except openai.APITimeoutError:", "改写为 except openai.APITimeoutError:"),
        "except openai.Timeout:",
    ),
    "code-retired-model": Reason(
        Text("The server refuses retired names with 400.", "服务器对停用的模型名返回 400。"),
        Text('Write model="deepseek-flash"', '请写 model="deepseek-flash"'),
        'model="deepseek-chat"',
    ),
    "code-foreign-model": Reason(
        Text(
            "The provider has no model of that name and answers 400 or 404.",
            "服务商没有这个模型，会返回 400 或 404。",
        ),
        Text(
            'Write model="deepseek-flash", or run with --model-map gpt-4=deepseek-flash',
            '请写 model="deepseek-flash"，或用 --model-map gpt-4=deepseek-flash 运行',
        ),
        'model="gpt-4"',
    ),
    "code-thinking": Reason(
        Text(
            "Thinking is on unless switched off: it costs time and tokens.",
            "不关闭就会思考：费时也费 token。",
        ),
        Text(
            'Switch it off with the call: extra_body={"thinking": {"type": "disabled"}}',
            '请在调用里关闭：extra_body={"thinking": {"type": "disabled"}}',
        ),
        "client.chat.completions.create(model=m, messages=messages)",
    ),
    "code-tool-choice": Reason(
        Text(
            "A thinking model refuses a forced tool with 400.", "思考中的模型对强制工具返回 400。"
        ),
        Text(
            'Write tool_choice="auto", or switch thinking off.',
            '请写 tool_choice="auto"，或关闭思考。',
        ),
        'tool_choice="required"',
    ),
    "code-json-schema": Reason(
        Text(
            "The chat interface of DeepSeek has no json_schema and answers 400.",
            "DeepSeek 的对话接口没有 json_schema，会返回 400。",
        ),
        Text(
            "Use json_object with the schema in the prompt, or dsadapter's parse().",
            "请用 json_object 并把 schema 写进提示词，或用 dsadapter 的 parse()。",
        ),
        'response_format={"type": "json_schema", ...}',
    ),
    "code-json-word": Reason(
        Text(
            "JSON mode is refused where no message has the word json in it.",
            "消息里没有 json 这个词，JSON 模式会被拒绝。",
        ),
        Text("Write the word json into the prompt.", "请在提示词里写上 json。"),
        'response_format={"type": "json_object"}  # no message says json',
    ),
    "code-small-max-tokens": Reason(
        Text(
            "Thinking counts into max_tokens: with few of them the answer is empty.",
            "思考计入 max_tokens：太小时回答是空的。",
        ),
        Text("Raise max_tokens, or switch thinking off.", "请调大 max_tokens，或关闭思考。"),
        "max_tokens=64",
    ),
    "code-max-completion-tokens": Reason(
        Text(
            "DeepSeek ignores max_completion_tokens: the answer is not limited.",
            "DeepSeek 忽略 max_completion_tokens：回答不受限制。",
        ),
        Text("Write max_tokens=500", "请写 max_tokens=500"),
        "max_completion_tokens=500",
    ),
    "code-developer-role": Reason(
        Text(
            "DeepSeek has no role developer and answers 400.",
            "DeepSeek 没有 developer 角色，会返回 400。",
        ),
        Text('Write "role": "system"', '请写 "role": "system"'),
        '{"role": "developer", "content": text}',
    ),
    "code-stream-choices": Reason(
        Text(
            "The last chunk has no choices where usage was asked for: [0] raises IndexError.",
            "要求 usage 时最后一个分块没有 choices：取 [0] 会抛 IndexError。",
        ),
        Text("Write if chunk.choices: in front.", "请在前面写 if chunk.choices:"),
        "for chunk in stream: print(chunk.choices[0].delta)",
    ),
    "code-stream-content": Reason(
        Text(
            "delta.content is None while the model thinks: adding it to a text raises TypeError.",
            "模型思考时 delta.content 是 None：拼接会抛 TypeError。",
        ),
        Text('Write text += delta.content or ""', '改写为 text += delta.content or ""'),
        "text += chunk.choices[0].delta.content",
    ),
    "code-not-awaited": Reason(
        Text(
            "Without await an async call only makes a coroutine: nothing is sent, and it has no "
            "choices.",
            "不写 await，异步调用只得到一个协程：请求没有发出，也没有 choices。",
        ),
        Text(
            "Write await client.chat.completions.create(...)",
            "请写 await client.chat.completions.create(...)",
        ),
        "AsyncOpenAI().chat.completions.create(...).choices",
    ),
    "code-stream-result": Reason(
        Text("A stream has no choices: the attribute is missing.", "流对象没有 choices 属性。"),
        Text("Loop over the stream, or leave stream=True out.", "请循环读取，或去掉 stream=True。"),
        "create(stream=True).choices[0]",
    ),
    "code-http-stream": Reason(
        Text(
            "Without stream=True in the HTTP call everything arrives at the end.",
            "HTTP 调用没写 stream=True，内容会在最后才一起到达。",
        ),
        Text(
            "Write requests.post(url, json=body, stream=True)",
            "改写为 requests.post(url, json=body, stream=True)",
        ),
        'requests.post(url, json={"stream": True})',
    ),
    "code-http-timeout": Reason(
        Text(
            "Without a timeout requests waits for ever; a short one ends a thinking model.",
            "没有超时，requests 会一直等；太短又会打断思考。",
        ),
        Text("Write timeout=600", "请写 timeout=600"),
        "requests.post(url, json=body)",
    ),
    "code-http-status": Reason(
        Text(
            "An error is an answer, too: reading choices from it raises KeyError.",
            "错误也是一种回答：从中读取 choices 会抛 KeyError。",
        ),
        Text("Call response.raise_for_status() first.", "请先调用 response.raise_for_status()。"),
        'requests.post(url, json=body).json()["choices"]',
    ),
    "code-verify-false": Reason(
        Text(
            "Without verification anybody in between reads the key.",
            "不校验证书，中间任何人都能读到 key。",
        ),
        Text(
            "Name your certificate: verify=FILE, or SSL_CERT_FILE.",
            "请指定证书：verify=文件，或 SSL_CERT_FILE。",
        ),
        "requests.post(url, verify=False)",
    ),
    "code-key-literal": Reason(
        Text(
            "A key in the source ends up in version control and in logs.",
            "源码里的 key 会进入版本库和日志。",
        ),
        Text(
            'Write api_key=os.environ["DEEPSEEK_API_KEY"], and make a new key.',
            '改写为 api_key=os.environ["DEEPSEEK_API_KEY"]，并更换 key。',
        ),
        'OpenAI(api_key="sk-...")',
    ),
    "code-key-placeholder": Reason(
        Text("The server refuses a placeholder with 401.", "服务器对占位符返回 401。"),
        Text(
            "Put the key into .env: DEEPSEEK_API_KEY=sk-...",
            "请把 key 写进 .env：DEEPSEEK_API_KEY=sk-...",
        ),
        'api_key="<DeepSeek API Key>"',
    ),
    "code-pins": Reason(
        Text(
            "Versions that exclude one another cannot be installed, or break at import.",
            "互相排斥的版本装不上，或在导入时出错。",
        ),
        Text("Change one of the lines as the finding says.", "请按提示改其中一行。"),
        "openai==1.40.0\nhttpx==0.28.1",
    ),
    "code-pins-generation": Reason(
        Text(
            "The declared SDK does not have what the code calls.",
            "声明的 SDK 没有代码所调用的接口。",
        ),
        Text(
            "Declare the generation that the code is written for, or use dsadapter.",
            "请声明代码所属的那一代，或改用 dsadapter。",
        ),
        "openai==0.28  # and the code says OpenAI()",
    ),
    "code-unparsed": Reason(
        Text("What cannot be parsed is not checked.", "无法解析的文件不会被检查。"),
        Text("Mend the syntax, or leave the file out.", "请修正语法，或不检查这个文件。"),
        "print 'hello'",
    ),
    "code-install": Reason(
        Text(
            "A cell that installs another openai changes what every later cell runs with.",
            "单元格里安装别的 openai，会改变后面所有单元格所用的版本。",
        ),
        Text(
            "Take the line out, or install the version that the finding names.",
            "请去掉这一行，或安装提示的版本。",
        ),
        "!pip install openai==0.28",
    ),
}
