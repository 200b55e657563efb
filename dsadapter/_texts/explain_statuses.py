"""What a status says where the server's text says no more (deepseek-api 7.1)."""

from __future__ import annotations

from typing import Dict

from .explain_api import NEW_KEY, PAY, TOP_UP
from .explanation import Explanation
from .text import Text

NOT_DEEPSEEK = Text(
    "The DeepSeek API has no part in it: look at that service's own key, status and documents.",
    "与 DeepSeek API 无关：请查看那个服务自己的 key、状态和文档。",
)

EXPLANATIONS: Dict[str, Explanation] = {
    "api-balance": Explanation(
        Text(
            "402: the key is right, the account's balance is used up.",
            "402：key 没问题，账户余额已用完。",
        ),
        PAY,
    ),
    "api-concurrency": Explanation(
        Text(
            "429: {now} requests at once, {limit} are allowed with this balance.",
            "429：同时有 {now} 个请求，按当前余额只允许 {limit} 个。",
        ),
        Text(f"Send fewer at once, or top up: {TOP_UP}", f"请减少并发，或充值：{TOP_UP}"),
    ),
    "api-rate": Explanation(
        Text(
            "429: too many requests at once.",
            "429：请求过多。",
        ),
        Text(
            "Wait and send fewer at once; dsadapter retries twice by itself.",
            "请稍候并减少并发；dsadapter 会自动重试两次。",
        ),
    ),
    "api-content-type": Explanation(
        Text(
            "The request says no Content-Type: application/json.",
            "请求缺少 Content-Type: application/json。",
        ),
        Text(
            "With requests write json=body.",
            "用 requests 时写 json=body。",
        ),
    ),
    "api-not-found": Explanation(
        Text(
            "404: there is nothing at that path. The base URL holds too much (/chat/completions) "
            "or the wrong version.",
            "404：该路径不存在。base URL 写多了（/chat/completions）或版本路径不对。",
        ),
        Text(
            "Write https://api.deepseek.com",
            "请写 https://api.deepseek.com",
        ),
    ),
    "api-busy": Explanation(
        Text(
            "The server is overloaded or has a fault; your request is not to blame.",
            "服务器过载或故障；不是你的请求有问题。",
        ),
        Text(
            "Try again later. Status: https://status.deepseek.com/",
            "请稍后再试。状态页：https://status.deepseek.com/",
        ),
    ),
    "api-unauthorized": Explanation(
        Text(
            "401: the server does not accept the key.",
            "401：服务器不接受这个 key。",
        ),
        NEW_KEY,
    ),
    "api-bad-request": Explanation(
        Text(
            "The server refused the request as it is; its message says why.",
            "服务器拒绝了这个请求；原因在它的消息里。",
        ),
        Text(
            "Read the message; dsadapter repairs what is known to be refused.",
            "请看错误消息；已知会被拒绝的写法 dsadapter 会自动修正。",
        ),
    ),
    "quota": Explanation(
        Text(
            "The account's balance or quota is used up (429 or 403 with such a text is no rate "
            "limit; waiting does not help).",
            "账户余额或额度已用完（这样的 429 或 403 不是限速，等待没有用）。",
        ),
        Text(
            "Top up, or look at the plan, where the key comes from.",
            "请到 key 所属的平台充值或查看套餐。",
        ),
    ),
    "model-unknown": Explanation(
        Text(
            "The server has no model {name}, or the account may not use it. A model of another "
            "vendor means that the request went to the wrong host.",
            "服务器没有模型 {name}，或账户无权使用。若是别家的模型名，说明请求发错了地址。",
        ),
        Text(
            'Compare model and base_url; for DeepSeek: model="deepseek-flash", '
            'base_url="https://api.deepseek.com".',
            '请核对 model 和 base_url；DeepSeek 用 model="deepseek-flash"、'
            'base_url="https://api.deepseek.com"。',
        ),
    ),
    "cloudflare": Explanation(
        Text(
            "A page of Cloudflare answered in place of the API: it takes the program for a bot, or "
            "blocks this address.",
            "回答来自 Cloudflare 的页面而不是 API：它把程序当成机器人，或屏蔽了这个 IP。",
        ),
        Text(
            "Check the base URL; try another network or without the proxy.",
            "请检查 base URL，并换个网络或不走代理试试。",
        ),
    ),
    "api-too-large": Explanation(
        Text(
            "413: the request is larger than the server or a proxy in front of it takes.",
            "413：请求超过了服务器（或它前面的代理）允许的大小。",
        ),
        Text(
            "Send less: shorten the history, or make images and files smaller.",
            "请减小请求：缩短历史，或压缩图片和文件。",
        ),
    ),
    "api-forbidden": Explanation(
        Text(
            "403: the server knows who asks and does not allow it, or a firewall, proxy or region "
            "block answers in its place.",
            "403：服务器认识请求方但不允许，或者是防火墙、代理、地区限制代它回答。",
        ),
        Text(
            "Read the message in the body; check the base URL and the proxy.",
            "请看回答里的消息；并检查 base URL 和代理。",
        ),
    ),
    "other-balance": Explanation(
        Text(
            "402 from {vendor}: the balance there is used up.",
            "{vendor} 返回 402：那里的余额已用完。",
        ),
        NOT_DEEPSEEK,
    ),
    "other-rate": Explanation(
        Text(
            "429 from {vendor}: too many requests, or its quota is used up.",
            "{vendor} 返回 429：请求过多，或那里的额度已用完。",
        ),
        NOT_DEEPSEEK,
    ),
    "other-forbidden": Explanation(
        Text(
            "403 from {vendor}: it does not allow this with the key, account or address.",
            "{vendor} 返回 403：这个 key、账户或 IP 不被允许。",
        ),
        NOT_DEEPSEEK,
    ),
    "other-not-found": Explanation(
        Text(
            "404 from {vendor}: there is nothing at that path, or no such model.",
            "{vendor} 返回 404：该路径不存在，或没有这个模型。",
        ),
        NOT_DEEPSEEK,
    ),
    "other-busy": Explanation(
        Text(
            "{vendor} is overloaded or has a fault; your request is not to blame.",
            "{vendor} 过载或故障；不是你的请求有问题。",
        ),
        NOT_DEEPSEEK,
    ),
    "other-unauthorized": Explanation(
        Text(
            "401 from {vendor}: it does not accept the key or password that was sent.",
            "{vendor} 返回 401：它不接受所发的 key 或密码。",
        ),
        NOT_DEEPSEEK,
    ),
    "other-bad-request": Explanation(
        Text(
            "{vendor} refused the request as it is; its message says why.",
            "{vendor} 拒绝了这个请求；原因在它的消息里。",
        ),
        NOT_DEEPSEEK,
    ),
}
