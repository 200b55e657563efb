# kind: S
import os
import time

import openai

openai.api_key = os.environ["API_KEY"]
openai.api_base = os.environ["API_BASE"]
start_time = time.time()
response = openai.ChatCompletion.create(
    model='deepseek-chat',
    messages=[{'role': 'user', 'content': 'Count to 100, with a comma between each number.'}],
    temperature=0,
    stream=True
)
collected_chunks = []
collected_messages = []
for chunk in response:
    chunk_time = time.time() - start_time
    collected_chunks.append(chunk)
    chunk_message = chunk['choices'][0]['delta']
    collected_messages.append(chunk_message)

full_reply_content = ''.join([m.get('content', '') for m in collected_messages])
print(f"Full conversation received: {full_reply_content}")
print(len(collected_chunks) > 1, collected_chunks[0].object, collected_chunks[-1].choices[0].finish_reason)
