"""Classes of 0.28 that today's SDK has by the same name for something else: its replies.

``dsadapter.ChatCompletion`` has ``create`` as 0.28's has, and counts the replies of ``OpenAI()``
as its instances; a field of that type, ``TypeAdapter`` and FastAPI's ``response_model`` hold
today's.
"""

from __future__ import annotations

from typing import Any

# What pydantic, and programs that know it, ask a class for; 0.28 has none of it.
_OF_MODELS = frozenset(
    "model_construct model_fields model_json_schema model_validate model_validate_json "
    "__get_pydantic_core_schema__ __get_validators__ __modify_schema__".split()
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from abc import ABCMeta as _Type  # what a dict's class is for checkers
else:
    _Type = type


class BothFaces(_Type):
    """The class of such classes, each of which names today's as ``_modern``. Replies themselves are
    made without it."""

    def __instancecheck__(cls, instance: Any) -> bool:
        if type.__instancecheck__(cls, instance):
            return True
        modern = vars(cls).get("_modern")  # a program's own subclass has none
        return modern is not None and isinstance(instance, modern)

    def __getattr__(cls, name: str) -> Any:
        modern = vars(cls).get("_modern")
        if name in _OF_MODELS and modern is not None:
            return getattr(modern, name)
        raise AttributeError(f"type object {cls.__name__!r} has no attribute {name!r}")
