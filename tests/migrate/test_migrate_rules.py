"""Each rule: what is written in the place of what."""

from __future__ import annotations

import sys
from typing import List

import pytest

from dsadapter._migrate.analysis import Options
from dsadapter._migrate.rules import RULES
from dsadapter._migrate.source_file import rewrite_text

CALL = "openai.ChatCompletion.create(model=m, messages=x{})\n"
NEW = "openai.chat.completions.create(model=m, messages=x{})\n"
ONCE = "openai.max_retries = 0  # as in 0.28: each request is sent once\n"
CLIENT = "openai.{}OpenAI(api_key={}, base_url={}, max_retries=0).chat.completions.create(model=m)"


def body(text: str, unsafe: bool = False) -> str:
    """A text behind ``import openai``, rewritten; without that line, and the one about retries."""
    new_text = rewrite_text(f"import openai\n{text}", Options("openai", unsafe))[0]
    assert new_text.startswith("import openai\n")
    return new_text[len("import openai\n") :].replace(ONCE, "", 1)


def rules(text: str, unsafe: bool = False) -> List[str]:
    markers = rewrite_text(f"import openai\n{text}", Options("openai", unsafe))[2]
    return [marker.rule for marker in markers]


@pytest.mark.parametrize(
    "before, after",
    [
        ("request_timeout=5", "timeout=5"),
        ("request_timeout=None", "timeout=600"),
        ("request_timeout=t", "timeout=t or 600"),
        ("request_timeout=(3, t)", "timeout=openai.Timeout(t, connect=3)"),
        ("headers=h", "extra_headers=h"),
        ("headers=h, request_id=i", 'extra_headers={**h, "X-Request-Id": i}'),
        ("max_tokens=None, stop=None", "max_tokens=None, stop=None"),
        ("top_k=3, user='u', thinking=t", 'extra_body={"top_k": 3, "thinking": t}, user=\'u\''),
    ],
)
def test_an_argument(before: str, after: str) -> None:
    assert body(CALL.format(f", {before}")) == NEW.format(f", {after}")
    assert rules(CALL.format(f", {before}")) == []


@pytest.mark.parametrize(
    "before, after",
    [
        ('"https://x/v1"', '"https://x/v1/"'),
        ('"https://x/v1/"', '"https://x/v1/"'),
        ("url", 'url and url.rstrip("/") + "/"'),
        ('os.environ["B"]', 'os.environ["B"].rstrip("/") + "/"'),
        ('host + "/v1"', '(host + "/v1").rstrip("/") + "/"'),
        ("get()", '(lambda url: url and url.rstrip("/") + "/")(get())'),
        ("None", "None"),
    ],
)
def test_the_base_url(before: str, after: str) -> None:
    text = "import os\nurl = f()\nopenai.api_base = {}\n"
    assert body(text.format(before)).endswith(f"openai.base_url = {after}\n")
    assert rules(text.format(before)) == []


@pytest.mark.parametrize(
    "before, after",
    [
        ("openai.Completion.create(prompt=p)", "openai.completions.create(prompt=p)"),
        ("openai.Embedding.create(input=p)", "openai.embeddings.create(input=p)"),
        ("openai.Moderation.create(p)", "openai.moderations.create(input=p)"),
        ("openai.Image.create(prompt=p)", "openai.images.generate(prompt=p)"),
        ("openai.Model.retrieve(id=p)", "openai.models.retrieve(model=p)"),
        ("openai.Model.list()", "openai.models.list()"),
        (
            "openai.Audio.transcribe('w', f)",
            "openai.audio.transcriptions.create(model='w', file=f)",
        ),
        ("chat = openai.ChatCompletion", "chat = openai.chat.completions"),
        ("ask = openai.ChatCompletion.create", "ask = openai.chat.completions.create"),
    ],
)
def test_a_resource(before: str, after: str) -> None:
    assert body(f"{before}\n") == f"{after}\n"
    assert rules(f"{before}\n") == []


