"""Each check finds its fault in a snapshot written by hand, no other one does, and all are silent
where nothing is wrong."""

from __future__ import annotations

from typing import Any, Dict, List, NamedTuple, Tuple

import pytest
from doctor_machines import GENERATIONS, SITE, machine

from dsadapter._doctor import registry
from dsadapter._doctor.check import Check
from dsadapter._doctor.findings import CRASH, FAIL, INFO, OK, SKIP, WARN
from dsadapter._doctor.snapshot import (
    Choice,
    Code,
    Damage,
    Dist,
    EnvFile,
    FileVariable,
    Key,
    KeyFault,
    Module,
    Network,
    OnlineStep,
    Probe,
    Proxy,
    Requires,
    Settings,
    Snapshot,
    Step,
    Tool,
    Variable,
)
from dsadapter._texts.text import Text

ENV = "~/app/.env"


class Fault(NamedTuple):
    id: str
    status: str
    snapshot: Snapshot
    say: str  # must occur in the message, the details or the commands
    also: Tuple[str, ...] = ()  # checks that may speak up too


def settings(**more: Any) -> Settings:
    return Settings(**more)


def variables(*rows: Variable, **more: Any) -> Settings:
    return Settings(variables=rows, **more)


def key(fault: Any = None, **more: Any) -> Settings:
    return Settings(key=Key(fault=fault, **more))


def proxies(*rows: Proxy, **more: Any) -> Network:
    return Network(proxies=rows, **more)


def module(name: str, **more: Any) -> Dict[str, Any]:
    return {"modules": {name: Module(name, **more)}}


def dist(name: str, version: str, **more: Any) -> Dist:
    return Dist(name, version, **more)


def plus(snapshot: Snapshot, *dists: Dist) -> Snapshot:
    found = snapshot.packages._replace(dists=(*snapshot.packages.dists, *dists))
    return snapshot._replace(packages=found)


def without(snapshot: Snapshot, name: str) -> Snapshot:
    kept = tuple(d for d in snapshot.packages.dists if d.name != name)
    modules = {k: v for k, v in snapshot.packages.modules.items() if k != name.replace("-", "_")}
    return snapshot._replace(packages=snapshot.packages._replace(dists=kept, modules=modules))


def gone(snapshot: Snapshot, name: str) -> Snapshot:
    """Registered, but its code is not there."""
    modules = {**snapshot.packages.modules, name: Module(name, "missing")}
    return snapshot._replace(packages=snapshot.packages._replace(modules=modules))


