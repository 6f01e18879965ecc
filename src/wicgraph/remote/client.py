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
from wicgraph.language import NOTHING, Text
from wicgraph.remote.identity import PASSWORD, TOKEN, USER, identity
from wicgraph.terminal import shortened, visible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from requests import PreparedRequest, Response

    Fields = Mapping[str, str] | list[tuple[str, str]]

_PATIENCE = (10, 600)  # seconds for a connection, and for the next part of an answer
_FINE = range(200, 300)
_BUSY = (429, 502, 503, 504)
_TRIES = 4  # while it is busy
_MISSING = 404
_REFUSALS = {
    401: Text(
        f"it asks who you are; set {USER} and {PASSWORD}, or {TOKEN}",
        f"需要身份验证；请设置 {USER} 和 {PASSWORD}，或 {TOKEN}",
    ),
    403: Text(
        f"it does not allow this; set {USER} and {PASSWORD}, or {TOKEN}, to those of"
        " somebody who may",
        f"不允许此操作；请将 {USER} 和 {PASSWORD}（或 {TOKEN}）设为有权限的身份",
    ),
    413: Text(
        "a graph is too large for it; raise its limit for the size of requests",
        "图超出其请求大小的上限；请调高该上限",
    ),
}
_ELSEWHERE = {  # what is there is something else
    400: Text("it does not understand the request", "无法理解该请求"),
    404: Text("there is no such service", "没有这项服务"),
    405: Text("it does not take such requests", "不接受这类请求"),
    415: Text("it does not take what is sent", "不接受所发送的内容"),
}
_THEN = Text("; ", "；")
_LOG = Text("its log may say why", "原因可查看其日志")
_LATER = Text("try again later", "请稍后再试")
_PLAIN = Text(
    "; if it has no TLS, write http:// for https://",
    "；若对方未启用 TLS，请将 https:// 改为 http://",
)
_NOT_KNOWN = Text(
    f"it does not accept what {USER} and {PASSWORD}, or {TOKEN}, have",
    f"不接受 {USER} 和 {PASSWORD}（或 {TOKEN}）所设的内容",
)


@dataclass(frozen=True, slots=True)
class Kind:
    """What should be at an address: how to ask for one, and one that is like it."""

    remedy: Text
    example: str


GRAPH_STORE = Kind(
    Text("give the address of its graph store", "请给出其图存储协议的地址"),
    "http://localhost:7878/store",
)
SPARQL_SERVICE = Kind(
    Text("give the address of its SPARQL service", "请给出其 SPARQL 服务的地址"),
    "http://localhost:7878/query",
)


@dataclass(frozen=True, slots=True)
class Client:
    """Speaks HTTP with one service; what cannot be done raises StoreError.

    Who we are is read from the environment and said in no message. A service that is
    busy is asked again, up to three times. Each process has its own connections.
    """

    address: str
    kind: Kind
    _sessions: dict[int, requests.Session] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, address: str, kind: Kind) -> Self:
        """Take the address of a service; raises UsageError for what is none."""
        if not _is_address(address):
            remedy = Text(
                f"write one like {kind.example}",
                f"请写成 {kind.example} 这样的地址",
            )
            raise UsageError.unfit(Text("address", "地址"), address, remedy)
        if urlsplit(address).username is not None:
            remedy = Text(
                f"an address has no name or password in it; set {USER} and {PASSWORD}",
                f"地址中不可含用户名或密码；请设置 {USER} 和 {PASSWORD}",
            )
            raise UsageError(remedy)
        return cls(address, kind)

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

    def stranger(self, reason: Text) -> StoreError:
        """Make the error that says that something else is at the address."""
        return self.failure(reason + _THEN + self.kind.remedy)

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
            reason = _trouble(error, urlsplit(self.address).scheme)
            raise self.failure(reason) from error

    def _fine(self, response: Response) -> Response:
        """Pass an answer on unless it says that something went wrong."""
        code = response.status_code
        if code in _FINE:
            return response
        if response.is_redirect:
            place = visible(response.headers["Location"])
            moved = Text(
                f"it has moved to {place}; give that address",
                f"已迁至 {place}；请改用该地址",
            )
            raise self.failure(moved)
        if code == requests.codes.unauthorized and identity() is not None:
            raise self.failure(_NOT_KNOWN)
        if code in _REFUSALS:
            raise self.failure(_REFUSALS[code])
        said = _said(response)
        if code in _ELSEWHERE:
            raise self.stranger(_ELSEWHERE[code] + said)
        if code in _BUSY:
            tried = Text(
                f"it answers {code}, {_TRIES} times", f"{_TRIES} 次返回 {code}"
            )
            raise self.failure(tried + said + _THEN + _LATER)
        answers = Text(f"it answers {code}", f"返回 {code}")
        raise self.failure(answers + said + _THEN + _LOG)


def _said(response: Response) -> Text:
    """Repeat what the service says beside the number, unless it is a page."""
    try:
        said = " ".join(response.text.split())
    except requests.RequestException:  # the number is enough
        return NOTHING
    if not said or "<html" in said.lower():
        return NOTHING
    return Text(": ", "：") + Text.english(shortened(said))


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
        status=_TRIES - 1,
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


def _trouble(error: requests.RequestException, scheme: str) -> Text:
    """Say why there was no answer at all."""
    if isinstance(error, requests.exceptions.SSLError):
        if "CERTIFICATE_VERIFY_FAILED" in str(error):
            return Text(
                "its certificate cannot be verified; if you trust it, give the file in"
                " REQUESTS_CA_BUNDLE",
                "证书无法验证；若信任该证书，请用 REQUESTS_CA_BUNDLE 指明证书文件",
            )
        return Text("it does not answer by TLS", "对方未以 TLS 应答") + _PLAIN
    if isinstance(error, requests.Timeout):
        return Text("it does not answer in time", "未在时限内响应")
    if "resolve" in str(error) or "Name or service" in str(error):
        return Text("there is no such host", "没有这个主机")
    if "refused" in str(error):
        return Text(
            "nothing answers there; is the store running?",
            "无人应答；该库是否已启动？",
        )
    broken = Text("the connection broke off", "连接中断")
    return broken + _PLAIN if scheme == "https" else broken
