# ruff: noqa: E501  (texts stand as they are printed)
"""A second set of error texts, written after the rows of ``explain`` and before any of them was
mended for it; what was measured then stands in docs/doctor.md."""

from __future__ import annotations

from typing import List

from error_texts import CAUSED, MEANWHILE, Case, traceback

CONNECTION = traceback(
    "app.py: client.chat.completions.create(",
    "openai/_base_client.py",
    "openai.APIConnectionError: Connection error.",
)

FRESH: List[Case] = [
    # the network
    Case("OSError: [Errno 101] Network is unreachable", "net-unreachable"),
    Case(
        traceback(
            "app.py: x()",
            "httpcore/_exceptions.py",
            "httpcore.ConnectError: [Errno 101] Network is unreachable",
        )
        + CAUSED
        + traceback(
            "app.py: x()",
            "httpx/_transports/default.py",
            "httpx.ConnectError: [Errno 101] Network is unreachable",
        )
        + CAUSED
        + CONNECTION,
        "net-unreachable",
    ),
    Case(
        "urllib3.exceptions.NewConnectionError: <urllib3.connection.HTTPSConnection object at 0x7f3a>: Failed to establish a new connection: [Errno 113] No route to host",
        "net-unreachable",
    ),
    Case(
        "OSError: [WinError 10051] A socket operation was attempted to an unreachable network",
        "net-unreachable",
    ),
    Case(
        "httpx.ConnectError: [WinError 10013] An attempt was made to access a socket in a way forbidden by its access permissions",
        "net-blocked",
    ),
    Case("OSError: [Errno 24] Too many open files", "env-open-files"),
    Case(
        traceback("app.py: c()", "httpx/_client.py", "httpx.PoolTimeout"),
        "net-pool",
    ),
    Case(
        "requests.exceptions.SSLError: HTTPSConnectionPool(host='api.deepseek.com', port=443): Max retries exceeded with url: /chat/completions (Caused by SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: unable to get local issuer certificate (_ssl.c:1006)')))",
        "net-certificate",
        "",
        True,
    ),
    Case(
        "ssl.SSLError: [SSL: TLSV1_ALERT_PROTOCOL_VERSION] tlsv1 alert protocol version (_ssl.c:1131)",
        "net-tls-version",
    ),
    Case(
        "ssl.SSLError: [SSL: SSLV3_ALERT_HANDSHAKE_FAILURE] sslv3 alert handshake failure (_ssl.c:997)",
        "net-tls-version",
    ),
    Case("ssl.SSLError: [SSL: DH_KEY_TOO_SMALL] dh key too small (_ssl.c:1006)", "net-tls-version"),
    Case(
        "requests.exceptions.TooManyRedirects: Exceeded 30 redirects.",
        "net-redirects",
    ),
    Case("httpx.RemoteProtocolError: Server disconnected without sending a response.", "net-reset"),
    Case("httpx.ReadError: [Errno 104] Connection reset by peer", "net-reset"),
    Case(
        "aiohttp.client_exceptions.ClientConnectorDNSError: Cannot connect to host api.deepseek.com:443 ssl:default [Name or service not known]",
        "net-dns",
    ),
    Case("aiohttp.client_exceptions.ServerDisconnectedError: Server disconnected", "net-reset"),
    Case(
        "urllib3.exceptions.LocationParseError: Failed to parse: 'https://api.deepseek.com:port', label empty or too long",
        "net-proxy-port",
    ),
    Case("httpx.InvalidURL: Invalid port: 'port'", "net-proxy-port"),
    Case("BrokenPipeError: [Errno 32] Broken pipe", "env-broken-pipe"),
    # pip and builds
    Case(
        "Error: pg_config executable not found.\n\npg_config is required to build psycopg2 from source.  Please add the directory\ncontaining pg_config to the $PATH or specify the full executable path with the\noption:",
        "pip-library",
    ),
    Case(
        "  src/MySQLdb/_mysql.c:29:10: fatal error: mysql.h: No such file or directory\n  error: command '/usr/bin/gcc' failed with exit code 1",
        "pip-library",
    ),
    Case(
        "error: command 'cmake' failed: No such file or directory\nERROR: Failed building wheel for tokenizers",
        "pip-wheel",
    ),
    Case(
        "ERROR: openai-1.40.0-py3-none-any.whl is not a supported wheel on this platform.",
        "pip-platform",
        "",
        True,
    ),
    Case(
        "ERROR: Could not install packages due to an OSError: [Errno 2] No such file or directory: 'C:\\\\Users\\\\x\\\\AppData\\\\Local\\\\Packages\\\\PythonSoftwareFoundation.Python.3.11_qbz5n2kfra8p0\\\\LocalCache\\\\local-packages\\\\Python311\\\\site-packages\\\\openai\\\\types\\\\beta\\\\realtime\\\\conversation_item_input_audio_transcription_completed_event.py'\nHINT: This error might have occurred since this system does not have Windows Long Path support enabled.",
        "pip-long-path",
        "",
        True,
    ),
    Case(
        "error: uninstall-no-record-file\n\n× Cannot uninstall PyYAML 5.3.1\n╰─> It is a distutils installed project and thus we cannot accurately determine which files belong to it which would lead to only a partial uninstall.",
        "pip-uninstall",
        "",
        True,
    ),
    Case(
        "ERROR: Cannot uninstall 'urllib3'. It is a distutils installed project and thus we cannot accurately determine which files belong to it",
        "pip-uninstall",
        "",
        True,
    ),
    Case(
        "error: Failed to fetch: `https://pypi.org/simple/openai/`\n  Caused by: error sending request for url (https://pypi.org/simple/openai/)\n  Caused by: operation timed out",
        "pip-index",
    ),
    Case(
        "  × No solution found when resolving dependencies:\n  ╰─▶ Because openai==2.49.0 depends on Python>=3.10 and you require openai==2.49.0, we can conclude that your requirements are unsatisfiable.",
        "pip-conflict",
        "",
        True,
    ),
    Case(
        'error: Microsoft Visual C++ 14.0 or greater is required. Get it with "Microsoft C++ Build Tools"',
        "pip-compiler",
        "",
        True,
    ),
    Case(
        "ERROR: To modify pip, please run the following command:\nC:\\Python311\\python.exe -m pip install --upgrade pip",
        "pip-modify",
        "",
        True,
    ),
    Case(
        "WARNING: The script openai is installed in '/home/x/.local/bin' which is not on PATH.",
        "pip-path",
        "",
        True,
    ),
    Case("bash: openai: command not found", "openai-command", "", True),
    Case(
        "'openai' is not recognized as an internal or external command,\noperable program or batch file.",
        "openai-command",
        "",
        True,
    ),
    Case(
        'MemoryError\nERROR: Exception:\n  File "/usr/lib/python3/dist-packages/pip/_internal/cli/base_command.py", line 173, in _main',
        "pip-memory",
    ),
    # the program
    Case("AttributeError: 'NoneType' object has no attribute 'choices'", "program-reply-none"),
    Case(
        traceback(
            "app.py: text = ask(q).choices[0].message.content",
            "AttributeError: 'NoneType' object has no attribute 'choices'",
        ),
        "program-reply-none",
    ),
    Case(
        "TypeError: Object of type coroutine is not JSON serializable",
        "program-not-awaited",
        "",
        True,
    ),
    Case("TypeError: object of type 'coroutine' has no len()", "program-not-awaited", "", True),
    Case(
        'TypeError: can only concatenate str (not "coroutine") to str',
        "program-not-awaited",
        "",
        True,
    ),
    Case("SyntaxError: 'await' outside async function", "program-await-outside", "", True),
    Case(
        "TypeError: unhashable type: 'dict'\n  File \"/srv/app/app.py\", line 3, in <module>\n", ""
    ),
    Case("AttributeError: 'list' object has no attribute 'message'", "program-choices-list"),
    Case(
        traceback(
            "app.py: print(r.choices.message.content)",
            "AttributeError: 'list' object has no attribute 'message'",
        ),
        "program-choices-list",
    ),
    Case(
        "AttributeError: 'ChatCompletionMessage' object has no attribute 'text'",
        "program-reply-field",
    ),
    Case("AttributeError: 'Choice' object has no attribute 'text'", "program-reply-field"),
    Case(
        "AttributeError: 'ChatCompletion' object has no attribute 'content'", "program-reply-field"
    ),
    Case(
        "AttributeError: 'OpenAI' object has no attribute 'ChatCompletion'",
        "sdk-client-old-name",
        "",
        True,
    ),
    Case(
        "AttributeError: 'Completions' object has no attribute 'acreate'",
        "sdk-client-old-name",
        "",
        True,
    ),
    Case(
        "TypeError: Completions.create() missing 1 required keyword-only argument: 'messages'",
        "sdk-call-missing",
        "",
        True,
    ),
    Case(
        "TypeError: Missing required arguments; Expected either ('messages' and 'model') or ('messages', 'model' and 'stream') arguments to be given",
        "sdk-call-missing",
        "",
        True,
    ),
    Case(
        "TypeError: Completions.create() takes 1 positional argument but 2 were given",
        "sdk-call-missing",
        "",
        True,
    ),
    Case("TypeError: ChatCompletion.__init__() takes 1 positional argument but 2 were given", ""),
    Case(
        "ImportError: cannot import name 'ChatOpenAI' from 'langchain.chat_models' (/srv/app/.venv/lib/python3.12/site-packages/langchain/chat_models/__init__.py)",
        "langchain-moved",
        "",
        True,
    ),
    Case(
        "ModuleNotFoundError: No module named 'langchain.chat_models'", "langchain-moved", "", True
    ),
    Case(
        "ModuleNotFoundError: No module named 'langchain_openai'",
        "langchain-openai-missing",
        "ChatDeepSeek",
        True,
    ),
    Case(
        "LangChainDeprecationWarning: The class `ChatOpenAI` was deprecated in LangChain 0.0.10 and will be removed in 1.0. An updated version of the class exists in the :class:`~langchain-openai package and should be used instead.",
        "langchain-moved",
        "",
        True,
    ),
    Case(
        "pydantic.errors.PydanticUserError: A non-annotated attribute was detected: `model = 'x'`. All model fields require a type annotation",
        "",
    ),
    # other vendors
    Case(
        "openai.AuthenticationError: Error code: 401 - {'error': {'message': 'Unauthorized', 'type': 'invalid_request_error'}}\n(https://api.mistral.ai/v1/chat/completions)",
        "other-unauthorized",
        "Mistral",
    ),
    Case(
        "openai.APIStatusError: Error code: 402 - {'error': {'message': 'This request requires more credits, or fewer max_tokens. You requested up to 32000 tokens, but can only afford 1200.', 'code': 402}}",
        "vendor-openrouter-credits",
        "OpenRouter",
        True,
    ),
    Case(
        "openai.RateLimitError: Error code: 429 - {'error': {'message': 'Provider returned error', 'code': 429, 'metadata': {'raw': 'deepseek/deepseek-r1:free is temporarily rate-limited upstream. Please retry shortly', 'provider_name': 'Chutes'}}}",
        "vendor-openrouter-upstream",
        "OpenRouter",
        True,
    ),
    Case(
        "google.api_core.exceptions.ResourceExhausted: 429 You exceeded your current quota, please check your plan and billing details.",
        "quota",
    ),
    Case(
        "requests.exceptions.HTTPError: 503 Server Error: Service Unavailable for url: https://api-inference.huggingface.co/models/x",
        "other-busy",
        "Hugging Face",
    ),
    Case(
        "ollama._types.ResponseError: llama runner process has terminated: signal: killed (status code: 500)",
        "vendor-ollama-crash",
        "Ollama",
        True,
    ),
    Case(
        "openai.NotFoundError: Error code: 404 - {'object': 'error', 'message': 'The model `deepseek-ai/DeepSeek-R1-Distill-Qwen-7B` does not exist.', 'type': 'NotFoundError', 'param': None, 'code': 404}",
        "model-unknown",
    ),
    Case(
        "openai.BadRequestError: Error code: 400 - {'object': 'error', 'message': \"This model's maximum context length is 4096 tokens. However, you requested 5120 tokens (3072 in the messages, 2048 in the completion).\", 'code': 400}",
        "api-context",
        "",
        True,
    ),
    Case(
        "openai.PermissionDeniedError: Error code: 403 - {'error': {'message': 'Access to model denied. Please make sure you are eligible for using the model.', 'code': 'Model.AccessDenied'}}",
        "vendor-dashscope-model",
        "DashScope",
    ),
    Case(
        "openai.InternalServerError: <!DOCTYPE html>\n<html>\n<head><title>502 Bad Gateway</title></head>\n<body><center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center></body></html>",
        "api-busy",
    ),
    # Jupyter, Windows, containers
    Case(
        "Note: you may need to restart the kernel to use updated packages.\nERROR: pip's dependency resolver does not currently take into account all the packages that are installed.",
        "pip-conflict-after",
        "",
        True,
    ),
    Case(
        "ImportError: IProgress not found. Please update jupyter and ipywidgets. See https://ipywidgets.readthedocs.io/en/stable/user_install.html",
        "",
    ),
    Case("UsageError: Line magic function `%pip3` not found.", ""),
    Case(
        "OSError: [WinError 193] %1 is not a valid Win32 application", "env-architecture", "", True
    ),
    Case(
        ".\\venv\\Scripts\\Activate.ps1 : File C:\\app\\venv\\Scripts\\Activate.ps1 cannot be loaded because running scripts is disabled on this system.\n    + FullyQualifiedErrorId : UnauthorizedAccess",
        "env-powershell",
    ),
    Case(
        "Fatal Python error: init_fs_encoding: failed to get the Python codec of the filesystem encoding\nPython runtime state: core initialized\nModuleNotFoundError: No module named 'encodings'",
        "env-python-home",
        "",
        True,
    ),
    Case("zsh: no matches found: httpx[socks]", "pip-zsh", "", True),
    Case(traceback("app.py: main()", "KeyboardInterrupt"), ""),
    Case(
        "UnicodeDecodeError: 'gbk' codec can't decode byte 0xae in position 199: illegal multibyte sequence",
        "env-file-encoding",
    ),
    Case(
        "SyntaxError: Non-UTF-8 code starting with '\\xc4' in file app.py on line 3, but no encoding declared; see https://peps.python.org/pep-0263/ for details",
        "program-source-encoding",
        "",
        True,
    ),
    Case(
        "SyntaxError: invalid character '，' (U+FF0C)",
        "program-fullwidth",
        "",
        True,
    ),
    Case(
        traceback(
            "app.py: a()",
            "json/decoder.py",
            "json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)",
        )
        + MEANWHILE
        + traceback(
            "app.py: r.json()",
            "requests/models.py",
            "requests.exceptions.JSONDecodeError: Expecting value: line 1 column 1 (char 0)",
        ),
        "quirk-blank-reply",
    ),
    # written after the first mends
    Case(
        "requests.exceptions.ConnectionError: HTTPSConnectionPool(host='api.deepseek.com', port=443): Max retries exceeded with url: /v1/chat/completions (Caused by NewConnectionError('<urllib3.connection.HTTPSConnection object at 0x10>: Failed to establish a new connection: [Errno 61] Connection refused'))",
        "net-refused",
    ),
    Case(
        "httpx.ConnectTimeout: _ssl.c:980: The handshake operation timed out", "net-connect-timeout"
    ),
    Case(
        "aiohttp.client_exceptions.ClientConnectorCertificateError: Cannot connect to host api.deepseek.com:443 ssl:True [SSLCertVerificationError: (1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed certificate in certificate chain (_ssl.c:1000)')]",
        "net-certificate",
        "",
        True,
    ),
    Case("http.client.IncompleteRead: IncompleteRead(512 bytes read)", "net-cut"),
    Case(
        "httpx.LocalProtocolError: Illegal header value b'Bearer sk-abc\\n'",
        "key-line-break",
        "",
        True,
    ),
    Case("ValueError: Invalid header value b'Bearer sk-0123\\n'", "key-line-break", "", True),
    Case(
        "ERROR: Could not find a version that satisfies the requirement opanai (from versions: none)\nERROR: No matching distribution found for opanai",
        "pip-no-match",
    ),
    Case(
        "ERROR: Package 'openai' requires a different Python: 3.7.9 not in '>=3.7.1,<3.7.5'",
        "pip-python",
    ),
    Case(
        "pip._vendor.urllib3.exceptions.ReadTimeoutError: HTTPSConnectionPool(host='files.pythonhosted.org', port=443): Read timed out.",
        "pip-index",
    ),
    Case(
        "WARNING: Retrying (Retry(total=4, connect=None, read=None, redirect=None, status=None)) after connection broken by 'ProxyError('Cannot connect to proxy.', OSError(0, 'Error'))': /simple/openai/",
        "net-proxy-dead",
    ),
    Case(
        "ERROR: Ignored the following versions that require a different python version: 2.49.0 Requires-Python >=3.10\nERROR: Could not find a version that satisfies the requirement openai==2.49.0",
        "pip-python",
    ),
    Case(
        "ImportError: libssl.so.1.1: cannot open shared object file: No such file or directory",
        "env-shared-library",
        "",
        True,
    ),
    Case(
        "ImportError: urllib3 v2 only supports OpenSSL 1.1.1+, currently the 'ssl' module is compiled with 'LibreSSL 2.8.3'.",
        "env-openssl",
        "",
        True,
    ),
    Case(
        "TypeError: AsyncClient.__init__() got an unexpected keyword argument 'proxies'",
        "env-httpx-proxies",
    ),
    Case(
        "RuntimeError: Timeout context manager should be used inside a task",
        "program-no-loop",
        "",
        True,
    ),
    Case(
        "AttributeError: 'ChatCompletionMessage' object has no attribute 'get'",
        "sdk-no-get",
        "",
        True,
    ),
    Case(
        "TypeError: 'ChatCompletionChunk' object is not subscriptable",
        "sdk-not-subscriptable",
        "",
        True,
    ),
    Case("TypeError: 'Choice' object is not subscriptable", "sdk-not-subscriptable", "", True),
    Case(
        "AttributeError: 'ChoiceDelta' object has no attribute 'reasoning_content'",
        "quirk-reasoning-attribute",
    ),
    Case("AttributeError: 'dict' object has no attribute 'choices'", "program-dict-reply"),
    Case("AttributeError: 'tuple' object has no attribute 'choices'", "program-dict-reply"),
    Case(
        "TypeError: expected string or bytes-like object, got 'NoneType'\n  File \"app.py\", line 3, in f\n    re.findall(p, r.choices[0].message.content)",
        "quirk-null-content",
    ),
    Case(
        "json.decoder.JSONDecodeError: Expecting ',' delimiter: line 3 column 5 (char 40)",
        "program-json",
    ),
    Case(
        "openai.BadRequestError: Error code: 400 - {'error': {'message': \"Invalid schema for function 'get_weather': 'object' is not of type 'object'\", 'type': 'invalid_request_error'}}",
        "api-bad-request",
    ),
    Case(
        "openai.BadRequestError: Error code: 400 - {'error': {'message': 'Unrecognized request argument supplied: top_k', 'type': 'invalid_request_error'}}",
        "api-bad-request",
    ),
    Case(
        "openai.UnprocessableEntityError: Error code: 422 - {'error': {'message': 'Failed to deserialize the JSON body into the target type: messages[0]: missing field `content` at line 1 column 40'}}",
        "api-missing-field",
    ),
    Case(
        "openai.RateLimitError: Error code: 429 - {'error': {'code': '1302', 'message': '您当前使用该API的并发数过高，请降低并发，或联系客服增加限额。'}}",
        "vendor-zhipu-rate",
        "Zhipu",
        True,
    ),
    Case(
        "openai.AuthenticationError: Error code: 401 - {'error': {'message': 'Incorrect API key provided: sk-12345. You can find your API key at https://platform.openai.com/account/api-keys.'}}",
        "api-key-of-openai",
        "OpenAI",
    ),
    Case(
        "litellm.exceptions.BadRequestError: litellm.BadRequestError: LLM Provider NOT provided. Pass in the LLM provider you are trying to call. You passed model=deepseek-chat",
        "litellm-provider",
        "",
        True,
    ),
    Case(
        "litellm.AuthenticationError: AuthenticationError: DeepseekException - Authentication Fails, Your api key: ****9f3c is invalid",
        "api-key-wrong",
        "DeepSeek",
        True,
    ),
    Case(
        "anthropic.NotFoundError: Error code: 404 - {'type': 'error', 'error': {'type': 'not_found_error', 'message': 'model: claude-2'}}",
        "other-not-found",
        "Anthropic",
    ),
    Case(
        'mistralai.models.sdkerror.SDKError: API error occurred: Status 401. Body: {"detail":"Unauthorized"}',
        "other-unauthorized",
        "Mistral",
    ),
    Case("groq.APIConnectionError: Connection error.", "net-connection", "Groq"),
    Case(
        "cohere.errors.too_many_requests_error.TooManyRequestsError: status_code: 429, body: {'message': 'trial key limit'}",
        "other-rate",
        "Cohere",
    ),
    Case(
        "PermissionError: [Errno 13] Permission denied: '/usr/lib/python3/dist-packages/openai'",
        "pip-permission",
    ),
    Case("OSError: [Errno 28] No space left on device", "pip-disk", "", True),
    Case("IndentationError: unexpected indent", ""),
    Case("TypeError: 'module' object is not callable", ""),
    Case(
        "botocore.errorfactory.ThrottlingException: An error occurred (ThrottlingException) when calling the InvokeModel operation: Too many requests",
        "",
    ),
    Case("sqlalchemy.exc.InterfaceError: (psycopg2.InterfaceError) connection already closed", ""),
    Case(
        "grpc._channel._InactiveRpcError: StatusCode.UNAVAILABLE: failed to connect to all addresses",
        "",
    ),
    Case("playwright._impl._errors.TimeoutError: Page.goto: Timeout 30000ms exceeded.", ""),
    Case("ValueError: too many values to unpack (expected 2)", ""),
]
