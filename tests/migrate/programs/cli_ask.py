# kind: S
"""Ask one question from the command line."""

import argparse
import os

import openai

openai.api_key = os.environ["API_KEY"]
openai.api_base = os.environ["API_BASE"]


def ask(prompt, model, temperature):
    response = openai.ChatCompletion.create(
        model=model,
        messages=[{"role": "user", "content": prompt}],
        temperature=temperature,
        max_tokens=64,
    )
    return response.choices[0].message.content.strip()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("prompt", nargs="?", default="Say hi")
    parser.add_argument("--model", default="deepseek-chat")
    args = parser.parse_args()
    print(ask(args.prompt, args.model, 0.3))


if __name__ == "__main__":
    main()