PROXIES = machine("1.109.1", versions={"openai": "1.55.2"})
FAILED = Probe(
    "modern-openai",
    (Step("import"), Step("construct", "TypeError", "... keyword argument 'proxies'")),
)
FAULTS: List[Fault] = [
    Fault("python-version", FAIL, machine(python={"version": "3.7.16"}), "3.8"),
    Fault("python-version", INFO, machine(python={"version": "3.15.0"}), "3.15.0"),
    Fault(
        "python-end-of-life",
        WARN,
        machine("1.109.1", python={"version": "3.8.18", "today": "2026-01-01"}),
        "2.2.0",
    ),
    Fault("python-environment", WARN, machine(python={"active_venv": "~/other"}), "~/other"),
    Fault(
        "python-environment",
        WARN,
        machine(python={"kind": "system", "unused_venv": "~/app/.venv"}),
        "source ~/app/.venv/bin/activate",
    ),
    Fault(
        "python-environment",
        INFO,
        machine(python={"kind": "system", "managed": True}),
        "-m venv .venv",
    ),
    Fault(
        "python-pip",
        WARN,
        machine(python={"pip": Tool("/usr/bin/pip", False)}),
        "python -m pip install",
    ),
    Fault("python-pip", WARN, machine(python={"has_pip": False}), "ensurepip"),
    Fault(  # a foreign pip on PATH hides nothing
        "python-pip",
        WARN,
        machine(python={"has_pip": False, "pip": Tool("/usr/bin/pip", False)}),
        "This Python has no pip",
    ),
    Fault(
        "python-path",
        FAIL,
        machine(python={"foreign_paths": ("/usr/lib/python3.9/site-packages",)}),
        "unset PYTHONPATH",
    ),
    Fault("python-console", WARN, machine(python={"stdout": "gbk"}), "PYTHONUTF8=1"),
    Fault(
        "sdk-shadow",
        FAIL,
        machine(
            installed=module(
                "openai",
                kind="file",
                origin="~/app/openai.py",
                by_user=True,
                hides="openai 3.54.0",
            )
        ),
        "mv ~/app/openai.py ~/app/openai_app.py",
    ),
    Fault(
        "sdk-shadow",
        FAIL,
        machine(
            installed=module(
                "httpx", origin="~/app/httpx/__init__.py", by_user=True, hides="httpx 0.28.1"
            )
        ),
        "mv ~/app/httpx ~/app/httpx_app",
    ),
    Fault(
        "sdk-shadow",
        FAIL,
        machine("none", installed=module("openai", kind="namespace", origin="~/app/openai")),
        "~/app/openai",
    ),
    Fault(
        "sdk-stdlib-shadow", FAIL, machine(installed={"stdlib_shadows": ("json.py",)}), "mv json.py"
    ),
    Fault(
        "sdk-duplicates",
        FAIL,
        plus(machine("1.109.1"), dist("openai", "0.28.1", folder=SITE)),
        "0.28.1 + 1.109.1",
    ),
    Fault(
        "sdk-duplicates",
        FAIL,
        plus(machine("1.109.1"), dist("openai", "0.28.1", folder=SITE)),
        f"mv {SITE}/openai-0.28.1.dist-info {SITE}/openai-0.28.1.dist-info.leftover",
    ),
    Fault("sdk-leftovers", FAIL, gone(machine("1.109.1"), "openai"), "--force-reinstall"),
    Fault("sdk-leftovers", WARN, machine(installed={"debris": ("~/s/~penai",)}), "~/s/~penai"),
    Fault(
        "sdk-leftovers",
        WARN,
        machine("1.109.1", installed={"legacy_files": ("error.py", "api_requestor.py")}),
        "error.py",
    ),
    Fault(
        "sdk-files",
        FAIL,
        machine(installed={"damages": {"openai": Damage(("openai/_client.py", "openai/x.py"))}}),
        "openai/_client.py is missing and 1 more",
    ),
    Fault(
        "sdk-files",
        FAIL,
        machine(installed={"damages": {"openai": Damage(cut=("openai/__init__.py",))}}),
        'pip install --force-reinstall --no-deps "openai==3.54.0"',
    ),
    Fault(
        "sdk-files",
        WARN,
        machine(installed={"damages": {"httpx2": Damage(changed=("httpx2/_client.py",))}}),
        "was changed afterwards",
    ),
    Fault(
        "sdk-files",
        FAIL,
        machine(
            installed={
                "damages": {"openai": Damage(("openai/a.py",)), "pydantic": Damage(("p.py",))}
            }
        ),
        '"openai==3.54.0" "pydantic==2.14.3"',
    ),
    Fault(
        "sdk-metadata",
        WARN,
        machine()._replace(
            packages=machine().packages._replace(
                dists=tuple(
                    d._replace(fault="no-metadata") if d.name == "httpx2" else d
                    for d in machine().packages.dists
                )
            )
        ),
        "httpx2",
    ),
    Fault(
        "sdk-metadata",
        FAIL,
        machine("1.109.1", installed=module("openai", version="0.28.1", origin="x")),
        "0.28.1",
    ),
    Fault(
        "sdk-files",
        FAIL,
        machine(installed={"damages": {"pydantic-core": Damage(binary="_p.cpython-39.so")}}),
        "cpython-39",
    ),
    Fault(
        "sdk-stray-install",
        WARN,
        plus(machine(), dist("install", "1.3.5")),
        "pip uninstall install",
    ),
    Fault("sdk-installed", WARN, machine("none", versions={"openai": "0.26.5"}), "0.26.5"),
    Fault(
        "sdk-python",
        FAIL,
        plus(
            without(machine(), "openai"),
            dist("openai", "3.54.0", requires_python=">=3.13"),
        ),
        ">=3.13",
    ),
    Fault("sdk-requirements", FAIL, without(machine("1.109.1"), "jiter"), 'pip install "jiter'),
    Fault(
        "sdk-requirements",
        FAIL,
        without(machine("none"), "requests"),
        'pip install "requests>=2.25"',
    ),
    Fault(
        "sdk-requirements",
        WARN,
        without(machine(), "python-dotenv"),
        'pip install "python-dotenv>=0.19"',
    ),
    Fault(
        "sdk-requirements",
        FAIL,
        without(machine(settings=settings(files=(EnvFile(ENV),))), "python-dotenv"),
        "OpenAI() raises ImportError where a .env file exists",
    ),
    Fault(  # the smallest change knows of pairs that pip does not
        "sdk-requirements",
        WARN,
        without(machine("1.109.1", versions={"openai": "1.55.2"}), "httpx"),
        'pip install "httpx>=0.23.1,<0.28"',
    ),
    Fault(
        "sdk-requirements",
        FAIL,
        without(without(machine(), "pydantic"), "httpx2"),
        '"httpx2>=2.12.0,<3" "pydantic>=1.10.13,<3"',
    ),
    Fault(
        "sdk-backend",
        FAIL,
        machine(choice=Choice("legacy-openai", wanted="legacy-openai", fault="it cannot work")),
        "it cannot work",
    ),
    Fault(
        "sdk-works",
        FAIL,
        machine(probe=Probe("modern-openai", (Step("call", "OSError", "no"),))),
        "no",
    ),
    Fault("sdk-works", INFO, machine(probe=Probe("x", (), "timeout", 8.0)), "8"),
    Fault("sdk-works", FAIL, machine(probe=Probe("x", (), "exit code -11")), "-11"),
    Fault(
        "sdk-works",
        FAIL,
        machine(probe=Probe("x", (Step("own"),), "exit code 0", ended_in="import")),
        "the step `import` ends the whole process",
    ),
    Fault(
        "sdk-works",
        FAIL,
        machine(
            probe=Probe("x", (Step("import", "OSError", "no", (), f"{SITE}/httpx2/_api.py:3"),))
        ),
        "pip install --upgrade httpx2",
    ),
    Fault("conflict-httpx-proxies", FAIL, PROXIES, 'pip install "openai>=1.55.3,<2"'),
    Fault("conflict-httpx-proxies", FAIL, PROXIES._replace(probe=FAILED), "Proved"),
    Fault(
        "conflict-httpx-proxies",
        FAIL,
        plus(PROXIES, dist("needy", "1", requires=(Requires("openai", "<1.56,>=1.50"),))),
        'pip install "httpx<0.28"',
    ),
    Fault(
        "conflict-httpx-gone",
        INFO,
        without(machine(), "httpx"),
        "pip install httpx",
        ("sdk-requirements",),
    ),
    Fault("conflict-http-client", INFO, machine("1.109.1", versions={"httpx2": "2.9"}), "httpx2"),
    Fault(
        "conflict-httpx-prerelease",
        FAIL,
        machine("1.109.1", versions={"httpx": "1.0.dev6"}),
        'pip install "httpx<1"',
    ),
    Fault(
        "conflict-httpx-cgi",
        FAIL,
        machine("1.109.1", versions={"httpx": "0.23.0"}, python={"version": "3.13.0"}),
        "cgi",
    ),
    Fault(
        "conflict-httpx2-noise",
        INFO,
        machine(versions={"openai": "3.0.0", "httpx2": "2.7.0"}),
        "athrow",
    ),
    Fault(
        "conflict-pydantic",
        FAIL,
        machine(versions={"pydantic": "2.3.0", "pydantic-core": "2.6.3"}),
        "2.3.0",
    ),
    Fault(
        "conflict-anyio",
        INFO,
        machine("1.109.1", versions={"openai": "1.3.7", "httpx": "0.27.2"}),
        "anyio",
        ("conflict-sse",),
    ),
    Fault(
        "conflict-aiohttp",
        FAIL,
        machine("0.28.1", versions={"aiohttp": "3.8.6"}),
        'pip install "aiohttp>=3.9"',
    ),
    Fault(
        "conflict-urllib3",
        FAIL,
        machine("0.28.1", versions={"urllib3": "1.24.3"}),
        "urllib3.packages.six",
    ),
    Fault(
        "conflict-requests-urllib3",
        WARN,
        machine("0.28.1", versions={"requests": "2.28.2"}),
        "RequestsDependencyWarning",
    ),
    Fault(
        "conflict-sse",
        WARN,
        machine("1.109.1", versions={"openai": "1.6.1", "httpx": "0.27.2"}),
        "U+2028",
    ),
    Fault(
        "sdk-requirements",
        FAIL,
        plus(
            without(machine(versions={"typing-extensions": "4.5.0"}), "pydantic"),
            dist("pydantic", "2.14.3", requires=(Requires("typing-extensions", ">=4.14"),)),
        ),
        'pip install "typing-extensions>=4.14"',
    ),
    Fault("sdk-requirements", FAIL, machine(versions={"pydantic-core": "2.33.2"}), "==2.50.4"),
    Fault(
        "conflict-openssl",
        FAIL,
        machine("0.28.1", python={"openssl": "OpenSSL 1.0.2k", "openssl_number": (1, 0, 2)}),
        'pip install "urllib3<2"',
    ),
    Fault(
        "conflict-openssl",
        WARN,
        machine("0.28.1", python={"openssl": "LibreSSL 2.8.3", "openssl_number": (2, 0, 0)}),
        "LibreSSL",
    ),
    Fault(
        "conflict-pins",
        FAIL,
        plus(machine("0.28.1"), dist("chain", "1", requires=(Requires("openai", ">=1.26,<2"),))),
        'pip install "openai>=1.26,<2"',
    ),
    Fault(
        "conflict-pins",
        FAIL,
        plus(
            machine("1.109.1"),
            dist("old", "1", requires=(Requires("openai", "<1"),)),
            dist("new", "2", requires=(Requires("openai", ">=1.26"),)),
        ),
        'pip install --upgrade old "openai>=1.26"',
    ),
    Fault("settings-key", WARN, machine(settings=settings(key=None)), "platform.deepseek.com"),
    *(
        Fault("settings-key-shape", FAIL, machine(settings=key(KeyFault(*fault))), say)
        for fault, say in (
            (("non-ascii", 5, "U+FF02"), "U+FF02 at position 5"),
            (("control", 36), "position 36"),
            (("quotes",), "quotes"),
            (("bearer",), "Bearer"),
            (("blanks", 3), "position 3"),
            (("placeholder",), "placeholder"),
        )
    ),
    Fault(
        "settings-key-vendor",
        FAIL,
        machine(settings=Settings(key=Key("OPENAI_API_KEY"), paired=False)),
        "DSADAPTER_TRUST_HOSTS=api.deepseek.com",
    ),
    Fault("settings-key-vendor", FAIL, machine(settings=key(foreign=True)), "another vendor"),
    Fault(
        "settings-key-vendor",
        FAIL,
        machine(
            settings=Settings(base_url="https://llm.example.com", led_by=ENV, led_by_stranger=True)
        ),
        "DSADAPTER_TRUST_HOSTS=llm.example.com",
    ),
    Fault(
        "settings-key-vendor",
        INFO,
        machine(settings=Settings(base_url="https://llm.example.com", led_by=ENV)),
        "the commands of dsadapter (chat, models, balance) refuse",
    ),
    Fault(
        "settings-env-trust",
        WARN,
        machine(settings=variables(Variable("DSADAPTER_TRUST_HOSTS", "x.example", ENV, 3))),
        "Delete line 3 of ~/app/.env",
    ),
    Fault(
        "settings-key-sources",
        WARN,
        machine(
            settings=variables(
                Variable("DEEPSEEK_API_KEY", tail="...aaaa"),
                Variable("DEEPSEEK_API_KEY", "", ENV, 2, "...bbbb"),
                differing=("DEEPSEEK_API_KEY",),
            )
        ),
        "~/app/.env:2 (...bbbb)",
    ),
    Fault(
        "settings-key-names",
        WARN,
        machine(settings=variables(Variable("DEEPSEEK_APIKEY", tail="...aaaa"))),
        "DEEPSEEK_APIKEY",
    ),
    *(
        Fault("settings-base-url", status, machine(generation, settings=settings(base_url=url)), s)
        for generation, status, url, s in (
            ("3.54.0", FAIL, "api.deepseek.com", "http://"),
            ("3.54.0", FAIL, "https://api.deep seek.com", "blank"),
            ("3.54.0", FAIL, "https://api.deepseek.com:abc", "port"),
            ("3.54.0", FAIL, "https://api.deepseek.com\n/v1", "line break"),
            ("3.54.0", WARN, "https://api.deepseek.com/chat/completions", "404"),
            ("3.54.0", WARN, " https://api.deepseek.com", "404"),
            ("0.28.1", WARN, "https://api.deepseek.com/v1/", "//chat"),
            ("3.54.0", WARN, "http://api.deepseek.com", "encrypted"),
        )
    ),
    Fault(
        "settings-base-spellings",
        WARN,
        machine(
            settings=variables(
                Variable("OPENAI_BASE_URL", "https://a"), Variable("OPENAI_API_BASE", "https://b")
            )
        ),
        "unset OPENAI_API_BASE",
    ),
    Fault(
        "settings-api-base",
        WARN,
        machine(settings=variables(Variable("OPENAI_API_BASE", "https://a"))),
        "export OPENAI_BASE_URL=https://a",
    ),
    Fault(
        "settings-api-base",
        WARN,
        machine("0.28.1", settings=variables(Variable("OPENAI_BASE_URL", "https://a"))),
        "export OPENAI_API_BASE=https://a",
    ),
    Fault(
        "settings-azure",
        FAIL,
        machine("0.28.1", settings=variables(Variable("OPENAI_API_TYPE", "azure"))),
        "unset OPENAI_API_TYPE",
    ),
    Fault(
        "settings-azure",
        INFO,
        machine(settings=variables(Variable("OPENAI_API_TYPE", "azure", ENV, 3))),
        "Delete line 3 of ~/app/.env",
    ),
    Fault(
        "settings-vendor-headers",
        WARN,
        machine(settings=variables(Variable("OPENAI_ORG_ID", "org-1"))),
        "unset OPENAI_ORG_ID",
    ),
    Fault(
        "settings-key-path",
        WARN,
        machine("0.28.1", settings=variables(Variable("OPENAI_API_KEY_PATH", "~/k"))),
        "unset OPENAI_API_KEY_PATH",
    ),
    Fault(
        "settings-own",
        FAIL,
        machine(settings=variables(Variable("DSADAPTER_REPAIR", "yes"))),
        "on, off, error",
    ),
    Fault(
        "settings-own",
        FAIL,
        machine(settings=variables(Variable("DSADAPTER_MODEL_MAP", "a=b,c"))),
        "a=b,c",
    ),
    Fault(
        "settings-env-file",
        FAIL,
        machine(settings=settings(files=(EnvFile(ENV, "unreadable"),))),
        "permissions",
    ),
    Fault(
        "settings-env-file",
        FAIL,
        machine(settings=settings(files=(EnvFile(ENV, "folder"),))),
        "folder",
    ),
    Fault(
        "settings-env-file",
        WARN,
        machine(settings=settings(files=(EnvFile(ENV, bad_lines=(2, 5)),))),
        "2, 5",
    ),
    *(
        Fault(
            "settings-env-encoding",
            WARN,
            machine(settings=settings(files=(EnvFile(ENV, "ok", encoding),))),
            f"{encoding}. dsadapter reads it",
        )
        for encoding in ("gbk", "utf-16", "utf-8-sig")
    ),
    Fault(
        "settings-env-name",
        WARN,
        machine(settings=settings(files=(EnvFile(ENV, "missing", lookalikes=(".env.txt",)),))),
        "mv ~/app/.env.txt ~/app/.env",
    ),
    Fault(
        "network-proxy-url",
        FAIL,
        machine(network=proxies(Proxy("HTTPS_PROXY", "http://127.0.0.1:abc", fault="port"))),
        "unset HTTPS_PROXY",
    ),
    Fault(
        "network-proxy-url",
        FAIL,
        machine(network=proxies(Proxy("ALL_PROXY", "socks://127.0.0.1:1", "socks", "127.0.0.1"))),
        "socks5://host:port",
    ),
    Fault(
        "network-proxy-url",
        FAIL,
        machine("none", network=proxies(Proxy("HTTP_PROXY", "http://p ", "http", "p", "blanks"))),
        "blanks",
    ),
    Fault(
        "network-socks",
        FAIL,
        machine(network=proxies(Proxy("ALL_PROXY", "socks5://127.0.0.1:1", "socks5", "x"))),
        'pip install "httpx[socks]"',
    ),
    Fault(
        "network-socks",
        FAIL,
        machine("0.28.1", network=proxies(Proxy("ALL_PROXY", "socks5h://h:1", "socks5h", "h"))),
        'pip install "requests[socks]"',
        ("network-async-proxy",),
    ),
    Fault(
        "network-socks",
        FAIL,
        machine(
            "1.109.1",
            versions={"httpx": "0.27.2", "socksio": "1.0.0"},
            network=proxies(Proxy("ALL_PROXY", "socks5h://h:1", "socks5h", "h")),
        ),
        "socks5://",
    ),
    Fault(
        "network-proxy-alive",
        FAIL,
        machine(network=proxies(Proxy("HTTPS_PROXY", "http://127.0.0.1:9", refused=True))),
        "nobody listens",
    ),
    Fault(
        "network-no-proxy", FAIL, machine("1.109.1", network=Network(no_proxy="a,[::1]")), "[::1]"
    ),
    Fault(
        "network-no-proxy",
        INFO,
        machine("1.109.1", network=Network(no_proxy="127.0.0.0/8")),
        "127.0.0.0/8",
    ),
    Fault(
        "network-async-proxy",
        INFO,
        machine("0.28.1", network=proxies(Proxy("HTTP_PROXY", "http://p:1"))),
        "acreate",
    ),
    Fault(
        "network-ca-files",
        FAIL,
        machine(network=Network(files=(FileVariable("SSL_CERT_FILE", "~/ca.pem", "missing"),))),
        "unset SSL_CERT_FILE",
    ),
    Fault(
        "network-ca-files",
        FAIL,
        machine(
            "0.28.1", network=Network(files=(FileVariable("REQUESTS_CA_BUNDLE", "x", "missing"),))
        ),
        "requests",
    ),
    Fault(
        "network-ca-files",
        FAIL,
        machine("1.109.1", network=Network(files=(FileVariable("SSLKEYLOGFILE", "x", "missing"),))),
        "SSLKEYLOGFILE",
    ),
    Fault(
        "network-ca-files",
        WARN,
        machine("0.28.1", network=Network(files=(FileVariable("SSL_CERT_FILE", "x", "not-pem"),))),
        "no certificate",
    ),
    Fault(
        "network-ca-split",
        INFO,
        machine(network=Network(files=(FileVariable("SSL_CERT_FILE", "~/ca.pem"),))),
        "REQUESTS_CA_BUNDLE",
    ),
    Fault(
        "network-trust-store",
        WARN,
        machine(network=Network(system_store=False)),
        "ca-certificates",
    ),
    Fault("network-netrc", WARN, machine(network=Network(netrc="~/.netrc")), "~/.netrc"),
    Fault(
        "network-client",
        FAIL,
        machine(probe=Probe("modern-openai", (Step("environment", "ValueError", "bad proxy"),))),
        "bad proxy",
    ),
    *(
        Fault(
            f"online-{name}", FAIL, machine(online=(OnlineStep(name, "failed", 0, "no way"),)), "no"
        )
        for name in ("dns", "tcp", "tls")
    ),
    *(
        Fault("online-models", FAIL, machine(online=(OnlineStep("models", "failed", s, "x"),)), say)
        for s, say in (
            (401, "does not accept the key"),
            (402, "balance is used up"),
            (404, "base URL"),
            (500, "cannot be used"),
            (0, "did not answer"),
        )
    ),
    Fault(
        "online-balance",
        FAIL,
        machine(online=(OnlineStep("balance", "ok", 200, "", {"available": False}),)),
        "top_up",
    ),
    Fault(
        "online-balance",
        FAIL,
        machine(online=(OnlineStep("balance", "failed", 402, ""),)),
        "top_up",
    ),
]
# Checks whose faults have their own tests: rules of code, and names used by scanned code.
ELSEWHERE = {"online-model-names", *(c.id for c in registry.CHECKS if c.group == "code")}


