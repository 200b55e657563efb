"""How many calls of 0.28 are rewritten without a comment on them.

    python share_of_calls.py FOLDER ...

Each FOLDER is a package as ``pip download --no-deps`` and ``python -m zipfile -e`` leave it. The
figures of the page are of: aider-chat 0.16.0, embedchain 0.0.60, evals 1.0.3.post1, gpt-engineer
0.1.0, gptcache 0.1.30, guardrails-ai 0.2.6, guidance 0.0.64, instructor 0.2.8, langchain 0.0.200,
litellm 0.1.400, llama-index 0.6.0, llm 0.10, llmx 0.0.15a0, magentic 0.7.2, marvin 1.3.0, outlines
0.0.8, pandasai 0.8.0, pymemgpt 0.1.15, scikit-llm 0.4.1, semantic-kernel 0.3.15.dev0, trulens-eval
0.15.0.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import List, Tuple

from dsadapter._migrate import project
from dsadapter._migrate.analysis import Analysis, Options
from dsadapter._migrate.replies import Replies
from dsadapter._migrate.source_file import Rewritten


def share(file: Rewritten) -> Tuple[int, int]:
    """Calls without a comment, and all calls of a file."""
    if not file.path.endswith(".py") or not file.old_text:
        return 0, 0
    analysis = Analysis(file.old_text, Options())
    calls = Replies(analysis).calls
    marked = {marker.line for marker in file.markers}
    document = analysis.document
    positions = (analysis._line_of(document.statement(call)) for call in calls)
    lines = [document.line_number(position) for position in positions]
    return sum(line not in marked for line in lines), len(lines)


def main(folders: List[str]) -> int:
    total = [0, 0]
    for folder in folders:
        files = project.rewrite([folder], Options()).files
        clean, count = map(sum, zip(*map(share, files)))
        print(f"{Path(folder).name}: {clean} of {count}")
        total = [total[0] + clean, total[1] + count]
    print(f"all: {total[0]} of {total[1]}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
