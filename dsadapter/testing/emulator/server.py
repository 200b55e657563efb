"""The emulator as its user sees it: what it received, and the faults it was told to commit."""

from __future__ import annotations

import threading
from collections import deque
from typing import TYPE_CHECKING, Any, Deque, Dict, List, Optional, Set, Tuple

from .faults import Exchange, SelectedFault, parse
from .files import FileStore
from .prefix_cache import PrefixCache
from .request import Request
from .response import Response, error_response
from .routes import Settings, respond

if TYPE_CHECKING:
    from types import TracebackType

    from .server_thread import ServerThread

#: Under this path every request gets the fault named next.
FAULT_PATH = "/fault/"
FAULT_HEADER = "x-emulator-fault"


class Emulator:
    """A DeepSeek API on loopback.

    `fault` ("name;option=value") is committed on every request; `chunk_delay` is the pause in
    seconds between the events of a stream; `max_recorded` bounds how many requests are remembered
    (default: all), for runs that send millions; `prefix_cache` counts the tokens of a prompt that
    began an earlier one as hits, which are 0 otherwise.
    """

    def __init__(
        self,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        fault: Optional[str] = None,
        refuse_retired: bool = False,
        chunk_delay: float = 0.0,
        max_recorded: Optional[int] = None,
        prefix_cache: bool = False,
    ) -> None:
        self.host = host
        self._requested_port = port
        self._port: Optional[int] = None
        self._default = parse(fault) if fault else None
        cache = PrefixCache() if prefix_cache else None
        self._settings = Settings(refuse_retired, chunk_delay, FileStore(), cache)
        self._lock = threading.Lock()
        self._queue: List[Tuple[SelectedFault, int]] = []
        self._requests: Deque[Request] = deque(maxlen=max_recorded)
        self._refused: Dict[int, int] = {}
        self._accepted_requests: Set[Request] = set()
        self._thread: Optional[threading.Thread] = None
        self._server: Optional[ServerThread] = None
        self._accepted = 0
        self._open = 0

    # -- life

    def start(self) -> Emulator:
        """Listen. Returns when connections are accepted; does nothing if it runs already."""
        if self._thread is None:
            from .server_thread import ServerThread, listen  # asyncio: only for those who start one

            sock = listen(self.host, self._requested_port)
            self._port = sock.getsockname()[1]
            self._server = ServerThread(self, sock)
            self._thread = threading.Thread(
                target=self._server.run, name="dsadapter-emulator", daemon=True
            )
            self._thread.start()
            self._server.ready.wait()
        return self

    def stop(self) -> None:
        """Close every connection and end the thread; does nothing if it is stopped already."""
        thread, self._thread = self._thread, None
        if thread is not None and self._server is not None and thread.is_alive():
            self._server.stop()
            thread.join()

    def __enter__(self) -> Emulator:
        return self.start()

    def __exit__(
        self, kind: Optional[type], exc: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        self.stop()

    # -- addresses

    @property
    def port(self) -> int:
        """The port that it listens on. RuntimeError before the first start."""
        if self._port is None:
            raise RuntimeError(
                "the emulator has no port before it is started: use `with Emulator() as emulator:`"
            )
        return self._port

    @property
    def base_url(self) -> str:
        """What a client takes as its base URL."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"

    def url(self, fault: str) -> str:
        """A base URL under which every request gets this fault: `url("cut;after=5")`."""
        return self.base_url + FAULT_PATH + parse(fault).spec()

    # -- what happened

    @property
    def requests(self) -> List[Request]:
        """Every request so far, oldest first."""
        with self._lock:
            return list(self._requests)

    @property
    def connections(self) -> int:
        """How many connections were accepted so far."""
        return self._accepted

    @property
    def open_connections(self) -> int:
        """How many are open now."""
        return self._open

    # -- what shall happen

    def fault(self, name: str, *, times: int = 1, **options: Any) -> None:
        """The next `times` requests get this fault (-1: all, until `clear` or the next -1)."""
        if times != -1 and times < 1:
            raise ValueError(
                f"times is how many requests get the fault, or -1 for all, not {times!r}"
            )
        selected = parse(name, options)
        with self._lock:
            if self._queue and self._queue[-1][1] == -1:
                self._queue.pop()  # nothing behind it would ever have its turn
            self._queue.append((selected, times))

    def clear(self) -> None:
        """Forget the received requests and the faults that `fault` ordered."""
        with self._lock:
            self._queue.clear()
            self._requests.clear()
            self._refused.clear()

    # -- what a connection asks

    def opened(self) -> None:
        """Count a connection; called by the server's thread."""
        self._accepted += 1
        self._open += 1

    def closed(self) -> None:
        """Count a connection out; called by the server's thread."""
        self._open -= 1

    def respond(self, request: Request, number: int) -> Response:
        """The response to request `number` of a connection, counted from 1."""
        with self._lock:
            self._requests.append(request)
        try:
            selected, path = self._select_fault(request)
        except ValueError as problem:
            return error_response(400, str(problem))
        try:
            return self._respond(request, number, selected, path)
        except Exception as problem:  # a bug here must not look like a fault of the network
            return error_response(
                500, f"The emulator failed: {problem!r}", "emulator_error", "emulator_error"
            )

    def _respond(
        self, request: Request, number: int, selected: Optional[SelectedFault], path: str
    ) -> Response:
        normal = respond(request, path, self._settings)
        return (
            selected.apply(
                normal,
                Exchange(
                    request,
                    path,
                    number,
                    self.host,
                    self.port,
                    self._refused,
                    self._accepted_requests,
                ),
            )
            if selected
            else normal
        )

    def _select_fault(self, request: Request) -> Tuple[Optional[SelectedFault], str]:
        """The fault for this request and the path without it. Path beats header beats queue."""
        path = request.path
        if path.startswith(FAULT_PATH):
            spec, slash, remainder = path[len(FAULT_PATH) :].partition("/")
            return parse(spec), slash + remainder
        if FAULT_HEADER in request.headers:
            return parse(request.headers[FAULT_HEADER]), path
        return self._next_queued() or self._default, path

    def _next_queued(self) -> Optional[SelectedFault]:
        with self._lock:
            if not self._queue:
                return None
            selected, times = self._queue[0]
            if times == 1:
                del self._queue[0]
            elif times > 1:
                self._queue[0] = (selected, times - 1)
            return selected
