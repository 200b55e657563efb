"""The module tree of openai >= 1 where no such SDK is installed: real files import from it, and
what they import is what the adapter's clients give."""

from __future__ import annotations

from typing import Any, Dict

import pytest

from dsadapter._backends import detection
from dsadapter._backends.versions import at_least
from dsadapter._dropin import modern_names

from .conftest import sdk_kind
from .modern_imports import IMPORTS

KIND = sdk_kind()
PROVIDED = pytest.mark.skipif(KIND == "modern", reason="the SDK's own tree stays")

FAILURES = """
import traceback
count = 0
for statement in %r:
    try:
        exec(statement, {})
    except BaseException as error:
        print(statement, "->", type(error).__name__, error)
    count += 1
print(count)
"""


def test_there_are_enough_of_them() -> None:
    assert len(IMPORTS) == len(set(IMPORTS)) >= 45


def test_what_real_files_import(python: Any, script: Any) -> None:
    """With openai >= 1 this is the real one, which has to be as new as the list is."""
    sdk = detection.sdk()
    if KIND == "modern" and not (sdk and at_least(sdk.version, "3.57")):
        pytest.skip("the list is of openai 3.57")
    result = python("-m", "dsadapter", "run", script(FAILURES % (IMPORTS,)))
    assert result.code == 0, result.err
    assert result.lines() == [str(len(IMPORTS))]


@PROVIDED
@pytest.mark.parametrize("statement", ["import openai.%s", "from openai.%s import *"])
def test_every_module_of_the_tables(statement: str, ok: Any) -> None:
    names = [name for name in modern_names.MODULES if name]
    lines = ok(
        f"""
        import dsadapter
        dsadapter.install()
        for name in {names!r}:
            exec({statement!r} % name, {{}})
        print(len(dsadapter.__all__) > 9)
        """
    )
    assert lines == ["True"]


@PROVIDED
def test_replies_are_of_these_classes(ok: Any, served: Dict[str, str]) -> None:
    lines = ok(
        """
        import dsadapter
        dsadapter.install()
        import openai
        from openai import OpenAI, Stream, BaseModel, DefaultHttpxClient
        from openai.types.chat import ChatCompletion, ChatCompletionChunk, ChatCompletionMessage
        from openai.types.chat import ChatCompletionMessageParam, ChatCompletionUserMessageParam
        from openai.types.chat.chat_completion_chunk import Choice, ChoiceDelta
        from openai.pagination import SyncPage
        from openai.resources.chat.completions import Completions

        messages: "list[ChatCompletionMessageParam]" = [
            ChatCompletionUserMessageParam(role="user", content="hello")
        ]
        with OpenAI(http_client=DefaultHttpxClient(), timeout=openai.Timeout(30)) as client:
            whole = client.chat.completions.create(model="deepseek-flash", messages=messages)
            print(isinstance(whole, ChatCompletion), isinstance(whole, BaseModel))
            print(isinstance(whole.choices[0].message, ChatCompletionMessage))
            stream = client.chat.completions.create(
                model="deepseek-flash", messages=messages, stream=True
            )
            chunks = list(stream)
            print(isinstance(stream, Stream), isinstance(chunks[0], ChatCompletionChunk))
            print(isinstance(chunks[0].choices[0], Choice))
            print(isinstance(chunks[0].choices[0].delta, ChoiceDelta))
            print(isinstance(client.models.list(), SyncPage))
            print(type(client.chat.completions) is Completions)
            print(isinstance(chunks[0], ChatCompletion), isinstance(whole, ChatCompletionChunk))
        """,
        **served,
    )
    assert lines == [*["True True", "True"] * 2, "True", "True", "True", "False False"]


@PROVIDED
def test_a_tracer_replaces_create(ok: Any, served: Dict[str, str]) -> None:
    lines = ok(
        """
        import dsadapter
        dsadapter.install()
        import openai.resources.chat.completions as module
        create = module.Completions.create
        module.Completions.create = lambda self, **kwargs: ("traced", create(self, **kwargs))
        from openai import OpenAI
        name, response = OpenAI().chat.completions.create(
            model="deepseek-flash", messages=[{"role": "user", "content": "hello"}]
        )
        print(name, bool(response.choices[0].message.content))
        """,
        **served,
    )
    assert lines == ["traced True"]


@PROVIDED
def test_events_of_responses_are_known_by_their_type(ok: Any) -> None:
    lines = ok(
        """
        import pickle, dsadapter
        dsadapter.install()
        from dsadapter._record import Record
        from dsadapter._response.resource_types import Response as Ours, ResponseEvent
        from openai.types.responses import Response, ResponseTextDeltaEvent, ResponseOutputMessage
        from openai.types.responses.response_usage import ResponseUsage
        event = Record({"type": "response.output_text.delta", "delta": "hi"})
        print(isinstance(event, ResponseTextDeltaEvent), isinstance(event, ResponseOutputMessage))
        print(isinstance(ResponseEvent(event), ResponseTextDeltaEvent), Response is Ours)
        usage = ResponseUsage(input_tokens=3)
        print(usage.input_tokens, usage["input_tokens"], isinstance(usage, ResponseUsage))
        print(type(pickle.loads(pickle.dumps(usage))) is ResponseUsage)
        """
    )
    assert lines == ["True False", "True True", "3 3 True", "True"]


