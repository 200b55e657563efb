"""Settings: their names, where each may be written, and what a call ends up with.

Each variable: argument > module global (``dsadapter.api_key``) > environment > ``.env``. Then a
key and its base URL are taken as a pair, so that a key goes only to the vendor it belongs to.
"""

from __future__ import annotations

import os
import sys
from typing import Any, Dict, Mapping, Optional, Tuple
from urllib.parse import urlsplit

from .._errors.tree import CredentialsError, InvalidArgumentError
from .._named_tuple import NamedTuple
from . import dotenv_file as _dotenv
from . import keys as _keys
from . import providers as _providers
from .providers import DEEPSEEK, GENERIC, Provider


class Setting(NamedTuple):
    """One row: the module global, other spellings of it, its environment variables."""

    name: str
    aliases: Tuple[str, ...] = ()
    env: Tuple[str, ...] = ()
    default: Any = None
    note: str = ""


SETTINGS: Tuple[Setting, ...] = (
    Setting(
        "api_key",
        env=("DEEPSEEK_API_KEY", "OPENAI_API_KEY"),
        note="the key; DEEPSEEK_API_KEY is asked first",
    ),
    Setting(
        "base_url",
        aliases=("api_base",),
        env=("DEEPSEEK_BASE_URL", "DEEPSEEK_API_BASE", "OPENAI_BASE_URL", "OPENAI_API_BASE"),
        note="where calls go; each base belongs to the key of the same name",
    ),
    Setting("provider", note="a preset: deepseek, openai, qianfan, moonshot, zhipu ..."),
    Setting("backend", env=("DSADAPTER_BACKEND",), default="auto", note="auto or a backend's name"),
    Setting("repair", env=("DSADAPTER_REPAIR",), default="on", note="on, off or error"),
    Setting("model_map", env=("DSADAPTER_MODEL_MAP",), note="old=new,... names to replace"),
    Setting("timeout", note="seconds, connect and per read; default 600, connect 5"),
    Setting("idle_timeout", note="seconds without real data; default 600 for streams"),
    Setting("deadline", note="seconds for the whole call, retries included"),
    Setting("max_retries", note="further attempts after a failure, default 2"),
    Setting("organization", env=("OPENAI_ORG_ID", "OPENAI_ORGANIZATION"), note="OpenAI only"),
    Setting("project", env=("OPENAI_PROJECT_ID",), note="OpenAI only"),
    Setting("default_headers", note="headers of every call"),
    Setting("default_query", note="query parameters of every call"),
)
BY_NAME = {row.name: row for row in SETTINGS}
NAMES = {name: row.name for row in SETTINGS for name in (row.name, *row.aliases)}
TRUST_HOSTS = "DSADAPTER_TRUST_HOSTS"
OFFLINE_URL = "DSADAPTER_OFFLINE_URL"
KEY_PAIRS = (
    ("DEEPSEEK_API_KEY", ("DEEPSEEK_BASE_URL", "DEEPSEEK_API_BASE")),
    ("OPENAI_API_KEY", ("OPENAI_BASE_URL", "OPENAI_API_BASE")),
)
DEFAULT_READ, DEFAULT_CONNECT, DEFAULT_IDLE = 600.0, 5.0, 600.0  # seconds
FOREVER = 1e9  # seconds; more than that is no limit, and more than sockets and threads take
DEFAULT_RETRIES = 2
REPAIR_MODES = ("on", "off", "error")


class Found(NamedTuple):
    value: str
    source: str  # for people: "environment variable DEEPSEEK_API_KEY", "/home/me/.env"

    def __repr__(self) -> str:
        return f"Found(source={self.source!r})"  # the value may be a key


class Unsaid(str):
    """What a setting reads as while nobody has set it. Handed back (saved and restored, passed on
    by a library) it is still not set: reading must not look like naming a base."""


class Timeouts(NamedTuple):
    """Seconds; None is no limit."""

    connect: Optional[float] = DEFAULT_CONNECT
    read: Optional[float] = DEFAULT_READ


class Settings(NamedTuple):
    """What one client works with, resolved."""

    api_key: str
    key_source: str
    base_url: str
    base_source: str
    provider: Provider
    timeouts: Timeouts
    idle_timeout: Optional[float]
    deadline: Optional[float]
    max_retries: int
    repair: str
    model_map: Mapping[str, str]
    organization: Optional[str]
    project: Optional[str]
    headers: Mapping[str, Optional[str]]
    query: Mapping[str, Any]

    def __repr__(self) -> str:
        return f"Settings(base_url={self.base_url!r}, api_key={_keys.tail(self.api_key)!r})"


