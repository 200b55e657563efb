"""Keys: which are refused and in which words, which pass, and that no text shows one."""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import Any, Optional

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

import dsadapter
from dsadapter._errors.tree import CredentialsError
from dsadapter._settings import keys
from dsadapter._settings.providers import DEEPSEEK, GENERIC
from dsadapter._settings.resolve import resolve

HEX = "0123456789abcdef" * 2
KEY = "sk-" + HEX


def refusal(key: str, **more: Any) -> str:
    with pytest.raises(CredentialsError) as caught:
        resolve({"api_key": key, **more})
    return str(caught.value)


@pytest.mark.parametrize(
    "key, words",
    [
        pytest.param("sk-xxxxxxxxxxxxxxxx", "placeholder", id="sk-xxx"),
        pytest.param("sk-" + "*" * 32, "placeholder", id="sk-***"),
        pytest.param("sk-" + "0" * 32, "placeholder", id="sk-000"),
        pytest.param("sk-...", "placeholder", id="sk-..."),
        pytest.param("sk-", "placeholder", id="sk-"),
        pytest.param("your-api-key", "placeholder", id="your-api-key"),
        pytest.param("YOUR_DEEPSEEK_KEY", "placeholder", id="YOUR_KEY"),
        pytest.param("<DeepSeek API Key>".replace(" ", "-"), "placeholder", id="<key>"),
        pytest.param("DEEPSEEK_API_KEY", "placeholder", id="the variable's name"),
        pytest.param("EMPTY", "placeholder", id="EMPTY"),
        pytest.param("None", "placeholder", id="None"),
        pytest.param("test", "placeholder", id="test"),
        pytest.param("changeme", "placeholder", id="changeme"),
        pytest.param(f'"{KEY}"', "quotes", id="double quotes"),
        pytest.param(f"'{KEY}'", "quotes", id="single quotes"),
        pytest.param(f"`{KEY}`", "quotes", id="backticks"),
        pytest.param(f'{KEY}"', "quotes", id="one quote at the end"),
        pytest.param(f"{KEY} ", "blanks", id="blank behind"),
        pytest.param(f" {KEY}", "blanks", id="blank before"),
        pytest.param(f"key: {KEY}", "blanks", id="words before"),
        pytest.param("   ", "blanks", id="only blanks"),
        pytest.param(f"{KEY}\n", "line break", id="line end"),
        pytest.param(f"{KEY}\r\n", "line break", id="CRLF"),
        pytest.param(f"{KEY[:10]}\n{KEY[10:]}", "line break", id="line break inside"),
        pytest.param(f"{KEY}\t", "control character", id="tab"),
        pytest.param(f"{KEY}\x7f", "control character", id="DEL"),
        pytest.param(f"Bearer {KEY}", "'Bearer '", id="Bearer"),
        pytest.param(f"bearer {KEY}", "'Bearer '", id="bearer"),
        pytest.param(f"\u201c{KEY}\u201d", "U+201C at position 1:", id="typographic quotes"),
        pytest.param("\uff53k-" + HEX, "U+FF53 at position 1:", id="full-width letter"),
        pytest.param(f"{KEY}\u00a0", "U+00A0 at position 36:", id="no-break space"),
        pytest.param(f"{KEY[:10]}\u200b{KEY[10:]}", "U+200B at position 11:", id="zero width"),
        pytest.param(f"\ufeff{KEY}", "U+FEFF at position 1:", id="BOM"),
        pytest.param("sk-\u4f60\u7684\u5bc6\u94a5", "U+4F60 at position 4:", id="Chinese"),
    ],
)
def test_a_refusal_says_what_is_wrong(key: str, words: str) -> None:
    text = refusal(key)
    assert words in text
    assert "the argument api_key" in text
    assert "https://platform.deepseek.com/api_keys" in text


@pytest.mark.parametrize(
    "place, named",
    [
        ("argument", "the argument api_key"),
        ("global", "dsadapter.api_key"),
        ("environment", "the environment variable DEEPSEEK_API_KEY"),
        ("file", "DEEPSEEK_API_KEY in "),
    ],
)
def test_a_refusal_names_the_source(
    place: str, named: str, monkeypatch: Any, tmp_path: Path
) -> None:
    wrong, arguments = "your-api-key", {}
    if place == "argument":
        arguments["api_key"] = wrong
    elif place == "global":
        dsadapter.api_key = wrong
    elif place == "environment":
        monkeypatch.setenv("DEEPSEEK_API_KEY", wrong)
    else:
        Path(".env").write_text(f"DEEPSEEK_API_KEY={wrong}\n")
        named += str(tmp_path / ".env")
    with pytest.raises(CredentialsError) as caught:
        resolve(arguments)
    assert str(caught.value).startswith(f"The API key from {named} is a placeholder")
    assert caught.value.status_code is None


