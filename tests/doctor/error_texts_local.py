# ruff: noqa: E501  (texts stand as they are printed)
"""Error texts of installers, shells, networks and programs, written anew for these tests."""

from __future__ import annotations

from typing import List

from error_texts import CAUSED, DECODE, MEANWHILE, SITE, Case, server, traceback

CONNECTION = "openai.APIConnectionError: Connection error."
VERIFY = "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: "
POOL = "HTTPSConnectionPool(host='{host}', port=443): Max retries exceeded with url: /{path} (Caused by {cause})"


def behind(cause: str) -> str:
    """A cause as the SDK hides it."""
    return (
        traceback("app.py: r = create()", "httpx/_transports/default.py", cause)
        + CAUSED
        + traceback("app.py: r = create()", "openai/_base_client.py", CONNECTION)
    )


INSTALL: List[Case] = [
    Case(
        "error: externally-managed-environment\n\n× This environment is externally managed",
        "pip-managed",
        "",
        True,
    ),
    Case(
        "ERROR: Cannot install a==1 and b==2 because these package versions have conflicting dependencies.\nERROR: ResolutionImpossible: for help visit https://pip.pypa.io/en/latest/topics/dependency-resolution/",
        "pip-conflict",
        "",
        True,
    ),
    Case(
        "  × No solution found when resolving dependencies:\n  ╰─▶ Because x depends on y<2 and you require y>=3, we can conclude that it fails.",
        "pip-conflict",
        "",
        True,
    ),
    Case(
        "ERROR: pip's dependency resolver does not currently take into account all the packages that are installed.\nlangchain-openai 0.1 requires openai<2, but you have openai 3.5 which is incompatible.",
        "pip-conflict-after",
        "",
        True,
    ),
    Case(
        "ERROR: Could not find a version that satisfies the requirement opena1 (from versions: none)\nERROR: No matching distribution found for opena1",
        "pip-no-match",
    ),
    Case(
        "ERROR: Ignored the following versions that require a different python version: 2.0 Requires-Python >=3.9\nERROR: Package 'x' requires a different Python: 3.7.9 not in '>=3.8'",
        "pip-python",
    ),
    Case(
        "  error: subprocess-exited-with-error\n  × Building wheel for tokenizers did not run successfully.\nERROR: Failed building wheel for tokenizers",
        "pip-wheel",
    ),
    Case(
        "error: metadata-generation-failed\n× Encountered error while generating package metadata.",
        "pip-wheel",
    ),
    Case(
        "error: Microsoft Visual C++ 14.0 or greater is required.\nERROR: Failed building wheel for chroma-hnswlib",
        "pip-compiler",
        "",
        True,
    ),
    Case(
        "error: can't find Rust compiler\nERROR: Failed building wheel for jiter",
        "pip-compiler",
        "",
        True,
    ),
    Case(
        "Cargo, the Rust package manager, is not installed or is not on PATH.\nerror: metadata-generation-failed",
        "pip-compiler",
        "",
        True,
    ),
    Case(
        "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.",
        "pip-hashes",
        "",
        True,
    ),
    Case(
        "ERROR: Hashes are required in --require-hashes mode, but they are missing from some requirements",
        "pip-hashes",
        "",
        True,
    ),
    Case(
        "ERROR: Could not install packages due to an OSError: [WinError 5] Access is denied: 'C:\\\\Python312\\\\Lib\\\\x.pyd'",
        "pip-permission",
        "",
        True,
    ),
    Case(
        "ERROR: Could not install packages due to an OSError: [Errno 13] Permission denied: '/usr/local/lib/python3.12'",
        "pip-permission",
        "",
        True,
    ),
    Case(
        "PermissionError: [WinError 32] The process cannot access the file because it is being used by another process",
        "pip-locked",
    ),
    Case(
        "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device",
        "pip-disk",
        "",
        True,
    ),
    Case(
        "WARNING: Retrying (Retry(total=4, connect=None, read=None, redirect=None, status=None)) after connection broken by 'ReadTimeoutError(\"HTTPSConnectionPool(host='pypi.org', port=443): Read timed out.\")': /simple/openai/",
        "pip-index",
    ),
    Case(
        "WARNING: Retrying (Retry(total=0)) after connection broken by 'SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed'))': /simple/openai/",
        "pip-certificate",
        "",
        True,
    ),
    Case(
        'Could not fetch URL https://pypi.org/simple/openai/: There was a problem confirming the ssl certificate: (Caused by SSLError("Can\'t connect"))',
        "pip-certificate",
        "",
        True,
    ),
    Case("/usr/bin/python3: No module named pip", "pip-missing", "", True),
    Case("ModuleNotFoundError: No module named 'pip'", "pip-missing", "", True),
    Case("bash: pip: command not found", "pip-command", "", True),
    Case("zsh: command not found: pip", "pip-command", "", True),
    Case("sh: 1: pip: not found", "pip-command", "", True),
    Case(
        "'pip' is not recognized as an internal or external command,\noperable program or batch file.",
        "pip-command",
        "",
        True,
    ),
    Case("'pip' 不是内部或外部命令，也不是可运行的程序", "pip-command", "", True),
    Case(
        "pip : The term 'pip' is not recognized as the name of a cmdlet, function, script file, or operable program.",
        "pip-command",
        "",
        True,
    ),
    Case(
        "pip : 无法将“pip”项识别为 cmdlet、函数、脚本文件或可运行程序的名称。",
        "pip-command",
        "",
        True,
    ),
    Case("bash: python: command not found", "python-command", "", True),
    Case(
        "Python was not found; run without arguments to install from the Microsoft Store",
        "python-command",
        "",
        True,
    ),
    Case(
        '  File "<stdin>", line 1\n    pip install openai\n        ^^^^^^^\nSyntaxError: invalid syntax',
        "pip-in-python",
        "",
        True,
    ),
    Case(
        "ERROR: Invalid requirement: 'openai=1.2': Expected end or semicolon",
        "pip-requirement",
        "",
        True,
    ),
    Case(
        "ERROR: Could not open requirements file: [Errno 2] No such file or directory: 'requirements.txt'",
        "pip-file",
        "",
        True,
    ),
    Case(
        "ImportError: DLL load failed while importing _pydantic_core: The specified module could not be found.",
        "env-dll",
    ),
    Case(
        "ImportError: /lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.34' not found (required by /x/jiter.so)",
        "env-glibc",
        "",
        True,
    ),
    Case(
        "ImportError: dlopen(/x/jiter.cpython-312-darwin.so, 0x0002): tried: '/x' (mach-o file, but is an incompatible architecture (have 'x86_64', need 'arm64'))",
        "env-architecture",
        "",
        True,
    ),
    Case(
        "ImportError: /x/_rust.abi3.so: wrong ELF class: ELFCLASS32", "env-architecture", "", True
    ),
    Case("ModuleNotFoundError: No module named '_ctypes'", "env-stdlib-part", "", True),
    Case("ModuleNotFoundError: No module named 'distutils'", "env-stdlib-gone"),
    Case("ModuleNotFoundError: No module named 'pkg_resources'", "env-stdlib-gone"),
    Case(
        traceback(
            "main.py: from utils import load", "ModuleNotFoundError: No module named 'utils'"
        ),
        "env-own-module",
    ),
    Case(
        traceback(
            "main.py: from src.agent import run", "ModuleNotFoundError: No module named 'src'"
        ),
        "env-own-module",
    ),
    Case(
        traceback("main.py: import yaml", "ModuleNotFoundError: No module named 'yaml'"),
        "env-import-module",
    ),
    Case(
        traceback("main.py: import numpy", "ModuleNotFoundError: No module named 'numpy'"),
        "env-import-module",
    ),
    Case(
        "ImportError: attempted relative import with no known parent package",
        "env-relative",
        "",
        True,
    ),
    Case(
        "ImportError: Using http2=True, but the 'h2' package is not installed. Make sure to install httpx using `pip install httpx[http2]`.",
        "env-h2",
        "",
        True,
    ),
    Case(
        traceback(
            "fn.py: from openai import OpenAI",
            "openai/__init__.py",
            "jiter/__init__.py",
            "ModuleNotFoundError: No module named 'jiter.jiter'",
        ),
        "env-wrong-python",
        "",
        True,
    ),
    Case(
        traceback(
            "fn.py: import openai",
            "pydantic_core/__init__.py",
            "ModuleNotFoundError: No module named 'pydantic_core._pydantic_core'",
        ),
        "env-wrong-python",
        "",
        True,
    ),
    Case(
        traceback(
            "app.py: import openai",
            "std/urllib/request.py",
            "ModuleNotFoundError: No module named 'http.client'; 'http' is not a package",
        ),
        "env-shadow-stdlib-module",
        "",
        True,
    ),
    Case(
        "AttributeError: partially initialized module 'random' has no attribute 'randint' (most likely due to a circular import)",
        "env-shadow-stdlib-module",
        "",
        True,
    ),
    Case(
        "ImportError: cannot import name 'Queue' from 'queue' (/srv/app/queue.py)",
        "env-shadow-stdlib-module",
        "",
        True,
    ),
    Case(
        "ImportError: cannot import name 'b' from partially initialized module 'shop.models' (most likely due to a circular import) (/srv/app/shop/models.py)",
        "env-circular",
    ),
    Case(
        "ImportError: cannot import name 'ResponseTextConfig' from 'openai.types.responses' (/x/site-packages/openai/types/responses/__init__.py)",
        "sdk-types-name",
        "",
        True,
    ),
    Case(
        "ModuleNotFoundError: No module named 'openai.types.responses'", "sdk-types-name", "", True
    ),
    Case(
        "pydantic.errors.PydanticImportError: `BaseSettings` has been moved to the `pydantic-settings` package.",
        "env-settings-moved",
        "",
        True,
    ),
]

