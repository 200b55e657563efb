"""The calls of a soak: what each one is, and whether its outcome is the expected one."""

from __future__ import annotations

import random
from typing import Any, Dict, Iterator, List, NamedTuple, Optional, Tuple

from .soak_faults import FAULTS, HISTORY, OK, Expected

KEY = "sk-soak00000000000000000"
LEFT, CANCELLED, TWICE = "left early", "cancelled", "cancelled twice"
CLOSED = "closed by another"  # by a thread or a task that does not read, while a read waits
ENDS = (LEFT, CANCELLED, TWICE, CLOSED)
# shares of calls that end by the caller's own will
LEAVING, CANCELLING, CLOSING = 0.01, 0.005, 0.005
RETRIES = 2  # the default
TAKEN = 3  # chunks before a stream is left


class Call(NamedTuple):
    number: int
    backend: str
    face: str  # modern, legacy
    colour: str  # sync, async
    stream: bool
    fault: Optional[Expected] = None
    once: bool = False  # the fault passes
    ends: Optional[str] = None  # LEFT, CANCELLED, TWICE, CLOSED
    ends_after: float = 0.0  # seconds

    @property
    def question(self) -> str:
        return f"soak-{self.number}-{self.backend}-{self.face}"

    @property
    def expected(self) -> Tuple[str, ...]:
        if self.ends == CLOSED:
            return ("StreamClosedError",)
        if self.ends is not None:
            return (CANCELLED if self.ends == TWICE else self.ends, OK)
        if self.fault is None or self.passes:
            return (OK,)
        return self.fault.stream if self.stream else self.fault.whole

    @property
    def passes(self) -> bool:
        """Whether a retry meets a healthy server: the legacy face sends once, as 0.28 did."""
        return self.once and self.face == "modern"

    @property
    def at_most(self) -> int:
        """Requests that the server may read of this call."""
        if self.fault is None:
            return 1
        retried = self.fault.retried and self.face == "modern"
        return self.fault.at_most + (RETRIES if retried else 0)

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
        params["extra_headers"] = self.headers()
        if self.fault is not None:
            params.update(self.fault.params)
            if self.fault.needs == HISTORY:
                del params["extra_body"]
                answered = {"role": "assistant", "content": "Hi!"}
                params["messages"] = [messages[0], answered, *messages]
        return params

    def headers(self) -> Dict[str, str]:
        """What the server must know about this call."""
        headers = {"X-Soak-Call": str(self.number), "X-Soak-At-Most": str(self.at_most)}
        if self.ends == CLOSED:
            headers["X-Emulator-Fault"] = f"stall;after={TAKEN}"
        if self.fault is not None:
            wire = self.fault.spec.startswith("wire;")
            name = "X-Soak-Wire" if wire else "X-Emulator-Fault"
            headers[name] = self.fault.spec[len("wire;") :] if wire else self.fault.spec
            if self.once:
                headers["X-Soak-Once"] = "yes"
        return headers


class Seen(NamedTuple):
    """What came of a call. ``text``: of the reply, or of the chunks before the error."""

    outcome: str
    text: str = ""
    retries: Optional[int] = None  # where the result says
    error: Optional[BaseException] = None
    why: str = ""  # it was tried again


def lost_with_connection(call: Call, seen: Seen) -> bool:
    """Whether a connection that another call's fault closed took the request with it.

    The legacy face sends once; that the server read nothing of the call is checked afterwards.
    """
    names = [cls.__name__ for cls in type(seen.error).__mro__]
    sent_once = call.face == "legacy" and call.fault is None
    return sent_once and not seen.text and "ServerDisconnectedError" in names


def problem(call: Call, seen: Seen) -> str:
    """What is wrong with an outcome; nothing if it is one of the expected."""
    if seen.error is not None:
        import dsadapter

        classes = [getattr(dsadapter, name) for name in call.expected if name.endswith("Error")]
        if not isinstance(seen.error, tuple(classes)):
            return f"{seen.outcome} instead of {' or '.join(call.expected)}"
        partial = getattr(seen.error, "partial", None)
        readable = call.fault is None or call.fault.readable
        if readable and seen.text and partial != seen.text:
            return f"partial is {partial!r}, but {seen.text!r} was handed out"
        return ""
    if seen.outcome not in call.expected:
        return f"{seen.outcome} instead of {' or '.join(call.expected)}"
    says_text = call.fault is None or call.fault.says_text
    if seen.outcome == OK and says_text and call.question not in seen.text:
        return f"the answer is another call's, or cut: {seen.text!r}"
    if call.once and seen.retries == 0:
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
        elif dice < faults + LEAVING + CLOSING and call.stream and face == "modern":
            # streams of the legacy face are generators, which nobody may close while they run
            yield call._replace(ends=CLOSED, ends_after=chance.random() * 0.1)
        elif dice < faults + LEAVING + CANCELLING and colour == "async":
            ends = CANCELLED if chance.random() < 0.5 else TWICE
            yield call._replace(ends=ends, ends_after=chance.random() * 0.03)
        else:
            yield call
