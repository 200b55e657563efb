# kind: S
import os, sys, openai
openai.api_key = os.environ["API_KEY"]
openai.api_base = os.environ["API_BASE"]

def stream(prompt):
    for chunk in openai.ChatCompletion.create(model="deepseek-chat", messages=[{"role": "user", "content": prompt}], stream=True):
        delta = chunk["choices"][0]["delta"]
        if "role" in delta and "content" not in delta:
            continue
        if chunk.choices[0].finish_reason:
            return chunk.choices[0].finish_reason
        yield delta["content"]

gen = stream("x")
print(next(gen))
for piece in gen:
    sys.stdout.write(piece or "")
    sys.stdout.flush()
print()