def all_of(finding: Any) -> str:
    fix = finding.fix
    texts = [finding.message, *finding.details, *([fix.text] if fix and fix.text else [])]
    commands = [command.shown for command in fix.commands] if fix else []
    return "\n".join([*(text.en for text in texts), *commands])


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.id}-{fault.say[:20]}")
def test_finds_its_fault(fault: Fault) -> None:
    results = registry.run(fault.snapshot)
    mine = [r.finding for r in results if r.check.id == fault.id and r.finding.status != OK]
    assert mine, "silent"
    assert fault.status in [finding.status for finding in mine]
    assert any(fault.say in all_of(finding) for finding in mine), all_of(mine[0])


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.id}-{fault.say[:20]}")
def test_no_other_check_speaks(fault: Fault) -> None:
    loud = [r for r in registry.run(fault.snapshot) if r.finding.status in (FAIL, WARN, CRASH)]
    assert {r.check.id for r in loud} <= {fault.id, *fault.also}


def test_every_check_has_a_fault() -> None:
    assert {fault.id for fault in FAULTS} | ELSEWHERE == {c.id for c in registry.CHECKS}


@pytest.mark.parametrize("generation", GENERATIONS)
def test_silent_on_health(generation: str) -> None:
    results = registry.run(machine(generation))
    assert [r for r in results if r.finding.status not in (OK, SKIP)] == []


