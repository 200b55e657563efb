"""Where a call goes: the client that it is made on, and the host that the client was given."""

from __future__ import annotations

import ast
import re
from typing import Any, Optional

from ..._settings.providers import GENERIC, VENDORS, by_host, host_of
from ..._source.python_file import names_in
from .source import Source

HOSTS = tuple(host for row in VENDORS for host in row.hosts)
BASE_KEYWORDS = ("base_url", "api_base", "azure_endpoint")
# Names that DeepSeek's own API has or had. `deepseek-r1:7b` and `deepseek-ai/DeepSeek-V3` are of
# other servers.
_OWN_MODEL = re.compile(r"deepseek-(chat|reasoner|coder|flash|pro|v\d[\w.-]*)$")
_URL = re.compile(r"https?://[^\s'\"]+")
_STEPS = (ast.Attribute, ast.Await)
DEEPSEEK, OTHER, UNKNOWN = "deepseek", "other", ""


def is_own_model(name: str) -> bool:
    """Whether DeepSeek's API has or had a model of this name."""
    return bool(_OWN_MODEL.match(name))


def client_of(source: Source, node: Optional[ast.AST]) -> Optional[ast.Call]:
    """The call that made the client on which ``client.chat.completions.create`` is called."""
    for _ in range(12):
        expression: Any = source.resolved(node)
        if isinstance(expression, ast.Call):
            if source.dotted(expression.func).endswith((".with_options", ".copy")):
                node = expression.func
                continue
            return expression
        if not isinstance(expression, _STEPS):
            return None
        node = expression.value
    return None


def base_of(source: Source, client: Optional[ast.Call]) -> Optional[ast.expr]:
    """The expression of a client's base URL, None where it was not given one."""
    for keyword in client.keywords if client is not None else ():
        if keyword.arg in BASE_KEYWORDS:
            return keyword.value
    return None


def vendor_in(source: Source, node: Optional[ast.AST]) -> str:
    """DEEPSEEK or OTHER by the addresses in an expression, UNKNOWN where none is to be seen."""
    for url in _URL.findall(source.texts(node)):
        vendor = by_host(host_of(url))
        return DEEPSEEK if vendor.name == "deepseek" else OTHER
    return UNKNOWN


def is_known_host(source: Source, node: Optional[ast.AST]) -> bool:
    """Whether an expression has the address of a vendor, for whom a real key is needed."""
    return any(by_host(host_of(url)) is not GENERIC for url in _URL.findall(source.texts(node)))


def vendor_of_call(source: Source, node: ast.Call) -> str:
    """Whose host a call of an SDK goes to, as far as it can be seen."""
    for keyword in node.keywords:
        if keyword.arg in BASE_KEYWORDS:
            return vendor_in(source, keyword.value) or _by_variable(source, keyword.value)
    client = client_of(source, node.func)
    if client is not None and "Azure" in source.dotted(client.func):
        return OTHER
    base = base_of(source, client)
    if base is not None:
        return vendor_in(source, base) or _by_variable(source, base)
    return str(source.facts.get("module-vendor", UNKNOWN))


def _by_variable(source: Source, node: ast.AST) -> str:
    """``os.environ["OLLAMA_URL"]`` says whose it is by its name."""
    words = " ".join([source.texts(node), *names_in(node)])
    return DEEPSEEK if "deepseek" in words.lower() else UNKNOWN
