"""What other vendors and local model servers say when they refuse."""

from __future__ import annotations

from typing import Tuple

from ..row import LIKELY, Row

ROWS: Tuple[Row, ...] = (
    Row(
        "vendor-openai-rate",
        r"Rate limit reached for [\w.-]+ (?:\([^)\n]*\) )?in organization org-",
        sure=LIKELY,
        vendor="OpenAI",
    ),
    Row(
        "vendor-openai-quota",
        r"insufficient_quota|exceeded your current quota",
        sure=LIKELY,
        vendor="OpenAI",
    ),
    Row(
        "vendor-openai-model",
        r"model `[^`]+` does not exist or you do not have access",
        sure=LIKELY,
        vendor="OpenAI",
    ),
    Row(
        "vendor-openai-country",
        r"unsupported_country_region_territory|Country, region, or territory not supported",
        vendor="OpenAI",
    ),
    Row(
        "vendor-openai-max-tokens",
        r"Unsupported parameter: 'max_tokens' is not supported with this model",
        vendor="OpenAI",
    ),
    Row(
        "vendor-openai-temperature",
        r"Unsupported value: '(?P<name>\w+)' does not support",
        sure=LIKELY,
        vendor="OpenAI",
    ),
    Row("vendor-openai-verified", r"Your organization must be verified to", vendor="OpenAI"),
    Row(
        "vendor-azure-deployment",
        r"DeploymentNotFound|API deployment for this resource does not exist",
        vendor="Azure OpenAI",
    ),
    Row(
        "vendor-azure-path",
        r"['\x22]code['\x22]: ?['\x22]404['\x22], ?['\x22]message['\x22]: ?"
        r"['\x22]Resource not found['\x22]",
        sure=LIKELY,
        vendor="Azure OpenAI",
    ),
    Row(
        "vendor-azure-key", r"invalid subscription key or wrong API endpoint", vendor="Azure OpenAI"
    ),
    Row(
        "vendor-azure-filter",
        r"triggering Azure OpenAI's content management policy|ResponsibleAIPolicyViolation",
        vendor="Azure OpenAI",
    ),
    Row(
        "vendor-azure-version",
        r"API version not supported|api-version query parameter",
        sure=LIKELY,
        vendor="Azure OpenAI",
    ),
    Row("vendor-dashscope-arrears", r"\bArrearage\b", vendor="DashScope"),
    Row("vendor-dashscope-key", r"Invalid API-key provided|\bInvalidApiKey\b", vendor="DashScope"),
    Row(
        "vendor-dashscope-model",
        r"Model\.AccessDenied|\bModelNotFound\b|Model access denied",
        sure=LIKELY,
        vendor="DashScope",
    ),
    Row(
        "vendor-dashscope-content",
        r"DataInspectionFailed|data_inspection_failed|may contain inappropriate content",
        vendor="DashScope",
    ),
    Row(
        "vendor-dashscope-thinking",
        r"parameter\.enable_thinking must be set to false",
        vendor="DashScope",
    ),
    Row(
        "vendor-dashscope-rate",
        r"Throttling\.(?:RateQuota|AllocationQuota)"
        r"|Requests rate limit exceeded, please try again later",
        sure=LIKELY,
        vendor="DashScope",
    ),
    Row(
        "vendor-zhipu-balance",
        r"余额不足或无可用资源包|您的账户已欠费|'code': '1113'|\x22code\x22:\s?\x221113\x22",
        vendor="Zhipu",
    ),
    Row(
        "vendor-zhipu-key",
        r"Authorization Token非法|身份验证失败|令牌已过期或验证不正确",
        sure=LIKELY,
        vendor="Zhipu",
    ),
    Row(
        "vendor-zhipu-model",
        r"模型不存在，请检查模型代码|'code': '1211'|\x22code\x22:\s?\x221211\x22",
        vendor="Zhipu",
    ),
    Row(
        "vendor-zhipu-content", r"系统检测到输入或生成内容可能包含不安全或敏感内容", vendor="Zhipu"
    ),
    Row(
        "vendor-zhipu-rate",
        r"您当前使用该API的并发数过高|您的账户已达到速率限制|'code': '130[235]'"
        r"|\x22code\x22:\s?\x22130[235]\x22",
        vendor="Zhipu",
    ),
    Row(
        "vendor-moonshot-quota",
        r"exceeded_current_quota_error|suspended(?:,"
        r"| due to insufficient balance,?) ?please (?:check your plan|recharge)",
        vendor="Moonshot",
    ),
    Row("vendor-moonshot-key", r"\bInvalid Authentication\b", sure=LIKELY, vendor="Moonshot"),
    Row(
        "vendor-moonshot-model",
        r"Not found the model (?P<name>\S+) or Permission denied",
        vendor="Moonshot",
    ),
    Row(
        "vendor-moonshot-rate",
        r"reached (?:organization )?max (?:organization )?(?:concurrency|RPM|TPM|TPD)",
        vendor="Moonshot",
    ),
    Row(
        "vendor-qianfan-token",
        r"Access token (?:invalid or no longer valid|expired)|invalid_iam_token",
        vendor="Qianfan",
    ),
    Row(
        "vendor-qianfan-rate",
        r"Open api (?:daily|qps|total) request limit reached|rpm_rate_limit_exceeded"
        r"|tpm_rate_limit_exceeded",
        vendor="Qianfan",
    ),
    Row(
        "vendor-qianfan-model",
        r"No permission to access data|coding_plan_invalid_model|invalid_model\b",
        sure=LIKELY,
        vendor="Qianfan",
    ),
    Row("vendor-ark-balance", r"AccountOverdueError", vendor="Ark"),
    Row(
        "vendor-ark-key",
        r"The API key (?:or AK/SK in the request is missing or invalid|doesn't exist"
        r"|format is incorrect)",
        vendor="Ark",
    ),
    Row(
        "vendor-ark-model",
        r"InvalidEndpointOrModel|ModelNotOpen|model or endpoint \S+ does not exist",
        vendor="Ark",
    ),
    Row(
        "vendor-siliconflow-model",
        r"Model does not exist\. Please check it carefully",
        vendor="SiliconFlow",
    ),
    Row(
        "vendor-siliconflow-balance", r"your account balance is insufficient", vendor="SiliconFlow"
    ),
    Row("vendor-siliconflow-key", r"Api key is invalid", sure=LIKELY, vendor="SiliconFlow"),
    Row(
        "vendor-openrouter-credits",
        r"Insufficient credits|requires more credits, or fewer max_tokens",
        vendor="OpenRouter",
    ),
    Row("vendor-openrouter-key", r"No (?:cookie )?auth credentials found", vendor="OpenRouter"),
    Row(
        "vendor-openrouter-endpoint",
        r"No endpoints found (?:for|that)|No allowed providers are available"
        r"|is not a valid model ID",
        vendor="OpenRouter",
    ),
    Row("vendor-xai-key", r"Incorrect API key provided(?=[^\n]*x\.ai)", vendor="xAI"),
    Row(
        "vendor-xai-credits",
        r"doesn't have any credits|team [\w-]+ has either used all available credits",
        sure=LIKELY,
        vendor="xAI",
    ),
    Row("vendor-groq-key", r"\bInvalid API Key\b", sure=LIKELY, vendor="Groq"),
    Row("vendor-groq-model", r"has been decommissioned and is no longer supported", vendor="Groq"),
    Row(
        "vendor-groq-rate",
        r"on tokens per (?:minute|day) \(TP[MD]\)|service tier `on_demand`",
        sure=LIKELY,
        vendor="Groq",
    ),
    Row("vendor-anthropic-key", r"invalid x-api-key", vendor="Anthropic"),
    Row(
        "vendor-anthropic-balance",
        r"credit balance is too low to access the Anthropic API",
        vendor="Anthropic",
    ),
    Row("vendor-anthropic-overloaded", r"overloaded_error", vendor="Anthropic"),
    Row(
        "vendor-google-key",
        r"API key not valid\. Please pass a valid API key|API_KEY_INVALID",
        vendor="Google",
    ),
    Row("vendor-google-quota", r"RESOURCE_EXHAUSTED", sure=LIKELY, vendor="Google"),
    Row(
        "vendor-ollama-model",
        r""
        r"model ['\x22\\]+(?P<name>[^'\x22\\]+)['\x22\\]+ not found(?:, try pulling it first)?",
        sure=LIKELY,
        vendor="Ollama",
    ),
    Row(
        "vendor-ollama-tools",
        r"registry\.ollama\.ai/\S+ does not support (?:tools|thinking)",
        vendor="Ollama",
    ),
    Row("vendor-ollama-memory", r"model requires more system memory", vendor="Ollama"),
    Row(
        "vendor-ollama-down",
        r"Failed to connect to Ollama|could not connect to ollama",
        vendor="Ollama",
    ),
    Row(
        "vendor-vllm-tools",
        r"\"?auto\"? tool choice requires --enable-auto-tool-choice",
        vendor="vLLM",
    ),
    Row(
        "vendor-vllm-template",
        r"default chat template is no longer allowed|does not have a chat template"
        r"|As of transformers v4\.44",
        sure=LIKELY,
        vendor="vLLM",
    ),
    Row(
        "vendor-lmstudio-model",
        r"No models loaded\. Please load a model|Model (?:unloaded|has unloaded or crashed)",
        vendor="LM Studio",
    ),
    Row(
        "vendor-lmstudio-context",
        r"Trying to keep the first \d+ tokens when context the overflows",
        vendor="LM Studio",
    ),
    Row(
        "vendor-openrouter-upstream",
        r"Provider returned error[^\n]*provider_name|temporarily rate-limited upstream",
        vendor="OpenRouter",
    ),
    Row(
        "vendor-ollama-crash",
        r"(?:llama|model) runner (?:process )?has (?:terminated|unexpectedly stopped)",
        vendor="Ollama",
    ),
)
