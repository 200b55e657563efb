# 照教程的写法,没有为 dsadapter 改动:用 python -m dsadapter run --offline 运行。
import requests

url = "https://api.deepseek.com/chat/completions"
headers = {
    "Content-Type": "application/json",
    "Authorization": "Bearer <DeepSeek API Key>",
}
data = {
    "model": "deepseek-reasoner",
    "messages": [{"role": "user", "content": "你好"}],
    "stream": False,
}

response = requests.post(url, headers=headers, json=data)
if response.status_code == 200:
    result = response.json()
    print(result["choices"][0]["message"]["content"])
else:
    print("请求失败,错误码:", response.status_code)