# --- one variable --------------------------------------------------------------------------------


def module_globals() -> Mapping[str, Any]:
    return vars(sys.modules["dsadapter"])


def from_environment(name: str) -> Optional[Found]:
    """A variable from the environment, else from a ``.env``; empty counts as unset."""
    value = os.environ.get(name)
    if value:
        return Found(value, f"the environment variable {name}")
    for path in _dotenv.candidates():
        value = _dotenv.read(path).get(name)
        if value:
            return Found(value, f"{name} in {path}")
    return None


def first_of(names: Tuple[str, ...]) -> Optional[Found]:
    return next((found for found in map(from_environment, names) if found), None)


def named(name: str, arguments: Mapping[str, Any]) -> Tuple[Any, str]:
    """What the program itself says: argument, else module global. (None, "") when neither."""
    spellings = (name, *BY_NAME[name].aliases)
    for where, prefix in ((arguments, "the argument "), (module_globals(), "dsadapter.")):
        said = {s: where[s] for s in spellings if _is_said(where.get(s))}
        if len(set(map(repr, said.values()))) > 1:
            raise InvalidArgumentError(
                f"{' and '.join(f'{s}={v!r}' for s, v in said.items())} are two spellings of one "
                "setting and differ.",
                hint=f"Keep one of them: {prefix}{name}",
            )
        for spelling, value in said.items():
            sources = getattr(where, "sources", {})  # of the legacy face's arguments
            return value, sources.get(spelling, f"{prefix}{spelling}")
    return None, ""


def _is_said(value: Any) -> bool:
    return value is not None and not isinstance(value, Unsaid)


def canonical(arguments: Mapping[str, Any]) -> Dict[str, Any]:
    """Settings under their first spelling, so that a later one replaces an earlier one."""
    return {NAMES.get(name, name): value for name, value in arguments.items()}


def plain(name: str, arguments: Mapping[str, Any]) -> Any:
    """A setting that needs no pairing: argument, global, environment, ``.env``, default."""
    value, _ = named(name, arguments)
    if value is None:
        found = first_of(BY_NAME[name].env)
        value = found.value if found else BY_NAME[name].default
    return value


# --- the pair: key and base URL ------------------------------------------------------------------


class Endpoint(NamedTuple):
    key: Optional[str]
    key_source: str
    base_url: str
    base_source: str
    provider: Provider
    paired: bool  # the base was named by the program, or stands beside the key

    def __repr__(self) -> str:
        key = _keys.tail(self.key) if isinstance(self.key, str) else None
        return f"Endpoint(base_url={self.base_url!r}, key={key!r})"


def resolve_endpoint(arguments: Mapping[str, Any]) -> Endpoint:
    """Key, base URL and provider of a client, before any check."""
    base, base_source = named("base_url", arguments)
    key, key_source = named("api_key", arguments)
    preset = _preset(named("provider", arguments)[0])
    if base is not None:
        host_preset = preset or _providers.by_host(_providers.host_of(str(base)))
        if key is None:
            key, key_source = _key_for(host_preset)
        return Endpoint(key, key_source, str(base), base_source, host_preset, True)
    if preset is None:
        return _paired_endpoint(key, key_source)
    if preset in (DEEPSEEK, GENERIC):
        end = _paired_endpoint(key, key_source)
        if preset is GENERIC or end.provider in (DEEPSEEK, GENERIC):
            return end._replace(provider=preset)
    return _preset_endpoint(preset, key, key_source)


def _preset(name: Optional[str]) -> Optional[Provider]:
    if name is None:
        return None
    if not isinstance(name, str) or name not in _providers.BY_NAME:
        raise InvalidArgumentError(
            f"provider={_shown(name)} is not known.",
            hint=f"Known: {', '.join(_providers.BY_NAME)}; any other host goes by base_url=",
        )
    return _providers.BY_NAME[name]


def _key_for(provider: Provider) -> Tuple[Optional[str], str]:
    """For a base that the program names: the vendor's own variable, else the usual two; but
    DeepSeek's never for a base of another known vendor."""
    usual = [variable for variable, _ in KEY_PAIRS]
    if provider not in (DEEPSEEK, GENERIC):
        usual.remove("DEEPSEEK_API_KEY")
    found = first_of((*provider.key_env, *usual))
    return found if found else (None, "")


