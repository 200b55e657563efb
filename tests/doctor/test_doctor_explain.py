"""``explain``: every row of knowledge is found by the text it is about, in both languages."""

from __future__ import annotations

import json
import re
from typing import Any, Tuple

import pytest
from doctor_machines import machine
from doctor_samples import SAMPLES
from test_doctor_error_texts import CASES

from dsadapter._doctor import explain_match, reference
from dsadapter._doctor.explain import ROWS
from dsadapter._doctor.registry import CHECKS
from dsadapter._doctor.snapshot import Settings, Snapshot
from dsadapter._texts.explain import EXPLANATIONS

CUT = "TypeError: Client.__init__() got an unexpected key"
KEY = "sk-0123456789abcdef0123456789abcdef"
CONNECTION = "\n\nThe above exception was ...\n\nopenai.APIConnectionError: Connection error."


def top(text: str, s: Snapshot) -> str:
    found = explain_match.matches(explain_match.clean(text), s)
    return found[0].row.id if found else ""


@pytest.mark.parametrize(
    ("text", "row"), SAMPLES, ids=[f"{n}-{r}" for n, (_, r) in enumerate(SAMPLES)]
)
@pytest.mark.parametrize("generation", ["none", "0.28.1", "3.54.0"])
def test_sample(text: str, row: str, generation: str) -> None:
    assert top(text, machine(generation)) == row


def test_every_row_has_a_sample() -> None:
    rows = {row for _, row in SAMPLES} | {case.row for case in CASES}
    assert rows - {""} == {row.id for row in ROWS}


def test_no_row_is_there_twice() -> None:
    ids = [row.id for row in ROWS]
    assert len(set(ids)) == len(ids) and set(ids) == set(EXPLANATIONS)


@pytest.mark.parametrize("generation", ["none", "0.28.1", "1.109.1", "3.54.0"])
def test_texts_are_whole_in_both_languages(generation: str) -> None:
    for text in [*(text for text, _ in SAMPLES), *(case.text for case in CASES)]:
        for match in explain_match.matches(text, machine(generation)):
            for said in (match.cause, match.fix.text, *match.here):
                assert said is not None and said.en and said.zh
                for language in said:
                    assert "{{" not in language
                    assert "downgrade" not in language


# --- the guide's traceback -----------------------------------------------------------------------


def test_the_guides_cut_off_traceback_where_the_fault_is() -> None:
    s = machine("1.109.1", versions={"openai": "1.55.2"})
    match = explain_match.matches(CUT, s)[0]
    assert match.row.id == "env-httpx-proxies-cut"
    assert match.sure == "certain"  # the environment proves it
    assert "openai 1.55.2 passes `proxies=`" in match.here[-1].en
    shown = [command.shown for command in match.fix.commands]
    assert shown == ['pip install "openai>=1.55.3,<2"', 'pip install "httpx<0.28"']


def test_the_guides_cut_off_traceback_elsewhere() -> None:
    match = explain_match.matches(CUT, machine("3.54.0"))[0]
    assert match.sure == "likely"
    assert "does not say so" in match.here[-1].en
    assert (
        match.fix.text is not None and "In the environment that it comes from" in match.fix.text.en
    )
    assert all(not command.argv for command in match.fix.commands)  # not to be run here


@pytest.mark.parametrize("text", [text for text, row in SAMPLES if row.startswith(("sdk", "env"))])
def test_the_answer_is_never_to_go_back(text: str) -> None:
    for generation in ("none", "0.28.1", "1.109.1", "3.54.0"):
        match = explain_match.matches(text, machine(generation))[0]
        commands = " ".join(command.shown for command in match.fix.commands)
        assert "openai==0" not in commands and "openai<1" not in commands


# --- what is said of the text ---


