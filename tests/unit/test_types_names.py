"""``dsadapter.types``: the names of the newest SDK's, as classes of the adapter's own."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any, get_type_hints

import pytest

import dsadapter
from dsadapter._backends import detection
from dsadapter._backends.versions import at_least
from dsadapter._dropin import modern_names
from dsadapter._record import Record
from dsadapter._response import chunk_types
from dsadapter._response import types as kinds
from dsadapter._types import names as tables
from dsadapter._types import values
from dsadapter.types.chat import ChatCompletion, ChatCompletionChunk, ChatCompletionMessageParam

PACKAGES = sorted(tables.NAMES)


def newest() -> bool:
    sdk = detection.sdk()
    return sdk is not None and not sdk.fault and at_least(sdk.version, "3.57")


def test_they_are_what_the_clients_give() -> None:
    assert ChatCompletion is kinds.ChatCompletion
    assert ChatCompletionChunk is chunk_types.ChatCompletionChunk is dsadapter.ChatCompletionChunk
    from dsadapter.types.chat.chat_completion import Choice
    from dsadapter.types.chat.chat_completion_chunk import Choice as ChoiceOfChunk

    assert (Choice, ChoiceOfChunk) == (kinds.Choice, chunk_types.ChunkChoice)
    assert dsadapter.types.CompletionUsage is kinds.CompletionUsage
    assert dsadapter.types.chat.ChatCompletionMessageToolCall is kinds.ToolCall


@pytest.mark.parametrize("package", PACKAGES)
def test_every_name_of_the_tables(package: str) -> None:
    module = import_module(f"dsadapter.{package}")
    names = values.names(package)
    assert set(names) <= set(dir(module))
    for name in names:
        value = getattr(module, name)
        leaf = f"dsadapter.{package}.{values.leaf_name(name)}"
        assert getattr(import_module(leaf), name) is value, name


@pytest.mark.parametrize("leaf", sorted(tables.LEAVES))
def test_every_name_of_a_module(leaf: str) -> None:
    module = import_module(f"dsadapter.{leaf}")
    for name in values.names(leaf):
        assert getattr(module, name) is not None


# Names that belong to parts of the SDK which are not here: web sockets.
NOT_HERE = ("Reconnecting", "WebSocket", "SyncWebSocket", "Websocket")


@pytest.mark.skipif(not newest(), reason="needs openai >= 3.57")
@pytest.mark.parametrize("package", PACKAGES)
def test_the_sdk_has_no_other_names(package: str) -> None:
    native = import_module(f"openai.{package}")
    names = [n for n in dir(native) if n[0].isupper() and not n.startswith(NOT_HERE)]
    ours = import_module(f"dsadapter.{package}")
    assert [name for name in names if not hasattr(ours, name)] == []


def test_what_programs_send_is_a_dict() -> None:
    from dsadapter.types.chat.chat_completion_tool_param import FunctionDefinition
    from dsadapter.types.no_such_params import NoSuchParams

    from dsadapter.types.chat import ChatCompletionToolParam, ChatCompletionUserMessageParam

    message = ChatCompletionUserMessageParam(role="user", content="hello")
    assert type(message) is dict
    assert json.dumps(ChatCompletionToolParam(type="function", function=FunctionDefinition()))
    assert set(get_type_hints(ChatCompletionUserMessageParam)) == {"content", "role", "name"}
    assert NoSuchParams(a=1) == {"a": 1}
    members: Any = getattr(ChatCompletionMessageParam, "__args__", ())
    assert ChatCompletionUserMessageParam in members


def test_they_can_be_derived_from() -> None:
    from dsadapter.types.chat import ChatCompletionToolParam

    class WithCache(ChatCompletionToolParam, total=False):
        cache: bool

    assert WithCache(type="function", cache=True) == {"type": "function", "cache": True}


def test_pydantic_keeps_every_field() -> None:
    pydantic = pytest.importorskip("pydantic", minversion="2")
    from dsadapter.types.chat import ChatCompletionSystemMessageParam

    message = {"role": "user", "content": "hello", "reasoning_content": "why", "anything": 1}
    for annotation in (ChatCompletionMessageParam, ChatCompletionSystemMessageParam):
        assert pydantic.TypeAdapter(annotation).validate_python(message) == message


def test_kinds_that_no_reply_is_read_into() -> None:
    from dsadapter.types.responses import Response, ResponseOutputMessage, ResponseTextDeltaEvent

    event = Record({"type": "response.output_text.delta"})
    assert isinstance(event, ResponseTextDeltaEvent)
    assert not isinstance(event, ResponseOutputMessage)
    assert not isinstance(dict(event), ResponseTextDeltaEvent)
    own: Any = Response(id="r-1")
    assert own.id == "r-1"
    assert type(pickle.loads(pickle.dumps(own))) is Response


def test_a_record_of_chat_is_none_of_responses() -> None:
    from dsadapter.types.responses import FunctionTool

    assert not isinstance(kinds.ToolCall({"type": "function"}), FunctionTool)


@pytest.mark.parametrize(
    "statement",
    [
        "from dsadapter.types import NoSuchName",
        "from dsadapter.types.chat import NoSuchName",
        "from dsadapter.types.chat.chat_completion import NoSuchName",
        "import dsadapter.types.no_such_module",
        "import dsadapter.types.chat.no_such_module",
    ],
)
def test_what_is_not_there(statement: str) -> None:
    with pytest.raises(ImportError):
        exec(statement)


def test_importing_them_loads_no_third_party() -> None:
    code = (
        "import sys; before = set(sys.modules); import dsadapter.types.chat; "
        "dsadapter.types.chat.ChatCompletion; "
        "print({n.partition('.')[0] for n in set(sys.modules) - before} & "
        "{'httpx', 'requests', 'pydantic', 'typing_extensions', 'openai'})"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, check=True, timeout=60
    )
    assert done.stdout.decode().strip() == "set()"


@pytest.mark.skipif(not newest(), reason="needs openai >= 3.57")
@pytest.mark.parametrize("part", ["types", "resources"])
def test_the_sdk_has_no_other_modules(part: str) -> None:
    folder = Path(import_module(f"openai.{part}").__path__[0])
    paths = (path.relative_to(folder).with_suffix("") for path in folder.rglob("*.py"))
    modules = {".".join((part, *path.parts)) for path in paths if path.stem != "__init__"}
    beside = {
        "types.beta.chat",
        "types.websocket_connection_options",
        "types.websocket_reconnection",
    }
    here = {m for m in modules if m in modern_names.MODULES or values.exists(m)}
    assert modules - here - beside == set()
