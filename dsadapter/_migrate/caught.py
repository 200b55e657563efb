"""What is read of an error that was caught."""

from __future__ import annotations

import ast
from typing import Any, Dict, FrozenSet, Iterator, List, Optional, Set

from .._source.python_file import last_name, subscript_key
from .analysis import Analysis
from .names import HANDLER, PARAMETER, Function, is_self_attribute
from .replies import Replies
from .reply_uses import AS_TEXT, LOGGING
from .resources import STATUS_ERRORS

# Fields that only errors of 0.28 have, and what newer ones have where a server answered.
FIELDS = {
    "user_message": 'body["message"]',
    "_message": 'body["message"]',
    "http_body": "response.text",
    "headers": "response.headers",
}
# What no other package's errors are likely to have.
TELLING = frozenset("http_status json_body http_body user_message".split())
HANDLERS = frozenset("errorhandler app_errorhandler exception_handler error_handler".split())
LOST = frozenset(
    "json_body error organization request_id should_retry code args __class__ __dict__".split()
)


def rewrite_caught(
    analysis: Analysis, replies: Replies, handler: ast.ExceptHandler, names: FrozenSet[str]
) -> None:
    """Ask for the edits of a clause that catches these classes of 0.28, or any error at all."""
    if not names and not _may_get_ours(analysis, replies, handler):
        return
    for use in _uses(analysis, handler.body, handler.name, HANDLER):
        _use(analysis, use, names)
    for node in ast.walk(ast.Module(body=handler.body, type_ignores=[])):
        if isinstance(node, ast.Call) and last_name(node.func) in ("format_exc", "exc_info"):
            analysis.mark("error-text", node)


def rewrite_registered(analysis: Analysis, classes: Dict[ast.AST, str]) -> None:
    """``@app.errorhandler(openai.error.OpenAIError)``: the last parameter is the error."""
    for function in analysis.all(ast.FunctionDef, ast.AsyncFunctionDef):
        for decorator in function.decorator_list:
            if isinstance(decorator, ast.Call) and last_name(decorator.func) in HANDLERS:
                names = frozenset(classes[node] for node in decorator.args if node in classes)
                if names and function.args.args:
                    name = function.args.args[-1].arg
                    for use in _uses(analysis, function.body, name, PARAMETER):
                        _use(analysis, use, names)


def mark_others(analysis: Analysis) -> None:
    """Fields of errors of 0.28, read of what nobody could follow."""
    followed = {
        position for edit in analysis.edits for position in range(edit.start + 1, edit.end + 1)
    }
    for node in analysis.all(ast.Attribute, ast.Call):
        if isinstance(node, ast.Call):
            is_asked = last_name(node.func) in ("getattr", "hasattr") and len(node.args) > 1
            name = getattr(node.args[1], "value", None) if is_asked else None
            place = node.args[1] if is_asked else node
        else:
            name = node.attr if isinstance(node.ctx, ast.Load) else None
            place = node
        if name not in TELLING or is_self_attribute(node):
            continue
        is_marked = analysis.is_marked(node, "error-text", "error-use")
        if analysis.document.span(place)[1] not in followed and not is_marked:
            analysis.mark("error-use", node)


def _uses(
    analysis: Analysis, body: List[ast.stmt], name: Optional[str], kind: str
) -> Iterator[ast.Name]:
    for node in ast.walk(ast.Module(body=body, type_ignores=[])):
        if isinstance(node, ast.Name) and node.id == name:
            bindings = analysis.names.of(node)
            if isinstance(node.ctx, ast.Load) and any(b.kind == kind for b in bindings):
                yield node


def _use(analysis: Analysis, node: ast.Name, names: FrozenSet[str]) -> None:
    parent: Any = analysis.document.parents[node]
    has_status = bool(names) and names <= STATUS_ERRORS
    if isinstance(parent, ast.Attribute):
        _field(analysis, node, parent, names, has_status)
    elif _is_text(parent, node):
        _text(analysis, node, parent, has_status)
    elif _is_asked(parent, node):
        _asked(analysis, parent)
    elif not _is_harmless(analysis, parent):
        analysis.mark("error-use" if names else "error-text", node)


def _is_asked(parent: Any, node: ast.AST) -> bool:
    """``getattr(error, name)``, ``hasattr(error, name)``"""
    asks = getattr(getattr(parent, "func", None), "id", "") in ("getattr", "hasattr")
    return asks and len(parent.args) > 1 and parent.args[0] is node


