"""Texts of the program itself: async, JSON, settings, other people's packages."""

from __future__ import annotations

from typing import Tuple

from ..row import ANY_PACKAGE, LIKELY, OWN_CODE, POSSIBLE, Row

_PROXIES = (
    r"(?<![\w.])(?:(?:Async)?Client\.)?__init__\(\) got an unexpected keyword argument 'proxies'"
)
_STANDARD = (
    "abc|argparse|ast|asyncio|base64|calendar|code|codecs|collections|concurrent|configparser|copy|"
    "csv|dataclasses|datetime|decimal|email|enum|functools|hashlib|html|http|importlib|inspect|io|"
    "ipaddress|itertools|json|keyword|logging|math|operator|os|pathlib|pickle|platform|queue|random|"
    "re|secrets|select|signal|site|socket|ssl|stat|statistics|string|struct|subprocess|tempfile|"
    "threading|time|token|tokenize|traceback|types|typing|unittest|urllib|uuid|warnings|weakref|xml"
)

ROWS: Tuple[Row, ...] = (
    Row("program-proxies", _PROXIES, packages=(OWN_CODE,)),
    Row(
        "env-proxies-package",
        _PROXIES,
        ("pip install --upgrade {dist}", 'pip install "httpx<0.28"'),
        packages=(ANY_PACKAGE,),
        general=True,
    ),
    Row(
        "env-shadow-stdlib-module",
        rf"No module named '(?P<name>{_STANDARD})\.\w+'; '\w+' is not a package"
        rf"|partially initialized module '(?P<other>{_STANDARD})'"
        rf"|cannot import name '\w+' from '(?P<third>{_STANDARD})' \((?![^)]*lib/python)"
        rf"(?![^)]*\\[Ll]ib\\)[^)]+\.py\)",
        checks=("sdk-stdlib-shadow",),
    ),
    Row(
        "env-circular",
        r"partially initialized module '(?P<name>[\w.]+)'",
        sure=LIKELY,
        general=True,
    ),
    Row(
        "key-variable",
        r"KeyError: ['\"](?P<name>\w*(?:API_?KEY|SECRET|TOKEN))['\"]",
        checks=("settings-key",),
        sure=LIKELY,
        keeps_fix=True,
    ),
    Row(
        "program-key-none",
        r"Illegal header value b'Bearer '|Header part \(None\)|must be str(?:, bytes)?[^\n]* "
        r"not NoneType[^\n]*environ",
        sure=LIKELY,
    ),
    Row("program-body-latin1", r"Body \([^\n]*\) is not valid Latin-1"),
    Row(
        "env-print",
        r"\bprint\([^\n]*\n(?:[\s^~]*\n)?(?:\w+\.)*UnicodeEncodeError: "
        r"'(?P<name>[\w-]+)' codec can't encode",
        ("$PYTHONUTF8=1",),
    ),
    Row(
        "env-encode",
        r"'(?P<name>ascii|latin-1)' codec can't encode characters? (?:'[^']*' )?in position "
        r"(?P<position>\d+)",
        sure=POSSIBLE,
        general=True,
    ),
    Row(
        "program-json-answer",
        r"json\.loads\([^\n]*(?:content|answer|reply|completion|output|response|arguments|text)"
        r"[^\n]*\)[^\n]*\n(?:(?!Traceback)[^\n]*\n)*?[^\n]*JSONDecodeError: [^\n]*",
        sure=LIKELY,
    ),
    Row(
        "program-json-file",
        r"(?:json\.load\(|json\.loads\([^\n]*(?:read_text|\.read\(|open\())[^\n]*\n"
        r"(?:(?!Traceback)[^\n]*\n)*?[^\n]*JSONDecodeError: (?P<what>[^\n]*)",
    ),
    Row(
        "program-json",
        r"JSONDecodeError: (?P<what>[^\n]*: line (?!1 column)\d+ column \d+ \(char \d+\))",
        sure=LIKELY,
    ),
    Row(
        "program-stream-attribute",
        r"'(?:Async)?Stream' object has no attribute '(?P<name>choices|usage|content|model)'"
        r"|'(?:Async)?Stream' object is not subscriptable"
        r"|'generator' object has no attribute '(?P<other>choices)'",
    ),
    Row(
        "program-not-awaited",
        r"'coroutine' object (?:has no attribute '(?P<name>\w+)'|is not (?:subscriptable|iterable))"
        r"|coroutine '(?P<other>[\w.]+)' was never awaited"
        r"|requires an object with __aiter__ method, got coroutine"
        r"|Object of type coroutine is not JSON|object of type 'coroutine' has no len"
        r"|not \"coroutine\"\)|non-iterable coroutine object|argument of type 'coroutine'"
        r"|expected str instance, coroutine found|(?:not|got) '?coroutine'?\b"
        r"|'(?:str|int|float|NoneType)' and 'coroutine'|'coroutine' and '(?:str|int|float)'",
    ),
    Row(
        "program-await-sync",
        r"object (?P<kind>ChatCompletion|Stream|Completion|CreateEmbeddingResponse|\w+) can't be "
        r"used in 'await' expression",
    ),
    Row(
        "program-sync-iteration",
        r"requires an object with __aiter__ method, got (?P<kind>(?!coroutine)\w+)"
        r"|'AsyncStream' object is not iterable|'async_generator' object is not iterable",
    ),
    Row(
        "program-running-loop",
        r"asyncio\.run\(\) cannot be called from a running event loop"
        r"|This event loop is already running",
    ),
    Row(
        "program-no-loop",
        r"There is no current event loop in thread|no running event loop"
        r"|Timeout context manager should be used inside a task",
    ),
    Row("program-other-loop", r"attached to a different loop|is bound to a different event loop"),
    Row(
        "env-settings-moved",
        r"`BaseSettings` has been moved to the `pydantic-settings` package",
        ("pip install pydantic-settings",),
    ),
    Row(
        "program-settings",
        r"validation errors? for (?P<kind>\w*(?:Settings|Config)\w*)\s+(?P<name>\w+)",
    ),
    Row(
        "program-validation",
        r"validation errors? for (?P<kind>[\w\[\]., ]+)\n",
        sure=LIKELY,
        general=True,
    ),
    Row(
        "tiktoken-model",
        r"Could not automatically map (?P<name>\S+) to a tokeni[sz]er",
    ),
    Row("tiktoken-encoding", r"Unknown encoding (?P<name>\w+)\.", sure=LIKELY),
    Row(
        "tiktoken-download",
        r"openaipublic\.blob\.core\.windows\.net",
    ),
    Row(
        "sdk-types-name",
        r"cannot import name '(?P<name>\w+)' from 'openai\.(?P<kind>types|resources|_types|lib|"
        r"_utils|_models|_compat)[\w.]*'|No module named 'openai\.(?P<other>types\.\w+[\w.]*)'"
        r"(?!; 'openai' is not)",
        ("pip install --upgrade openai",),
    ),
    Row(
        "program-reply-none",
        r"'NoneType' object has no attribute '(?P<name>choices|usage|message|delta|"
        r"model_dump|model_dump_json)'",
        sure=LIKELY,
    ),
    Row(
        "program-await-outside",
        r"SyntaxError: '(?P<name>await|async for|async with)' outside (?:async )?function"
        r"|SyntaxError: asynchronous comprehension outside",
    ),
    Row(
        "program-choices-list",
        r"'list' object has no attribute '(?P<name>message|delta|finish_reason)'",
        sure=LIKELY,
    ),
    Row(
        "program-reply-field",
        r"'(?P<kind>ChatCompletion(?:Message|Chunk)?|Choice|ChoiceDelta|Completion)' object has no "
        r"attribute '(?P<name>(?!reasoning_content|get'|to_dict)\w+)'",
        sure=LIKELY,
        general=True,
    ),
    Row(
        "program-source-encoding",
        r"Non-UTF-8 code starting with|\(unicode error\) 'utf-8' codec can't decode",
    ),
    Row(
        "program-fullwidth",
        r"SyntaxError: invalid (?:non-printable )?character (?:'(?P<char>.)' )?\(?U\+"
        r"(?P<name>[0-9A-F]+)",
    ),
    Row("env-open-files", r"\[Errno 24\]|Too many open files", sure=LIKELY),
    Row("env-broken-pipe", r"BrokenPipeError|\[Errno 32\] Broken pipe", sure=LIKELY, general=True),
    Row(
        "program-dict-reply",
        r"'(?P<kind>dict|tuple|list|bytes|int)' object has no attribute '(?P<name>choices|usage)'",
        sure=LIKELY,
    ),
)