def _preset_endpoint(preset: Provider, key: Optional[str], key_source: str) -> Endpoint:
    if key is None:
        key, key_source = first_of(preset.key_env) or (None, "")
    bases = next((b for k, b in KEY_PAIRS if k in preset.key_env), ())
    base = first_of(bases) or Found(str(preset.base_url), f"the preset {preset.name}")
    return Endpoint(key, key_source, base.value, base.source, preset, True)


def _paired_endpoint(key: Optional[str], key_source: str) -> Endpoint:
    """No base was named: the pair of the environment that the key belongs to gives it."""
    for variable, bases in KEY_PAIRS:
        found = from_environment(variable)
        if found and key in (None, found.value):
            base = first_of(bases)
            owned = base is not None or variable in DEEPSEEK.key_env
            return _endpoint(found, base or first_of(KEY_PAIRS[0][1]), paired=owned)
    anywhere = first_of(BY_NAME["base_url"].env)
    return _endpoint(Found(key, key_source) if key else None, anywhere, paired=True)


def _endpoint(key: Optional[Found], base: Optional[Found], *, paired: bool) -> Endpoint:
    base = base or Found(str(DEEPSEEK.base_url), "the default")
    provider = _providers.by_host(_providers.host_of(base.value))
    if provider is GENERIC and "DEEPSEEK_" in base.source.partition(" in ")[0]:
        provider = DEEPSEEK
    key = key or Found("", "")
    return Endpoint(key.value or None, key.source, base.value, base.source, provider, paired)


def guard(end: Endpoint, host: str) -> None:
    """A key goes only to the vendor it belongs to. Nothing was sent yet."""
    trusted = from_environment(TRUST_HOSTS)
    if host in (trusted.value if trusted else "").lower().replace(",", " ").split():
        return
    assert end.key is not None
    if not end.paired:
        raise CredentialsError(
            f"The key from {end.key_source} belongs to another vendor: nothing says that it may "
            f"go to {host}. It was not sent.",
            hint=f"For DeepSeek set DEEPSEEK_API_KEY; for another vendor name its base_url; "
            f"if you mean it, set {TRUST_HOSTS}={host}",
        )
    if _providers.by_host(host) is DEEPSEEK and _keys.is_foreign(end.key):
        raise CredentialsError(
            f"The key from {end.key_source} has the shape of another vendor's key and was about "
            f"to go to {host}. It was not sent.",
            hint=f"Use a DeepSeek key ({DEEPSEEK.keys_page}) or that vendor's base_url; "
            f"if you mean it, set {TRUST_HOSTS}={host}",
        )


# --- shapes --------------------------------------------------------------------------------------


def normal_base(url: str, source: str) -> str:
    """``url`` without trailing slash and pasted endpoint; raises for what is no http(s) URL."""
    text = url.strip().rstrip("/")
    for endpoint in ("/chat/completions", "/completions"):
        if text.endswith(endpoint):
            text = text[: -len(endpoint)].rstrip("/")
    try:
        parts = urlsplit(text)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        sound = sound and not (parts.query or parts.fragment)  # nothing can be added behind them
    except ValueError:  # a port that is no number, a broken IPv6 address
        sound = False
    if not sound or any(char.isspace() for char in text):
        raise InvalidArgumentError(
            f"The base URL {_shown(url)} from {source} is not usable.",
            hint=f"Write it whole: {DEEPSEEK.base_url}",
        )
    if "@" in parts.netloc:
        raise InvalidArgumentError(
            f"The base URL from {source} holds a user name or a password, which would be shown.",
            hint="Write it without them and send them as a header (default_headers)",
        )
    return text


def _shown(value: Any) -> str:
    """A value in an error's text; what may be a key in the wrong place only by its end."""
    text = str(value)
    harmless = len(text) <= 20 or "://" in text and "@" not in text
    return repr(value) if harmless else repr(_keys.tail(text))


def timeouts(value: Any) -> Timeouts:
    """From a number, None (the default), (connect, read), or an httpx / httpx2 Timeout."""
    if value is None:
        return Timeouts()
    if hasattr(value, "connect") and hasattr(value, "read"):
        return Timeouts(seconds("timeout", value.connect), seconds("timeout", value.read))
    if isinstance(value, (tuple, list)) and len(value) == 2:
        return Timeouts(seconds("timeout", value[0]), seconds("timeout", value[1]))
    number = seconds("timeout", value)
    return Timeouts(number, number)


