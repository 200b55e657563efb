"""The rules of ``migrate``: one table, from which its marker comments and its page are made."""

from __future__ import annotations

from typing import Dict, NamedTuple, Tuple

from .._texts.text import Text

SAFE, UNSAFE, MARKED = "S", "U", "M"


class Rule(NamedTuple):
    """What is rewritten, or why it is not.

    ``kind``: SAFE is always applied; UNSAFE with ``--unsafe`` only, else a comment stands above
    it; MARKED always leaves a comment, and an edit where one makes the program run.
    """

    id: str
    kind: str
    what: Text
    before: str = ""
    after: str = ""


RULES: Tuple[Rule, ...] = (
    Rule(
        "call",
        SAFE,
        Text(
            "A call of a class becomes a call of the module's client",
            "类方法调用改为模块级客户端调用",
        ),
        "openai.ChatCompletion.create(...)",
        "openai.chat.completions.create(...)",
    ),
    Rule(
        "client",
        SAFE,
        Text(
            "--style client: settings that stand together at the top become one client",
            "--style client：集中在文件开头的设置合并为一个客户端",
        ),
        "openai.api_key = key",
        "client = openai.OpenAI(api_key=key, max_retries=0)",
    ),
    Rule(
        "async-call",
        SAFE,
        Text(
            "An async call gets a client of its own, as 0.28 opened a session for each; it is "
            "closed behind the statements that read the reply",
            "异步调用各用一个客户端，与 0.28 每次新开会话一致；读完响应的语句之后即关闭",
        ),
        "r = await openai.ChatCompletion.acreate(...)",
        "async with openai.AsyncOpenAI(...) as client: "
        "r = await client.chat.completions.create(...)",
    ),
    Rule(
        "any-arguments",
        SAFE,
        Text(
            "A call whose arguments are seen only when it runs goes through a function that the "
            "file gets",
            "参数在运行时才知道的调用，改由写入文件的函数代为调用",
        ),
        "openai.ChatCompletion.create(**kwargs)",
        '_openai_create("chat.completions.create", **kwargs)',
    ),
    Rule(
        "import",
        SAFE,
        Text("Names that were imported are imported anew", "重写导入的名称"),
        "from openai.error import Timeout",
        "from openai import APITimeoutError",
    ),
    Rule(
        "retries",
        SAFE,
        Text(
            "0.28 sent each request once; newer SDKs send up to three",
            "0.28 每个请求只发一次；新版 SDK 最多发三次",
        ),
        "import openai",
        "openai.max_retries = 0",
    ),
    Rule(
        "base-url",
        SAFE,
        Text("The base URL has a new name, and ends with a slash", "基址改名，并以斜杠结尾"),
        "openai.api_base = url",
        'openai.base_url = url.rstrip("/") + "/"',
    ),
    Rule(
        "argument",
        SAFE,
        Text(
            "Arguments of a call under their new names; what the SDK does not know goes into the "
            "body as it did",
            "调用参数改用新名称；SDK 不认识的参数照旧放进请求体",
        ),
        "request_timeout=(3, 30)",
        "timeout=openai.Timeout(30, connect=3)",
    ),
    Rule(
        "call-key",
        SAFE,
        Text("A key, a base URL or headers of one call", "单次调用的密钥、基址和请求头"),
        "api_key=key",
        'extra_headers={"Authorization": "Bearer " + (key or openai.api_key)}',
    ),
    Rule(
        "reply",
        SAFE,
        Text(
            "Where a file uses replies as dicts, they become dicts at the call",
            "文件把响应当字典用时，在调用处转为字典",
        ),
        'openai.ChatCompletion.create(...)["choices"]',
        'openai.chat.completions.create(...).to_dict()["choices"]',
    ),
    Rule(
        "reply-field",
        SAFE,
        Text("A field of such a dict", "读取这种字典的字段"),
        'hasattr(delta, "content")',
        '"content" in delta',
    ),
    Rule(
        "stream",
        SAFE,
        Text("The chunks of a stream become dicts one by one", "流式数据块逐个转为字典"),
        "openai.ChatCompletion.create(..., stream=True)",
        "(chunk.to_dict() for chunk in openai.chat.completions.create(..., stream=True))",
    ),
    Rule(
        "error",
        SAFE,
        Text("An error class under its new name", "异常类改用新名称"),
        "except openai.error.Timeout:",
        "except openai.APITimeoutError:",
    ),
    Rule(
        "error-field",
        SAFE,
        Text("A field of an error, and its text", "异常的字段和文本"),
        "error.http_status",
        'getattr(error, "status_code", None)',
    ),
    Rule(
        "azure",
        UNSAFE,
        Text("Azure has settings of its own", "Azure 有单独的设置"),
        "openai.api_base = url",
        "openai.azure_endpoint = url",
    ),
    Rule(
        "error-api",
        UNSAFE,
        Text(
            "error.APIError meant 402, 422 and 500; openai.APIError is every error of an API call",
            "error.APIError 只对应 402、422、500；而 openai.APIError 涵盖所有 API 错误",
        ),
        "except openai.error.APIError:",
        "except openai.InternalServerError:",
    ),
    Rule(
        "timeout",
        UNSAFE,
        Text(
            "0.28 did not bound a call by timeout=, newer SDKs do",
            "0.28 的 timeout= 并不限制调用时间，新版 SDK 会",
        ),
        "create(..., timeout=30)",
        "create(..., timeout=30)",
    ),
    Rule(
        "print-reply",
        UNSAFE,
        Text(
            "A reply that is printed as a whole: its fields may stand in another order",
            "整体打印响应：字段顺序可能不同",
        ),
        "print(response)",
        "print(json.dumps(response, indent=2))",
    ),
    Rule(
        "keyword-name",
        UNSAFE,
        Text(
            "An old argument name as the key of a dict that becomes arguments",
            "作为参数字典的键出现的旧参数名",
        ),
        '{"request_timeout": 30}',
        '{"timeout": 30}',
    ),
    Rule(
        "mock-patch",
        UNSAFE,
        Text("A name in a string, as mock.patch takes it", "字符串里的名称，如 mock.patch 的参数"),
        'mock.patch("openai.ChatCompletion.create")',
        'mock.patch("openai.resources.chat.completions.Completions.create")',
    ),
    Rule(
        "functions",
        UNSAFE,
        Text(
            "Functions become tools, of which DeepSeek calls some; without --unsafe they are sent "
            "as they were",
            "函数改为工具，DeepSeek 才会调用；不加 --unsafe 时照原样发送",
        ),
        "create(..., functions=specs)",
        'create(..., tools=[{"type": "function", "function": f} for f in specs])',
    ),
    Rule(
        "model",
        UNSAFE,
        Text("A model name that was retired", "已停用的模型名"),
        'model="deepseek-chat"',
        'model="deepseek-flash", extra_body={"thinking": {"type": "disabled"}}',
    ),
    Rule(
        "engine",
        MARKED,
        Text(
            "engine= put the name into the path (/engines/NAME/...); model= puts it into the body",
            "engine= 把名称放进路径（/engines/名称/...）；model= 放进请求体",
        ),
        'engine="davinci"',
        'model="davinci"',
    ),
    Rule(
        "error-wider",
        MARKED,
        Text(
            "This class catches more than the one of 0.28 did",
            "该类捕获的范围比 0.28 中对应的类更广",
        ),
        "except openai.error.ServiceUnavailableError:",
        "except openai.InternalServerError:",
    ),
    Rule(
        "error-text",
        MARKED,
        Text(
            "The text of an error reads otherwise in newer SDKs",
            "新版 SDK 的错误文本与以前不同",
        ),
        "except Exception as error: print(error)",
    ),
    Rule(
        "error-use",
        MARKED,
        Text(
            "An error that is made here, or used in a way that cannot be followed",
            "此处自行构造异常，或其用法无法追踪",
        ),
        'raise openai.error.RateLimitError("slow down")',
    ),
    Rule(
        "stream-unknown",
        MARKED,
        Text(
            "It cannot be seen whether this call streams, or which arguments it has",
            "看不出此调用是否为流式，或带哪些参数",
        ),
        "openai.Moderation.create(**kwargs)",
    ),
    Rule(
        "reply-leaves",
        MARKED,
        Text(
            "A reply leaves this file here; it is a dict now, its fields are no attributes",
            "响应从这里传出本文件；它现在是字典，字段不再是属性",
        ),
        "other_module.save(response)",
    ),
    Rule(
        "reply-unknown",
        MARKED,
        Text(
            "This may be a reply, but it cannot be followed here",
            "这里可能是响应，但无法追踪",
        ),
        "response.choices",
    ),
    Rule(
        "removed",
        MARKED,
        Text("Newer SDKs have nothing like this", "新版 SDK 没有对应的功能"),
        "openai.Engine.list()",
    ),
    Rule(
        "setting",
        MARKED,
        Text(
            "A setting of 0.28 that newer SDKs do not have, or for which they have other values",
            "0.28 的设置：新版 SDK 没有它，或其取值不同",
        ),
        "openai.proxy = url",
    ),
    Rule(
        "api-type",
        MARKED,
        Text(
            "This call has an API type or version of its own: it stays a call of 0.28",
            "此调用自带 API 类型或版本，仍保留 0.28 的写法",
        ),
        'create(..., api_type="azure")',
    ),
    Rule(
        "class-use",
        MARKED,
        Text(
            "A class or a function of 0.28 that is subclassed, replaced, passed on or looked into",
            "0.28 的类或函数在此被继承、替换、传递或检查",
        ),
        "class Chat(openai.ChatCompletion): ...",
    ),
    Rule(
        "version-switch",
        MARKED,
        Text(
            "This file asks which openai is installed: it may run with both already",
            "本文件会判断 openai 版本，可能已同时支持两代",
        ),
        'hasattr(openai, "OpenAI")',
    ),
    Rule(
        "magic",
        MARKED,
        Text(
            "Code of 0.28 that IPython or a shell runs: it is not rewritten",
            "由 IPython 或 shell 执行的 0.28 代码：不会改写",
        ),
        "!python -c 'openai.Model.list()'",
    ),
    Rule(
        "pin",
        SAFE,
        Text("What a project declares", "项目声明的依赖"),
        "openai==0.28.1",
        "openai>=3",
    ),
    Rule(
        "to-dsadapter",
        SAFE,
        Text("--to dsadapter: the import", "--to dsadapter：导入语句"),
        "import openai",
        "import dsadapter as openai",
    ),
    Rule(
        "to-dsadapter-string",
        UNSAFE,
        Text("--to dsadapter: a name in a string", "--to dsadapter：字符串里的名称"),
        'mock.patch("openai.ChatCompletion.create")',
        'mock.patch("dsadapter.ChatCompletion.create")',
    ),
    Rule(
        "to-dsadapter-name",
        MARKED,
        Text("--to dsadapter: it has no such name", "--to dsadapter：没有这个名称"),
        "from openai.resources import Chat",
    ),
)
BY_ID: Dict[str, Rule] = {rule.id: rule for rule in RULES}
