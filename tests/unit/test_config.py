"""What a client ends up with: where each setting may stand, and where a key may go."""

from __future__ import annotations

import math
import os
from pathlib import Path
from typing import Any, Dict, Optional

import pytest

import dsadapter
from dsadapter._errors.tree import CredentialsError, InvalidArgumentError
from dsadapter._settings import resolve as _resolve
from dsadapter._settings.endpoint import resolve_endpoint
from dsadapter._settings.sources import from_environment
from dsadapter._settings.table import Settings

HEX = "0123456789abcdef" * 2
KEY = "sk-" + HEX
OTHER = "sk-" + HEX[::-1]
FOREIGN = "sk-proj-" + HEX
DEEPSEEK = "https://api.deepseek.com"
ELSEWHERE = "https://llm.example.com/v1"


@pytest.fixture()
def env(monkeypatch: Any) -> Any:
    """Sets environment variables."""

    def put(variables: Dict[str, str]) -> None:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)

    return put


def resolve(**arguments: Any) -> Settings:
    return _resolve.resolve(arguments)


def refused(**arguments: Any) -> str:
    with pytest.raises(CredentialsError) as caught:
        _resolve.resolve(arguments)
    return str(caught.value)


def invalid(**arguments: Any) -> str:
    with pytest.raises(InvalidArgumentError) as caught:
        _resolve.resolve({"api_key": KEY, **arguments})
    return str(caught.value)


# --- precedence ----------------------------------------------------------------------------------

LEVELS = ("argument", "global", "environment", "file")
ROWS = [
    ("api_key", "api_key", "DEEPSEEK_API_KEY", ["sk-" + f"{n}a" * 16 for n in range(4)]),
    ("base_url", "base_url", "DEEPSEEK_BASE_URL", [f"https://h{n}.example.com" for n in range(4)]),
    ("api_base", "base_url", "DEEPSEEK_API_BASE", [f"https://h{n}.example.com" for n in range(4)]),
    ("repair", "repair", "DSADAPTER_REPAIR", ["off", "error", "on", "off"]),
    ("model_map", "model_map", "DSADAPTER_MODEL_MAP", [f"gpt-4=m{n}" for n in range(4)]),
]


@pytest.mark.parametrize("highest", range(4), ids=LEVELS)
@pytest.mark.parametrize("setting, field, variable, values", ROWS, ids=[r[0] for r in ROWS])
def test_argument_global_environment_file(
    setting: str, field: str, variable: str, values: Any, highest: int, monkeypatch: Any
) -> None:
    arguments: Dict[str, Any] = {}
    lines = [] if setting == "api_key" else [f"DEEPSEEK_API_KEY={KEY}"]
    if highest == 0:
        arguments[setting] = values[0]
    if highest <= 1:
        setattr(dsadapter, setting, values[1])
    if highest <= 2:
        monkeypatch.setenv(variable, values[2])
    lines.append(f"{variable}={values[3]}")
    Path(".env").write_text("\n".join(lines))
    expected = values[highest]
    got = getattr(_resolve.resolve(arguments), field)
    assert got == (dict([expected.split("=")]) if setting == "model_map" else expected)


@pytest.mark.parametrize("name", ["timeout", "idle_timeout", "deadline", "max_retries"])
def test_an_argument_beats_the_global(name: str) -> None:
    field = name
    setattr(dsadapter, name, 7)
    assert getattr(resolve(api_key=KEY), field) in (7, (7, 7))
    assert getattr(resolve(api_key=KEY, **{name: 3}), field) in (3, (3, 3))


def test_none_is_not_said(env: Any) -> None:
    env({"DEEPSEEK_API_KEY": KEY})
    dsadapter.api_key = None
    assert resolve(api_key=None, base_url=None, provider=None).api_key == KEY


def test_defaults() -> None:
    got = resolve(api_key=KEY)
    assert got.base_url == DEEPSEEK
    assert got.provider.name == "deepseek"
    assert got.timeout == (5.0, 600.0)
    assert (got.idle_timeout, got.deadline, got.max_retries) == (None, None, 2)
    assert (got.repair, got.model_map, got.default_headers, got.default_query) == ("on", {}, {}, {})


