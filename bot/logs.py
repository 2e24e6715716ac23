"""The only way into a log: events with a constant name and fields from an allow-list.

A person's words must not reach a log at any level, from our code or from a library's. So nothing that a record brings
as text is ever printed: our own records carry an `Event`, and every other record is reduced, when it is made, to the
logger's name, its level, the class of its exception and the places in our own files.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path
from types import TracebackType
from typing import Any, Final, TextIO

FIELDS: Final = frozenset(
    {
        "conversation",
        "turn",
        "channel",
        "state",
        "level",
        "kind",
        "count",
        "seconds",
        "status",
        "error",
        "attempt",
        "port",
        "address",
        "version",
        "path",
        "process",
        "act",
        "reason",
        "setting",
    }
)
"""What a log line may hold. Never add a field that can hold what a person wrote, a name, a token or a chat id."""

QUIET: Final = (
    "aiosqlite",
    "alembic",
    "asyncio",
    "httpcore",
    "httpx",
    "litestar",
    "psycopg",
    "sqlalchemy",
    "telegram",
    "uvicorn",
)
SILENT: Final = ("uvicorn.access", "weasyprint", "weasyprint.progress")

_EVENT: Final = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_CODE: Final = re.compile(r"[A-Za-z0-9_.:/@+\[\]-]{0,200}")
_OURS: Final = Path(__file__).resolve().parent.parent
_WITHHELD: Final = "(withheld)"

Value = str | int | float | bool | BaseException | type[BaseException] | None


@dataclass(frozen=True)
class Event:
    """A past fact: its constant name and its fields, all of them codes or numbers."""

    name: str
    fields: dict[str, str | int | float | bool | None] = field(default_factory=dict)

    def __str__(self) -> str:
        """Give the event as other handlers may print it."""
        return " ".join([self.name, *(f"{key}={value}" for key, value in self.fields.items())])


class EventLogger:
    """Logs events under one name. A field that is not on the list, or a name that is a sentence, raises TypeError."""

    def __init__(self, name: str) -> None:
        """Bind to the standard logger of that name."""
        self._logger = logging.getLogger(name)

    def debug(self, event: str, /, **fields: Value) -> None:
        """Log what only a developer needs."""
        self._log(logging.DEBUG, event, fields)

    def info(self, event: str, /, **fields: Value) -> None:
        """Log what happened as it should."""
        self._log(logging.INFO, event, fields)

    def warning(self, event: str, /, **fields: Value) -> None:
        """Log what went wrong and was dealt with."""
        self._log(logging.WARNING, event, fields)

    def error(self, event: str, /, **fields: Value) -> None:
        """Log what an operator has to look at."""
        self._log(logging.ERROR, event, fields)

    def _log(self, level: int, event: str, fields: dict[str, Value]) -> None:
        if not _EVENT.fullmatch(event):
            raise TypeError("an event's name is a constant in snake_case")
        foreign = fields.keys() - FIELDS
        if foreign:
            raise TypeError(f"log fields {sorted(foreign)} are not on the allow-list")
        if self._logger.isEnabledFor(level):
            self._logger.log(level, Event(event, dict(_codes(fields))))


def get_logger(name: str) -> EventLogger:
    """Give the logger of one module, by its `__name__`."""
    return EventLogger(name)


def configure(level: str, stream: TextIO | None = None) -> None:
    """Send events as one line of JSON each to standard error, and let no other text through, from any logger."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(_JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in SILENT:
        logging.getLogger(name).disabled = True
    logging.setLogRecordFactory(_make_record)
    # A handler that fails would otherwise print the record it failed on.
    logging.raiseExceptions = False
    logging.captureWarnings(capture=True)
    sys.excepthook = _log_crash
    sys.unraisablehook = lambda it: _log_crash(it.exc_type, it.exc_value, it.exc_traceback)
    threading.excepthook = lambda it: _log_crash(it.exc_type, it.exc_value, it.exc_traceback)


class _JsonLines(logging.Formatter):
    """Prints events; of a record that escaped the factory only where it came from."""

    def format(self, record: logging.LogRecord) -> str:
        event = record.msg if isinstance(record.msg, Event) else _reduced(record.exc_info)
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, timezone.utc).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": event.name,
        }
        return json.dumps(line | event.fields)


def _make_record(*args: Any, **kwargs: Any) -> logging.LogRecord:
    record = logging.LogRecord(*args, **kwargs)
    if not isinstance(record.msg, Event):
        record.msg = _reduced(record.exc_info)
    record.args = ()
    record.exc_info = record.exc_text = record.stack_info = None
    return record


def _reduced(exc_info: Any) -> Event:
    """Make what may be known of a record that is not ours."""
    error = exc_info[1] if isinstance(exc_info, tuple) else exc_info
    return Event("library_said", dict(_codes({"error": error} if isinstance(error, BaseException) else {})))


def _codes(fields: dict[str, Value]) -> Iterator[tuple[str, str | int | float | bool | None]]:
    for name, value in fields.items():
        if isinstance(value, BaseException):
            yield name, type(value).__name__
            where = _our_places(value.__traceback__)
            if where:
                yield "where", where
        elif isinstance(value, type):
            yield name, value.__name__
        elif isinstance(value, str):
            # A code has no blanks and only ASCII; what has is a text that strayed in here.
            yield name, value if name == "path" or _CODE.fullmatch(value) else _WITHHELD
        else:
            yield name, value


def _our_places(traceback: TracebackType | None) -> str:
    """Give file and line of our own frames, outermost first."""
    places = []
    while traceback is not None:
        path = Path(traceback.tb_frame.f_code.co_filename)
        if path.is_relative_to(_OURS) and "site-packages" not in path.parts:
            places.append(f"{path.relative_to(_OURS)}:{traceback.tb_lineno}")
        traceback = traceback.tb_next
    return " ".join(places)


def _log_crash(kind: type[BaseException], error: BaseException | None, _: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    get_logger("bot").error("crashed", error=error if error is not None else kind)
