"""One process for opening files, and whoever takes its place when it dies.

Pebble can share many processes among many callers. But one that is killed from outside at the
wrong moment takes their common pipe with it, and every call that waits there. So each process
has a pool of its own, and a pool that has lost its bearings is replaced.
"""

from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from typing import ParamSpec, TypeVar

from pebble import ProcessExpired, ProcessPool

from connectors.pdf_processes import bare_context, settle_in, within

P = ParamSpec("P")
T = TypeVar("T")

_FILES_PER_PROCESS = 1000
"""After so many a process is replaced, so that what leaks stays small."""

_GRACE = 2.0
"""Seconds that Pebble may take to notice that the time is up, and to end the process."""


class DeskLost(Exception):
    """No process would start or stay alive."""


class PdfDesk:
    """Serves one caller at a time.

    :param memory: address space of the process, in bytes
    """

    def __init__(self, memory: int) -> None:
        self._memory = memory
        self._pool: ProcessPool | None = None

    def run(self, seconds: float, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do the work in the process. A crash is tried once more: it may have been an accident.

        :raises TimeoutError: it took longer than `seconds`
        :raises ProcessExpired: the process crashed twice
        :raises DeskLost: there is no process to be had
        """
        try:
            return self._once(seconds, work, *args, **kwargs)
        except (ProcessExpired, DeskLost):
            return self._once(seconds, work, *args, **kwargs)

    def clear(self) -> None:
        """End the process, whatever it is doing. The next work starts a new one."""
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.stop()  # type: ignore[no-untyped-call]
            pool.join()

    def _once(self, seconds: float, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        answer = self._ask(seconds, work, *args, **kwargs)
        try:
            return answer.result(timeout=seconds + _GRACE)
        except BrokenProcessPool:
            self.clear()
            raise DeskLost from None
        except TimeoutError:
            if not answer.done():  # Pebble itself is at a loss
                self.clear()
            raise

    def _ask(
        self, seconds: float, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> Future[T]:
        try:
            self._pool = self._pool or self._open()
            return self._pool.schedule(within, (seconds, work, *args), kwargs, timeout=seconds)
        except (RuntimeError, OSError):  # its process died while nobody was looking, or won't start
            self.clear()
            raise DeskLost from None

    def _open(self) -> ProcessPool:
        return ProcessPool(
            max_workers=1,
            max_tasks=_FILES_PER_PROCESS,
            initializer=settle_in,
            initargs=(self._memory,),
            context=bare_context(),
        )
