"""Real signatures for methods that take ``**params``, made when somebody asks for one."""

from __future__ import annotations

from typing import Any, Callable, Dict, Iterable, Tuple, TypeVar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from inspect import Parameter, Signature


Method = TypeVar("Method", bound=Callable[..., Any])


class LazySignature:
    """Stands behind a function as its ``__wrapped__``, where ``inspect`` looks for a signature.

    Neither ``inspect`` nor the types of the arguments are loaded before that.
    """

    def __init__(self, parameters: Callable[[], Iterable[Parameter]]) -> None:
        self._parameters = parameters

    @property
    def __signature__(self) -> Signature:
        from inspect import Parameter, Signature

        me = Parameter("self", Parameter.POSITIONAL_OR_KEYWORD)
        return Signature([me, *self._parameters()])

    @property
    def __globals__(self) -> Dict[str, Any]:
        """What ``typing.get_type_hints`` reads the function's own annotations with."""
        from . import params

        return vars(params)


def create_signature(required: str, optional: str, **own: str) -> LazySignature:
    """The signature of a ``create``, from two classes of :mod:`params`; ``own`` are parameters of
    one method and their types."""
    return LazySignature(lambda: _create_parameters(required, optional, own))


def _create_parameters(required: str, optional: str, own: Dict[str, str]) -> Iterable[Parameter]:
    from inspect import Parameter

    from .._not_given import omit
    from . import params

    needed = getattr(params, required).__annotations__
    options = params.CallParams.__annotations__
    fields = {**own, **getattr(params, optional).__annotations__}
    names = [*needed, *(name for name in fields if name not in {**needed, **options}), *options]
    for name in names:
        hint = getattr(fields[name], "__forward_arg__", fields[name])
        default = Parameter.empty if name in needed else omit
        yield Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=hint)


def takes(options: str, **own: str) -> Callable[[Method], Method]:
    """A decorator of methods that end in ``**params``: in its place the signature has the fields of
    this class of :mod:`params`, and ``own`` parameters with their types."""

    def decorate(method: Method) -> Method:
        method.__wrapped__ = LazySignature(  # type: ignore[attr-defined]
            lambda: _method_parameters(method, options, own)
        )
        return method

    return decorate


def _method_parameters(method: Any, options: str, own: Dict[str, str]) -> Iterable[Parameter]:
    from inspect import Parameter, signature

    from .._not_given import omit
    from . import params

    yield from list(signature(method, follow_wrapped=False).parameters.values())[1:-1]
    common = params.CallParams.__annotations__
    fields = {**own, **getattr(params, options).__annotations__}
    for name in (*(name for name in fields if name not in common), *common):
        hint = getattr(fields[name], "__forward_arg__", fields[name])
        yield Parameter(name, Parameter.KEYWORD_ONLY, default=omit, annotation=hint)


def client_signature(*more: str) -> LazySignature:
    """The signature of a client's constructor, from the table of settings; with ``more`` in front
    everything is given by its name."""
    return LazySignature(lambda: _client_parameters(more))


def _client_parameters(more: Tuple[str, ...]) -> Iterable[Parameter]:
    from inspect import Parameter

    from .._settings.table import CANONICAL
    from .configured import ACCEPTED, WITHOUT_VALUE

    if not more:
        yield Parameter("api_key", Parameter.POSITIONAL_OR_KEYWORD, default=None)
    names = dict.fromkeys((*more, *CANONICAL, "http_client", *ACCEPTED, *WITHOUT_VALUE))
    for name in names:
        if more or name != "api_key":
            yield Parameter(name, Parameter.KEYWORD_ONLY, default=None)
