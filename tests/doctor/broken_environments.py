"""Environments broken for real: what is done to a healthy one, and what the doctor must say."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Callable, Dict, List, NamedTuple, Optional, Tuple

LINUX = sys.platform.startswith("linux")


class Place(NamedTuple):
    """A copy of an environment that may be spoilt, and a folder with a program in it."""

    python: str
    site: Path
    work: Path


Change = Callable[[Place], Optional[Dict[str, str]]]  # may give variables for the doctor

BASES: Dict[str, Tuple[str, ...]] = {
    "none": (),
    "legacy": ("openai==0.28.1",),
    "modern": ("openai==1.109.1",),
    "proxies": ("openai==1.55.2", "httpx==0.28.1"),
    "early": ("openai==1.6.1", "httpx==0.27.2"),
}


class Case(NamedTuple):
    """``check`` must speak, and at most one more. ``by_hand``: ``--fix`` says why it does not
    mend."""

    name: str
    check: str
    base: str
    change: Change
    by_hand: bool = False
    argv: Tuple[str, ...] = ()


# --- changes -------------------------------------------------------------------------------------


def remove(*patterns: str) -> Change:
    def change(place: Place) -> None:
        paths = [path for pattern in patterns for path in place.site.glob(pattern)]
        assert paths, patterns
        for path in paths:
            shutil.rmtree(path) if path.is_dir() else path.unlink()

    return change


def cut(*names: str, to: float = 0.0) -> Change:
    def change(place: Place) -> None:
        for name in names:
            raw = (place.site / name).read_bytes()
            (place.site / name).write_bytes(raw[: int(len(raw) * to)])

    return change


def sabotage(name: str, line: str) -> Change:
    """A line put in front of a module."""

    def change(place: Place) -> None:
        path = place.site / name
        raw = path.read_text(encoding="utf-8")
        future = "from __future__ import annotations\n"
        path.write_text(f"{line}\n{raw.replace(future, '')}", encoding="utf-8")

    return change


def write(name: str, text: str = "x = 1\n") -> Change:
    """A file of the installation."""

    def change(place: Place) -> None:
        (place.site / name).parent.mkdir(parents=True, exist_ok=True)
        (place.site / name).write_text(text, encoding="utf-8")

    return change


def beside(files: Dict[str, Any]) -> Change:
    """Files beside the program, by their paths."""

    def change(place: Place) -> None:
        for name, content in files.items():
            path = place.work / name
            path.parent.mkdir(parents=True, exist_ok=True)
            raw = content if isinstance(content, bytes) else content.encode()
            path.write_bytes(raw)

    return change


def install(*words: str) -> Change:
    """What a careless ``pip install`` leaves."""

    def change(place: Place) -> None:
        command = [place.python, "-m", "pip", "install", "-q", "--no-deps", *words]
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)

    return change


def variables(**values: str) -> Change:
    return lambda place: {name: value.format(work=place.work) for name, value in values.items()}


def several(*changes: Change) -> Change:
    def change(place: Place) -> Dict[str, str]:
        rows = [change(place) or {} for change in changes]
        return {name: value for row in rows for name, value in row.items()}

    return change


def second_info(place: Place) -> None:
    write(
        "openai-0.28.1.dist-info/METADATA",
        "Metadata-Version: 2.1\nName: openai\nVersion: 0.28.1\n\n",
    )(place)


def other_python(place: Place) -> Dict[str, str]:
    """PYTHONPATH leads to another Python's packages, some of them compiled."""
    folder = place.work.parent / "lib" / "python3.7" / "site-packages"
    shutil.copytree(place.site / "pydantic", folder / "pydantic")
    for path in (folder / "pydantic").glob("*.so"):
        path.unlink()
    info = folder / "pydantic-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: pydantic\nVersion: 1.0\n\n")
    return {"PYTHONPATH": str(folder)}


