"""Replies that a program asks for their methods, and what is handed to a call in another place."""

from __future__ import annotations

from typing import List

import pytest

from dsadapter._migrate.analysis import Options
from dsadapter._migrate.source_file import rewrite_text

CALL = "openai.ChatCompletion.create(model=m, messages=x)"
REPLY = f"r = {CALL}\n"


def last_line(text: str) -> str:
    return rewrite_text(f"import openai\n{text}\n", Options())[0].rstrip("\n").split("\n")[-1]


def rules(text: str) -> List[str]:
    return [marker.rule for marker in rewrite_text(f"import openai\n{text}\n", Options())[2]]


@pytest.mark.parametrize(
    "line, expected",
    [
        ("hasattr(r, 'get') and hasattr(r, 'items')", "hasattr(r, 'get') and hasattr(r, 'items')"),
        ("getattr(r, 'get', None)('id')", "getattr(r, 'get', None)('id')"),
        ("hasattr(r, '__getitem__')", "hasattr(r, '__getitem__')"),
        ("list(map(r.get, keys))", "list(map(r.get, keys))"),
        ("n = r.__len__()", "n = r.__len__()"),
        ("n = len(r)", "n = len(r)"),
        ("y = r.id if isinstance(r, dict) else r", 'y = r["id"] if isinstance(r, dict) else r'),
        ("d = r.to_dict() if hasattr(r, 'to_dict') else r", "d = r if isinstance(r, dict) else r"),
        ("not hasattr(r.choices[0], 'to_dict')", 'not isinstance(r["choices"][0], dict)'),
        ("hasattr(r, 'to_dict_recursive')", "isinstance(r, dict)"),
        ("y = [getattr(r, n) for n in ('id', 'model')]", "y = [r[n] for n in ('id', 'model')]"),
        ("y = getattr(r or s, 'id', r.model)", "y = (r or s).get('id', r[\"model\"])"),
    ],
)
def test_what_a_dict_answers_in_its_own_way(line: str, expected: str) -> None:
    assert last_line(f"{REPLY}{line}") == expected
    assert rules(f"{REPLY}{line}") == []
    new_text = rewrite_text(f"import openai\n{REPLY}{line}\n", Options())[0]
    assert "messages=x).to_dict()\n" in new_text


@pytest.mark.parametrize(
    "line, rule",
    [
        ("y = r.__dict__", "reply-unknown"),
        ("y = r.choices[0].__class__.__name__", "reply-unknown"),
        ("hasattr(r, '__dict__')", "reply-unknown"),
        ("y = getattr(r, '__dict__', None)", "reply-unknown"),
        ("y = getattr(r, 'to_dict', None)", "reply-unknown"),
        ("y = r.to_dict", "reply-unknown"),
        ("hasattr(r, 'response_ms')", "removed"),
        ("y = getattr(r, 'organization', None)", "removed"),
        ("y = r.engine", "removed"),
    ],
)
def test_what_only_an_object_of_the_old_sdk_has_is_marked(line: str, rule: str) -> None:
    assert last_line(f"{REPLY}{line}").endswith(line.replace("r.choices[0]", 'r["choices"][0]'))
    assert rules(f"{REPLY}{line}") == [rule]


def test_what_a_name_asks_for_that_the_file_does_not_show_is_marked() -> None:
    text = f"{REPLY}def f(name):\n    return getattr(r, name)\nf(1)"
    assert "return r[name]" in rewrite_text(f"import openai\n{text}\n", Options())[0]
    assert rules(text) == ["reply-unknown"]


def test_what_may_be_a_dict_of_the_program_itself_is_marked() -> None:
    text = f"h = [{{'role': 'user'}}]\nh.append({CALL}['choices'][0].message)\nfor e in h:\n"
    text += "    y = e.to_dict() if hasattr(e, 'to_dict') else e"
    assert last_line(text) == "    y = e if isinstance(e, dict) else e"
    assert rules(text) == ["reply-unknown"]


@pytest.mark.parametrize("quote", ["'", '"'])
def test_a_reply_as_text_within_quotes(quote: str) -> None:
    """Before Python 3.12 a string cannot have the quotation marks of the one around it."""
    text = f"import openai\n{REPLY}t = f{quote}{{r}}{quote}\n"
    inner = "'" if quote == '"' else '"'
    expected = f"{{__import__({inner}json{inner}).dumps(r, indent=2)}}"
    assert expected in rewrite_text(text, Options(unsafe=True))[0]


# --- arguments -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        "api_base=openai.api_base",
        "api_base=openai.api_base, api_key=openai.api_key",
        "organization=openai.organization, api_base=(openai.api_base)",
        "api_type=openai.api_type, api_version=openai.api_version, api_base=openai.api_base",
    ],
)
def test_a_setting_of_the_module_itself_is_no_argument(arguments: str) -> None:
    text = f"openai.ChatCompletion.create({arguments}, model=m)"
    assert last_line(text) == "openai.chat.completions.create(model=m)"
    assert rules(text) == []
    text = f"async def f():\n    r = await {text.replace('create', 'acreate')}\nf()"
    new_text = rewrite_text(f"import openai as openai\n{text}\n", Options())[0]
    assert "r = await client.chat.completions.create(model=m)" in new_text
    assert "api_base" not in new_text


