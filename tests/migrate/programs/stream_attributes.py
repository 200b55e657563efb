# kind: S
import os

import openai

openai.api_key = os.environ["API_KEY"]
openai.api_base = os.environ["API_BASE"]


def stream(prompt):
    """Yield the pieces of an answer."""
    for chunk in openai.ChatCompletion.create(
        model="deepseek-chat", messages=[{"role": "user", "content": prompt}], stream=True
    ):
        if hasattr(chunk.choices[0].delta, "content"):
            yield chunk.choices[0].delta.content
        if chunk.choices[0].finish_reason is not None:
            break


print("".join(piece or "" for piece in stream("One sentence")))
