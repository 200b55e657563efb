"""A chat page with Streamlit: answers appear as they arrive, earlier turns stay.

pip install streamlit
streamlit run examples/recipes/streamlit_chat.py
"""

import streamlit as st

import dsadapter


@st.cache_resource
def deepseek():
    return dsadapter.OpenAI()  # one for all visitors: it keeps connections


st.title("DeepSeek")
history = st.session_state.setdefault("history", [])
for turn in history:
    st.chat_message(turn["role"]).write(turn["content"])

question = st.chat_input("Ask something")
if question:
    st.chat_message("user").write(question)
    asked = [*history, {"role": "user", "content": question}]
    with st.chat_message("assistant"):
        try:
            stream = deepseek().chat.completions.create(
                model="deepseek-flash", messages=asked, stream=True
            )
            answer = st.write_stream(stream.text)
        except dsadapter.APIError as err:
            st.error(f"{err.message} {err.hint or ''}")
        else:
            history[:] = [*asked, {"role": "assistant", "content": answer}]