@pytest.mark.parametrize("generation", GENERATIONS)
def test_silent_on_a_probe_that_worked(generation: str) -> None:
    steps = tuple(map(Step, ("import", "construct", "call", "stream", "async", "environment")))
    probe = Probe("modern-openai", steps, "", 1.2)
    online = (
        *(OnlineStep(name) for name in ("dns", "tcp", "tls")),
        OnlineStep("models", "ok", 200, "", {"models": ["deepseek-flash"]}),
        OnlineStep("balance", "ok", 200, "", {"available": True, "amounts": ["10.00 CNY"]}),
    )
    results = registry.run(machine(generation, probe=probe, online=online, code=Code(3)))
    assert [r for r in results if r.finding.status != OK] == []


def test_a_consequence_is_told_inside_its_cause() -> None:
    results = registry.run(PROXIES._replace(probe=FAILED))
    assert "sdk-works" not in [r.check.id for r in results]
    cause = next(r.finding for r in results if r.check.id == "conflict-httpx-proxies")
    assert [row.id for row in cause.consequences] == ["sdk-works"]
    assert "TypeError" in cause.consequences[0].message.en


def test_a_consequence_alone_names_the_cause_that_was_not_asked_for() -> None:
    only = registry.run(PROXIES._replace(probe=FAILED), registry.chosen(["sdk-works"]))
    assert [r.finding.status for r in only] == [INFO]
    assert only[0].finding.follows == ("conflict-httpx-proxies",)


