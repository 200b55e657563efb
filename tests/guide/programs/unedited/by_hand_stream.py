# 照教程的写法,没有为 dsadapter 改动:用 python -m dsadapter run --offline 运行。
# 它先读了 response.text,所以等全部内容到了才开始打印:并没有流式。
import json

import requests

url = "https://api.deepseek.com/chat/completions"
headers = {
    "Content-Type": "application/json",
    "Authorization": "Bearer <DeepSeek API Key>",
}
data = {
    "model": "deepseek-reasoner",
    "messages": [{"role": "user", "content": "你好"}],
    "stream": True,
}

response = requests.post(url, headers=headers, json=data, stream=True)
if response.status_code == 200 and response.text:
    for line in response.iter_lines():
        if line:
            text = line.decode("utf-8").replace("data: ", "")
            if text != "[DONE]":
                chunk = json.loads(text)
                print(chunk["choices"][0]["delta"]["content"] or "", end="", flush=True)
    print()
else:
    print("请求失败,错误码:", response.status_code)
