"""Functions that a file gets for calls whose arguments or whose place are seen only at run time."""

from __future__ import annotations

import ast
from string import Template
from typing import Any, List, Set

from .analysis import Analysis
from .edits import Edit
from .modules import Modules

SYNC, ASYNC, SHARED = "_openai_create", "_openai_acreate", "_openai_prepared"
CHUNKS = "_openai_chunks"
# Of these, every argument can be handed on: their methods took the same ones.
PATHS = frozenset({"chat.completions.create", "completions.create", "embeddings.create"})

_SHARED = '''\
def _openai_prepared$suffix(
    make,
    path,
    api_key=None,
    api_base=None,
    api_type=None,
    request_id=None,
    api_version=None,
    organization=None,
    **kwargs
):
    """A client, its create() and arguments, of what openai 0.28 took."""
    if api_type not in (None, "open_ai", "openai"):
        raise ValueError(f"api_type={api_type!r}: take openai.AzureOpenAI for it")
    engine = kwargs.pop("deployment_id", None)
    engine = kwargs.pop("engine", engine)
    caller = $owner
    if make is $module.AsyncOpenAI or api_key or api_base or organization or engine:
        caller = make(
            api_key=api_key or $owner.api_key,
            organization=organization or $owner.organization,
            base_url=api_base.rstrip("/") + "/" if api_base else $owner.base_url,
            max_retries=0,
        )
    if engine:
        caller = caller.with_options(base_url=f"{caller.base_url}engines/{engine}/")
        kwargs.setdefault("model", $module.NOT_GIVEN)
    create = caller
    for name in path.split("."):
        create = getattr(create, name)
    kwargs.pop("timeout", None)  # 0.28 did not send it, nor bound the request by it
    headers = dict(kwargs.pop("headers", None) or {})
    if request_id:
        headers["X-Request-Id"] = request_id
    options = {"extra_headers": headers}
    if "request_timeout" in kwargs:
        limit = kwargs.pop("request_timeout")
        if isinstance(limit, tuple):
            limit = $module.Timeout(limit[1], connect=limit[0])
        options["timeout"] = limit or 600
    known = _signature(create).parameters
    if not any(parameter.kind is parameter.VAR_KEYWORD for parameter in known.values()):
        unknown = [name for name in kwargs if name not in known]
        options["extra_body"] = {name: kwargs.pop(name) for name in unknown}
    return caller, create, {**options, **kwargs}
'''

_SYNC = '''\
def _openai_create$suffix(path, *args, **kwargs):
    """As in openai 0.28: its arguments; gives a $reply, or a stream of $replies."""
    _, create, arguments = _openai_prepared$suffix($module.OpenAI, path, *args, **kwargs)
    reply = create(**arguments)
    if isinstance(reply, $module.Stream):
        return (chunk$to_dict for chunk in reply)
    return reply$to_dict
'''

_ASYNC = '''\
async def _openai_acreate$suffix(path, *args, **kwargs):
    """As in openai 0.28: its arguments, a client for each call; gives a $reply, or a stream."""
    client, create, arguments = _openai_prepared$suffix($module.AsyncOpenAI, path, *args, **kwargs)
    try:
        reply = await create(**arguments)
    except BaseException:
        await client.close()
        raise
    if isinstance(reply, $module.AsyncStream):
        return _openai_chunks$suffix(client, reply)
    await client.close()
    return reply$to_dict


async def _openai_chunks$suffix(client, stream):
    async with client:
        async for chunk in stream:
            yield chunk$to_dict
'''


class Helpers:
    """Which of the functions a file needs, and what they are called there."""

    def __init__(self, analysis: Analysis, modules: Modules, is_dict_style: bool) -> None:
        self._analysis = analysis
        self._modules = modules
        self._is_dict_style = is_dict_style
        self._wanted: Set[str] = set()
        # Those of an earlier run may be there, with other words in them.
        self._suffix = self._free_suffix()

    def _free_suffix(self) -> str:
        number = 1
        while True:
            suffix = f"_{number}" if number > 1 else ""
            if f"{SHARED}{suffix}(" not in self._analysis.document.text:
                return suffix
            number += 1

    def name(self, is_async: bool) -> str:
        """What to call."""
        wanted = ASYNC if is_async else SYNC
        self._wanted.add(wanted)
        return f"{wanted}{self._suffix}"

    def write(self) -> None:
        """Put them behind the imports at the top, after all else is asked for."""
        if not self._wanted:
            return
        newline = self._analysis.document.newline
        text = self._text().replace("\n", newline)
        position, is_behind = self._place()
        inserted = f"{newline}{text}{self._gap(position)}" if is_behind else f"{text}{newline * 3}"
        self._analysis.edits.append(Edit(position, position, inserted, "any-arguments"))

    def _gap(self, position: int) -> str:
        """Two empty lines before code that would follow at once."""
        document = self._analysis.document
        number = document.line_number(position) + 1
        is_code = number <= len(document.starts) and document.line(number).strip()
        return document.newline * 2 if is_code else ""

    def _text(self) -> str:
        templates = {SYNC: _SYNC, ASYNC: _ASYNC}
        parts = [_SHARED, *(templates[name] for name in sorted(self._wanted, reverse=True))]
        as_dict = self._is_dict_style
        module = self._modules.default
        text = Template("\n\n".join(parts)).substitute(
            module=module,
            owner=self._modules.client_name or module,
            suffix=self._suffix,
            to_dict=".to_dict()" if as_dict else "",
            reply="dict" if as_dict else "reply",
            replies="dicts" if as_dict else "chunks",
        )
        head = "from inspect import signature as _signature\n"
        if not self._modules.is_imported:
            head += f"import openai{'' if module == 'openai' else f' as {module}'}\n"
        return f"{head}\n\n{text}".rstrip("\n")

    def _place(self) -> Any:
        """Where they stand, and whether that is the end of an import."""
        document = self._analysis.document
        for node in reversed(self._imports_at_top()):
            number = document.line_number(document.span(node)[1])
            end = document.starts[number - 1] + len(document.line(number))
            edits = self._analysis.edits
            if not any(edit.start < end < edit.end for edit in edits):
                return end, True
        first = next(iter(document.tree.body))
        return self._analysis._line_of(first), False

    def _imports_at_top(self) -> List[ast.stmt]:
        imports: List[ast.stmt] = []
        for node in self._analysis.document.tree.body:
            if isinstance(node, (ast.Import, ast.ImportFrom)):
                imports.append(node)
            elif not _is_text(node) and imports:
                break
        return imports


def _is_text(node: Any) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