# --- pairs ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "variables, arguments, key, base, provider",
    [
        pytest.param({"DEEPSEEK_API_KEY": KEY}, {}, KEY, DEEPSEEK, "deepseek", id="deepseek"),
        pytest.param(
            {"DEEPSEEK_API_KEY": KEY, "DEEPSEEK_BASE_URL": ELSEWHERE},
            {},
            KEY,
            ELSEWHERE,
            "deepseek",
            id="DEEPSEEK_BASE_URL on an unknown host is DeepSeek",
        ),
        pytest.param(
            {"DEEPSEEK_API_KEY": KEY, "DEEPSEEK_API_BASE": ELSEWHERE},
            {},
            KEY,
            ELSEWHERE,
            "deepseek",
            id="DEEPSEEK_API_BASE",
        ),
        pytest.param(
            {"DEEPSEEK_API_KEY": KEY, "OPENAI_BASE_URL": ELSEWHERE, "OPENAI_API_BASE": ELSEWHERE},
            {},
            KEY,
            DEEPSEEK,
            "deepseek",
            id="a DeepSeek key ignores OPENAI_BASE_URL",
        ),
        pytest.param(
            {"DEEPSEEK_API_KEY": KEY, "OPENAI_API_KEY": OTHER, "OPENAI_BASE_URL": ELSEWHERE},
            {},
            KEY,
            DEEPSEEK,
            "deepseek",
            id="DEEPSEEK first",
        ),
        pytest.param(
            {"OPENAI_API_KEY": OTHER, "OPENAI_BASE_URL": ELSEWHERE},
            {},
            OTHER,
            ELSEWHERE,
            "generic",
            id="OPENAI pair",
        ),
        pytest.param(
            {"OPENAI_API_KEY": OTHER, "OPENAI_API_BASE": ELSEWHERE},
            {},
            OTHER,
            ELSEWHERE,
            "generic",
            id="OPENAI pair in the old spelling",
        ),
        pytest.param(
            {"OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": DEEPSEEK},
            {},
            KEY,
            DEEPSEEK,
            "deepseek",
            id="OPENAI names, DeepSeek host",
        ),
        pytest.param(
            {"OPENAI_API_KEY": FOREIGN, "OPENAI_BASE_URL": "https://api.openai.com/v1"},
            {},
            FOREIGN,
            "https://api.openai.com/v1",
            "openai",
            id="OpenAI itself",
        ),
        pytest.param(
            {"DEEPSEEK_API_KEY": OTHER, "DEEPSEEK_BASE_URL": ELSEWHERE},
            {"api_key": KEY},
            KEY,
            ELSEWHERE,
            "deepseek",
            id="argument key, base of the environment",
        ),
        pytest.param(
            {"OPENAI_API_KEY": OTHER, "OPENAI_BASE_URL": ELSEWHERE},
            {"api_key": OTHER},
            OTHER,
            ELSEWHERE,
            "generic",
            id="the OPENAI key as argument keeps its pair",
        ),
        pytest.param(
            {"OPENAI_API_KEY": OTHER},
            {"api_key": KEY},
            KEY,
            DEEPSEEK,
            "deepseek",
            id="another key than OPENAI_API_KEY",
        ),
        pytest.param(
            {"OPENAI_API_KEY": OTHER},
            {"base_url": ELSEWHERE},
            OTHER,
            ELSEWHERE,
            "generic",
            id="named base",
        ),
        pytest.param(
            {"OPENAI_API_KEY": OTHER},
            {"base_url": DEEPSEEK},
            OTHER,
            DEEPSEEK,
            "deepseek",
            id="named base of DeepSeek",
        ),
        pytest.param(
            {"DEEPSEEK_API_KEY": KEY, "OPENAI_API_KEY": OTHER},
            {"base_url": "https://api.openai.com/v1"},
            OTHER,
            "https://api.openai.com/v1",
            "openai",
            id="a DeepSeek key never goes to a named base of OpenAI",
        ),
        pytest.param(
            {"DEEPSEEK_API_KEY": KEY, "MOONSHOT_API_KEY": OTHER},
            {"base_url": "https://api.moonshot.cn/v1"},
            OTHER,
            "https://api.moonshot.cn/v1",
            "moonshot",
            id="the vendor's own variable",
        ),
    ],
)
def test_pairs(
    variables: Any, arguments: Any, key: str, base: str, provider: str, env: Any
) -> None:
    env(variables)
    got = _resolve.resolve(arguments)
    assert (got.api_key, got.base_url, got.provider.name) == (key, base, provider)