@pytest.mark.parametrize("name", ["jiter", "httpx"])
def test_what_a_missing_package_breaks_is_told_with_it(name: str) -> None:
    """Also where the error is raised in a file of another package."""
    step = Step(
        "import", "ModuleNotFoundError", f"No module named '{name}'", (), f"{SITE}/openai/a.py:1"
    )
    s = without(machine("1.109.1"), name)._replace(probe=Probe("modern-openai", (step,)))
    loud = [r for r in registry.run(s) if r.finding.status in (FAIL, WARN)]
    assert [r.check.id for r in loud] == ["sdk-requirements"]
    assert loud[0].finding.status == FAIL
    assert [row.id for row in loud[0].finding.consequences] == ["sdk-works"]


def test_a_key_that_nothing_can_read_is_told_with_what_is_missing() -> None:
    s = settings(files=(EnvFile(ENV),), key=None, unread=True)
    for snapshot in (machine(settings=s), without(machine(settings=s), "python-dotenv")):
        loud = [r for r in registry.run(snapshot) if r.finding.status in (FAIL, WARN)]
        assert len(loud) == 1
    assert loud[0].check.id == "sdk-requirements"
    told = [row.id for row in loud[0].finding.consequences]
    assert sorted(told) == ["settings-env-file", "settings-key"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("typing-extensions", "cannot import name 'List' from 'typing_extensions' (/x.py)"),
        ("pydantic-core", "The installed pydantic-core version (2.20.0) is incompatible with"),
    ],
)
def test_and_so_is_what_one_of_the_wrong_version_breaks(name: str, text: str) -> None:
    step = Step("import", "ImportError", text, (), f"{SITE}/openai/a.py:1")
    s = plus(
        machine("1.109.1", versions={name: "1.0"}),
        dist("pydantic", "2.14.3", requires=(Requires(name, ">=2"),)),
    )
    needy = dist("openai", "1.109.1", requires=(Requires("pydantic"),), folder="~/elsewhere")
    s = s._replace(packages=s.packages._replace(dists=(needy, *s.packages.dists)))
    loud = [
        r.check.id
        for r in registry.run(s._replace(probe=Probe("modern-openai", (step,))))
        if r.finding.status in (FAIL, WARN)
    ]
    assert loud == ["sdk-requirements"]


