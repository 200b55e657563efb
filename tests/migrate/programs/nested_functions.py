# kind: S
import os, openai

def make_agent(name, temperature=0.0):
    openai.api_key = os.environ["API_KEY"]
    openai.api_base = os.environ["API_BASE"]
    memory = []

    def remember(role, content):
        memory.append({"role": role, "content": content})

    def agent(text, stream=False):
        remember("user", text)
        res = openai.ChatCompletion.create(model="deepseek-chat", messages=memory, temperature=temperature, stream=stream)
        if stream:
            parts = []
            for event in res:
                parts.append(event["choices"][0]["delta"].get("content") or "")
            answer = "".join(parts)
        else:
            answer = res["choices"][0]["message"]["content"]
        remember("assistant", answer)
        return f"{name}: {answer}"

    return agent, memory

agent, memory = make_agent("Bob")
print(agent("one"))
print(agent("two", stream=True))
print(len(memory))
