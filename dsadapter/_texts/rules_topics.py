"""What is known about each rule of the scan, by its id."""

from __future__ import annotations

from typing import Dict

from .text import Text
from .topic import Topic

TOPICS: Dict[str, Topic] = {
    "code-openai-missing": Topic(
        Text("what the code imports is installed", "代码导入的 openai 已安装")
    ),
    "code-legacy-call": Topic(
        Text("no call of openai 0.x meets a newer SDK", "没有用新版 SDK 跑 0.x 的调用")
    ),
    "code-legacy-error": Topic(
        Text("openai.error exists where it is used", "用到 openai.error 的地方它存在")
    ),
    "code-legacy-name": Topic(Text("every name of the package exists", "用到的 openai 名字都存在")),
    "code-modern-call": Topic(
        Text("no call of openai 1+ meets an older SDK", "没有用旧版 SDK 跑 1.x 的调用")
    ),
    "code-legacy-result": Topic(
        Text("replies are read as the SDK gives them", "按 SDK 的方式读取回答")
    ),
    "code-keyword": Topic(Text("every keyword is known to the SDK", "参数名都是 SDK 认识的")),
    "code-proxies": Topic(Text("nobody passes proxies=", "没有传 proxies=")),
    "code-http-client": Topic(Text("HTTP clients fit the SDK", "HTTP 客户端与 SDK 匹配")),
    "code-httpx-undeclared": Topic(
        Text("httpx is declared where it is imported", "导入的 httpx 已声明为依赖")
    ),
    "code-api-base": Topic(Text("the base URL in the code is read", "代码里的 base URL 会生效")),
    "code-base-url-slash": Topic(
        Text("openai.base_url ends in a slash", "openai.base_url 以斜杠结尾")
    ),
    "code-setting-ignored": Topic(
        Text("settings in the code have an effect", "代码里的设置都起作用")
    ),
    "code-except-timeout": Topic(Text("timeouts are caught by their class", "超时异常的类名正确")),
    "code-retired-model": Topic(Text("model names are current", "模型名未过时")),
    "code-foreign-model": Topic(Text("model names are the provider's", "模型名是服务商有的")),
    "code-thinking": Topic(Text("calls say whether to think", "调用写明了是否思考")),
    "code-tool-choice": Topic(Text("tools are not forced while thinking", "思考时没有强制工具")),
    "code-json-schema": Topic(Text("nobody asks for json_schema", "没有使用 json_schema")),
    "code-json-word": Topic(
        Text("JSON mode comes with the word json", "JSON 模式的提示词里有 json")
    ),
    "code-small-max-tokens": Topic(Text("thinking has room", "max_tokens 给思考留了余地")),
    "code-max-completion-tokens": Topic(Text("the token limit is read", "token 上限会生效")),
    "code-developer-role": Topic(Text("roles are known to DeepSeek", "角色是 DeepSeek 认识的")),
    "code-stream-choices": Topic(
        Text("loops take chunks without choices", "循环能处理没有 choices 的分块")
    ),
    "code-stream-content": Topic(
        Text("loops take chunks without content", "循环能处理 content 为空的分块")
    ),
    "code-not-awaited": Topic(Text("async calls are awaited", "异步调用都写了 await")),
    "code-stream-result": Topic(Text("streams are read as streams", "流按流来读取")),
    "code-http-stream": Topic(Text("hand-made streams do stream", "手写的流式请求真的在流式输出")),
    "code-http-timeout": Topic(
        Text("hand-made calls have a fitting timeout", "手写请求的超时合适")
    ),
    "code-http-status": Topic(Text("hand-made calls look at the status", "手写请求检查状态码")),
    "code-verify-false": Topic(Text("certificates are verified", "没有关闭证书校验")),
    "code-key-literal": Topic(Text("no key stands in the source", "源码里没有 key")),
    "code-key-placeholder": Topic(
        Text("no placeholder stands for the key", "key 的位置没有写占位符")
    ),
    "code-pins": Topic(Text("declared versions work together", "声明的版本互相兼容")),
    "code-pins-generation": Topic(
        Text("declared SDK and code belong together", "声明的 SDK 与代码属于同一代")
    ),
    "code-install": Topic(Text("no cell replaces the SDK", "没有单元格更换 SDK")),
    "code-unparsed": Topic(Text("every file could be read", "所有文件都能解析")),
}
