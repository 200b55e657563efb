"""``openai.api_resources.abstract`` of 0.28: what the resources are made of."""

from __future__ import annotations

from typing import Any, Awaitable, Dict, Iterable, Iterator, Optional, Tuple
from urllib.parse import quote_plus

from .._errors.tree import LegacyInvalidRequestError
from .._settings import redaction
from . import api_requestor, results, settings
from .nested_resources import nested_resource_class_methods as nested_resource_class_methods
from .objects import OpenAIObject

MAX_TIMEOUT = 20


class APIResource(OpenAIObject):
    """A kind of thing under one path."""

    api_prefix = ""
    azure_api_prefix = "openai"
    azure_deployments_prefix = "deployments"
    OBJECT_NAME = ""

    def __init_subclass__(cls, hides_locals: bool = True, **kwargs: Any) -> None:
        """Errors of the class methods of this package leave no key in local variables, unless they
        say that the methods see to that themselves. A caller's subclass stays as it was written."""
        super().__init_subclass__(**kwargs)
        ours = cls.__module__.startswith(f"{__package__}.")
        for name, method in list(vars(cls).items()) if ours and hides_locals else ():
            if isinstance(method, classmethod):
                setattr(cls, name, classmethod(redaction.hides_locals(method.__func__)))

    @classmethod
    @redaction.hides_locals
    def retrieve(
        cls,
        id: Any,
        api_key: Any = None,
        request_id: Optional[str] = None,
        request_timeout: Any = None,
        **params: Any,
    ) -> Any:
        """The object with this id."""
        instance = cls(id=id, api_key=api_key, **params)
        instance.refresh(request_id=request_id, request_timeout=request_timeout)
        return instance

    @classmethod
    def aretrieve(
        cls,
        id: Any,
        api_key: Any = None,
        request_id: Optional[str] = None,
        request_timeout: Any = None,
        **params: Any,
    ) -> Any:
        """The async twin of :meth:`retrieve`."""
        instance = cls(id=id, api_key=api_key, **params)
        return instance.arefresh(request_id=request_id, request_timeout=request_timeout)

    def refresh(self, request_id: Optional[str] = None, request_timeout: Any = None) -> Any:
        """Replace the items by what the server has now."""
        options = {"request_id": request_id, "request_timeout": request_timeout}
        self.refresh_from(self.request("get", self.instance_url(), **options))
        return self

    async def arefresh(self, request_id: Optional[str] = None, request_timeout: Any = None) -> Any:
        """The async twin of :meth:`refresh`."""
        options = {"request_id": request_id, "request_timeout": request_timeout}
        self.refresh_from(await self.arequest("get", self.instance_url("refresh"), **options))
        return self

    @classmethod
    def class_url(cls) -> str:
        """The path of all of them: "/models"."""
        if cls is APIResource:
            raise NotImplementedError(
                "APIResource is an abstract class. You should perform actions on its subclasses."
            )
        prefix = f"/{cls.api_prefix}" if cls.api_prefix else ""
        return f"{prefix}/{cls.OBJECT_NAME.replace('.', '/')}"

    def instance_url(self, operation: Optional[str] = None) -> str:
        """The path of this one; raises LegacyInvalidRequestError without an id."""
        name = dict.get(self, "id")
        if not isinstance(name, str):
            raise LegacyInvalidRequestError(
                f"Could not determine which URL to request: {type(self).__name__} instance has "
                f"invalid ID: {name!r}, {type(name)}. ID should be of type `str` (or `unicode`)",
                "id",
            )
        return f"{self.class_url()}/{quote_plus(name)}"

    @classmethod
    def _static_request(
        cls,
        method_: str,
        url_: str,
        api_key: Any = None,
        api_base: Any = None,
        api_type: Any = None,
        request_id: Optional[str] = None,
        api_version: Any = None,
        organization: Any = None,
        **params: Any,
    ) -> Any:
        named = (api_key, api_base, api_type, api_version, organization)
        requestor = requestor_for(params, named)
        requested = requestor.request(method_, url_, params, request_id=request_id)
        return results.result(requested, False)

    @classmethod
    async def _astatic_request(
        cls,
        method_: str,
        url_: str,
        api_key: Any = None,
        api_base: Any = None,
        api_type: Any = None,
        request_id: Optional[str] = None,
        api_version: Any = None,
        organization: Any = None,
        **params: Any,
    ) -> Any:
        named = (api_key, api_base, api_type, api_version, organization)
        requestor = requestor_for(params, named)
        requested = await requestor.arequest(method_, url_, params, request_id=request_id)
        return results.aresult(requested, False)

    @classmethod
    def _get_api_type_and_version(
        cls, api_type: Optional[str] = None, api_version: Optional[str] = None
    ) -> Any:
        snapshot = settings.snapshot()
        typed = settings.typed_api_type(api_type or snapshot.api_type)
        return typed, api_version or snapshot.api_version


# Keywords of the requestor; they never stand in a body.
REQUESTOR_KEYWORDS = ("api_key", "api_base", "api_type", "api_version", "organization")
_ADAPTER_KEYWORDS = ("base_url", "provider", "repair", "model_map", "max_retries")


def requestor_for(
    params: Dict[str, Any], named: Tuple[Any, ...] = ()
) -> api_requestor.APIRequestor:
    """A requestor for the settings among ``params``, which are taken out of them.

    ``named`` are key, base, type, version and organization as arguments of their own.
    """
    keywords = dict(zip(REQUESTOR_KEYWORDS, named))
    keywords.update(_pop_all(params, (*REQUESTOR_KEYWORDS, *_ADAPTER_KEYWORDS)))
    return api_requestor.APIRequestor(keywords.pop("api_key", None), **keywords)


