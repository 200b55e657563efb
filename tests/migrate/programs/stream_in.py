# kind: S
import os

import openai as ai

ai.api_key = os.environ["API_KEY"]
ai.api_base = f"{os.environ['API_BASE']}"
answer = []
for event in ai.ChatCompletion.create(
    model="deepseek-chat", messages=[{"role": "user", "content": "hi"}], stream=True, temperature=0
):
    if "content" in event["choices"][0]["delta"]:
        answer.append(event["choices"][0]["delta"]["content"] or "")
    if event["choices"][0]["delta"] == {}:
        print("[end]")
print("".join(answer))
