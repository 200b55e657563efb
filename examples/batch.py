"""Many prompts from a list: answers and errors in files, and what it cost.

Run it again after a crash, or after Ctrl-C: what was answered is not asked again.
"""

from dsadapter import batch

WORDS = ["water", "fire", "earth", "air"]
rows = [{"custom_id": word, "text": word} for word in WORDS]

summary = batch.run(rows, "translations.jsonl", template="Translate into Chinese: {text}")

print(f"{summary.done} of {summary.total} done, {summary.failed} failed")
print(f"cost: {summary.cost.usd:.6f} USD, {summary.cost.cny:.6f} CNY")
