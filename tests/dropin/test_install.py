"""``install()`` and ``uninstall()`` in fresh processes, on whatever SDK this environment has."""

from __future__ import annotations

from typing import Any, Dict

import pytest

from .conftest import sdk_kind

KIND = sdk_kind()
SNAPSHOT = """
import os, sys
import dsadapter
from dsadapter._legacy import settings

def classes(module):  # isinstance() would wake the SDK's lazy proxies
    return [v for v in list(vars(module).values()) if issubclass(type(v), type)]

def snapshot():
    openai = sys.modules.get("openai")
    owners = [] if openai is None else [openai]
    for name in ("_base_client", "_exceptions", "api_requestor", "api_resources", "error", "util"):
        module = sys.modules.get("openai." + name)
        if module is not None and module.__name__ == "openai." + name:
            owners.append(module)
            owners += [v for v in classes(module) if v.__module__.startswith("openai")]
    owners += classes(openai) if openai else []
    return {
        "owners": [(repr(o), dict(vars(o))) for o in owners],
        "bases": [o.__bases__ for o in owners if issubclass(type(o), type)],
        "modules": {n: m for n, m in sys.modules.items() if n.partition(".")[0] == "openai"},
        # urllib3 1 puts a finder there when it is first imported.
        "path": [f for f in sys.meta_path if type(f).__module__ != "urllib3.packages.six"],
        "variables": dict(os.environ),
        "globals": (list(settings.openai_modules), settings.sdk_module),
    }

def compare(a, b):
    assert a.keys() == b.keys()
    for (name, x), (_, y) in zip(a["owners"], b["owners"]):
        assert list(x) == list(y) or set(x) == set(y), (name, set(x) ^ set(y))
        changed = [k for k in x if x[k] is not y[k] and k not in VOLATILE]
        assert not changed, (name, changed)
    assert len(a["owners"]) == len(b["owners"])
    assert set(a["modules"]) == set(b["modules"]), set(a["modules"]) ^ set(b["modules"])
    assert all(a["modules"][n] is b["modules"][n] for n in a["modules"])
    for key in ("bases", "path", "variables", "globals"):
        assert a[key] == b[key], key

VOLATILE = ("__abstractmethods__", "_abc_impl", "__annotations_cache__", "__annotate_func__")
"""
MODES = ["", "modern='adapter'", "offline=True", "legacy='native'"]


def test_nothing_is_imported_before_the_program_imports_it(ok: Any) -> None:
    lines = ok(
        """
        import sys, dsadapter
        before = set(sys.modules)
        dsadapter.install()
        new = {n.partition(".")[0] for n in set(sys.modules) - before}
        print(sorted(new & {"openai", "requests", "httpx", "httpx2", "aiohttp", "pydantic"}))
        """
    )
    assert lines == ["[]"]


@pytest.mark.parametrize("mode", MODES)
def test_undone_exactly(ok: Any, mode: str) -> None:
    before = "import openai" if KIND != "none" else ""
    program = f"""
{SNAPSHOT}
import dsadapter.testing.emulator
{before}
first = snapshot()
dsadapter.install({mode})
import openai
{_use(mode)}
dsadapter.uninstall()
compare(first, snapshot())
dsadapter.install({mode})
dsadapter.uninstall()
compare(first, snapshot())
print("same")
"""
    assert ok(program) == ["same"]


def _use(mode: str) -> str:
    legacy = "from openai.error import RateLimitError; openai.ChatCompletion; openai.api_base"
    if "legacy" in mode and KIND == "modern":
        legacy = ""
    modern = "from openai import OpenAI; OpenAI(api_key='sk-x0000000000000', base_url='http://127.0.0.1:9')"
    return f"{modern if 'legacy' not in mode else ''}\n{legacy}"


@pytest.mark.skipif(KIND == "none", reason="there is no SDK")
def test_imported_behind_install_and_undone_it_is_the_plain_sdk(ok: Any) -> None:
    show = """
print(sorted(vars(openai)))
print(sorted(n for n in sys.modules if 'openai' in n and 'dsadapter' not in n))
"""
    expected = ok(f"import sys, openai\n{show}")
    undone = ok(
        f"import sys, dsadapter; dsadapter.install(); import openai; dsadapter.uninstall()\n{show}"
    )
    assert undone[0] == expected[0]
    extra = set(eval(undone[1])) - set(eval(expected[1]))
    assert {name for name in extra if not name.startswith("openai._")} == set()


