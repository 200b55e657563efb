# 多轮对话:把每一轮的回答放回 messages。
from dsadapter import OpenAI

client = OpenAI()

messages = []
for question in ["你好", "我刚才说了什么?"]:
    messages.append({"role": "user", "content": question})
    response = client.chat.completions.create(model="deepseek-flash", messages=messages)
    messages.append(response.choices[0].message)
    print("问:", question)
    print("答:", response.choices[0].message.content)
