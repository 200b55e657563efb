# kind: S
import os, openai
openai.api_key = os.environ["API_KEY"]
openai.api_base = os.environ["API_BASE"]
messages = [{"role": "user", "content": "write"}]
finish = "length"
output = ""
rounds = 0
while finish == "length" and rounds < 3:
    rounds += 1
    response = openai.ChatCompletion.create(model="deepseek-chat", messages=messages, max_tokens=50)
    choice = response.choices[0]
    finish = choice.finish_reason
    output += choice.message.content
    messages.append(choice.message)
print(rounds, finish, output, len(messages), messages[-1]["role"])