def test_twice_is_harmless(ok: Any) -> None:
    program = f"""
{SNAPSHOT}
first = snapshot()
dsadapter.install(); dsadapter.install()
import openai
second = snapshot()
dsadapter.install()
compare(second, snapshot())
dsadapter.uninstall()
dsadapter.uninstall()
assert [f for f in sys.meta_path if f in first["path"]] == first["path"]
assert "dsadapter" not in repr(sys.meta_path)  # urllib3 1.26 leaves a finder of its own
print("openai" in sys.modules, "api_base" in vars(openai) and type(openai.api_base))
"""
    expected = {"none": "False False", "modern": "True False", "legacy": "True <class 'str'>"}
    assert ok(program) == [expected[KIND]]


def test_a_failure_half_way_undoes_itself(ok: Any) -> None:
    program = f"""
{SNAPSHOT}
from dsadapter._dropin import namespaces
{"import openai" if KIND != "none" else ""}
first = snapshot()
real = namespaces._register_globals
def broken(*args, **kwargs):
    raise RuntimeError("half-way")
namespaces._register_globals = broken
try:
    dsadapter.install()
    import openai
except RuntimeError as err:
    print(err)
namespaces._register_globals = real
dsadapter.uninstall()
compare(first, snapshot())
dsadapter.install()
import openai
print(openai.ChatCompletion.OBJECT_NAME)
"""
    assert ok(program) == ["half-way", "chat.completions"]


def test_unknown_modes(ok: Any) -> None:
    lines = ok(
        """
        import dsadapter
        for mode in ({"modern": "x"}, {"legacy": 5}):
            try:
                dsadapter.install(**mode)
            except ValueError as err:
                print(str(err).splitlines())
        """
    )
    assert lines[0] == "[\"modern='x' is not known.\", 'One of: native, adapter']"


def test_something_else_called_openai(ok: Any) -> None:
    """The program replaced the module itself: the message names it and the way out."""
    lines = ok(
        """
        import sys, types, dsadapter
        sys.modules["openai"] = types.ModuleType("openai")
        try:
            dsadapter.install()
        except ImportError as err:
            print("is not the SDK" in str(err), "dsadapter.install() first" in str(err))
        """
    )
    assert lines == ["True True"]


def test_a_file_called_openai_is_left_alone(python: Any, script: Any) -> None:
    script("MINE = 1", "openai.py")
    result = python(
        "-W",
        "always",
        script(
            """
            import dsadapter
            dsadapter.install()
            import openai
            print(vars(openai).get('MINE'), hasattr(openai, 'error'))
            """
        ),
    )
    assert result.lines() == ["1 False"]
    assert "is not the SDK" in result.err


@pytest.mark.skipif(KIND != "none", reason="an SDK beats an empty folder")
def test_an_empty_folder_called_openai(ok: Any, tmp_path: Any) -> None:
    (tmp_path / "openai").mkdir()
    assert ok(
        """
        import dsadapter
        dsadapter.install()
        import openai
        print(openai.ChatCompletion.OBJECT_NAME, openai.OpenAI.__name__)
        """
    ) == ["chat.completions OpenAI"]


def test_an_sdk_that_cannot_be_imported(python: Any, script: Any, emulator: Any) -> None:
    script("from ._client import OpenAI", "site/openai/__init__.py")
    script("__version__ = '1.109.1'", "site/openai/_version.py")
    script("import no_such_dependency", "site/openai/_client.py")
    result = python(
        script(
            f"""
            import sys; sys.path.insert(0, "site")
            import dsadapter
            dsadapter.install()
            import openai
            from openai.error import RateLimitError
            openai.api_key, openai.api_base = "sk-x0000000000000", "{emulator.base_url}"
            M = [{{"role": "user", "content": "hello"}}]
            print(openai.ChatCompletion.create(model="deepseek-flash", messages=M).object)
            """
        )
    )
    assert result.lines() == ["chat.completion"], result.err
    assert "cannot be imported (ModuleNotFoundError: No module named 'no_such_dependency')" in (
        result.err
    )


def test_what_is_provided_is_no_sdk(ok: Any) -> None:
    lines = ok(
        """
        import dsadapter
        before = dsadapter.selection()
        dsadapter.install()
        print(dsadapter.selection() == before)
        import openai
        print(dsadapter.selection().name == before.name)
        import importlib.util
        print(importlib.util.find_spec("openai") is not None)
        """
    )
    assert lines == ["True"] * 3