def test_a_warning_about_something_else_is_no_cause() -> None:
    step = Step("import", "RuntimeError", "no", (), f"{SITE}/openai/a.py:1")
    damages = {"httpx": Damage(changed=("httpx/_client.py",))}
    s = machine("1.109.1", installed={"damages": damages}, probe=Probe("x", (step,)))
    loud = [r for r in registry.run(s) if r.finding.status in (FAIL, WARN)]
    assert {r.check.id for r in loud} == {"sdk-files", "sdk-works"}


def test_an_edited_file_that_breaks_is_a_problem() -> None:
    step = Step("import", "RuntimeError", "no", (), f"{SITE}/httpx/_client.py:1")
    damages = {"httpx": Damage(changed=("httpx/_client.py",))}
    s = machine("1.109.1", installed={"damages": damages}, probe=Probe("x", (step,)))
    loud = [r for r in registry.run(s) if r.finding.status in (FAIL, WARN)]
    assert [(r.check.id, r.finding.status) for r in loud] == [("sdk-files", FAIL)]


def test_a_command_that_breaks_another_package_is_not_offered() -> None:
    needy = plus(PROXIES, dist("needy", "1", requires=(Requires("openai", "<1.56,>=1.50"),)))
    results = registry.run(needy, registry.chosen(["conflict-httpx-proxies"]))
    assert results[0].finding.fix is not None
    assert [c.shown for c in results[0].finding.fix.commands] == [
        'pip install "openai>=1.55.3,<2"',
        'pip install "httpx<0.28"',
    ]
    pinned = plus(PROXIES, dist("needy", "1", requires=(Requires("openai", "<1.55,>=1.50"),)))
    result = registry.run(pinned, registry.chosen(["conflict-httpx-proxies"]))[0]
    assert result.finding.fix is not None
    assert [c.shown for c in result.finding.fix.commands] == ['pip install "httpx<0.28"']


