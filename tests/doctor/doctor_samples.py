"""Error texts as they appear, each with the row of knowledge that explains it; "" for none."""

from __future__ import annotations

from typing import List, Tuple

SAMPLES: List[Tuple[str, str]] = [
    (
        "AttributeError: module 'openai' has no attribute 'ChatCompletion'",
        "sdk-no-chatcompletion",
    ),
    (
        "openai.lib._old_api.APIRemovedInV1: \n\nYou tried to access "
        "openai.ChatCompletion, but this is no longer supported in openai>=1.0.0 "
        "- see the README at https://github.com/openai/openai-python for the "
        "API.\n\nYou can run `openai migrate` to automatically upgrade your "
        "codebase to use the 1.0.0 interface. \n\nAlternatively, you can pin your "
        "installation to the old version, e.g. `pip install openai==0.28`\n",
        "sdk-removed-call",
    ),
    (
        "TypeError: isinstance() arg 2 must be a type, a tuple of types, or a union\n  openai",
        "sdk-subclass-removed",
    ),
    (
        "AttributeError: module 'openai' has no attribute 'error'",
        "sdk-no-error-attribute",
    ),
    (
        "ModuleNotFoundError: No module named 'openai.error'",
        "sdk-no-error-module",
    ),
    (
        "ImportError: cannot import name 'error' from 'openai' "
        "(/x/lib/python3.11/site-packages/openai/__init__.py)",
        "sdk-no-error-module",
    ),
    (
        "AttributeError: module 'openai' has no attribute 'InvalidRequestError'",
        "sdk-old-name",
    ),
    (
        "ModuleNotFoundError: No module named 'openai.openai_object'",
        "sdk-old-name",
    ),
    (
        "ModuleNotFoundError: No module named 'openai.embeddings_utils'",
        "sdk-old-name",
    ),
    (
        "openai.AuthenticationError: Error code: 401 - {'error': {'message': "
        "'Incorrect API key provided: sk-abc. You can find your API key at "
        "https://platform.openai.com/account/api-keys.'}}",
        "api-key-of-openai",
    ),
    (
        "openai.NotFoundError: Error code: 404 - POST https://api.deepseek.com/v1chat/completions",
        "net-no-slash",
    ),
    (
        "ImportError: cannot import name 'OpenAI' from 'openai' "
        "(/x/lib/python3.11/site-packages/openai/__init__.py)",
        "sdk-too-old",
    ),
    (
        "AttributeError: module 'openai' has no attribute 'OpenAI'",
        "sdk-too-old",
    ),
    (
        "AttributeError: module 'openai' has no attribute 'RateLimitError'",
        "sdk-too-old",
    ),
    (
        "TypeError: 'ChatCompletion' object is not subscriptable",
        "sdk-not-subscriptable",
    ),
    (
        "TypeError: 'ChatCompletionMessage' object is not subscriptable",
        "sdk-not-subscriptable",
    ),
    (
        "TypeError: 'ChatCompletionChunk' object is not subscriptable",
        "sdk-not-subscriptable",
    ),
    (
        "TypeError: 'ChoiceDelta' object is not subscriptable",
        "sdk-not-subscriptable",
    ),
    (
        "AttributeError: 'ChoiceDelta' object has no attribute 'get'",
        "sdk-no-get",
    ),
    (
        "AttributeError: 'ChatCompletion' object has no attribute 'get'",
        "sdk-no-get",
    ),
    (
        "TypeError: Object of type ChatCompletion is not JSON serializable",
        "sdk-not-json",
    ),
    (
        "AttributeError: 'ChatCompletion' object has no attribute 'to_dict_recursive'",
        "sdk-no-to-dict-recursive",
    ),
    (
        "TypeError: 'SyncPage[Model]' object is not subscriptable",
        "sdk-page-not-subscriptable",
    ),
    (
        "TypeError: Completions.create() got an unexpected keyword argument 'request_timeout'",
        "sdk-call-keyword",
    ),
    (
        "TypeError: create() got an unexpected keyword argument 'stream_options'",
        "sdk-call-keyword",
    ),
    (
        "TypeError: Completions.create() got an unexpected keyword argument 'thinking'",
        "sdk-body-keyword",
    ),
    (
        "TypeError: OpenAI.__init__() got an unexpected keyword argument 'api_base'",
        "sdk-client-keyword",
    ),
    (
        "TypeError: OpenAI.__init__() takes 1 positional argument but 2 were given",
        "sdk-client-keyword",
    ),
    (
        "TypeError: OpenAI.__init__() got an unexpected keyword argument 'proxies'",
        "sdk-client-proxies",
    ),
    (
        "TypeError: Client.__init__() got an unexpected keyword argument 'proxies'",
        "env-httpx-proxies",
    ),
    (
        "TypeError: AsyncClient.__init__() got an unexpected keyword argument 'proxies'",
        "env-httpx-proxies",
    ),
    (
        "TypeError: __init__() got an unexpected keyword argument 'proxies'",
        "env-httpx-proxies",
    ),
    (
        "TypeError: Client.__init__() got an unexpected key",
        "env-httpx-proxies-cut",
    ),
    (
        "openai.OpenAIError: The api_key client option must be set either by "
        "passing api_key to the client or by setting the OPENAI_API_KEY "
        "environment variable",
        "key-missing",
    ),
    (
        "openai.OpenAIError: Missing credentials. Please pass an `api_key`, "
        "`workload_identity`, `admin_api_key`, or set the `OPENAI_API_KEY` or "
        "`OPENAI_ADMIN_KEY` environment variable.",
        "key-missing",
    ),
    (
        "TypeError: Could not resolve authentication method. Expected either "
        "api_key or admin_api_key to be set.",
        "key-missing-module",
    ),
    (
        "openai.error.AuthenticationError: No API key provided. You can set your "
        "API key in code using 'openai.api_key = <API-KEY>', ",
        "key-missing-legacy",
    ),
    (
        "ModuleNotFoundError: No module named 'httpx'",
        "sdk-httpx-gone",
    ),
    (
        "TypeError: Invalid `http_client` argument; Expected an instance of "
        "`httpx.Client` or `httpx2.Client` but got <class 'httpx.AsyncClient'>",
        "sdk-http-client",
    ),
    (
        "TypeError: Invalid type for url.  Expected str or httpx2.URL, got "
        "<class 'httpx.URL'>: URL('https://x')",
        "sdk-base-url-object",
    ),
    (
        "IndexError: list index out of range\n  print(chunk.choices[0])",
        "quirk-no-choices",
    ),
    (
        '  File "a.py", line 3\n    print(chunk.choices[0].delta)\nIndexError: '
        "list index out of range",
        "quirk-no-choices",
    ),
    (
        "TypeError: catching classes that do not inherit from BaseException is not allowed",
        "sdk-timeout-class",
    ),
    (
        "openai.error.InvalidRequestError: Must provide an 'engine' or "
        "'deployment_id' parameter to create a <class "
        "'openai.api_resources.chat_completion.ChatCompletion'>",
        "sdk-azure",
    ),
    (
        "openai.error.InvalidRequestError: Must provide an 'engine' or 'model' "
        "parameter to create a <class ...>",
        "sdk-engine",
    ),
    (
        "TypeError: APIStatusError.__init__() missing 2 required keyword-only "
        "arguments: 'response' and 'body'",
        "sdk-pickle-error",
    ),
    (
        "INFO:openai._base_client:Retrying request to /chat/completions in 0.8 seconds",
        "sdk-retries",
    ),
    (
        "httpx2.ReadTimeout: The read operation timed out",
        "net-stalled",
    ),
    (
        "UnicodeEncodeError: 'gbk' codec can't encode character '\\U0001f60a' in "
        "position 5: illegal multibyte sequence",
        "env-console",
    ),
    (
        "UnicodeEncodeError: 'charmap' codec can't encode character '\\u4f60' in "
        "position 0: character maps to <undefined>",
        "env-console",
    ),
    (
        '  File "/x/lib/python3.11/site-packages/dotenv/main.py", line 5\n'
        "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xc4 in position "
        "10: invalid continuation byte",
        "env-dotenv-encoding",
    ),
    (
        "UnicodeDecodeError: 'gbk' codec can't decode byte 0x80 in position 10: "
        "illegal multibyte sequence",
        "env-file-encoding",
    ),
    (
        "UnicodeEncodeError: 'latin-1' codec can't encode characters in position "
        "10-11: ordinal not in range(256)",
        "key-non-ascii",
    ),
    (
        "UnicodeEncodeError: 'ascii' codec can't encode characters in position "
        "7-8: ordinal not in range(128)",
        "key-non-ascii",
    ),
    (
        "UnicodeEncodeError: 'ascii' codec can't encode character '\\ufeff' in "
        "position 7: ordinal not in range(128)",
        "key-non-ascii",
    ),
    (
        "httpx.LocalProtocolError: Illegal header value b'Bearer "
        "sk-abcdefabcdef1234567890\\n'\n\nThe above exception was the direct cause "
        "of the following exception:\n\nopenai.APIConnectionError: Connection "
        "error.",
        "key-line-break",
    ),
    (
        "ValueError: Invalid header value b'Bearer sk-abcd\\n'",
        "key-line-break",
    ),
    (
        "ValueError: Newline, carriage return, or null byte detected in headers. "
        "Potential header injection attack.",
        "key-line-break",
    ),
    (
        "ImportError: cannot import name 'Iterator' from 'typing_extensions' "
        "(/x/lib/python3.11/site-packages/typing_extensions.py)",
        "env-typing-extensions",
    ),
    (
        "SystemError: The installed pydantic-core version (2.33.2) is "
        "incompatible with the current pydantic version, which requires 2.50.4. ",
        "env-pydantic-core",
    ),
    (
        "ImportError: cannot import name 'ArgsKwargs' from "
        "'pydantic_core._pydantic_core' (unknown location)",
        "env-wrong-python",
    ),
    (
        "ImportError: cannot import name 'Proxy' from 'httpx' "
        "(/x/lib/python3.11/site-packages/httpx/__init__.py)",
        "env-httpx-prerelease",
    ),
    (
        "ModuleNotFoundError: No module named 'cgi'",
        "env-cgi",
    ),
    (
        "ModuleNotFoundError: No module named 'urllib3.packages.six.moves'",
        "env-urllib3",
    ),
    (
        "AttributeError: module 'asyncio.coroutines' has no attribute '_DEBUG'",
        "env-aiohttp",
    ),
    (
        "ModuleNotFoundError: No module named 'jiter'",
        "env-missing-dependency",
    ),
    (
        "ModuleNotFoundError: No module named 'openai'",
        "env-not-installed",
    ),
    (
        "ModuleNotFoundError: No module named 'openai._client'",
        "env-incomplete",
    ),
    (
        "ImportError: cannot import name 'OpenAI' from partially initialized "
        "module 'openai' (most likely due to a circular import) "
        "(/home/me/openai.py)",
        "env-shadow-script",
    ),
    (
        "AttributeError: partially initialized module 'openai' has no attribute "
        "'OpenAI' (most likely due to a circular import)",
        "env-shadow-script",
    ),
    (
        "ImportError: cannot import name 'OpenAI' from 'openai' (/home/me/app/openai.py)",
        "env-shadow-file",
    ),
    (
        "ImportError: cannot import name 'OpenAI' from 'openai' (unknown location)",
        "env-namespace",
    ),
    (
        "AttributeError: module 'requests' has no attribute 'Session'",
        "env-shadow-dependency",
    ),
    (
        "ModuleNotFoundError: No module named 'pydantic.fields'; 'pydantic' is not a package",
        "env-shadow-dependency",
    ),
    (
        "AttributeError: module 'random' has no attribute 'x' (consider renaming "
        "'/home/me/random.py' since it has the same name as the standard library "
        "module named 'random' and the import system gives it precedence)",
        "env-shadow-stdlib",
    ),
    (
        "ImportError: urllib3 v2 only supports OpenSSL 1.1.1+, currently the "
        "'ssl' module is compiled with LibreSSL",
        "env-openssl",
    ),
    (
        "ImportError: Using SOCKS proxy, but the 'socksio' package is not "
        "installed. Make sure to install httpx using `pip install httpx[socks]`.",
        "net-socks",
    ),
    (
        "openai.error.APIConnectionError: Error communicating with OpenAI: "
        "Missing dependencies for SOCKS support.",
        "net-socks",
    ),
    (
        "ValueError: Unknown scheme for proxy URL URL('socks://127.0.0.1:7890')",
        "net-proxy-scheme",
    ),
    (
        "httpx.InvalidURL: Invalid port: ':1]'",
        "net-no-proxy",
    ),
    (
        "httpx.InvalidURL: Invalid port: 'abc'",
        "net-proxy-port",
    ),
    (
        "FileNotFoundError: [Errno 2] No such file or directory",
        "",
    ),
    (
        "    context.load_verify_locations(cafile=x)\nFileNotFoundError: [Errno "
        "2] No such file or directory",
        "net-ca-file",
    ),
    (
        "ssl.SSLError: [X509: NO_CERTIFICATE_OR_CRL_FOUND] no certificate or crl found",
        "net-ca-file",
    ),
    (
        "OSError: Could not find a suitable TLS CA certificate bundle, invalid path: /x",
        "net-ca-bundle",
    ),
    (
        "httpx.ConnectError: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify "
        "failed: self-signed certificate (_ssl.c:1000)\n\nThe above exception was "
        "the direct cause of the following exception:\n\n"
        "openai.APIConnectionError: Connection error.",
        "net-certificate",
    ),
    (
        "httpx.UnsupportedProtocol: Request URL is missing an 'http://' or "
        "'https://' protocol.\nopenai.APIConnectionError: Connection error.",
        "net-url-scheme",
    ),
    (
        "httpx.ConnectError: [Errno 111] Connection refused\n\nThe above exception "
        "was the direct cause of the following exception:\n\n"
        "openai.APIConnectionError: Connection error.",
        "net-refused",
    ),
    (
        "openai.APIConnectionError: Connection error.",
        "net-connection",
    ),
    (
        "httpx.RemoteProtocolError: peer closed connection without sending "
        "complete message body (incomplete chunked read)",
        "net-cut",
    ),
    (
        "requests.exceptions.ChunkedEncodingError: Response ended prematurely",
        "net-cut",
    ),
    (
        "openai.APITimeoutError: Request timed out.",
        "net-stalled",
    ),
    (
        "RuntimeError: Event loop is closed",
        "env-closed-loop",
    ),
    (
        "RuntimeError: Cannot send a request, as the client has been closed.",
        "env-closed-client",
    ),
    (
        "openai.AuthenticationError: Error code: 401 - {'error': {'message': "
        "'Authentication Fails, Your api key: ****0000 is invalid', 'type': "
        "'authentication_error'}}",
        "api-key-wrong",
    ),
    (
        "Authentication Fails (governor)",
        "api-key-absent",
    ),
    (
        "Authentication Fails (no such user)",
        "api-key-user",
    ),
    (
        "Authentication Fails (auth header format should be Bearer sk-...)",
        "api-key-format",
    ),
    (
        "openai.APIStatusError: Error code: 402 - {'error': {'message': "
        "'Insufficient Balance', 'type': 'unknown_error'}}",
        "api-balance",
    ),
    (
        "openai.BadRequestError: Error code: 400 - {'error': {'message': 'The "
        "supported API model names are deepseek-flash, deepseek-v4-pro, but you "
        "passed gpt-4.', 'type': 'invalid_request_error'}}",
        "api-model",
    ),
    (
        "Model Not Exist",
        "api-model-unknown",
    ),
    (
        "Failed to parse the request body as JSON: EOF while parsing a value at line 1 column 0",
        "api-body-json",
    ),
    (
        "Failed to deserialize the JSON body into the target type: missing field "
        "`messages` at line 1 column 2",
        "api-missing-field",
    ),
    (
        "Failed to deserialize the JSON body into the target type: messages: "
        "invalid type: map, expected a sequence at line 1 column 40",
        "api-messages-shape",
    ),
    (
        "Failed to deserialize the JSON body into the target type: "
        "messages[0].role: unknown variant `developer`, expected one of "
        "`system`, `user`, `assistant`, `tool`, `latest_reminder` at line 1 "
        "column 60",
        "api-developer-role",
    ),
    (
        "messages[5]: invalid type: sequence, expected a string at line 1 column 33928",
        "api-content-list",
    ),
    (
        "Invalid temperature value, the valid range of temperature is [0, 2]",
        "api-temperature",
    ),
    (
        "Invalid max_tokens value, the valid range of max_tokens is [1, 8192]",
        "api-max-tokens",
    ),
    (
        "Invalid 'user_id': string too long. Expected a string with maximum length 512",
        "api-user-id",
    ),
    (
        "Prompt must contain the word 'json' in some form to use "
        "'response_format' of type 'json_object'.",
        "api-json-word",
    ),
    (
        "This response_format type is unavailable now",
        "api-json-schema",
    ),
    (
        "Thinking mode does not support this tool_choice",
        "api-tool-choice",
    ),
    (
        "The `reasoning_content` in the thinking mode must be passed back to the API.",
        "api-reasoning",
    ),
    (
        "Missing `reasoning_content` field in the assistant message at message index 3.",
        "api-reasoning",
    ),
    (
        "This model's maximum context length is 131072 tokens. However, you "
        "requested 131134 tokens",
        "api-context",
    ),
    (
        "An assistant message with 'tool_calls' must be followed by tool "
        "messages responding to each 'tool_call_id'.",
        "api-tool-messages",
    ),
    (
        "Messages with role 'tool' must be a response to a preceding message with 'tool_calls'",
        "api-tool-messages",
    ),
    (
        "Content Exists Risk",
        "api-risk",
    ),
    (
        "deepseek-reasoner does not support successive user or assistant "
        "messages (messages[1] and messages[2] in your input).",
        "api-alternation",
    ),
    (
        "The last message of deepseek-reasoner must be a user message, or an "
        "assistant message with prefix mode on",
        "api-alternation",
    ),
    (
        "deepseek-reasoner does not support Function Calling",
        "api-function-calling",
    ),
    (
        "Expected request with `Content-Type: application/json`",
        "api-content-type",
    ),
    (
        "Your current concurrency is 40, which exceeds your concurrency limit of "
        "39 based on your remaining balance.",
        "api-concurrency",
    ),
    (
        "Rate limit reached for TPM",
        "api-rate",
    ),
    (
        "openai.error.ServiceUnavailableError: The server is overloaded or not ready yet.",
        "api-busy",
    ),
    (
        "unknown variant `image_url`, expected `text`",
        "api-image",
    ),
    (
        "unknown variant `none`, expected one of `high`, `low`, `medium`, `max`, `xhigh`",
        "api-effort",
    ),
    (
        "unexpected end of hex escape at line 1 column 30",
        "api-surrogate",
    ),
    (
        "json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)",
        "quirk-blank-reply",
    ),
    (
        "json.decoder.JSONDecodeError: Unterminated string starting at: line 1 column 5 (char 4)",
        "quirk-half-json",
    ),
    (
        'TypeError: can only concatenate str (not "NoneType") to str',
        "quirk-null-content",
    ),
    (
        "AttributeError: 'ChoiceDelta' object has no attribute 'reasoning_content'",
        "quirk-reasoning-attribute",
    ),
    (
        "KeyError: 'choices'",
        "quirk-key-error-choices",
    ),
    (
        "AttributeError: 'str' object has no attribute 'choices'",
        "quirk-str-reply",
    ),
    (
        "ä½ å¥½",
        "quirk-mojibake",
    ),
    (
        "<｜DSML｜tool_calls>",
        "quirk-dsml",
    ),
    (
        "openai.error.APIError: HTTP code 502 from API (<html>...)",
        "quirk-http-code",
    ),
    (
        "openai.LengthFinishReasonError: Could not parse response content as the "
        "length limit was reached",
        "quirk-length",
    ),
    (
        "TypeError: unsupported operand type(s) for /: 'NoneType' and 'float'",
        "sdk-response-ms",
    ),
    (
        "AttributeError: 'str' object has no attribute 'get'\nopenai",
        "quirk-str-get",
    ),
    (
        "ValueError: Got more than 131072 bytes (131073) when reading Line is too long.",
        "quirk-line-too-long",
    ),
    (
        "TypeError: 'NoneType' object is not subscriptable\n r.choices[0]",
        "quirk-choices-none",
    ),
    (
        "socket.gaierror: [Errno -2] Name or service not known",
        "net-dns",
    ),
    (
        "requests.exceptions.ProxyError: "
        "HTTPSConnectionPool(host='api.deepseek.com', port=443): Max retries "
        "exceeded",
        "net-proxy-dead",
    ),
    (
        "ZeroDivisionError: division by zero",
        "",
    ),
    (
        "hello world",
        "",
    ),
    (
        "for x in ast.literal_eval(str(e)):\nValueError: malformed node or string",
        "sdk-error-text-parsed",
    ),
    (
        "AttributeError: 'Session' object has no attribute 'timeout'",
        "sdk-http-client-session",
    ),
    (
        "RuntimeError: generator didn't stop after athrow()",
        "sdk-asyncgen-noise",
    ),
    (
        "AttributeError: 'AsyncHttpxClientWrapper' object has no attribute '_state'",
        "sdk-wrapper-state",
    ),
    (
        "AttributeError: module 'openai' has no attribute 'x' (consider renaming "
        "'/home/me/openai.py' if it has the same name as a third-party module "
        "you intended to import)",
        "env-shadow-renaming",
    ),
    (
        "TypeError: type 'typing.TypeVar' is not an acceptable base type",
        "env-typing-extensions-typevar",
    ),
    (
        "RequestsDependencyWarning: urllib3 (2.0) or chardet (5) doesn't match a "
        "supported version!",
        "env-requests-warning",
    ),
    (
        "ModuleNotFoundError: No module named 'langchain'",
        "env-import-module",
    ),
    (
        "requests.exceptions.SSLError: [SSL: WRONG_VERSION_NUMBER] wrong version number",
        "net-proxy-https",
    ),
    (
        "httpx.InvalidURL: Invalid non-printable ASCII character in URL, '\\n' at position 25.",
        "net-url-break",
    ),
    (
        "openai.error.APIError: POST https://api.deepseek.com/v1//chat/completions",
        "net-slash",
    ),
    (
        "ConnectionResetError: [Errno 104] Connection reset by peer",
        "net-reset",
    ),
    (
        "    ctx.keylog_filename = x\nFileNotFoundError: [Errno 2] No such file: '/no/keys'",
        "net-keylog",
    ),
    (
        "Failed to deserialize the JSON body into the target type: stop: invalid type: integer",
        "api-body-shape",
    ),
    (
        "openai.NotFoundError: Error code: 404",
        "api-not-found",
    ),
    (
        "openai.AuthenticationError: Error code: 401",
        "api-unauthorized",
    ),
    (
        "openai.BadRequestError: Error code: 400 - something new",
        "api-bad-request",
    ),
    (
        "finish_reason: insufficient_system_resource",
        "quirk-busy-system",
    ),
    (
        '  File "/x/openai/api_requestor.py", line 7\nAssertionError',
        "quirk-assertion",
    ),
    (
        "Exception: 'finish_reason': 'length'",
        "quirk-length",
    ),
]