def test_a_pair_may_stand_in_two_places(env: Any) -> None:
    Path(".env").write_text(f"OPENAI_API_KEY={OTHER}\nOPENAI_BASE_URL=https://old.example.com\n")
    env({"OPENAI_BASE_URL": ELSEWHERE})
    got = resolve()
    assert (got.api_key, got.base_url) == (OTHER, ELSEWHERE)


def test_a_deepseek_base_in_a_file_is_deepseek() -> None:
    Path(".env").write_text(f"DEEPSEEK_API_KEY={KEY}\nDEEPSEEK_BASE_URL={ELSEWHERE}\n")
    assert resolve().provider.name == "deepseek"


# --- a key goes only to the vendor it belongs to -------------------------------------------------


def assert_both_remedies(text: str, host: str = "api.deepseek.com") -> None:
    assert "not sent" in text
    assert "base_url" in text
    assert f"DSADAPTER_TRUST_HOSTS={host}" in text


@pytest.mark.parametrize("arguments", [{}, {"provider": "deepseek"}])
@pytest.mark.parametrize("place", ["environment", "file"])
def test_a_lone_openai_key_is_refused(place: str, arguments: Any, env: Any) -> None:
    if place == "environment":
        env({"OPENAI_API_KEY": OTHER})
    else:
        Path(".env").write_text(f"OPENAI_API_KEY={OTHER}\n")
    text = refused(**arguments)
    assert_both_remedies(text)
    assert "OPENAI_API_KEY" in text
    assert "DEEPSEEK_API_KEY" in text


@pytest.mark.parametrize("place", ["argument", "global"])
def test_handing_openai_api_key_over_changes_nothing(place: str, env: Any) -> None:
    env({"OPENAI_API_KEY": OTHER})
    if place == "argument":
        assert_both_remedies(refused(api_key=os.environ["OPENAI_API_KEY"]))
    else:
        dsadapter.api_key = os.environ["OPENAI_API_KEY"]
        assert_both_remedies(refused())


def test_reading_and_writing_back_a_setting_names_no_base(env: Any) -> None:
    env({"OPENAI_API_KEY": OTHER})
    dsadapter.api_base = dsadapter.api_base
    dsadapter.base_url = dsadapter.base_url
    assert_both_remedies(refused())


@pytest.mark.parametrize("name", ["base_url", "api_base"])
def test_a_base_that_the_program_names_is_trusted(name: str, env: Any) -> None:
    env({"OPENAI_API_KEY": OTHER})
    setattr(dsadapter, name, DEEPSEEK + "/v1")
    got = resolve()
    assert (got.api_key, got.base_url) == (OTHER, DEEPSEEK + "/v1")


@pytest.mark.parametrize(
    "variables, arguments",
    [
        ({}, {"api_key": FOREIGN}),
        ({}, {"api_key": FOREIGN, "base_url": DEEPSEEK}),
        ({}, {"api_key": FOREIGN, "base_url": "https://eu.api.deepseek.com/v1"}),
        ({"DEEPSEEK_API_KEY": FOREIGN}, {}),
        ({"OPENAI_API_KEY": FOREIGN}, {"base_url": DEEPSEEK}),
        ({"OPENAI_API_KEY": FOREIGN, "OPENAI_BASE_URL": DEEPSEEK}, {}),
        ({}, {"api_key": FOREIGN, "provider": "generic"}),
    ],
)
def test_a_foreign_shape_never_goes_to_deepseek(variables: Any, arguments: Any, env: Any) -> None:
    env(variables)
    text = refused(**arguments)
    host = "eu.api.deepseek.com" if "eu." in str(arguments) else "api.deepseek.com"
    assert_both_remedies(text, host)