@pytest.mark.parametrize(
    "key, provider",
    [
        (KEY, "deepseek"),
        ("sk-" + "a1" * 16, "deepseek"),
        ("0f" * 20, "deepseek"),
        ("sk-" + "Ab3_-" * 10, "deepseek"),
        ("sk-proj-" + "Ab3_" * 12 + "T3BlbkFJ" + "x9Zq" * 5, "openai"),
        ("sk-svcacct-" + "Ab3_" * 10, "openai"),
        ("bce-v3/ALTAK-" + "Ab3" * 7 + "/" + HEX, "qianfan"),
        (HEX + "." + "Ab3" * 5, "zhipu"),
        ("8f3c2a1e-1b2c-4d5e-8f90-0123456789ab", "ark"),
    ],
)
def test_keys_as_vendors_give_them_pass(key: str, provider: str) -> None:
    assert resolve({"api_key": key, "provider": provider}).api_key == key


@pytest.mark.parametrize(
    "key",
    [
        "sk-proj-" + HEX,
        "sk-svcacct-" + HEX,
        "sk-ant-" + "api03-" + HEX,
        "bce-v3/ALTAK-" + HEX,
        "sk-" + HEX + "T3BlbkFJ" + HEX,
    ],
)
def test_shapes_of_other_vendors(key: str) -> None:
    assert keys.is_foreign(key)
    text = refusal(key)
    assert "shape of another vendor's key" in text
    assert "api.deepseek.com" in text
    assert "not sent" in text


@pytest.mark.parametrize("key", [KEY, "sk-project" + HEX, "sk-antelope" + HEX, HEX])
def test_shapes_that_may_be_deepseeks(key: str) -> None:
    assert not keys.is_foreign(key)


@pytest.mark.parametrize("provider", ["deepseek", "qianfan", "moonshot"])
def test_known_vendors_check_keys(provider: str) -> None:
    assert "placeholder" in refusal("EMPTY", provider=provider)


@pytest.mark.parametrize(
    "key, shown",
    [
        (KEY, "...cdef"),
        ("a" * 8 + "wxyz", "...wxyz"),
        ("abcdefghijk", "..."),
        ("abcd", "..."),
        ("", "..."),
    ],
)
def test_the_tail_shows_four_characters_of_a_long_key(key: str, shown: str) -> None:
    assert keys.tail(key) == shown


MARK = "q7Zk"  # in no text of the library
key_texts = st.tuples(st.text(), st.text()).map(MARK.join).filter(lambda key: len(key) >= 6)
ascii_text = st.text(st.characters(min_codepoint=32, max_codepoint=126))
ascii_texts = st.tuples(ascii_text, ascii_text).map(MARK.join).filter(lambda key: len(key) >= 6)
prefixes = st.sampled_from(["", "sk-", "sk-proj-", "sk-ant-", "bce-v3/", "Bearer ", '"', "your"])
bases = st.sampled_from(
    [None, "https://api.deepseek.com/v1", "https://api.moonshot.cn/v1", "https://llm.example.com"]
)


@settings(deadline=None, max_examples=60)
@given(prefixes, st.one_of(key_texts, ascii_texts), bases)
@example("", MARK + "\n\n", None)
@example("sk-proj-", MARK + HEX, "https://api.deepseek.com")
@example("sk-", MARK + "\u4f60\u597d", "https://llm.example.com")
def test_no_refusal_shows_the_key(prefix: str, text: str, base: Optional[str]) -> None:
    key = prefix + text
    try:
        resolve({"api_key": key, "base_url": base})
    except CredentialsError as err:
        shown = "".join(traceback.format_exception(type(err), err, err.__traceback__))
        for place in (str(err), repr(err), str(err.args), str(err.hint), shown):
            assert key not in place
            assert MARK not in place
    else:
        assume(False)


@pytest.mark.parametrize(
    ("key", "fault"),
    [
        (KEY, None),
        ("sk-\xe4bc", ("non-ascii", 4)),
        ("<your key>", ("placeholder", 0)),
        ("sk-a\x7fb", ("control", 5)),
        (f"'{KEY}'", ("quotes", 0)),
        (f"Bearer {KEY}", ("bearer", 0)),
        ("sk-a b", ("blanks", 5)),
        ("your-api-key", ("placeholder", 0)),
    ],
)
def test_what_is_wrong_with_the_shape_and_where(key: str, fault: Any) -> None:
    assert keys.shape_fault(key) == fault


def test_a_missing_key_says_where_one_is_made_if_that_is_known() -> None:
    deepseek, generic = (keys.missing(row) for row in (DEEPSEEK, GENERIC))
    assert f"make one at {DEEPSEEK.keys_page}\n" in str(deepseek.hint)
    assert "make one" not in str(generic.hint)
    assert "write it into .env: OPENAI_API_KEY=sk-...\n" in str(generic.hint)
