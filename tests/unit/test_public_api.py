"""The names of the package: three lists that agree, loaded on first use, nothing at import."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Dict, List, Set

import pytest

import dsadapter
from dsadapter._legacy import settings as legacy_settings
from dsadapter._settings import table
from dsadapter._settings.table import BY_NAME, CANONICAL

INIT = Path(str(dsadapter.__file__))


def type_checking_blocks(path: Path) -> List[List[ast.stmt]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [
        node.body
        for node in tree.body
        if isinstance(node, ast.If)
        and isinstance(node.test, ast.Name)
        and node.test.id == "TYPE_CHECKING"
    ]


def declared() -> Dict[str, str]:
    """What type checkers see: name to "module:attribute", of a submodule to its name."""
    rows = {}
    (block,) = type_checking_blocks(INIT)
    for node in block:
        if isinstance(node, ast.ImportFrom) and node.level == 1:
            for alias in node.names:
                if alias.name == "*":  # the settings, tested below
                    continue
                name = alias.asname or alias.name
                rows[name] = f"{node.module}:{alias.name}" if node.module else alias.name
        elif isinstance(node, ast.Assign):  # another name of a class
            (target,) = node.targets
            rows[getattr(target, "id")] = rows[getattr(node.value, "id")]  # noqa: B009
    return rows


def lazy() -> Dict[str, str]:
    """What is loaded at run time, in the same form."""
    rows = {
        name: place if ":" in place else f"{place}:{name}"
        for name, place in {**dsadapter._LAZY, **dsadapter._BY_NAME}.items()
    }
    rows.update({name: name for name in dsadapter._MODULES})
    return rows


def python(code: str) -> Any:
    """The JSON that a fresh interpreter prints for ``code``."""
    env = {**os.environ, "PYTHONPATH": str(INIT.parent.parent)}
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, stdout=subprocess.PIPE, check=True, timeout=60
    )
    return json.loads(done.stdout.decode())


def test_type_checkers_and_programs_see_the_same_names() -> None:
    at_run_time = lazy()
    assert at_run_time.pop("testing") == "testing"  # needs pytest; checkers find it by its file
    assert declared() == at_run_time


def test_dir_lists_every_name() -> None:
    code = (
        "import json, dsadapter; "
        "print(json.dumps([n for n in dir(dsadapter) if n == '__version__' or n[0] != '_']))"
    )
    assert set(python(code)) - {"TYPE_CHECKING"} == set(lazy())


def test_checkers_know_every_setting() -> None:
    """One file lists the settings: as rows, as keywords, as globals, and resolved."""
    (block,) = type_checking_blocks(Path(str(table.__file__)))[1:]
    keywords = next(node for node in block if isinstance(node, ast.ClassDef))
    assert annotated(keywords.body) | {"api_key"} == annotated(block) == set(CANONICAL)
    lists = [node.value for node in block if isinstance(node, (ast.Assign, ast.AugAssign))]
    assert {name for names in lists for name in ast.literal_eval(names)} == set(CANONICAL)
    derived = {"key_source", "base_source", "resends"}
    assert set(BY_NAME) - {"backend"} == set(table.Settings._fields) - derived


def test_checkers_know_every_setting_of_028() -> None:
    (block,) = type_checking_blocks(Path(str(legacy_settings.__file__)))
    lists = [node.value for node in block if isinstance(node, (ast.Assign, ast.AugAssign))]
    names = {name for names in lists for name in ast.literal_eval(names)}
    assert annotated(block) == names == set(legacy_settings.DEFAULTS)


def annotated(body: List[ast.stmt]) -> Set[str]:
    return {
        node.target.id
        for node in body
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    }


@pytest.mark.parametrize(
    "name", sorted({*dsadapter._LAZY, *dsadapter._BY_NAME, *dsadapter._MODULES})
)
def test_every_name_resolves(name: str) -> None:
    value = getattr(dsadapter, name)
    assert value is getattr(dsadapter, name)
    assert name in vars(dsadapter)


def test_a_star_import_leaves_names_of_programs_alone() -> None:
    code = "import json, dsadapter; print(json.dumps(dsadapter.__all__))"
    assert not {"BaseModel", "DefaultHttpxClient"} & set(python(code))


def test_two_spellings_of_one_class() -> None:
    assert dsadapter.DeepSeek is dsadapter.OpenAI
    assert dsadapter.AsyncDeepSeek is dsadapter.AsyncOpenAI


def test_names_of_both_generations() -> None:
    from dsadapter import OpenAI  # noqa: F401
    from dsadapter.error import RateLimitError, Timeout

    assert dsadapter.error.RateLimitError is dsadapter.RateLimitError is RateLimitError
    assert dsadapter.APITimeoutError is Timeout


def test_importing_loads_next_to_nothing() -> None:
    code = (
        "import json, sys; before = set(sys.modules); import dsadapter; "
        "print(json.dumps(sorted(set(sys.modules) - before)))"
    )
    new = python(code)
    assert "dsadapter" in new
    assert len(new) < 5
    assert {name.partition(".")[0] for name in new} == {"dsadapter"}


def test_importing_sets_nothing() -> None:
    code = (
        "import json, os; before = dict(os.environ); import dsadapter; "
        "print(json.dumps([before == dict(os.environ), 'api_key' in vars(dsadapter)]))"
    )
    assert python(code) == [True, False]


@pytest.mark.parametrize(
    "code",
    [
        "dsadapter.OpenAI",
        "dsadapter.APIError",
        "dsadapter.ChatCompletion",
        "dsadapter.error",
        "dsadapter.selection",
        "dsadapter.api_base",
        "dsadapter.Stream",
    ],
)
def test_a_name_loads_no_http_package(code: str) -> None:
    third = "['openai', 'requests', 'httpx', 'httpx2', 'aiohttp', 'pytest', 'dotenv']"
    program = (
        f"import json, sys; before = set(sys.modules); import dsadapter; {code}; "
        f"print(json.dumps([n for n in {third} if n in set(sys.modules) - before]))"
    )
    assert python(program) == []


@pytest.mark.parametrize("name", ["nonsense", "_nonsense", "__nonsense__", "openai", "Chat", "os"])
def test_an_unknown_name_is_an_attribute_error(name: str) -> None:
    with pytest.raises(AttributeError, match=name):
        getattr(dsadapter, name)
    assert not hasattr(dsadapter, name)
    with pytest.raises(ImportError):
        exec(f"from dsadapter import {name}")


@pytest.mark.parametrize("name", ["audio", "images", "embeddings", "batches"])
def test_what_is_not_offered_is_named(name: str) -> None:
    with pytest.raises(dsadapter.NotOfferedError, match=name):
        getattr(dsadapter, name)
    assert not hasattr(dsadapter, name)


SETTINGS = {
    "api_key": None,
    "api_base": "https://api.deepseek.com",
    "base_url": "https://api.deepseek.com",
    "backend": "auto",
    "repair": "on",
    "provider": None,
    "model_map": None,
    "timeout": None,
    "idle_timeout": None,
    "deadline": None,
    "max_retries": None,
    "organization": None,
    "project": None,
    "default_headers": None,
    "default_query": None,
    # of openai 0.28
    "api_type": "open_ai",
    "api_version": None,
    "api_key_path": None,
    "proxy": None,
    "debug": False,
    "log": None,
    "verify_ssl_certs": True,
    "ca_bundle_path": None,
    "requestssession": None,
    "app_info": None,
    "enable_telemetry": False,
}


@pytest.mark.parametrize("name", sorted(SETTINGS))
def test_a_setting_reads_as_its_default(name: str) -> None:
    assert getattr(dsadapter, name) == SETTINGS[name]
    assert name not in vars(dsadapter)  # reading assigns nothing


@pytest.mark.parametrize("name", sorted(SETTINGS))
def test_a_setting_can_be_assigned_and_deleted(name: str) -> None:
    value = object()
    try:
        setattr(dsadapter, name, value)
        assert getattr(dsadapter, name) is value
    finally:
        vars(dsadapter).pop(name, None)
    assert getattr(dsadapter, name) == SETTINGS[name]


def test_an_unset_setting_reads_as_what_a_call_would_use(monkeypatch: Any) -> None:
    key = "sk-" + "0123456789abcdef" * 2
    Path(".env").write_text(f"DEEPSEEK_API_KEY={key}\n")
    assert dsadapter.api_key == key
    monkeypatch.setenv("DEEPSEEK_BASE_URL", "https://llm.example.com")
    assert dsadapter.api_base == dsadapter.base_url == "https://llm.example.com"
    monkeypatch.setenv("DSADAPTER_BACKEND", "raw-requests")
    assert dsadapter.backend == "raw-requests"


def test_the_version_is_the_distributions() -> None:
    from dsadapter._version import __version__

    assert dsadapter.__version__ == __version__
    assert __version__[0].isdigit()


def test_everything_at_once() -> None:
    names: Dict[str, Any] = {}
    exec("from dsadapter import *", names)
    assert {"OpenAI", "AsyncOpenAI", "ChatCompletion", "error", "RateLimitError"} <= set(names)
    assert names["OpenAI"] is dsadapter.OpenAI
    assert {"NOT_GIVEN", "NotGiven", "omit", "Omit", "not_given"} <= set(names)
    assert names["Client"] is names["OpenAI"]
    assert names["AsyncClient"] is names["AsyncOpenAI"]


# ``__all__`` of openai 0.28.1, but for its classes.
STAR_OF_028 = (
    "api_base api_key api_type api_key_path api_version app_info ca_bundle_path debug "
    "enable_telemetry log organization proxy verify_ssl_certs".split()
)


def test_a_star_import_gives_028s_settings(monkeypatch: Any) -> None:
    key = "sk-" + "0123456789abcdef" * 2
    monkeypatch.setenv("DEEPSEEK_API_KEY", key)
    names: Dict[str, Any] = {}
    exec("from dsadapter import *", names)
    assert {name: names[name] for name in STAR_OF_028} == {
        **{name: SETTINGS[name] for name in STAR_OF_028},
        "api_key": key,
    }
    assert not set(STAR_OF_028) & set(vars(dsadapter))