@pytest.mark.parametrize(
    "base", [ELSEWHERE, "https://api.openai.com/v1", "https://deepseek.com.example.com"]
)
def test_a_foreign_shape_may_go_elsewhere(base: str) -> None:
    assert resolve(api_key=FOREIGN, base_url=base).api_key == FOREIGN


@pytest.mark.parametrize(
    "trusted, passes",
    [
        ("api.deepseek.com", True),
        ("other.example.com,api.deepseek.com", True),
        ("other.example.com, api.deepseek.com", True),
        ("other.example.com api.deepseek.com", True),
        ("API.DeepSeek.com", True),
        ("other.example.com", False),
        ("deepseek.com", False),
        ("xapi.deepseek.com", False),
        ("", False),
    ],
)
@pytest.mark.parametrize(
    "variables, arguments", [({"OPENAI_API_KEY": OTHER}, {}), ({}, {"api_key": FOREIGN})]
)
def test_trusted_hosts(
    trusted: str, passes: bool, variables: Any, arguments: Any, env: Any
) -> None:
    env({**variables, "DSADAPTER_TRUST_HOSTS": trusted})
    if passes:
        assert resolve(**arguments).base_url == DEEPSEEK
    else:
        refused(**arguments)


def test_trusted_hosts_in_a_file() -> None:
    Path(".env").write_text(f"OPENAI_API_KEY={OTHER}\nDSADAPTER_TRUST_HOSTS=api.deepseek.com\n")
    assert resolve().api_key == OTHER


@pytest.mark.parametrize("key", ["EMPTY", "sk-xxx", FOREIGN, "not needed", "Bearer x"])
@pytest.mark.parametrize(
    "base",
    [
        "http://localhost:8000/v1",
        "http://LOCALHOST:8000",
        "http://127.0.0.1:8000",
        "http://127.1.2.3",
        "http://[::1]:8000/v1",
    ],
)
def test_loopback_takes_any_key(base: str, key: str, env: Any) -> None:
    assert resolve(api_key=key, base_url=base).api_key == key
    env({"DEEPSEEK_BASE_URL": base, "OPENAI_API_KEY": key})
    assert resolve().api_key == key


def test_loopback_takes_a_key_that_no_header_could_carry() -> None:
    got = resolve(api_key="\u5bc6\u94a5\nx", base_url="http://127.0.0.1:1")
    assert got.api_key == "???x"


@pytest.mark.parametrize(
    "base",
    [
        "https://127.example.com",
        "https://127.0.example.com",
        "https://127.0.0.1.example.com",
        "https://localhost.example.com",
        "http://10.0.0.1:8000",
        "http://192.168.1.127",
        "http://0.0.0.0:8000",
    ],
)
def test_what_only_looks_like_loopback_is_checked(base: str, env: Any) -> None:
    env({"DEEPSEEK_API_KEY": "EMPTY", "DEEPSEEK_BASE_URL": base})
    assert "placeholder" in refused()


def test_an_unknown_host_takes_any_key_that_can_be_sent() -> None:
    assert resolve(api_key="EMPTY", base_url=ELSEWHERE).api_key == "EMPTY"
    assert "line break" in refused(api_key=f"{KEY}\n", base_url=ELSEWHERE)
    assert "U+5BC6" in refused(api_key="\u5bc6\u94a5", base_url=ELSEWHERE)


# --- providers -----------------------------------------------------------------------------------