def test_the_function_for_any_arguments_gets_the_setting_under_its_new_name() -> None:
    text = "openai.ChatCompletion.create(*a, api_base=openai.api_base, api_type=openai.api_type)"
    new = '_openai_create("chat.completions.create", *a, api_base=openai.base_url, '
    assert last_line(text) == f"{new}api_type=openai.api_type)"
    assert rules(text) == []


@pytest.mark.parametrize(
    "argument, expected",
    [
        (
            "api_base=url or openai.api_base",
            "openai.OpenAI(api_key=openai.api_key, base_url=url or openai.base_url or "
            "openai.base_url, max_retries=0).chat.completions.create(model=m)",
        ),
        ("top_k=r.usage.n", 'extra_body={"top_k": r["usage"]["n"]}'),
        ("headers={'x': r.id}", "extra_headers={'x': r[\"id\"]}"),
        ("request_timeout=(r.a, r.b)", 'timeout=openai.Timeout(r["b"], connect=r["a"])'),
        ("request_timeout=(1) if r.a else (2)", 'timeout=((1) if r["a"] else (2)) or 600'),
        ("seed2=openai.Embedding.create(input=r.id)", "openai.embeddings.create(input="),
    ],
)
def test_what_goes_to_another_place_is_rewritten_there(argument: str, expected: str) -> None:
    text = f"{REPLY}r['id']\nopenai.ChatCompletion.create(model=m, {argument})"
    assert expected in last_line(text)
    assert rules(text) == []


def test_a_call_that_stays_keeps_its_arguments_and_its_comment_says_so() -> None:
    call = "openai.ChatCompletion.create(api_base=openai.api_base, api_type='azure', model=m)"
    assert last_line(call) == call
    assert rules(call) == ["api-type"]
    new_text = rewrite_text(f"import openai\n{call}\n", Options())[0]
    assert "it stays a call of 0.28" in new_text


# --- settings ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value",
    [
        'os.environ.get("BASE", openai.{})',
        'os.getenv("BASE") or openai.{}',
        "url if url else openai.{}",
        'getattr(arguments, "base", openai.{})',
    ],
)
def test_a_base_url_with_itself_as_the_default_needs_nobody(value: str) -> None:
    slash = '(lambda url: url and url.rstrip("/") + "/")'
    text = f"import os\nopenai.api_base = {value.format('api_base')}"
    assert last_line(text) == f"openai.base_url = {slash}({value.format('base_url')})"
    assert rules(text) == []


@pytest.mark.parametrize(
    "value", ['openai.api_base + "/x"', "openai.api_base or url", "f(openai.api_base)"]
)
def test_a_base_url_whose_default_decides_is_marked(value: str) -> None:
    assert rules(f"openai.api_base = {value}") == ["setting"]


def test_a_base_url_that_is_set_to_itself() -> None:
    assert last_line("openai.api_base = openai.api_base") == "openai.base_url = openai.base_url"


# --- the version ---------------------------------------------------------------------------------

LIST = "openai.Model.list()['data']"


@pytest.mark.parametrize(
    "line",
    [
        "print(openai.__version__)",
        "print(f'openai {openai.version.VERSION}', file=out)",
        "logging.info('openai %s', openai.VERSION)",
        "info = {'openai': openai.__version__}",
        "agent = 'app/' + openai.__version__ if verbose else ''",
        "from openai.version import VERSION\nprint(VERSION)",
        "v = openai.__version__\nprint(v)",
    ],
)
def test_a_version_that_is_only_told_stops_nothing(line: str) -> None:
    text = f"{line}\n{LIST}"
    assert last_line(text) == "openai.models.list().to_dict()['data']"
    assert rules(text) == []
    assert f"\n{line}\n" in rewrite_text(f"import openai\n{text}\n", Options())[0]


@pytest.mark.parametrize(
    "line",
    [
        "assert openai.__version__ == '0.28.1'",
        "if openai.version.VERSION.startswith('1'):\n    f()",
        "old = Version(openai.__version__) < Version('1')",
        "major = int(openai.__version__.split('.')[0])",
        "v = openai.__version__\nif v < '1':\n    f()",
        "try:\n    v = openai.__version__\nexcept AttributeError:\n    v = '0'",
        "require(openai.__version__)",
        "print('old' if openai.VERSION < '1' else 'new')",
    ],
)
def test_a_version_that_may_decide_leaves_the_file(line: str) -> None:
    text = f"{line}\n{LIST}"
    assert last_line(text) == LIST
    assert rules(text) == ["version-switch"]


def test_a_file_that_tells_the_version_and_names_both_generations_stays() -> None:
    text = f"print(openai.__version__)\nopenai.OpenAI()\n{LIST}"
    assert last_line(text) == LIST
    assert rules(text) == []
