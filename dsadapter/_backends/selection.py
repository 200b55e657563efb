"""The backends, in order of preference, and the choice among them with its reasons."""

from __future__ import annotations

import importlib
from typing import Any, Dict, List, Mapping, Optional, Tuple

from .._errors.tree import BackendUnavailableError, BackendWarning, HttpClientError
from .._named_tuple import NamedTuple
from .._settings.sources import explicit_or_variable
from .._warn import warn_caller
from . import detection as _detect
from .base import class_name
from .detection import Sdk
from .versions import at_least, below


class BackendSpec(NamedTuple):
    """One row: which SDK versions it drives, and which HTTP clients of a caller it can use.

    ``libraries`` are the HTTP libraries that its calls go through; ``accepts`` maps a client's
    package to the lowest SDK version that takes it ("" = any).
    """

    name: str
    module: str
    libraries: Tuple[str, ...]
    floor: str = ""
    ceiling: str = ""
    needs: str = ""
    fix: str = ""
    accepts: Mapping[str, str] = {}


RAW = BackendSpec(
    "raw-requests",
    "dsadapter._backends.raw_requests",
    ("requests", "aiohttp", "httpx", "httpx2"),
    needs="nothing but dsadapter's own requirements",
    accepts={"requests": "", "httpx": "", "httpx2": ""},
)
LEGACY = BackendSpec(
    "legacy-openai",
    "dsadapter._backends.legacy_openai",
    ("requests", "aiohttp"),
    floor="0.27",
    ceiling="1",
    needs="openai 0.27 or 0.28",
    fix='pip install "openai<1"',
)
BACKENDS: Tuple[BackendSpec, ...] = (
    LEGACY,
    BackendSpec(
        "modern-openai",
        "dsadapter._backends.modern_openai",
        ("httpx", "httpx2"),
        floor="1",
        needs="openai 1 or newer",
        fix='pip install "openai>=1.55.3"',
        accepts={"httpx": "", "httpx2": "2.47"},  # openai 2.47 brought httpx2
    ),
    RAW,
)
BY_NAME = {row.name: row for row in BACKENDS}


class Selection(NamedTuple):
    """The backend for a client: ``name``, ``reason``, and ``rejected`` as (name, why) pairs.

    ``automatic`` says that no argument, global or variable has named it.
    """

    name: str
    reason: str
    rejected: Tuple[Tuple[str, str], ...] = ()
    automatic: bool = True

    @property
    def io(self) -> Tuple[str, str]:
        """The HTTP libraries that carry the calls of a client without an ``http_client``: those of
        sync ones, those of async ones."""
        if self.name != RAW.name:
            sync, *others = _libraries_of(BY_NAME[self.name])
            return sync, (others or [sync])[0]
        from .io.libraries import async_library

        return "requests", async_library()


def _libraries_of(spec: BackendSpec) -> Tuple[str, ...]:
    """The libraries of the SDK's own clients: one for both from openai 1 on."""
    if spec is LEGACY:
        return spec.libraries
    sdk = _detect.sdk()
    return ("httpx2" if sdk is not None and at_least(sdk.version, "3") else "httpx",)


# Backends whose SDK turned out broken when it was loaded: name -> why. Found out once a process.
broken: Dict[str, str] = {}


def select(backend: Optional[str] = None, http_client: Any = None) -> Selection:
    """Choose a backend; imports no SDK.

    Raises BackendUnavailableError when a named backend cannot work, HttpClientError when it
    cannot use ``http_client``.
    """
    return choose(*explicit_or_variable("backend", {"backend": backend}), http_client)


def choose(wanted: Optional[str], source: str, http_client: Any = None) -> Selection:
    """As :func:`select`, for a setting that is read already: the backend's name, and where it
    was written."""
    sdk = _detect.sdk()
    package = client_package(http_client)
    if wanted is not None and wanted != "auto":
        return _by_name(wanted, source, sdk, package, http_client)
    return _automatic(sdk, package, http_client)


def _by_name(
    wanted: str, source: str, sdk: Optional[Sdk], package: Optional[str], http_client: Any
) -> Selection:
    spec = BY_NAME.get(wanted)
    if spec is None:
        raise BackendUnavailableError(
            f"There is no backend {wanted!r} ({source}).", hint=f"Known: auto, {', '.join(BY_NAME)}"
        )
    reason = why_unusable(spec, sdk)
    if reason:
        raise BackendUnavailableError(
            f"The backend {wanted} ({source}) cannot work here: {reason}.",
            hint=f"{spec.fix}   or   DSADAPTER_BACKEND=auto",
        )
    if package and not _accepts(spec, package, sdk):
        raise _mismatch(spec, http_client, sdk)
    return Selection(wanted, f"named by {source}", automatic=False)


