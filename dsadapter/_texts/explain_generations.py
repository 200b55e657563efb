"""Texts of code that meets another SDK generation than it was written for (surface E, B3, A)."""

from __future__ import annotations

from typing import Dict

from .explanation import USE_ADAPTER, USE_MODERN, Explanation
from .text import Text

OLD_IN_NEW = Text(
    "The code is written for openai 0.x; {name} is gone since openai 1.0.",
    "代码是为 openai 0.x 写的；openai 1.0 起已没有 {name}。",
)
OBJECTS = Text(
    "Replies of openai 1.0 and newer are objects, no dicts: {what} is a habit of openai 0.x.",
    "openai 1.0 起返回的是对象而不是字典：{what} 是 openai 0.x 的写法。",
)
DOTS = Text(
    "Write r.choices[0].message.content, or use dsadapter, whose replies take both spellings.",
    "改写为 r.choices[0].message.content，或改用 dsadapter（两种写法都行）。",
)

EXPLANATIONS: Dict[str, Explanation] = {
    "sdk-removed-call": Explanation(
        Text(
            "The code calls the interface of openai 0.x, and a newer openai is installed. The "
            "advice in the text (migrate, or pin the old version) is not needed.",
            "代码调用的是 openai 0.x 的接口，而安装的是新版。报错里的建议（迁移或装回旧版）都不需"
            "要。",
        ),
        USE_ADAPTER,
    ),
    "sdk-no-chatcompletion": Explanation(
        OLD_IN_NEW,
        USE_ADAPTER,
    ),
    "sdk-no-error-attribute": Explanation(
        Text(
            "openai.error is gone since openai 1.0. This is raised while another error is being "
            "caught: the real one stands above it in the traceback.",
            "openai 1.0 起已没有 openai.error。它是在捕获另一个异常时抛出的：真正的错误在它上面。",
        ),
        USE_ADAPTER,
    ),
    "sdk-no-error-module": Explanation(
        Text(
            "openai.error is gone since openai 1.0: its classes stand in openai itself now.",
            "openai 1.0 起已没有 openai.error：异常类直接放在 openai 里。",
        ),
        USE_ADAPTER,
    ),
    "sdk-old-name": Explanation(
        Text(
            "The code is written for openai 0.x; that part of it is gone since openai 1.0.",
            "代码是为 openai 0.x 写的；openai 1.0 起已没有这一部分。",
        ),
        USE_ADAPTER,
    ),
    "sdk-subclass-removed": Explanation(
        Text(
            "Since openai 1.3.7 openai.ChatCompletion is a placeholder that raises when it is "
            "used: isinstance and subclassing fail, tests that mock it stay green.",
            "openai 1.3.7 起 openai.ChatCompletion 只是占位对象，一用就报错：isinstance 和继承都会"
            "失败，而 mock 它的测试仍然通过。",
        ),
        USE_ADAPTER,
    ),
    "sdk-too-old": Explanation(
        Text(
            "The code is written for openai 1.0 or newer, and an openai 0.x is installed (or a "
            "file named openai.py is imported in its place).",
            "代码是为 openai 1.0 以上写的，而安装的是 openai 0.x（或者导入了一个叫 openai.py 的文"
            "件）。",
        ),
        USE_MODERN,
    ),
    "sdk-not-subscriptable": Explanation(
        Text(
            "Replies of openai 1.0 and newer are objects, no dicts: {kind}[...] is a habit of "
            "openai 0.x.",
            "openai 1.0 起返回的是对象而不是字典：{kind}[...] 是 openai 0.x 的写法。",
        ),
        DOTS,
    ),
    "sdk-page-not-subscriptable": Explanation(
        OBJECTS(what='models.list()["data"]'),
        Text("Write client.models.list().data", "改写为 client.models.list().data"),
    ),
    "sdk-no-get": Explanation(
        OBJECTS(what=".get()"),
        Text(
            'Write `delta.content or ""`, or use dsadapter, whose replies have .get().',
            '改写为 delta.content or ""，或改用 dsadapter（它的回答有 .get()）。',
        ),
    ),
    "sdk-not-json": Explanation(
        OBJECTS(what="json.dumps(r)"),
        Text(
            "Write r.model_dump_json(), or use dsadapter, whose replies are dicts.",
            "改写为 r.model_dump_json()，或改用 dsadapter（它的回答就是字典）。",
        ),
    ),
    "sdk-no-to-dict-recursive": Explanation(
        OBJECTS(what="to_dict_recursive()"),
        Text("Write r.model_dump()", "改写为 r.model_dump()"),
    ),
}
