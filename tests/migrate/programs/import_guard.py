# kind: S
import os
try:
    import openai
    HAS_OPENAI = True
except ImportError:
    openai = None
    HAS_OPENAI = False

def chat(prompt):
    if not HAS_OPENAI:
        raise RuntimeError("pip install openai")
    import openai as module
    module.api_key = os.environ["API_KEY"]
    module.api_base = os.environ["API_BASE"]
    return module.ChatCompletion.create(model="deepseek-chat", messages=[{"role": "user", "content": prompt}]).choices[0].message.content

print(chat("x"))
