"""The way to the Bot API: aiohttp behind PTB's BaseRequest (4 to 40 times PTB's default).

A failed connection means that nothing was sent; every other failure leaves the outcome unknown
(`was_not_sent`). The URL holds the token and is never logged.
"""

from hashlib import sha256
from typing import TYPE_CHECKING, Any

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

if TYPE_CHECKING:
    from telegram._utils.types import ODVInput

DEADLINE = frozenset({"answerPreCheckoutQuery", "answerCallbackQuery"})
KEEPALIVE_S = 10.0
CONNECT_S, READ_S, WRITE_S, MEDIA_WRITE_S = 5.0, 20.0, 20.0, 120.0
CHUNK_BYTES, OK = 65_536, 200
_NOT_SENT = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
)


class AiohttpRequest(BaseRequest):
    """One pool for calls with a deadline and one for the others; they never wait for each other."""

    def __init__(self, *, connections: int = 256) -> None:
        self._connections = connections
        self._sessions: dict[bool, aiohttp.ClientSession] = {}

    @property
    def read_timeout(self) -> float:
        """PTB adds the long poll's own time to this."""
        return READ_S

    async def initialize(self) -> None:
        """Open the pools; PTB calls this before the first request."""
        if not self._sessions:
            self._sessions = {False: self._open(self._connections), True: self._open(32)}

    async def shutdown(self) -> None:
        """Close the pools."""
        for session in self._sessions.values():
            await session.close()
        self._sessions = {}

    async def do_request(  # noqa: PLR0913, PLR0917 - PTB's signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: "ODVInput[float]" = None,
        write_timeout: "ODVInput[float]" = None,
        connect_timeout: "ODVInput[float]" = None,
        pool_timeout: "ODVInput[float]" = None,  # noqa: ARG002 - a full pool counts as connecting
    ) -> tuple[int, bytes]:
        """One HTTP call."""
        has_files = request_data is not None and request_data.contains_files
        timeout = aiohttp.ClientTimeout(
            connect=_seconds(connect_timeout, CONNECT_S),
            sock_connect=_seconds(connect_timeout, CONNECT_S),
            total=_seconds(read_timeout, READ_S)
            + _seconds(write_timeout, MEDIA_WRITE_S if has_files else WRITE_S),
            sock_read=_seconds(read_timeout, READ_S) + (MEDIA_WRITE_S if has_files else 0.0),
        )
        session = self._sessions[url.rpartition("/")[2] in DEADLINE]
        try:
            async with session.request(
                method, url, data=_body(request_data), timeout=timeout
            ) as answer:
                return answer.status, await answer.read()
        except TimeoutError as error:
            raise TimedOut("not sent in time" if _is_early(error) else "no answer in time") from (
                error
            )
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(f"{type(error).__name__} on the way to Telegram") from error

    async def fingerprint(self, url: str) -> str:
        """SHA-256 of a file's bytes as they come in, in hex; empty when it is not there any more.

        No error speaks of the URL, which holds the token.
        """
        try:
            async with self._sessions[False].get(url) as answer:
                if answer.status != OK:
                    return ""
                digest = sha256()
                async for chunk in answer.content.iter_chunked(CHUNK_BYTES):
                    digest.update(chunk)
                return digest.hexdigest()
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(f"{type(error).__name__} on the way from Telegram") from None

    def _open(self, connections: int) -> aiohttp.ClientSession:
        connector = aiohttp.TCPConnector(
            limit=connections, keepalive_timeout=KEEPALIVE_S, ttl_dns_cache=300
        )
        return aiohttp.ClientSession(connector=connector, trust_env=True)


def was_not_sent(error: BaseException) -> bool:
    """The call certainly did not reach Telegram; otherwise nobody knows."""
    return _is_early(error.__cause__)


def _is_early(error: BaseException | None) -> bool:
    return isinstance(error, _NOT_SENT)


def _seconds(given: "ODVInput[float]", ours: float) -> float:
    """PTB's "not given" and None both mean our default."""
    return float(given) if isinstance(given, int | float) else ours


def _body(data: RequestData | None) -> Any:  # noqa: ANN401 - what aiohttp takes
    if data is None:
        return None
    if not data.contains_files:
        return data.json_parameters
    form = aiohttp.FormData()
    for name, text in data.json_parameters.items():
        form.add_field(name, text)
    for name, (filename, content, content_type) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=content_type)
    return form
