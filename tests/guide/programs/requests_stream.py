# 不用 SDK 的流式读取:stream=True,用 iter_lines 一行一行读,不要先碰 response.text。
import json
import os

import requests

BASE_URL = os.getenv("DEEPSEEK_BASE_URL", "https://api.deepseek.com")

with requests.post(
    BASE_URL + "/chat/completions",
    headers={"Authorization": "Bearer " + os.environ["DEEPSEEK_API_KEY"]},
    json={
        "model": "deepseek-flash",
        "messages": [{"role": "user", "content": "你好"}],
        "stream": True,
    },
    stream=True,
    timeout=(5, 600),
) as response:
    if response.status_code != 200:
        raise SystemExit(f"{response.status_code}:{response.text[:200]}")
    complete = False
    for line in response.iter_lines():  # bytes:不要 decode_unicode=True,会乱码
        if not line.startswith(b"data:"):
            continue  # 空行,或 ": keep-alive"
        data = line[len(b"data:") :].strip()
        if data == b"[DONE]":
            complete = True
            break
        chunk = json.loads(data)
        if "error" in chunk:
            raise SystemExit(f"\n出错了:{chunk['error']['message']}")
        if chunk["choices"]:
            print(chunk["choices"][0]["delta"].get("content") or "", end="", flush=True)
print()
if not complete:
    raise SystemExit("回答被截断了,请重新提问")
