"""Faults built for real: environments with real installs, judged by the command itself.

Slow, and they need a package index: DSADAPTER_TEST_ENVS=1 turns them on. Environments are built
once a session, in DSADAPTER_TEST_ENVS_DIR if that is set (and kept), else in a temporary folder.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Callable, Dict, List, NamedTuple, Tuple

import pytest
from doctor_machines import Ran, command

pytestmark = [
    pytest.mark.envs,
    pytest.mark.skipif(
        not os.environ.get("DSADAPTER_TEST_ENVS"),
        reason="builds environments through the package index: DSADAPTER_TEST_ENVS=1",
    ),
]
OWN = ("requests", "httpx", "python-dotenv", "packaging")
KEY = {"DEEPSEEK_API_KEY": "sk-0123456789abcdef0123456789abcdef"}
# The user's index settings, which --verify and --fix honour.
INDEX = {
    name: value
    for name, value in os.environ.items()
    if name.startswith(("PIP_", "UV_")) or name in ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE")
}
LINUX = sys.platform.startswith("linux")
NEW = sys.version_info >= (3, 10)  # openai 3, httpx2
AGED = "python-end-of-life"  # this Python's own, not the environment's
Change = Callable[[str, Path], None]


class Environment(NamedTuple):
    python: str
    site: Path


def build(folder: Path, packages: Tuple[str, ...], forced: Tuple[str, ...]) -> Environment:
    """``forced`` go in behind the others, without their requirements."""
    if shutil.which("uv"):
        subprocess.run(["uv", "venv", "-q", "--python", sys.executable, folder], check=True)
    else:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    found = locate(folder)
    install(found.python, *packages)
    if forced:
        install(found.python, "--no-deps", *forced)
    return found


def locate(folder: Path) -> Environment:
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    asked = [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    done = subprocess.run(asked, stdout=subprocess.PIPE, check=True)
    return Environment(str(python), Path(done.stdout.decode().strip()))


def install(python: str, *words: str) -> None:
    if shutil.which("uv"):
        front = ["uv", "pip", "install", "-q", "--compile-bytecode", "--python", python]
    else:
        front = [python, "-m", "pip", "install", "-q"]
    if words:
        subprocess.run([*front, *words], check=True)


@pytest.fixture(scope="session")
def environments(tmp_path_factory: Any) -> Callable[..., Environment]:
    kept = os.environ.get("DSADAPTER_TEST_ENVS_DIR")
    root = Path(kept) if kept else tmp_path_factory.mktemp("environments")

    def get(packages: Tuple[str, ...], forced: Tuple[str, ...] = ()) -> Environment:
        words = [sys.version, *packages, "--", *forced]
        folder = root / hashlib.sha256(" ".join(words).encode()).hexdigest()[:12]
        if (folder / "built").exists():
            return locate(folder)
        found = build(folder, packages, forced)
        (folder / "built").touch()
        return found

    return get


@pytest.fixture()
def doctor(tmp_path: Path) -> Callable[..., Ran]:
    folder = tmp_path / "work"
    folder.mkdir()

    def start(found: Environment, *argv: str, env: Dict[str, str] = KEY) -> Ran:
        return command("doctor", *argv, "--json", cwd=folder, python=found.python, env=env)

    return start


def loud(ran: Ran, *statuses: str) -> set:
    return set(ran.found(*statuses or ("fail", "warn", "crash"))) - {AGED}


# --- healthy -------------------------------------------------------------------------------------

HEALTHY = [(), ("openai==0.27.10",), ("openai==0.28.1",), ("openai==1.55.3",), ("openai==1.109.1",)]
HEALTHY += [("openai==2.0.0",)]
HEALTHY += [("openai==2.54.0",), ("openai==3.0.0",), ("openai==3.54.0",)] if NEW else []
HEALTHY += [("openai==1.55.2", "httpx==0.27.2"), ("openai==1.13.4", "httpx==0.27.2")]


def _names(packages: Tuple[str, ...], name: str) -> bool:
    return any(word.partition("=")[0] == name for word in packages)


@pytest.mark.parametrize("packages", HEALTHY, ids=lambda p: " ".join(p) or "none")
def test_health(environments: Any, doctor: Any, packages: Tuple[str, ...]) -> None:
    ran = doctor(environments((*packages, *(o for o in OWN if not _names(packages, o)))))
    assert (ran.code, loud(ran)) == (0, set()), ran.told()
    assert ran.finding("sdk-works")["status"] == "ok"


# --- versions that do not work together ----------------------------------------------------------


class Fault(NamedTuple):
    """``found``: the ids that must speak, no other may; ``level``: of the first of them."""

    found: Tuple[str, ...]
    packages: Tuple[str, ...]
    forced: Tuple[str, ...] = ()
    level: str = "fail"
    proved: bool = True  # the SDK fails here when it is tried


CONFLICTS = [
    Fault(("conflict-httpx-proxies",), ("openai==1.55.2", "httpx==0.28.1")),
    Fault(("conflict-httpx-proxies", "conflict-sse"), ("openai==1.6.1", "httpx==0.28.1")),
    Fault(("conflict-sse",), ("openai==1.6.1", "httpx==0.27.2"), level="warn", proved=False),
    Fault(("sdk-requirements",), ("openai==1.109.1",), ("typing-extensions==4.5.0",)),
    Fault(("sdk-stray-install",), ("openai==1.109.1", "install"), level="warn", proved=False),
    Fault(("conflict-pins",), ("openai==0.28.1",), ("langchain-openai==0.1.1",), proved=False),
    Fault(
        ("conflict-requests-urllib3",),
        ("openai==0.28.1", "requests==2.28.2"),
        ("urllib3==2.2.3",),
        level="warn",
        proved=False,
    ),
]
if NEW:
    pre = ("httpx==1.0.dev6", "truststore")
    CONFLICTS += [Fault(("conflict-httpx-prerelease",), ("openai==1.109.1",), pre)]
if (3, 10) <= sys.version_info < (3, 12):
    old = ("pydantic==2.3.0", "pydantic-core==2.6.3")
    CONFLICTS += [Fault(("conflict-pydantic",), ("openai==3.54.0",), old, proved=False)]
if not NEW and shutil.which("uv"):
    late = ("openai==2.54.0", "--python-version=3.10")  # as if this Python were newer
    CONFLICTS += [Fault(("sdk-python",), ("openai==1.109.1",), late)]
if sys.version_info < (3, 13):
    CONFLICTS += [Fault(("sdk-requirements",), ("openai==1.109.1",), ("pydantic-core==2.20.0",))]
if sys.version_info >= (3, 12):
    CONFLICTS += [
        Fault(("conflict-aiohttp",), ("openai==0.28.1", "aiohttp==3.6.2")),
        Fault(("conflict-urllib3",), ("openai==0.28.1", "requests==2.20.0")),
    ]
if sys.version_info >= (3, 13):
    CONFLICTS += [Fault(("conflict-httpx-cgi",), ("openai==1.109.1", "httpx==0.23.0"))]


@pytest.mark.parametrize("fault", CONFLICTS, ids=lambda f: f.found[0])
def test_versions(environments: Any, doctor: Any, fault: Fault) -> None:
    pinned = {word.partition("=")[0] for word in (*fault.packages, *fault.forced)}
    own = tuple(name for name in OWN if name not in pinned)
    ran = doctor(environments((*fault.packages, *own), fault.forced))
    assert loud(ran) == set(fault.found), ran.told()
    assert ran.finding(fault.found[0])["status"] == fault.level
    if fault.proved:
        consequences = ran.finding(fault.found[0])["consequences"]
        assert [row["id"] for row in consequences] == ["sdk-works"], "told inside its cause"
    assert ran.code == (1 if fault.level == "fail" else 0)


@pytest.mark.skipif(not NEW, reason="httpx2 needs Python 3.10")
def test_code_that_imports_httpx_under_openai_3(
    environments: Any, doctor: Any, tmp_path: Path
) -> None:
    found = environments(("openai==3.54.0", "requests", "python-dotenv", "packaging"))
    (tmp_path / "work" / "app.py").write_text("import httpx\n")
    ran = doctor(found, "app.py")
    assert loud(ran, "fail") == {"code-httpx-undeclared"}
    assert ran.finding("conflict-httpx-gone")["status"] == "info"


@pytest.mark.skipif(not NEW, reason="httpx2 needs Python 3.10")
@pytest.mark.parametrize(
    ("sdk", "code", "fails"),
    [
        ("2.40.0", "httpx2.Client()", True),
        ("2.54.0", "httpx2.Client()", False),
        ("3.54.0", "httpx2.Client()", False),
        ("3.54.0", "httpx2.AsyncClient()", True),
    ],
)
def test_a_client_of_the_wrong_kind(
    environments: Any, doctor: Any, tmp_path: Path, sdk: str, code: str, fails: bool
) -> None:
    """What the rule says is what the SDK does."""
    found = environments((f"openai=={sdk}", "httpx2", *OWN))
    text = f"import httpx2, openai\nopenai.OpenAI(api_key='x', http_client={code})\n"
    (tmp_path / "work" / "app.py").write_text(text)
    ran = doctor(found, "app.py")
    assert ("code-http-client" in ran.found("fail")) is fails
    done = subprocess.run([found.python, "app.py"], cwd=tmp_path / "work", capture_output=True)
    assert (b"Invalid `http_client`" in done.stderr) is fails


# --- broken installations ------------------------------------------------------------------------


def copied(found: Environment, folder: Path) -> Environment:
    """A copy that may be spoilt."""
    shutil.copytree(Path(found.python).parents[1], folder, symlinks=True)
    return locate(folder)


def remove(*patterns: str) -> Change:
    def change(python: str, site: Path) -> None:
        for pattern in patterns:
            for path in list(site.glob(pattern)):
                shutil.rmtree(path) if path.is_dir() else path.unlink()

    return change


def write(path: str, text: str = "x = 1\n") -> Change:
    def change(python: str, site: Path) -> None:
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(text)

    return change


def second_info(python: str, site: Path) -> None:
    info = site / "openai-0.28.1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: openai\nVersion: 0.28.1\n\n")


def legacy_over_modern(python: str, site: Path) -> None:
    for name in ("error.py", "api_requestor.py", "openai_object.py"):
        (site / "openai" / name).write_text("x = 1\n")


BROKEN: List[Tuple[str, Tuple[str, ...], Change]] = [
    ("sdk-duplicates", ("openai==1.109.1",), second_info),
    ("sdk-leftovers", ("openai==1.109.1",), legacy_over_modern),
    ("sdk-leftovers", ("openai==1.109.1",), remove("openai")),
    ("sdk-leftovers", ("openai==1.109.1",), write("~penai/__init__.py")),
    ("sdk-files", ("openai==1.109.1",), remove("openai/_client.py")),
    ("sdk-files", ("openai==0.28.1",), remove("openai/util.py")),
    ("sdk-requirements", ("openai==1.109.1",), remove("jiter", "jiter-*")),
    ("sdk-requirements", ("openai==1.109.1",), remove("h11", "h11-*")),
    ("sdk-requirements", ("openai==0.28.1",), remove("aiohttp", "aiohttp-*")),
    ("sdk-metadata", ("openai==1.109.1",), remove("openai-*/METADATA")),
]


@pytest.mark.parametrize(("check", "packages", "change"), BROKEN, ids=[row[0] for row in BROKEN])
def test_half_finished_installations(
    environments: Any,
    doctor: Any,
    tmp_path: Path,
    check: str,
    packages: Tuple[str, ...],
    change: Change,
) -> None:
    found = copied(environments((*packages, *OWN)), tmp_path / "env")
    change(found.python, found.site)
    ran = doctor(found)
    assert loud(ran) == {check}, ran.told()


@pytest.mark.skipif(not LINUX, reason="the file name of a compiled part")
def test_a_compiled_part_of_another_python(environments: Any, doctor: Any, tmp_path: Path) -> None:
    found = copied(environments(("openai==1.109.1", *OWN)), tmp_path / "env")
    for path in (found.site / "pydantic_core").glob("_pydantic_core*.so"):
        path.rename(path.with_name("_pydantic_core.cpython-37m-x86_64-linux-gnu.so"))
    ran = doctor(found)
    assert ran.found("fail") == ["sdk-files"] and loud(ran) == {"sdk-files"}


@pytest.mark.parametrize("more", [("--verify",), ()], ids=["proved", "as it is"])
def test_the_fix_is_run_and_can_be_undone(
    environments: Any, tmp_path: Path, more: Tuple[str, ...]
) -> None:
    """--fix --yes on the proxies pair: the smallest command, and the way back."""
    found = copied(environments(("openai==1.55.2", "httpx==0.28.1", *OWN[:1])), tmp_path / "env")
    words = ("doctor", "conflict-httpx-proxies", "sdk")
    where: Dict[str, Any] = {"cwd": tmp_path, "python": found.python, "env": {**KEY, **INDEX}}
    ran = command(*words, "--fix", "--yes", *more, **where)
    assert ran.code == 0, ran.told()
    assert ("verified: " in ran.out) is bool(more)
    assert "Mended: conflict-httpx-proxies" in ran.out
    undo = [line for line in ran.out.splitlines() if '"openai==1.55.2"' in line]
    assert len(undo) == 1
    install(found.python, "openai==1.55.2")
    assert command(*words, **where).code == 1  # undone


def test_verify_alone_touches_nothing(environments: Any, doctor: Any) -> None:
    found = environments(("openai==1.55.2", "httpx==0.28.1", *OWN[:1], *OWN[2:]))
    ran = doctor(found, "conflict-httpx-proxies", "--verify", env={**KEY, **INDEX})
    fix = ran.finding("conflict-httpx-proxies")["fix"]
    assert fix["verified"] == fix["commands"] != []
    assert ran.data["packages"]["openai"] == "1.55.2"
    assert ran.code == 1


def test_an_index_that_cannot_be_reached_is_named(environments: Any, tmp_path: Path) -> None:
    found = environments(("openai==1.55.2", "httpx==0.28.1", *OWN[:1], *OWN[2:]))
    nowhere = "http://127.0.0.1:9/simple"
    env = {**KEY, "PIP_INDEX_URL": nowhere, "UV_INDEX_URL": nowhere, "UV_NO_CONFIG": "1"}
    env.update(PIP_CONFIG_FILE=os.devnull, PIP_RETRIES="0", UV_NO_CACHE="1", UV_HTTP_RETRIES="0")
    ran = command(
        "doctor",
        "conflict-httpx-proxies",
        "--verify",
        cwd=tmp_path,
        python=found.python,
        env=env,
    )
    assert ran.code == 1
    assert "not verified" in ran.out and nowhere in ran.out


# --- the environment -----------------------------------------------------------------------------

VARIABLES: List[Tuple[str, str, Dict[str, str]]] = [
    ("network-socks", "openai==1.109.1", {"ALL_PROXY": "socks5://127.0.0.1:{open}"}),
    ("network-socks", "openai==0.28.1", {"ALL_PROXY": "socks5h://127.0.0.1:{open}"}),
    ("network-proxy-url", "openai==1.109.1", {"ALL_PROXY": "socks://127.0.0.1:{open}"}),
    ("network-proxy-url", "openai==1.109.1", {"HTTP_PROXY": "http://127.0.0.1:abc"}),
    ("network-proxy-alive", "openai==1.109.1", {"HTTPS_PROXY": "http://127.0.0.1:{closed}"}),
    (
        "network-no-proxy",
        "openai==1.109.1",
        {"NO_PROXY": "[::1]", "HTTPS_PROXY": "http://127.0.0.1:{open}"},
    ),
    ("network-ca-files", "openai==1.109.1", {"SSL_CERT_FILE": "/no/such/ca.pem"}),
    ("network-ca-files", "openai==0.28.1", {"REQUESTS_CA_BUNDLE": "/no/such/ca.pem"}),
    ("settings-azure", "openai==0.28.1", {"OPENAI_API_TYPE": "azure"}),
    ("settings-api-base", "openai==1.109.1", {"OPENAI_API_BASE": "https://api.deepseek.com"}),
    ("settings-vendor-headers", "openai==1.109.1", {"OPENAI_ORG_ID": "org-1"}),
    ("settings-key-shape", "openai==1.109.1", {"DEEPSEEK_API_KEY": "<DeepSeek API Key>"}),
    ("settings-key-shape", "openai==1.109.1", {"DEEPSEEK_API_KEY": '"sk-0123456789abcdef0123"'}),
    ("settings-key-shape", "openai==0.28.1", {"DEEPSEEK_API_KEY": "sk-0123456789abcdef0123 "}),
    ("settings-key-shape", "openai==3.54.0", {"DEEPSEEK_API_KEY": "sk-0123456789密钥abcdef0123"}),
    ("settings-key-vendor", "openai==1.109.1", {"DEEPSEEK_API_KEY": "sk-proj-0123456789abcdef"}),
    ("settings-base-url", "openai==1.109.1", {"DEEPSEEK_BASE_URL": "api.deepseek.com"}),
    (
        "settings-base-spellings",
        "openai==1.109.1",
        {
            "DEEPSEEK_BASE_URL": "https://api.deepseek.com",
            "DEEPSEEK_API_BASE": "https://api.deepseek.com/beta",
        },
    ),
    ("settings-own", "openai==1.109.1", {"DSADAPTER_REPAIR": "maybe"}),
    ("python-environment", "openai==1.109.1", {"VIRTUAL_ENV": "/somewhere/else"}),
]


@pytest.fixture()
def ports() -> Any:
    import socket

    with socket.socket() as listening, socket.socket() as bound:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        bound.bind(("127.0.0.1", 0))  # not listening
        yield {"open": listening.getsockname()[1], "closed": bound.getsockname()[1]}


@pytest.mark.parametrize(("check", "package", "env"), VARIABLES, ids=[r[0] for r in VARIABLES])
def test_variables(
    environments: Any, doctor: Any, ports: Any, check: str, package: str, env: Dict[str, str]
) -> None:
    if package == "openai==3.54.0" and not NEW:
        pytest.skip("openai 3 needs Python 3.10")
    filled = {name: value.format(**ports) for name, value in env.items()}
    ran = doctor(environments((package, *OWN)), env={**KEY, **filled})
    assert loud(ran) == {check}, ran.told()


FILES: List[Tuple[str, str, str, bytes]] = [
    ("sdk-shadow", "openai==1.109.1", "openai.py", b"x = 1\n"),
    ("sdk-shadow", "openai==1.109.1", "httpx.py", b"raise SystemExit(9)\n"),
    ("sdk-shadow", "openai==0.28.1", "requests.py", b"raise SystemExit(9)\n"),
    ("sdk-shadow", "openai==3.54.0", "httpx2.py", b"raise SystemExit(9)\n"),
    ("sdk-shadow", "openai==1.109.1", "dotenv.py", b"raise SystemExit(9)\n"),
    ("sdk-stdlib-shadow", "openai==1.109.1", "json.py", b"raise SystemExit(9)\n"),
    ("settings-env-encoding", "openai==1.109.1", ".env", "# 密钥\nA=1\n".encode("gbk")),
    ("settings-env-file", "openai==1.109.1", ".env", b"DEEPSEEK_BASE_URL\n"),
    ("settings-env-name", "openai==1.109.1", ".env.txt", b"DEEPSEEK_API_KEY=sk-1\n"),
    ("settings-key-sources", "openai==1.109.1", ".env", b"DEEPSEEK_API_KEY=sk-" + b"7" * 32),
]


@pytest.mark.parametrize(
    ("check", "package", "name", "raw"), FILES, ids=[f"{r[0]}-{r[2]}" for r in FILES]
)
def test_files_beside_the_program(
    environments: Any, doctor: Any, tmp_path: Path, check: str, package: str, name: str, raw: bytes
) -> None:
    if package == "openai==3.54.0" and not NEW:
        pytest.skip("openai 3 needs Python 3.10")
    (tmp_path / "work" / name).write_bytes(raw)
    ran = doctor(environments((package, *OWN)))
    assert loud(ran) == {check}, ran.told()


def test_site_packages_of_another_python(environments: Any, doctor: Any, tmp_path: Path) -> None:
    other = tmp_path / "lib" / "python3.7" / "site-packages"
    other.mkdir(parents=True)
    from doctor_machines import ROOT

    env = {**KEY, "PYTHONPATH": os.pathsep.join((str(ROOT), str(other)))}
    ran = doctor(environments(("openai==1.109.1", *OWN)), env=env)
    assert loud(ran) == {"python-path"}
