"""What other vendors and local model servers say when they refuse."""

from __future__ import annotations

from typing import Dict

from .explanation import Explanation
from .text import Text

PAY = Text(
    "Top up, or look at the plan, in the account at {vendor}.",
    "请在 {vendor} 账户里充值或查看套餐。",
)
KEY = Text("Make a new key in the account at {vendor}.", "请在 {vendor} 账户里新建 key。")
SLOW = Text("Wait, and send fewer or smaller requests.", "请稍候，并减少请求的数量或长度。")
MODEL = Text(
    "Write a model that this account offers (GET /models lists them).",
    "请写该账户可用的模型（GET /models 可列出）。",
)
REWORD = Text("Reword the text, split it, or leave the part out.", "请改写、拆分或去掉那部分。")

EXPLANATIONS: Dict[str, Explanation] = {
    "vendor-openai-rate": Explanation(
        Text(
            "OpenAI: too many requests or tokens a minute for this account.",
            "OpenAI：每分钟请求数或 token 数超过了账户的限额。",
        ),
        SLOW,
    ),
    "vendor-openai-quota": Explanation(
        Text(
            "The account at OpenAI has no credit left; this is no rate limit, and waiting "
            "does not help.",
            "OpenAI 账户额度已用完；这不是限速，等待没有用。",
        ),
        PAY,
    ),
    "vendor-openai-model": Explanation(
        Text(
            "OpenAI has no such model, or the account may not use it. A DeepSeek model "
            "means that the request went to OpenAI.",
            "OpenAI 没有这个模型，或账户无权使用。若是 DeepSeek 的模型名，说明请求发到了 OpenAI。",
        ),
        Text(
            'For DeepSeek write base_url="https://api.deepseek.com"; else a model of that account.',
            '要用 DeepSeek 请写 base_url="https://api.deepseek.com"；否则写该账户可用的模型。',
        ),
    ),
    "vendor-openai-country": Explanation(
        Text(
            "OpenAI refuses requests from this country or region.",
            "OpenAI 拒绝来自这个国家或地区的请求。",
        ),
        Text(
            'If DeepSeek was meant: base_url="https://api.deepseek.com".',
            '若本想用 DeepSeek：base_url="https://api.deepseek.com"。',
        ),
    ),
    "vendor-openai-max-tokens": Explanation(
        Text(
            "This model of OpenAI takes max_completion_tokens in place of max_tokens.",
            "OpenAI 的这个模型用 max_completion_tokens 代替 max_tokens。",
        ),
        Text("Write max_completion_tokens for it.", "请改写为 max_completion_tokens。"),
    ),
    "vendor-openai-temperature": Explanation(
        Text(
            "This model of OpenAI takes only the default of {name}.",
            "OpenAI 的这个模型只接受 {name} 的默认值。",
        ),
        Text("Leave it out.", "请去掉它。"),
    ),
    "vendor-openai-verified": Explanation(
        Text(
            "OpenAI offers this only to verified organizations.",
            "OpenAI 只向已验证的组织提供这个功能。",
        ),
        Text(
            "Verify it in the account at OpenAI, or use another model.",
            "请在 OpenAI 账户里完成验证，或换模型。",
        ),
    ),
    "vendor-azure-deployment": Explanation(
        Text(
            "Azure has no deployment of that name: it wants the deployment's name, not the "
            "model's.",
            "Azure 没有这个部署：要写的是部署名，而不是模型名。",
        ),
        Text(
            "Write model=DEPLOYMENT; a new one takes five minutes.",
            "请写 model=部署名；新部署要等五分钟。",
        ),
    ),
    "vendor-azure-path": Explanation(
        Text(
            "Azure has nothing at that path: the endpoint has a path behind its host, the "
            "deployment or api_version is missing in the URL, or OpenAI() was used for "
            "AzureOpenAI().",
            "Azure 的这个路径不存在：endpoint 的主机后面多写了路径、URL 里缺少部署名或 "
            "api_version，或该用 AzureOpenAI() 却用了 OpenAI()。",
        ),
        Text(
            'Write AzureOpenAI(azure_endpoint="https://NAME.openai.azure.com", '
            'api_version="2024-10-21"), and model=DEPLOYMENT.',
            '请写 AzureOpenAI(azure_endpoint="https://名字.openai.azure.com", '
            'api_version="2024-10-21")，并写 model=部署名。',
        ),
    ),
    "vendor-azure-key": Explanation(
        Text(
            "Azure does not accept the key, or it belongs to another resource than the endpoint.",
            "Azure 不接受这个 key，或它与 endpoint 不属于同一资源。",
        ),
        Text(
            "Copy key and endpoint from the same resource.",
            "请从同一个资源里复制 key 和 endpoint。",
        ),
    ),
    "vendor-azure-filter": Explanation(
        Text("Azure's content filter refused the text.", "Azure 的内容过滤拒绝了这段文本。"), REWORD
    ),
    "vendor-azure-version": Explanation(
        Text(
            "The api_version is missing, or Azure does not offer it for this call.",
            "缺少 api_version，或 Azure 的这个接口不支持它。",
        ),
        Text(
            'Write api_version="2024-10-21" or a newer one.',
            '请写 api_version="2024-10-21" 或更新的版本。',
        ),
    ),
    "vendor-dashscope-arrears": Explanation(
        Text("The Aliyun account is overdue (DashScope).", "阿里云账户欠费（DashScope）。"), PAY
    ),
    "vendor-dashscope-key": Explanation(
        Text(
            "DashScope does not accept the key: mistyped, deleted, or of the other region.",
            "DashScope 不接受这个 key：抄错、已删除，或属于另一个地域。",
        ),
        KEY,
    ),
    "vendor-dashscope-model": Explanation(
        Text(
            "DashScope has no such model, or the account may not use it.",
            "DashScope 没有这个模型，或账户无权使用。",
        ),
        MODEL,
    ),
    "vendor-dashscope-content": Explanation(
        Text(
            "DashScope's moderation refuses the input or output.",
            "DashScope 的内容审核拒绝了输入或输出。",
        ),
        REWORD,
    ),
    "vendor-dashscope-thinking": Explanation(
        Text(
            "This model of DashScope thinks only while streaming.",
            "DashScope 的这个模型只有流式输出时才能思考。",
        ),
        Text(
            'Write extra_body={{"enable_thinking": False}}, or stream=True.',
            '请写 extra_body={{"enable_thinking": False}}，或 stream=True。',
        ),
    ),
    "vendor-dashscope-rate": Explanation(
        Text(
            "DashScope: too many requests or tokens a minute.",
            "DashScope：每分钟请求数或 token 数超限。",
        ),
        SLOW,
    ),
    "vendor-zhipu-balance": Explanation(
        Text(
            "The account at Zhipu has no balance or no resource package for this model "
            "(1113); this is no rate limit.",
            "智谱账户余额不足，或没有可用于这个模型的资源包（1113）；这不是限速。",
        ),
        PAY,
    ),
    "vendor-zhipu-key": Explanation(
        Text("Zhipu does not accept the key.", "智谱不接受这个 key。"), KEY
    ),
    "vendor-zhipu-model": Explanation(
        Text("Zhipu has no such model (1211).", "智谱没有这个模型（1211）。"), MODEL
    ),
    "vendor-zhipu-content": Explanation(
        Text(
            "Zhipu's moderation refuses the text (1301).", "智谱的内容审核拒绝了这段文本（1301）。"
        ),
        REWORD,
    ),
    "vendor-zhipu-rate": Explanation(
        Text(
            "Zhipu: too many requests at once (1302, 1303, 1305).",
            "智谱：并发或频率超限（1302、1303、1305）。",
        ),
        SLOW,
    ),
    "vendor-moonshot-quota": Explanation(
        Text(
            "The account at Moonshot has no balance left; waiting does not help.",
            "Moonshot 账户余额已用完；等待没有用。",
        ),
        PAY,
    ),
    "vendor-moonshot-key": Explanation(
        Text(
            "Moonshot does not accept the key: mistyped, or of the other site (.cn and .ai "
            "have keys of their own).",
            "Moonshot 不接受这个 key：抄错，或属于另一个站点（.cn 与 .ai 的 key 不通用）。",
        ),
        KEY,
    ),
    "vendor-moonshot-model": Explanation(
        Text(
            "Moonshot has no model {name}, or the account may not use it.",
            "Moonshot 没有模型 {name}，或账户无权使用。",
        ),
        MODEL,
    ),
    "vendor-moonshot-rate": Explanation(
        Text(
            "Moonshot: too many requests or tokens for this account's tier.",
            "Moonshot：超过了账户等级允许的并发、请求数或 token 数。",
        ),
        SLOW,
    ),
    "vendor-qianfan-token": Explanation(
        Text(
            "Qianfan does not accept the access token: it lasts 30 days, or another key was sent.",
            "千帆不接受这个 access token：它有效期 30 天，或发的是别的 key。",
        ),
        Text(
            "Fetch a new one; the OpenAI-compatible interface takes a key that begins with "
            "bce-v3/.",
            "请重新获取；OpenAI 兼容接口要用以 bce-v3/ 开头的 key。",
        ),
    ),
    "vendor-qianfan-rate": Explanation(
        Text("Qianfan: the quota of requests is used up.", "千帆：请求额度已用完。"), SLOW
    ),
    "vendor-qianfan-model": Explanation(
        Text(
            "Qianfan: no such model, or the application may not use it.",
            "千帆：没有这个模型，或应用无权使用。",
        ),
        MODEL,
    ),
    "vendor-ark-balance": Explanation(
        Text("The account at Volcengine is overdue.", "火山引擎账户欠费。"), PAY
    ),
    "vendor-ark-key": Explanation(
        Text("Ark (Volcengine) does not accept the key.", "火山方舟不接受这个 key。"), KEY
    ),
    "vendor-ark-model": Explanation(
        Text(
            "Ark has no such model or endpoint, or it is not switched on for the account.",
            "火山方舟没有这个模型或接入点，或账户没有开通。",
        ),
        Text(
            "Switch the model on in the console, or write the endpoint's id (ep-...).",
            "请在控制台开通该模型，或写接入点 ID（ep-...）。",
        ),
    ),
    "vendor-siliconflow-model": Explanation(
        Text(
            "SiliconFlow has no such model: its names carry the maker, "
            "deepseek-ai/DeepSeek-V3 for one.",
            "SiliconFlow 没有这个模型：模型名带厂商前缀，例如 deepseek-ai/DeepSeek-V3。",
        ),
        MODEL,
    ),
    "vendor-siliconflow-balance": Explanation(
        Text("The account at SiliconFlow has no balance left.", "SiliconFlow 账户余额不足。"), PAY
    ),
    "vendor-siliconflow-key": Explanation(
        Text("SiliconFlow does not accept the key.", "SiliconFlow 不接受这个 key。"), KEY
    ),
    "vendor-openrouter-credits": Explanation(
        Text(
            "OpenRouter: the account's credits are used up, or too few for max_tokens.",
            "OpenRouter：余额已用完，或不够 max_tokens 所需。",
        ),
        Text(
            "Add credits at OpenRouter, or lower max_tokens.",
            "请在 OpenRouter 充值，或调小 max_tokens。",
        ),
    ),
    "vendor-openrouter-key": Explanation(
        Text(
            "OpenRouter got no key, or one in another form than `Bearer sk-or-...`.",
            "OpenRouter 没有收到 key，或形式不是 Bearer sk-or-...。",
        ),
        KEY,
    ),
    "vendor-openrouter-endpoint": Explanation(
        Text(
            "OpenRouter has no provider for that model with these settings (tools, privacy).",
            "OpenRouter 在这些设置（工具、隐私）下没有可用的提供方。",
        ),
        Text(
            "Compare the name with https://openrouter.ai/models, and loosen the privacy settings.",
            "请对照 https://openrouter.ai/models 核对名字，并放宽隐私设置。",
        ),
    ),
    "vendor-xai-key": Explanation(
        Text("xAI does not accept the key.", "xAI 不接受这个 key。"), KEY
    ),
    "vendor-xai-credits": Explanation(
        Text("The team at xAI has no credits left.", "xAI 团队额度已用完。"), PAY
    ),
    "vendor-groq-key": Explanation(
        Text("Groq does not accept the key.", "Groq 不接受这个 key。"), KEY
    ),
    "vendor-groq-model": Explanation(
        Text("Groq has retired that model.", "Groq 已停用这个模型。"), MODEL
    ),
    "vendor-groq-rate": Explanation(
        Text(
            "Groq: this model's limit of tokens is reached.", "Groq：达到了这个模型的 token 限额。"
        ),
        SLOW,
    ),
    "vendor-anthropic-key": Explanation(
        Text("Anthropic does not accept the key.", "Anthropic 不接受这个 key。"), KEY
    ),
    "vendor-anthropic-balance": Explanation(
        Text("The account at Anthropic has no credit left.", "Anthropic 账户额度已用完。"), PAY
    ),
    "vendor-anthropic-overloaded": Explanation(
        Text("Anthropic's servers are overloaded (529).", "Anthropic 服务器过载（529）。"),
        Text("Try again later.", "请稍后再试。"),
    ),
    "vendor-google-key": Explanation(
        Text("Google does not accept the key.", "Google 不接受这个 key。"), KEY
    ),
    "vendor-google-quota": Explanation(
        Text("Google: the quota is used up.", "Google：配额已用完。"), SLOW
    ),
    "vendor-openrouter-upstream": Explanation(
        Text(
            "OpenRouter passes on that the provider behind it refused, mostly because its free "
            "models "
            "are full.",
            "OpenRouter 转达：它背后的提供方拒绝了请求，多半是免费模型满载。",
        ),
        Text(
            "Try again later, or take a paid model or another provider there.",
            "请稍后重试，或换用付费模型、其他提供方。",
        ),
    ),
}
