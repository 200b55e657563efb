"""Group settings, variables: the base URL, and those that do harm."""

from __future__ import annotations

from typing import Iterator
from urllib.parse import urlsplit

from ..._backends.selection import BY_NAME as BACKENDS
from ..._backends.versions import at_least, below
from ..._settings import providers as _providers
from ..._settings.table import KEY_PAIRS
from ..._settings.values import REPAIR_MODES
from ..._texts import doctor_settings as texts
from ..._texts.text import Text, untranslated
from ..check import check
from ..findings import Finding, Fix, fail, info, ok, warn
from ..fix_commands import fix, set_variable, unset
from ..snapshot import Snapshot, Variable
from .keys import DEEPSEEK, where

# --- the base URL --------------------------------------------------------------------------------


def base_url(s: Snapshot) -> Iterator[Finding]:
    """A base URL that is malformed, or that an SDK would misread."""
    url, source = s.settings.base_url, s.settings.base_source
    fault = _base_fault(url)
    if fault.en:
        yield fail(
            texts.BASE_FAULT(url=repr(url), source=source, fault=fault),
            fix=Fix(texts.WHOLE_BASE(url=DEEPSEEK.base_url)),
        )
        return
    yield from _base_habits(s, url, source)


def _base_fault(url: str) -> Text:
    text = url.strip()
    if any(char.isspace() for char in text):
        return texts.HAS_BLANK
    if not text.lower().startswith(("http://", "https://")):
        return texts.NO_SCHEME
    try:
        parts = urlsplit(text)
        is_usable = bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_usable = False
    return untranslated("") if is_usable else texts.NO_HOST


def _base_habits(s: Snapshot, url: str, source: str) -> Iterator[Finding]:
    """What dsadapter puts right, and an SDK used by itself does not."""
    path = urlsplit(url).path
    legacy = bool(s.sdk()) and below(s.sdk(), "1")
    if path.rstrip("/").endswith("/completions"):
        yield warn(texts.SHAPE(url=url, source=source, why=texts.PASTED), fix=Fix(texts.ONLY_BASE))
    elif url != url.strip():
        yield warn(
            texts.SHAPE(url=repr(url), source=source, why=texts.BLANK), fix=Fix(texts.ONLY_BASE)
        )
    elif legacy and path.endswith("/"):
        yield warn(texts.SHAPE(url=url, source=source, why=texts.SLASH), fix=Fix(texts.ONLY_BASE))
    elif url.startswith("http://") and not _is_near(url):
        yield warn(texts.SHAPE(url=url, source=source, why=texts.PLAIN), fix=Fix(texts.USE_HTTPS))
    else:
        yield ok(texts.BASE(url=url, source=source))


def _is_near(url: str) -> bool:
    host = _providers.host_of(url)
    private = ("10.", "192.168.", *(f"172.{n}." for n in range(16, 32)))
    return _providers.is_loopback(host) or host.startswith(private) or "." not in host


def base_spellings(s: Snapshot) -> Iterator[Finding]:
    """Two spellings of one base URL that differ."""
    for _, names in KEY_PAIRS:
        rows = [row for row in map(s.settings.get, names) if row]
        if len({row.value.rstrip("/") for row in rows}) > 1:
            yield warn(
                texts.TWO_SPELLINGS(one=rows[0].name, other=rows[1].name),
                *(untranslated(f"{row.name}={row.value}") for row in rows),
                fix=unset(s, rows[1], texts.KEEP_ONE),
            )


def api_base(s: Snapshot) -> Iterator[Finding]:
    """Spellings that the installed SDK, used by itself, does not read."""
    sdk, old = s.sdk(), s.settings.get("OPENAI_API_BASE")
    new = s.settings.get("OPENAI_BASE_URL")
    if sdk and at_least(sdk, "1") and old and not new:
        yield _ignored(s, old, "AZURE_OPENAI_ENDPOINT" if uses_azure(s) else "OPENAI_BASE_URL")
    elif sdk and below(sdk, "1") and new and not old:
        yield _ignored(s, new, "OPENAI_API_BASE")
    elif sdk and at_least(sdk, "1") and below(sdk, "1.3") and new:
        yield _ignored(s, new, "base_url=")


