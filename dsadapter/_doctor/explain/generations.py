"""Texts of code that meets another SDK generation than it was written for (surface E, B3, A)."""

from __future__ import annotations

from typing import Tuple

from ..._texts.text import Text
from .row import POSSIBLE, USE_ADAPTER, USE_MODERN, Row

_CLASSES = (
    "ChatCompletion|Completion|Embedding|Model|Engine|Edit|Image|Audio|File|FineTune|"
    "FineTuningJob|Moderation|Deployment|Customer|ErrorObject"
)
_LEGACY = (
    "InvalidRequestError|openai_object|openai_response|api_requestor|api_resources|util|proxy|"
    "aiosession|requestssession|datalib|embeddings_utils|object_classes|validators"
)
_MODERN = (
    "OpenAI|AsyncOpenAI|AzureOpenAI|chat|base_url|RateLimitError|AuthenticationError|"
    "APIConnectionError|APITimeoutError|APIStatusError|BadRequestError|NotFoundError|"
    "InternalServerError|Stream|AsyncStream|NOT_GIVEN|resources|types"
)
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

ROWS: Tuple[Row, ...] = (
    Row(
        "sdk-removed-call",
        rf"You tried to access openai\.(?P<name>{_CLASSES})|APIRemovedInV1",
        Text(
            "The code calls the interface of openai 0.x, and a newer openai is installed. The "
            "advice in the text (migrate, or pin the old version) is not needed.",
            "代码调用的是 openai 0.x 的接口，而安装的是新版。报错里的建议（迁移或装回旧版）都不需"
            "要。",
        ),
        USE_ADAPTER,
        when=">=1.2",
    ),
    Row(
        "sdk-no-chatcompletion",
        rf"module 'openai' has no attribute '(?P<name>{_CLASSES})'",
        OLD_IN_NEW,
        USE_ADAPTER,
        when=">=1.0,<1.2",
        checks=("sdk-shadow", "sdk-leftovers"),
    ),
    Row(
        "sdk-no-error-attribute",
        r"module 'openai' has no attribute '(?P<name>error)'",
        Text(
            "openai.error is gone since openai 1.0. This is raised while another error is being "
            "caught: the real one stands above it in the traceback.",
            "openai 1.0 起已没有 openai.error。它是在捕获另一个异常时抛出的：真正的错误在它上面。",
        ),
        USE_ADAPTER,
        when=">=1.0",
    ),
    Row(
        "sdk-no-error-module",
        r"No module named '(?P<name>openai\.error)'"
        r"|cannot import name '(?P<other>error)' from 'openai'",
        Text(
            "openai.error is gone since openai 1.0: its classes stand in openai itself now.",
            "openai 1.0 起已没有 openai.error：异常类直接放在 openai 里。",
        ),
        USE_ADAPTER,
        when=">=1.0",
    ),
    Row(
        "sdk-old-name",
        rf"module 'openai' has no attribute '(?P<name>{_LEGACY})'"
        rf"|No module named 'openai\.(?P<module>{_LEGACY})'"
        r"|cannot import name '(?P<class>InvalidRequestError|ChatCompletion)' from 'openai'",
        Text(
            "The code is written for openai 0.x; that part of it is gone since openai 1.0.",
            "代码是为 openai 0.x 写的；openai 1.0 起已没有这一部分。",
        ),
        USE_ADAPTER,
        when=">=1.0",
    ),
    Row(
        "sdk-subclass-removed",
        r"isinstance\(\) arg 2 must be a type",
        Text(
            "Since openai 1.3.7 openai.ChatCompletion is a placeholder that raises when it is "
            "used: isinstance and subclassing fail, tests that mock it stay green.",
            "openai 1.3.7 起 openai.ChatCompletion 只是占位对象，一用就报错：isinstance 和继承都会"
            "失败，而 mock 它的测试仍然通过。",
        ),
        USE_ADAPTER,
        sure=POSSIBLE,
        when=">=1.3.7",
        needs="openai",
    ),
    Row(
        "sdk-too-old",
        rf"(?<!initialized )module 'openai' has no attribute '(?P<name>{_MODERN})'"
        rf"|cannot import name '(?P<other>{_MODERN})' from 'openai' "
        r"\((?!unknown)[^)]*(?:site|dist)-packages[^)]*\)",
        Text(
            "The code is written for openai 1.0 or newer, and an openai 0.x is installed (or a "
            "file named openai.py is imported in its place).",
            "代码是为 openai 1.0 以上写的，而安装的是 openai 0.x（或者导入了一个叫 openai.py 的文"
            "件）。",
        ),
        USE_MODERN,
        when="<1",
        checks=("sdk-shadow", "sdk-leftovers"),
    ),
    Row(
        "sdk-not-subscriptable",
        r"'(?P<kind>ChatCompletion\w*|ChoiceDelta|Choice|Completion\w*|CreateEmbeddingResponse)' "
        r"object is not subscriptable",
        Text(
            "Replies of openai 1.0 and newer are objects, no dicts: {kind}[...] is a habit of "
            "openai 0.x.",
            "openai 1.0 起返回的是对象而不是字典：{kind}[...] 是 openai 0.x 的写法。",
        ),
        DOTS,
        when=">=1.0",
    ),
    Row(
        "sdk-page-not-subscriptable",
        r"'(?P<kind>(?:Sync|Async)Page\[\w+\])' object is not subscriptable",
        OBJECTS(what='models.list()["data"]'),
        Text("Write client.models.list().data", "改写为 client.models.list().data"),
        when=">=1.0",
    ),
    Row(
        "sdk-no-get",
        r"'(?P<kind>ChoiceDelta|ChatCompletion\w*|Choice)' object has no attribute 'get'",
        OBJECTS(what=".get()"),
        Text(
            'Write `delta.content or ""`, or use dsadapter, whose replies have .get().',
            '改写为 delta.content or ""，或改用 dsadapter（它的回答有 .get()）。',
        ),
        when=">=1.0",
    ),
    Row(
        "sdk-not-json",
        r"Object of type (?P<kind>ChatCompletion\w*|Completion\w*) is not JSON serializable",
        OBJECTS(what="json.dumps(r)"),
        Text(
            "Write r.model_dump_json(), or use dsadapter, whose replies are dicts.",
            "改写为 r.model_dump_json()，或改用 dsadapter（它的回答就是字典）。",
        ),
        when=">=1.0",
    ),
    Row(
        "sdk-no-to-dict-recursive",
        r"has no attribute '(?P<name>to_dict_recursive)'",
        OBJECTS(what="to_dict_recursive()"),
        Text("Write r.model_dump()", "改写为 r.model_dump()"),
        when=">=1.0",
    ),
)
