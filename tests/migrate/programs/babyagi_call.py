# kind: M error-wider
import os
import time

import openai

openai.api_key = os.environ["API_KEY"]
openai.api_base = os.environ["API_BASE"]
slept = []


def openai_call(prompt, model="deepseek-chat", temperature=0.5, max_tokens=100):
    while len(slept) < 3:
        try:
            messages = [{"role": "system", "content": prompt}]
            response = openai.ChatCompletion.create(
                model=model,
                messages=messages,
                temperature=temperature,
                max_tokens=max_tokens,
                n=1,
                stop=None,
            )
            return response.choices[0].message.content.strip()
        except openai.error.RateLimitError:
            print("   *** The OpenAI API rate limit has been exceeded. Waiting. ***")
            slept.append(1)
            time.sleep(0)
        except openai.error.Timeout:
            print("   *** OpenAI API timeout occurred. Waiting. ***")
            slept.append(2)
        except openai.error.APIError:
            print("   *** OpenAI API error occurred. Waiting. ***")
            slept.append(3)
        except openai.error.APIConnectionError:
            print("   *** OpenAI API connection error occurred. ***")
            slept.append(4)
        except openai.error.InvalidRequestError:
            print("   *** OpenAI API invalid request. ***")
            slept.append(5)
        except openai.error.ServiceUnavailableError:
            print("   *** OpenAI API service unavailable. ***")
            slept.append(6)
        else:
            break


print(openai_call("Make a list"))
print(slept)
