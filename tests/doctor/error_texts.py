# ruff: noqa: E501  (texts stand as they are printed)
"""Error texts as programs, shells and servers print them, written anew for these tests.

Each says what it is expected to be explained as ("" for unknown), whose answer it is, and whether
the text proves it: a frame, a class or an exact phrase of known origin.
"""

from __future__ import annotations

from typing import List, NamedTuple

SITE = "/srv/app/.venv/lib/python3.12/site-packages"
STANDARD = "/usr/lib/python3.12"
CAUSED = "\n\nThe above exception was the direct cause of the following exception:\n\n"
MEANWHILE = "\n\nDuring handling of the above exception, another exception occurred:\n\n"


class Case(NamedTuple):
    """A text, the row it is explained by, the vendor, and whether it may be called certain."""

    text: str
    row: str
    vendor: str = ""
    certain: bool = False


def traceback(*frames: str) -> str:
    """``frames``: "file: source line", a file without a folder is the user's; the last is the
    error."""
    *calls, error = frames
    lines = ["Traceback (most recent call last):"]
    for number, call in enumerate(calls, 11):
        file, _, source = call.partition(": ")
        folder = "/srv/app"
        if file.startswith("std/"):
            folder, file = STANDARD, file[4:]
        elif "/" in file:
            folder = SITE
        lines += [f'  File "{folder}/{file}", line {number}, in f', f"    {source or 'x()'}"]
    return "\n".join([*lines, error])


def server(
    status: int, message: str, kind: str = "invalid_request_error", sdk: str = "openai"
) -> str:
    """What the SDK prints for an answer that refuses."""
    names = {
        400: "BadRequestError",
        401: "AuthenticationError",
        402: "APIStatusError",
        403: "PermissionDeniedError",
        404: "NotFoundError",
        413: "APIStatusError",
        422: "UnprocessableEntityError",
        429: "RateLimitError",
        500: "InternalServerError",
        503: "InternalServerError",
        529: "InternalServerError",
    }
    body = {"error": {"message": message, "type": kind, "param": None, "code": None}}
    return f"{sdk}.{names[status]}: Error code: {status} - {body}"


PROXIES = "TypeError: Client.__init__() got an unexpected keyword argument 'proxies'"
OLD_PROXIES = "TypeError: __init__() got an unexpected keyword argument 'proxies'"
DECODE = "json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)"
POST = 'INFO httpx: HTTP Request: POST https://{host}/v1/chat/completions "HTTP/1.1 {status}"\n'

