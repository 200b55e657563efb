from streamlit.testing.v1 import AppTest

PAGE = """
import streamlit as st
from OURS import OpenAI
client = OpenAI(api_key="YOUR_API_KEY", base_url="https://api.deepseek.com")
question = [{"role": "user", "content": "hello"}]
call = {"model": "deepseek-flash", "messages": question, "stream": True}
text = st.write_stream(client.chat.completions.create(**call))
question += [{"role": "assistant", "content": text}, {"role": "user", "content": "hello again"}]
st.write(client.chat.completions.create(**call))
"""
page = AppTest.from_string(PAGE, default_timeout=60).run()
assert not page.exception, page.exception
assert not page.json
for element in page.markdown:
    print(element.value)
