"""Who we are for a store, as the environment has it; it is said in no message."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any

from requests.auth import AuthBase, HTTPBasicAuth, HTTPDigestAuth

from wicgraph.errors import UsageError
from wicgraph.language import Text

if TYPE_CHECKING:
    from requests import PreparedRequest

USER, PASSWORD, TOKEN = "WICGRAPH_USER", "WICGRAPH_PASSWORD", "WICGRAPH_TOKEN"
_UNSENDABLE = {  # RFC 6750 for tokens, RFC 7617 for names and passwords
    TOKEN: re.compile(r"[^\x21-\x7e]"),
    USER: re.compile(r"[\x00-\x1f:\x7f-\x9f\ud800-\udfff]"),
    PASSWORD: re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]"),
}


def identity() -> AuthBase | None:
    """Read who we are from the environment; raises UsageError for what cannot be.

    A line end after a value is that of the file from which it came.
    """
    given = {name: os.environ.get(name, "").rstrip("\r\n") for name in _UNSENDABLE}
    for name, unsendable in _UNSENDABLE.items():
        if unsendable.search(given[name]):
            raise UsageError(
                Text(
                    f"{name} has characters that HTTP cannot send there",
                    f"{name} 中有 HTTP 无法发送的字符",
                )
            )
    if given[TOKEN]:
        return _Token(given[TOKEN])
    if bool(given[USER]) != bool(given[PASSWORD]):
        raise UsageError(
            Text(
                f"{USER} and {PASSWORD} belong together; set both or neither",
                f"{USER} 和 {PASSWORD} 须同时设置，或都不设置",
            )
        )
    return _Password(given[USER], given[PASSWORD]) if given[USER] else None


class _Password(HTTPDigestAuth):
    """Gives name and password in the way that the service asks for, once it asks."""

    def handle_401(self, r: Any, **kwargs: Any) -> Any:  # noqa: ANN401  (requests' types)
        """Answer a challenge, which is one for a digest or for the password itself."""
        challenge = r.headers.get("WWW-Authenticate", "").lower()
        if not challenge.startswith("basic") or "Authorization" in r.request.headers:
            return super().handle_401(r, **kwargs)  # type: ignore[no-untyped-call]
        r.content  # noqa: B018  (then the connection is free again)
        r.close()
        basic = HTTPBasicAuth(str(self.username).encode(), str(self.password).encode())
        return r.connection.send(basic(r.request.copy()), **kwargs)

    def build_digest_header(self, method: str, url: str) -> str | None:
        """Write the name in UTF-8, which Python would send in Latin-1 (RFC 7616)."""
        header = super().build_digest_header(method, url)  # type: ignore[no-untyped-call]
        return header.encode().decode("latin-1") if header else None


class _Token(AuthBase):
    """Gives a bearer token with every request."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request
