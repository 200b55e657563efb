"""Keys, base URLs and other variables: where each is set, which wins, what is wrong with it.

Values of secrets end here: what is passed on says of a key where it stands, what is wrong with it
and its last four characters.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import Dict, Iterator, List, Optional, Tuple

from ..._errors.tree import InvalidArgumentError
from ..._named_tuple import NamedTuple
from ..._settings import dotenv_file as _dotenv
from ..._settings import keys as _keys
from ..._settings import providers as _providers
from ..._settings.endpoint import Endpoint, resolve_endpoint, trusted_hosts
from ..._settings.table import ENVIRONMENT_ONLY
from ..._source import env_file
from ..key_names import meant_key
from ..search_path import Subject
from ..secrets import Secrets, safe_url, shown
from ..snapshot import ENVIRONMENT, EnvFile, Key, KeyFault, Settings, Variable
from .free_names import free

SECRET_PARTS = ("KEY", "TOKEN", "SECRET", "PASSWORD", "HEADERS")
NOT_SECRET = ("OPENAI_API_KEY_PATH", "SSLKEYLOGFILE")
PREFIXES = ("DEEPSEEK", "OPENAI", "DSADAPTER_", "AZURE_OPENAI_", "DEEP_SEEK")
LOOKALIKES = (".env.txt", "env.txt", "env", ".env.", "_.env", ".env.env")


class _Row(NamedTuple):
    name: str
    value: str
    source: str
    line: int


def collect(subject: Subject, secrets: Secrets) -> Settings:
    """The variables and what follows from them; their secrets are made known to ``secrets``."""
    paths = env_paths(subject)
    rows = [*_from_environment(), *(row for path in paths for row in _from_file(path))]
    for row in rows:
        if _is_secret(row.name):
            secrets.add(row.value)
    for name, value in (*os.environ.items(), *((row.name, row.value) for row in rows)):
        if "://" in value or name.lower().endswith("_proxy"):
            secrets.add_url(value)
    with own_reader(paths):
        end = _endpoint()
    if end.key:
        secrets.add(end.key)
    host = _providers.host_of(end.base_url)
    files = tuple(_env_file(path) for path in paths)
    return Settings(
        variables=tuple(_variable(row, secrets) for row in rows),
        key=_key(end, rows),
        base_url=secrets.hide(safe_url(end.base_url)),
        base_source=secrets.hide(_source(end.base_source)),
        provider=end.provider.name,
        paired=end.paired,
        trusted=host in trusted_hosts(),
        led_by=_led_by(end, host),
        led_by_stranger=_is_strange(end.base_file, subject),
        files=files,
        unread=any(file.state == "ok" for file in files) and not env_file.available(),
        differing=_differing(rows),
    )


def _endpoint() -> Endpoint:
    """Where calls go; for a preset that is not known, which is told, as without one."""
    try:
        return resolve_endpoint({})
    except InvalidArgumentError:
        return resolve_endpoint({"provider": _providers.DEEPSEEK.name})


def _led_by(end: Endpoint, host: str) -> str:
    """The .env whose base URL leads a key away that it does not have (contract 4), "" for none."""
    known = _providers.by_host(host) is not _providers.GENERIC or _providers.is_loopback(host)
    if not end.base_file or not end.key or known or _keys.is_placeholder(end.key):
        return ""
    return "" if end.key in read_env_file(end.base_file).values() else shown(end.base_file)


def _is_strange(file: Optional[str], subject: Subject) -> bool:
    """Whether a .env lies elsewhere than the program, whose folder is on its path."""
    folder = os.path.dirname(file) if file else subject.program
    return os.path.realpath(folder) != os.path.realpath(subject.program)


def env_paths(subject: Subject) -> List[str]:
    """Where dsadapter looks for a .env: the working directory, then the program's folder."""
    folders = dict.fromkeys((subject.cwd, subject.program))
    return [os.path.join(folder, ".env") for folder in folders]


@contextmanager
def own_reader(paths: List[str]) -> Iterator[None]:
    """The core's own resolution, with .env files read even where python-dotenv is broken, and
    looked for where the examined program would."""
    original = _dotenv.read, _dotenv.candidates
    _dotenv.read, _dotenv.candidates = read_env_file, lambda: paths
    try:
        yield
    finally:
        _dotenv.read, _dotenv.candidates = original


