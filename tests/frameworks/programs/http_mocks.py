import json
import subprocess
import sys
from tempfile import TemporaryDirectory

import httpx
import respx
import vcr
from OURS import OpenAI

settings = {"api_key": "YOUR_API_KEY", "base_url": "https://api.deepseek.com"}
CALL = {"model": "deepseek-flash", "messages": [{"role": "user", "content": "hello"}]}
MESSAGE = {"role": "assistant", "content": "hello from a mock"}
CHOICE = {"index": 0, "finish_reason": "stop", "message": MESSAGE}
REPLY = {"id": "c", "object": "chat.completion", "created": 1, "model": "m", "choices": [CHOICE]}


def ask():
    with OpenAI(**settings, http_client=httpx.Client()) as client:
        return client.chat.completions.create(**CALL).choices[0].message.content


with respx.mock:
    route = respx.post(path="/chat/completions").mock(return_value=httpx.Response(200, json=REPLY))
    print(ask())
    assert json.loads(route.calls.last.request.content) == CALL

with TemporaryDirectory() as folder:
    for plays in (0, 1):
        with vcr.use_cassette(f"{folder}/tape.yaml", match_on=["method", "path", "body"]) as tape:
            answer = ask()
            assert json.loads(tape.requests[0].body) == CALL
            assert tape.play_count == plays
    print(answer)

TEST = f"""
import httpx, json
from OURS import OpenAI
def test_mock(httpx_mock):
    httpx_mock.add_response(json={REPLY!r}, match_json={CALL!r})
    with OpenAI(**{settings!r}, http_client=httpx.Client()) as client:
        print(client.chat.completions.create(**{CALL!r}).choices[0].message.content)
"""
with TemporaryDirectory() as folder:
    with open(f"{folder}/test_it.py", "w") as file:
        file.write(TEST)
    subprocess.run([sys.executable, "-m", "pytest", "-q", "-s", file.name], check=True)
