"""What DeepSeek refuses today, and how yesterday's request is made to fit."""
