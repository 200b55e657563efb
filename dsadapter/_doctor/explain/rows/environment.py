"""Texts of broken environments: packages, files in the way, encodings (sdk-matrix 6, 8, 9, 11)."""

from __future__ import annotations

from typing import Tuple

from ..row import LIKELY, POSSIBLE, Row

ROWS: Tuple[Row, ...] = (
    Row(
        "env-shadow-script",
        r"partially initialized module '(?P<name>openai|httpx2?|requests|aiohttp|pydantic|dotenv)'"
        r"(?!.*(?:site|dist)-packages.*circular)",
        sure=LIKELY,
        checks=("sdk-shadow", "sdk-files"),
    ),
    Row(
        "env-shadow-file",
        r"cannot import name '\w+' from '(?P<name>openai|httpx2?|requests|aiohttp|pydantic)' "
        r"\((?!.*(?:site|dist)-packages)(?!unknown)[^)]+\)",
        checks=("sdk-shadow",),
    ),
    Row(
        "env-namespace",
        r"cannot import name '\w+' from '(?P<name>openai)' \(unknown location\)",
        ("pip install --force-reinstall openai",),
        checks=("sdk-shadow", "sdk-leftovers"),
    ),
    Row(
        "env-shadow-dependency",
        r"module '(?P<name>requests|aiohttp)' has no attribute "
        r"'(?:Session|StreamReader|ClientSession)'"
        r"|'(?P<other>openai|pydantic|typing_extensions|anyio|httpx2?|httpcore2?|requests|aiohttp|"
        r"urllib3|certifi|tqdm|dotenv|tiktoken|litellm|langchain\w*)' is not a package"
        r"|cannot import name 'URL' from '(?P<third>httpx2?)'",
        sure=LIKELY,
        checks=("sdk-shadow",),
    ),
    Row(
        "env-shadow-stdlib",
        r"consider renaming '(?P<name>[^']+)' since it has the same name as the standard library",
        checks=("sdk-stdlib-shadow",),
    ),
    Row(
        "env-shadow-renaming",
        r"consider renaming '(?P<name>[^']+)' if it has the same name as a third-party",
        checks=("sdk-shadow",),
    ),
    Row(
        "env-incomplete",
        r"No module named 'openai\.(?P<name>_\w+|types|resources|lib)\b"
        r"(?![\w.]*'; 'openai' is not)"
        r"|cannot import name '(?:types|api_requestor)' from partially initialized module 'openai'",
        ("pip install --upgrade --force-reinstall openai",),
        sure=LIKELY,
        checks=("sdk-files", "sdk-duplicates", "sdk-leftovers"),
    ),
    Row(
        "env-dsadapter",
        r"No module named '?dsadapter\b"
        r"|(?:satisfies the requirement|No matching distribution found for) dsadapter\b",
    ),
    Row(
        "env-not-installed",
        r"No module named '(?P<name>openai)'",
        ("pip install openai",),
        checks=("python-pip", "python-environment", "sdk-leftovers"),
        absent=True,
    ),
    Row(
        "env-missing-dependency",
        r"No module named '(?P<name>jiter|h11|httpcore2?|httpx2|certifi|truststore|sniffio|anyio|"
        r"distro|pydantic|pydantic_core|idna|tqdm|aiohttp|requests|urllib3|typing_extensions|dotenv)'",
        ("pip install {dist}",),
        checks=("sdk-requirements", "sdk-requirements", "sdk-leftovers"),
        absent=True,
    ),
    Row(
        "env-typing-extensions",
        r"cannot import name '(?P<name>\w+)' from 'typing_extensions'",
        ('pip install --upgrade "typing-extensions<5"',),
        checks=("sdk-requirements",),
    ),
    Row(
        "env-typing-extensions-typevar",
        r"type 'typing\.TypeVar' is not an acceptable base type",
        ('pip install --upgrade "typing-extensions<5"',),
        sure=LIKELY,
        checks=("sdk-requirements",),
    ),
    Row(
        "env-pydantic-core",
        r"pydantic-core version \((?P<name>[\d.]+)\) is incompatible",
        ("pip install --force-reinstall pydantic",),
        checks=("sdk-requirements",),
    ),
    Row(
        "env-wrong-python",
        r"cannot import name '\w+' from 'pydantic_core\._pydantic_core' \(unknown location\)"
        r"|No module named '(?P<name>pydantic_core\._pydantic_core|jiter\.jiter|aiohttp\._\w+)'",
        ("pip install --force-reinstall --no-deps {dist}",),
        checks=("sdk-files", "python-path"),
    ),
    Row(
        "env-httpx-prerelease",
        r"cannot import name 'Proxy' from 'httpx'",
        ('pip install "httpx<1"',),
        checks=("conflict-httpx-prerelease",),
    ),
    Row(
        "env-cgi",
        r"No module named 'cgi'",
        ('pip install "httpx>=0.23.1"', 'pip install "aiohttp>=3.9"'),
        checks=("conflict-httpx-cgi", "conflict-aiohttp"),
        sure=LIKELY,
    ),
    Row(
        "env-urllib3",
        r"No module named 'urllib3\.packages\.six\.moves'",
        ('pip install "requests>=2.31" "urllib3>=1.26.18"',),
        checks=("conflict-urllib3",),
    ),
    Row(
        "env-aiohttp",
        r"module 'asyncio\.coroutines' has no attribute '_DEBUG'",
        ('pip install "aiohttp>=3.9"',),
        checks=("conflict-aiohttp",),
    ),
    Row(
        "env-openssl",
        r"urllib3 v2(?:\.0)? only supports OpenSSL 1\.1\.1\+",
        ('pip install "urllib3<2"',),
        checks=("conflict-openssl",),
    ),
    Row(
        "env-requests-warning",
        r"RequestsDependencyWarning|doesn't match a supported version!",
        ('pip install "requests>=2.31"',),
        checks=("conflict-requests-urllib3",),
    ),
    Row(
        "env-closed-loop",
        r"Event loop is closed",
        sure=LIKELY,
    ),
    Row(
        "env-closed-client",
        r"Cannot send a request, as the client has been closed",
    ),
    Row(
        "env-import-module",
        r"ModuleNotFoundError: No module named '(?P<name>[\w.]+)'",
        ("pip install {dist}",),
        POSSIBLE,
        checks=("python-pip", "python-environment"),
    ),
)
