# kind: M error-text
import os
import openai
openai.api_key = os.environ["API_KEY"]
openai.api_base = os.environ["API_BASE"]
for model in ("deepseek-chat", "no-such-model"):
    try:
        r = openai.ChatCompletion.create(model=model, messages=[{"role": "user", "content": "x"}])
        print(r["choices"][0]["message"]["content"])
    except Exception as e:
        print("failed with", type(e).__name__)
