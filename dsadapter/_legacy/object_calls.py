"""Calls that objects make by themselves: ``engine.generate()``, ``model.refresh()``.

The objects stand below the requestor, which makes them; so this module, above both, gives them
their way to it.
"""

from __future__ import annotations

from typing import Any

from . import api_requestor, results
from .objects import OpenAIObject


def _requestor(owner: OpenAIObject) -> Any:
    return api_requestor.APIRequestor(
        key=owner.api_key,
        api_base=owner.api_base_override or owner.api_base(),
        api_type=owner.api_type,
        api_version=owner.api_version,
        organization=owner.organization,
    )


def call(
    owner: OpenAIObject, method: str, url: str, stream: bool, plain_old_data: bool, **request: Any
) -> Any:
    """One call with the settings of ``owner``: an object, or a generator of them."""
    requested = _requestor(owner).request(method, url, stream=stream, **request)
    return results.result(requested, stream, plain_old_data)


async def acall(
    owner: OpenAIObject, method: str, url: str, stream: bool, plain_old_data: bool, **request: Any
) -> Any:
    """The async twin of :func:`call`."""
    requested = await _requestor(owner).arequest(method, url, stream=stream, **request)
    return results.aresult(requested, stream, plain_old_data)


OpenAIObject._call, OpenAIObject._acall = call, acall
