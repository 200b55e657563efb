"""A third set of error texts, as pip, httpx, Windows, notebooks, docker and rich print them, written
after the rows of ``explain``; what was measured then stands in docs/doctor.md."""

from __future__ import annotations

from typing import List

from error_texts import Case

# ruff: noqa: E501  (texts stand as they are printed)

PRINTED: List[Case] = [
    Case(
        "error: externally-managed-environment\n\n× This environment is externally managed\n╰─> To install Python packages system-wide, try brew install\n    xyz, where xyz is the package you are trying to\n    install.\n\n    If you wish to install a Python library that isn't in Homebrew,\n    use a virtual environment:\n\n    python3 -m venv path/to/venv",
        "pip-managed",
        certain=True,
    ),
    Case(
        "ERROR: Cannot install -r requirements.txt (line 3) and openai==1.30.5 because these package versions have conflicting dependencies.\n\nThe conflict is caused by:\n    The user requested openai==1.30.5\n    langchain-openai 0.3.2 depends on openai<2.0.0 and >=1.58.1\n\nTo fix this you could try to:\n1. loosen the range of package versions you've specified\n2. remove package versions to allow pip to attempt to solve the dependency conflict\n\nERROR: ResolutionImpossible: for help visit https://pip.pypa.io/en/latest/topics/dependency-resolution/#dealing-with-dependency-conflicts",
        "pip-conflict",
        certain=True,
    ),
    Case(
        "  × No solution found when resolving dependencies:\n  ╰─▶ Because langchain-openai==0.3.2 depends on openai>=1.58.1,<2.0.0 and your\n      project depends on openai==0.28.1, we can conclude that your project's\n      requirements are unsatisfiable.",
        "pip-conflict",
        certain=True,
    ),
    Case(
        "ERROR: Ignored the following versions that require a different python version: 3.0.0 Requires-Python >=3.10\nERROR: Could not find a version that satisfies the requirement openai>=3 (from versions: 0.27.8, 1.109.1, 2.0.0)\nERROR: No matching distribution found for openai>=3",
        "pip-python",
    ),
    Case(
        "ERROR: Could not find a version that satisfies the requirement deepseek-sdk (from versions: none)\nERROR: No matching distribution found for deepseek-sdk",
        "pip-no-match",
    ),
    Case(
        "Building wheels for collected packages: tiktoken\n  Building wheel for tiktoken (pyproject.toml) ... error\n  error: subprocess-exited-with-error\n  × Building wheel for tiktoken (pyproject.toml) did not run successfully.\n  │ exit code: 1\n  ╰─> [33 lines of output]\n      running build_ext\n      error: can't find Rust compiler\n      If you are using an outdated pip version, it is possible a prebuilt wheel is available for this package but pip is not able to install from it.\n      [end of output]\n  ERROR: Failed building wheel for tiktoken\nFailed to build tiktoken",
        "pip-compiler",
        certain=True,
    ),
    Case(
        "ERROR: Could not install packages due to an OSError: [WinError 5] 拒绝访问。: 'C:\\\\Program Files\\\\Python311\\\\Lib\\\\site-packages\\\\pydantic_core\\\\_pydantic_core.cp311-win_amd64.pyd'\nConsider using the `--user` option or check the permissions.",
        "pip-permission",
    ),
    Case(
        "ERROR: Could not install packages due to an OSError: [WinError 32] The process cannot access the file because it is being used by another process: 'C:\\\\Users\\\\li\\\\AppData\\\\Local\\\\Temp\\\\pip-uninstall-x\\\\openai.exe'",
        "pip-locked",
    ),
    Case(
        "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device",
        "pip-disk",
        certain=True,
    ),
    Case(
        "WARNING: Retrying (Retry(total=4, connect=None, read=None, redirect=None, status=None)) after connection broken by 'SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed certificate in certificate chain (_ssl.c:1000)'))': /simple/openai/\nCould not fetch URL https://pypi.org/simple/openai/: There was a problem confirming the ssl certificate: HTTPSConnectionPool(host='pypi.org', port=443): Max retries exceeded with url: /simple/openai/ - skipping\nERROR: No matching distribution found for openai",
        "pip-certificate",
        certain=True,
    ),
    Case("C:\\Python312\\python.exe: No module named pip", "pip-missing", certain=True),
    Case("/usr/bin/python3: No module named pip", "pip-missing", certain=True),
    Case(
        "pip : The term 'pip' is not recognized as the name of a cmdlet, function, script file, or operable program. Check the spelling of the name, or if a path was included, verify that the path is correct and try again.\nAt line:1 char:1\n+ pip install openai\n+ ~~~\n    + CategoryInfo          : ObjectNotFound: (pip:String) [], CommandNotFoundException",
        "pip-command",
        certain=True,
    ),
    Case(
        "'pip' 不是内部或外部命令，也不是可运行的程序\n或批处理文件。", "pip-command", certain=True
    ),
    Case("fish: Unknown command: pip", "pip-command", certain=True),
    Case(
        '2026-11-20 09:12:44,101 ERROR app.worker: request failed\nTraceback (most recent call last):\n  File "/srv/app/.venv/lib/python3.12/site-packages/httpx/_transports/default.py", line 101, in map_httpcore_exceptions\n    yield\n  File "/srv/app/.venv/lib/python3.12/site-packages/httpcore/_sync/connection.py", line 156, in _connect\n    stream = stream.start_tls(**kwargs)\nhttpcore.ConnectError: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: unable to get local issuer certificate (_ssl.c:1010)\n\nThe above exception was the direct cause of the following exception:\n\nTraceback (most recent call last):\n  File "/srv/app/.venv/lib/python3.12/site-packages/openai/_base_client.py", line 989, in request\n    response = self._client.send(\nhttpx.ConnectError: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: unable to get local issuer certificate (_ssl.c:1010)\n\nThe above exception was the direct cause of the following exception:\n\nTraceback (most recent call last):\n  File "/srv/app/main.py", line 20, in <module>\n    client.chat.completions.create(model="deepseek-flash", messages=m)\nopenai.APIConnectionError: Connection error.',
        "net-certificate",
        certain=True,
    ),
    Case(
        "requests.exceptions.SSLError: HTTPSConnectionPool(host='api.deepseek.com', port=443): Max retries exceeded with url: /chat/completions (Caused by SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: certificate is not yet valid (_ssl.c:1006)')))",
        "net-certificate-date",
        certain=True,
    ),
    Case("httpx.ConnectError: [Errno 11001] getaddrinfo failed", "net-dns"),
    Case(
        "web-1  | requests.exceptions.ConnectionError: HTTPSConnectionPool(host='api.deepseek.com', port=443): Max retries exceeded with url: /v1/chat/completions (Caused by NameResolutionError(\"<urllib3.connection.HTTPSConnection object at 0x7f>: Failed to resolve 'api.deepseek.com' ([Errno -3] Temporary failure in name resolution)\"))",
        "net-dns",
    ),
    Case(
        "requests.exceptions.ProxyError: HTTPSConnectionPool(host='api.deepseek.com', port=443): Max retries exceeded with url: /chat/completions (Caused by ProxyError('Unable to connect to proxy', NewConnectionError('<urllib3.connection.HTTPSConnection object at 0x000001>: Failed to establish a new connection: [WinError 10061] No connection could be made because the target machine actively refused it')))",
        "net-refused",
    ),
    Case("openai.APITimeoutError: Request timed out.", "net-stalled"),
    Case(
        "aiohttp.client_exceptions.ServerTimeoutError: Timeout on reading data from socket",
        "net-stalled",
    ),
    Case(
        "httpx.RemoteProtocolError: peer closed connection without sending complete message body (incomplete chunked read)",
        "net-cut",
    ),
    Case(
        "requests.exceptions.ChunkedEncodingError: ('Connection broken: IncompleteRead(1043 bytes read)', IncompleteRead(1043 bytes read))",
        "net-cut",
    ),
    Case("ConnectionResetError: [WinError 10054] 远程主机强迫关闭了一个现有的连接。", "net-reset"),
    Case(
        "aiohttp.client_exceptions.ClientOSError: [Errno 104] Connection reset by peer", "net-reset"
    ),
    Case(
        "openai.RateLimitError: Error code: 429 - {'error': {'message': 'You exceeded your current quota, please check your plan and billing details. For more information on this error, read the docs: https://platform.openai.com/docs/guides/error-codes/api-errors.', 'type': 'insufficient_quota', 'param': None, 'code': 'insufficient_quota'}}",
        "vendor-openai-quota",
    ),
    Case(
        "groq.RateLimitError: Error code: 429 - {'error': {'message': 'Rate limit reached for model `llama-3.3-70b-versatile` in organization `org_01x` service tier `on_demand` on tokens per minute (TPM): Limit 12000, Used 11632, Requested 1500. Please try again in 5.66s.', 'type': 'tokens', 'code': 'rate_limit_exceeded'}}",
        "vendor-groq-rate",
    ),
    Case(
        "anthropic._exceptions.OverloadedError: Error code: 529 - {'type': 'error', 'error': {'type': 'overloaded_error', 'message': 'Overloaded'}}",
        "vendor-anthropic-overloaded",
        certain=True,
    ),
    Case(
        "google.api_core.exceptions.ResourceExhausted: 429 You exceeded your current quota, please check your plan and billing details. [violations {\n}\n]",
        "vendor-google-quota",
    ),
    Case(
        '{"code":"InvalidApiKey","message":"Invalid API-key provided.","request_id":"4d1b8c0d-8c9f-9f6a-a1f3-x"}',
        "vendor-dashscope-key",
        certain=True,
    ),
    Case(
        "openai.RateLimitError: Error code: 429 - {'error': {'code': '1113', 'message': '余额不足或无可用资源包,请充值。'}}",
        "vendor-zhipu-balance",
        certain=True,
    ),
    Case(
        "openai.RateLimitError: Error code: 429 - {'error': {'message': 'Your account org-abc<ak-xyz> request reached organization max RPM: 3, please try again after 1 seconds', 'type': 'rate_limit_reached_error'}}",
        "vendor-moonshot-rate",
        certain=True,
    ),
    Case(
        "openai.BadRequestError: Error code: 400 - {'code': 20012, 'message': 'Model does not exist. Please check it carefully.', 'data': None}",
        "vendor-siliconflow-model",
        certain=True,
    ),
    Case(
        "Error code: 404 - {'error': {'code': 'InvalidEndpointOrModel.NotFound', 'message': 'The model or endpoint deepseek-v3 does not exist or you do not have access to it. Request id: 021x', 'param': '', 'type': 'NotFound'}}",
        "vendor-ark-model",
        certain=True,
    ),
    Case(
        "openai.NotFoundError: Error code: 404 - {'error': {'message': 'model \"deepseek-r1:14b\" not found, try pulling it first', 'type': 'api_error', 'param': None, 'code': None}}",
        "vendor-ollama-model",
    ),
    Case(
        '  File "/app/.venv/lib/python3.12/site-packages/ollama/_client.py", line 133, in _request_raw\n    raise ConnectionError(CONNECTION_ERROR_MESSAGE) from None\nConnectionError: Failed to connect to Ollama. Please check that Ollama is downloaded, running and accessible. https://ollama.com/download',
        "vendor-ollama-down",
        certain=True,
    ),
    Case(
        "openai.NotFoundError: Error code: 404 - {'error': {'code': 'DeploymentNotFound', 'message': 'The API deployment for this resource does not exist. If you created the deployment within the last 5 minutes, please wait a moment and try again.'}}",
        "vendor-azure-deployment",
        certain=True,
    ),
    Case(
        "openai.APIStatusError: Error code: 402 - {'error': {'message': 'This request requires more credits, or fewer max_tokens. You requested up to 64000 tokens, but can only afford 1200. To increase, visit https://openrouter.ai/settings/credits and upgrade to a paid account', 'code': 402}}",
        "vendor-openrouter-credits",
        certain=True,
    ),
    Case(
        "openai.APIStatusError: Error code: 402 - {'error': {'message': 'Insufficient Balance', 'type': 'unknown_error', 'param': None, 'code': 'invalid_request_error'}}",
        "api-balance",
    ),
    Case(
        "requests.exceptions.HTTPError: 401 Client Error: Unauthorized for url: https://api.deepseek.com/chat/completions",
        "api-unauthorized",
    ),
    Case(
        "requests.exceptions.HTTPError: 401 Client Error: Unauthorized for url: https://jira.example.com/rest/api/2/search",
        "other-unauthorized",
    ),
    Case(
        "requests.exceptions.HTTPError: 404 Client Error: Not Found for url: https://api.deepseek.com/v1/chat/completions/chat/completions",
        "api-not-found",
    ),
    Case(
        "httpx.HTTPStatusError: Client error '413 Payload Too Large' for url 'https://api.deepseek.com/chat/completions'\nFor more information check: https://developer.mozilla.org/en-US/docs/Web/HTTP/Status/413",
        "api-too-large",
    ),
    Case(
        '---------------------------------------------------------------------------\nRuntimeError                              Traceback (most recent call last)\nCell In[7], line 4\n      1 async def main():\n      2     r = await client.chat.completions.create(model="deepseek-flash", messages=m)\n      3     print(r)\n----> 4 asyncio.run(main())\n\nFile /opt/conda/lib/python3.11/asyncio/runners.py:186, in run(main, debug)\n    185 if events._get_running_loop() is not None:\n--> 186     raise RuntimeError(\n    187         "asyncio.run() cannot be called from a running event loop")\n\nRuntimeError: asyncio.run() cannot be called from a running event loop',
        "program-running-loop",
        certain=True,
    ),
    Case(
        "AttributeError                            Traceback (most recent call last)\nCell In[3], line 2\n      1 r = client.chat.completions.create(model=\"deepseek-flash\", messages=m)\n----> 2 print(r.choices[0].message.content)\n\nAttributeError: 'coroutine' object has no attribute 'choices'",
        "program-not-awaited",
        certain=True,
    ),
    Case(
        "\x1b[0;31m---------------------------------------------------------------------------\x1b[0m\n\x1b[0;31mTypeError\x1b[0m                                 Traceback (most recent call last)\nCell \x1b[0;32mIn[12], line 1\x1b[0m\n\x1b[0;32m----> 1\x1b[0m \x1b[38;5;28mprint\x1b[39m(completion[\x1b[38;5;124m'choices'\x1b[39m])\n\n\x1b[0;31mTypeError\x1b[0m: 'ChatCompletion' object is not subscriptable",
        "sdk-not-subscriptable",
        certain=True,
    ),
    Case(
        "╭───────────────────── Traceback (most recent call last) ──────────────────────╮\n│ /home/wu/proj/cli.py:18 in main                                              │\n│                                                                              │\n│   15 │   from openai import OpenAI                                           │\n│ ❱ 18 │   client = OpenAI(api_key=key)                                        │\n│                                                                              │\n│ /home/wu/proj/.venv/lib/python3.11/site-packages/openai/_base_client.py:748  │\n│ in __init__                                                                  │\n╰──────────────────────────────────────────────────────────────────────────────╯\nTypeError: Client.__init__() got an unexpected keyword argument 'proxies'",
        "env-httpx-proxies",
        certain=True,
    ),
    Case(
        "worker_1  | openai.lib._old_api.APIRemovedInV1: \nworker_1  | \nworker_1  | You tried to access openai.ChatCompletion, but this is no longer supported in openai>=1.0.0 - see the README at https://github.com/openai/openai-python for the API.\nworker_1  | \nworker_1  | You can run `openai migrate` to automatically upgrade your codebase to use the 1.0.0 interface. ",
        "sdk-removed-call",
        certain=True,
    ),
    Case(
        "[2026-11-02T10:00:01Z] ModuleNotFoundError: No module named 'openai'",
        "env-not-installed",
        certain=True,
    ),
    Case(
        "openai.OpenAIError: The api_key client option must be set either by passing api_key to the client or by setting the OPENAI_API_KEY environment variable",
        "key-missing",
        certain=True,
    ),
    Case(
        '  File "/usr/src/app/bot.py", line 9, in <module>\n    key = os.environ["DEEPSEEK_API_KEY"]\n  File "<frozen os>", line 685, in __getitem__\nKeyError: \'DEEPSEEK_API_KEY\'',
        "key-variable",
    ),
    Case(
        'Traceback (most recent call last):\n  File "/app/extract.py", line 31, in run\n    data = json.loads(resp.choices[0].message.content)\n  File "/usr/lib/python3.12/json/__init__.py", line 346, in loads\n    return _default_decoder.decode(s)\njson.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)',
        "program-json-answer",
    ),
    Case(
        "ImportError: /lib64/libc.so.6: version `GLIBC_2.28' not found (required by /opt/app/venv/lib64/python3.9/site-packages/jiter/jiter.cpython-39-x86_64-linux-gnu.so)",
        "env-glibc",
        certain=True,
    ),
    Case(
        "ImportError: dlopen(/Users/m/.venv/lib/python3.11/site-packages/pydantic_core/_pydantic_core.cpython-311-darwin.so, 0x0002): tried: '/Users/m/.venv/lib/python3.11/site-packages/pydantic_core/_pydantic_core.cpython-311-darwin.so' (mach-o file, but is an incompatible architecture (have 'x86_64', need 'arm64e' or 'arm64'))",
        "env-architecture",
        certain=True,
    ),
    Case(
        "ImportError: DLL load failed while importing _pydantic_core: 找不到指定的模块。", "env-dll"
    ),
    Case(
        "openai.BadRequestError: Error code: 400 - {'error': {'message': 'Missing `reasoning_content` field in the assistant message at message index 3. For more information, please refer to https://api-docs.deepseek.com/guides/thinking_mode#tool-calls', 'type': 'invalid_request_error', 'param': None, 'code': 'invalid_request_error'}}",
        "api-reasoning",
        certain=True,
    ),
    Case(
        "litellm.BadRequestError: DeepseekException - Error code: 400 - {'error': {'message': \"An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. (insufficient tool messages following tool_calls message)\", 'type': 'invalid_request_error', 'param': None, 'code': 'invalid_request_error'}}",
        "api-tool-messages",
        certain=True,
    ),
    Case(
        "openai.BadRequestError: Error code: 400 - {'error': {'message': \"This model's maximum context length is 131072 tokens. However, you requested 140010 tokens (136010 in the messages, 4000 in the completion). Please reduce the length of the messages or completion.\", 'type': 'invalid_request_error', 'param': None, 'code': 'invalid_request_error'}}",
        "api-context",
        certain=True,
    ),
    Case(
        "pydantic_core._pydantic_core.ValidationError: 1 validation error for Settings\ndeepseek_api_key\n  Field required [type=missing, input_value={}, input_type=dict]\n    For further information visit https://errors.pydantic.dev/2.12/v/missing",
        "program-settings",
        certain=True,
    ),
    Case("The meeting is at 10, bring coffee.", ""),
    Case(
        "2026-11-20 09:12:44 INFO server started on port 8000\n2026-11-20 09:12:45 INFO GET /health 200",
        "",
    ),
    Case(
        "openai.InternalServerError: Error code: 503 - {'error': {'message': 'Service is too busy. We advise users to temporarily switch to alternative LLM API service providers.', 'type': 'service_unavailable_error', 'param': None, 'code': 'invalid_request_error'}}",
        "api-busy",
    ),
    Case(
        'psycopg2.OperationalError: could not connect to server: Connection refused\n\tIs the server running on host "localhost" (127.0.0.1) and accepting\n\tTCP/IP connections on port 5432?',
        "",
    ),
    Case("sqlalchemy.exc.OperationalError: (sqlite3.OperationalError) no such table: users", ""),
    Case(
        "ERROR: Invalid requirement: 'openai=1.3.0': Expected end or semicolon (after name and no valid version specifier)\n    openai=1.3.0\n          ^\nHint: = is not a valid operator. Did you mean == ?",
        "pip-requirement",
        certain=True,
    ),
    Case(
        "╭───────────────────── Traceback (most recent call last) ──────────────────────╮\n│ /home/wu/proj/cli.py:18 in main                                              │\n│                                                                              │\n│   15 │   from openai import OpenAI                                           │\n│ ❱ 18 │   client = OpenAI(api_key=key)                                        │\n│                                                                              │\n│ /home/wu/proj/.venv/lib/python3.11/site-packages/openai/_base_client.py:748  │\n│ in __init__                                                                  │\n╰──────────────────────────────────────────────────────────────────────────────╯\nTypeError: Client.__init__() got an unexpected keyword argument 'proxies'",
        "env-httpx-proxies",
        certain=True,
    ),
    Case(
        "╭───────────────────── Traceback (most recent call last) ──────────────────────╮\n│ /home/wu/proj/cli.py:18 in main                                              │\n│                                                                              │\n│ ❱ 18 │   client = Groq(api_key=key)                                          │\n│                                                                              │\n│ /home/wu/projects/a-rather-long-name/.venv/lib/python3.11/site-packages/groq │\n│ /_base_client.py:748 in __init__                                             │\n╰──────────────────────────────────────────────────────────────────────────────╯\nTypeError: Client.__init__() got an unexpected keyword argument 'proxies'",
        "env-proxies-package",
        certain=True,
    ),
    Case(
        "╭───────────────────── Traceback (most recent call last) ──────────────────────╮\n│ /home/wu/proj/cli.py:18 in main                                              │\n│                                                                              │\n│ ❱ 18 │   client = httpx.Client(proxies=p)                                    │\n╰──────────────────────────────────────────────────────────────────────────────╯\nTypeError: Client.__init__() got an unexpected keyword argument 'proxies'",
        "program-proxies",
        certain=True,
    ),
]
