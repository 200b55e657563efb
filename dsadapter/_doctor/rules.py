"""The rules of ``doctor PATH``: ids and what holds when nothing is found. The scan itself is not
imported where no path was given."""

from __future__ import annotations

from typing import NamedTuple, Tuple

from .._texts.text import Text


class Rule(NamedTuple):
    """One rule; its title states health."""

    id: str
    title: Text


RULES: Tuple[Rule, ...] = (
    Rule(
        "code-openai-missing",
        Text("what the code imports is installed", "代码导入的 openai 已安装"),
    ),
    Rule(
        "code-legacy-call",
        Text("no call of openai 0.x meets a newer SDK", "没有用新版 SDK 跑 0.x 的调用"),
    ),
    Rule(
        "code-legacy-error",
        Text("openai.error exists where it is used", "用到 openai.error 的地方它存在"),
    ),
    Rule("code-legacy-name", Text("every name of the package exists", "用到的 openai 名字都存在")),
    Rule(
        "code-modern-call",
        Text("no call of openai 1+ meets an older SDK", "没有用旧版 SDK 跑 1.x 的调用"),
    ),
    Rule(
        "code-legacy-result",
        Text("replies are read as the SDK gives them", "按 SDK 的方式读取回答"),
    ),
    Rule("code-keyword", Text("every keyword is known to the SDK", "参数名都是 SDK 认识的")),
    Rule("code-proxies", Text("nobody passes proxies=", "没有传 proxies=")),
    Rule("code-http-client", Text("HTTP clients fit the SDK", "HTTP 客户端与 SDK 匹配")),
    Rule(
        "code-httpx-undeclared",
        Text("httpx is declared where it is imported", "导入的 httpx 已声明为依赖"),
    ),
    Rule("code-api-base", Text("the base URL in the code is read", "代码里的 base URL 会生效")),
    Rule(
        "code-base-url-slash", Text("openai.base_url ends in a slash", "openai.base_url 以斜杠结尾")
    ),
    Rule(
        "code-setting-ignored", Text("settings in the code have an effect", "代码里的设置都起作用")
    ),
    Rule("code-except-timeout", Text("timeouts are caught by their class", "超时异常的类名正确")),
    Rule("code-except-httpx", Text("HTTP errors are caught by their class", "HTTP 异常的类名正确")),
    Rule("code-retired-model", Text("model names are current", "模型名未过时")),
    Rule("code-thinking", Text("calls say whether to think", "调用写明了是否思考")),
    Rule("code-tool-choice", Text("tools are not forced while thinking", "思考时没有强制工具")),
    Rule("code-json-schema", Text("nobody asks for json_schema", "没有使用 json_schema")),
    Rule(
        "code-json-word", Text("JSON mode comes with the word json", "JSON 模式的提示词里有 json")
    ),
    Rule("code-small-max-tokens", Text("thinking has room", "max_tokens 给思考留了余地")),
    Rule("code-max-completion-tokens", Text("the token limit is read", "token 上限会生效")),
    Rule("code-developer-role", Text("roles are known to DeepSeek", "角色是 DeepSeek 认识的")),
    Rule(
        "code-stream-choices",
        Text("loops take chunks without choices", "循环能处理没有 choices 的分块"),
    ),
    Rule(
        "code-stream-content",
        Text("loops take chunks without content", "循环能处理 content 为空的分块"),
    ),
    Rule("code-http-stream", Text("hand-made streams do stream", "手写的流式请求真的在流式输出")),
    Rule("code-http-timeout", Text("hand-made calls have a fitting timeout", "手写请求的超时合适")),
    Rule("code-http-swallow", Text("hand-made streams show errors", "手写的流不会吞掉错误")),
    Rule("code-http-status", Text("hand-made calls look at the status", "手写请求检查状态码")),
    Rule("code-verify-false", Text("certificates are verified", "没有关闭证书校验")),
    Rule("code-key-literal", Text("no key stands in the source", "源码里没有 key")),
    Rule(
        "code-key-placeholder",
        Text("no placeholder stands for the key", "key 的位置没有写占位符"),
    ),
    Rule("code-pins", Text("declared versions work together", "声明的版本互相兼容")),
    Rule(
        "code-pins-generation",
        Text("declared SDK and code belong together", "声明的 SDK 与代码属于同一代"),
    ),
    Rule("code-unparsed", Text("every file could be read", "所有文件都能解析")),
)
