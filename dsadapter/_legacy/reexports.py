"""Names that modules of 0.28 have because they import them: code and tests take them from there
(``openai.api_resources.engine.util``, ``mock.patch("openai.api_resources.file.time.sleep")``)."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any, Callable, Dict

_ABSTRACT = "dsadapter._legacy.abstract"
_OBJECTS = "dsadapter._legacy.objects"
# Where each name comes from: a module, or a module and its attribute.
_SOURCES: Dict[str, str] = {
    "APIError": "dsadapter.error:APIError",
    "APIResource": f"{_ABSTRACT}:APIResource",
    "Any": "typing:Any",
    "ApiType": "dsadapter._legacy.settings:ApiType",
    "AsyncContextManager": "typing:AsyncContextManager",
    "AsyncGenerator": "typing:AsyncGenerator",
    "Awaitable": "typing:Awaitable",
    "Callable": "typing:Callable",
    "CompletionConfig": "dsadapter._legacy.resources:CompletionConfig",
    "CreateableAPIResource": f"{_ABSTRACT}:CreateableAPIResource",
    "DeletableAPIResource": f"{_ABSTRACT}:DeletableAPIResource",
    "Enum": "enum:Enum",
    "InvalidRequestError": "dsadapter.error:InvalidRequestError",
    "Iterator": "typing:Iterator",
    "JSONDecodeError": "json:JSONDecodeError",
    "List": "typing:List",
    "ListableAPIResource": f"{_ABSTRACT}:ListableAPIResource",
    "Literal": "typing:Literal",
    "OpenAIObject": f"{_OBJECTS}:OpenAIObject",
    "OpenAIResponse": "dsadapter._legacy.responses:OpenAIResponse",
    "Optional": "typing:Optional",
    "PaginatableAPIResource": f"{_ABSTRACT}:PaginatableAPIResource",
    "TryAgain": "dsadapter.error:TryAgain",
    "Union": "typing:Union",
    "UpdateableAPIResource": f"{_ABSTRACT}:UpdateableAPIResource",
    "aiohttp": "aiohttp",
    "api_requestor": "dsadapter._legacy.api_requestor",
    "api_resources": "dsadapter._legacy.api_resources",
    "apropos": "pydoc:apropos",
    "assert_has_numpy": "dsadapter._legacy.datalib:numpy_helper.assert_has_numpy",
    "asyncio": "asyncio",
    "base64": "base64",
    "cast": "typing:cast",
    "deepcopy": "copy:deepcopy",
    "error": "dsadapter.error",
    "json": "json",
    "merge_dicts": "dsadapter._legacy.util:merge_dicts",
    "nested_resource_class_methods": f"{_ABSTRACT}:nested_resource_class_methods",
    "np": "numpy",
    "os": "os",
    "overload": "typing:overload",
    "parse_stream": "dsadapter._legacy.stream_lines:parse_stream",
    "parse_stream_async": "dsadapter._legacy.stream_lines:parse_stream_async",
    "parse_stream_helper": "dsadapter._legacy.stream_lines:parse_stream_helper",
    "platform": "platform",
    "quote_plus": "urllib.parse:quote_plus",
    "requests": "requests",
    "sys": "sys",
    "time": "time",
    "urlencode": "urllib.parse:urlencode",
    "urlsplit": "urllib.parse:urlsplit",
    "urlunsplit": "urllib.parse:urlunsplit",
    "util": "dsadapter._legacy.util",
    "version": "dsadapter._legacy.version",
    "warnings": "warnings",
}
_BASE = "ApiType api_requestor error util"
_RESOURCE = "CreateableAPIResource DeletableAPIResource ListableAPIResource"
# What 0.28.1 has where, beside the names that our modules define.
NAMES: Dict[str, str] = {
    "api_requestor": "ApiType AsyncContextManager AsyncGenerator Callable Iterator JSONDecodeError "
    "Literal OpenAIResponse Union aiohttp asyncio error json openai overload platform requests sys "
    "time urlencode urlsplit urlunsplit util version warnings parse_stream parse_stream_async "
    "parse_stream_helper",
    "util": "Enum openai",
    "openai_object": "ApiType OpenAIResponse Union api_requestor deepcopy openai util",
    "object_classes": "CompletionConfig api_resources",
    "api_resources.abstract.api_resource": f"OpenAIObject Optional openai quote_plus {_BASE}",
    "api_resources.abstract.createable_api_resource": f"APIResource {_BASE}",
    "api_resources.abstract.deletable_api_resource": "APIResource ApiType Awaitable error "
    "quote_plus",
    "api_resources.abstract.engine_api_resource": "OpenAIResponse Optional apropos openai "
    f"quote_plus time {_BASE}",
    "api_resources.abstract.listable_api_resource": f"APIResource {_BASE}",
    "api_resources.abstract.nested_resource_class_methods": "api_requestor quote_plus util",
    "api_resources.abstract.paginatable_api_resource": f"ListableAPIResource {_BASE}",
    "api_resources.abstract.updateable_api_resource": "APIResource Awaitable quote_plus",
    "api_resources.audio": "APIResource Any List api_requestor openai util",
    "api_resources.chat_completion": "TryAgain time util",
    "api_resources.completion": "DeletableAPIResource ListableAPIResource TryAgain time util",
    "api_resources.customer": "OpenAIObject",
    "api_resources.deployment": f"APIError InvalidRequestError {_RESOURCE} util",
    "api_resources.edit": "TryAgain error time util",
    "api_resources.embedding": "TryAgain assert_has_numpy base64 np time util",
    "api_resources.engine": "ListableAPIResource TryAgain UpdateableAPIResource time util warnings",
    "api_resources.error_object": "OpenAIObject Optional merge_dicts",
    "api_resources.file": "ApiType DeletableAPIResource ListableAPIResource api_requestor cast "
    "error json openai os time util",
    "api_resources.fine_tune": f"{_RESOURCE} OpenAIResponse nested_resource_class_methods "
    f"quote_plus {_BASE}",
    "api_resources.fine_tuning": "ApiType CreateableAPIResource DeletableAPIResource "
    "PaginatableAPIResource error nested_resource_class_methods quote_plus",
    "api_resources.image": "APIResource Any List api_requestor error openai util",
    "api_resources.model": "DeletableAPIResource ListableAPIResource",
    "api_resources.moderation": "List OpenAIObject Optional Union",
    "api_resources.experimental.completion_config": _RESOURCE,
}


def getter(module: str) -> Callable[[str], Any]:
    """The ``__getattr__`` of a module of 0.28 ("api_resources.engine")."""
    names = frozenset(NAMES[module].split())

    def __getattr__(name: str) -> Any:
        if name in names:
            try:
                return _value(name)
            except ImportError:  # aiohttp, numpy: not installed here
                pass
        raise AttributeError(f"module 'openai.{module}' has no attribute {name!r}")

    return __getattr__


def _value(name: str) -> Any:
    if name == "openai":
        return sys.modules.get("openai") or sys.modules["dsadapter"]
    path, _, attribute = _SOURCES[name].partition(":")
    value: Any = import_module(path)
    for part in attribute.split(".") if attribute else ():
        value = getattr(value, part)
    return value
