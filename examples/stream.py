"""Thinking and answer as they arrive, and what is left when the connection breaks.

python examples/stream.py "Why is the sky blue?"
"""

import sys

import dsadapter

question = " ".join(sys.argv[1:]) or "你好"

with dsadapter.OpenAI() as client:
    stream = client.chat.completions.create(
        model="deepseek-flash",
        messages=[{"role": "user", "content": question}],
        stream=True,
    )
    answering = False
    try:
        for chunk in stream:
            for choice in chunk.choices:  # a chunk may have none
                if choice.delta.reasoning_content:
                    print(choice.delta.reasoning_content, end="", flush=True)
                if choice.delta.content:
                    print("" if answering else "\n---\n", end="")
                    answering = True
                    print(choice.delta.content, end="", flush=True)
        print()
    except dsadapter.APIError as err:  # cut off, timed out, an error inside the stream ...
        sys.exit(f"\n{type(err).__name__}: {err}\nup to there: {err.partial!r}")

print(f"[{stream.get_final_response().usage.total_tokens} tokens]", file=sys.stderr)