def said(text: str, s: Snapshot) -> str:
    match = explain_match.matches(explain_match.clean(text), s)[0]
    return f"{match.cause.en}|{match.fix.text.en if match.fix.text else ''}"


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("1 validation error for Person\nage\n  Input should be", "model Person; the lines below"),
        ("Invalid URL 'example.com/data': No scheme supplied", "|Write https://example.com/data"),
        ("No connection adapters were found for 'localhost:1/a'", "|Write https://localhost:1/a"),
        ("No module named 'openai.types'; 'openai' is not a package", "is named openai.py"),
        ("No module named 'pydantic_core._pydantic_core'", "version or platform"),
        ("No module named 'pydantic_core._pydantic_core'", "--platform"),
        ("No module named 'openai.types'", "it is older than 1.0"),
        ("No module named 'dsadapter'", "docs/install.md"),
        ("messages[1]: missing field `content`", "messages[1] of the request has no content."),
        (
            'target type: top_p: invalid type: string \\"hot\\", expected f32 at line 1 column 5',
            'top_p: invalid type: string "hot", expected f32|',
        ),
        ("DLL load failed while importing _sqlite3: x", "load _sqlite3, a compiled part of Python"),
        ("host='api.github.com' Read timed out", "api.github.com gave no answer in time."),
    ],
)
def test_what_the_text_names_is_named(text: str, part: str) -> None:
    text = text.replace("target type", "Failed to deserialize the JSON body into the target type")
    assert part in said(text, machine())


@pytest.mark.parametrize(
    "text",
    [
        "requests.exceptions.MissingSchema: Invalid URL 'example.com/data': No scheme supplied.",
        "httpx.UnsupportedProtocol: Request URL is missing an 'http://' or 'https://' protocol.",
        "HTTPSConnectionPool(host='api.github.com', port=443): Read timed out. (read timeout=600)",
        "TimeoutError: [Errno 110] Connection timed out",
        "{'error': {'code': '404', 'message': 'Resource not found'}}",
    ],
)
def test_nobody_elses_fault_is_told_as_deepseeks(text: str) -> None:
    found = explain_match.matches(explain_match.clean(text), machine())
    assert found
    for match in found:
        assert "deepseek" not in f"{match.cause.en} {match.fix.text}".lower()


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("The api_key client option must be set", "api_key=os.environ"),
        ("KeyError: 'OPENAI_API_KEY'", "load_dotenv()"),
    ],
)
def test_without_a_key_the_texts_own_fix_stands_beside_the_checks(text: str, own: str) -> None:
    fix = explain_match.matches(text, machine(settings=Settings(key=None)))[0].fix.text
    assert fix is not None and own in fix.en and "Write it into .env" in fix.en
    assert "写入 .env" in fix.zh


# --- this environment ----------------------------------------------------------------------------


def test_a_traceback_of_another_environment_is_told() -> None:
    text = f'  File "/other/venv/lib/python3.9/site-packages/openai/a.py", line 1\n{CUT}'
    here = explain_match.matches(text, machine())[0].here
    assert any("/other/venv/lib/python3.9/site-packages" in said.en for said in here)


def test_a_check_that_finds_the_fault_gives_its_fix() -> None:
    from dsadapter._doctor.snapshot import Network, Proxy

    proxy = Proxy("ALL_PROXY", "socks5://127.0.0.1:1", "socks5", "127.0.0.1")
    s = machine("1.109.1", network=Network((proxy,)))
    match = explain_match.matches("the 'socksio' package is not installed", s)[0]
    assert "This environment has that fault: ALL_PROXY=" in match.here[-1].en
    assert [c.shown for c in match.fix.commands][0] == 'pip install "httpx[socks]"'


def test_the_cause_behind_an_empty_phrase_comes_first() -> None:
    text = "httpx.ConnectError: [SSL: CERTIFICATE_VERIFY_FAILED] failed" + CONNECTION
    found = [match.row.id for match in explain_match.matches(text, machine())]
    assert found[0] == "net-certificate" and "net-connection" in found


def test_one_line_has_one_cause() -> None:
    """What a general row knows of the same line is not told besides."""
    text = "TypeError: OpenAI.__init__() got an unexpected keyword argument 'proxies'"
    found = [match.row.id for match in explain_match.matches(text, machine())]
    assert found == ["sdk-client-proxies"]


# --- the command ---------------------------------------------------------------------------------


def test_from_a_pipe(run: Any) -> None:
    ran = run("explain", stdin=CUT.encode())
    assert ran.code == 0
    assert "env-httpx-proxies-cut" in ran.out and "openai>=1.55.3,<2" in ran.out


