"""What a status says where the server's text says no more (deepseek-api 7.1)."""

from __future__ import annotations

from typing import Tuple

from ..._texts.text import Text
from .api import NEW_KEY, PAY, TOP_UP
from .row import LIKELY, POSSIBLE, Row

ROWS: Tuple[Row, ...] = (
    Row(
        "api-balance",
        r"Insufficient Balance|InsufficientBalanceError|(?:Error code: |HTTP(?:/1\.1)? )402\b",
        Text(
            "402: the key is right, the account's balance is used up.",
            "402：key 没问题，账户余额已用完。",
        ),
        PAY,
        ("python -m dsadapter balance",),
    ),
    Row(
        "api-concurrency",
        r"concurrency is (?P<now>\d+), which exceeds your concurrency limit of (?P<limit>\d+)",
        Text(
            "429: {now} requests at once, {limit} are allowed with this balance.",
            "429：同时有 {now} 个请求，按当前余额只允许 {limit} 个。",
        ),
        Text(f"Send fewer at once, or top up: {TOP_UP}", f"请减少并发，或充值：{TOP_UP}"),
    ),
    Row(
        "api-rate",
        r"Rate limit reached|RateLimitError|(?:Error code: |HTTP(?:/1\.1)? )429\b"
        r"|Too Many Requests",
        Text("429: too many requests at once.", "429：请求过多。"),
        Text(
            "Wait and send fewer at once; dsadapter retries twice by itself.",
            "请稍候并减少并发；dsadapter 会自动重试两次。",
        ),
        sure=LIKELY,
    ),
    Row(
        "api-content-type",
        r"Expected request with `Content-Type: application/json`",
        Text(
            "The request says no Content-Type: application/json.",
            "请求缺少 Content-Type: application/json。",
        ),
        Text("With requests write json=body.", "用 requests 时写 json=body。"),
    ),
    Row(
        "api-not-found",
        r"(?<![A-Za-z])NotFoundError|(?:Error code: |HTTP(?:/1\.1)? )404\b|404 Client Error",
        Text(
            "404: there is nothing at that path. The base URL holds too much (/chat/completions) "
            "or the wrong version.",
            "404：该路径不存在。base URL 写多了（/chat/completions）或版本路径不对。",
        ),
        Text("Write https://api.deepseek.com", "请写 https://api.deepseek.com"),
        sure=LIKELY,
        checks=("settings-base-url",),
    ),
    Row(
        "api-busy",
        r"The server is overloaded or not ready yet|ServiceUnavailableError|InternalServerError"
        r"|(?:Error code: |HTTP(?:/1\.1)? )(?:500|502|503|504|529)\b|Bad Gateway|openresty",
        Text(
            "The server is overloaded or has a fault; your request is not to blame.",
            "服务器过载或故障；不是你的请求有问题。",
        ),
        Text(
            "Try again later. Status: https://status.deepseek.com/",
            "请稍后再试。状态页：https://status.deepseek.com/",
        ),
        sure=LIKELY,
    ),
    Row(
        "api-unauthorized",
        r"AuthenticationError|(?:Error code: |HTTP(?:/1\.1)? )401\b|401 Client Error|Unauthorized"
        r"|Authentication Fails",
        Text("401: the server does not accept the key.", "401：服务器不接受这个 key。"),
        NEW_KEY,
        sure=LIKELY,
        checks=("settings-key-shape", "settings-key-vendor", "settings-api-base"),
    ),
    Row(
        "api-bad-request",
        r"BadRequestError|InvalidRequestError|UnprocessableEntityError"
        r"|(?:Error code: |HTTP(?:/1\.1)? )4(?:00|22)\b",
        Text(
            "The server refused the request as it is; its message says why.",
            "服务器拒绝了这个请求；原因在它的消息里。",
        ),
        Text(
            "Read the message; dsadapter repairs what is known to be refused.",
            "请看错误消息；已知会被拒绝的写法 dsadapter 会自动修正。",
        ),
        sure=POSSIBLE,
    ),
)