def test_layers_are_healthy() -> None:
    """The first copy on the path is used; one behind it does nothing."""
    layered = plus(machine("1.109.1"), dist("httpx", "0.27.0", folder="/usr/lib/site-packages"))
    assert [r for r in registry.run(layered) if r.finding.status not in (OK, SKIP)] == []


def test_a_check_that_crashes_does_not_hide_the_others() -> None:
    def crash(s: Snapshot) -> List[Any]:
        raise RuntimeError("boom")

    broken = Check("sdk-broken", Text("x", "x"), crash)
    results = registry.run(machine(), [broken, *registry.CHECKS])
    assert results[0].finding.status == CRASH
    assert "boom" in results[0].finding.message.en
    assert len(results) > len(registry.CHECKS)


def test_what_could_not_be_collected_is_a_crash() -> None:
    results = registry.run(machine(crashes=(("network", "OSError: x"),)))
    assert [r.finding.status for r in results if r.finding.status != OK][-1] == CRASH


def test_what_no_chosen_check_reads_does_not_count() -> None:
    crashed = machine(crashes=(("network", "OSError: x"),))
    for name, crashes in (("python-version", 0), ("network-netrc", 1), ("network", 1)):
        results = registry.run(crashed, registry.chosen([name]))
        assert sum(r.finding.status == CRASH for r in results) == crashes


