# kind: S
import io, os, sys
import openai
openai.api_key = os.environ["API_KEY"]
openai.api_base = os.environ["API_BASE"]
sys.stdin = io.StringIO("hello\n/tokens\nagain\n/quit\n")

class Chat:
    total = 0

    @classmethod
    def send(cls, messages):
        resp = openai.ChatCompletion.create(model="deepseek-chat", messages=messages)
        cls.total += resp.usage["total_tokens"]
        return resp["choices"][0]["message"]

def main():
    messages = []
    while True:
        try:
            line = input("> ")
        except EOFError:
            break
        if line == "/quit":
            break
        if line == "/tokens":
            print(Chat.total > 0)
            continue
        messages.append({"role": "user", "content": line})
        try:
            reply = Chat.send(messages)
        except openai.error.RateLimitError:
            print("limit")
            messages.pop()
            continue
        messages.append(reply)
        print(reply.content)
    print(len(messages))

main()
