"""Making load: prepared requests over a few kept connections, as light as Python allows."""

import http.client
import statistics
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

BOUNDARY = "letterbox-benchmark"


@dataclass(frozen=True, slots=True)
class Request:
    """A request, ready to be sent, and the status that it should be answered with."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    expected: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it went: requests per second over all, and milliseconds per request."""

    per_second: float
    milliseconds: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.milliseconds)


def multipart(letter: str, pdf: bytes) -> bytes:
    """Return the body of a delivery."""
    lines = (
        f"--{BOUNDARY}",
        'Content-Disposition: form-data; name="letter"',
        "Content-Type: application/json",
        "",
        letter,
        f"--{BOUNDARY}",
        'Content-Disposition: form-data; name="document"; filename="letter.pdf"',
        "Content-Type: application/pdf",
        "",
        "",
    )
    return "\r\n".join(lines).encode() + pdf + f"\r\n--{BOUNDARY}--\r\n".encode()


def fire(port: int, requests: Sequence[Request], *, connections: int) -> Outcome:
    """Send all requests over this many connections, and wait for every answer.

    :raises RuntimeError: an answer has another status than expected
    """
    waiting = iter(requests)
    times: list[float] = []
    turn = threading.Lock()
    threads = [
        threading.Thread(target=_send_all, args=(port, waiting, turn, times))
        for _ in range(connections)
    ]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(times) != len(requests):
        raise RuntimeError("Not every request was answered as expected.")
    return Outcome(len(requests) / (time.perf_counter() - began), tuple(times))


def _send_all(
    port: int, waiting: Iterator[Request], turn: threading.Lock, times: list[float]
) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    while True:
        with turn:
            request = next(waiting, None)
        if request is None:
            connection.close()
            return
        began = time.perf_counter()
        connection.request(request.method, request.path, request.body, request.headers)
        response = connection.getresponse()
        answer = response.read()
        if response.status != request.expected:
            raise RuntimeError(f"{response.status} {answer[:200]!r}")
        times.append((time.perf_counter() - began) * 1000)
