# 2023 年的写法,没有为 dsadapter 改动:用 python -m dsadapter run --offline 运行。
import openai

openai.api_key = "<DeepSeek API Key>"
openai.api_base = "https://api.deepseek.com"

response = openai.ChatCompletion.create(
    model="deepseek-reasoner",
    messages=[{"role": "user", "content": "你好"}],
)
print(response["choices"][0]["message"]["content"])
