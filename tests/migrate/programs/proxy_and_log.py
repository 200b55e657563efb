# kind: M setting
import os, openai
openai.api_key = os.environ["API_KEY"]
openai.api_base = os.environ["API_BASE"]
openai.proxy = os.environ.get("NO_SUCH_PROXY")
openai.log = None
openai.verify_ssl_certs = False
openai.api_type = "open_ai"
openai.api_version = None
openai.organization = os.getenv("NO_SUCH_ORGANIZATION")
r = openai.ChatCompletion.create(model="deepseek-chat", messages=[{"role": "user", "content": "x"}])
print(r["choices"][0]["message"]["content"])
