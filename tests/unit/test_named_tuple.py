"""Named tuples behave as ``typing.NamedTuple`` does; that stands beside them for comparison."""

from __future__ import annotations

import inspect
import pickle
import typing
from typing import Any, Tuple

import pytest

from dsadapter._named_tuple import NamedTuple


class Ours(NamedTuple):
    name: str
    hosts: Tuple[str, ...] = ()
    page: str = "none"

    def first(self) -> str:
        return self.hosts[0]


class Theirs(typing.NamedTuple):
    name: str
    hosts: Tuple[str, ...] = ()
    page: str = "none"

    def first(self) -> str:
        return self.hosts[0]


@pytest.mark.parametrize(
    ("values", "named"),
    [
        (("a",), {}),
        (("a", ("h",), "p"), {}),
        ((), {"name": "a", "page": "p"}),
        (("a",), {"hosts": ("h",)}),
    ],
)
def test_construction(values: Any, named: Any) -> None:
    ours, theirs = Ours(*values, **named), Theirs(*values, **named)
    assert ours == tuple(theirs) and hash(ours) == hash(theirs)
    assert (ours.name, ours.hosts, ours.page) == (theirs.name, theirs.hosts, theirs.page)
    assert repr(ours) == repr(theirs).replace("Theirs", "Ours")
    assert ours._asdict() == theirs._asdict()
    assert tuple(ours._replace(page="q")) == tuple(theirs._replace(page="q"))
    assert type(ours._replace(page="q")) is Ours
    assert Ours(*ours) == ours
    again = pickle.loads(pickle.dumps(ours))
    assert again == ours and type(again) is Ours


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ((), {}),
        ((), {"nmae": "a"}),
        (("a", (), "p", 4), {}),
        (("a",), {"nmae": 1}),
        (("a",), {"name": "b"}),
    ],
)
def test_wrong_arguments(values: Any, named: Any) -> None:
    for cls in (Ours, Theirs):
        with pytest.raises(TypeError):
            cls(*values, **named)


@pytest.mark.parametrize("count", range(1, 20))
def test_any_number_of_fields(count: int) -> None:
    names = [f"field_{number}" for number in range(count)]
    annotations = dict.fromkeys(names, "int")
    cls: Any = type("Cls", (NamedTuple,), {"__annotations__": annotations, names[-1]: 7})
    one = cls(**dict(zip(names[:-1], range(count))))
    assert tuple(one) == (*range(count - 1), 7) and one[-1] == getattr(one, names[-1])
    assert list(inspect.signature(cls.__new__).parameters) == ["_cls", *names]
    with pytest.raises(TypeError):
        cls(other=1)


def test_it_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        Ours("a").name = "b"  # type: ignore[misc]


def test_methods() -> None:
    assert Ours("a", ("h",)).first() == "h"


def test_a_subclass_has_the_fields_of_its_base() -> None:
    class Words:
        name: str

        @property
        def shout(self) -> str:
            return self.name.upper()

    class Base(NamedTuple):  # of which none was made yet
        name: str
        hosts: Tuple[str, ...] = ()

    class Louder(Words, Base):
        label = "loud"

    one = Louder("a", ("h",))
    assert (one.shout, one.hosts, one._fields, Louder.label) == (
        "A",
        ("h",),
        ("name", "hosts"),
        "loud",
    )
    renamed = one._replace(name="b")
    assert type(renamed) is Louder and tuple(renamed) == ("b", ("h",))