NETWORK: List[Case] = [
    Case(
        behind(
            "httpx.ConnectError: "
            + VERIFY
            + "self-signed certificate in certificate chain (_ssl.c:1000)"
        ),
        "net-certificate",
        "",
        True,
    ),
    Case(
        behind("httpx.ConnectError: " + VERIFY + "certificate has expired (_ssl.c:1000)"),
        "net-certificate-date",
        "",
        True,
    ),
    Case(
        behind("httpx.ConnectError: " + VERIFY + "certificate is not yet valid (_ssl.c:1000)"),
        "net-certificate-date",
        "",
        True,
    ),
    Case(
        behind(
            "httpx.ConnectError: "
            + VERIFY
            + "Hostname mismatch, certificate is not valid for 'deepseek.internal'. (_ssl.c:1000)"
        ),
        "net-certificate-host",
        "",
        True,
    ),
    Case(
        behind(
            "httpx.ConnectError: [SSL: UNEXPECTED_EOF_WHILE_READING] EOF occurred in violation of protocol (_ssl.c:1000)"
        ),
        "net-ssl-eof",
    ),
    Case(
        "requests.exceptions.SSLError: "
        + POOL.format(
            host="api.deepseek.com",
            path="x",
            cause="SSLError(SSLEOFError(8, 'EOF occurred in violation of protocol (_ssl.c:1129)'))",
        ),
        "net-ssl-eof",
    ),
    Case(behind("httpx.ProxyError: 407 Proxy Authentication Required"), "net-proxy-auth", "", True),
    Case(
        "requests.exceptions.ProxyError: "
        + POOL.format(
            host="api.deepseek.com",
            path="x",
            cause="ProxyError('Cannot connect to proxy.', OSError('Tunnel connection failed: 407 Proxy Authentication Required'))",
        ),
        "net-proxy-auth",
        "",
        True,
    ),
    Case(
        "requests.exceptions.ProxyError: "
        + POOL.format(
            host="api.deepseek.com",
            path="x",
            cause="ProxyError('Unable to connect to proxy', OSError('Tunnel connection failed: 403 Forbidden'))",
        ),
        "net-proxy-forbidden",
        "",
        True,
    ),
    Case(behind("httpx.ProxyError: 403 Forbidden"), "net-proxy-forbidden", "", True),
    Case(
        "requests.exceptions.ProxyError: "
        + POOL.format(
            host="api.deepseek.com",
            path="x",
            cause="ProxyError('Your proxy appears to only use HTTP and not HTTPS, try changing your proxy URL to be HTTP.')",
        ),
        "net-proxy-https",
    ),
    Case(
        "requests.exceptions.ProxyError: "
        + POOL.format(
            host="api.deepseek.com",
            path="x",
            cause="ProxyError('Unable to connect to proxy', NewConnectionError('x: Failed to establish a new connection: refused'))",
        ),
        "net-proxy-dead",
    ),
    Case(
        "ConnectionResetError: [WinError 10054] An existing connection was forcibly closed by the remote host",
        "net-reset",
    ),
    Case(
        "ConnectionAbortedError: [WinError 10053] An established connection was aborted by the software in your host machine",
        "net-reset",
    ),
    Case(
        "OSError: [WinError 10060] A connection attempt failed because the connected party did not properly respond",
        "net-connect-timeout",
    ),
    Case(behind("httpx.ConnectError: [Errno 11001] getaddrinfo failed"), "net-dns"),
    Case(behind("httpx.ConnectError: [Errno 111] Connection refused"), "net-refused"),
    Case(
        behind("httpx.RemoteProtocolError: Server disconnected without sending a response."),
        "net-reset",
    ),
    Case(behind("httpx.LocalProtocolError: Illegal header value b'Bearer '"), "program-key-none"),
    Case(
        traceback(
            "openai/_base_client.py",
            "httpx/_transports/default.py",
            "httpx.ReadTimeout: The read operation timed out",
        )
        + CAUSED
        + "openai.APITimeoutError: Request timed out.",
        "net-stalled",
    ),
]