AZURE = "https://my-resource.openai.azure.com"


@pytest.mark.parametrize("generation", ["none", "0.28.1", "3.54.0"])
@pytest.mark.parametrize(
    "azure",
    [
        settings(
            base_url=AZURE, provider="azure", variables=(Variable("OPENAI_API_TYPE", "azure"),)
        ),
        variables(
            Variable("OPENAI_API_TYPE", "azure"),
            Variable("AZURE_OPENAI_ENDPOINT", AZURE),
            Variable("AZURE_OPENAI_API_KEY", tail="...9f3c"),
            key=None,
        ),
        variables(
            Variable("OPENAI_API_TYPE", "azure_ad"),
            Variable("OPENAI_API_BASE", "https://gateway.company.example"),
            base_url="https://gateway.company.example",
            provider="generic",
        ),
    ],
    ids=["host", "endpoint", "gateway"],
)
def test_settings_of_azure_are_healthy(generation: str, azure: Settings) -> None:
    results = registry.run(machine(generation, settings=azure), registry.chosen(["settings"]))
    told = [r for r in results if r.finding.status in (FAIL, WARN)]
    assert [r.check.id for r in told if r.check.id != "settings-api-base"] == []


def test_a_key_of_another_vendor_is_a_key() -> None:
    s = machine(settings=variables(Variable("MOONSHOT_API_KEY", tail="...9f3c"), key=None))
    result = registry.run(s, registry.chosen(["settings-key"]))[0]
    assert result.finding.status == INFO and "MOONSHOT_API_KEY" in result.finding.message.zh


def test_retired_names_of_the_code_are_told_apart_online() -> None:
    from dsadapter._doctor import scan

    s = machine(online=(OnlineStep("models", "ok", 200, "", {"models": ["deepseek-flash"]}),))
    found = scan.examine("a.py", 'm = "deepseek-chat"', scan.target(s))
    results = registry.run(
        s._replace(code=Code(1, found.hits)), registry.chosen(["online-model-names"])
    )
    assert [r.finding.status for r in results] == [WARN]


def test_ids_are_stable_words() -> None:
    import re

    for check in registry.CHECKS:
        assert re.match(
            r"^(python|sdk|conflict|settings|network|code|online)(-[a-z0-9]+)+$", check.id
        )
    assert len({c.id for c in registry.CHECKS}) == len(registry.CHECKS)


def test_every_text_is_said_in_both_languages() -> None:
    for fault in FAULTS:
        for result in registry.run(fault.snapshot):
            texts = [result.check.title, result.finding.message, *result.finding.details]
            if result.finding.fix and result.finding.fix.text:
                texts.append(result.finding.fix.text)
            for text in texts:
                assert bool(text.en) == bool(text.zh), text
                assert "{" not in text.en.replace("{'", "").replace('{"', ""), text.en


def test_packages_that_a_command_replaces_do_not_hinder_it() -> None:
    old = dist("requests", "2.20.0", requires=(Requires("urllib3", "<1.25"),))
    s = plus(without(machine("0.28.1", versions={"urllib3": "1.24.3"}), "requests"), old)
    result = registry.run(s, registry.chosen(["conflict-urllib3"]))[0]
    assert result.finding.fix is not None and result.finding.fix.commands
