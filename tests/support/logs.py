"""Logging is one state for a whole process: whoever configures it in a test puts back how it was."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from bot.logs import QUIET, SILENT


@contextmanager
def logs_as_they_were() -> Iterator[None]:
    """Put back handlers, levels, silenced loggers and hooks as they stood before the block."""
    root = logging.getLogger()
    known = [logging.getLogger(name) for name in (*QUIET, *SILENT)]
    stood = [(logger, logger.level, logger.disabled) for logger in (root, *known)]
    before = root.handlers[:], logging.getLogRecordFactory(), logging.raiseExceptions
    hooks = sys.excepthook, sys.unraisablehook, threading.excepthook
    try:
        yield
    finally:
        logging.captureWarnings(capture=False)
        root.handlers[:], factory, logging.raiseExceptions = before
        logging.setLogRecordFactory(factory)
        for logger, level, disabled in stood:
            logger.setLevel(level)
            logger.disabled = disabled
        sys.excepthook, sys.unraisablehook, threading.excepthook = hooks
