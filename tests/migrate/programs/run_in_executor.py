# kind: S
import asyncio, os, openai
openai.api_key = os.environ["API_KEY"]
openai.api_base = os.environ["API_BASE"]

async def ask(prompt):
    loop = asyncio.get_running_loop()
    response = await loop.run_in_executor(
        None,
        lambda: openai.ChatCompletion.create(
            model="deepseek-chat", messages=[{"role": "user", "content": prompt}], request_timeout=(5, 20)
        ),
    )
    return response.choices[0].message["content"]

print(asyncio.run(ask("x")))