def test_in_chinese(run: Any) -> None:
    ran = run("explain", "--lang", "zh", stdin=CUT.encode())
    assert ran.code == 0
    assert "很可能" in ran.out or "确定" in ran.out


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gbk"])
def test_whatever_the_pipe_is_encoded_in(run: Any, encoding: str) -> None:
    text = f"错误：{CUT}\n"
    assert "env-httpx-proxies-cut" in run("explain", stdin=text.encode(encoding)).out


def test_a_long_log_is_cut_between_lines(run: Any) -> None:
    log = "日志 日志\n" * 30_000 + CUT
    assert "env-httpx-proxies-cut" in run("explain", stdin=log.encode()).out
    log = "日志" * 60_000 + "\n错误：密钥 x\n" + "SomeError: 中文"
    assert "SomeError: 中文" in run("explain", stdin=log.encode()).out


def test_from_a_file(run: Any, tmp_path: Any) -> None:
    (tmp_path / "error.txt").write_text("Insufficient Balance", encoding="utf-8")
    ran = run("explain", "error.txt", "--json")
    assert ran.code == 0
    data = json.loads(ran.out)
    assert data["schema"] == 1 and data["explained"] is True
    assert data["matches"][0]["id"] == "api-balance"
    assert set(data["matches"][0]) == {"id", "certainty", "vendor", "cause", "here", "fix"}


def test_a_file_that_is_not_there(run: Any) -> None:
    ran = run("explain", "nowhere.txt")
    assert ran.code == 2 and "nowhere.txt" in ran.err and "Traceback" not in ran.err


def test_what_it_does_not_know_it_says(run: Any) -> None:
    ran = run("explain", stdin=b"Traceback ...\nZeroDivisionError: division by zero\n")
    assert ran.code == 1
    assert "do not know" in ran.out and "ZeroDivisionError" in ran.out


@pytest.mark.parametrize(
    "raw",
    [b"", b"all is well\n", b"\xff\xfe\x00", b"\0\0\0\0", b"3 passed, 0 failed\n", b"errors: 0\n"],
)
def test_no_error_at_all(run: Any, raw: bytes) -> None:
    ran = run("explain", stdin=raw)
    assert ran.code == 0 and "I see no error" in ran.out and not ran.err


@pytest.mark.parametrize(
    "text",
    [
        "docker: Cannot connect to the Docker daemon at unix:///var/run/docker.sock.",
        "openai: error: argument command: invalid choice: 'chat'",
        "E       AssertionError: assert 1 == 2",
        "FAILED tests/test_app.py::test_reply - assert 1 == 2",
        "===== 1 failed, 3 passed in 0.12s =====",
        '{"error_code": 7, "detail": "no"}',
        "curl: (99) it went wrong",
    ],
)
def test_an_error_of_another_program_is_seen(run: Any, text: str) -> None:
    ran = run("explain", stdin=f"{text}\n".encode())
    assert ran.code == 1 and "do not know" in ran.out
    assert text[:20] in ran.out


@pytest.mark.parametrize(
    "text",
    [
        f"httpx.LocalProtocolError: Illegal header value b'Bearer {KEY}\\n'",
        f'ValueError: Invalid header value b"Bearer {KEY}"',
        f"openai.AuthenticationError: Incorrect API key provided: {KEY}.",
        f"SomeError: 'Bearer my 密钥 {KEY[3:]}'",
        f"SomeError: https://user:{KEY[3:]}@host/",
        "SomeError: bce-v3/ALTAK-0123456789abcdef/0123456789abcdef",
    ],
)
@pytest.mark.parametrize("how", [(), ("--json",)])
def test_keys_in_the_text_are_not_repeated(run: Any, text: str, how: Tuple[str, ...]) -> None:
    ran = run("explain", *how, stdin=text.encode())
    assert KEY[3:] not in ran.out + ran.err and KEY[3:-4] not in ran.out
    assert "0123456789abcdef" not in ran.out


def test_colours_of_the_terminal_do_not_matter() -> None:
    assert top(f"\x1b[31mTypeError\x1b[0m: {CUT[11:]}", machine()) == "env-httpx-proxies-cut"


def test_only_what_is_of_the_text_is_hidden(run: Any) -> None:
    proxy = b"ProxyError: http://me:swordfish@host: 407 Proxy Authentication Required"
    out = run("explain", stdin=proxy).out
    assert "http://user:password@host:port" in out and "swordfish" not in out
    absent = " ".join(run("explain", stdin=b"Authentication Fails (governor)").out.split())
    assert "none behind `Bearer `: the variable is empty, or a .netrc file" in absent