PROGRAM: List[Case] = [
    Case(
        traceback("app.py: key = os.environ['DEEPSEEK_API_KEY']", "KeyError: 'DEEPSEEK_API_KEY'"),
        "key-variable",
    ),
    Case("KeyError: 'OPENAI_API_KEY'", "key-variable"),
    Case(
        traceback(
            "app.py: r = requests.post(URL, data=text)",
            "requests/api.py",
            "std/http/client.py",
            "UnicodeEncodeError: 'latin-1' codec can't encode characters in position 9-10: Body ('你好') is not valid Latin-1. Use body.encode('utf-8') if you want to send it encoded in UTF-8.",
        ),
        "program-body-latin1",
        "",
        True,
    ),
    Case(
        traceback(
            "app.py: print(answer)",
            "UnicodeEncodeError: 'ascii' codec can't encode characters in position 0-1: ordinal not in range(128)",
        ),
        "env-print",
        "",
        True,
    ),
    Case(
        traceback(
            "app.py: print(chunk.choices[0].delta.content, end='')",
            "UnicodeEncodeError: 'latin-1' codec can't encode characters in position 12-13: ordinal not in range(256)",
        ),
        "env-print",
        "",
        True,
    ),
    Case(
        traceback(
            "app.py: f.write(answer)",
            "UnicodeEncodeError: 'ascii' codec can't encode characters in position 9-12: ordinal not in range(128)",
        ),
        "env-encode",
    ),
    Case(
        "UnicodeEncodeError: 'ascii' codec can't encode character '\\u4f60' in position 2: ordinal not in range(128)",
        "env-encode",
    ),
    Case(
        traceback(
            "app.py: create()",
            "openai/_base_client.py",
            "httpx/_models.py",
            "UnicodeEncodeError: 'ascii' codec can't encode characters in position 7-10: ordinal not in range(128)",
        ),
        "key-non-ascii",
    ),
    Case(
        traceback(
            "app.py: cfg = json.load(f)", "std/json/__init__.py", "std/json/decoder.py", DECODE
        ),
        "program-json-file",
        "",
        True,
    ),
    Case(
        traceback(
            "app.py: cfg = json.loads(Path('c.json').read_text())",
            "std/json/decoder.py",
            "json.decoder.JSONDecodeError: Expecting ',' delimiter: line 3 column 5 (char 40)",
        ),
        "program-json-file",
        "",
        True,
    ),
    Case(
        traceback(
            "app.py: data = json.loads(r.choices[0].message.content)", "std/json/decoder.py", DECODE
        ),
        "program-json-answer",
    ),
    Case(
        traceback(
            "app.py: args = json.loads(call.function.arguments)",
            "std/json/decoder.py",
            "json.decoder.JSONDecodeError: Unterminated string starting at: line 1 column 14 (char 13)",
        ),
        "program-json-answer",
    ),
    Case(
        traceback(
            "app.py: data = r.json()",
            "requests/models.py",
            "requests.exceptions.JSONDecodeError: Expecting value: line 1 column 1 (char 0)",
        ),
        "quirk-blank-reply",
    ),
    Case(
        "json.decoder.JSONDecodeError: Expecting value: line 7 column 3 (char 120)", "program-json"
    ),
    Case(
        "AttributeError: 'Stream' object has no attribute 'choices'",
        "program-stream-attribute",
        "",
        True,
    ),
    Case(
        "AttributeError: 'generator' object has no attribute 'choices'",
        "program-stream-attribute",
        "",
        True,
    ),
    Case(
        "AttributeError: 'coroutine' object has no attribute 'choices'",
        "program-not-awaited",
        "",
        True,
    ),
    Case("TypeError: 'coroutine' object is not subscriptable", "program-not-awaited", "", True),
    Case("RuntimeWarning: coroutine 'main' was never awaited", "program-not-awaited", "", True),
    Case(
        "TypeError: 'async for' requires an object with __aiter__ method, got coroutine",
        "program-not-awaited",
        "",
        True,
    ),
    Case(
        "TypeError: object ChatCompletion can't be used in 'await' expression",
        "program-await-sync",
        "",
        True,
    ),
    Case(
        "TypeError: object dict can't be used in 'await' expression", "program-await-sync", "", True
    ),
    Case(
        "TypeError: 'async for' requires an object with __aiter__ method, got Stream",
        "program-sync-iteration",
        "",
        True,
    ),
    Case("TypeError: 'AsyncStream' object is not iterable", "program-sync-iteration", "", True),
    Case(
        "RuntimeError: asyncio.run() cannot be called from a running event loop",
        "program-running-loop",
        "",
        True,
    ),
    Case("RuntimeError: This event loop is already running", "program-running-loop", "", True),
    Case(
        "RuntimeError: There is no current event loop in thread 'ThreadPoolExecutor-0_0'.",
        "program-no-loop",
        "",
        True,
    ),
    Case(
        "RuntimeError: Task <Task pending> got Future <Future pending> attached to a different loop",
        "program-other-loop",
        "",
        True,
    ),
    Case(
        "pydantic_core._pydantic_core.ValidationError: 1 validation error for Settings\nopenai_api_key\n  Field required [type=missing, input_value={}, input_type=dict]",
        "program-settings",
        "",
        True,
    ),
    Case(
        "pydantic_core._pydantic_core.ValidationError: 2 validation errors for Invoice\ntotal\n  Field required [type=missing]",
        "program-validation",
    ),
    Case(
        traceback(
            "app.py: tiktoken.encoding_for_model('deepseek-flash')",
            "tiktoken/model.py",
            "KeyError: 'Could not automatically map deepseek-flash to a tokeniser. Please use `tiktoken.get_encoding` to explicitly get the tokeniser you expect.'",
        ),
        "tiktoken-model",
        "",
        True,
    ),
    Case("ValueError: Unknown encoding cl100k_base.\nPlugins found: []", "tiktoken-encoding"),
    Case(
        "requests.exceptions.ConnectionError: HTTPSConnectionPool(host='openaipublic.blob.core.windows.net', port=443): Max retries exceeded with url: /encodings/cl100k_base.tiktoken",
        "tiktoken-download",
        "",
        True,
    ),
    Case("KeyError: 'choices'", "quirk-key-error-choices"),
    Case('TypeError: can only concatenate str (not "NoneType") to str', "quirk-null-content"),
    Case("RuntimeError: Event loop is closed", "env-closed-loop"),
]

