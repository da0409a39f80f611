"""Logs: one JSON object a line, ids only. No name, number, subject, amount or text of a letter."""

import logging
import sys

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from letterbox.shared.trace import where

QUIET = ("httpx2", "procrastinate", "authlib", "uvicorn.access", "werkzeug")
"""They write addresses, which carry codes, and the arguments of jobs."""


def configure(level: int = logging.INFO) -> None:
    """Send everything that is logged, ours and the libraries', to standard error as JSON."""
    steps: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _without_words,
    ]
    structlog.configure(
        processors=[*steps, structlog.processors.JSONRenderer()],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=steps, processor=structlog.processors.JSONRenderer()
        )
    )
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def _without_words(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Replace an exception by its kind and place: its words may quote a letter."""
    exc_info = event.pop("exc_info", None)
    error = exc_info[1] if isinstance(exc_info, tuple) else exc_info
    if isinstance(error, BaseException):
        event["error"] = where(error)
    return event