PRESETS = [
    ("deepseek", "DEEPSEEK_API_KEY", DEEPSEEK),
    ("openai", "OPENAI_API_KEY", "https://api.openai.com/v1"),
    ("qianfan", "QIANFAN_API_KEY", "https://qianfan.baidubce.com/v2"),
    ("moonshot", "MOONSHOT_API_KEY", "https://api.moonshot.cn/v1"),
    ("zhipu", "ZHIPUAI_API_KEY", "https://open.bigmodel.cn/api/paas/v4"),
    ("dashscope", "DASHSCOPE_API_KEY", "https://dashscope.aliyuncs.com/compatible-mode/v1"),
    ("siliconflow", "SILICONFLOW_API_KEY", "https://api.siliconflow.cn/v1"),
    ("ark", "ARK_API_KEY", "https://ark.cn-beijing.volces.com/api/v3"),
]


@pytest.mark.parametrize("place", ["argument", "global"])
@pytest.mark.parametrize("name, variable, base", PRESETS, ids=[row[0] for row in PRESETS])
def test_presets(name: str, variable: str, base: str, place: str, env: Any) -> None:
    env({variable: KEY})
    if place == "global":
        dsadapter.provider = name
    got = resolve(**({"provider": name} if place == "argument" else {}))
    assert (got.provider.name, got.api_key, got.base_url) == (name, KEY, base)


@pytest.mark.parametrize("name, variable, base", PRESETS[1:], ids=[row[0] for row in PRESETS[1:]])
def test_a_preset_takes_no_key_of_deepseek(name: str, variable: str, base: str, env: Any) -> None:
    env({"DEEPSEEK_API_KEY": KEY, "DEEPSEEK_BASE_URL": DEEPSEEK})
    assert variable in refused(provider=name)


@pytest.mark.parametrize("name, variable, base", PRESETS[1:], ids=[row[0] for row in PRESETS[1:]])
def test_a_vendors_base_takes_no_key_of_deepseek(
    name: str, variable: str, base: str, env: Any
) -> None:
    env({"DEEPSEEK_API_KEY": KEY})
    assert variable in refused(base_url=base)


def test_a_preset_with_a_base_of_its_own(env: Any) -> None:
    got = resolve(provider="qianfan", api_key=KEY, base_url=ELSEWHERE)
    assert (got.provider.name, got.base_url) == ("qianfan", ELSEWHERE)
    env({"OPENAI_API_KEY": OTHER, "OPENAI_BASE_URL": ELSEWHERE})
    got = resolve(provider="openai")
    assert (got.provider.name, got.api_key, got.base_url) == ("openai", OTHER, ELSEWHERE)


@pytest.mark.parametrize(
    "base, provider",
    [
        ("https://api.deepseek.com", "deepseek"),
        ("https://API.DeepSeek.com/v1", "deepseek"),
        ("https://api.deepseek.com.", "deepseek"),
        ("https://api.deepseek.com:443/beta", "deepseek"),
        ("https://eu.deepseek.com", "deepseek"),
        ("https://notdeepseek.com", "generic"),
        ("https://deepseek.com.example.com", "generic"),
        ("https://example.com/api.deepseek.com", "generic"),
        ("https://api.openai.com/v1", "openai"),
        ("https://api.moonshot.ai/v1", "moonshot"),
        ("https://api.z.ai/api/paas/v4", "zhipu"),
        ("https://dashscope-intl.aliyuncs.com/compatible-mode/v1", "dashscope"),
        ("https://api.siliconflow.com/v1", "siliconflow"),
        (ELSEWHERE, "generic"),
        ("http://127.0.0.1:8000", "generic"),
    ],
)
def test_the_host_says_which_provider(base: str, provider: str) -> None:
    assert resolve(api_key=KEY, base_url=base).provider.name == provider


@pytest.mark.parametrize(
    "arguments, provider",
    [
        ({"provider": "deepseek", "base_url": ELSEWHERE}, "deepseek"),
        ({"provider": "deepseek", "base_url": "http://127.0.0.1:1"}, "deepseek"),
        ({"provider": "generic", "base_url": DEEPSEEK}, "generic"),
        ({"provider": "generic"}, "generic"),
    ],
)
def test_the_program_says_which_provider(arguments: Any, provider: str) -> None:
    assert resolve(api_key=KEY, **arguments).provider.name == provider


