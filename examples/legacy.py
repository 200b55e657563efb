"""Code written for openai 0.28: only the import differs.

python examples/legacy.py
"""

import sys

import dsadapter as openai

# openai.api_key = "sk-..."    # or DEEPSEEK_API_KEY in the environment or in a .env file

try:
    response = openai.ChatCompletion.create(
        model="deepseek-flash",
        messages=[{"role": "user", "content": "你好"}],
        request_timeout=60,
    )
except openai.error.RateLimitError:
    sys.exit("too many calls at once")
except openai.error.OpenAIError as err:
    sys.exit(f"{type(err).__name__}: {err}")

print(response["choices"][0]["message"]["content"])
print(response["usage"]["total_tokens"], "tokens")
