"""HTTP to a store: who we are, what is tried again, and what went wrong in one line."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from wicgraph.errors import StoreError, UsageError
from wicgraph.language import Text
from wicgraph.remote.identity import PASSWORD, TOKEN, USER, identity
from wicgraph.terminal import shortened

if TYPE_CHECKING:
    from collections.abc import Mapping

    from requests import PreparedRequest, Response

    Fields = Mapping[str, str] | list[tuple[str, str]]

_PATIENCE = (10, 600)  # seconds for a connection, and for the next part of an answer
_BUSY = (429, 502, 503, 504)
_MISSING = 404
_REFUSALS = {
    401: Text(
        f"it asks who you are; set {USER} and {PASSWORD}, or {TOKEN}",
        f"需要身份验证；请设置 {USER} 和 {PASSWORD}，或 {TOKEN}",
    ),
    403: Text("it does not allow this", "不允许此操作"),
    404: Text("there is no such service", "没有这项服务"),
    405: Text(
        "it does not take such requests; give the address of the service itself",
        "不接受这类请求；请给出服务本身的地址",
    ),
    413: Text(
        "a graph is too large for it; raise its limit for the size of requests",
        "图超出其请求大小的上限；请调高该上限",
    ),
}
_NOT_KNOWN = Text(
    f"it does not accept what {USER} and {PASSWORD}, or {TOKEN}, have",
    f"不接受 {USER} 和 {PASSWORD}（或 {TOKEN}）所设的内容",
)


@dataclass(frozen=True, slots=True)
class Client:
    """Speaks HTTP with one service; what cannot be done raises StoreError.

    Who we are is read from the environment and said in no message. A service that is
    busy is asked again, up to three times. Each process has its own connections.
    """

    address: str
    _sessions: dict[int, requests.Session] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, address: str) -> Self:
        """Take the address of a service; raises UsageError for what is none."""
        kind = Text("address", "地址")
        if not _is_address(address):
            remedy = Text(
                "write one like http://localhost:7878/store",
                "请写成 http://localhost:7878/store 这样的地址",
            )
            raise UsageError.unfit(kind, address, remedy)
        if urlsplit(address).username is not None:
            remedy = Text(
                f"an address has no name or password in it; set {USER} and {PASSWORD}",
                f"地址中不可含用户名或密码；请设置 {USER} 和 {PASSWORD}",
            )
            raise UsageError(remedy)
        return cls(address)

    def get(self, parameters: Fields, accept: str) -> Response | None:
        """Get something whole; None if it is not there."""
        response = self._ask("GET", parameters, accept=accept)
        return None if response.status_code == _MISSING else self._fine(response)

    def put(self, parameters: Fields, content: bytes, kind: str) -> None:
        """Put something in the place of what is there."""
        self._fine(self._ask("PUT", parameters, data=content, kind=kind))

    def delete(self, parameters: Fields) -> None:
        """Remove something, if it is there."""
        response = self._ask("DELETE", parameters)
        if response.status_code != _MISSING:
            self._fine(response)

    def post(self, form: Fields, accept: str) -> Response:
        """Send a form and get what answers it, to be read from `raw` as it comes."""
        return self._fine(self._ask("POST", data=form, accept=accept, stream=True))

    def close(self) -> None:
        """Close the connections."""
        for session in self._sessions.values():
            session.close()

    def failure(self, reason: Text) -> StoreError:
        """Make the error that says what is wrong with the service."""
        return StoreError(Text(f"{self.address}: ", f"{self.address}：") + reason)

    @property
    def _session(self) -> requests.Session:
        """The connections of this process: one that is forked may be killed."""
        process = os.getpid()
        if process not in self._sessions:
            self._sessions[process] = _session()
        return self._sessions[process]

    def _ask(  # noqa: PLR0913  (a request has many parts)
        self,
        method: str,
        parameters: Fields | None = None,
        *,
        data: bytes | Fields | None = None,
        accept: str = "*/*",
        kind: str | None = None,
        stream: bool = False,
    ) -> Response:
        try:
            return self._session.request(
                method,
                self.address,
                params=parameters,
                data=data,
                headers={"Accept": accept, **({"Content-Type": kind} if kind else {})},
                timeout=_PATIENCE,
                allow_redirects=False,
                stream=stream,
            )
        except requests.RequestException as error:
            raise self.failure(_trouble(error)) from error

    def _fine(self, response: Response) -> Response:
        """Pass an answer on unless it says that something went wrong."""
        code = response.status_code
        if response.ok and not response.is_redirect:
            return response
        if response.is_redirect:
            place = response.headers["Location"]
            raise self.failure(Text(f"it has moved to {place}", f"已迁至 {place}"))
        reason = _REFUSALS.get(code)
        if code == requests.codes.unauthorized and identity() is not None:
            reason = _NOT_KNOWN
        if reason is None:
            said = " ".join(response.text.split())
            reason = Text(f"it answers {code}", f"返回 {code}")
            if said and "<html" not in said.lower():
                reason += Text(": ", "：") + Text.english(shortened(said))
        raise self.failure(reason)


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        (parts.hostname or "").encode("idna")  # no label is empty or too long
        requests.Request("GET", text).prepare()
    except (ValueError, requests.RequestException):
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def _session() -> requests.Session:
    session = requests.Session()
    session.auth = identity() or _nobody  # or requests would look into ~/.netrc
    session.headers["User-Agent"] = "wicgraph"
    again = Retry(
        connect=0,
        read=0,
        other=0,
        status=3,
        status_forcelist=_BUSY,
        allowed_methods=None,  # all that we ask may be asked twice
        backoff_factor=0.2,
        raise_on_status=False,
    )
    for scheme in ("http://", "https://"):
        session.mount(scheme, HTTPAdapter(max_retries=again))
    return session


def _nobody(request: PreparedRequest) -> PreparedRequest:
    return request


def _trouble(error: requests.RequestException) -> Text:
    """Say why there was no answer at all."""
    if isinstance(error, requests.exceptions.SSLError):
        return Text(
            "its certificate cannot be verified, or it speaks no TLS",
            "证书无法验证，或对方不支持 TLS",
        )
    if isinstance(error, requests.Timeout):
        return Text("it does not answer in time", "未在时限内响应")
    if "resolve" in str(error) or "Name or service" in str(error):
        return Text("there is no such host", "没有这个主机")
    if "refused" in str(error):
        return Text(
            "nothing answers there; is the store running?",
            "无人应答；该库是否已启动？",
        )
    return Text("the connection broke off", "连接中断")
