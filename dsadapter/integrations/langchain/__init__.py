"""DeepSeek as a LangChain chat model, with any openai SDK installed or none.

    from dsadapter.integrations.langchain import ChatDeepSeek

    model = ChatDeepSeek(model="deepseek-flash")

Needs the extra ``langchain``, which brings langchain-core only.
"""

from __future__ import annotations

from .._extras import require_extra

with require_extra("dsadapter.integrations.langchain", "langchain", "langchain_core", "pydantic"):
    from .chat_model import ChatDeepSeek

__all__ = ["ChatDeepSeek"]