@pytest.mark.parametrize(
    "base", ["https://api.deepseek.com@example.com", "https://u:pass@h.org/v1"]
)
def test_a_base_with_a_user_name_is_refused_and_not_shown(base: str) -> None:
    text = invalid(api_key=KEY, base_url=base)
    assert "user name or a password" in text
    assert "pass@" not in text and "@example" not in text


def test_provider_deepseek_never_takes_the_openai_pair(env: Any) -> None:
    env({"OPENAI_API_KEY": OTHER, "OPENAI_BASE_URL": "https://api.openai.com/v1"})
    assert "DEEPSEEK_API_KEY" in refused(provider="deepseek")


def test_an_unknown_provider_is_refused() -> None:
    text = invalid(provider="deepsek")
    assert "'deepsek'" in text
    assert "deepseek, openai, qianfan" in text


# --- base URLs -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written, used",
    [
        ("https://api.deepseek.com", "https://api.deepseek.com"),
        ("https://api.deepseek.com/", "https://api.deepseek.com"),
        ("https://api.deepseek.com///", "https://api.deepseek.com"),
        ("  https://api.deepseek.com\n", "https://api.deepseek.com"),
        ("https://api.deepseek.com/v1", "https://api.deepseek.com/v1"),
        ("https://api.deepseek.com/v1/", "https://api.deepseek.com/v1"),
        ("https://api.deepseek.com/beta", "https://api.deepseek.com/beta"),
        ("https://api.deepseek.com/chat/completions", "https://api.deepseek.com"),
        ("https://api.deepseek.com/v1/chat/completions", "https://api.deepseek.com/v1"),
        ("https://api.deepseek.com/v1/chat/completions/", "https://api.deepseek.com/v1"),
        ("https://api.deepseek.com/beta/completions", "https://api.deepseek.com/beta"),
        ("http://127.0.0.1:8000/api/v3/", "http://127.0.0.1:8000/api/v3"),
        ("http://[::1]:8000/", "http://[::1]:8000"),
    ],
)
@pytest.mark.parametrize("place", ["argument", "environment"])
def test_bases_are_normalised(written: str, used: str, place: str, env: Any) -> None:
    if place == "argument":
        assert resolve(api_key=KEY, base_url=written).base_url == used
    else:
        env({"DEEPSEEK_API_KEY": KEY, "DEEPSEEK_BASE_URL": written})
        assert resolve().base_url == used


@pytest.mark.parametrize(
    "base",
    [
        "api.deepseek.com",
        "api.deepseek.com/v1",
        "//api.deepseek.com",
        "localhost:8000",
        "ftp://api.deepseek.com",
        "file:///tmp",
        "https://",
        "https:///v1",
        "https://:8000",
        "https://host.example.com:port",
        "https://host.example.com:99999",
        "https://host.example.com:0",
        "https://host.example.com:-1",
        "https://[::1",
        "https://host example.com",
        "https://host.example.com/a b",
        "https://host.example.com/\tv1",
        "",
        "   ",
    ],
)
def test_a_base_that_is_no_url_is_refused(base: str) -> None:
    text = invalid(base_url=base)
    assert "the argument base_url" in text
    assert "Write it whole: https://api.deepseek.com" in text


def test_a_refused_base_of_the_environment_is_named(env: Any) -> None:
    env({"DEEPSEEK_API_KEY": KEY, "DEEPSEEK_BASE_URL": "api.deepseek.com"})
    assert "the environment variable DEEPSEEK_BASE_URL" in invalid()


@pytest.mark.parametrize("place", ["argument", "global"])
def test_two_spellings_that_differ_are_refused(place: str) -> None:
    if place == "argument":
        text = invalid(base_url=DEEPSEEK, api_base=ELSEWHERE)
    else:
        dsadapter.base_url, dsadapter.api_base = DEEPSEEK, ELSEWHERE
        text = invalid()
    assert "base_url" in text
    assert "api_base" in text
    assert "differ" in text


