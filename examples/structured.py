"""An answer as an object: a pydantic class in, one of it out; with streaming, part by part.

python examples/structured.py "Alice and Bob are going to a science fair on Friday."
"""

from __future__ import annotations

import sys
from typing import List

from pydantic import BaseModel

import dsadapter


class CalendarEvent(BaseModel):
    """An event, as it stands in a calendar."""

    name: str
    participants: List[str]


text = " ".join(sys.argv[1:]) or "Alice and Bob are going to a science fair on Friday."
request = {
    "model": "deepseek-flash",
    "messages": [
        {"role": "system", "content": "Extract the event."},
        {"role": "user", "content": text},
    ],
    "response_format": CalendarEvent,
}

with dsadapter.OpenAI() as client:
    try:
        completion = client.chat.completions.parse(**request, repair_attempts=1)
    except dsadapter.APIResponseError as err:  # it did not fit, twice
        sys.exit(f"{err}\nthe answer was: {err.partial}")
    event = completion.choices[0].message.parsed
    print(f"{event.name}, with {len(event.participants)}")

    with client.chat.completions.stream(**request) as stream:
        for part in stream:
            if part.type == "content.delta":
                print(part.delta, end="", flush=True)
        print()
        print(type(stream.get_final_completion().choices[0].message.parsed).__name__)