def test_a_module_of_028_that_nobody_ships(ok: Any) -> None:
    lines = ok(
        """
        import dsadapter
        dsadapter.install()
        try:
            import openai.wandb_logger
        except ModuleNotFoundError as err:
            print(err.name, "openai.wandb_logger" in str(err), "openai<1" in str(err))
        """
    )
    if KIND != "legacy":
        assert lines == ["openai.wandb_logger True True"]


# --- both faces in one process -------------------------------------------------------------------


BOTH = """
import dsadapter
dsadapter.install()
{first}
{second}
import openai
M = [{{"role": "user", "content": "hello"}}]
openai.api_key, openai.api_base = {key!r}, {url!r}
r = openai.ChatCompletion.create(model="deepseek-flash", messages=M)
print(r["choices"][0]["message"]["content"])
client = openai.OpenAI(api_key={key!r}, base_url={url!r})
r = client.chat.completions.create(model="deepseek-flash", messages=M)
print(r.choices[0].message.content)
print(type(client).__module__, type(client).__name__)
"""
IMPORTS = ["from openai.error import RateLimitError", "from openai import OpenAI, RateLimitError"]


@pytest.mark.parametrize("order", [1, -1])
def test_legacy_and_modern_in_either_order(ok: Any, emulator: Any, order: int) -> None:
    first, second = IMPORTS[::order]
    lines = ok(
        BOTH.format(first=first, second=second, key="sk-x0000000000000", url=emulator.base_url)
    )
    assert "hello" in lines[0]
    assert lines[0] == lines[1]
    owner = "openai" if KIND == "modern" else "dsadapter"
    assert lines[2].split()[0].partition(".")[0] == owner


def test_modern_adapter(ok: Any, served: Dict[str, str]) -> None:
    lines = ok(
        """
        import dsadapter
        dsadapter.install(modern="adapter")
        import openai
        from openai import OpenAI, AsyncOpenAI
        print(OpenAI is dsadapter.OpenAI, AsyncOpenAI is dsadapter.AsyncOpenAI)
        M = [{"role": "user", "content": "hello"}]
        r = OpenAI().chat.completions.create(model="deepseek-chat", messages=M)
        print(r.adapter.repairs[0].id, r.adapter.backend)
        print(openai.chat.completions.create(model="deepseek-flash", messages=M)["object"])
        """,
        PYTHONWARNINGS="ignore",
        **served,
    )
    backend = {"none": "raw-requests", "modern": "modern-openai", "legacy": "legacy-openai"}[KIND]
    assert lines == ["True True", f"retired-model-name {backend}", "chat.completion"]


def test_the_module_as_a_client(ok: Any, emulator: Any) -> None:
    """openai.api_key, openai.base_url, openai.chat: modern code without a client."""
    lines = ok(
        f"""
        import dsadapter
        dsadapter.install(modern="adapter")
        import openai
        openai.api_key = "sk-x0000000000000"
        openai.base_url = "{emulator.base_url}/v1/"
        M = [{{"role": "user", "content": "hello"}}]
        print(openai.chat.completions.create(model="deepseek-flash", messages=M).object)
        """
    )
    assert lines == ["chat.completion"]
    assert emulator.requests[-1].headers["authorization"] == "Bearer sk-x0000000000000"


def test_code_that_branches(ok: Any) -> None:
    lines = ok(
        """
        import dsadapter
        dsadapter.install()
        import openai
        print(*(hasattr(openai, name) for name in ("OpenAI", "error", "ChatCompletion")))
        version = getattr(openai, "__version__", None)
        print(isinstance(version, str), hasattr(openai, "no_such_name"))
        print(isinstance(openai.ChatCompletion, type))
        """
    )
    assert lines == ["True True True", "True False", "True"]  # 0.27.0 itself has no __version__


@pytest.mark.skipif(KIND == "modern", reason="the SDK's own types stay")
def test_types_of_modern_code(ok: Any, emulator: Any) -> None:
    lines = ok(
        f"""
        import dsadapter
        dsadapter.install()
        from openai import NOT_GIVEN, NotGiven, OpenAI
        from openai.types.chat import ChatCompletion, ChatCompletionUserMessageParam
        from openai.types.chat.chat_completion import Choice
        from openai.types.chat.chat_completion_message_param import ChatCompletionMessageParam
        from openai.types import CompletionUsage
        M = [ChatCompletionUserMessageParam(role="user", content="hello")]
        client = OpenAI(api_key="sk-x0000000000000", base_url="{emulator.base_url}")
        r = client.chat.completions.create(model="deepseek-flash", messages=M, stop=NOT_GIVEN)
        print(isinstance(r, ChatCompletion), isinstance(r.choices[0], Choice))
        print(isinstance(r.usage, CompletionUsage), isinstance(NOT_GIVEN, NotGiven))
        """
    )
    assert lines == ["True True", "True True"]
    assert "stop" not in emulator.requests[-1].json


