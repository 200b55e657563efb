"""What a status means, in the words of httpx's Response and of requests'."""

from __future__ import annotations


class HttpStatus:
    """For a class with ``status_code``: ``is_success``, ``is_error``, ``reason_phrase`` ..."""

    __slots__ = ()
    status_code: int

    @property
    def is_success(self) -> bool:
        """200 to 299."""
        return self.status_code // 100 == 2

    ok = is_success

    @property
    def is_redirect(self) -> bool:
        """300 to 399."""
        return self.status_code // 100 == 3

    @property
    def is_client_error(self) -> bool:
        """400 to 499."""
        return self.status_code // 100 == 4

    @property
    def is_server_error(self) -> bool:
        """500 to 599."""
        return self.status_code // 100 == 5

    @property
    def is_error(self) -> bool:
        """400 to 599."""
        return self.status_code // 100 in (4, 5)

    @property
    def reason_phrase(self) -> str:
        """The standard's word for the status, "Bad Request"; empty for one that has none."""
        from http import HTTPStatus

        try:
            return HTTPStatus(self.status_code).phrase
        except ValueError:
            return ""

    reason = reason_phrase
