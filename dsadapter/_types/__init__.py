"""The names below ``openai.types`` as tables, and the modules and values made of them."""
