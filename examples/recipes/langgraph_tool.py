"""LangGraph: a graph of the model and a tool, whose steps stream.

pip install ".[langchain]" langgraph
python examples/recipes/langgraph_tool.py
"""

from langchain_core.tools import tool
from langgraph.graph import START, MessagesState, StateGraph
from langgraph.prebuilt import ToolNode, tools_condition

from dsadapter.integrations.langchain import ChatDeepSeek


@tool
def weather(place: str) -> str:
    """The weather at a place."""
    return f"sunny in {place}"


model = ChatDeepSeek(model="deepseek-flash").bind_tools([weather])


def ask(state):
    return {"messages": [model.invoke(state["messages"])]}


graph = StateGraph(MessagesState)
graph.add_node("ask", ask)
graph.add_node("tools", ToolNode([weather]))
graph.add_edge(START, "ask")
graph.add_conditional_edges("ask", tools_condition)  # to "tools", or to the end
graph.add_edge("tools", "ask")

question = {"messages": [("user", "Beijing")]}
for step in graph.compile().stream(question, stream_mode="updates"):
    for node, update in step.items():
        message = update["messages"][-1]
        print(node, "->", message.content or message.tool_calls[0]["args"])