SHAPES: List[Case] = [  # wrapped, boxed, prefixed, grouped, chained
    Case(
        "openai.AuthenticationError: Error code: 401 - {'error': {'message': 'Authentication\nFails, Your api key: ****1234 is\ninvalid'}}",
        "api-key-wrong",
        "DeepSeek",
        True,
    ),
    Case(
        "│ openai.BadRequestError: Error code: 400 - {'error': {'message': 'This     │\n│ response_format type is unavailable now'}}                               │",
        "api-json-schema",
        "DeepSeek",
        True,
    ),
    Case(
        "╭───── Traceback (most recent call last) ─────╮\n│ /srv/app/app.py:3 in <module>               │\n│ /srv/app/.venv/lib/python3.12/site-packages/groq/_base_client.py:700 in f │\n╰──────────────╯\n"
        + "TypeError: Client.__init__() got an unexpected keyword argument 'proxies'",
        "env-proxies-package",
        "Groq",
        True,
    ),
    Case(
        f"File {SITE}/openai/_base_client.py:846, in SyncAPIClient.__init__(self)\n--> 846 x\nTypeError: Client.__init__() got an unexpected keyword argument 'proxies'",
        "env-httpx-proxies",
        "",
        True,
    ),
    Case(
        "2026-11-02 10:11:12,345 ERROR worker-3 app.tasks: openai.APIStatusError: Error code: 402 - {'error': {'message': 'Insufficient Balance'}}",
        "api-balance",
        "DeepSeek",
    ),
    Case(
        "[2026-11-02 10:11:12] [celery.worker ERROR] Task raised: RateLimitError(\"Error code: 429 - {'error': {'code': '1113', 'message': '余额不足或无可用资源包,请充值。'}}\")",
        "vendor-zhipu-balance",
        "Zhipu",
        True,
    ),
    Case(
        "web_1  | openai.OpenAIError: The api_key client option must be set either by passing api_key to the client or by setting the OPENAI_API_KEY environment variable",
        "key-missing",
        "",
        True,
    ),
    Case(
        "  + Exception Group Traceback (most recent call last):\n  |   File \"/srv/app/app.py\", line 4, in main\n  | ExceptionGroup: unhandled errors in a TaskGroup (1 sub-exception)\n  +-+---------------- 1 ----------------\n    | Traceback (most recent call last):\n    |   File \"/srv/app/.venv/lib/python3.12/site-packages/openai/_base_client.py\", line 9, in f\n    | openai.BadRequestError: Error code: 400 - {'error': {'message': 'Content Exists Risk'}}\n    +------------------------------------",
        "api-risk",
        "DeepSeek",
        True,
    ),
    Case(
        traceback("app.py: d['x']", "KeyError: 'DEEPSEEK_API_KEY'")
        + MEANWHILE
        + traceback("app.py: fail()", "RuntimeError: could not start"),
        "key-variable",
    ),
    Case(
        traceback("app.py: create()", "openai/_base_client.py", server(402, "Insufficient Balance"))
        + MEANWHILE
        + traceback(
            "app.py: except openai.error.RateLimitError:",
            "AttributeError: module 'openai' has no attribute 'error'",
        ),
        "api-balance",
        "DeepSeek",
    ),
    Case(
        traceback(
            "app.py: create()",
            "httpx/_transports/default.py",
            "httpx.UnsupportedProtocol: Request URL is missing an 'http://' or 'https://' protocol.",
        )
        + CAUSED
        + CONNECTION,
        "net-url-scheme",
        "",
        True,
    ),
    Case(
        "\x1b[31mopenai.APIStatusError\x1b[0m: Error code: 402 - {'error': {'message': 'Insufficient Balance'}}",
        "api-balance",
        "DeepSeek",
    ),
]

