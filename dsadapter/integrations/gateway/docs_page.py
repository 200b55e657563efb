"""``/docs``: the OpenAPI document as one page of HTML, without a script and without the network."""

from __future__ import annotations

import json
from html import escape
from typing import Any, Dict, Iterator, List, Mapping

# Nothing but the style in the page itself: no script, no font, no picture from anywhere.
HEADERS = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"}
_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem }
h2 { font-size: 1.1rem; margin-top: 2.5rem } pre, code { font-family: ui-monospace, monospace }
pre { background: #8881; padding: .75rem; overflow-x: auto; white-space: pre-wrap }
table { border-collapse: collapse } td { padding: .15rem 1rem .15rem 0; vertical-align: top }
:root { color-scheme: light dark }
"""


def page(document: Mapping[str, Any]) -> str:
    """The page for an OpenAPI document."""
    info = document["info"]
    title = escape(f"{info['title']} {info['version']}")
    parts = [f"<h1>{title}</h1>", *map(_paragraph, info.get("description", "").split("\n\n"))]
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            parts += _operation(method.upper(), path, operation)
    body = "\n".join(parts)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{title}</title><style>{_STYLE}</style></head>\n<body>\n{body}\n</body></html>\n"
    )


def _paragraph(text: str) -> str:
    """A paragraph; what stands between backticks is code."""
    words = escape(text).split("`")
    parts = (f"<code>{word}</code>" if odd % 2 else word for odd, word in enumerate(words))
    return f"<p>{''.join(parts)}</p>"


def _operation(method: str, path: str, operation: Dict[str, Any]) -> Iterator[str]:
    yield f"<h2><code>{method} {escape(path)}</code> {escape(operation.get('summary', ''))}</h2>"
    if operation.get("description"):
        yield _paragraph(operation["description"])
    if operation.get("security"):
        yield _paragraph("With access tokens set: `Authorization: Bearer TOKEN`.")
    yield from _request(operation.get("requestBody", {}).get("content", {}))
    rows = [_response(status, response) for status, response in operation["responses"].items()]
    yield f"<table>{''.join(rows)}</table>"


def _request(content: Mapping[str, Any]) -> Iterator[str]:
    for kind, media in content.items():
        yield _paragraph(f"`Content-Type: {kind}`; needed: {_needed(media.get('schema', {}))}.")
        if "example" in media:
            example = json.dumps(media["example"], indent=2, ensure_ascii=False)
            yield f"<pre>{escape(example)}</pre>"


def _needed(schema: Mapping[str, Any]) -> str:
    names: List[str] = schema.get("required", [])
    return ", ".join(f"`{name}`" for name in names) or "nothing"


def _response(status: str, response: Mapping[str, Any]) -> str:
    kinds = " or ".join(f"<code>{escape(kind)}</code>" for kind in response.get("content", {}))
    described = _paragraph(response.get("description", ""))
    return f"<tr><td>{escape(status)}</td><td>{described}</td><td>{kinds}</td></tr>"
