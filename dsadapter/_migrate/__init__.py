"""``migrate``: programs of openai 0.28, rewritten."""
