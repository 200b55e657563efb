# kind: M error-wider
import os
import openai
openai.api_key = os.environ["API_KEY"]
openai.api_base = os.environ["API_BASE"]

def is_retryable(err):
    return isinstance(err, (openai.error.RateLimitError, openai.error.ServiceUnavailableError))

for attempt in range(2):
    try:
        r = openai.ChatCompletion.create(model="deepseek-chat", messages=[{"role": "user", "content": "x"}])
        print(r["choices"][0]["message"]["content"])
        break
    except Exception as exc:
        if not is_retryable(exc):
            raise
        print("again")
