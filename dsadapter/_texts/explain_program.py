"""Texts of the program itself: async, JSON, settings, other people's packages."""

from __future__ import annotations

from typing import Dict

from .explanation import Explanation
from .text import Text

ASYNC_CLIENT = Text(
    "Use AsyncOpenAI with await, OpenAI without.", "AsyncOpenAI 配 await，OpenAI 不用 await。"
)

EXPLANATIONS: Dict[str, Explanation] = {
    "program-proxies": Explanation(
        Text(
            "Your own code passes proxies= to httpx, which dropped it in 0.28. No SDK is at fault.",
            "是你自己的代码给 httpx 传了 proxies=，而 httpx 0.28 删除了它；与 SDK 无关。",
        ),
        Text(
            'Write httpx.Client(proxy="http://host:port"), or mounts= for one proxy a scheme.',
            '改写为 httpx.Client(proxy="http://主机:端口")；按协议区分时用 mounts=。',
        ),
    ),
    "env-proxies-package": Explanation(
        Text(
            "The package {package} passes proxies= to httpx, which dropped it in 0.28. openai is "
            "not at fault.",
            "是 {package} 包给 httpx 传了 proxies=，而 httpx 0.28 删除了它；与 openai 无关。",
        ),
        Text("One of these is enough.", "任选其一即可。"),
    ),
    "env-shadow-stdlib-module": Explanation(
        Text(
            "A file or folder of your own is named like a module of Python's standard library "
            "({name}) and hides it.",
            "你有一个文件或目录与 Python 标准库的模块同名（{name}），把它遮住了。",
        ),
        Text(
            "Rename it, and delete the folder __pycache__ beside it.",
            "请给它改名，并删除旁边的 __pycache__ 目录。",
        ),
    ),
    "env-circular": Explanation(
        Text(
            "{name} is used while it is still being imported: two modules import one another, or a "
            "file of your own has the package's name.",
            "{name} 还没导入完就被使用：两个模块互相导入，或你有文件与该包同名。",
        ),
        Text(
            "Look at the file that the traceback names twice: rename it if it bears a package's "
            "name, else move one import into the function that needs it.",
            "请看 traceback 里出现两次的文件：与包同名就改名，否则把其中一个 import 移进函数里。",
        ),
    ),
    "key-variable": Explanation(
        Text(
            "The environment variable {name} is not set in the process that ran this. Python does "
            "not read .env files by itself.",
            "运行时没有环境变量 {name}。Python 自己不会读 .env 文件。",
        ),
        Text(
            "Set it in this shell, or call dotenv.load_dotenv() before os.environ is read.",
            "请在当前终端设置它，或在读取 os.environ 之前调用 dotenv.load_dotenv()。",
        ),
    ),
    "program-key-none": Explanation(
        Text(
            "The key is empty or None when the request is made: its variable is not set.",
            "发请求时 key 是空的或 None：对应的环境变量没有设置。",
        ),
        Text("Set the variable, or load the .env file first.", "请设置变量，或先加载 .env 文件。"),
    ),
    "program-body-latin1": Explanation(
        Text(
            "The request body was passed as a text with non-Latin characters (data=str); the key "
            "is not at fault.",
            "请求体是含中文等字符的字符串（data=str），无法按 Latin-1 发送；与 key 无关。",
        ),
        Text(
            'Write json=body, or data=text.encode("utf-8").',
            '改写为 json=body，或 data=text.encode("utf-8")。',
        ),
    ),
    "env-print": Explanation(
        Text(
            "print() cannot write a character in the console's encoding ({name}). The call itself "
            "went well.",
            "控制台编码（{name}）无法输出某个字符，print() 因此出错。调用本身是成功的。",
        ),
        Text(
            "Let Python write UTF-8: set PYTHONUTF8=1 (or PYTHONIOENCODING=utf-8).",
            "让 Python 输出 UTF-8：设置 PYTHONUTF8=1（或 PYTHONIOENCODING=utf-8）。",
        ),
    ),
    "env-encode": Explanation(
        Text(
            "A text with non-ASCII characters was to be written as {name}: mostly by print() or to "
            "a file, else in a header.",
            "含非 ASCII 字符的文字要按 {name} 写出：多半是 print() 或写文件，也可能是请求头。",
        ),
        Text(
            'Set PYTHONUTF8=1, or write open(name, "w", encoding="utf-8").',
            '请设置 PYTHONUTF8=1，或写 open(name, "w", encoding="utf-8")。',
        ),
    ),
    "program-json-answer": Explanation(
        Text(
            "The program parses the model's answer as JSON, and it is none: a code fence or words "
            "around it, cut off at max_tokens, or empty.",
            "程序把模型的回答当 JSON 解析，但它不是：外面有代码围栏或文字、在 max_tokens 处截断，或"
            "是空的。",
        ),
        Text(
            'Ask with response_format={{"type": "json_object"}}, give enough max_tokens, and print '
            "the answer before parsing.",
            '请用 response_format={{"type": "json_object"}}，给足 max_tokens，解析前先打印回答。',
        ),
    ),
    "program-json-file": Explanation(
        Text(
            "A JSON file that the program reads is empty or not valid ({what}). No server is at "
            "fault.",
            "程序读取的 JSON 文件是空的或格式有误（{what}）；与服务器无关。",
        ),
        Text(
            "Check it: python -m json.tool FILE   (comments and trailing commas are not allowed)",
            "请检查：python -m json.tool 文件（不允许注释和多余的逗号）",
        ),
    ),
    "program-json": Explanation(
        Text(
            "The text is not valid JSON: {what}",
            "这段文字不是有效的 JSON：{what}",
        ),
        Text(
            "Look at that line: a comma too many or too few, single quotes, a comment.",
            "请看那一行：多或少一个逗号、单引号、注释。",
        ),
    ),
    "program-stream-attribute": Explanation(
        Text(
            "The call was made with stream=True: the result is a stream of chunks, no reply.",
            "调用时写了 stream=True：得到的是分块的流，而不是完整回答。",
        ),
        Text(
            "Loop over it (for chunk in stream: ...), or leave stream=True out.",
            "请循环读取（for chunk in stream: ...），或去掉 stream=True。",
        ),
    ),
    "program-not-awaited": Explanation(
        Text(
            "A coroutine was used without await: its result is not there yet.",
            "协程没有 await 就被使用：结果还没有产生。",
        ),
        Text(
            "Write await in front of the call (async for x in await client...create(stream=True)).",
            "请在调用前写 await（async for x in await client...create(stream=True)）。",
        ),
    ),
    "program-await-sync": Explanation(
        Text(
            "await was written in front of a call that is not async: it gave {kind} at once.",
            "await 用在了非异步的调用上：它直接返回了 {kind}。",
        ),
        ASYNC_CLIENT,
    ),
    "program-sync-iteration": Explanation(
        Text(
            "Sync and async were mixed in a loop: `async for` needs an async stream, `for` a sync "
            "one.",
            "循环里混用了同步与异步：async for 要异步的流，for 要同步的流。",
        ),
        ASYNC_CLIENT,
    ),
    "program-running-loop": Explanation(
        Text(
            "An event loop runs already (Jupyter, FastAPI, a bot): asyncio.run cannot start "
            "another in it.",
            "事件循环已在运行（Jupyter、FastAPI、机器人框架），不能再用 asyncio.run 启动一个。",
        ),
        Text("Write await main() there.", "请在那里直接写 await main()。"),
    ),
    "program-no-loop": Explanation(
        Text(
            "Async code was called where no event loop runs (a thread, or plain code).",
            "在没有事件循环的地方（线程或普通代码）调用了异步代码。",
        ),
        Text("Start it with asyncio.run(main()).", "请用 asyncio.run(main()) 启动。"),
    ),
    "program-other-loop": Explanation(
        Text(
            "One async client or lock was used in two event loops.",
            "同一个异步客户端或锁用在了两个事件循环里。",
        ),
        Text("Make it inside the coroutine that uses it.", "请在使用它的协程里创建。"),
    ),
    "env-settings-moved": Explanation(
        Text(
            "pydantic 2 has no BaseSettings any more: it is a package of its own.",
            "pydantic 2 已没有 BaseSettings：它成了单独的包。",
        ),
        Text(
            "Install it and write `from pydantic_settings import BaseSettings`.",
            "请安装，并改写为 from pydantic_settings import BaseSettings。",
        ),
    ),
    "program-settings": Explanation(
        Text(
            "The settings class {kind} got no valid value for {name}: the variable is not set, or "
            "the .env file is not where the program looks.",
            "配置类 {kind} 没有得到 {name} 的有效值：变量没有设置，或 .env 不在程序查找的位置。",
        ),
        Text(
            'Set the variable of that name, or name the file: env_file=".env"',
            '请设置同名变量，或指明文件：env_file=".env"',
        ),
    ),
    "program-validation": Explanation(
        Text(
            "Data does not fit the pydantic model {kind}; the lines below name field and reason.",
            "数据不符合 pydantic 模型 {kind}；下面几行写着字段和原因。",
        ),
        Text(
            "Print what is validated; an answer of a model is to be checked before it is used.",
            "请打印被校验的数据；模型的回答使用前要先检查。",
        ),
    ),
    "tiktoken-model": Explanation(
        Text(
            "tiktoken knows OpenAI's models only; {name} is none of them.",
            "tiktoken 只认识 OpenAI 的模型；{name} 不在其中。",
        ),
        Text(
            "Read the usage of the reply; for an estimate use "
            'tiktoken.get_encoding("cl100k_base").',
            '请读取回答里的 usage；估算可用 tiktoken.get_encoding("cl100k_base")。',
        ),
    ),
    "tiktoken-encoding": Explanation(
        Text(
            "tiktoken does not know the encoding {name}: it is mistyped, tiktoken is too old, or "
            "its plugin is not installed or not packed along.",
            "tiktoken 不认识编码 {name}：写错了、tiktoken 太旧，或它的插件没装、没打包进去。",
        ),
        Text(
            "Upgrade it; with PyInstaller add --hidden-import tiktoken_ext.openai_public",
            "请升级；用 PyInstaller 时加 --hidden-import tiktoken_ext.openai_public",
        ),
    ),
    "tiktoken-download": Explanation(
        Text(
            "tiktoken downloads its encodings at first use, and did not reach their host. The "
            "DeepSeek API has no part in it.",
            "tiktoken 首次使用时要下载编码文件，但没连上那个地址；与 DeepSeek API 无关。",
        ),
        Text(
            "Let it through the proxy, or set TIKTOKEN_CACHE_DIR to a folder that has the file.",
            "请让代理放行，或用 TIKTOKEN_CACHE_DIR 指向已有该文件的目录。",
        ),
    ),
    "sdk-types-name": Explanation(
        Text(
            "The installed openai has no such name in its modules: the code or a framework was "
            "written for a newer or older one.",
            "所装的 openai 里没有这个名字：代码或框架是为更新（或更旧）的版本写的。",
        ),
        Text(
            "Upgrade openai together with the package in the last frame.",
            "请把 openai 和最后一帧里的包一起升级。",
        ),
    ),
    "program-reply-none": Explanation(
        Text(
            "What should be a reply is None: a function without return, an except that goes on "
            "after "
            "a failed call, or a server that answers without choices.",
            "本该是回复的变量是 None：函数没有 return、调用失败后 except 继续往下走，或服务器返"
            "回了没有 "
            "choices 的内容。",
        ),
        Text(
            "Return the reply, and let the exception of the call through: it says what went wrong.",
            "请 return 回复，并让调用的异常抛出来：它会说明原因。",
        ),
    ),
    "program-await-outside": Explanation(
        Text(
            "`{name}` only works inside `async def` (a notebook's cell is one).",
            "{name} 只能写在 async def 里（notebook 的单元格除外）。",
        ),
        Text(
            "Put it into `async def main(): ...` and start that with asyncio.run(main()), or use "
            "OpenAI in place of AsyncOpenAI.",
            "请放进 async def main(): ...，用 asyncio.run(main()) 启动；或用 OpenAI 代替 "
            "AsyncOpenAI。",
        ),
    ),
    "program-choices-list": Explanation(
        Text(
            "`choices` is a list; each of its members has `{name}`.",
            "choices 是列表，{name} 在它的每个元素里。",
        ),
        Text("Write .choices[0].{name}", "请写 .choices[0].{name}"),
    ),
    "program-reply-field": Explanation(
        Text(
            "A {kind} has no `{name}`: the text of a chat reply is .choices[0].message.content, "
            "of a "
            "chunk .choices[0].delta.content.",
            "{kind} 没有 {name}：对话回复的文字在 .choices[0].message.content，流式块在 "
            ".choices[0].delta.content。",
        ),
        Text(
            "Write that; what a reply has at all is shown by: print(response.model_dump())",
            "请改写；回复里有什么可以这样看：print(response.model_dump())",
        ),
    ),
    "program-source-encoding": Explanation(
        Text(
            "The program's file is not saved as UTF-8 (an editor on Chinese Windows mostly saves "
            "GBK).",
            "源文件没有保存为 UTF-8（中文 Windows 的编辑器多半保存成 GBK）。",
        ),
        Text("Save the file as UTF-8.", "请把文件另存为 UTF-8。"),
    ),
    "program-fullwidth": Explanation(
        Text(
            "The code has a character that Python does not know (U+{name}): mostly full-width "
            "punctuation of a Chinese input method, or a blank copied from a web page.",
            "代码里有 Python 不认识的字符（U+{name}）：多半是中文输入法的全角标点，或从网页复制"
            "来的空格。",
        ),
        Text(
            "Type that character again with the input method set to English.",
            "请切换到英文输入法，重新输入这个字符。",
        ),
    ),
    "env-open-files": Explanation(
        Text(
            "The process has more files and connections open than the system allows: mostly a "
            "client "
            "for each call that is never closed.",
            "进程打开的文件和连接超过系统上限：多半是每次调用都新建客户端又不关闭。",
        ),
        Text(
            "Make one client and use it for all calls, or close each with `with OpenAI() as "
            "client:`",
            "请全程共用一个客户端，或用 with OpenAI() as client: 关闭它。",
        ),
    ),
    "env-broken-pipe": Explanation(
        Text(
            "The reader of this program's output went away (`| head`), or the other side closed "
            "the "
            "connection while a request was being sent.",
            "读取本程序输出的一方已退出（例如 | head），或对方在请求发送途中关闭了连接。",
        ),
        Text(
            "Of a request: try again; large bodies are often refused that way. Of a pipe it does "
            "no "
            "harm.",
            "发请求时出现：请重试，请求体过大常会这样被拒；管道引起的没有危害。",
        ),
    ),
    "program-dict-reply": Explanation(
        Text(
            "A {kind} was read as if it were the SDK's reply: the JSON of a hand-made request "
            "and the "
            "replies of model_dump() are dicts; a tuple comes from a stray comma or two results.",
            "把 {kind} 当成了 SDK 的回复：手写请求的 JSON 和 model_dump() 的结果是 dict；tuple "
            "多半因为多了"
            "一个逗号或函数返回了两个值。",
        ),
        Text('Write reply["{name}"] of a dict.', '对 dict 请写 reply["{name}"]。'),
    ),
}