# --- errors --------------------------------------------------------------------------------------

CAUGHT = """
import dsadapter
dsadapter.install()
import openai
M = [{{"role": "user", "content": "hello"}}]
names = sorted(n for n in vars(openai.error) if isinstance(getattr(openai.error, n), type)
               and issubclass(getattr(openai.error, n), Exception))
for url, modern in {calls!r}:
    client = openai.OpenAI(api_key="sk-x0000000000000", base_url=url, max_retries=0)
    try:
        client.chat.completions.create(model="deepseek-flash", messages=M)
    except openai.error.OpenAIError as err:
        caught = [n for n in names if isinstance(err, getattr(openai.error, n))]
        print(*caught)
        print(err.http_status, isinstance(err, getattr(openai, modern)), bool(err.user_message))
    else:
        print("no error")
        print("-")
"""
ROWS = [
    ("status-401", "AuthenticationError", "AuthenticationError", 401),
    ("status-402", "APIError", "APIStatusError", 402),
    ("status-403", "PermissionError", "PermissionDeniedError", 403),
    ("status;code=422", "APIError", "UnprocessableEntityError", 422),
    ("status-429", "RateLimitError", "RateLimitError", 429),
    ("status-500", "APIError", "InternalServerError", 500),
    ("status-503", "ServiceUnavailableError", "InternalServerError", 503),
    ("status-400-context-length", "InvalidRequestError", "BadRequestError", 400),
]


@pytest.mark.skipif(KIND == "legacy", reason="openai < 1 has no native clients")
def test_native_errors_are_caught_by_the_old_names(ok: Any, emulator: Any) -> None:
    calls = [(emulator.url(fault), modern) for fault, _, modern, _ in ROWS]
    lines = ok(CAUGHT.format(calls=calls))
    caught = dict(zip([row[0] for row in ROWS], zip(lines[::2], lines[1::2])))
    assert caught == {
        fault: (" ".join(sorted(["OpenAIError", legacy])), f"{status} True True")
        for fault, legacy, _, status in ROWS
    }


@pytest.mark.skipif(KIND != "modern", reason="about the SDK's own")
def test_native_errors_stay_native(ok: Any, emulator: Any) -> None:
    show = f"""
import openai
M = [{{"role": "user", "content": "hello"}}]
url = {emulator.url("status-429")!r}
client = openai.OpenAI(api_key="sk-x0000000000000", base_url=url, max_retries=0)
try:
    client.chat.completions.create(model="deepseek-flash", messages=M)
except openai.RateLimitError as err:
    print(str(err)); print(repr(err)); print(err.args, err.status_code, err.code, err.message)
    print(type(err.response).__name__, type(err.request).__name__, type(err).__module__)
    print(getattr(err, 'request_id', None))
try:
    openai.OpenAI(api_key=None)
except openai.OpenAIError as err:
    print(str(err), repr(err))
"""
    expected = ok(_with_proxies_fixed(show))
    actual = ok("import dsadapter; dsadapter.install()\n" + show)
    assert _without_ids(actual) == _without_ids(expected)


def _with_proxies_fixed(text: str) -> str:
    """openai 1.0.0-1.55.2 cannot construct clients on httpx 0.28: the plain run needs the cure."""
    return (
        "import openai\nfrom dsadapter._dropin import patches, proxies_fix\n"
        f"proxies_fix.fix_proxies(openai, patches.Changes())\n{text}"
    )


def _without_ids(lines: Any) -> Any:
    import re

    return [re.sub(r"[0-9a-f]{32}", "ID", line) for line in lines]


@pytest.mark.skipif(KIND != "modern", reason="about the SDK's own")
def test_a_missing_key_of_a_native_client(ok: Any) -> None:
    lines = ok(
        """
        import dsadapter
        dsadapter.install()
        import openai
        try:
            openai.OpenAI()
        except openai.error.OpenAIError as err:
            print(type(err).__name__, isinstance(err, openai.OpenAIError))
        """
    )
    assert lines == ["OpenAIError True"]


# --- openai >= 1 that cannot construct its clients -----------------------------------------------


