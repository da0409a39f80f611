"""What every request and every answer passes: size limits and the headers of the API rules.

Source of the headers: NLGov REST API Design Rules 2.2, /core/transport/security-headers and
/core/version-header.
"""

from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import on_surprise
from letterbox.letters.rules import LARGEST_LETTER

VERSION = "1.0.0"
LARGEST_REQUEST = 100 * 1024
"""In bytes; forms and JSON are small."""

LARGEST_DELIVERY = LARGEST_LETTER + LARGEST_REQUEST
LARGEST_ADDED = 60 * 1024 * 1024
"""Of photos by a telephone, of which there may be twenty."""

LARGEST_FILLED_IN = LARGEST_LETTER * 3 // 2
"""More than a letter may be, so that who chose too large a file hears so and loses nothing."""

LARGEST_AT = {
    "/v1/letters": LARGEST_DELIVERY,
    "/me/letters/add": LARGEST_ADDED,
    "/office/letters": LARGEST_FILLED_IN,
    "/office/letters/check": LARGEST_FILLED_IN,
}

HEADERS: Mapping[str, str] = {
    "API-Version": VERSION,
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class Doorstep:
    """The outermost layer: nothing is answered without its headers, nothing huge is read."""

    def __init__(self, app: ASGIApp, *, origin: str) -> None:
        self._app = app
        self._headers = {**HEADERS, "Access-Control-Allow-Origin": origin}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        answer = _Answer(send, self._headers)
        most = LARGEST_AT.get(scope["path"], LARGEST_REQUEST)
        try:
            await self._app(scope, _limited(receive, most), answer.send)
        except Exception as error:
            # What is raised beyond here is answered without our headers, and logged with its
            # words. Doors answer for themselves first; only then does it get here.
            if not answer.begun:
                await on_surprise(error)(scope, receive, answer.send)
            elif not answer.over:
                raise


class _Answer:
    """An answer on its way out."""

    def __init__(self, send: Send, headers: Mapping[str, str]) -> None:
        self._send, self._headers = send, headers
        self.begun = self.over = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.begun = True
            headers = MutableHeaders(scope=message)
            for name, value in self._headers.items():
                headers.setdefault(name, value)
        elif message["type"] == "http.response.body":
            self.over = not message.get("more_body", False)
        await self._send(message)


def _limited(receive: Receive, most: int) -> Receive:
    taken = 0

    async def receive_limited() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > most:
            raise HTTPException(413)
        return message

    return receive_limited
