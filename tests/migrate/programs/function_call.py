# kind: S
import json
import os

import openai

openai.api_key = os.environ["API_KEY"]
openai.api_base = os.environ["API_BASE"]
TOOLS = [
    {
        "type": "function",
        "function": {
            "name": "weather",
            "description": "Weather",
            "parameters": {
                "type": "object",
                "properties": {"city": {"type": "string"}},
                "required": ["city"],
            },
        },
    }
]


def weather(city):
    return {"city": city, "degrees": 21}


messages = [{"role": "user", "content": "What is the weather in Paris?"}]
response = openai.ChatCompletion.create(model="deepseek-chat", messages=messages, tools=TOOLS)
message = response["choices"][0]["message"]
messages.append(message)
if message.get("tool_calls"):
    for call in message["tool_calls"]:
        arguments = json.loads(call["function"]["arguments"])
        messages.append(
            {
                "role": "tool",
                "tool_call_id": call["id"],
                "content": json.dumps(weather(**arguments)),
            }
        )
    second = openai.ChatCompletion.create(model="deepseek-chat", messages=messages, tools=TOOLS)
    print(second["choices"][0]["message"]["role"])
print(sorted(message.keys()))