def _ignored(s: Snapshot, row: Variable, other: str) -> Finding:
    return warn(
        texts.IGNORED(sdk=s.sdk(), name=row.name),
        fix=fix(
            s,
            texts.BY_NAME(name=other),
            *([] if other.endswith("=") else [set_variable(s, other, row.value)]),
        ),
    )


# --- variables of other vendors ------------------------------------------------------------------


def uses_azure(s: Snapshot) -> bool:
    """Whether the settings lead to an endpoint of Azure."""
    base = s.settings.get("OPENAI_API_BASE")
    is_legacy_base = base is not None and base.value == s.settings.base_url
    is_unknown = s.settings.provider == _providers.GENERIC.name
    if s.settings.provider == _providers.AZURE.name or (is_legacy_base and is_unknown):
        return True
    return s.settings.get("AZURE_OPENAI_ENDPOINT") is not None


def azure(s: Snapshot) -> Iterator[Finding]:
    """An API type that is left over from Azure: nothing else leads there."""
    row = s.settings.get("OPENAI_API_TYPE")
    if row is None or not row.value.lower().startswith("azure") or uses_azure(s):
        return
    if s.sdk() and below(s.sdk(), "1"):
        yield fail(texts.AZURE(value=row.value), fix=unset(s, row, texts.UNSET_AZURE))
    elif s.sdk() and row.value == "azure":
        yield info(texts.AZURE_MODERN(sdk=s.sdk()), fix=unset(s, row, texts.UNSET_AZURE))


HEADER_VARIABLES = {
    "OPENAI_ORG_ID": "1",
    "OPENAI_ORGANIZATION": "0.27",
    "OPENAI_PROJECT_ID": "1.20",
    "OPENAI_CUSTOM_HEADERS": "2.34",
}


def vendor_headers(s: Snapshot) -> Iterator[Finding]:
    """What an SDK picks up by itself and sends to whatever host it calls (sdk-matrix 10)."""
    if not s.sdk() or s.settings.provider == "openai":
        return
    for name, since in HEADER_VARIABLES.items():
        row = s.settings.get(name)
        legacy_only = name == "OPENAI_ORGANIZATION" and at_least(s.sdk(), "1")
        if row and at_least(s.sdk(), since) and not legacy_only:
            yield warn(
                texts.VENDOR_HEADER(place=where(name, row.source), sdk=s.sdk()),
                fix=unset(s, row, texts.UNSET_HEADER),
            )


def key_path(s: Snapshot) -> Iterator[Finding]:
    """A key file that wins over the key."""
    row = s.settings.get("OPENAI_API_KEY_PATH")
    if row and s.sdk() and below(s.sdk(), "1"):
        yield warn(texts.KEY_PATH, fix=unset(s, row, texts.UNSET_KEY_PATH))


# --- dsadapter's own -----------------------------------------------------------------------------


_VALUES = {
    "DSADAPTER_REPAIR": REPAIR_MODES,
    "DSADAPTER_BACKEND": ("auto", *BACKENDS),
    "DSADAPTER_PROVIDER": tuple(_providers.BY_ANY_NAME),
    "DSADAPTER_MAX_CONCURRENCY": ("auto",),
}


def own(s: Snapshot) -> Iterator[Finding]:
    """Values of DSADAPTER_ variables that are not known."""
    for name, known in _VALUES.items():
        row = s.settings.get(name)
        if row is None or row.value in known:
            continue
        text = texts.NOT_KNOWN(row=name, value=row.value, known=", ".join(known))
        if name == "DSADAPTER_BACKEND":
            yield info(text)._replace(follows=("sdk-backend",))
        elif name != "DSADAPTER_PROVIDER" or row.value.lower() not in known:
            yield fail(text)
    mapping = s.settings.get("DSADAPTER_MODEL_MAP")
    if mapping and not all(_is_pair(part) for part in mapping.value.split(",") if part.strip()):
        yield fail(
            texts.NOT_KNOWN(
                row=mapping.name, value=mapping.value, known="gpt-3.5-turbo=deepseek-flash,..."
            )
        )


def _is_pair(part: str) -> bool:
    old, _, new = part.partition("=")
    return bool(old.strip() and new.strip())


CHECKS = (
    check("settings-base-url", base_url),
    check("settings-base-spellings", base_spellings),
    check("settings-api-base", api_base),
    check("settings-azure", azure),
    check("settings-vendor-headers", vendor_headers),
    check("settings-key-path", key_path),
    check("settings-own", own),
)
