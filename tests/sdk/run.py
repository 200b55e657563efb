"""Run the SDK's own tests with its clients replaced by the adapter's: ``tox run -e sdk-tests``.

The tests are those of the installed openai, from its sdist on the package index. What does not
apply stands in not_applicable.json, each with its reason, and is skipped; all else must pass.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Dict, List, Tuple

HERE = Path(__file__).resolve().parent
OPTIONS = (
    *("-p", "adapter_plugin", "-p", "no:cacheprovider", "-o", "addopts=", "-o", "filterwarnings="),
    *("-q", "--tb=short", "--timeout=30"),
)
# Files of the sdist, and variables for them: clients without a base URL talk to OpenAI; where the
# emulator is asked for an answer, they talk to DeepSeek.
GROUPS: Tuple[Tuple[Tuple[str, ...], Dict[str, str]], ...] = (
    (
        (
            *("test_streaming.py", "test_response.py", "test_legacy_response.py"),
            *("test_sse_framing.py", "test_stream_mode.py", "test_status_error_messages.py"),
            *("lib/chat", "test_module_client.py", "test_client.py"),
            *("lib/test_azure.py", "lib/test_azure_deployment_path.py", "lib/test_azure_auth.py"),
            *("lib/test_azure_provider_diagnostics.py", "lib/test_azure_redirects.py"),
            *("lib/test_azure_request_credentials.py", "lib/test_azure_websocket_redirects.py"),
        ),
        {"DSADAPTER_PROVIDER": "openai"},
    ),
    (
        ("api_resources/chat",),
        {
            "DSADAPTER_PROVIDER": "deepseek",
            "DSADAPTER_MODEL_MAP": "gpt-6-astra=deepseek-flash",
        },
    ),
)


def unpacked(folder: Path) -> Path:
    """The sdist of the installed openai, unpacked in ``folder`` without its package."""
    name = f"openai-{version('openai')}"
    pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", "openai"]
    subprocess.run([*pip, name.replace("-", "=="), "-d", str(folder)], check=True)
    with tarfile.open(folder / f"{name}.tar.gz") as archive:
        archive.extractall(folder)
    (folder / name / "src").rename(folder / "not_imported")  # the installed one is
    return folder / name


def run(root: Path, files: Tuple[str, ...], variables: Dict[str, str], more: List[str]) -> int:
    """One run of pytest in ``root``; gives its exit code."""
    path = os.pathsep.join([str(HERE), str(root), os.environ.get("PYTHONPATH", "")])
    command = [sys.executable, "-m", "pytest", *OPTIONS, *(f"tests/{file}" for file in files)]
    env = {**os.environ, **variables, "PYTHONPATH": path}
    return subprocess.run([*command, *more], cwd=root, env=env).returncode


def main(more: List[str]) -> int:
    """Run all groups; the worst exit code."""
    with tempfile.TemporaryDirectory() as folder:
        root = unpacked(Path(folder))
        return max(run(root, *group, more) for group in GROUPS)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
