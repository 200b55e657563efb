"""Prompts from a Parquet file, asked by two actors of a local Ray; on a cluster by many machines.

Run it again after a crash: what was written to the answers is not asked again.
"""

import pyarrow
import pyarrow.parquet
import ray

from dsadapter.integrations.ray import chat

WORDS = ["water", "fire", "earth", "air"]

if __name__ == "__main__":
    rows = pyarrow.table({"custom_id": WORDS, "text": WORDS})
    pyarrow.parquet.write_table(rows, "words.parquet")

    # Below 4 CPUs (they may be shared ones) and 1 GiB it may wait for ever.
    ray.init(num_cpus=4, object_store_memory=2**30, include_dashboard=False)
    answers = chat(
        ray.data.read_parquet("words.parquet"),
        template="Translate into Chinese: {text}",
        rows_per_block=2,
        actors=2,
        checkpoint="checkpoint",
    )
    answers.write_parquet("translations")

    for row in pyarrow.parquet.read_table("translations").to_pylist():
        print(row["custom_id"], row["answer"] if row["ok"] else row["error_message"])
