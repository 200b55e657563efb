"""Group online: what ``--online`` found on the way to the API. Nothing here costs a token."""

from __future__ import annotations

from typing import Callable, Dict, Iterator, Optional

from ..._settings import providers as _providers
from ..._texts import doctor_online as texts
from ..._texts.errors import sentence
from ..._texts.text import Text, untranslated
from ..check import check
from ..findings import Finding, Fix, fail, ok, skip, warn
from ..snapshot import OnlineStep, Snapshot

# Status of an answer: what it means, what to do.


def _step_named(s: Snapshot, name: str) -> Optional[OnlineStep]:
    return next((step for step in s.online or () if step.name == name), None)


def _absent(s: Snapshot) -> Finding:
    return skip(texts.NOT_ASKED if s.online is None else texts.NOT_REACHED)


def _unasked(s: Snapshot) -> Finding:
    """Why the server was asked nothing, told once: at the first question."""
    key = _step_named(s, "key")
    if key is None:
        return _absent(s)
    return skip(texts.NO_KEY if key.state == "skipped" else sentence(key.text))


def _step_check(name: str) -> Callable[[Snapshot], Iterator[Finding]]:
    def run(s: Snapshot) -> Iterator[Finding]:
        step = _step_named(s, name)
        if step is None:
            tcp = _step_named(s, "tcp")
            is_http = name == "tls" and tcp is not None and tcp.state == "ok"
            yield skip(texts.PLAIN_HTTP) if is_http else _absent(s)
        elif step.state == "skipped":
            yield skip(texts.THROUGH_PROXY(proxy=step.text))
        elif step.state == "failed":
            host = _providers.host_of(s.settings.base_url)
            yield fail(texts.HELP[name](host=host), untranslated(step.text))
        else:
            yield ok(untranslated(step.text))

    return run


def models(s: Snapshot) -> Iterator[Finding]:
    """Whether the server accepts the key, and which models it offers."""
    step = _step_named(s, "models")
    if step is None:
        yield _unasked(s)
    elif step.state == "failed":
        yield _refused(s, step)
    else:
        names = step.data.get("models")
        yield ok(untranslated(", ".join(map(str, names)) if isinstance(names, list) else ""))


def balance(s: Snapshot) -> Iterator[Finding]:
    """Whether the account has a balance."""
    step = _step_named(s, "balance")
    known = _step_named(s, "models")
    if step is None:
        yield _absent(s)
    elif step.state == "failed":
        if known is not None and known.status == step.status:
            yield skip(texts.SAME_ANSWER)
        else:
            yield _refused(s, step)
    elif step.data.get("available") is False:
        yield fail(
            texts.STATUSES[402][0], _amounts(step), fix=Fix(texts.STATUSES[402][1](**_pages(s)))
        )
    else:
        yield ok(_amounts(step))


def _amounts(step: OnlineStep) -> Text:
    amounts = step.data.get("amounts")
    return untranslated(", ".join(map(str, amounts)) if isinstance(amounts, list) else "")


def _refused(s: Snapshot, step: OnlineStep) -> Finding:
    meaning, advice = texts.STATUSES.get(step.status, texts.OTHER)
    if not step.status:
        meaning = texts.NO_ANSWER
    status_line = texts.STATUS_LINE(status=step.status, text=step.text)
    return fail(
        meaning,
        status_line if step.status else untranslated(step.text),
        fix=Fix(advice(**_pages(s))),
        status=step.status,
    )


def _pages(s: Snapshot) -> Dict[str, str]:
    provider = _providers.BY_NAME.get(s.settings.provider, _providers.DEEPSEEK)
    keys = provider.keys_page or _providers.DEEPSEEK.keys_page or ""
    return {"keys": keys, "top_up": provider.top_up_page or _providers.DEEPSEEK.top_up_page or ""}


def names(s: Snapshot) -> Iterator[Finding]:
    """Retired model names in the scanned code, against what the account is offered."""
    step = _step_named(s, "models")
    if step is None or step.state == "failed":
        yield _absent(s) if step is None else skip(texts.NOT_REACHED)
        return
    from ..._repairs.table import RETIRED  # a twentieth of a run that asks nobody

    listed = step.data.get("models")
    offered = set(map(str, listed)) if isinstance(listed, list) else set()
    hits = s.code.hits if s.code else ()
    used = {str(hit.finding.data.get("model")) for hit in hits if hit.rule == "code-retired-model"}
    for name in sorted((used & set(RETIRED)) - offered):
        yield warn(texts.UNLISTED(name=name), fix=Fix(texts.USE_FLASH))


CHECKS = (
    check("online-dns", _step_check("dns"), network=True),
    check("online-tcp", _step_check("tcp"), network=True),
    check("online-tls", _step_check("tls"), network=True),
    check("online-models", models, network=True),
    check("online-balance", balance, network=True),
    check("online-model-names", names, network=True),
)