def read_env_file(path: str) -> Dict[str, str]:
    """What ``_settings.dotenv_file.read`` gives; {} if unreadable, or nothing can read it."""
    rows = _all_of_env_file(path).items()
    return {name: value for name, value in rows if name not in ENVIRONMENT_ONLY}


def _all_of_env_file(path: str) -> Dict[str, str]:
    """Also what a file must not decide."""
    try:
        with open(path, "rb") as file:
            text = _dotenv.decode(file.read())
    except OSError:
        return {}
    return {name: value for name, value in env_file.values(text).items() if value}


def _is_secret(name: str) -> bool:
    is_named_so = any(part in name.upper() for part in SECRET_PARTS) or meant_key(name)
    return name not in NOT_SECRET and bool(is_named_so)


def _is_ours(name: str) -> bool:
    upper = name.upper()
    known = any(name in row.key_env for row in _providers.VENDORS)
    return known or upper.startswith(PREFIXES) or bool(meant_key(name))


def _from_environment() -> Iterator[_Row]:
    for name, value in sorted(os.environ.items()):
        if value and _is_ours(name):
            yield _Row(name, value, ENVIRONMENT, 0)


def _from_file(path: str) -> Iterator[_Row]:
    values = _all_of_env_file(path)
    if not values:
        return
    with open(path, "rb") as file:
        lines = env_file.lines_of(_dotenv.decode(file.read()))
    for name, value in values.items():
        if _is_ours(name):
            yield _Row(name, value, shown(path), lines.get(name, 0))


def _variable(row: _Row, secrets: Secrets) -> Variable:
    if _is_secret(row.name):
        return Variable(row.name, "", row.source, row.line, _keys.tail(row.value))
    return Variable(row.name, secrets.hide(safe_url(row.value)), row.source, row.line)


def _source(text: str) -> str:
    """``DEEPSEEK_API_KEY in /home/me/app/.env`` with the home folder as ``~``."""
    name, middle, path = text.partition(" in ")
    return f"{name}{middle}{shown(path)}" if middle else text


# --- the key -------------------------------------------------------------------------------------


def _key(end: Endpoint, rows: List[_Row]) -> Optional[Key]:
    if not end.key:
        return None
    row = next((row for row in rows if row.value == end.key), None)
    variable, source = (row.name, row.source) if row else (end.key_source, ENVIRONMENT)
    local = _providers.is_loopback(_providers.host_of(end.base_url))
    return Key(
        variable,
        source,
        _keys.tail(end.key),
        None if local else key_fault(end.key),
        _keys.is_foreign(end.key),
    )


def key_fault(key: str) -> Optional[KeyFault]:
    """What the core would refuse, as data that both languages can be made of."""
    wrong = _keys.shape_fault(key)
    if wrong is None:
        return None
    kind, position = wrong
    code = f"U+{ord(key[position - 1]):04X}" if kind == "non-ascii" else ""
    return KeyFault(kind, position, code)


def _differing(rows: List[_Row]) -> Tuple[str, ...]:
    values: Dict[str, List[str]] = {}
    for row in rows:
        if _is_secret(row.name):
            values.setdefault(row.name, []).append(row.value)
    return tuple(name for name, assigned in values.items() if len(set(assigned)) > 1)


# --- .env files ----------------------------------------------------------------------------------


def _env_file(path: str) -> EnvFile:
    lookalikes = _lookalikes(os.path.dirname(path))
    if not os.path.lexists(path):
        return EnvFile(shown(path), "missing", lookalikes=lookalikes)
    if os.path.isdir(path):
        return EnvFile(shown(path), "folder", lookalikes=lookalikes)
    try:
        with open(path, "rb") as file:
            raw = file.read()
    except OSError:
        return EnvFile(shown(path), "unreadable", lookalikes=lookalikes)
    bad = tuple(env_file.bad_lines(_dotenv.decode(raw)))
    copy = shown(free(f"{path}.bak"))
    return EnvFile(shown(path), "ok", env_file.encoding_of(raw), bad, lookalikes, copy)


def _lookalikes(folder: str) -> Tuple[str, ...]:
    """Files that were meant to be .env: they name a key of ours."""
    lookalikes = []
    for name in LOOKALIKES:
        values = read_env_file(os.path.join(folder, name))
        if any(_is_ours(variable) for variable in values):
            lookalikes.append(name)
    return tuple(lookalikes)
