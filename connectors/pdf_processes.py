"""Processes that open other people's files: bare, bounded, and no loss when they die.

They come from a fork server that holds only what reading a PDF takes. The web process has
threads, which a plain fork would copy halfway through whatever they were doing.
"""

import logging
import resource
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.context import ForkServerContext, ForkServerProcess
from threading import Lock
from types import ModuleType
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

WHAT_THEY_IMPORT = [
    "connectors.pdf_codes",
    "connectors.pdf_gate",
    "connectors.pdf_invoices",
    "connectors.pdf_marks",
    "connectors.pdf_photos",
    "connectors.pdf_scans",
    "pebble.pool.process",
    # Pillow loads these when the first picture is saved or sent.
    "PIL.JpegImagePlugin",
    "PIL.PdfImagePlugin",
    "PIL.PngImagePlugin",
    "PIL.PpmImagePlugin",
    "PIL.WebPImagePlugin",
]

_one_at_a_time = Lock()


class BareProcess(ForkServerProcess):
    """A process that does not import the program that started it.

    multiprocessing would, for the sake of what is defined there. For a worker that means the
    whole web application in memory, and a second's wait, for nothing.
    """

    def start(self) -> None:
        with _one_at_a_time, _without_main():
            super().start()


class BareContext(ForkServerContext):
    """What Pebble makes processes, pipes and locks with."""

    Process = BareProcess


def bare_context() -> BareContext:
    """Return a way to start processes that have read their modules already."""
    context = BareContext()
    context.set_forkserver_preload(WHAT_THEY_IMPORT)
    return context


@contextmanager
def _without_main() -> Iterator[None]:
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def settle_in(memory: int) -> None:
    """Bound what this process may ever take. Runs in it, before its first file.

    :param memory: address space in bytes
    """
    # At once, even in the middle of a call into pdfium, where Python's own handler would wait.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core dump is a letter on the disk
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    logging.disable()  # pypdf's warnings quote the file


def within(seconds: float, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Do a piece of work in this process, in so much processor time or die.

    The parent keeps the time too. This is for when the parent is gone.
    """
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(used.ru_utime + used.ru_stime + seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))
    return work(*args, **kwargs)