def _automatic(sdk: Optional[Sdk], package: Optional[str], http_client: Any) -> Selection:
    rejected: List[Tuple[str, str]] = []
    chosen: Optional[Selection] = None
    for spec in BACKENDS:
        reason = why_unusable(spec, sdk)
        if not reason and package and not _accepts(spec, package, sdk):
            reason = f"cannot use the http_client, a {class_name(http_client)}"
        if reason:
            rejected.append((spec.name, reason))
        else:
            chosen = chosen or Selection(spec.name, _reason(spec, sdk, package))
    if chosen is None:
        raise _mismatch(RAW, http_client, sdk)
    return chosen._replace(rejected=tuple(rejected))


def why_unusable(spec: BackendSpec, sdk: Optional[Sdk]) -> Optional[str]:
    """Why a backend cannot work with this SDK, or None."""
    if spec.name in broken:
        return broken[spec.name]
    if not spec.floor:
        return None
    if sdk is None:
        return f"openai is not installed; it needs {spec.needs}"
    if sdk.fault:
        return sdk.fault
    if below(sdk.version, spec.floor) or spec.ceiling and at_least(sdk.version, spec.ceiling):
        return f"openai {sdk.version} is installed; it needs {spec.needs}"
    return None


def _reason(spec: BackendSpec, sdk: Optional[Sdk], package: Optional[str]) -> str:
    if spec.floor and sdk is not None:
        how = "imported by the program" if sdk.imported else "installed"
        return f"openai {sdk.version} is {how}"
    if package:
        return f"it can use the {package} client that was given"
    return "no usable openai SDK"


# --- a caller's http_client ----------------------------------------------------------------------

_LIBRARY_DEFAULT = (5.0, 5.0, 5.0, 5.0)  # seconds: httpx's and httpx2's own


def client_package(http_client: Any) -> Optional[str]:
    """ "requests", "httpx" or "httpx2" for a client of theirs (subclasses too), None for none."""
    if http_client is None:
        return None
    for cls in type(http_client).__mro__:
        package = cls.__module__.partition(".")[0]
        if package in RAW.accepts:
            return package
    raise _mismatch(RAW, http_client, None)


def client_timeout(http_client: Any) -> Any:
    """The Timeout of a client of httpx or httpx2; None of other clients, and where it is the
    library's default: as for the SDKs, nobody has chosen that one."""
    if client_package(http_client) not in ("httpx", "httpx2"):
        return None
    timeout = http_client.timeout
    values = (timeout.connect, timeout.read, timeout.write, timeout.pool)
    return None if values == _LIBRARY_DEFAULT else timeout


def _accepts(spec: BackendSpec, package: str, sdk: Optional[Sdk]) -> bool:
    floor = spec.accepts.get(package)
    return floor is not None and (not floor or sdk is not None and at_least(sdk.version, floor))


def _mismatch(spec: BackendSpec, http_client: Any, sdk: Optional[Sdk]) -> HttpClientError:
    accepted = [f"{package} clients" for package in spec.accepts if _accepts(spec, package, sdk)]
    return HttpClientError(
        f"http_client is a {class_name(http_client)}; the backend {spec.name} takes "
        f"{' and '.join(accepted) or 'none'}.",
        hint="Leave http_client out, or give one of requests.Session, httpx.Client "
        "(AsyncOpenAI: httpx.AsyncClient)",
    )


# --- loading -------------------------------------------------------------------------------------


def load(selection: Selection, factory: str, http_client: Any = None) -> Any:
    """The backend that ``factory`` ("sync_backend", "async_backend") of its module makes.

    Falls back to raw-requests, with one warning, where ``auto`` chose an SDK that cannot be used.

    Raises BackendUnavailableError where a named backend, or none at all, can be made.
    """
    spec = BY_NAME[selection.name]
    if selection.automatic and spec.name in broken:  # it was announced
        return _construct(RAW, factory, http_client)
    try:
        return _construct(spec, factory, http_client)
    except HttpClientError:
        raise
    except Exception as err:  # an SDK's import can fail in any way there is
        reason = f"{type(err).__name__}: {err}"
        if spec is RAW or not selection.automatic:
            raise BackendUnavailableError(
                f"The backend {spec.name} cannot work here: {reason}",
                hint="python -m dsadapter doctor   tells what is wrong with this environment",
            ) from err
        broken[spec.name] = f"openai cannot be used ({reason})"
        warn_caller(
            f"dsadapter: {spec.name} cannot be used ({reason}); using {RAW.name} instead. "
            "python -m dsadapter doctor tells more.",
            BackendWarning,
        )
        return _construct(RAW, factory, http_client)


def _construct(spec: BackendSpec, factory: str, http_client: Any) -> Any:
    if spec is not RAW:  # before our module, which must be whole when install() extends the SDK
        importlib.import_module("openai")
    return getattr(importlib.import_module(spec.module), factory)(http_client)
