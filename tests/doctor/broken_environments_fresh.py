"""A second set of environments, broken and healthy, written before any check was mended for it:
what was measured then stands in docs/doctor.md."""

from __future__ import annotations

from typing import List, Tuple

from broken_environments import (
    Case,
    Change,
    beside,
    cut,
    install,
    remove,
    sabotage,
    several,
    variables,
)

FRESH: List[Case] = [
    Case("no httpcore", "sdk-requirements", "modern", remove("httpcore", "httpcore-*")),
    Case("no sniffio", "sdk-requirements", "modern", remove("sniffio", "sniffio-*")),
    Case("half of _models.py", "sdk-files", "modern", cut("openai/_models.py", to=0.5)),
    Case("types gone", "sdk-files", "modern", remove("openai/types")),
    Case("typing_extensions emptied", "sdk-files", "modern", cut("typing_extensions.py")),
    Case(
        "urllib3 raises", "sdk-files", "none", sabotage("urllib3/__init__.py", "raise OSError(5)")
    ),
    Case(
        "no charset_normalizer",
        "sdk-requirements",
        "none",
        remove("charset_normalizer", "charset_normalizer-*"),
    ),
    Case("httpx too old for us", "sdk-requirements", "none", install("httpx==0.22.0")),
    Case("dotenv too old for us", "sdk-requirements", "none", install("python-dotenv==0.18.0")),
    Case("no distro", "sdk-requirements", "modern", remove("distro", "distro-*")),
    Case("multidict emptied", "sdk-files", "legacy", cut("multidict/__init__.py")),
    Case("email/", "sdk-stdlib-shadow", "legacy", beside({"email/__init__.py": "x = 1\n"})),
    Case("requests/", "sdk-shadow", "none", beside({"requests/__init__.py": "x = 1\n"})),
    Case("Azure left over", "settings-azure", "legacy", variables(OPENAI_API_TYPE="azure"), True),
    Case(
        "a key in quotes",
        "settings-key-shape",
        "modern",
        variables(DEEPSEEK_API_KEY="'sk-0123456789abcdef0123'"),
        by_hand=True,
    ),
    Case(
        "a proxy of no known kind",
        "network-proxy-url",
        "modern",
        variables(HTTPS_PROXY="htp://127.0.0.1:1"),
        by_hand=True,
    ),
    Case(
        "a .env in UTF-16",
        "settings-env-encoding",
        "modern",
        beside({".env": "# 密钥\nDEEPSEEK_TIMEOUT=30\n".encode("utf-16")}),
    ),
]

HEALTHY_FRESH: List[Tuple[str, str, Change]] = [
    (
        "pydantic 1",
        "modern",
        several(remove("pydantic", "pydantic-*"), install("pydantic==1.10.26")),
    ),
    ("stubs beside", "modern", install("types-requests==2.32.4.20250913")),
    ("files of a project", "modern", beside({"utils.py": "", "config.py": "", "data.json": "{"})),
    ("a .env as shells write it", "none", beside({".env": "export A=\"b c\" # note\nB='x'\n"})),
    ("a folder with Chinese names", "modern", beside({"数据/说明.txt": "软件"})),
    ("the base of DeepSeek", "modern", variables(OPENAI_BASE_URL="https://api.deepseek.com")),
    ("no docs of tqdm", "modern", remove("tqdm/tqdm.1", "tqdm/completion.sh")),
    ("quiet Python", "legacy", variables(PYTHONDONTWRITEBYTECODE="1", PYTHONUTF8="1")),
]
