# 不用 SDK,直接用 requests:先看状态码,再读 JSON。
import os

import requests

BASE_URL = os.getenv("DEEPSEEK_BASE_URL", "https://api.deepseek.com")
ADVICE = {
    400: "请求有误,按提示修改后再发",
    401: "API key 不对,检查 DEEPSEEK_API_KEY",
    402: "余额不足,请充值",
    422: "参数有误,按提示修改后再发",
    429: "请求太多,稍等再发",
    500: "服务器故障,稍后再试",
    503: "服务器繁忙,稍后再试",
}

try:
    response = requests.post(
        BASE_URL + "/chat/completions",
        headers={"Authorization": "Bearer " + os.environ["DEEPSEEK_API_KEY"]},
        json={
            "model": "deepseek-flash",
            "messages": [{"role": "user", "content": "你好"}],
            "stream": False,
        },
        timeout=(5, 600),  # 连接 5 秒;思考和排队可能要几分钟
    )
except requests.exceptions.Timeout:
    raise SystemExit("超时:服务器没有在限定时间内回答")
except requests.exceptions.ConnectionError:
    raise SystemExit("连不上服务器:检查网络和地址")

if response.status_code != 200:
    # 错误正文不一定是 JSON(有的 401 是纯文本),所以打印 text
    advice = ADVICE.get(response.status_code, "没有预料到的状态码")
    raise SystemExit(f"{response.status_code} {advice}:{response.text[:200]}")
if not response.text.strip():
    raise SystemExit("服务器繁忙:回答是空的,稍后再试")

message = response.json()["choices"][0]["message"]
print("思考:", message.get("reasoning_content"))
print("回答:", message["content"])
