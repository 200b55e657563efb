# kind: U
import os

import openai

openai.api_key = os.environ["API_KEY"]
openai.api_base = os.environ["API_BASE"]
for _ in range(2):
    try:
        r = openai.ChatCompletion.create(
            model="deepseek-flash", messages=[{"role": "user", "content": "hi"}]
        )
        print(r.choices[0].message.content)
        break
    except (openai.error.APIError, openai.error.ServiceUnavailableError):
        print("server")
    except openai.error.RateLimitError:
        print("limit")