UNKNOWN: List[Case] = [
    Case(
        "sqlalchemy.exc.TimeoutError: QueuePool limit of size 5 reached, connection timed out", ""
    ),
    Case("discord.errors.HTTPException: 429 Too Many Requests (error code: 0)", ""),
    Case("telegram.error.Unauthorized: Unauthorized", ""),
    Case("subprocess.TimeoutExpired: Command 'ffmpeg' timed out after 5 seconds", ""),
    Case("selenium.common.exceptions.TimeoutException: Message: timed out", ""),
    Case("smtplib.SMTPAuthenticationError: (535, b'Authentication failed')", ""),
    Case(
        "redis.exceptions.ConnectionError: Error 111 connecting to localhost:6379. Connection refused.",
        "",
    ),
    Case("ZeroDivisionError: division by zero", ""),
    Case(traceback("app.py: x = a[3]", "IndexError: list index out of range"), ""),
    Case(traceback("app.py: x = d['total']", "KeyError: 'total'"), ""),
    Case("sqlalchemy.exc.OperationalError: (sqlite3.OperationalError) no such table: users", ""),
    Case("ValueError: could not convert string to float: 'abc'", ""),
    Case("torch.cuda.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB", ""),
    Case("django.core.exceptions.ImproperlyConfigured: Requested setting DATABASES", ""),
    Case("AttributeError: 'DataFrame' object has no attribute 'append'", ""),
    Case("TypeError: unsupported operand type(s) for +: 'int' and 'str'", ""),
    Case("AssertionError: expected 3, got 4", ""),
    Case("FileNotFoundError: [Errno 2] No such file or directory: 'data.csv'", ""),
    Case('psycopg2.OperationalError: FATAL: password authentication failed for user "app"', ""),
    Case("everything went well\nepoch 3, loss 0.21\n", ""),
    Case(
        'INFO httpx: HTTP Request: POST https://api.deepseek.com/chat/completions "HTTP/1.1 200 OK"\n',
        "",
    ),
    Case("botocore.exceptions.NoCredentialsError: Unable to locate credentials", ""),
]