def seconds(name: str, value: Any) -> Optional[float]:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not value > 0:
        raise InvalidArgumentError(
            f"{name}={value!r} is not a number of seconds above 0.",
            hint=f"Write {name}=30, or leave it out for the default",
        )
    return float(value) if value < FOREVER else None


def retries(value: Any) -> int:
    if value is None:
        return DEFAULT_RETRIES
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise InvalidArgumentError(
            f"max_retries={value!r} is not a whole number from 0 up.", hint="Write max_retries=2"
        )
    return value


def model_map(value: Any) -> Dict[str, str]:
    """From a mapping or ``old=new,old=new``."""
    if isinstance(value, str):
        pairs = [item.partition("=") for item in value.split(",") if item.strip()]
        if not all(old.strip() and new.strip() for old, _, new in pairs):
            raise InvalidArgumentError(
                f"model_map {value!r} is not of the form old=new,old=new.",
                hint="Example: DSADAPTER_MODEL_MAP=gpt-3.5-turbo=deepseek-flash",
            )
        return {old.strip(): new.strip() for old, _, new in pairs}
    if value is not None and not isinstance(value, Mapping):
        raise InvalidArgumentError(
            f"model_map is a {type(value).__name__}, neither a dict nor text.",
            hint='Write model_map={"gpt-3.5-turbo": "deepseek-flash"}',
        )
    return dict(value or {})


def _one_of(name: str, value: Any, known: Tuple[str, ...]) -> str:
    if value not in known:
        raise InvalidArgumentError(
            f"{name}={value!r} is not known.", hint=f"One of: {', '.join(known)}"
        )
    return str(value)


# --- all together --------------------------------------------------------------------------------


def resolve(arguments: Mapping[str, Any]) -> Settings:
    """What a client made with ``arguments`` works with.

    Raises CredentialsError for a missing, unusable or misdirected key, InvalidArgumentError for a
    value that cannot be meant.
    """
    end = resolve_endpoint(arguments)
    offline = os.environ.get(OFFLINE_URL)
    base = offline or normal_base(end.base_url, end.base_source)
    return Settings(
        api_key=_usable_key(end, _providers.host_of(base)),
        key_source=end.key_source,
        base_url=base,
        base_source=end.base_source,
        provider=end.provider,
        timeouts=timeouts(plain("timeout", arguments)),
        idle_timeout=seconds("idle_timeout", plain("idle_timeout", arguments)),
        deadline=seconds("deadline", plain("deadline", arguments)),
        max_retries=retries(plain("max_retries", arguments)),
        repair=_one_of("repair", plain("repair", arguments), REPAIR_MODES),
        model_map=model_map(plain("model_map", arguments)),
        organization=_vendor_setting("organization", arguments, _is_openai(end.provider, base)),
        project=_vendor_setting("project", arguments, _is_openai(end.provider, base)),
        headers=_mapping("default_headers", arguments),
        query=_mapping("default_query", arguments),
    )


def _usable_key(end: Endpoint, host: str) -> str:
    local = _providers.is_loopback(host)
    if end.key is not None and not isinstance(end.key, str):
        raise InvalidArgumentError(
            f"api_key is a {type(end.key).__name__}, not a str.", hint="Pass the key as text"
        )
    if local and os.environ.get(OFFLINE_URL):
        return _keys.sendable(end.key or "offline")
    if not end.key:
        raise _keys.missing(end.provider)
    if local:
        return _keys.sendable(end.key)
    if end.provider is GENERIC:
        _keys.check_sendable(end.key, end.key_source)
    else:
        _keys.check(end.key, end.key_source, end.provider)
    guard(end, host)
    return end.key


def _is_openai(provider: Provider, base: str) -> bool:
    """Whether calls go to OpenAI, or to this machine in its name."""
    host = _providers.host_of(base)
    local = _providers.is_loopback(host)
    return (provider if local else _providers.by_host(host)).name == "openai"


def _vendor_setting(name: str, arguments: Mapping[str, Any], openai: bool) -> Optional[str]:
    """What SDKs pick up from the environment by themselves stays with the vendor it is for."""
    value, _ = named(name, arguments)
    if value is None and openai:
        found = first_of(BY_NAME[name].env)
        value = found.value if found else None
    return value or None


def _mapping(name: str, arguments: Mapping[str, Any]) -> Mapping[str, Any]:
    value = plain(name, arguments)
    if value is not None and not isinstance(value, Mapping):
        raise InvalidArgumentError(f"{name} is a {type(value).__name__}, not a dict.")
    return value or {}