def test_a_key_of_one_call() -> None:
    text = "openai.api_key = k\nopenai.ChatCompletion.create(model=m, api_key=other)\n"
    header = 'extra_headers={"Authorization": "Bearer " + (other or openai.api_key)}'
    assert f"create(model=m, {header})" in body(text)
    alone = body("openai.ChatCompletion.create(model=m, api_key=other)\n")
    assert CLIENT.format("", "other or openai.api_key", "openai.base_url") in alone


def test_an_async_call() -> None:
    text = "async def f():\n    return (await openai.ChatCompletion.acreate(model=m)).id\n\n\nf()\n"
    head = (
        "    async with openai.AsyncOpenAI(api_key=openai.api_key, base_url=openai.base_url, "
        "max_retries=0) as client:\n"
    )
    reply = "        return (await client.chat.completions.create(model=m)).id\n"
    assert head + reply in body(text)


# --- replies -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "before, after",
    [
        (
            "print(r.choices[0].message['content'])",
            'print(r["choices"][0]["message"][\'content\'])',
        ),
        ("x = r.usage.total_tokens, r['id']", 'x = r["usage"]["total_tokens"], r[\'id\']'),
        ("print(f\"{r.id} {r['id']}\")", "print(f\"{r['id']} {r['id']}\")"),
        ("hasattr(r, 'usage') and r.get('id')", "'usage' in r and r.get('id')"),
        ("getattr(r.choices[0], 'text', '')", "r[\"choices\"][0].get('text', '')"),
        ("getattr(r, 'id')", "r['id']"),
        ("json.dumps(r.to_dict_recursive())", "json.dumps(r)"),
        (
            "c = [x.text for x in r.choices if 'a' in x]",
            'c = [x["text"] for x in r["choices"] if \'a\' in x]',
        ),
    ],
)
def test_a_field(before: str, after: str) -> None:
    text = f"import json\nr = {CALL.format('')}{before}\n"
    new = NEW.format("").replace("\n", ".to_dict()\n")
    assert body(text) == f"import json\nr = {new}{after}\n"
    assert rules(text) == []


@pytest.mark.parametrize("line", ["print(r.choices[0].message.content)", "r.usage.total_tokens"])
def test_attributes_that_are_always_there_stay(line: str) -> None:
    assert body(f"r = {CALL.format('')}{line}\n") == f"r = {NEW.format('')}{line}\n"


@pytest.mark.parametrize("field", ["system_fingerprint", "choices[0].message.function_call"])
def test_attributes_that_may_be_missing_become_subscripts(field: str) -> None:
    """Newer SDKs have None there, where 0.28 raised."""
    assert ".to_dict()" in body(f"r = {CALL.format('')}x = r.{field}\n")


FLOW = """\
class Bot:
    def ask(self):
        self.last = openai.ChatCompletion.create(model=m)
        return self.last, 1

    def text(self, reply):
        return reply.choices[0].message.content


bot = Bot()
reply, cost = bot.ask()
print(bot.text(reply), reply["id"])
"""


def test_a_reply_is_followed_through_returns_and_parameters() -> None:
    assert 'return reply["choices"][0]["message"]["content"]' in body(FLOW)
    assert rules(FLOW) == []


def test_a_stream_is_followed_out_of_a_generator() -> None:
    text = (
        "def pieces():\n"
        "    for chunk in openai.ChatCompletion.create(model=m, stream=True):\n"
        "        yield chunk\n\n\n"
        "for i, piece in enumerate(pieces()):\n"
        "    print(piece.choices[0].delta.get('content'))\n"
    )
    assert "for chunk in (chunk.to_dict() for chunk in openai.chat." in body(text)
    assert 'print(piece["choices"][0]["delta"].get(\'content\'))' in body(text)
    assert rules(text) == []


