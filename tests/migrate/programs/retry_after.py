# kind: M error-wider
import os, time, openai
openai.api_key = os.environ["API_KEY"]
openai.api_base = os.environ["API_BASE"]

def get_response(messages, retries=2):
    try:
        return openai.ChatCompletion.create(model="deepseek-chat", messages=messages)
    except openai.error.RateLimitError as e:
        retry_time = e.retry_after if hasattr(e, 'retry_after') else 0
        print(f"Rate limit exceeded. Retrying in {retry_time} seconds...")
        time.sleep(retry_time)
        if retries:
            return get_response(messages, retries - 1)
        return None
    except openai.error.ServiceUnavailableError as e:
        retry_time = 0
        print(f"Service is unavailable. Retrying in {retry_time} seconds...")
        return get_response(messages, retries - 1) if retries else None
    except OSError as e:
        print("os error")
        return None

r = get_response([{"role": "user", "content": "hi"}])
print(r and r["choices"][0]["message"]["content"])
