# kind: S
import os, openai
openai.api_key = os.environ["API_KEY"]
openai.api_base = os.environ["API_BASE"]
DEFAULTS = {"model": "deepseek-chat", "temperature": 0.2, "max_tokens": 20}

def chat(prompt, **kwargs):
    params = {**DEFAULTS, **kwargs}
    params["messages"] = [{"role": "user", "content": prompt}]
    r = openai.ChatCompletion.create(**params)
    return r["choices"][0]["message"]["content"]

print(chat("x"), chat("y", temperature=1))
