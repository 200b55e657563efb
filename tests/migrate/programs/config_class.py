# kind: S
import os, openai

class Config:
    api_key = os.environ["API_KEY"]
    api_base = os.environ["API_BASE"]
    options = dict(model="deepseek-chat", temperature=0, max_tokens=10, top_p=1, frequency_penalty=0, presence_penalty=0)

    @classmethod
    def apply(cls):
        openai.api_key = cls.api_key
        openai.api_base = cls.api_base

def complete(messages, cfg=Config):
    cfg.apply()
    return openai.ChatCompletion.create(messages=messages, **cfg.options)

reply = complete([{"role": "system", "content": "s"}, {"role": "user", "content": "u"}])
print(reply["choices"][0]["message"]["content"].strip())
print("Tokens: %d" % reply["usage"]["total_tokens"] if reply else "none")