@pytest.mark.parametrize("how", [(), ("--json",)])
@pytest.mark.parametrize(
    "text",
    [
        f"requests.exceptions.MissingSchema: Invalid URL 'me:swordfish@host/?key={KEY}': "
        f"No scheme supplied. Perhaps you meant https://me:swordfish@host/?key={KEY}?",
        f"KeyError: '{KEY}API_KEY'",
        "Failed to deserialize the JSON body into the target type: "
        f"Bearer {KEY[3:]} at line 1 column",
    ],
)
def test_keys_that_a_cause_would_name_are_hidden(run: Any, text: str, how: Tuple[str, ...]) -> None:
    out = run("explain", *how, stdin=text.encode()).out
    assert KEY[3:] not in out and "swordfish" not in out


def test_a_key_of_this_machine_that_is_a_word_leaves_our_sentences_alone(run: Any) -> None:
    text = b"openai.APITimeoutError: Request timed out."
    out = run("explain", stdin=text, env={"OPENAI_API_KEY": "DeepSeek"}).out
    assert "DeepSeek may queue" in out


# --- ids -----------------------------------------------------------------------------------------


def test_an_id_gives_why_and_what_mends_it(run: Any) -> None:
    ran = run("explain", "code-stream-content")
    assert ran.code == 0
    assert "delta.content is None" in ran.out
    assert "Example: text += chunk.choices[0].delta.content" in ran.out
    assert 'Fix:     Write text += delta.content or ""' in ran.out


def test_an_id_in_chinese_and_as_json(run: Any) -> None:
    assert "原因：" in run("explain", "settings-key", "--lang", "zh").out
    data = json.loads(run("explain", "conflict-httpx-proxies", "--json").out)
    assert data["group"] == "conflicts" and "proxies" in data["why"] and "openai>=" in data["fix"]


def test_an_id_of_an_error_text(run: Any) -> None:
    out = run("explain", "env-import-module").out
    assert "env-import-module" in out and "<name>" in out and "pip install <dist>" in out
    data = json.loads(run("explain", "program-reply-none", "--json", "--lang", "zh").out)
    assert data["group"] == "explain" and "None" in data["why"] and "return" in data["fix"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_every_row_says_what_it_says_without_a_text(row: Any) -> None:
    reason = reference.row_entry(row).reason
    assert reason is not None
    for text in (*reason.why, *reason.remedy):
        assert text and not re.search(r"\{\w+\}", text)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_every_id_has_a_reason(check: Any) -> None:
    data = reference.entry_data(reference.entry(check), "zh")
    assert data["why"] and data["fix"]
    assert data["example"] or check.group != "code"


# --- what is said about this environment ---------------------------------------------------------


def test_a_package_that_is_not_here_either_is_no_fault_of_elsewhere() -> None:
    text = "ModuleNotFoundError: No module named 'openai'"
    match = explain_match.matches(text, machine("none"))[0]
    assert match.sure == "certain"
    assert match.here[-1].en == "This Python has no openai, either."
    elsewhere = explain_match.matches(text, machine("3.54.0"))[0]
    assert elsewhere.sure == "certain" and "may come from another" in elsewhere.here[-1].en


def test_a_frame_of_another_package_names_that_package() -> None:
    case = next(case for case in CASES if case.vendor == "Groq")
    match = explain_match.matches(explain_match.clean(case.text), machine("1.109.1"))[0]
    assert "The package groq" in match.cause.en
    assert "pip install --upgrade groq" in match.fix.commands[0].shown


def test_what_was_the_cause_comes_first() -> None:
    text = (
        "Traceback (most recent call last):\n"
        '  File "/x/site-packages/openai/_base_client.py", line 1, in f\n'
        "openai.APIStatusError: Error code: 402 - Insufficient Balance\n\n"
        "During handling of the above exception, another exception occurred:\n\n"
        "Traceback (most recent call last):\n"
        '  File "/x/app.py", line 1, in f\n'
        "AttributeError: module 'openai' has no attribute 'error'\n"
    )
    found = [match.row.id for match in explain_match.matches(text, machine())]
    assert found == ["api-balance", "sdk-no-error-attribute"]
