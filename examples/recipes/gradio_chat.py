"""A chat page with Gradio: answers appear as they arrive.

pip install gradio
python examples/recipes/gradio_chat.py
"""

import gradio as gr

import dsadapter

client = dsadapter.OpenAI()  # one for all visitors: it keeps connections


def reply(message, history):
    turns = [{"role": turn["role"], "content": text_of(turn["content"])} for turn in history]
    turns.append({"role": "user", "content": message})
    try:
        stream = client.chat.completions.create(model="deepseek-flash", messages=turns, stream=True)
        answer = ""
        for part in stream.text:
            answer += part
            yield answer
    except dsadapter.APIError as err:
        raise gr.Error(f"{err.message} {err.hint or ''}") from err


def text_of(content):
    """Gradio 6 gives a turn as a list of parts, earlier ones as a string."""
    return content if isinstance(content, str) else "".join(part["text"] for part in content)


page = gr.ChatInterface(reply, title="DeepSeek")

if __name__ == "__main__":
    page.launch()
