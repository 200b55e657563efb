"""PyInstaller: one question, one answer, as a program that needs no Python.

pip install pyinstaller
pyinstaller --onefile examples/recipes/frozen.py
dist/frozen "Why is the sky blue?"
"""

import sys

import dsadapter

question = " ".join(sys.argv[1:]) or "Hello"

with dsadapter.OpenAI() as client:  # the key: DEEPSEEK_API_KEY, or .env in the working directory
    response = client.chat.completions.create(
        model="deepseek-flash", messages=[{"role": "user", "content": question}]
    )

print(response.choices[0].message.content)
print(f"[through {response.adapter.backend}]")