@pytest.mark.parametrize(
    "lines, rule",
    [
        ("other.save(openai.ChatCompletion.create(model=m))", "reply-leaves"),
        ("def f():\n    return openai.ChatCompletion.create(model=m)", "reply-leaves"),
        ("r = openai.ChatCompletion.create(model=m)\nprint(r.response_ms)", "removed"),
        ("def f(r):\n    return r.choices\n\n\nopenai.Model.list()['data']", "reply-unknown"),
        (
            "r = openai.ChatCompletion.create(model=m, stream=True)\nfor c in r:\n"
            "    try:\n        c.choices[0].delta\n    except AttributeError:\n        pass",
            "reply-unknown",
        ),
        ("openai.Moderation.create(**f())", "stream-unknown"),
        ("openai.Engine.list()", "removed"),
        ("openai.util.convert_to_dict(1)", "removed"),
        ("f(openai.ChatCompletion)", "class-use"),
        ("openai.ChatCompletion.create(engine='x')", "engine"),
        ("openai.proxy = p", "setting"),
        ("openai.api_base = u\nopenai.api_version = v", "setting"),
        ("setattr(openai, 'api_base', u)", "setting"),
        ("import os\nos.environ['OPENAI_API_BASE'] = u\nopenai.Model.list()['data']", "setting"),
        ("print(openai.api_base)", "setting"),
        ("if openai.__version__ < '1':\n    openai.Model.list()", "version-switch"),
        ("raise openai.error.APIError('x')", "error-use"),
    ],
)
def test_what_is_marked(lines: str, rule: str) -> None:
    assert rule in rules(f"{lines}\n")
    new_text = rewrite_text(f"import openai\n{lines}\n", Options())[0]
    assert f"# dsadapter migrate {rule}: " in new_text


DUAL = (
    "if openai.__version__ < '1':\n    openai.Embedding.create(input=p)\nelse:\n    openai.chat",
    "LEGACY = openai.VERSION[0] == '0'\nname = openai.Embedding if LEGACY else openai.embeddings",
    "if hasattr(openai, 'OpenAI'):\n    openai.OpenAI()\nelse:\n    openai.Model.list()['data']",
    "try:\n    import openai.error\n    ERRORS = (openai.error.APIError,)\n"
    "except Exception:\n    ERRORS = (openai.RateLimitError, openai.APIError)",
    "try:\n    from openai.error import Timeout\nexcept (ImportError, KeyError):\n"
    "    from openai import APITimeoutError as Timeout\nopenai.Model.list()['data']",
    "try:\n    from openai import OpenAI\nexcept:\n    OpenAI = None\nopenai.Model.list()['data']",
)


@pytest.mark.parametrize("lines", DUAL)
def test_a_file_for_both_generations_stays_as_it_is(lines: str) -> None:
    text = f"import openai\n{lines}\n"
    assert rewrite_text(text, Options())[0] == text


@pytest.mark.parametrize(
    "lines",
    [
        "try:\n    import openai.error\nexcept ImportError:\n    openai = None\n"
        "openai.Model.list()['data']",
        "try:\n    openai.Model.list()['data']\nexcept Exception:\n    print('no')",
    ],
)
def test_what_asks_for_no_generation_is_rewritten(lines: str) -> None:
    assert "openai.models.list()" in rewrite_text(f"import openai\n{lines}\n", Options())[0]


# --- errors --------------------------------------------------------------------------------------

TRY = "try:\n    openai.Model.list()\nexcept {}:\n    {}\n"


@pytest.mark.parametrize(
    "before, after",
    [
        ("openai.error.Timeout", "openai.APITimeoutError"),
        ("openai.error.OpenAIError", "openai.OpenAIError"),
        ("openai.InvalidRequestError", "(openai.BadRequestError, openai.NotFoundError)"),
        (
            "(openai.error.InvalidRequestError, openai.error.PermissionError)",
            "(openai.BadRequestError, openai.NotFoundError, openai.PermissionDeniedError)",
        ),
    ],
)
def test_an_error_class(before: str, after: str) -> None:
    assert f"except {after}:" in body(TRY.format(before, "pass"))
    assert rules(TRY.format(before, "pass")) == []


@pytest.mark.parametrize(
    "before, after",
    [
        ("e.http_status", 'getattr(e, "status_code", None)'),
        ("e.user_message", 'e.body["message"]'),
        ("e.json_body['error']['code']", "e.body['code']"),
        ("print(e)", 'print(e.body["message"])'),
        ('print(f"{e}")', "print(f\"{e.body['message']}\")"),
        ("raise e", "raise e"),
    ],
)
def test_a_field_of_an_error(before: str, after: str) -> None:
    text = TRY.format("openai.error.RateLimitError as e", before)
    assert body(text).endswith(f"    {after}\n")
    assert rules(text) == []


