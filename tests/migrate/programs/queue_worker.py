# kind: M reply-unknown
import os, queue, threading
import openai
openai.api_key = os.environ["API_KEY"]
openai.api_base = os.environ["API_BASE"]
jobs, done = queue.Queue(), queue.Queue()

def worker():
    while True:
        prompt = jobs.get()
        if prompt is None:
            break
        try:
            done.put((prompt, openai.ChatCompletion.create(model="deepseek-chat", messages=[{"role": "user", "content": prompt}])))
        except openai.error.OpenAIError:
            done.put((prompt, None))

t = threading.Thread(target=worker)
t.start()
for p in ("a", "b", None):
    jobs.put(p)
t.join()
while not done.empty():
    prompt, r = done.get()
    print(prompt, r.choices[0].message.content if r else "failed")
