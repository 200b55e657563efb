"""0.28's globals on the module that ``install()`` extends: they read as code of 2023 expects."""

from __future__ import annotations

from typing import Any, Dict

import pytest

from dsadapter.testing.emulator import Emulator

from .conftest import constructed, sdk_kind

KIND = sdk_kind()
INSTALL = "import dsadapter; dsadapter.install(); import openai\n"
modern = pytest.mark.skipif(KIND != "modern", reason="about the real openai >= 1")


@pytest.mark.parametrize("first", ["", "import openai\n"] if KIND != "none" else [""])
def test_api_type_is_open_ai_where_nobody_has_set_it(ok: Any, first: str) -> None:
    program = f"""
{first}{INSTALL}
from openai import api_type
before = openai.api_type
openai.api_type = "azure"
changed = openai.api_type
openai.api_type = before
print("azure" in api_type, api_type.lower(), changed, openai.api_type, getattr(openai, "api_type"))
"""
    assert ok(program) == ["False open_ai azure open_ai open_ai"]


def test_the_variable_of_api_type_counts(ok: Any) -> None:
    assert ok(f"{INSTALL}print(openai.api_type)", OPENAI_API_TYPE="azure") == ["azure"]


def test_an_error_handler_that_asks_for_the_type_goes_on(
    ok: Any, served: Dict[str, str], emulator: Emulator
) -> None:
    program = f"""
{INSTALL}
openai.api_base = {emulator.url("status-429;retry_after=0")!r}
messages = [{{"role": "user", "content": "hi"}}]
try:
    openai.ChatCompletion.create(model="deepseek-flash", messages=messages)
except openai.error.RateLimitError:
    print("azure" if "azure" in openai.api_type else "plain")
"""
    assert ok(program, **served) == ["plain"]


@constructed
@modern
@pytest.mark.parametrize("use", ["", "before = openai.api_type; openai.api_type = before"])
def test_the_module_client_of_the_sdk_chooses_its_vendor_as_without_us(ok: Any, use: str) -> None:
    azure = {
        "AZURE_OPENAI_API_KEY": "azure-key",
        "AZURE_OPENAI_ENDPOINT": "https://x.openai.azure.com",
        "OPENAI_API_VERSION": "2024-06-01",
    }
    show = "print(type(openai.chat.completions._client).__name__, openai.api_type)"
    expected = ok(f"import openai\n{show}", **azure)
    assert expected == ["_AzureModuleClient azure"]
    assert ok(f"{INSTALL}{use}\n{show}", **azure) == expected


@modern
def test_uninstall_gives_the_sdks_own_type_back(ok: Any) -> None:
    program = f"""
import types
{INSTALL}
print(openai.api_type)
dsadapter.uninstall()
print(openai.api_type, type(openai) is types.ModuleType)
"""
    assert ok(program) == ["open_ai", "None True"]


@modern
def test_a_patch_of_the_type_is_taken_back(ok: Any) -> None:
    program = f"""
from unittest import mock
{INSTALL}
with mock.patch("openai.api_type", "azure"):
    print(openai.api_type)
print(openai.api_type, vars(openai)["api_type"])
"""
    assert ok(program) == ["azure", "open_ai None"]


def test_there_is_one_enum_of_api_types(ok: Any) -> None:
    program = f"""
import dsadapter, dsadapter.util
{INSTALL}
from openai import api_requestor, util
from openai.util import ApiType
requestor = api_requestor.APIRequestor(key="sk-types00000000000000", api_base="http://127.0.0.1:9")
values = [
    openai.Model(id="m").typed_api_type,
    openai.Engine(id="m", api_type="open_ai").typed_api_type,
    openai.openai_object.OpenAIObject(api_type="OpenAI").typed_api_type,
    requestor.api_type,
    util.ApiType.from_str("open_ai"),
    openai.ChatCompletion._get_api_type_and_version("open_ai")[0],
]
print([value is ApiType.OPEN_AI for value in values], dsadapter.util.ApiType is ApiType)
print(openai.Model(id="m", api_type="azure").typed_api_type is ApiType.AZURE)
print(util.api_key_to_header(ApiType.AZURE, "k"), util.api_key_to_header(ApiType.OPEN_AI, "k"))
try:
    openai.Model(id="m", api_type="bard").typed_api_type
except openai.error.InvalidAPIType:
    print("refused")
"""
    assert ok(program) == [
        f"{[True] * 6} True",
        "True",
        "{'api-key': 'k'} {'Authorization': 'Bearer k'}",
        "refused",
    ]


def test_uninstall_gives_both_enums_back(ok: Any) -> None:
    program = f"""
import dsadapter.util
before = dsadapter.util.ApiType
{INSTALL}
dsadapter.uninstall()
print(dsadapter.util.ApiType is before, dsadapter.Model(id="m").typed_api_type is before.OPEN_AI)
"""
    assert ok(program) == ["True True"]