@pytest.mark.parametrize(
    "clause, line, expected",
    [
        ("openai.error.ServiceUnavailableError", "pass", ["error-wider"]),
        ("openai.error.APIConnectionError", "pass", ["error-wider"]),
        ("(openai.error.APIConnectionError, openai.error.Timeout)", "pass", []),
        ("Exception as e", "print(e)", ["error-text"]),
        ("Exception as e", "raise", []),
        ("ValueError as e", "print(e)", []),
        ("openai.error.Timeout as e", "print(e)", ["error-text"]),
        ("openai.error.RateLimitError as e", "print(e.error.code)", ["error-text"]),
    ],
)
def test_what_is_marked_of_errors(clause: str, line: str, expected: List[str]) -> None:
    assert rules(TRY.format(clause, line)) == expected


def test_api_error_is_unsafe() -> None:
    text = TRY.format("openai.error.APIError", "pass")
    assert rules(text) == ["error-api"]
    assert "except openai.error.APIError:" in body(text)
    assert "except openai.InternalServerError:" in body(text, unsafe=True)


# --- imports -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "before, after",
    [
        (
            "from openai import ChatCompletion\nChatCompletion.create(model=m)\n",
            f"import openai\n{ONCE}openai.chat.completions.create(model=m)\n",
        ),
        (
            "import openai as ai; x = 1\nai.Model.list()\n",
            "import openai as ai; ai.max_retries = 0; x = 1\nai.models.list()\n",
        ),
        (
            "import openai.error\nopenai.Model.list()\n",
            f"import openai\n{ONCE}openai.models.list()\n",
        ),
        (
            "from openai.error import Timeout, RateLimitError\n",
            "from openai import APITimeoutError as Timeout, RateLimitError\n",
        ),
        (
            "try:\n    import openai\nexcept ImportError:\n    openai = None\nopenai.Model.list()",
            f"try:\n    import openai\n    {ONCE}except ImportError:\n    openai = None\n"
            "openai.models.list()",
        ),
        (
            "from openai import OpenAI\nOpenAI().models.list()\n",
            "from openai import OpenAI\nOpenAI().models.list()\n",
        ),
        (
            "import openai\nopenai.max_retries = 2\nopenai.Model.list()\n",
            "import openai\nopenai.max_retries = 2\nopenai.models.list()\n",
        ),
    ],
)
def test_an_import(before: str, after: str) -> None:
    assert rewrite_text(before, Options())[0] == after


@pytest.mark.parametrize(
    "text",
    [
        "from openai import OpenAI\nr = OpenAI().chat.completions.create(model=m)\n"
        "print(r.choices[0].message.content)\n",
        "import openai\ntry:\n    openai.OpenAI().models.list()\nexcept openai.APIError as e:\n"
        "    print(e)\n",
        "from openai.types import Completion\nfrom openai.types.chat import ChatCompletion\n"
        "def f(x: ChatCompletion) -> Completion:\n    return x.choices\n",
        "import openai\nopenai.api_type, openai.api_version = t, v\nv = openai.api_version\n",
        "class openai:\n    class ChatCompletion:\n        pass\nopenai.ChatCompletion.create()\n",
        "def f(openai):\n    return openai.ChatCompletion.create()\n",
    ],
)
def test_code_of_today_is_left_alone(text: str) -> None:
    new_text, _, markers = rewrite_text(text, Options("openai", True))
    assert (new_text, markers) == (text, ())


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_the_table_is_whole(rule: object) -> None:
    assert rule.kind in ("S", "U", "M")  # type: ignore[attr-defined]
    assert rule.what.en and rule.before  # type: ignore[attr-defined]
    assert rule.after or rule.kind == "M"  # type: ignore[attr-defined]


def test_what_a_call_gives_that_stays_is_no_new_reply() -> None:
    text = "def f(*a):\n    r = openai.Moderation.create(*a)\n    return r.choices, r['id']\n"
    assert rules(text) == ["stream-unknown"]
    assert "return r.choices, r['id']" in body(text)


