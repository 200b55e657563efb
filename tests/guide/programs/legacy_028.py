# openai 0.28 时代的写法,只改了 import 这一行。
import os

import dsadapter as openai

openai.api_key = os.getenv("DEEPSEEK_API_KEY")
openai.api_base = os.getenv("DEEPSEEK_BASE_URL", "https://api.deepseek.com")

messages = [{"role": "user", "content": "你好"}]

response = openai.ChatCompletion.create(model="deepseek-reasoner", messages=messages)
print(response["choices"][0]["message"]["content"])

for chunk in openai.ChatCompletion.create(
    model="deepseek-reasoner", messages=messages, stream=True
):
    print(chunk["choices"][0]["delta"].get("content", ""), end="")
print()

try:
    openai.ChatCompletion.create(model="deepseek-reasoner", messages=[])
except openai.error.InvalidRequestError as err:
    print("请求被拒绝:", type(err).__name__)
