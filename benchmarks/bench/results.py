"""A results file: read, written, and its medians."""

from __future__ import annotations

import json
from pathlib import Path
from statistics import median
from typing import Any, Dict, List, Optional, Tuple

SCHEMA = 2


class Results:
    """The numbers of one run. ``data`` is what the file holds, raw numbers and all."""

    def __init__(self, data: Dict[str, Any]) -> None:
        self.data = data

    @classmethod
    def read(cls, path: Path) -> Results:
        return cls(json.loads(path.read_text(encoding="utf-8")))

    def write(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps({"schema": SCHEMA, **self.data}, indent=1)
        path.write_text(text + "\n", encoding="utf-8")

    def take(self, new: Dict[str, Any], run: Dict[str, Any]) -> None:
        """Put what was measured anew, parts and columns, in the place of its older self; each
        keeps which run it is of."""
        key = str(run["machine"]["date"])
        fresh = {column["id"]: {**column, "run": key} for column in new.pop("columns", [])}
        if fresh:
            known = {column["id"]: column for column in self.columns}
            self.data["columns"] = list({**known, **fresh}.values())
            self.data["samples"] = {**self.data.get("samples", {}), **new.pop("samples")}
            self.data["absent"] = {**self.data.get("absent", {}), **new.pop("absent")}
        parts = {**self.data.get("parts", {}), **dict.fromkeys(new, key)}
        runs = {**self.data.get("runs", {}), key: run}
        self.data.update(new, parts=parts, runs=runs)
        used = {*parts.values(), *(column["run"] for column in self.columns)}
        self.data["runs"] = {key: run for key, run in runs.items() if key in used}

    def runs(self) -> List[Tuple[Dict[str, Any], List[str]]]:
        """The runs that the numbers are of, each with its columns and parts; most often one."""
        names: Dict[str, List[str]] = {key: [] for key in self.data.get("runs", {})}
        for column in self.columns:
            names[column["run"]].append(column["id"])
        for part, key in self.data.get("parts", {}).items():
            names[key].append(part)
        return [(self.data["runs"][key], named) for key, named in sorted(names.items())]

    def is_of_one_state(self) -> bool:
        """Whether all runs measured the same sources on the same machine."""
        return len({of_state(run) for run, _ in self.runs()}) < 2

    @property
    def columns(self) -> List[Dict[str, Any]]:
        columns: List[Dict[str, Any]] = self.data.get("columns", [])
        return columns

    def samples(self, column: str, row: str) -> List[Dict[str, Any]]:
        found: List[Dict[str, Any]] = self.data.get("samples", {}).get(column, {}).get(row, [])
        return found

    def median(self, column: str, row: str, key: Optional[str] = None) -> Optional[float]:
        """The median over the rounds; None where nothing was measured."""
        if key is None:
            known = {item["id"]: item["key"] for item in self.columns}
            if column not in known:
                return None
            key = known[column]
        values = [item[key] for item in self.samples(column, row) if key in item]
        return median(values) if values else None

    def why_absent(self, column: str, row: str) -> Optional[str]:
        for item in self.samples(column, row):
            if "absent" in item:
                return str(item["absent"])
        asked = row in self.data.get("samples", {}).get(column, {})
        reason = None if asked else self.data.get("absent", {}).get(row)
        return str(reason) if reason else None

    def ratio(
        self, column: str, row: str, other: str, key: Optional[str] = None
    ) -> Optional[float]:
        """``row`` over ``other``."""
        mine, theirs = self.median(column, row, key), self.median(column, other, key)
        return mine / theirs if mine is not None and theirs else None

    def points(self, part: str, **wanted: Any) -> List[Dict[str, Any]]:
        """Points of ``scale`` or ``answers`` whose fields are as wanted."""
        points: List[Dict[str, Any]] = self.data.get(part, [])
        return [p for p in points if all(p.get(k) == v for k, v in wanted.items())]


def of_state(run: Dict[str, Any]) -> Tuple[str, ...]:
    """What has to be equal for numbers of two runs to stand beside each other."""
    machine = run["machine"]
    return (run["source"], machine["cpu"], str(machine["cores"]), machine["python"])
