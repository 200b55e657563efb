"""Names: the packages that an openai SDK of any generation stands on, and what shadows them."""

from __future__ import annotations

# Import names; the distribution has "-" for "_" (dotenv: python-dotenv).
MODULES = (
    "openai",
    "httpx",
    "httpx2",
    "httpcore",
    "httpcore2",
    "requests",
    "urllib3",
    "aiohttp",
    "pydantic",
    "pydantic_core",
    "typing_extensions",
    "anyio",
    "sniffio",
    "certifi",
    "truststore",
    "idna",
    "h11",
    "jiter",
    "distro",
    "tqdm",
    "charset_normalizer",
    "multidict",
    "yarl",
    "frozenlist",
    "socksio",
    "socks",
    "dotenv",
    "packaging",
)
COMPILED = ("pydantic_core", "jiter", "aiohttp", "multidict", "yarl", "frozenlist")
DIST_OF = {"dotenv": "python-dotenv", "socks": "pysocks"}

# Names of the working directory that would hide one of these break an SDK (sdk-matrix 11).
SHADOWABLE = tuple(name for name in MODULES if name not in ("socks", "socksio"))

# Distributions, as pip names them.
STACK = tuple(DIST_OF.get(name, name.replace("_", "-")) for name in SHADOWABLE)


def import_name(dist: str) -> str:
    """The name that a distribution is imported by."""
    return next((m for m, d in DIST_OF.items() if d == dist), dist.replace("-", "_"))


LEGACY_ONLY = ("error.py", "api_requestor.py", "openai_object.py", "api_resources")
MODERN_ONLY = ("_client.py", "_base_client.py", "resources")

# Standard library modules that every SDK was seen to import from a folder, on 3.8 to 3.13: where
# the SDK is not tried (--no-probe), a file of that name beside the program is told of.
STDLIB = frozenset(
    "ast asyncio base64 binascii bisect bz2 calendar contextlib copy copyreg csv dataclasses "
    "datetime dis email fnmatch functools hashlib heapq hmac http importlib inspect ipaddress "
    "json keyword linecache locale logging lzma mimetypes opcode operator pathlib queue quopri "
    "random re reprlib select selectors shutil signal socket ssl string stringprep struct "
    "subprocess tempfile textwrap threading token tokenize traceback types typing unicodedata "
    "urllib warnings weakref zipfile zlib collections enum".split()
)