@pytest.mark.skipif(KIND != "modern", reason="about the SDK's own")
def test_native_clients_can_be_constructed(ok: Any, emulator: Any) -> None:
    lines = ok(
        f"""
        import asyncio, dsadapter
        dsadapter.install()
        from openai import OpenAI, AsyncOpenAI
        M = [{{"role": "user", "content": "hello"}}]
        about = dict(api_key="sk-x0000000000000", base_url="{emulator.base_url}")
        with OpenAI(**about) as client:
            print(client.chat.completions.create(model="deepseek-flash", messages=M).object)
            print(client.with_options(timeout=5).models.list().data[0].id)
            print(client.timeout)
        async def main():
            async with AsyncOpenAI(**about) as client:
                ask = dict(model="deepseek-flash", messages=M, stream=True)
                r = await client.chat.completions.create(**ask)
                print(len([c async for c in r]) > 1)
        asyncio.run(main())
        """,
        PYTHONWARNINGS="error",
    )
    assert lines[0] == "chat.completion"
    assert lines[1] == "deepseek-flash"
    assert "connect=5" in lines[2]
    assert lines[3] == "True"


# --- openai < 1 ----------------------------------------------------------------------------------


@pytest.mark.skipif(KIND != "legacy", reason="about the real openai < 1")
def test_the_real_objects_and_errors(ok: Any, emulator: Any) -> None:
    lines = ok(
        f"""
        import dsadapter
        dsadapter.install()
        import openai
        from openai.error import RateLimitError
        openai.api_key, openai.api_base = "sk-x0000000000000", "{emulator.base_url}"
        M = [{{"role": "user", "content": "hello"}}]
        r = openai.ChatCompletion.create(model="deepseek-flash", messages=M)
        print(type(r).__module__, type(r.choices[0].message).__module__)
        print(type(r.response_ms).__name__)
        print(RateLimitError.__module__, "api_key" in vars(r) and r.api_key)
        c = next(openai.ChatCompletion.create(model="deepseek-flash", messages=M, stream=True))
        print(type(c).__module__, type(c.response_ms).__name__)
        openai.api_base = "{emulator.url("status-429;retry_after=0")}"
        try:
            openai.ChatCompletion.create(model="deepseek-flash", messages=M)
        except openai.error.APIError:
            print("wrong")
        except RateLimitError as err:
            print(err.http_status)
        """
    )
    assert lines == [
        "openai.openai_object openai.openai_object",
        "int",
        "openai.error None",
        "openai.openai_object int",
        "429",
    ]


@pytest.mark.skipif(KIND != "legacy", reason="about the real openai < 1")
def test_legacy_native_leaves_the_classes_alone(ok: Any) -> None:
    lines = ok(
        """
        import dsadapter
        dsadapter.install(legacy="native")
        import openai
        print(openai.ChatCompletion.__module__, openai.OpenAI.__module__.partition(".")[0])
        """
    )
    assert lines == ["openai.api_resources.chat_completion dsadapter"]


# --- offline -------------------------------------------------------------------------------------


def test_offline(ok: Any) -> None:
    lines = ok(
        """
        import dsadapter
        dsadapter.install(offline=True)
        import openai
        M = [{"role": "user", "content": "hello"}]
        openai.api_key, openai.api_base = "YOUR_API_KEY", "https://api.deepseek.com/v1"
        print(openai.ChatCompletion.create(model="deepseek-flash", messages=M)["object"])
        c = openai.OpenAI(api_key="YOUR_API_KEY", base_url="https://example.com/v1")
        print(c.chat.completions.create(model="deepseek-flash", messages=M).object)
        import requests
        try:
            requests.get("https://example.com/")
        except OSError as err:
            print("offline: the connection to example.com was refused" in str(err))
        dsadapter.uninstall()
        import os
        print("DSADAPTER_OFFLINE_URL" in os.environ)
        """
    )
    assert lines == ["chat.completion", "chat.completion", "True", "False"]


def test_by_the_environment(python: Any, script: Any, served: Dict[str, str]) -> None:
    """DSADAPTER_INSTALL=1 with the documented line, as a .pth or sitecustomize runs it."""
    from dsadapter._dropin import from_environment

    line = next(t.strip() for t in str(from_environment.__doc__).splitlines() if "import os;" in t)
    script(line, "site/sitecustomize.py")
    name = script("import openai; print(openai.ChatCompletion.OBJECT_NAME, openai.OpenAI.__name__)")
    result = python(
        "-c",
        "import subprocess, sys, os; os.environ['PYTHONPATH'] += os.pathsep + 'site';"
        f"sys.exit(subprocess.call([sys.executable, {name!r}]))",
        DSADAPTER_INSTALL="1",
        **served,
    )
    assert result.lines() == ["chat.completions OpenAI"], result.err
