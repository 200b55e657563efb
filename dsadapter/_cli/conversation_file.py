"""Conversations in files: one JSON file each, for the eyes of its owner alone (mode 0600)."""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
from typing import Any, Dict, List

from .._texts import chat as texts
from .conversation import Conversation, Turn
from .problem import Problem, reason

FORMAT = "dsadapter chat 1"
_NAME = re.compile(r"[^\W_][\w.-]*")


def session_path(name: str) -> str:
    """Where the session of this name is kept; raises Problem for what is no name."""
    if not _NAME.fullmatch(name):
        raise Problem(texts.BAD_NAME(name=name))
    return os.path.join(_data_folder(), "dsadapter", "sessions", f"{name}.json")


def _data_folder() -> str:
    variable = "LOCALAPPDATA" if sys.platform == "win32" else "XDG_DATA_HOME"
    folder = os.environ.get(variable, "")
    home = os.path.join(os.path.expanduser("~"), ".local", "share")
    return folder if os.path.isabs(folder) else home


def write(path: str, conversation: Conversation, *, replace_anything: bool = False) -> None:
    """Write it whole or not at all; raises Problem, also for a file that holds something else."""
    if not replace_anything and os.path.exists(path):
        try:
            read(path)
        except Problem as problem:
            raise Problem(texts.NOT_OURS(path=path)) from problem
    data = {
        "format": FORMAT,
        "model": conversation.model,
        "system": conversation.system,
        "turns": [list(turn) for turn in conversation.turns],
    }
    try:
        _write_private(path, json.dumps(data, ensure_ascii=False, indent=1))
    except OSError as err:
        raise Problem(texts.NOT_WRITTEN(path=path, why=reason(err))) from err


def _write_private(path: str, text: str) -> None:
    folder = os.path.dirname(os.path.abspath(path))
    os.makedirs(folder, mode=0o700, exist_ok=True)
    # mkstemp makes files that nobody else may read.
    descriptor, draft = tempfile.mkstemp(dir=folder, prefix=".dsadapter-")
    try:
        with open(descriptor, "w", encoding="utf-8", errors="surrogatepass") as file:
            file.write(text)
        os.replace(draft, path)
    except BaseException:
        os.unlink(draft)
        raise


def read(path: str) -> Dict[str, Any]:
    """Model, system prompt and turns of a file; raises Problem."""
    try:
        with open(path, encoding="utf-8", errors="surrogatepass") as file:
            data = json.load(file)
    except OSError as err:
        raise Problem(texts.NOT_READ(path=path, why=reason(err))) from err
    except ValueError:
        data = None
    if not _is_conversation(data):
        raise Problem(texts.NO_CONVERSATION(path=path))
    return dict(data)


def _is_conversation(data: Any) -> bool:
    fields = data if isinstance(data, dict) else {}
    turns = fields.get("turns")
    return (
        fields.get("format") == FORMAT
        and isinstance(fields.get("model"), str)
        and isinstance(turns, list)
        and all(map(_is_turn, turns))
    )


def _is_turn(turn: Any) -> bool:
    return isinstance(turn, list) and len(turn) == 2 and all(isinstance(m, dict) for m in turn)


def turns_of(data: Dict[str, Any]) -> List[Turn]:
    """The turns of what :func:`read` gave."""
    return [Turn(*turn) for turn in data["turns"]]


def delete(path: str) -> None:
    """Delete a session's file, if it is there; raises Problem."""
    try:
        os.unlink(path)
    except FileNotFoundError:
        pass  # nothing was kept yet
    except OSError as err:
        raise Problem(texts.NOT_WRITTEN(path=path, why=reason(err))) from err
