"""``include`` and ``exclude`` of pydantic's dumps: sets and dicts of fields, nested at will."""

from __future__ import annotations

from typing import Any, Dict, Iterator, List, Mapping, Tuple

_ALL = "__all__"  # the key for every item of a list


def select(value: Any, include: Any = None, exclude: Any = None) -> Any:
    """What of plain data is included and not excluded; None stands for no selection.

    A selection is a set of keys or indexes, or a dict from them to True, ``...`` or a selection of
    what is below. Indexes may be negative, and ``"__all__"`` stands for each.
    """
    if include is None and exclude is None:
        return value
    if isinstance(value, dict):
        fields: Iterator[Tuple[Any, Any]] = ((key, (key,)) for key in value)
        return dict(_selected(value, fields, include, exclude))
    if isinstance(value, list):
        count = len(value)
        indexes = ((i, (i, i - count, _ALL)) for i in range(count))
        return [item for _, item in _selected(value, indexes, include, exclude)]
    return value


def _selected(
    value: Any, keys: Iterator[Tuple[Any, Any]], include: Any, exclude: Any
) -> Iterator[Tuple[Any, Any]]:
    for key, names in keys:
        included = True if include is None else _below(include, names)
        excluded = False if exclude is None else _below(exclude, names)
        if included is False or excluded is True:
            continue
        below = select(
            value[key],
            None if included is True else included,
            None if excluded is False else excluded,
        )
        yield key, below


def _below(selection: Any, names: Tuple[Any, ...]) -> Any:
    """True where all of the item is selected, False where nothing is, else what is selected of it;
    ``names`` are the keys that mean the item."""
    parts = _parts(selection)
    matches = [parts[name] for name in names if name in parts and parts[name] is not False]
    if not matches:
        return False
    if any(match is True or match is ... for match in matches):
        return True
    merged: Dict[Any, Any] = {}
    for match in matches:
        merged.update(_parts(match))
    return merged


def _parts(selection: Any) -> Mapping[Any, Any]:
    if isinstance(selection, Mapping):
        return selection
    keys: List[Any] = list(selection)
    return dict.fromkeys(keys, True)
