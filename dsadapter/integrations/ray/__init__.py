"""A stage of a Ray Data pipeline that asks DeepSeek, on as many machines as the cluster has.

    import ray
    from dsadapter.integrations.ray import chat

    rows = ray.data.read_parquet("prompts.parquet")
    chat(rows, prompt_field="text", checkpoint="checkpoint").write_parquet("answers")

Needs the extra ``ray``. One machine is enough for ``dsadapter.batch``, which repeats less after a
crash.
"""

from __future__ import annotations

from .._extras import require_extra

with require_extra("dsadapter.integrations.ray", "ray", "ray", "pyarrow", "pandas", "numpy"):
    from .dataset import chat

__all__ = ["chat"]
