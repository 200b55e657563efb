"""``doctor PATH`` over the sources of published packages, which are fetched by version and never
stored: what it says of strangers' code was judged by reading that code, finding by finding.

Needs a package index: DSADAPTER_TEST_ENVS=1. Prints the rate: ``pytest -s``.
"""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any, Dict

import pytest
from doctor_machines import machine

from dsadapter._doctor import scan

pytestmark = [
    pytest.mark.envs,
    pytest.mark.skipif(
        not os.environ.get("DSADAPTER_TEST_ENVS"),
        reason="fetches packages from the index: DSADAPTER_TEST_ENVS=1",
    ),
]
PRECISION = 0.95

# The rules were mended with these at hand.
KNOWN: Dict[str, Dict[str, int]] = {
    "aider-chat==0.60.1": {"code-verify-false": 2},
    "camel-ai==0.2.20": {},
    "dspy-ai==2.4.17": {},
    "embedchain==0.1.126": {"code-proxies": 4},
    "gptcache==0.1.44": {"code-api-base": 1, "code-legacy-call": 6},
    "instructor==1.3.7": {},
    "mem0ai==0.1.29": {"code-proxies": 2},
    "pyautogen==0.2.35": {},
    "shell-gpt==1.4.4": {},
    "vanna==0.7.5": {"code-keyword": 4},
}
# And these came later: what was said of them before anything was mended stands in docs/doctor.md.
LATER: Dict[str, Dict[str, int]] = {
    "langchain==0.0.200": {
        "code-api-base": 2,
        "code-legacy-call": 8,
        "code-legacy-error": 20,
        "code-setting-ignored": 4,
    },
    "farm-haystack==1.20.0": {},
    "gpt-researcher==0.8.0": {},
    "guidance==0.1.16": {},
    "open-interpreter==0.2.5": {},
    "pandasai==1.5.0": {},
    "lmql==0.7": {},
    "phidata==2.4.20": {},
    "semantic-kernel==0.4.0.dev0": {},
    "ragas==0.1.7": {},
    "evals==1.0.3.post1": {"code-legacy-call": 5, "code-legacy-error": 16},
    "llama-index==0.6.38": {"code-legacy-call": 4, "code-legacy-error": 8},
    "chainlit==0.4.0": {"code-legacy-call": 2},
    "langroid==0.1.60": {"code-api-base": 4, "code-legacy-call": 5, "code-legacy-error": 12},
    "scikit-llm==0.1.0": {"code-legacy-call": 2},
    "metagpt==0.3.0": {
        "code-api-base": 2,
        "code-legacy-call": 1,
        "code-legacy-error": 1,
        "code-setting-ignored": 1,
    },
    "griptape==0.18.0": {"code-api-base": 1, "code-legacy-call": 3, "code-legacy-name": 2},
    "pymemgpt==0.2.5": {},
    "g4f==0.1.5.0": {},
    "sweepai==0.4.0": {"code-legacy-call": 5, "code-legacy-error": 2},
    "swarms==2.4.7": {"code-http-timeout": 1, "code-legacy-call": 1},
    "nemoguardrails==0.5.0": {"code-legacy-call": 1},
    "deepeval==0.20.20": {"code-legacy-call": 1},
    "trulens-eval==0.9.0": {"code-api-base": 1, "code-legacy-call": 2},
    "uptrain==0.5.0": {"code-legacy-result": 1},
    "llm==0.5": {"code-legacy-call": 2},
    "refuel-autolabel==0.0.10": {},
    "gpt-engineer==0.1.0": {"code-legacy-call": 3, "code-legacy-error": 1, "code-legacy-name": 1},
    "shell-ai==0.4.4": {},
    "gpt-code-ui==0.42.40": {"code-legacy-call": 1, "code-setting-ignored": 1},
}
# The third set.
NEWEST: Dict[str, Dict[str, int]] = {
    "agentops==0.1.12": {},
    "agentscope==0.0.5": {},
    "arize-phoenix==0.1.1": {"code-legacy-call": 1},
    "bertopic==0.15.0": {"code-legacy-call": 6, "code-legacy-error": 2},
    "chatarena==0.1.18": {},
    "crewai==0.11.2": {},
    "gpt-index==0.4.40": {"code-legacy-call": 4, "code-legacy-error": 8},
    "guardrails-ai==0.2.9": {},
    "jupyter-ai-magics==2.0.1": {},
    "kor==0.13.0": {},
    "langchain-community==0.0.20": {
        "code-api-base": 1,
        "code-legacy-call": 4,
        "code-legacy-error": 21,
        "code-setting-ignored": 1,
    },
    "langfuse==1.14.0": {},
    "litellm==0.1.824": {
        "code-api-base": 4,
        "code-http-timeout": 2,
        "code-legacy-call": 11,
        "code-legacy-error": 7,
        "code-legacy-name": 1,
    },
    "llmlingua==0.1.6": {"code-api-base": 1, "code-legacy-call": 1},
    "marvin==1.5.6": {"code-legacy-call": 3, "code-legacy-name": 7},
    "mirascope==0.2.4": {},
    "paper-qa==3.13.4": {},
    "promptlayer==0.2.9": {},
    "prompttools==0.0.46": {"code-api-base": 1},
    "qwen-agent==0.0.34": {},
    "reliablegpt==0.3.0": {"code-api-base": 1, "code-legacy-call": 4},
    "spacy-llm==0.4.3": {},
    "txtai==6.3.0": {},
    "zhipuai==1.0.7": {},
}
TRUE = {**KNOWN, **LATER, **NEWEST}


def fetched(package: str, folder: Path) -> Path:
    """The unpacked wheel of ``name==version``, for Python 3.11 on Linux."""
    words = ["-m", "pip", "download", "-q", "--no-deps", "--only-binary", ":all:"]
    target = ["--python-version", "3.11", "--platform", "manylinux2014_x86_64"]
    subprocess.run([sys.executable, *words, *target, "-d", str(folder), package], check=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "source")
    return folder / "source"


@pytest.fixture(scope="module")
def counts() -> Any:
    told: Counter[str] = Counter()
    yield told
    rate = told["true"] / max(1, told["all"])
    print(f"{told['true']} of {told['all']} findings true")
    assert rate >= PRECISION


@pytest.mark.parametrize("package", TRUE)
def test_what_it_says_is_true(package: str, tmp_path: Path, counts: Any) -> None:
    code = scan.scan((str(fetched(package, tmp_path)),), machine("3.54.0"))
    told = Counter(hit.rule for hit in code.hits)
    judged = Counter(TRUE[package])
    counts["all"] += sum(told.values())
    counts["true"] += sum((told & judged).values())
    new = [(hit.rule, hit.file, hit.line) for hit in code.hits if hit.rule in told - judged]
    assert not told - judged, f"not judged yet: read these lines: {new}"
    assert not judged - told, "it was found before"