def test_a_history_that_is_sent_and_added_to_is_followed() -> None:
    text = (
        "history = []\n\n\ndef ask():\n"
        "    r = openai.ChatCompletion.create(model=m, messages=history)\n"
        "    history.append(r.choices[0].message)\n    return history[-1].content\n\n\n"
        "ask()\nprint(history[0].content)\n"
    )
    assert 'return history[-1]["content"]' in body(text)
    assert 'print(history[0]["content"])' in body(text)
    assert rules(text) == []


def test_what_is_kept_of_an_import_stands_below_its_comment() -> None:
    text = (
        "from openai.error import RateLimitError, OpenAIError\ntry:\n    f()\n"
        "except RateLimitError:\n    raise OpenAIError('x')\n"
    )
    once = rewrite_text(text, Options())[0]
    lines = once.splitlines()
    assert lines[0].startswith("# dsadapter migrate error-use: ")
    assert lines[1:3] == ["from openai.error import OpenAIError", "import openai"]
    assert rewrite_text(once, Options())[0] == once


def test_the_error_of_a_registered_handler_is_followed() -> None:
    text = (
        "import openai\n\n\n@app.errorhandler(openai.error.OpenAIError)\ndef failed(error):\n"
        "    return getattr(error, 'http_status', None), error.http_status\n"
    )
    new, _, markers = rewrite_text(text, Options())
    status = 'getattr(error, "status_code", None)'
    assert f"    return {status}, {status}\n" in new and markers == ()


@pytest.mark.parametrize("text", ["x.http_status", "getattr(x, 'http_body', '')", "f().json_body"])
def test_a_field_of_an_error_that_nobody_follows_is_marked(text: str) -> None:
    calls = "openai.ChatCompletion.create(model=m)\n\n\ndef on_error(x):\n"
    assert rules(f"{calls}    return {text}\n") == ["error-use"]
    assert rules(f"def on_error(x):\n    return {text}\n") == []


def test_an_import_that_nobody_uses_goes() -> None:
    text = "from openai.error import APIError, RateLimitError\n"
    text += "try:\n    f()\nexcept RateLimitError:\n    pass\n"
    new, _, markers = rewrite_text(f"import openai\n{text}", Options())
    assert "APIError" not in new and markers == ()
    used = rewrite_text(f"import openai\n{text}", Options(is_mentioned=lambda word, path: True))
    assert [marker.rule for marker in used[2]] == ["error-use"]


@pytest.mark.parametrize(
    "arguments, left",
    [
        ("model=m, api_key=None, organization=None", "model=m"),
        ("model=m, api_key=None, organization=None,", "model=m, "),
        ("model=m,\n    api_key=None,\n    api_type=None,\n", "model=m,\n"),
        ("model=m,\n    api_key=None,\n    api_type=None\n", "model=m\n"),
        ("api_key=None, model=m, api_type=None", "model=m"),
    ],
)
def test_arguments_that_go_take_their_commas_along(arguments: str, left: str) -> None:
    assert f"openai.chat.completions.create({left})" in body(
        f"openai.ChatCompletion.create({arguments})\n"
    )


@pytest.mark.skipif(sys.version_info < (3, 10), reason="match")
def test_a_reply_that_is_matched_is_a_dict() -> None:
    text = (
        "r = openai.ChatCompletion.create(model=m)\nmatch r:\n    case {'id': i}:\n        f(i)\n"
    )
    assert "create(model=m).to_dict()" in body(text)


def test_what_a_file_has_in_it() -> None:
    text = "with open(f, 'wb') as out:\n    out.write(openai.File.download(i))\n"
    assert "out.write(openai.files.content(i).content)" in body(text)
    assert "openai.files.content(file_id=i).content" in body("openai.File.download(id=i)\n")
    assert "openai.models.retrieve(model=i)" in body("openai.Model.retrieve(id=i)\n")
    text = "async def f(i):\n    return await openai.File.adownload(i)\n"
    assert "        return (await client.files.content(i)).content\n" in body(text)
