"""The commands that talk to a model: chat, models, balance, emulator."""
