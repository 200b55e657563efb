# 非流式对话:教程里的程序,只改了 import 这一行。
from dsadapter import OpenAI

client = OpenAI()  # key 和地址来自环境变量或 .env

response = client.chat.completions.create(
    model="deepseek-reasoner",
    messages=[{"role": "user", "content": "你好"}],
    stream=False,
)

print("思考:", response.choices[0].message.reasoning_content)
print("回答:", response.choices[0].message.content)
