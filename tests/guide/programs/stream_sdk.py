# 流式对话:来一点,打印一点。
from dsadapter import OpenAI

client = OpenAI()

stream = client.chat.completions.create(
    model="deepseek-reasoner",
    messages=[{"role": "user", "content": "你好"}],
    stream=True,
)

for chunk in stream:
    if not chunk.choices:  # 只有用量,没有文字
        continue
    content = chunk.choices[0].delta.content
    if content:
        print(content, end="", flush=True)
print()