def _pop_all(params: Dict[str, Any], names: Iterable[str]) -> Dict[str, Any]:
    return {name: params.pop(name) for name in names if name in params}


class CreateableAPIResource(APIResource):
    """One that can be made with a POST to its path."""

    plain_old_data = False

    @classmethod
    def create(
        cls,
        api_key: Any = None,
        api_base: Any = None,
        api_type: Any = None,
        request_id: Optional[str] = None,
        api_version: Any = None,
        organization: Any = None,
        **params: Any,
    ) -> Any:
        """Make one with these fields."""
        named = (api_key, api_base, api_type, request_id, api_version, organization)
        return cls._static_request("post", cls.class_url(), *named, **params)

    @classmethod
    async def acreate(
        cls,
        api_key: Any = None,
        api_base: Any = None,
        api_type: Any = None,
        request_id: Optional[str] = None,
        api_version: Any = None,
        organization: Any = None,
        **params: Any,
    ) -> Any:
        """The async twin of :meth:`create`."""
        named = (api_key, api_base, api_type, request_id, api_version, organization)
        return await cls._astatic_request("post", cls.class_url(), *named, **params)


class ListableAPIResource(APIResource):
    """One whose path gives a list of all."""

    @classmethod
    def auto_paging_iter(cls, *args: Any, **params: Any) -> Iterator[Any]:
        """Each of the list; keywords as of :meth:`list`."""
        return iter(cls.list(*args, **params)["data"])

    @classmethod
    def list(
        cls,
        api_key: Any = None,
        request_id: Optional[str] = None,
        api_version: Any = None,
        organization: Any = None,
        api_base: Any = None,
        api_type: Any = None,
        **params: Any,
    ) -> Any:
        """The list: an object whose ``data`` holds them; other keywords are its query."""
        named = (api_key, api_base, api_type, api_version, organization)
        requestor = requestor_for(params, named)
        requested = requestor.request("get", cls.class_url(), params, request_id=request_id)
        listing = results.result(requested, False)
        listing._retrieve_params = params
        return listing

    @classmethod
    async def alist(
        cls,
        api_key: Any = None,
        request_id: Optional[str] = None,
        api_version: Any = None,
        organization: Any = None,
        api_base: Any = None,
        api_type: Any = None,
        **params: Any,
    ) -> Any:
        """The async twin of :meth:`list`."""
        named = (api_key, api_base, api_type, api_version, organization)
        requestor = requestor_for(params, named)
        requested = await requestor.arequest("get", cls.class_url(), params, request_id=request_id)
        listing = results.aresult(requested, False)
        listing._retrieve_params = params
        return listing


class DeletableAPIResource(APIResource):
    """One that can be deleted by its id."""

    @classmethod
    def delete(cls, sid: str, api_type: Any = None, api_version: Any = None, **params: Any) -> Any:
        """Delete the one with this id."""
        params.update(api_type=api_type, api_version=api_version)
        return cls._static_request("delete", f"{cls.class_url()}/{quote_plus(sid)}", **params)

    @classmethod
    def adelete(
        cls, sid: str, api_type: Any = None, api_version: Any = None, **params: Any
    ) -> Awaitable[Any]:
        """The async twin of :meth:`delete`."""
        params.update(api_type=api_type, api_version=api_version)
        return cls._astatic_request("delete", f"{cls.class_url()}/{quote_plus(sid)}", **params)


class UpdateableAPIResource(APIResource):
    """One whose fields can be changed by its id."""

    @classmethod
    def modify(cls, sid: str, **params: Any) -> Any:
        """Change these fields of the one with this id."""
        return cls._static_request("post", f"{cls.class_url()}/{quote_plus(sid)}", **params)

    @classmethod
    def amodify(cls, sid: str, **params: Any) -> Awaitable[Any]:
        """The async twin of :meth:`modify`."""
        return cls._astatic_request("patch", f"{cls.class_url()}/{quote_plus(sid)}", **params)


class PaginatableAPIResource(ListableAPIResource):
    """One whose list comes in pages."""

    @classmethod
    def auto_paging_iter(cls, *args: Any, **params: Any) -> Iterator[Any]:
        """Each of all pages, which are asked for as they are needed."""
        params.setdefault("limit", 20)
        while True:
            page = cls.list(*args, **params)
            yield from page["data"]
            if not page["data"] or not page.get("has_more"):
                return
            params["after"] = page["data"][-1]["id"]

    @classmethod
    def list(  # type: ignore[override]  # as 0.28 has it
        cls, limit: Any = None, starting_after: Any = None, *args: Any, **params: Any
    ) -> Any:
        """One page; further arguments as of the list of others."""
        params.update(_without_none(limit=limit, starting_after=starting_after))
        return super().list(*args, **params)

    @classmethod
    async def alist(  # type: ignore[override]
        cls, limit: Any = None, starting_after: Any = None, *args: Any, **params: Any
    ) -> Any:
        """The async twin of :meth:`list`."""
        params.update(_without_none(limit=limit, starting_after=starting_after))
        return await super().alist(*args, **params)


def _without_none(**params: Any) -> Dict[str, Any]:
    return {name: value for name, value in params.items() if value is not None}
