"""The sentences of the rules about SDK generations."""

from __future__ import annotations

from .text import Text

UNEDITED = Text(
    "run the file unedited: python -m dsadapter run {file}",
    "不改代码直接运行：python -m dsadapter run {file}",
)
UNEDITED_CELLS = Text(
    "begin the notebook with `import dsadapter; dsadapter.install()`",
    "在 notebook 开头执行 import dsadapter; dsadapter.install()",
)
ADAPTER = Text(
    "Write `import dsadapter as openai`, or {unedited}",
    "改写为 import dsadapter as openai，或{unedited}",
)
IN_PLACE = Text(
    "Import dsadapter in its place (`import dsadapter as openai`, `from dsadapter import OpenAI`), "
    "or {unedited}",
    "改为导入 dsadapter（import dsadapter as openai，或 from dsadapter import OpenAI），"
    "或{unedited}",
)
OR_NEW_CODE = Text(
    f"{ADAPTER.en}   New code: python -m dsadapter migrate {{file}} --diff",
    f"{ADAPTER.zh}   新写法：python -m dsadapter migrate {{file}} --diff",
)
OR_NEW_ERRORS = Text(
    f"{ADAPTER.en}   New code (openai.RateLimitError, openai.APIError ...): python -m dsadapter "
    "migrate {file} --diff",
    f"{ADAPTER.zh}   新写法（openai.RateLimitError、openai.APIError 等）：python -m dsadapter "
    "migrate {file} --diff",
)
OPENAI_MISSING = Text(
    "openai is not installed here: ModuleNotFoundError: No module named 'openai'.",
    "这里没有安装 openai：ModuleNotFoundError: No module named 'openai'。",
)
LEGACY_MODULE = Text(
    "{name} is gone since openai 1.0; openai {sdk} here raises ModuleNotFoundError: No "
    "module named 'openai.{module}'.",
    "openai 1.0 起已没有 {name}；这里的 openai {sdk} 会抛 ModuleNotFoundError: No module "
    "named 'openai.{module}'。",
)
RAISES_REMOVED = Text("raises APIRemovedInV1 when it is called", "一调用就抛 APIRemovedInV1")
RAISES_ATTRIBUTE = Text(
    "raises AttributeError: module 'openai' has no attribute '{name}'",
    "会抛 AttributeError: module 'openai' has no attribute '{name}'",
)
LEGACY_CALL = Text(
    "openai.{name} is the interface of openai 0.x; openai {sdk} here {effect}.",
    "openai.{name} 是 openai 0.x 的写法；这里的 openai {sdk} {effect}。",
)
RAISES_IMPORT = Text(
    "raises ImportError: cannot import name 'error'",
    "会抛 ImportError: cannot import name 'error'",
)
HIDES_ERROR = Text(
    "raises AttributeError, and only when an error is being caught: it hides that error",
    "会抛 AttributeError，而且是在捕获异常的时候才抛，把真正的错误盖住",
)
LEGACY_ERROR = Text(
    "openai.error is gone since openai 1.0; openai {sdk} here {effect}.",
    "openai 1.0 起已没有 openai.error；这里的 openai {sdk} {effect}。",
)
REMOVED_NAME = Text(
    "openai.{name} is gone since openai 1.0; openai {sdk} here raises {error}.",
    "openai 1.0 起已没有 openai.{name}；这里的 openai {sdk} 会抛 {error}。",
)
MODERN_NAME = Text(
    "openai.{name} exists since openai 1.0; openai {sdk} here raises {error}.",
    "openai.{name} 是 openai 1.0 才有的；这里的 openai {sdk} 会抛 {error}。",
)
NAME_FROM_US = Text(
    "Write `from dsadapter import {ours}`, or {unedited}",
    "改写为 from dsadapter import {ours}，或{unedited}",
)
SETTING_IGNORED = Text(
    "openai.{name} has no effect since openai 1.0; openai {sdk} here ignores it silently.",
    "openai 1.0 起 openai.{name} 不再起作用；这里的 openai {sdk} 会默默忽略它。",
)
SET_ON_CLIENT = Text(
    "Hand the client an http_client=, or use `import dsadapter as openai`.",
    "请给客户端传 http_client=，或改用 import dsadapter as openai。",
)
BASE_IGNORED = Text(
    "{name} is ignored by openai {sdk} here: requests, and the key with them, go to "
    "api.openai.com.",
    "这里的 openai {sdk} 会忽略 {name}：请求连同 key 都会发到 api.openai.com。",
)
AZURE_BASE_IGNORED = Text(
    "{name} is ignored by openai {sdk} here; an endpoint of Azure goes by azure_endpoint.",
    "这里的 openai {sdk} 会忽略 {name}；Azure 的地址要写在 azure_endpoint。",
)
WRITE_BASE = Text(
    "Write {other}, or use `import dsadapter as openai`, which reads both.",
    "改写为 {other}，或用 import dsadapter as openai（两种都认）。",
)
WRITE_BASE_OR_MIGRATE = Text(
    f"{WRITE_BASE.en}   The whole file: python -m dsadapter migrate {{file}} --diff",
    f"{WRITE_BASE.zh}   改写整个文件：python -m dsadapter migrate {{file}} --diff",
)
WITHOUT_SLASH = Text(
    "openai.base_url without a final slash: openai {sdk} asks for "
    "{end}chat/completions and gets 404.",
    "openai.base_url 末尾缺斜杠：openai {sdk} 会请求 {end}chat/completions，得到 404。",
)
WITH_SLASH = Text('Write "{url}/".', '改写为 "{url}/"。')
