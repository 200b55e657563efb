"""One row of knowledge about an error text."""

from __future__ import annotations

from typing import NamedTuple, Tuple

from ..._texts.text import Text

CERTAIN, LIKELY, POSSIBLE = "certain", "likely", "possible"
SURE = (CERTAIN, LIKELY, POSSIBLE)

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


class Row(NamedTuple):
    """``pattern`` is searched in the text; its named groups fill the fields of the texts.

    ``when``: the openai versions that say so. ``checks``: the doctor's checks that prove it here;
    their fix is better than this one. ``needs``: a word that must occur somewhere in the text, too.
    """

    id: str
    pattern: str
    cause: Text
    fix: Text
    commands: Tuple[str, ...] = ()
    sure: str = CERTAIN
    when: str = ""
    checks: Tuple[str, ...] = ()
    needs: str = ""
