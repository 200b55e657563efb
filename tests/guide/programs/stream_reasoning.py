# 思考过程和回答分开打印:先来 reasoning_content,后来 content。
from dsadapter import OpenAI

client = OpenAI()

stream = client.chat.completions.create(
    model="deepseek-flash",
    messages=[{"role": "user", "content": "你好哦"}],
    stream=True,
)

answering = False
print("[思考]")
for chunk in stream:
    if not chunk.choices:
        continue
    delta = chunk.choices[0].delta
    if delta.reasoning_content:
        print(delta.reasoning_content, end="", flush=True)
    if delta.content:
        if not answering:
            answering = True
            print("\n[回答]")
        print(delta.content, end="", flush=True)
print()
