"""A results file: read, written, and its medians."""

from __future__ import annotations

import json
from pathlib import Path
from statistics import median
from typing import Any, Dict, List, Optional

SCHEMA = 1


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

    def take(self, new: Dict[str, Any]) -> None:
        """Put what was measured anew, parts and columns, in the place of its older self."""
        fresh = {column["id"]: column for column in new.pop("columns", [])}
        known = {column["id"]: column for column in self.columns}
        if fresh:
            self.data["columns"] = list({**known, **fresh}.values())
            self.data["samples"] = {**self.data.get("samples", {}), **new.pop("samples")}
        self.data["about"] = {**self.data.get("about", {}), **new.pop("about")}
        self.data.update(new)

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
        reason = self.data.get("absent", {}).get(row)
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
