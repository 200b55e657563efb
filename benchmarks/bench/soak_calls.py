"""The calls of a soak: what each one is, and whether its outcome is the expected one."""

from __future__ import annotations

import random
from typing import Any, Dict, Iterator, List, NamedTuple, Optional, Tuple

from .soak_faults import FAULTS, HISTORY, OK, Expected

KEY = "sk-soak00000000000000000"
LEFT, CANCELLED = "left early", "cancelled"
LEAVING, CANCELLING = 0.01, 0.005  # shares of calls that end by the caller's own will
TAKEN = 3  # chunks before a stream is left


class Call(NamedTuple):
    number: int
    backend: str
    face: str  # modern, legacy
    colour: str  # sync, async
    stream: bool
    fault: Optional[Expected] = None
    once: bool = False  # the fault passes
    ends: Optional[str] = None  # LEFT, CANCELLED
    cancel_after: float = 0.0

    @property
    def question(self) -> str:
        return f"soak-{self.number}-{self.backend}-{self.face}"

    @property
    def expected(self) -> Tuple[str, ...]:
        if self.ends is not None:
            return (self.ends, OK)
        if self.fault is None or self.once:
            return (OK,)
        return self.fault.stream if self.stream else self.fault.whole

    @property
    def cell(self) -> str:
        """The row of the tally this call belongs to."""
        if self.fault is None:
            return self.ends or "no fault"
        return self.fault.spec + (" (passes)" if self.once else "")

    def params(self) -> Dict[str, Any]:
        messages = [{"role": "user", "content": self.question}]
        params: Dict[str, Any] = {
            "model": "deepseek-flash",
            "messages": messages,
            "extra_body": {"thinking": {"type": "disabled"}},
        }
        if self.stream:
            params["stream"] = True
        if self.fault is not None:
            params.update(self.fault.params)
            params["extra_headers"] = {"X-Emulator-Fault": self.fault.spec}
            if self.once:
                params["extra_headers"]["X-Soak-Once"] = self.question
            if self.fault.needs == HISTORY:
                del params["extra_body"]
                answered = {"role": "assistant", "content": "Hi!"}
                params["messages"] = [messages[0], answered, *messages]
        return params


class Seen(NamedTuple):
    """What came of a call. ``text``: of the reply, or of the chunks before the error."""

    outcome: str
    text: str = ""
    retries: Optional[int] = None  # where the result says
    error: Optional[BaseException] = None


def problem(call: Call, seen: Seen) -> str:
    """What is wrong with an outcome; nothing if it is one of the expected."""
    if seen.error is not None:
        import dsadapter

        classes = [getattr(dsadapter, name) for name in call.expected if name.endswith("Error")]
        if not isinstance(seen.error, tuple(classes)):
            return f"{seen.outcome} instead of {' or '.join(call.expected)}"
        partial = getattr(seen.error, "partial", None)
        if seen.text and partial != seen.text:
            return f"partial is {partial!r}, but {seen.text!r} was handed out"
        return ""
    if seen.outcome not in call.expected:
        return f"{seen.outcome} instead of {' or '.join(call.expected)}"
    says_text = call.fault is None or call.fault.says_text
    if seen.outcome == OK and says_text and call.question not in seen.text:
        return f"the answer is another call's, or cut: {seen.text!r}"
    silent = call.fault is not None and call.fault.silent
    if call.once and seen.retries == 0 and not silent:
        return "a fault passed without a retry"
    return ""


def calls(
    count: int, faults: float, backends: List[str], seed: int, first_is_auto: bool = True
) -> Iterator[Call]:
    """Every kind of call, mixed. The legacy face is on the first backend, the selected one."""
    chance = random.Random(seed)
    for number in range(count):
        backend = backends[0] if len(backends) == 1 or chance.random() < 0.75 else backends[1]
        face = "legacy" if backend == backends[0] and chance.random() < 0.4 else "modern"
        colour = "async" if chance.random() < 0.5 else "sync"
        call = Call(number, backend, face, colour, chance.random() < 0.5)
        dice = chance.random()
        if dice < faults:
            fault = chance.choice(FAULTS)
            once = fault.passes and chance.random() < 0.5
            yield call._replace(fault=fault, once=once)
        elif dice < faults + LEAVING and call.stream:
            yield call._replace(ends=LEFT)
        elif dice < faults + LEAVING + CANCELLING and colour == "async":
            yield call._replace(ends=CANCELLED, cancel_after=chance.random() * 0.03)
        else:
            yield call