FRAMES: List[Case] = [
    Case(
        traceback("app.py: c = OpenAI()", "openai/_client.py", "openai/_base_client.py", PROXIES),
        "env-httpx-proxies",
        "",
        True,
    ),
    Case(
        traceback(
            "app.py: c = OpenAI()", "openai/_client.py", "openai/_base_client.py", OLD_PROXIES
        ),
        "env-httpx-proxies",
        "",
        True,
    ),
    Case(
        traceback(
            "app.py: m = ChatOpenAI()",
            "langchain_openai/chat_models/base.py",
            "openai/_client.py",
            "openai/_base_client.py",
            PROXIES,
        ),
        "env-httpx-proxies",
        "",
        True,
    ),
    Case(
        traceback("bot.py: c = Groq()", "groq/_client.py", "groq/_base_client.py", PROXIES),
        "env-proxies-package",
        "Groq",
        True,
    ),
    Case(
        traceback(
            "bot.py: c = Anthropic()", "anthropic/_client.py", "anthropic/_base_client.py", PROXIES
        ),
        "env-proxies-package",
        "Anthropic",
        True,
    ),
    Case(
        traceback("q.py: c = QdrantClient()", "qdrant_client/http/api_client.py", PROXIES),
        "env-proxies-package",
        "",
        True,
    ),
    Case(
        traceback(
            "ui.py: import gradio", "gradio/__init__.py", "gradio_client/client.py", OLD_PROXIES
        ),
        "env-proxies-package",
        "",
        True,
    ),
    Case(traceback("net.py: h = httpx.Client(proxies=P)", PROXIES), "program-proxies", "", True),
    Case(
        traceback(
            "net.py: h = httpx.AsyncClient(proxies=P)",
            "TypeError: AsyncClient.__init__() got an unexpected keyword argument 'proxies'",
        ),
        "program-proxies",
        "",
        True,
    ),
    Case(PROXIES, "env-httpx-proxies"),
    Case(
        traceback(
            "app.py: OpenAI(proxies=P)",
            "TypeError: OpenAI.__init__() got an unexpected keyword argument 'proxies'",
        ),
        "sdk-client-proxies",
        "",
        True,
    ),
    Case("TypeError: MyPool.__init__() got an unexpected keyword argument 'proxies'", ""),
    Case(
        traceback(
            "app.py: AzureOpenAI(api_base=B)",
            "TypeError: AzureOpenAI.__init__() got an unexpected keyword argument 'api_base'",
        ),
        "sdk-client-keyword",
        "",
        True,
    ),
    Case(
        traceback(
            "app.py: Order.create(kind=1)",
            "shop/models.py",
            "TypeError: Order.create() got an unexpected keyword argument 'kind'",
        ),
        "",
    ),
    Case(
        traceback(
            "app.py: openai.ChatCompletion.create()",
            "openai/lib/_old_api.py",
            "openai.lib._old_api.APIRemovedInV1: \n\nYou tried to access openai.ChatCompletion, but this is no longer supported in openai>=1.0.0",
        ),
        "sdk-removed-call",
        "",
        True,
    ),
    Case(
        traceback(
            "app.py: client.chat.completions.create(engine='x')",
            "openai/_utils/_utils.py",
            "TypeError: Completions.create() got an unexpected keyword argument 'engine'",
        ),
        "sdk-call-keyword",
        "",
        True,
    ),
    Case(
        traceback(
            "app.py: r = requests.get(URL)",
            "requests/models.py",
            "requests.exceptions.HTTPError: 401 Client Error: Unauthorized for url: https://api.github.com/user",
        ),
        "other-unauthorized",
        "api.github.com",
    ),
    Case(
        traceback(
            "app.py: r.raise_for_status()",
            "httpx/_models.py",
            "httpx.HTTPStatusError: Client error '401 Unauthorized' for url 'https://gitlab.example.org/api/v4/user'\nFor more information check: https://developer.mozilla.org/en-US/docs/Web/HTTP/Status/401",
        ),
        "other-unauthorized",
        "gitlab.example.org",
    ),
    Case(
        traceback(
            "app.py: r.raise_for_status()",
            "httpx/_models.py",
            "httpx.HTTPStatusError: Client error '401 Unauthorized' for url 'https://api.deepseek.com/chat/completions'",
        ),
        "api-unauthorized",
        "DeepSeek",
    ),
    Case(
        traceback(
            "app.py: r.raise_for_status()",
            "requests/models.py",
            "requests.exceptions.HTTPError: 404 Client Error: Not Found for url: https://api.deepseek.com/v2/chat",
        ),
        "api-not-found",
        "DeepSeek",
    ),
    Case(
        traceback(
            "app.py: r.raise_for_status()",
            "requests/models.py",
            "requests.exceptions.HTTPError: 404 Client Error: Not Found for url: https://weather.example.net/v1/now",
        ),
        "other-not-found",
        "weather.example.net",
    ),
    Case(
        traceback(
            "app.py: r.raise_for_status()",
            "requests/models.py",
            "requests.exceptions.HTTPError: 429 Client Error: Too Many Requests for url: https://api.search.example/q",
        ),
        "other-rate",
        "api.search.example",
    ),
    Case(
        traceback(
            "app.py: r.raise_for_status()",
            "requests/models.py",
            "requests.exceptions.HTTPError: 402 Client Error: Payment Required for url: https://api.deepseek.com/chat/completions",
        ),
        "api-balance",
        "DeepSeek",
    ),
    Case(
        "aiohttp.client_exceptions.ClientResponseError: 403, message='Forbidden', url=URL('https://files.example.com/a')",
        "other-forbidden",
        "files.example.com",
    ),
    Case(
        "aiohttp.client_exceptions.ClientResponseError: 503, message='Service Unavailable', url=URL('https://api.deepseek.com/chat/completions')",
        "api-busy",
        "DeepSeek",
    ),
    Case(
        traceback(
            "app.py: c.messages.create()",
            "anthropic/_base_client.py",
            "anthropic.AuthenticationError: Error code: 401 - {'type': 'error', 'error': {'type': 'authentication_error', 'message': 'invalid x-api-key'}}",
        ),
        "vendor-anthropic-key",
        "Anthropic",
        True,
    ),
    Case(
        traceback(
            "app.py: c.messages.create()",
            "anthropic/_base_client.py",
            "anthropic.RateLimitError: Error code: 429 - {'type': 'error'}",
        ),
        "other-rate",
        "Anthropic",
    ),
    Case(
        traceback(
            "app.py: c.chat.completions.create()",
            "groq/_base_client.py",
            "groq.AuthenticationError: Error code: 401 - {'error': {'message': 'Invalid API Key', 'type': 'invalid_request_error', 'code': 'invalid_api_key'}}",
        ),
        "vendor-groq-key",
        "Groq",
    ),
    Case(
        traceback(
            "app.py: c.chat()",
            "mistralai/models/sdkerror.py",
            "mistralai.models.sdkerror.SDKError: API error occurred: Status 401\nUnauthorized",
        ),
        "other-unauthorized",
        "Mistral",
    ),
    Case(
        traceback(
            "app.py: ollama.chat('x')",
            "ollama/_client.py",
            "ollama._types.ResponseError: model 'qwen3:8b' not found (status code: 404)",
        ),
        "vendor-ollama-model",
        "Ollama",
    ),
    Case(
        "litellm.AuthenticationError: AuthenticationError: DeepseekException - Authentication Fails, Your api key: ****abcd is invalid",
        "api-key-wrong",
        "DeepSeek",
        True,
    ),
    Case(
        "litellm.RateLimitError: RateLimitError: GroqException - Rate limit reached for model `llama-3.3` in organization `org_1` service tier `on_demand` on tokens per minute (TPM): Limit 6000",
        "vendor-groq-rate",
        "Groq",
    ),
    Case(
        "litellm.AuthenticationError: AnthropicException - b'no key'",
        "other-unauthorized",
        "Anthropic",
    ),
    Case(
        "litellm.NotFoundError: AzureException NotFoundError - The API deployment for this resource does not exist. If you created the deployment within the last 5 minutes",
        "vendor-azure-deployment",
        "Azure OpenAI",
        True,
    ),
]

