"""Texts about keys, encodings and the console (sdk-matrix 9)."""

from __future__ import annotations

from typing import Dict

from .explanation import Explanation
from .text import Text

EXPLANATIONS: Dict[str, Explanation] = {
    "env-console": Explanation(
        Text(
            "The console's encoding ({name}) has no sign for {char}, and print() dies of it: "
            "answers of the model contain such signs, 😊 for one. The call itself went well.",
            "控制台编码（{name}）没有字符 {char}，print() 因此出错：模型的回答里会有这类字符，例"
            "如 😊。调用本身是成功的。",
        ),
        Text(
            "Let Python write UTF-8: set PYTHONUTF8=1 (or "
            "sys.stdout.reconfigure(errors='replace')).",
            "让 Python 输出 UTF-8：设置 PYTHONUTF8=1（或 "
            "sys.stdout.reconfigure(errors='replace')）。",
        ),
    ),
    "env-dotenv-encoding": Explanation(
        Text(
            "The .env file is not saved as UTF-8: byte 0x{byte} at position {position} is that of "
            "GBK (Notepad, ANSI) or UTF-16 (PowerShell, 0xff).",
            ".env 文件不是 UTF-8 编码：第 {position} 字节 0x{byte} 来自 GBK（记事本 ANSI）或 "
            "UTF-16（PowerShell，0xff）。",
        ),
        Text(
            "Save it as UTF-8. dsadapter reads it as it is.",
            "请另存为 UTF-8。dsadapter 可以直接读。",
        ),
    ),
    "env-file-encoding": Explanation(
        Text(
            "A file was opened as {name} and is saved in another encoding: on Chinese Windows "
            "open() reads GBK unless told otherwise.",
            "文件按 {name} 打开，实际却是别的编码：中文 Windows 上 open() 默认按 GBK 读。",
        ),
        Text(
            'Write open(name, encoding="utf-8"), or set PYTHONUTF8=1.',
            '请写 open(name, encoding="utf-8")，或设置 PYTHONUTF8=1。',
        ),
    ),
    "key-non-ascii": Explanation(
        Text(
            "A header cannot carry the text: the API key has a Chinese, full-width or invisible "
            "character in it (a note, a curly quote). Position 7 is its first, behind `Bearer `.",
            "请求头放不下这段文字：API key 里有中文、全角或不可见字符（备注、弯引号等）。位置 7 "
            "是 key 的第一个字符（在 Bearer 之后）。",
        ),
        Text("Copy the key alone, as plain ASCII.", "请只复制 key 本身（纯 ASCII）。"),
    ),
    "key-line-break": Explanation(
        Text(
            "The API key has a line break, blank or control character in it or at its end. This "
            "text shows the key: do not post it.",
            "API key 里面或末尾有换行、空格或控制字符。这段报错包含 key：请勿外传。",
        ),
        Text(
            "Copy the key alone, on one line; in code: key.strip()",
            "请只复制 key，写成一行；代码里可用 key.strip()",
        ),
    ),
    "key-missing-legacy": Explanation(
        Text("openai 0.x found no key.", "openai 0.x 没有找到 key。"),
        Text(
            "Set openai.api_key, or write DEEPSEEK_API_KEY=sk-... into .env and use dsadapter.",
            "请设置 openai.api_key，或把 DEEPSEEK_API_KEY=sk-... 写进 .env 并改用 dsadapter。",
        ),
    ),
    "key-missing": Explanation(
        Text(
            "The client found no key: it reads OPENAI_API_KEY and no .env file by itself.",
            "客户端没有找到 key：它只读 OPENAI_API_KEY，自己不会读 .env。",
        ),
        Text(
            'Write OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], '
            'base_url="https://api.deepseek.com")'
            ", behind dotenv.load_dotenv() if the key stands in .env; or use dsadapter, which "
            "reads .env.",
            '请写 OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], '
            'base_url="https://api.deepseek.com")；key 在 .env 里时先调用 dotenv.load_dotenv()。或'
            "改"
            "用会读 .env 的 dsadapter。",
        ),
    ),
    "key-missing-langchain": Explanation(
        Text(
            "LangChain found no key: the environment variable {name} is not set in the process "
            "that ran this. It reads no .env file by itself.",
            "LangChain 没有找到 key：运行时没有环境变量 {name}。它自己不会读 .env。",
        ),
        Text(
            "Pass api_key= to the model, set the variable, or call dotenv.load_dotenv() before the "
            "model is made.",
            "请给模型传 api_key=，或设置这个变量，或在创建模型之前调用 dotenv.load_dotenv()。",
        ),
    ),
    "key-missing-module": Explanation(
        Text(
            "The module client (openai.chat.completions.create) found no key.",
            "模块级客户端（openai.chat.completions.create）没有找到 key。",
        ),
        Text("Set openai.api_key, or make a client.", "请设置 openai.api_key，或创建客户端。"),
    ),
}
