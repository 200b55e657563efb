"""LangChain: an answer as it comes, a tool that the model calls, an object instead of text.

pip install ".[langchain]"
python examples/langchain_chat.py
"""

import sys

from langchain_core.messages import HumanMessage
from langchain_core.tools import tool
from pydantic import BaseModel

import dsadapter
from dsadapter.integrations.langchain import ChatDeepSeek


@tool
def weather(place: str) -> str:
    """The weather at a place."""
    return f"sunny in {place}"


class City(BaseModel):
    """A city."""

    name: str


def main():
    model = ChatDeepSeek(model="deepseek-flash")

    for chunk in model.stream("你好"):
        print(chunk.content, end="", flush=True)
    print()

    with_tools = model.bind_tools([weather])
    history = [HumanMessage("Beijing")]
    answer = with_tools.invoke(history)
    while answer.tool_calls:  # the reasoning in `answer` goes back with it, as the API demands
        history += [answer, *(weather.invoke(call) for call in answer.tool_calls)]
        answer = with_tools.invoke(history)
    print(answer.content)

    # The object is a tool that must be called, and such a call cannot think.
    quick = ChatDeepSeek(model="deepseek-flash", thinking={"type": "disabled"})
    print(quick.with_structured_output(City).invoke("Beijing").name)
    print(answer.usage_metadata["total_tokens"], "tokens")


if __name__ == "__main__":
    try:
        main()
    except dsadapter.OpenAIError as err:
        sys.exit(f"{type(err).__name__}: {err}")
