"""What is said about one error text, and advice that several of them share."""

from __future__ import annotations

from typing import NamedTuple

from .text import Text

USE_ADAPTER = Text(
    "Keep the code as it is: write `import dsadapter as openai`, or run the file unedited: python "
    "-m dsadapter run app.py",
    "代码不必改：写 import dsadapter as openai，或直接运行：python -m dsadapter run app.py",
)
USE_MODERN = Text(
    "Write `from dsadapter import OpenAI`, or run the file unedited: python -m dsadapter run "
    "app.py",
    "改写为 from dsadapter import OpenAI，或不改代码直接运行：python -m dsadapter run app.py",
)


class Explanation(NamedTuple):
    """``cause`` says what happened, ``fix`` what mends it; the row's groups fill their fields."""

    cause: Text
    fix: Text