def test_two_spellings_that_agree() -> None:
    assert resolve(api_key=KEY, base_url=ELSEWHERE, api_base=ELSEWHERE).base_url == ELSEWHERE


def test_an_argument_of_the_other_spelling_beats_the_global() -> None:
    dsadapter.base_url = DEEPSEEK
    assert resolve(api_key=KEY, api_base=ELSEWHERE).base_url == ELSEWHERE


# --- numbers and tables --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value, connect, read",
    [
        (None, 5.0, 600.0),
        (30, 30.0, 30.0),
        (0.5, 0.5, 0.5),
        ((3, 60), 3.0, 60.0),
        ([3, 60], 3.0, 60.0),
        ((None, 60), None, 60.0),
        ((3, None), 3.0, None),
        (math.inf, None, None),
        (10**12, None, None),
    ],
)
def test_timeouts(value: Any, connect: Optional[float], read: Optional[float]) -> None:
    assert resolve(api_key=KEY, timeout=value).timeout == (connect, read)


def test_timeouts_of_httpx() -> None:
    httpx = pytest.importorskip("httpx", reason="openai 3 alone brings httpx2")
    assert resolve(api_key=KEY, timeout=httpx.Timeout(30, connect=2)).timeout == (2, 30)
    assert resolve(api_key=KEY, timeout=httpx.Timeout(None)).timeout == (None, None)


@pytest.mark.parametrize(
    "value", [0, -1, True, "30", math.nan, (1,), (1, 2, 3), (0, 1), (1, "2"), {}, object()]
)
def test_a_timeout_that_is_none(value: Any) -> None:
    assert "timeout=" in invalid(timeout=value)


@pytest.mark.parametrize("name", ["idle_timeout", "deadline"])
@pytest.mark.parametrize("value", [0, -1, -0.5, True, False, "30", math.nan, (1, 2), [1]])
def test_bounds_that_are_none(name: str, value: Any) -> None:
    assert f"{name}=" in invalid(**{name: value})


@pytest.mark.parametrize("name", ["idle_timeout", "deadline"])
def test_bounds(name: str) -> None:
    assert getattr(resolve(api_key=KEY, **{name: 1.5}), name) == 1.5
    assert getattr(resolve(api_key=KEY, **{name: math.inf}), name) == math.inf
    assert getattr(resolve(api_key=KEY), name) is None  # unset is not the same as no limit


@pytest.mark.parametrize("value, used", [(None, 2), (0, 0), (1, 1), (50, 50)])
def test_retries(value: Any, used: int) -> None:
    assert resolve(api_key=KEY, max_retries=value).max_retries == used


@pytest.mark.parametrize("value", [-1, True, False, 1.5, "2", (2,)])
def test_wrong_retries(value: Any) -> None:
    assert "max_retries=" in invalid(max_retries=value)


@pytest.mark.parametrize(
    "value, table",
    [
        (None, {}),
        ("", {}),
        ({}, {}),
        ({"gpt-4": "deepseek-pro"}, {"gpt-4": "deepseek-pro"}),
        ("gpt-4=deepseek-pro", {"gpt-4": "deepseek-pro"}),
        (" gpt-4 = a , gpt-5=b,", {"gpt-4": "a", "gpt-5": "b"}),
    ],
)
def test_model_maps(value: Any, table: Any) -> None:
    assert resolve(api_key=KEY, model_map=value).model_map == table


@pytest.mark.parametrize("value", ["gpt-4", "gpt-4=", "=a", "a=b,c", "a:b", 5, ["a"], [("a", "b")]])
def test_wrong_model_maps(value: Any) -> None:
    assert "model_map" in invalid(model_map=value)


@pytest.mark.parametrize("value", ["on", "off", "error"])
def test_repair_modes(value: str) -> None:
    assert resolve(api_key=KEY, repair=value).repair == value


@pytest.mark.parametrize("value", ["OFF", "yes", True, False, 0, ""])
def test_wrong_repair_modes(value: Any) -> None:
    assert "on, off, error" in invalid(repair=value)


