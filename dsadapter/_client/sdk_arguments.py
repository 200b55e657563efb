"""What the SDKs' clients take beside our settings: accepted, or refused where it would mean
something that does not happen here."""

from __future__ import annotations

from typing import Any, Mapping, Optional

from .._call.request import NOT_GIVEN
from .._errors.tree import InvalidArgumentError
from .._settings.table import CANONICAL

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .._settings.table import ClientArguments

# Without a meaning for the calls that there are here, whatever they are.
ACCEPTED = (
    "_enforce_credentials",
    "_strict_response_validation",
    "admin_api_key",
    "webhook_secret",
    "websocket_base_url",
)
# These say where calls go, or with what: accepted as None, and what to write instead of a value.
WITHOUT_VALUE = {
    "data_residency": 'Name the host: base_url="https://..."',
    "workload_identity": "Pass a function that gives the token: api_key=get_token",
}


def check_arguments(settings: Mapping[str, Any]) -> None:
    """Raises TypeError for what no SDK knows, InvalidArgumentError for a value without effect."""
    for name, value in settings.items():
        if name in WITHOUT_VALUE and is_given(value):
            raise InvalidArgumentError(f"{name} has no effect here.", hint=WITHOUT_VALUE[name])
        if name not in CANONICAL and name not in ACCEPTED and name not in WITHOUT_VALUE:
            text = f"OpenAI.__init__() got an unexpected keyword argument {name!r}"
            if name == "proxies":
                text += "; set HTTPS_PROXY, or pass http_client=httpx.Client(proxy=...)"
            raise TypeError(text)


def is_given(value: Any) -> bool:
    """Whether it is a value: neither None nor one of the SDKs' markers for "not given"."""
    return value is not None and type(value).__name__ not in NOT_GIVEN


if TYPE_CHECKING:

    class NewClientArguments(ClientArguments, total=False):
        """The keyword arguments of a client, ``http_client`` aside."""

        _enforce_credentials: Optional[bool]
        _strict_response_validation: bool
        admin_api_key: Optional[str]
        webhook_secret: Optional[str]
        websocket_base_url: Any
        data_residency: None
        workload_identity: None

    class CopyArguments(NewClientArguments, total=False):
        """The keyword arguments of ``with_options``."""

        api_key: Any
        http_client: Any
        set_default_headers: Optional[Mapping[str, Any]]
        set_default_query: Optional[Mapping[str, Any]]
        _extra_kwargs: Mapping[str, Any]