def _asked(analysis: Analysis, call: Any) -> None:
    name = getattr(call.args[1], "value", None)
    if name == "http_status":
        quote = analysis.document.quote_for(call)
        analysis.replace("error-field", call.args[1], f"{quote}status_code{quote}")
    elif not isinstance(name, str) or name in LOST or name in FIELDS:
        analysis.mark("error-text", call)


def _is_harmless(analysis: Analysis, parent: Any) -> bool:
    """It is raised again, or its class alone is looked at, and not by its name."""
    function = getattr(getattr(parent, "func", None), "id", "")
    is_class = function == "type"
    if is_class and not isinstance(analysis.document.parents[parent], ast.Compare):
        return False
    return isinstance(parent, (ast.Raise, ast.Compare)) or is_class or function == "isinstance"


def _field(
    analysis: Analysis, node: ast.Name, parent: ast.Attribute, names: FrozenSet[str], status: bool
) -> None:
    name = parent.attr
    if name == "http_status":
        quote = analysis.document.quote_for(parent)
        text = f"getattr({node.id}, {quote}status_code{quote}, None)"
        analysis.replace("error-field", parent, text)
    elif name == "json_body" and status and _is_error_entry(analysis, parent):
        analysis.replace("error-field", analysis.document.parents[parent], f"{node.id}.body")
    elif name in FIELDS and status:
        quote = analysis.document.quote_for(parent)
        text = FIELDS[name].replace('"', quote)
        analysis.replace("error-field", parent, f"{node.id}.{text}")
    elif name == "code" and names == {"InvalidRequestError"}:
        return
    elif name in LOST or name in FIELDS:
        analysis.mark("error-text", parent)


def _is_error_entry(analysis: Analysis, node: ast.AST) -> bool:
    """``error.json_body["error"]``: newer SDKs unpack it."""
    parent = analysis.document.parents[node]
    return isinstance(parent, ast.Subscript) and subscript_key(parent) == "error"


def _is_text(parent: Any, node: ast.AST) -> bool:
    if isinstance(parent, ast.FormattedValue):
        return True
    if isinstance(parent, ast.BinOp):
        return isinstance(parent.op, ast.Mod) and parent.right is node
    if isinstance(parent, ast.Tuple):
        return False
    name = getattr(getattr(parent, "func", None), "id", "")
    method = getattr(getattr(parent, "func", None), "attr", "")
    return isinstance(parent, ast.Call) and (
        name in AS_TEXT or method in LOGGING or method in ("format", "write")
    )


def _text(analysis: Analysis, node: ast.Name, parent: Any, has_status: bool) -> None:
    """The server's words, which were all of the text in 0.28."""
    shows_class = getattr(parent, "conversion", -1) == ord("r")
    shows_class = shows_class or getattr(getattr(parent, "func", None), "id", "") == "repr"
    if not has_status or shows_class:
        analysis.mark("error-text", node)
        return
    quote = analysis.document.quote_for(node)
    analysis.replace("error-field", node, f"{node.id}.body[{quote}message{quote}]")


# --- broad clauses -------------------------------------------------------------------------------


def _may_get_ours(analysis: Analysis, replies: Replies, handler: ast.ExceptHandler) -> bool:
    """Whether a clause for every error stands behind calls of openai."""
    caught = {getattr(node, "id", "") for node in ast.walk(handler.type or ast.Pass())}
    if handler.type is not None and not caught & {"Exception", "BaseException"}:
        return False
    clause: Any = analysis.document.parents[handler]
    return bool(called_in(replies, clause))


def called_in(replies: Replies, clause: Any) -> Set[str]:
    """The classes of 0.28 that the body of a ``try`` calls, itself or by way of functions of this
    file."""
    classes: Set[str] = set()
    seen: Set[Function] = set()
    for statement in clause.body:
        _collect(replies, statement, seen, classes)
    return classes


def _collect(replies: Replies, node: ast.AST, seen: Set[Function], classes: Set[str]) -> None:
    for inner in ast.walk(node):
        if not isinstance(inner, ast.Call):
            continue
        if inner in replies.calls:
            classes.add(replies.calls[inner].cls)
        for function in replies.functions(inner):
            if function not in seen:
                seen.add(function)
                _collect(replies, function, seen, classes)
