# dsadapter 自己会读 .env,不需要 load_dotenv。
from dsadapter import OpenAI

response = OpenAI().chat.completions.create(
    model="deepseek-flash",
    messages=[{"role": "user", "content": "你好"}],
)
print(response.choices[0].message.content)
