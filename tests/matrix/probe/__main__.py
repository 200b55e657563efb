"""Drive one module over every capability: ``python probe SUBJECT --url URL --strict URL``.

SUBJECT is ``openai``, the SDK alone (this process never imports dsadapter), or ``dsadapter``; the
code that is run is the same. Prints one JSON object: the outcomes, and which face is the module's
own. The emulator lives in another process.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import re
import sys
import threading
import time
import traceback
import warnings
from typing import Any, Callable, Dict, List, Tuple

import beyond
from capabilities import BY_FACE, import_time
from capabilities import OWN as OWN_CALLS
from faces import FACES, NotApplicable, Place, Unmet

LIMIT = 40  # seconds for one capability
NO_SDK = "no openai SDK is installed"
NOTHING = "the SDK has nothing of this kind"
OWN = {**OWN_CALLS, **beyond.OWN}


def main(argv: List[str]) -> None:
    place = _place(argv)
    warnings.simplefilter("ignore")
    outcomes: Dict[str, Any] = {"import": attempt(lambda: import_time(place))}
    if outcomes["import"]["outcome"] == "pass":
        module: Any = importlib.import_module(place.subject)
        face = place.face or ("modern" if hasattr(module, "OpenAI") else "legacy")
        outcomes.update(everything(module, place, face))
    else:
        face = ""
        names = (*BY_FACE, *beyond.MODERN, *OWN, *beyond.TOOLS)
        outcomes.update({name: not_applicable(NO_SDK) for name in names})
    sys.stdout.write(json.dumps({"face": face, "outcomes": outcomes}))
    sys.stdout.flush()
    os._exit(0)  # a capability that hangs has a thread that would be waited for


def _place(argv: List[str]) -> Place:
    parser = argparse.ArgumentParser()
    parser.add_argument("subject", choices=("openai", "dsadapter"))
    parser.add_argument("--url", required=True)
    parser.add_argument("--strict", required=True)
    parser.add_argument("--face", choices=tuple(FACES))
    parser.add_argument("--programs", required=True)
    parser.add_argument("--vendor", required=True)
    return Place(**vars(parser.parse_args(argv)))


def everything(module: Any, place: Place, own: str) -> Dict[str, Any]:
    asked = [(name, face, act) for name, (face, act) in BY_FACE.items()]
    asked += [(name, "modern", act) for name, act in beyond.MODERN.items()]
    asked += [(name, own, act) for name, act in OWN.items()]
    tools = [(name, "modern", act) for name, act in beyond.TOOLS.items()]
    asked += tools if place.subject == "dsadapter" else []
    return {
        **{name: not_applicable(NOTHING) for name, _, _ in tools},
        **{
            name: attempt(lambda act=act, face=face: act(FACES[face](module, place)))
            for name, face, act in asked
        },
    }


def not_applicable(reason: str) -> Dict[str, Any]:
    return {"outcome": "not-applicable", "text": reason, "seconds": 0.0}


def attempt(act: Callable[[], None]) -> Dict[str, Any]:
    """Run in a thread, so that what hangs is an outcome as well."""
    said: List[Tuple[str, str]] = []
    thread = threading.Thread(target=lambda: said.append(told(act)), daemon=True)
    began = time.monotonic()
    thread.start()
    thread.join(LIMIT)
    outcome, text = said[0] if said else ("fail", f"did not end within {LIMIT} s")
    seconds = round(time.monotonic() - began, 2)
    return {"outcome": outcome, "text": anonymous(text), "seconds": seconds}


def told(act: Callable[[], None]) -> Tuple[str, str]:
    """The outcome, and what went wrong, in one line; "" for nothing."""
    try:
        act()
    except NotApplicable as reason:
        return "not-applicable", str(reason)
    except Unmet as unmet:
        return "fail", str(unmet)
    except BaseException as err:
        return "fail", one_line(err)
    return "pass", ""


def one_line(err: BaseException) -> str:
    whole = "".join(traceback.format_exception_only(type(err), err))
    lines = [line.strip() for line in whole.splitlines() if line.strip()]
    last = next((n for n, line in enumerate(lines) if not line.endswith(":")), 0)
    return " ".join(lines[: last + 1])


def anonymous(text: str) -> str:
    """Without this machine's folders and ports."""
    for folder in (sys.prefix, os.path.realpath(sys.prefix), os.path.expanduser("~")):
        text = text.replace(folder, "...")
    return re.sub(r"(127\.0\.0\.1|localhost):\d+", r"\1:PORT", text)


main(sys.argv[1:])
