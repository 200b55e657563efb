"""Texts about how a client is made and called, and what it does by itself (surface E, B)."""

from __future__ import annotations

from typing import Dict

from .explanation import Explanation
from .text import Text

EXPLANATIONS: Dict[str, Explanation] = {
    "sdk-client-proxies": Explanation(
        Text(
            "The code itself passes proxies= to OpenAI(), which never knew it. (Without `OpenAI.` "
            "in front the same text means another fault.)",
            "是代码自己给 OpenAI() 传了 proxies=，它从来没有这个参数。（前面没有 OpenAI. 的同样报"
            "错是另一个问题。）",
        ),
        Text(
            'Write OpenAI(http_client=httpx.Client(proxy="http://host:port"))',
            '改写为 OpenAI(http_client=httpx.Client(proxy="http://主机:端口"))',
        ),
    ),
    "sdk-client-keyword": Explanation(
        Text(
            "The client of openai 1.0 and newer takes keywords only, and not this one: api_base "
            "is base_url there, the key is api_key=.",
            "openai 1.0 以上的客户端只接受关键字参数，而且没有这一个：api_base 在这里叫 base_url，"
            "key 要写 api_key=。",
        ),
        Text(
            'Write OpenAI(api_key=..., base_url="https://api.deepseek.com")',
            '改写为 OpenAI(api_key=..., base_url="https://api.deepseek.com")',
        ),
    ),
    "env-httpx-proxies": Explanation(
        Text(
            "openai 1.0.0 to 1.55.2 passes `proxies=` to httpx, which dropped it in 0.28. Neither "
            "your code nor a proxy is at fault.",
            "openai 1.0.0 到 1.55.2 会给 httpx 传 proxies=，而 httpx 0.28 删除了它。与你的代码和代"
            "理无关。",
        ),
        Text(
            "One of these is enough; dsadapter works with both as they are.",
            "任选其一即可；用 dsadapter 则两边都不用动。",
        ),
    ),
    "env-httpx-proxies-cut": Explanation(
        Text(
            "The text is cut off; as far as it goes it is that of openai 1.0.0 to 1.55.2 with "
            "httpx 0.28, which dropped the argument `proxies`. Changing to an openai of 2023 is "
            "not needed.",
            "报错被截断了；就现有部分看，是 openai 1.0.0 到 1.55.2 配 httpx 0.28：后者删除了 "
            "proxies 参数。不需要换回 2023 年的 openai。",
        ),
        Text(
            "One of these is enough; dsadapter works with both as they are.",
            "任选其一即可；用 dsadapter 则两边都不用动。",
        ),
    ),
    "sdk-body-keyword": Explanation(
        Text(
            "{name} is a parameter of DeepSeek that the SDK's signature does not have.",
            "{name} 是 DeepSeek 的参数，SDK 的函数签名里没有。",
        ),
        Text(
            'Write extra_body={{"{name}": ...}}; dsadapter takes it as it is.',
            '改写为 extra_body={{"{name}": ...}}；用 dsadapter 可以直接写。',
        ),
    ),
    "sdk-call-keyword": Explanation(
        Text(
            "create() of the installed openai does not know {name}: it is a keyword of openai 0.x "
            "(request_timeout, engine, headers, api_key ...) or of a newer openai.",
            "所装 openai 的 create() 没有 {name}：它是 openai 0.x 的参数（request_timeout、"
            "engine、headers、api_key 等），或更新版本才有的参数。",
        ),
        Text(
            "Write timeout=, model=, extra_headers= for the old ones, extra_body={{...}} for new "
            "ones; dsadapter takes all of them.",
            "旧参数改写为 timeout=、model=、extra_headers=，新参数放进 extra_body={{...}}；"
            "dsadapter 全都接受。",
        ),
    ),
    "sdk-timeout-class": Explanation(
        Text(
            "The code says `except openai.Timeout`: since openai 1.0 that is a settings class, no "
            "exception.",
            "代码写了 except openai.Timeout：openai 1.0 起它是配置类，不是异常。",
        ),
        Text("Write openai.APITimeoutError", "改写为 openai.APITimeoutError"),
    ),
    "sdk-http-client": Explanation(
        Text(
            "The http_client is of the wrong kind: an async one in OpenAI(), a sync one in "
            "AsyncOpenAI(), or one of httpx2 in an openai below 2.47.",
            "http_client 类型不对：把异步的传给了 OpenAI()、把同步的传给了 AsyncOpenAI()，或把 "
            "httpx2 的传给了 2.47 以下的 openai。",
        ),
        Text(
            "Hand OpenAI an httpx.Client(), AsyncOpenAI an httpx.AsyncClient().",
            "OpenAI 用 httpx.Client()，AsyncOpenAI 用 httpx.AsyncClient()。",
        ),
    ),
    "sdk-http-client-session": Explanation(
        Text(
            "A requests.Session was handed to a client that works with httpx.",
            "把 requests.Session 传给了基于 httpx 的客户端。",
        ),
        Text(
            "Hand it an httpx.Client(); dsadapter takes either.",
            "请传 httpx.Client()；dsadapter 两种都接受。",
        ),
    ),
    "sdk-base-url-object": Explanation(
        Text(
            "An object of httpx met httpx2 (or the other way round): openai 3 works with httpx2.",
            "httpx 与 httpx2 的对象混用了：openai 3 基于 httpx2。",
        ),
        Text("Pass base_url as a text.", "base_url 请传字符串。"),
    ),
    "sdk-httpx-gone": Explanation(
        Text(
            "httpx is not installed. openai 1 and 2 bring it along, openai 3 brings httpx2 "
            "instead.",
            "没有安装 httpx。openai 1、2 会带上它，openai 3 带的是 httpx2。",
        ),
        Text("Install it, and declare it if your code imports it.", "请安装；代码要用就写进依赖。"),
    ),
    "sdk-pickle-error": Explanation(
        Text(
            "Errors of openai 1.0 and newer cannot be pickled or copied: they get lost on their "
            "way out of a worker process.",
            "openai 1.0 以上的异常不能 pickle 或复制：从子进程传回时会丢失。",
        ),
        Text(
            "Catch it in the worker and hand on str(e); dsadapter's errors can be pickled.",
            "请在子进程里捕获并只传 str(e)；dsadapter 的异常可以 pickle。",
        ),
    ),
    "sdk-engine": Explanation(
        Text("openai 0.x was called without model=.", "调用 openai 0.x 时没有给 model=。"),
        Text('Write model="deepseek-flash"', '请写 model="deepseek-flash"'),
    ),
    "sdk-azure": Explanation(
        Text(
            "OPENAI_API_TYPE (or openai.api_type) says azure, so openai 0.x asks for a deployment.",
            "OPENAI_API_TYPE（或 openai.api_type）设成了 azure，openai 0.x 因此要求部署名。",
        ),
        Text(
            "For another vendor unset OPENAI_API_TYPE; for Azure name the deployment: engine=...",
            "用其他厂商时请取消 OPENAI_API_TYPE；用 Azure 时请写出部署名：engine=...",
        ),
    ),
    "sdk-response-ms": Explanation(
        Text(
            "response.response_ms is None: openai 0.x reads it from a header that DeepSeek does "
            "not send.",
            "response.response_ms 是 None：openai 0.x 从响应头读取它，而 DeepSeek 不发这个头。",
        ),
        Text(
            "Write `import dsadapter as openai`: it measures the time.",
            "改写为 import dsadapter as openai：它会实际计时。",
        ),
    ),
    "sdk-error-text-parsed": Explanation(
        Text(
            "The code parses the text of an error; since openai 3.38 that text has no dict any "
            "more.",
            "代码在解析异常的文字；openai 3.38 起这段文字里不再有字典。",
        ),
        Text("Read e.body and e.code instead.", "请改读 e.body 和 e.code。"),
    ),
    "sdk-retries": Explanation(
        Text(
            "This is no error: openai 1.0 and newer retries 408, 409, 429, 5xx and lost "
            "connections twice by itself (up to 120 s each since 2.52).",
            "这不是错误：openai 1.0 以上会自动重试两次（408、409、429、5xx 和断线；2.52 起每次最长"
            "等 120 秒）。",
        ),
        Text("To have none: OpenAI(max_retries=0)", "不想重试：OpenAI(max_retries=0)"),
    ),
    "sdk-asyncgen-noise": Explanation(
        Text(
            "openai 3.0 with an early httpx2 prints this after async streams; it does no harm.",
            "openai 3.0 配早期 httpx2 时，异步流结束后会打印它；没有危害。",
        ),
        Text("Upgrade to be rid of it.", "升级即可消除。"),
    ),
    "sdk-wrapper-state": Explanation(
        Text(
            "A follow-up: an AsyncOpenAI() could not be constructed. The cause stands in another "
            "message, mostly the one about 'proxies'.",
            "这是后续报错：AsyncOpenAI() 没能构造成功。原因在另一条报错里，多半是 'proxies' 那条。",
        ),
        Text("Look at the first error.", "请看最早的那条报错。"),
    ),
    "sdk-client-old-name": Explanation(
        Text(
            "openai 1.0 renamed it: a client has no `{name}`; chat is "
            "client.chat.completions.create, "
            "also of AsyncOpenAI, and its base is base_url.",
            "openai 1.0 改了名：客户端没有 {name}；对话是 "
            "client.chat.completions.create，AsyncOpenAI 也一"
            "样；地址是 base_url。",
        ),
        Text(
            "Write the new name, or keep code of openai 0.28: import dsadapter as openai",
            "请写新名字；openai 0.28 的代码可以不改：import dsadapter as openai",
        ),
    ),
    "sdk-call-missing": Explanation(
        Text(
            "create() takes keywords only, and needs `messages` and `model`.",
            "create() 只接受关键字参数，且必须有 messages 和 model。",
        ),
        Text(
            'Write client.chat.completions.create(model="deepseek-flash", messages=[...])',
            '请写 client.chat.completions.create(model="deepseek-flash", messages=[...])',
        ),
    ),
    "litellm-provider": Explanation(
        Text(
            "litellm finds the vendor by the prefix of the model's name, and this one has none.",
            "litellm 靠模型名的前缀认厂商，而这个名字没有前缀。",
        ),
        Text('Write model="deepseek/deepseek-flash"', '请写 model="deepseek/deepseek-flash"'),
    ),
}
