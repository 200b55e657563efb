# 空值安全:思考阶段 content 是 None,最后的用量块 choices 是空列表。
from dsadapter import OpenAI

client = OpenAI()

stream = client.chat.completions.create(
    model="deepseek-flash",
    messages=[{"role": "user", "content": "你好"}],
    stream=True,
    stream_options={"include_usage": True},
)

reasoning, answer, usage = "", "", None
for chunk in stream:
    usage = chunk.usage or usage
    if not chunk.choices:  # 只有用量,没有文字
        continue
    delta = chunk.choices[0].delta
    reasoning += delta.reasoning_content or ""
    answer += delta.content or ""

print("思考:", reasoning)
print("回答:", answer)
print("用量:", usage.total_tokens)