@pytest.mark.parametrize("name", ["default_headers", "default_query"])
def test_headers_and_query(name: str) -> None:
    assert getattr(resolve(api_key=KEY, **{name: {"a": "b"}}), name) == {"a": "b"}
    assert name in invalid(**{name: [("a", "b")]})


# --- what belongs to one vendor ------------------------------------------------------------------


@pytest.mark.parametrize(
    "variable, field",
    [
        ("OPENAI_ORG_ID", "organization"),
        ("OPENAI_ORGANIZATION", "organization"),
        ("OPENAI_PROJECT_ID", "project"),
    ],
)
def test_organization_and_project_stay_with_openai(variable: str, field: str, env: Any) -> None:
    env({variable: "org-1"})
    assert getattr(resolve(api_key=KEY), field) is None
    assert getattr(resolve(api_key=KEY, base_url=ELSEWHERE), field) is None
    assert getattr(resolve(api_key=KEY, provider="moonshot"), field) is None
    assert getattr(resolve(api_key=KEY, provider="openai"), field) == "org-1"
    named: Dict[str, Any] = {field: "org-2"}
    assert getattr(resolve(api_key=KEY, provider="openai", **named), field) == "org-2"
    assert getattr(resolve(api_key=KEY, **named), field) == "org-2"


# --- offline, and what people read ---------------------------------------------------------------


@pytest.mark.parametrize("key", [None, "EMPTY", "sk-xxx", FOREIGN, "Bearer x", KEY])
@pytest.mark.parametrize("base", [None, DEEPSEEK, ELSEWHERE])
def test_offline_takes_any_key_and_replaces_every_base(
    key: Optional[str], base: Optional[str], env: Any
) -> None:
    env({"DSADAPTER_OFFLINE_URL": "http://127.0.0.1:9"})
    got = resolve(api_key=key, base_url=base)
    assert got.base_url == "http://127.0.0.1:9"
    assert got.api_key == (key or "offline")


def test_offline_takes_a_lone_openai_key(env: Any) -> None:
    env({"DSADAPTER_OFFLINE_URL": "http://127.0.0.1:9", "OPENAI_API_KEY": OTHER})
    assert resolve().api_key == OTHER


def test_offline_somewhere_else_is_checked(env: Any) -> None:
    env({"DSADAPTER_OFFLINE_URL": DEEPSEEK})
    assert "No API key" in refused()
    assert_both_remedies(refused(api_key=FOREIGN))


@pytest.mark.parametrize(
    "arguments, words",
    [
        ({}, ["DeepSeek", "DEEPSEEK_API_KEY", "https://platform.deepseek.com/api_keys", ".env"]),
        ({"provider": "qianfan"}, ["Qianfan", "QIANFAN_API_KEY"]),
        ({"base_url": "https://api.moonshot.cn/v1"}, ["Moonshot", "MOONSHOT_API_KEY"]),
    ],
)
def test_a_missing_key_says_what_to_do(arguments: Any, words: Any) -> None:
    text = refused(**arguments)
    for word in [*words, "No API key", "chat --offline"]:
        assert word in text


@pytest.mark.parametrize("key", [b"sk-1", 5, ["sk"]])
@pytest.mark.parametrize("base", [None, "http://127.0.0.1:1"])
def test_a_key_that_is_no_text(key: Any, base: Optional[str]) -> None:
    with pytest.raises(InvalidArgumentError, match=f"api_key is a {type(key).__name__}"):
        _resolve.resolve({"api_key": key, "base_url": base})


def test_no_repr_shows_the_key(env: Any) -> None:
    env({"DEEPSEEK_API_KEY": KEY})
    shown = [
        repr(resolve()),
        str(resolve()),
        f"{resolve()}",
        repr(resolve_endpoint({})),
        repr(from_environment("DEEPSEEK_API_KEY")),
    ]
    for text in shown:
        assert KEY[-5:] not in text
    assert "api.deepseek.com" in shown[0]
