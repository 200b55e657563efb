"""Group settings, the key: where it was found, its shape, whose it is."""

from __future__ import annotations

from typing import Iterator, Tuple

from ..._settings import providers as _providers
from ..._settings.azure import TOKEN as AZURE_TOKEN
from ..._settings.table import ENVIRONMENT_ONLY, KEY_PAIRS
from ..._texts import doctor_settings as texts
from ..._texts.text import LIST_COMMA, Text, join, untranslated
from ..check import check
from ..findings import Finding, Fix, fail, info, ok, package, warn
from ..fix_commands import unset
from ..key_names import SHORT, is_key, meant_key, squeezed
from ..snapshot import ENVIRONMENT, Key, Snapshot, Variable
from .env_files import DOTENV

DEEPSEEK = _providers.DEEPSEEK


def where(name: str, source: str) -> Text:
    """Where a variable is set, for people."""
    if source == ENVIRONMENT:
        return texts.IN_ENVIRONMENT(name=name)
    return texts.IN_FILE(name=name, file=source)


def _of(key: Key) -> Text:
    return where(key.variable, key.source)


def _page(s: Snapshot) -> str:
    provider = _providers.BY_NAME.get(s.settings.provider, DEEPSEEK)
    return provider.keys_page or DEEPSEEK.keys_page or ""


def key(s: Snapshot) -> Iterator[Finding]:
    """Whether there is a key, and from where."""
    key_in_use = s.settings.key
    others = _of_other_vendors(s) if key_in_use is None else ()
    if others:
        yield info(texts.OTHER_KEYS(names=", ".join(others)))
        return
    if key_in_use is None:
        yield warn(
            texts.NO_KEY,
            texts.LOOKED_IN(places=_searched(s)),
            fix=Fix(texts.MAKE_KEY(page=_page(s))),
            about=[package("python-dotenv")] if s.settings.unread else [],
        )
        return
    hidden = [
        row for row in s.settings.all_of(key_in_use.variable) if row.source != key_in_use.source
    ]
    details = [texts.NOT_USED(place=where(row.name, row.source)) for row in hidden]
    yield ok(texts.KEY_FROM(place=_of(key_in_use), tail=key_in_use.tail), *details)


def _of_other_vendors(s: Snapshot) -> Tuple[str, ...]:
    """The variables with keys and tokens that programs for other vendors read."""
    usual = [name for name, _ in KEY_PAIRS]
    names = [name for row in _providers.VENDORS for name in row.key_env if name not in usual]
    return tuple(name for name in (*names, *AZURE_TOKEN) if s.settings.get(name))


def _searched(s: Snapshot) -> Text:
    files = [untranslated(file.path) for file in s.settings.files]
    names = ", ".join(name for name, _ in KEY_PAIRS)
    return join([texts.SEARCHED(n=names), *files], LIST_COMMA)


def key_shape(s: Snapshot) -> Iterator[Finding]:
    """A key that cannot be sent, or is a placeholder."""
    key_in_use = s.settings.key
    if key_in_use is None or key_in_use.fault is None:
        return
    fault = texts.FAULTS[key_in_use.fault.kind](
        position=key_in_use.fault.position, char=key_in_use.fault.char
    )
    yield fail(
        texts.KEY_FAULT(place=_of(key_in_use), fault=fault),
        fix=Fix(texts.COPY(page=_page(s))),
        kind=key_in_use.fault.kind,
        position=key_in_use.fault.position,
    )


def key_vendor(s: Snapshot) -> Iterator[Finding]:
    """A key that would go to a vendor it does not belong to."""
    key_in_use, settings = s.settings.key, s.settings
    if key_in_use is None or key_in_use.fault or settings.trusted:
        return
    host = _providers.host_of(settings.base_url)
    if not settings.paired:
        yield fail(
            texts.UNPAIRED(place=_of(key_in_use), host=host), fix=Fix(texts.NAME_IT(host=host))
        )
    elif key_in_use.foreign and settings.provider == "deepseek":
        yield fail(
            texts.FOREIGN_KEY(place=_of(key_in_use), host=host), fix=Fix(texts.COPY(page=_page(s)))
        )
    elif settings.led_by:
        level, text = (
            (fail, texts.LED_AWAY) if settings.led_by_stranger else (info, texts.LED_AWAY_COMMANDS)
        )
        yield level(
            text(file=settings.led_by, place=_of(key_in_use), host=host),
            fix=Fix(texts.SET_TOGETHER(host=host)),
        )


def trust(s: Snapshot) -> Iterator[Finding]:
    """Switches of trust in a .env, which are read from the environment alone."""
    for row in s.settings.variables:
        if row.name in ENVIRONMENT_ONLY and row.source != ENVIRONMENT:
            yield warn(
                texts.TRUST_IN_FILE(name=row.name, file=row.source),
                fix=unset(s, row, texts.SET_IN_ENVIRONMENT),
            )


def key_sources(s: Snapshot) -> Iterator[Finding]:
    """A key that has different values in several sources."""
    for name in s.settings.differing:
        rows = s.settings.all_of(name)
        yield warn(
            texts.DIFFERENT_VALUES(
                name=name, places=join((untranslated(_location(row)) for row in rows), LIST_COMMA)
            ),
            fix=unset(s, rows[0], texts.KEEP_ONE),
        )


def _location(row: Variable) -> str:
    name = "environment" if row.source == ENVIRONMENT else f"{row.source}:{row.line}"
    return f"{name} ({row.tail})" if row.tail else name


def key_names(s: Snapshot) -> Iterator[Finding]:
    """A variable that was meant to be the key and that nobody reads."""
    for row in s.settings.variables:
        is_short = squeezed(row.name) in SHORT and not is_key(row.name)
        meant = DEEPSEEK.key_env[0] if is_short else ""
        if s.settings.key is None:
            meant = meant or meant_key(row.name)
        if meant:
            yield warn(
                texts.UNREAD_NAME(place=where(row.name, row.source)),
                fix=Fix(texts.RENAME_KEY(name=meant)),
            )


CHECKS = (
    check("settings-key", key, follows=("settings-key-names", *DOTENV, "settings-env-file")),
    check("settings-key-shape", key_shape),
    check("settings-key-vendor", key_vendor),
    check("settings-key-sources", key_sources),
    check("settings-env-trust", trust),
    check("settings-key-names", key_names),
)
