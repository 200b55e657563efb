"""One question, one answer. Key: DEEPSEEK_API_KEY in the environment or in a .env file.

python examples/chat.py "Why is the sky blue?"
"""

import sys

import dsadapter

question = " ".join(sys.argv[1:]) or "你好"

with dsadapter.OpenAI() as client:
    try:
        response = client.chat.completions.create(
            model="deepseek-flash",
            messages=[{"role": "user", "content": question}],
        )
    except dsadapter.OpenAIError as err:
        sys.exit(f"{type(err).__name__}: {err}")  # the message ends with the next step

print(response.choices[0].message.content)
print(f"[{response.usage.total_tokens} tokens through {response.adapter.backend}]", file=sys.stderr)
