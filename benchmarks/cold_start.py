"""The cold start of the AWS Lambda recipe: CPU milliseconds of a fresh process.

    python benchmarks/cold_start.py [ROUNDS]

Loading ``examples/recipes/lambda_function.py`` (import and client), then the first call, which
loads what speaks HTTP. Beside them, where an SDK of openai 1 or newer is installed, the same of a
handler that uses the SDK alone. The server is the emulator; medians of ROUNDS processes, 11 unless
told.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Dict, List, Tuple

from dsadapter.testing import Emulator

ROOT = Path(__file__).resolve().parents[1]
RECIPE = ROOT / "examples" / "recipes" / "lambda_function.py"
TRIAL = """
import json, time
class Context:
    def get_remaining_time_in_millis(self):
        return 30000
event = {{"body": json.dumps({{"question": "Hello"}})}}
start = time.process_time()
{setup}
loaded = time.process_time()
result = handler(event, Context())
answered = time.process_time()
assert "Hello" in str(result), result
print((loaded - start) * 1e3, (answered - loaded) * 1e3)
"""
RECIPE_SETUP = "import lambda_function; handler = lambda_function.lambda_handler"
SDK_SETUP = """
import openai
client = openai.OpenAI()
def handler(event, context):
    question = [{"role": "user", "content": json.loads(event["body"])["question"]}]
    return client.chat.completions.create(model="deepseek-flash", messages=question)
"""


def trial(setup: str, url: str) -> Tuple[float, float]:
    """CPU milliseconds of loading, and of the first call."""
    paths = os.pathsep.join([str(RECIPE.parent), str(ROOT)])
    variables: Dict[str, str] = {
        **os.environ, "PYTHONPATH": paths, "DSADAPTER_OFFLINE_URL": url,
        "OPENAI_BASE_URL": url, "OPENAI_API_KEY": "any",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", TRIAL.format(setup=setup)],
        env=variables,
        check=True,
        stdout=subprocess.PIPE,
        cwd=str(ROOT / "benchmarks"),
    )
    loading, calling = map(float, done.stdout.split())
    return loading, calling


def main(rounds: int) -> None:
    setups = {"the recipe": RECIPE_SETUP}
    if find_spec("openai"):
        setups["the SDK alone"] = SDK_SETUP
    seen: Dict[str, List[Tuple[float, float]]] = {name: [] for name in setups}
    with Emulator() as server:
        for _ in range(rounds):
            for name, setup in setups.items():
                seen[name].append(trial(setup, server.base_url))
    for name, pairs in seen.items():
        loading, calling = (statistics.median(column) for column in zip(*pairs))
        print(f"{name}: loading {loading:.0f} ms, first call {calling:.0f} ms of CPU")


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 11)
