# kind: S
import os

import openai

openai.api_key = os.environ["API_KEY"]
openai.api_base = os.environ["API_BASE"]

for model in ["deepseek-chat", "no-such-model"]:
    try:
        result = openai.ChatCompletion.create(
            model=model, messages=[{"role": "user", "content": "hi"}]
        )
        print(result.choices[0].message["content"])
    except openai.error.AuthenticationError as e:
        print("check the key:", e.user_message)
    except openai.error.InvalidRequestError as e:
        print("bad request:", e.http_status, e.user_message)
        print(e.json_body["error"]["message"] == e.user_message)
    except openai.error.RateLimitError as e:
        print(f"too fast: {e}")
