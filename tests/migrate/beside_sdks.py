"""The programs beside the SDKs they are for: ``tox run -e migrate``.

    python beside_sdks.py FOLDER [VERSION ...]

Each program is run on openai 0.28.1 as it is, and rewritten on each other version, undisturbed
and under faults: one process for all programs of an SDK. Those with U are rewritten with
``--unsafe``; of those with M it is only told what differs. Rewritten for dsadapter, all of them
run beside no SDK and beside the newest one; what the adapter makes of faults is its own.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Dict, List, Sequence

from compare_runs import compare

from dsadapter._doctor import installer
from dsadapter._migrate.analysis import Options
from dsadapter._migrate.source_file import rewrite_file

HERE = Path(__file__).parent
FAULTS = ("", "status-429", "status-503", "cut")
OLD, NEW = "0.28.1", ("3.57.0", "2.54.0", "1.109.1")
NONE = "none"
# Differs beside dsadapter, as docs/migrate.md says: the class of an error without an error object.
BY_STATUS = {"embeddings_search.py"}
BESIDE = ("flask<4", "tenacity<10", "backoff<3")  # what the programs import, too
ADAPTER = ("requests", "httpx<1", "python-dotenv", "packaging")


def environment(folder: Path, version: str) -> str:
    """An interpreter with an SDK, made once."""
    place = folder / version
    if place.exists():
        return installer.interpreter_of(str(place))
    python = installer.create_environment(str(place))
    needed = ADAPTER if version == NONE else (f"openai=={version}", "httpx<1")
    words = ["{pip}", "install", "-q", *needed, *BESIDE]
    outcome = installer.run(installer.expand(words, python))
    if not outcome.ok:
        shutil.rmtree(place)
        raise SystemExit(outcome.output)
    return python


def run(
    python: str, programs: Path, results: Path, faults: Sequence[str] = FAULTS
) -> Dict[str, Any]:
    """All programs in one process."""
    words = ["-W", "ignore", str(HERE / "run_programs.py"), str(programs), str(results)]
    variables = {**os.environ, "PYTHONPATH": str(HERE.parents[1])}
    subprocess.run([python, *words, ",".join(faults)], check=True, env=variables)
    rows: Dict[str, Any] = json.loads(results.read_text(encoding="utf-8"))
    return rows


def kind(path: Path) -> str:
    return path.read_text(encoding="utf-8").partition("kind: ")[2][:1]


def rewritten(folder: Path, to: str) -> Path:
    """A folder with the new programs."""
    place = folder / to
    place.mkdir(exist_ok=True)
    for path in (HERE / "programs").glob("*.py"):
        file = rewrite_file(str(path), Options(to, kind(path) == "U"))
        (place / path.name).write_bytes(file.after)
    return place


def main(folder: Path, versions: List[str]) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    programs = HERE / "programs"
    kinds = {path.name: kind(path) for path in programs.glob("*.py")}
    before = run(environment(folder, OLD), programs, folder / "before.json")
    failed = 0
    for version in versions or NEW:
        python = environment(folder, version)
        after = run(python, rewritten(folder, "openai"), folder / f"{version}.json")
        wrong = compare(before, after)
        for letter in "SUM":
            names = [name for name, one in kinds.items() if one == letter]
            bad = sorted({row.split()[0] for row in wrong} & set(names))
            print(f"openai {version}: {letter} {len(names) - len(bad)} of {len(names)} equal", *bad)
            failed += len(bad) if letter != "M" else 0
    return 1 if failed + beside_dsadapter(folder, before) else 0


def beside_dsadapter(folder: Path, before: Dict[str, Any]) -> int:
    """How many programs differ undisturbed when only their imports are rewritten."""
    failed = 0
    for version in (NONE, NEW[0]):
        python = environment(folder, version)
        programs = rewritten(folder, "dsadapter")
        after = run(python, programs, folder / f"dsadapter-{version}.json", [""])
        for runs in after.values():
            if isinstance(runs, dict):  # the adapter keeps a client for later calls
                runs[""]["unclosed"] = ""
        undisturbed = {k: {"": v[""]} if isinstance(v, dict) else v for k, v in before.items()}
        bad = sorted({row.split()[0] for row in compare(undisturbed, after)})
        count = len(before) - 1
        print(f"dsadapter beside {version}: {count - len(bad)} of {count} equal", *bad)
        failed += len({*bad} - BY_STATUS)
    return failed


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
