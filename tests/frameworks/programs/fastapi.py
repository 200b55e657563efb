from fastapi import FastAPI
from fastapi.testclient import TestClient
from openai.types.chat import ChatCompletion
from OURS import OpenAI

client = OpenAI(api_key="YOUR_API_KEY", base_url="https://api.deepseek.com")
app = FastAPI()


@app.get("/", response_model=ChatCompletion)
def answer():
    question = [{"role": "user", "content": "hello"}]
    return client.chat.completions.create(model="deepseek-flash", messages=question)


http = TestClient(app, base_url="http://127.0.0.1")
assert http.get("/openapi.json").json()["components"]["schemas"]["ChatCompletion"]
body = http.get("/").json()
assert body["choices"][0]["message"]["refusal"] is None
print(body["choices"][0]["message"]["content"])
