"""Texts that were once explained wrongly, or not at all, as they were reported."""

# ruff: noqa: E501  (texts stand as they are printed)
from __future__ import annotations

from typing import List

from error_texts import CAUSED, Case, traceback

_SHADOWED = "; 'openai' is not a package"
_NO_SSL = 'SSLError("Can\'t connect to HTTPS URL because the SSL module is not available.")'
_BODY = "Failed to deserialize the JSON body into the target type: "

REPORTED: List[Case] = [
    # a file of one's own in the way
    *(
        Case(
            f"ModuleNotFoundError: No module named 'openai.{name}'{_SHADOWED}",
            "env-shadow-dependency",
        )
        for name in ("types", "types.chat", "error", "_models", "embeddings_utils", "resources")
    ),
    Case(
        "ModuleNotFoundError: No module named 'dotenv.main'; 'dotenv' is not a package",
        "env-shadow-dependency",
    ),
    # openai 0.x says so, too
    Case(
        traceback(
            "app.py: from openai.types.chat import ChatCompletion",
            "ModuleNotFoundError: No module named 'openai.types'",
        ),
        "env-incomplete",
    ),
    # a Python without ssl
    Case(
        f"WARNING: Retrying (Retry(total=0, connect=None, read=None, redirect=None, status=None)) after connection broken by '{_NO_SSL}': /simple/openai/\nCould not fetch URL https://pypi.org/simple/openai/: There was a problem confirming the ssl certificate: HTTPSConnectionPool(host='pypi.org', port=443): Max retries exceeded with url: /simple/openai/ (Caused by {_NO_SSL}) - skipping\nERROR: No matching distribution found for openai",
        "env-no-ssl",
        certain=True,
    ),
    Case("urllib.error.URLError: <urlopen error unknown url type: https>", "env-no-ssl", "", True),
    # a URL of the program's own, and the SDK's
    Case(
        traceback(
            'app.py: requests.get("example.com/data")',
            "requests/models.py",
            "requests.exceptions.MissingSchema: Invalid URL 'example.com/data': No scheme supplied. Perhaps you meant https://example.com/data?",
        ),
        "net-url-own",
    ),
    Case(
        traceback(
            'app.py: requests.get("example.com/data")',
            "requests/sessions.py",
            "requests.exceptions.InvalidSchema: No connection adapters were found for 'localhost:8000/data'",
        ),
        "net-url-own",
    ),
    Case(
        traceback(
            'app.py: httpx.get("example.com/data")',
            "httpx/_transports/default.py",
            "httpx.UnsupportedProtocol: Request URL is missing an 'http://' or 'https://' protocol.",
        ),
        "net-url-unnamed",
    ),
    Case(
        traceback(
            "app.py: openai.ChatCompletion.create(",
            "requests/models.py",
            "requests.exceptions.MissingSchema: Invalid URL 'api.deepseek.com/chat/completions': No scheme supplied. Perhaps you meant https://api.deepseek.com/chat/completions?",
        ),
        "net-url-scheme",
        certain=True,
    ),
    Case(
        "requests.exceptions.InvalidSchema: No connection adapters were found for 'ftp://a.org/b'",
        "net-url-unnamed",
    ),
    # create() of the program's own
    *(
        Case(
            traceback(
                f'shop.py: Order.create({name}="x")',
                f"TypeError: {create}() got an unexpected keyword argument '{name}'",
            ),
            "",
        )
        for create in ("create", "Order.create")
        for name in ("name", "user_id")
    ),
    Case(
        traceback(
            'app.py: client.chat.completions.create(engine="x")',
            "TypeError: create() got an unexpected keyword argument 'engine'",
        ),
        "sdk-call-keyword",
        certain=True,
    ),
    # packages
    Case(
        "[ERROR] Runtime.ImportModuleError: Unable to import module 'lambda_function': No module named 'pydantic_core._pydantic_core'",
        "env-wrong-python",
        certain=True,
    ),
    Case("ModuleNotFoundError: No module named 'dsadapter'", "env-dsadapter", "", True),
    Case("/usr/bin/python3: No module named dsadapter", "env-dsadapter", "", True),
    Case(
        "ERROR: Could not find a version that satisfies the requirement dsadapter (from versions: none)\nERROR: No matching distribution found for dsadapter",
        "env-dsadapter",
        certain=True,
    ),
    Case(
        "ImportError: DLL load failed while importing _ssl: The specified module could not be found.",
        "env-dll-python",
    ),
    Case(
        "ImportError: DLL load failed: The specified module could not be found.", "env-dll-unnamed"
    ),
    # other tools
    Case(
        "curl: (60) SSL certificate problem: unable to get local issuer certificate",
        "net-certificate",
        certain=True,
    ),
    Case("curl: (6) Could not resolve host: api.deepseek.com", "net-dns"),
    Case(
        "curl: (7) Failed to connect to api.deepseek.com port 443 after 21 ms: Could not connect to server",
        "net-refused",
    ),
    Case(
        "Because app depends on openai (^3.0) which requires Python >=3.10, version solving failed.",
        "pip-conflict",
        certain=True,
    ),
    Case(
        '{"error_msg":"Not Found. Please check the configuration."}',
        "api-not-found",
    ),
    Case(
        "curl: (60) SSL: no alternative certificate subject name matches target host name 'a.b'",
        "net-certificate-host",
        certain=True,
    ),
    # time limits
    *(
        Case(text, "net-connect-timeout")
        for text in (
            "requests.exceptions.ConnectTimeout: HTTPSConnectionPool(host='api.deepseek.com', port=443): Max retries exceeded with url: /chat/completions (Caused by ConnectTimeoutError(<urllib3.connection.HTTPSConnection object at 0x7f>, 'Connection to api.deepseek.com timed out. (connect timeout=5)'))",
            "TimeoutError: [Errno 110] Connection timed out",
            "TimeoutError: _ssl.c:1011: The handshake operation timed out",
            "urllib.error.URLError: <urlopen error [WinError 10060] A connection attempt failed>",
            "curl: (28) Failed to connect to api.deepseek.com port 443 after 130000 ms: Connection timed out",
            "aiohttp.client_exceptions.ConnectionTimeoutError: Connection timeout to host https://api.deepseek.com/chat/completions",
        )
    ),
    Case(
        "WARNING: Retrying (Retry(total=4, connect=None, read=None, redirect=None, status=None)) after connection broken by 'ConnectTimeoutError(<pip._vendor.urllib3.connection.HTTPSConnection object at 0x7f>, 'Connection to pypi.org timed out. (connect timeout=15)')': /simple/openai/",
        "pip-index",
    ),
    Case(
        "requests.exceptions.ConnectTimeout: HTTPSConnectionPool(host='api.github.com', port=443): Max retries exceeded with url: / (Caused by ConnectTimeoutError(<x>, 'Connection to api.github.com timed out. (connect timeout=5)'))",
        "net-connect-timeout",
        "api.github.com",
    ),
    Case(
        traceback(
            "app.py: client.embeddings.create(engine='x')",
            "TypeError: Embeddings.create() got an unexpected keyword argument 'engine'",
        ),
        "sdk-call-keyword",
        certain=True,
    ),
    Case(
        traceback("app.py: x()", "httpcore/_sync/a.py", "httpcore.ConnectTimeout: timed out")
        + CAUSED
        + traceback(
            "app.py: x()", "httpx/_transports/default.py", "httpx.ConnectTimeout: timed out"
        )
        + CAUSED
        + traceback(
            "app.py: x()", "openai/_base_client.py", "openai.APITimeoutError: Request timed out."
        ),
        "net-connect-timeout",
    ),
    *(
        Case(
            f"requests.exceptions.ReadTimeout: HTTPSConnectionPool(host='{host}', port=443): Read timed out. (read timeout=600)",
            row,
            vendor,
        )
        for host, row, vendor in (
            ("api.github.com", "net-stalled-elsewhere", "api.github.com"),
            ("api.openai.com", "net-stalled-elsewhere", "OpenAI"),
            ("api.deepseek.com", "net-stalled", "DeepSeek"),
        )
    ),
    # proxies and aiohttp
    Case(
        "requests.exceptions.ProxyError: HTTPSConnectionPool(host='api.deepseek.com', port=443): Max retries exceeded with url: /models (Caused by ProxyError('Cannot connect to proxy.', FileNotFoundError(2, 'No such file or directory')))",
        "net-proxy-old-urllib3",
    ),
    Case(
        "aiohttp.client_exceptions.ClientConnectorError: Cannot connect to host api.deepseek.com:443 ssl:default [Connect call failed ('1.2.3.4', 443)]",
        "net-connect-failed",
    ),
    Case(
        "ConnectionRefusedError: [Errno 111] Connect call failed ('127.0.0.1', 7890)", "net-refused"
    ),
    # data
    Case(
        "pydantic_core._pydantic_core.ValidationError: 1 validation error for Person\nage\n  Input should be a valid integer [type=int_parsing]",
        "program-validation",
    ),
    Case(
        "pydantic.error_wrappers.ValidationError: 1 validation error for ChatOpenAI\n__root__\n  Did not find openai_api_key, please add an environment variable `OPENAI_API_KEY` which contains it, or pass `openai_api_key` as a named parameter. (type=value_error)",
        "key-missing-langchain",
        certain=True,
    ),
    # answers
    Case(
        f"openai.UnprocessableEntityError: Error code: 422 - {{'error': {{'message': '{_BODY}messages[1]: missing field `content` at line 1 column 87'}}}}",
        "api-missing-part",
    ),
    Case(
        f'{{"error":{{"message":"{_BODY}temperature: invalid type: string \\"hot\\", expected f32 at line 1 column 58","type":"invalid_request_error"}}}}',
        "api-body-shape",
        certain=True,
    ),
    Case(
        "openai.NotFoundError: Error code: 404 - {'error': {'code': '404', 'message': 'Resource not found'}}",
        "vendor-azure-path",
    ),
]
