"""Texts for people, in English and Chinese, as data. Imports nothing of dsadapter."""
