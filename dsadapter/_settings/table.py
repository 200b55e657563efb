"""The settings: one row each. What is added here exists everywhere.

A row gives a setting its names, its variables, its default and the reader of its values. For
checkers the same names stand in :class:`ClientArguments` and, as module globals, at the end.
"""

from __future__ import annotations

from typing import Any, Callable, Mapping, Optional, Tuple

from .._named_tuple import NamedTuple
from . import keys, values
from .providers import Provider
from .values import RepairMode, Timeouts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypedDict, Union

TRUST_HOSTS = "DSADAPTER_TRUST_HOSTS"
OFFLINE_URL = "DSADAPTER_OFFLINE_URL"
OFFLINE_KEY = "sk-offline"  # stands for every key while calls go to the emulator
# The same for a variable that stays unset for the settings, and that programs read all the same.
UNSET_OFFLINE_KEY = "sk-offline-unset"
ENVIRONMENT_ONLY = (TRUST_HOSTS, OFFLINE_URL)  # who may be trusted is not for a file to say
KEY_PAIRS = (
    ("DEEPSEEK_API_KEY", ("DEEPSEEK_BASE_URL", "DEEPSEEK_API_BASE")),
    ("OPENAI_API_KEY", ("OPENAI_BASE_URL", "OPENAI_API_BASE")),
)


class Setting(NamedTuple):
    """One row: the module global, other spellings of it, its environment variables.

    ``parse(name, value)`` checks a value and gives it its type; ``per_call`` says that a call takes
    it as a keyword that replaces the client's (its own ``timeout`` and headers it merges itself).
    """

    name: str
    note: str
    aliases: Tuple[str, ...] = ()
    env: Tuple[str, ...] = ()
    default: Any = None
    parse: Callable[[str, Any], Any] = values.unchecked
    per_call: bool = False
    openai_only: bool = False  # never sent to another vendor, whoever set the variable


SETTINGS: Tuple[Setting, ...] = (
    Setting(
        "api_key",
        "the key; DEEPSEEK_API_KEY is asked first",
        env=("DEEPSEEK_API_KEY", "OPENAI_API_KEY"),
        per_call=True,
    ),
    Setting(
        "base_url",
        "where calls go; each base belongs to the key of the same name",
        aliases=("api_base",),
        env=("DEEPSEEK_BASE_URL", "DEEPSEEK_API_BASE", "OPENAI_BASE_URL", "OPENAI_API_BASE"),
        per_call=True,
    ),
    Setting(
        "provider",
        "a preset: deepseek, openai, qianfan, moonshot, zhipu ...",
        env=("DSADAPTER_PROVIDER",),
        per_call=True,
    ),
    Setting("backend", "auto or a backend's name", env=("DSADAPTER_BACKEND",), default="auto"),
    Setting(
        "repair",
        "on, off or error; a dict switches rules: {'tool-history': True}",
        env=("DSADAPTER_REPAIR",),
        default="on",
        parse=values.repair,
        per_call=True,
    ),
    Setting(
        "model_map",
        "old=new,... names to replace; gpt-*=new for all that begin so",
        env=("DSADAPTER_MODEL_MAP",),
        parse=values.model_map,
        per_call=True,
    ),
    Setting(
        "timeout", "seconds, connect and per read; default 600, connect 5", parse=values.timeouts
    ),
    Setting(
        "idle_timeout", "seconds without real data; default 600 for streams", parse=values.seconds
    ),
    Setting("deadline", "seconds for the whole call, retries included", parse=values.seconds),
    Setting(
        "max_retries",
        "further attempts after a failure; default 2, in 0.28's calls none once something was sent",
        parse=values.retries,
        per_call=True,
    ),
    Setting(
        "max_connections",
        "calls at once of one client; the others wait. Default 1000, at most half of `ulimit -n`",
        parse=values.count,
    ),
    Setting(
        "max_concurrency",
        "auto: as many calls at once as the server takes, learned from its 429s; the others wait",
        env=("DSADAPTER_MAX_CONCURRENCY",),
        parse=values.concurrency,
    ),
    Setting(
        "organization",
        "OpenAI only",
        env=("OPENAI_ORG_ID", "OPENAI_ORGANIZATION"),
        per_call=True,
        openai_only=True,
    ),
    Setting("project", "OpenAI only", env=("OPENAI_PROJECT_ID",), openai_only=True),
    Setting("default_headers", "headers of every call", parse=values.mapping),
    Setting("default_query", "query parameters of every call", parse=values.mapping),
)
BY_NAME = {row.name: row for row in SETTINGS}
CANONICAL = {name: row.name for row in SETTINGS for name in (row.name, *row.aliases)}
PER_CALL = tuple(name for name, canonical in CANONICAL.items() if BY_NAME[canonical].per_call)


class Settings(NamedTuple):
    """What one client works with, resolved: the settings by name, and where two came from."""

    api_key: str
    key_source: str
    base_url: str
    base_source: str
    provider: Provider
    timeout: Timeouts
    idle_timeout: Optional[float]  # seconds; None: not set, inf: no limit
    deadline: Optional[float]
    max_retries: int
    max_connections: Optional[int]  # None: the default
    max_concurrency: Optional[str]  # "auto", or None: no limit but the connections
    repair: RepairMode
    model_map: Mapping[str, str]
    organization: Optional[str]
    project: Optional[str]
    default_headers: Mapping[str, Optional[str]]
    default_query: Mapping[str, Any]
    resends: bool = True  # tries again when something was sent already, too

    def __repr__(self) -> str:
        return f"Settings(base_url={self.base_url!r}, api_key={keys.tail(self.api_key)!r})"


if TYPE_CHECKING:

    class ClientArguments(TypedDict, total=False):
        """The settings as keyword arguments of a client (``api_key`` may stand first)."""

        base_url: Any
        api_base: Optional[str]
        provider: Optional[str]
        backend: Optional[str]
        repair: Union[str, Mapping[str, bool], None]
        model_map: Union[str, Mapping[str, str], None]
        timeout: Any
        idle_timeout: Optional[float]
        deadline: Optional[float]
        max_retries: Optional[int]
        max_connections: Optional[int]
        max_concurrency: Optional[str]
        organization: Optional[str]
        project: Optional[str]
        default_headers: Optional[Mapping[str, Any]]
        default_query: Optional[Mapping[str, Any]]

    # As globals of the package: ``dsadapter.api_key = ...``.
    __all__ = ["api_base", "api_key", "backend", "base_url", "deadline", "default_headers"]
    __all__ += [
        "default_query",
        "idle_timeout",
        "max_concurrency",
        "max_connections",
        "max_retries",
    ]
    __all__ += ["model_map", "organization", "project", "provider", "repair", "timeout"]
    api_key: Optional[str]
    api_base: Optional[str]
    base_url: Optional[str]
    backend: Optional[str]
    provider: Optional[str]
    repair: Union[str, Mapping[str, bool], None]
    model_map: Union[str, Mapping[str, str], None]
    timeout: Any
    idle_timeout: Optional[float]
    deadline: Optional[float]
    max_retries: Optional[int]
    max_connections: Optional[int]
    max_concurrency: Optional[str]
    organization: Optional[str]
    project: Optional[str]
    default_headers: Optional[Mapping[str, str]]
    default_query: Optional[Mapping[str, Any]]
