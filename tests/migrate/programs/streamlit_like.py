# kind: S
"""Streamlit's chat, with a stand-in for streamlit."""
import os

import openai


class State(dict):
    __getattr__ = dict.__getitem__
    __setattr__ = dict.__setitem__


class st:
    session_state = State()
    secrets = {"OPENAI_API_KEY": os.environ["API_KEY"]}

    @staticmethod
    def markdown(text):
        print(text)


openai.api_key = st.secrets["OPENAI_API_KEY"]
openai.api_base = os.environ["API_BASE"]

if "openai_model" not in st.session_state:
    st.session_state["openai_model"] = "deepseek-chat"
if "messages" not in st.session_state:
    st.session_state.messages = []

for prompt in ["What is up?", "Tell me more"]:
    st.session_state.messages.append({"role": "user", "content": prompt})
    full_response = ""
    for response in openai.ChatCompletion.create(
        model=st.session_state["openai_model"],
        messages=[
            {"role": m["role"], "content": m["content"]} for m in st.session_state.messages
        ],
        stream=True,
    ):
        full_response += response.choices[0].delta.get("content", "")
        st.markdown(full_response + "▌")
    st.markdown(full_response)
    st.session_state.messages.append({"role": "assistant", "content": full_response})
print(len(st.session_state.messages))
