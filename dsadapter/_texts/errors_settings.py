"""Sentences of errors about settings, keys and what is sent, as commands show them in Chinese."""

from __future__ import annotations

from typing import Tuple

from .text import Text

SENTENCES: Tuple[Text, ...] = (
    # keys
    Text(
        "No API key for {vendor}: neither the argument api_key, dsadapter.api_key, the "
        "environment variable {variable} nor a .env file has one.",
        "没有 {vendor} 的 API key：参数 api_key、dsadapter.api_key、环境变量 {variable} 和 .env "
        "文件里都没有。",
    ),
    Text("The API key from {source} is empty.", "{source} 给出的 API key 是空的。"),
    Text(
        'os.getenv("NAME", "") gives that where NAME is not set: set it, or give no key, '
        "and it is read from the environment or from .env",
        'NAME 没有设置时，os.getenv("NAME", "") 就是空的：请设置它，或者不写 key，'
        "那样会从环境变量或 .env 读取",
    ),
    Text("make one at {page}", "在 {page} 创建 key"),
    Text("write it into .env: {variable}=sk-...", "写入 .env：{variable}=sk-..."),
    Text(
        "or try without a key: python -m dsadapter chat --offline",
        "没有 key 也能先试：python -m dsadapter chat --offline",
    ),
    Text("api_key is a {kind}, not a str.", "api_key 是 {kind}，不是 str。"),
    Text("Pass the key as text", "请把 key 写成文本"),
    Text(
        "The base URL stands in {file}, which is not in this program's own folder, and would lead "
        "the key from {source} to {host}. It was not sent.",
        "base URL 写在 {file} 里，而它不在程序自己的目录中，会把{source} 里的 key 发给 {host}，"
        "所以没有发送。",
    ),
    Text(
        "Set the base URL where the key is set, or put the key into that file; if you trust this "
        "host, set {setting} in the environment",
        "请在设置 key 的地方设置 base URL，或把 key 也写进那个文件；确实信任这个主机，"
        "请设置环境变量 {setting}",
    ),
    # values
    Text(
        "{settings} are two spellings of one setting and differ.",
        "{settings} 是同一设置的两种写法，值却不同。",
    ),
    Text("Keep one of them: {name}", "请只保留一个：{name}"),
    Text(
        "{name}={value} is not a number of seconds above 0.", "{name}={value} 不是大于 0 的秒数。"
    ),
    Text("Write {name}=30, or leave it out for the default", "请写 {name}=30，或不写（用默认值）"),
    Text(
        "{name}={value} is not a whole number from {least} up.",
        "{name}={value} 不是 {least} 以上的整数。",
    ),
    Text("{name}={value} is not 'auto'.", "{name}={value} 不是 'auto'。"),
    Text(
        "A fixed number of calls at once is max_connections=100",
        "固定的并发数请写 max_connections=100",
    ),
    Text(
        "{name} {value} is not of the form old=new,old=new.",
        "{name} {value} 不是“旧名=新名”的列表（用英文逗号分隔）。",
    ),
    Text("Example: {example}", "例如：{example}"),
    Text("{name} is a {kind}, neither a dict nor text.", "{name} 是 {kind}，应为字典或文本。"),
    Text("{name} is a {kind}, not a dict.", "{name} 是 {kind}，不是字典。"),
    Text("True or False for each of: {names}", "以下各项写 True 或 False：{names}"),
    Text(
        "The base URL from {source} holds a user name or a password, which would be shown.",
        "{source} 里的 base URL 含有用户名或密码，会被显示出来。",
    ),
    Text(
        "Write it without them and send them as a header (default_headers)",
        "请去掉它们，改用请求头发送（default_headers）",
    ),
    Text(
        "{vendor} has no address of its own: every customer has one.",
        "{vendor} 没有统一的地址：每个客户各有一个。",
    ),
    Text(
        "Name yours with base_url=, or with AzureOpenAI(azure_endpoint=...)",
        "请用 --base-url 指明，或在代码里写 AzureOpenAI(azure_endpoint=...)",
    ),
    Text(
        "{vendor} does not offer {resource} ({page}, {date}).",
        "{vendor} 没有 {resource} 这个功能（{page}，{date}）。",
    ),
    Text(
        "Use {instead}; client.post(path, ...) sends any request all the same",
        "请用 {instead}；client.post(path, ...) 仍可发送任何请求",
    ),
    Text(
        "Missing credentials. Please pass one of `api_key`, `azure_ad_token`, "
        "`azure_ad_token_provider`, or the `AZURE_OPENAI_API_KEY` or `AZURE_OPENAI_AD_TOKEN` "
        "environment variables.",
        "没有凭据：请传 api_key、azure_ad_token 或 azure_ad_token_provider，"
        "或设置环境变量 AZURE_OPENAI_API_KEY 或 AZURE_OPENAI_AD_TOKEN。",
    ),
    Text(
        "{source} names {host}, which is {vendor}'s: the key from {place} belongs to Azure. "
        "It was not sent.",
        "{source} 指向 {host}，那是 {vendor} 的地址，而 {place} 里的 key 属于 Azure，"
        "所以没有发送。",
    ),
    # backends
    Text(
        "The backend {name} ({source}) cannot work here: {reason}.",
        "后端 {name}（{source}）在本机不可用：{reason}。",
    ),
    Text("The backend {name} cannot work here: {reason}", "后端 {name} 在本机不可用：{reason}"),
    Text(
        "Async calls need asyncio's event loop, and none is running here.",
        "异步调用需要 asyncio 的事件循环，而这里没有在运行的。",
    ),
    Text(
        "In a plain program write asyncio.run(main()); under trio call OpenAI in "
        "trio.to_thread.run_sync(...); with anyio write anyio.run(main), on its asyncio backend",
        "普通程序请写 asyncio.run(main())；在 trio 里请用 trio.to_thread.run_sync(...) 调用 "
        "OpenAI；用 anyio 请写 anyio.run(main)，即它的 asyncio 后端",
    ),
    Text("{fix}   or   DSADAPTER_BACKEND=auto", "{fix}   或   DSADAPTER_BACKEND=auto"),
    Text(
        "python -m dsadapter doctor   tells what is wrong with this environment",
        "python -m dsadapter doctor   检查本机环境有什么问题",
    ),
    # requests
    Text("messages is empty: there is nothing to answer.", "messages 是空的：没有要回答的内容。"),
    Text("messages is a {kind}, not a list of messages.", "messages 是 {kind}，应为消息列表。"),
    Text(
        'Write messages=[{{"role": "user", "content": "Hello"}}]',
        '请写 messages=[{{"role": "user", "content": "你好"}}]',
    ),
    Text("repair='on' would do it (rule {rule})", "设置 repair='on' 会自动修正（规则 {rule}）"),
    Text(
        "The path {path} has a segment '.' or '..', a backslash or a control character.",
        "路径 {path} 里有 '.' 或 '..'、反斜杠或控制字符。",
    ),
    Text(
        "Name the path below the base URL, and a model by its name",
        "请写 base URL 之下的路径，模型请写名字",
    ),
    Text("Header {what} must be strings: {value}.", "请求头的{what} 必须是字符串：{value}。"),
    Text(
        "The header {name} has a character that no HTTP header can carry.",
        "请求头 {name} 里有 HTTP 头不能包含的字符。",
    ),
    Text("Headers are single lines of ASCII", "请求头只能是一行 ASCII 字符"),
    Text("The request cannot be written as JSON: {reason}", "请求无法写成 JSON：{reason}"),
    Text(
        "Use only dict, list, str, int, finite float, bool and None in it",
        "其中只能用 dict、list、str、int、有限的 float、bool 和 None",
    ),
    Text("Missing required argument: {name}.", "缺少必需的参数：{name}。"),
    Text(
        "Expected a non-empty value for `{name}` but got {value}.",
        "`{name}` 不能为空，而这里是 {value}。",
    ),
)