VENDORS: List[Case] = [
    Case(
        server(
            429,
            "Rate limit reached for gpt-4o in organization org-1 on tokens per min (TPM): Limit 30000",
        ),
        "vendor-openai-rate",
        "OpenAI",
    ),
    Case(
        server(
            429,
            "You exceeded your current quota, please check your plan and billing details.",
            "insufficient_quota",
        ),
        "vendor-openai-quota",
        "OpenAI",
    ),
    Case(
        "openai.error.RateLimitError: You exceeded your current quota, please check your plan and billing details.",
        "vendor-openai-quota",
        "OpenAI",
    ),
    Case(
        server(404, "The model `gpt-5` does not exist or you do not have access to it."),
        "vendor-openai-model",
        "OpenAI",
    ),
    Case(
        server(404, "The model `deepseek-chat` does not exist or you do not have access to it."),
        "vendor-openai-model",
        "OpenAI",
    ),
    Case(
        server(403, "Country, region, or territory not supported", "request_forbidden"),
        "vendor-openai-country",
        "OpenAI",
        True,
    ),
    Case(
        server(
            400,
            "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
        ),
        "vendor-openai-max-tokens",
        "OpenAI",
        True,
    ),
    Case(
        server(
            400,
            "Unsupported value: 'temperature' does not support 0.2 with this model. Only the default (1) value is supported.",
        ),
        "vendor-openai-temperature",
        "OpenAI",
    ),
    Case(
        server(400, "Your organization must be verified to stream this model."),
        "vendor-openai-verified",
        "OpenAI",
        True,
    ),
    Case(
        server(404, "The API deployment for this resource does not exist."),
        "vendor-azure-deployment",
        "Azure OpenAI",
        True,
    ),
    Case(
        server(401, "Access denied due to invalid subscription key or wrong API endpoint."),
        "vendor-azure-key",
        "Azure OpenAI",
        True,
    ),
    Case(
        server(
            400,
            "The response was filtered due to the prompt triggering Azure OpenAI's content management policy.",
        ),
        "vendor-azure-filter",
        "Azure OpenAI",
        True,
    ),
    Case(server(404, "API version not supported"), "vendor-azure-version", "Azure OpenAI"),
    Case(
        server(
            400, "Access denied, please make sure your account is in good standing.", "Arrearage"
        ),
        "vendor-dashscope-arrears",
        "DashScope",
        True,
    ),
    Case(
        server(
            401,
            "Incorrect API key provided. For details, see: https://help.aliyun.com/zh/model-studio/error-code",
        ),
        "other-unauthorized",
        "DashScope",
    ),
    Case(
        "dashscope.common.error.AuthenticationError: Invalid API-key provided.",
        "vendor-dashscope-key",
        "DashScope",
        True,
    ),
    Case(
        server(403, "Model access denied.", "Model.AccessDenied"),
        "vendor-dashscope-model",
        "DashScope",
    ),
    Case(
        server(400, "Output data may contain inappropriate content.", "data_inspection_failed"),
        "vendor-dashscope-content",
        "DashScope",
        True,
    ),
    Case(
        server(400, "parameter.enable_thinking must be set to false for non-streaming calls"),
        "vendor-dashscope-thinking",
        "DashScope",
        True,
    ),
    Case(
        server(429, "Requests rate limit exceeded, please try again later."),
        "vendor-dashscope-rate",
        "DashScope",
    ),
    Case(
        "openai.RateLimitError: Error code: 429 - {'error': {'code': '1113', 'message': '余额不足或无可用资源包,请充值。'}}",
        "vendor-zhipu-balance",
        "Zhipu",
        True,
    ),
    Case(
        "openai.RateLimitError: Error code: 429 - {'error': {'code': '1302', 'message': '您的账户已达到速率限制，请您控制请求频率'}}",
        "vendor-zhipu-rate",
        "Zhipu",
        True,
    ),
    Case(
        "openai.AuthenticationError: Error code: 401 - {'error': {'code': '401', 'message': '令牌已过期或验证不正确'}}",
        "vendor-zhipu-key",
        "Zhipu",
    ),
    Case(
        "openai.BadRequestError: Error code: 400 - {'error': {'code': '1211', 'message': '模型不存在，请检查模型代码。'}}",
        "vendor-zhipu-model",
        "Zhipu",
        True,
    ),
    Case(
        "openai.BadRequestError: Error code: 400 - {'contentFilter': [], 'error': {'code': '1301', 'message': '系统检测到输入或生成内容可能包含不安全或敏感内容，请您避免输入易产生敏感内容的提示语。'}}",
        "vendor-zhipu-content",
        "Zhipu",
        True,
    ),
    Case(
        server(
            429,
            "Your account org-1 is suspended, please check your plan and billing details",
            "exceeded_current_quota_error",
        ),
        "vendor-moonshot-quota",
        "Moonshot",
        True,
    ),
    Case(
        server(401, "Invalid Authentication", "invalid_authentication_error"),
        "vendor-moonshot-key",
        "Moonshot",
    ),
    Case(
        server(404, "Not found the model kimi-k9 or Permission denied", "resource_not_found_error"),
        "vendor-moonshot-model",
        "Moonshot",
        True,
    ),
    Case(
        server(
            429,
            "Your account org-1 request reached organization max RPM: 3, please try again after 1 seconds",
            "rate_limit_reached_error",
        ),
        "vendor-moonshot-rate",
        "Moonshot",
        True,
    ),
    Case(
        "{'error_code': 110, 'error_msg': 'Access token invalid or no longer valid'}",
        "vendor-qianfan-token",
        "Qianfan",
        True,
    ),
    Case(
        "qianfan.errors.APIError: api return error, req_id: as-1 code: 17, msg: Open api daily request limit reached",
        "vendor-qianfan-rate",
        "Qianfan",
        True,
    ),
    Case(
        "qianfan.errors.APIError: api return error, code: 6, msg: No permission to access data",
        "vendor-qianfan-model",
        "Qianfan",
    ),
    Case(
        server(
            403,
            "The request failed because your account has an overdue balance.",
            "AccountOverdueError",
        ),
        "vendor-ark-balance",
        "Ark",
        True,
    ),
    Case(
        "volcenginesdkarkruntime._exceptions.ArkAuthenticationError: Error code: 401 - The API key doesn't exist",
        "vendor-ark-key",
        "Ark",
        True,
    ),
    Case(
        server(
            404,
            "The model or endpoint deepseek-v9 does not exist or you do not have access to it.",
            "NotFound",
        ),
        "vendor-ark-model",
        "Ark",
        True,
    ),
    Case(
        server(404, "Your account 1 has not activated the model doubao-9.", "ModelNotOpen"),
        "vendor-ark-model",
        "Ark",
        True,
    ),
    Case(
        "openai.BadRequestError: Error code: 400 - {'code': 20012, 'message': 'Model does not exist. Please check it carefully.', 'data': None}",
        "vendor-siliconflow-model",
        "SiliconFlow",
        True,
    ),
    Case(
        "openai.PermissionDeniedError: Error code: 403 - {'code': 30001, 'message': 'Sorry, your account balance is insufficient', 'data': None}",
        "vendor-siliconflow-balance",
        "SiliconFlow",
        True,
    ),
    Case(
        "openai.AuthenticationError: Error code: 401 - 'Api key is invalid'",
        "vendor-siliconflow-key",
        "SiliconFlow",
    ),
    Case(
        server(402, "Insufficient credits. Add more using https://openrouter.ai/settings/credits"),
        "vendor-openrouter-credits",
        "OpenRouter",
        True,
    ),
    Case(
        server(
            402,
            "This request requires more credits, or fewer max_tokens. You requested up to 8000 tokens",
        ),
        "vendor-openrouter-credits",
        "OpenRouter",
        True,
    ),
    Case(server(401, "No auth credentials found"), "vendor-openrouter-key", "OpenRouter", True),
    Case(
        server(404, "No endpoints found for deepseek/deepseek-v9."),
        "vendor-openrouter-endpoint",
        "OpenRouter",
        True,
    ),
    Case(
        server(
            400,
            "Incorrect API key provided: xa***9. You can obtain an API key from https://console.x.ai.",
        ),
        "vendor-xai-key",
        "xAI",
        True,
    ),
    Case(
        server(
            403,
            "Your newly created team doesn't have any credits yet. Visit https://console.x.ai to buy",
        ),
        "vendor-xai-credits",
        "xAI",
    ),
    Case(
        server(400, "The model `mixtral-8x7b` has been decommissioned and is no longer supported."),
        "vendor-groq-model",
        "Groq",
        True,
    ),
    Case(
        "anthropic.BadRequestError: Error code: 400 - {'error': {'message': 'Your credit balance is too low to access the Anthropic API.'}}",
        "vendor-anthropic-balance",
        "Anthropic",
        True,
    ),
    Case(
        "anthropic.APIStatusError: {'type': 'error', 'error': {'type': 'overloaded_error', 'message': 'Overloaded'}}",
        "vendor-anthropic-overloaded",
        "Anthropic",
        True,
    ),
    Case(
        "google.genai.errors.ClientError: 400 INVALID_ARGUMENT. {'error': {'message': 'API key not valid. Please pass a valid API key.'}}",
        "vendor-google-key",
        "Google",
        True,
    ),
    Case(
        "google.genai.errors.ClientError: 429 RESOURCE_EXHAUSTED. {'error': {'code': 429}}",
        "vendor-google-quota",
        "Google",
    ),
    Case(
        'openai.NotFoundError: Error code: 404 - {"error": {"message": "model \\"deepseek-r1:7b\\" not found, try pulling it first"}}',
        "vendor-ollama-model",
        "Ollama",
    ),
    Case(
        server(400, "registry.ollama.ai/library/deepseek-r1:7b does not support tools"),
        "vendor-ollama-tools",
        "Ollama",
        True,
    ),
    Case(
        server(500, "model requires more system memory (9.1 GiB) than is available (7.2 GiB)"),
        "vendor-ollama-memory",
        "Ollama",
        True,
    ),
    Case(
        "ConnectionError: Failed to connect to Ollama. Please check that Ollama is downloaded, running and accessible.",
        "vendor-ollama-down",
        "Ollama",
        True,
    ),
    Case(
        server(
            400,
            '"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set',
        ),
        "vendor-vllm-tools",
        "vLLM",
        True,
    ),
    Case(
        server(
            400,
            "As of transformers v4.44, default chat template is no longer allowed, so you must provide a chat template",
        ),
        "vendor-vllm-template",
        "vLLM",
    ),
    Case(
        server(404, "No models loaded. Please load a model in the developer page."),
        "vendor-lmstudio-model",
        "LM Studio",
        True,
    ),
    Case(
        server(
            400,
            "Trying to keep the first 5000 tokens when context the overflows. However, the model is loaded with context length of only 4096 tokens",
        ),
        "vendor-lmstudio-context",
        "LM Studio",
        True,
    ),
    Case(
        POST.format(host="api.groq.com", status="401 Unauthorized") + server(401, "no"),
        "other-unauthorized",
        "Groq",
    ),
    Case(
        POST.format(host="api.mistral.ai", status="404 Not Found") + server(404, "no"),
        "other-not-found",
        "Mistral",
    ),
    Case(
        POST.format(host="openrouter.ai", status="502 Bad Gateway")
        + server(500, "Provider returned error"),
        "other-busy",
        "OpenRouter",
    ),
    Case(
        POST.format(host="127.0.0.1:1234", status="400 Bad Request") + server(400, "odd"),
        "other-bad-request",
        "LM Studio",
    ),
    Case(
        POST.format(host="api.together.xyz", status="402 Payment Required") + server(402, "no"),
        "other-balance",
        "Together",
    ),
    Case(server(404, "The model `mine` does not exist.", "NotFoundError"), "model-unknown"),
    Case(server(429, "账户余额不足，请充值后再试"), "quota"),
    Case(server(403, "<html><title>Just a moment...</title>"), "cloudflare", "", True),
    Case(server(403, "<title>Attention Required! | Cloudflare</title>"), "cloudflare", "", True),
    Case(server(403, "denied"), "api-forbidden"),
    Case(
        "httpx.HTTPStatusError: Client error '403 Forbidden' for url 'https://api.deepseek.com/chat/completions'",
        "api-forbidden",
        "DeepSeek",
    ),
    Case(server(413, "<html><h1>413 Request Entity Too Large</h1></html>"), "api-too-large"),
    Case(
        "requests.exceptions.HTTPError: 413 Client Error: Payload Too Large for url: https://api.deepseek.com/x",
        "api-too-large",
    ),
    Case(server(429, "slow down"), "api-rate"),
    Case(server(500, "oops"), "api-busy"),
    Case(
        server(
            503,
            "Service is too busy. We advise users to temporarily switch to alternative LLM API service providers.",
        ),
        "api-busy",
    ),
    Case(
        server(
            401, "Authentication Fails, Your api key: ****_KEY is invalid", "authentication_error"
        ),
        "api-key-wrong",
        "DeepSeek",
        True,
    ),
    Case(server(402, "Insufficient Balance", "unknown_error"), "api-balance", "DeepSeek"),
    Case(server(400, "Content Exists Risk"), "api-risk", "DeepSeek", True),
    Case(
        server(400, "This response_format type is unavailable now"),
        "api-json-schema",
        "DeepSeek",
        True,
    ),
    Case(
        server(
            400,
            "The supported API model names are deepseek-flash, deepseek-v4-pro, but you passed gpt-4o.",
        ),
        "api-model",
        "DeepSeek",
        True,
    ),
]