def target_folder(place: Place) -> Dict[str, str]:
    """A package of ``pip install --target``, with half a file."""
    folder = place.work.parent / "vendored"
    folder.mkdir()
    for path in place.site.glob("idna*"):
        shutil.move(str(path), str(folder / path.name))
    raw = (folder / "idna" / "core.py").read_bytes()
    (folder / "idna" / "core.py").write_bytes(raw[: len(raw) // 3])
    return {"PYTHONPATH": str(folder)}


def compiled_for_another(place: Place) -> None:
    for path in (place.site / "pydantic_core").glob("_pydantic_core*.so"):
        path.rename(path.with_name("_pydantic_core.cpython-37m-x86_64-linux-gnu.so"))


RAISES = "raise RuntimeError('sabotaged')"
ENDS = "import os; os._exit(3)"
GBK = "# 密钥\nDEEPSEEK_TIMEOUT=30\n".encode("gbk")

CASES: List[Case] = [
    # files of packages
    Case("module gone", "sdk-files", "modern", remove("openai/_client.py")),
    Case("zero-byte package", "sdk-files", "modern", cut("openai/__init__.py")),
    Case("half a module", "sdk-files", "modern", cut("httpx/_client.py", to=0.4)),
    Case("httpx raises", "sdk-files", "modern", sabotage("httpx/__init__.py", RAISES)),
    Case("dotenv raises", "sdk-files", "modern", sabotage("dotenv/__init__.py", RAISES)),
    Case("packaging raises", "sdk-files", "modern", sabotage("packaging/version.py", RAISES)),
    Case("packaging raises, no SDK", "sdk-files", "none", sabotage("packaging/version.py", RAISES)),
    Case("no certificates", "sdk-files", "modern", remove("certifi/cacert.pem")),
    Case("half the certificates", "sdk-files", "legacy", cut("certifi/cacert.pem", to=0.3)),
    Case("jiter without its core", "sdk-files", "modern", remove("jiter/*.so")),
    Case("pydantic without its core", "sdk-files", "modern", remove("pydantic_core/*.so")),
    Case("core of another Python", "sdk-files", "modern", compiled_for_another),
    Case("the SDK ends the process", "sdk-files", "modern", sabotage("openai/__init__.py", ENDS)),
    Case("0.28 ends the process", "sdk-files", "legacy", sabotage("openai/__init__.py", ENDS)),
    Case("0.28 without a module", "sdk-files", "legacy", remove("openai/util.py")),
    Case("aiohttp emptied", "sdk-files", "legacy", cut("aiohttp/client.py")),
    Case("requests emptied", "sdk-files", "none", cut("requests/__init__.py")),
    Case("idna without its core", "sdk-files", "modern", remove("idna/core.py")),
    Case(
        "two at once",
        "sdk-files",
        "modern",
        several(remove("h11/_state.py"), cut("anyio/__init__.py")),
    ),
    Case("vendored and damaged", "sdk-files", "modern", target_folder),
    # registrations
    Case("two registrations", "sdk-duplicates", "modern", second_info),
    Case("no METADATA", "sdk-metadata", "modern", remove("openai-*/METADATA")),
    Case("empty METADATA", "sdk-metadata", "modern", cut("httpx-0.28.1.dist-info/METADATA")),
    Case("no METADATA, 0.28", "sdk-metadata", "legacy", remove("openai-*/METADATA")),
    Case(
        "another version inside",
        "sdk-metadata",
        "modern",
        write("openai/_version.py", '__title__ = "openai"\n__version__ = "1.108.0"\n'),
    ),
    Case("code gone", "sdk-leftovers", "modern", remove("openai")),
    Case("code of httpx gone", "sdk-leftovers", "modern", remove("httpx")),
    Case("code of requests gone", "sdk-leftovers", "none", remove("requests")),
    Case("debris", "sdk-leftovers", "modern", write("~penai/__init__.py")),
    Case(
        "debris of a registration",
        "sdk-leftovers",
        "modern",
        write("~penai-1.0.dist-info/METADATA", "x\n"),
    ),
    Case(
        "0.28 over 1.x",
        "sdk-leftovers",
        "modern",
        several(write("openai/error.py"), write("openai/api_requestor.py")),
    ),
    Case(
        "1.x over 0.28",
        "sdk-leftovers",
        "legacy",
        several(write("openai/_base_client.py"), write("openai/resources/__init__.py")),
    ),
    # needs
    Case("no jiter", "sdk-requirements", "modern", remove("jiter", "jiter-*")),
    Case("no h11", "sdk-requirements", "modern", remove("h11", "h11-*")),
    Case("no tqdm", "sdk-requirements", "modern", remove("tqdm", "tqdm-*")),
    Case(
        "no annotated-types",
        "sdk-requirements",
        "modern",
        remove("annotated_types", "annotated_types-*"),
    ),
    Case("no aiohttp", "sdk-requirements", "legacy", remove("aiohttp", "aiohttp-*")),
    Case("no yarl", "sdk-requirements", "legacy", remove("yarl", "yarl-*")),
    Case("no dotenv", "sdk-requirements", "modern", remove("dotenv", "python_dotenv-*")),
    Case(
        "no dotenv and a .env",
        "sdk-requirements",
        "none",
        several(
            remove("dotenv", "python_dotenv-*"),
            beside({".env": "DEEPSEEK_API_KEY=sk-0123456789abcdef0123\n"}),
        ),
    ),
    Case("no packaging", "sdk-requirements", "none", remove("packaging", "packaging-*")),
    Case("no httpx", "sdk-requirements", "modern", remove("httpx", "httpx-*")),
    Case("no httpx for 1.55.2", "sdk-requirements", "proxies", remove("httpx", "httpx-*")),
    Case("no requests", "sdk-requirements", "none", remove("requests", "requests-*")),
    Case(
        "five gone",
        "sdk-requirements",
        "modern",
        remove("jiter*", "h11*", "idna*", "distro*", "sniffio*"),
    ),
    Case(
        "old typing-extensions", "sdk-requirements", "modern", install("typing-extensions==4.5.0")
    ),
    Case("old anyio", "sdk-requirements", "modern", install("anyio==3.4.0")),
    Case("old httpx", "sdk-requirements", "modern", install("httpx==0.22.0")),
    Case("old packaging", "sdk-requirements", "none", install("python-dotenv==0.15.0")),
    # combinations
    Case("proxies", "conflict-httpx-proxies", "proxies", several()),
    Case("event streams", "conflict-sse", "early", several()),
    Case("a chain wants another", "conflict-pins", "legacy", install("langchain-openai==0.1.1")),
    Case("old requests", "conflict-requests-urllib3", "legacy", install("requests==2.28.2")),
    Case("install install", "sdk-stray-install", "modern", install("install")),
    # beside the program
    Case("openai.py", "sdk-shadow", "modern", beside({"openai.py": "x = 1\n"})),
    Case(
        "openai.py, and a second name",
        "sdk-shadow",
        "modern",
        beside({"openai.py": "x = 1\n", "openai_app.py": "mine\n"}),
    ),
    Case("a folder httpx", "sdk-shadow", "modern", beside({"httpx/__init__.py": "x = 1\n"})),
    Case("json.py", "sdk-stdlib-shadow", "modern", beside({"json.py": RAISES})),
    Case(
        "json.py beside a program below",
        "sdk-stdlib-shadow",
        "modern",
        beside({"json.py": "mine\n", "sub/json.py": RAISES, "sub/app.py": "import openai\n"}),
        argv=("sub/app.py",),
    ),
    Case("helpers named openai", "sdk-shadow", "none", beside({"openai/helpers.py": "x = 1\n"})),
    Case(
        ".env in GBK, a copy there",
        "settings-env-encoding",
        "modern",
        beside({".env": GBK, ".env.bak": "mine\n"}),
    ),
    Case(
        ".env.txt", "settings-env-name", "modern", beside({".env.txt": "DEEPSEEK_API_KEY=sk-1\n"})
    ),
    # variables: done by hand
    Case("no pip", "python-pip", "modern", remove("pip", "pip-*")),
    Case("another Python's packages", "python-path", "modern", other_python, by_hand=True),
    Case(
        "another environment",
        "python-environment",
        "modern",
        variables(VIRTUAL_ENV="{work}"),
        by_hand=True,
    ),
    Case(
        "a dead proxy",
        "network-proxy-alive",
        "modern",
        variables(HTTPS_PROXY="http://127.0.0.1:9"),
        by_hand=True,
    ),
    Case(
        "no such certificates",
        "network-ca-files",
        "legacy",
        variables(REQUESTS_CA_BUNDLE="{work}/ca.pem"),
        by_hand=True,
    ),
    Case(
        "the guide's placeholder",
        "settings-key-shape",
        "modern",
        variables(DEEPSEEK_API_KEY="<DeepSeek API Key>"),
        by_hand=True,
    ),
    Case(
        "a key with stars",
        "settings-key-shape",
        "modern",
        variables(DEEPSEEK_API_KEY="sk-ee3*****1661c7ab"),
        by_hand=True,
    ),
]


# --- healthy -------------------------------------------------------------------------------------


def no_record(place: Place) -> None:
    """As the packages of an operating system: no RECORD, no INSTALLER."""
    for name in ("RECORD", "INSTALLER"):
        for path in place.site.glob(f"httpx-*/{name}"):
            path.unlink()


def older_layer(place: Place) -> Dict[str, str]:
    """A second, older copy further behind on the path."""
    folder = place.work.parent / "layer"
    info = folder / "httpx-0.25.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: httpx\nVersion: 0.25.0\n\n")
    (place.site / "layer.pth").write_text(f"{folder}\n")
    return {}


def vendored(place: Place) -> Dict[str, str]:
    folder = place.work.parent / "vendored"
    folder.mkdir()
    for path in place.site.glob("idna*"):
        shutil.move(str(path), str(folder / path.name))
    return {"PYTHONPATH": str(folder)}


def editable(place: Place) -> None:
    """A project of one's own, installed in place."""
    info = "Metadata-Version: 2.1\nName: mine\nVersion: 1\nRequires-Dist: openai>=1\n\n"
    write("mine-1.dist-info/METADATA", info)(place)
    write("mine-1.dist-info/direct_url.json", "{}")(place)
    write("mine.pth", f"{place.work}\n")(place)


def without_pyc(place: Place) -> None:
    for path in list(place.site.rglob("__pycache__")):
        shutil.rmtree(path)


HEALTHY: List[Tuple[str, str, Change]] = [
    ("no SDK", "none", several()),
    ("0.28", "legacy", several()),
    ("1.109", "modern", several()),
    ("of the operating system", "modern", no_record),
    ("an older layer", "modern", older_layer),
    ("vendored", "modern", vendored),
    ("editable", "modern", editable),
    ("no caches", "modern", without_pyc),
    ("no type stubs", "modern", remove("*/py.typed")),
    ("no licences", "modern", remove("*.dist-info/licenses")),
    ("array.py", "modern", beside({"array.py": "x = 1\n"})),
    (
        "antigravity.py and this.py",
        "modern",
        beside({"antigravity.py": "x = 1\n", "this.py": "x = 1\n"}),
    ),
    ("turtle.py", "legacy", beside({"turtle.py": "x = 1\n"})),
    ("a folder of tests", "modern", beside({"test/__init__.py": ""})),
    ("openai_app.py", "modern", beside({"openai_app.py": "x = 1\n"})),
    ("a folder openai_helpers", "modern", beside({"openai_helpers/__init__.py": ""})),
    ("a .env", "modern", beside({".env": "DEEPSEEK_TIMEOUT=30\n# a note\n"})),
    ("a working proxy variable", "modern", variables(NO_PROXY="localhost")),
    ("a folder of nothing", "none", beside({"data/x.txt": ""})),
    (
        "a base on this machine",
        "modern",
        variables(DEEPSEEK_BASE_URL="http://127.0.0.1:9/v1", DEEPSEEK_API_KEY="EMPTY"),
    ),
]