@PROVIDED
def test_what_is_not_provided_is_said(ok: Any) -> None:
    lines = ok(
        """
        import dsadapter
        dsadapter.install()
        for statement in (
            "from openai import NoSuchName",
            "from openai.types.chat import NoSuchName",
            "from openai._types import NoSuchName",
            "from openai.types.batch_numbers import Numbers",
            "import openai.providers.bedrock",
        ):
            try:
                exec(statement)
            except ImportError as error:
                print(type(error).__name__, error.name.rpartition(".")[2], end=" ")
                print("clients, errors, chat" in str(error), 'pip install "openai' in str(error))
        import openai, openai.types.chat
        print([hasattr(m, "NoSuchName") for m in (openai, openai.types.chat, openai._types)])
        """
    )
    assert lines == [
        *["ImportError NoSuchName True True"] * 3,
        "ModuleNotFoundError batch_numbers True True",
        "ModuleNotFoundError providers True True",
        "[False, False, False]",
    ]


@PROVIDED
def test_importing_costs_no_http_library(ok: Any) -> None:
    lines = ok(
        """
        import sys, dsadapter
        dsadapter.install()
        before = set(sys.modules)
        import openai
        from openai.types.chat import ChatCompletion, ChatCompletionChunk
        from openai import OpenAI, NOT_GIVEN, RateLimitError
        print([n for n in ("httpx", "httpx2") if n in set(sys.modules) - before])
        openai.Timeout(30)
        print("httpx" in sys.modules)
        """
    )
    assert lines[-1] == "True"
    assert lines[0] == "[]"


@PROVIDED
def test_uninstall_takes_the_tree_away(ok: Any) -> None:
    lines = ok(
        """
        import sys, dsadapter
        dsadapter.install()
        import openai, openai.lib.azure, openai.resources.chat.completions
        from openai.types.chat.chat_completion import Choice
        dsadapter.uninstall()
        tree = ("openai.types", "openai.lib", "openai.resources", "openai._")
        print(sorted(name for name in sys.modules if name.startswith(tree)))
        for name in ("types", "lib", "resources", "__dsadapter_modern__", "Timeout"):
            print(hasattr(openai, name), end=" ")
        dsadapter.install()
        import openai
        from openai.types.chat.chat_completion import Choice as Again
        print(Again is Choice)
        """
    )
    assert lines[0] == "[]"
    if KIND == "legacy":  # without an SDK nobody asks the module that the program still holds
        assert lines[1] == "False False False False False True"


@PROVIDED
def test_helpers(ok: Any, tmp_path: Any) -> None:
    (tmp_path / "a.txt").write_text("abc")
    lines = ok(
        """
        import dsadapter
        dsadapter.install()
        import openai
        from openai import NOT_GIVEN, file_from_path, omit
        from openai._utils import is_given, is_list, is_mapping, maybe_transform
        print(file_from_path("a.txt"), openai.__title__)
        print([is_given(v) for v in (NOT_GIVEN, omit, None, 0)], is_list([]), is_mapping({}))
        print(maybe_transform({"a": 1}, dict), openai.DEFAULT_MAX_RETRIES)
        print(openai.DEFAULT_TIMEOUT.read, openai.DEFAULT_TIMEOUT.connect)
        try:
            openai.DefaultAioHttpClient()
        except RuntimeError as error:
            print("openai[aiohttp]" in str(error))
        """
    )
    assert lines == [
        "('a.txt', b'abc') openai",
        "[False, False, True, True] True True",
        "{'a': 1} 2",
        "600.0 5.0",
        "True",
    ]


@PROVIDED
def test_groups_without_calls_can_be_named(ok: Any) -> None:
    lines = ok(
        """
        import dsadapter
        dsadapter.install()
        from openai import InvalidWebhookSignatureError, NotFoundError
        from openai.resources import AsyncVectorStores, VectorStores
        from openai.resources.beta.threads import AsyncRuns, Runs
        from openai.resources.fine_tuning.jobs.jobs import Jobs
        from openai.resources.vector_stores.vector_stores import VectorStores as Same
        from openai.types.admin.organization import Project
        from openai.types.live.session_config import SessionConfig

        def search(stores: VectorStores, runs: "AsyncRuns | Runs") -> None: ...

        client = dsadapter.OpenAI(api_key="sk-0123456789abcdef0123456789abcdef")
        print(Same is VectorStores, isinstance(client.chat, VectorStores))
        try:
            VectorStores(None)
        except NotFoundError:
            print("another class")
        except dsadapter.NotOfferedError as error:
            print(error)
        """
    )
    assert lines == ["True False", "VectorStores is not among the calls that dsadapter has."]
