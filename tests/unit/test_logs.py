"""No level, library or fault brings a person's words into a log."""

from __future__ import annotations

import io
import json
import logging
import sys
import threading
import warnings
from collections.abc import Callable, Iterator

import pytest

from bot.logs import SILENT, Event, configure, get_logger
from tests.support.logs import logs_as_they_were

PLANTED = "zebrafinch"


@pytest.fixture(params=["DEBUG", "INFO", "ERROR"])
def log(request: pytest.FixtureRequest) -> Iterator[io.StringIO]:
    """Configure the real logs, and put back what they changed."""
    with logs_as_they_were():
        stream = io.StringIO()
        configure(request.param, stream)
        yield stream


def lines(log: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


def raise_while_handling(handle: Callable[[], None]) -> None:
    try:
        int(PLANTED)
    except ValueError:
        handle()


def test_an_event_is_one_line_with_its_fields(log: io.StringIO) -> None:
    get_logger("bot.services.converse").error("turn_failed", conversation="c1", count=2, seconds=0.5)

    [line] = lines(log)
    assert line["event"] == "turn_failed"
    assert (line["logger"], line["level"]) == ("bot.services.converse", "error")
    assert (line["conversation"], line["count"], line["seconds"]) == ("c1", 2, 0.5)


def test_a_field_that_is_not_on_the_list_raises_even_when_the_level_is_off(log: io.StringIO) -> None:
    with pytest.raises(TypeError, match="allow-list"):
        get_logger("bot").debug("message_stored", text=PLANTED)

    assert PLANTED not in log.getvalue()


@pytest.mark.parametrize("sentence", ["The person wrote", "said: yes", "Offered", ""])
def test_a_sentence_is_no_event(sentence: str) -> None:
    with pytest.raises(TypeError):
        get_logger("bot").info(sentence)


@pytest.mark.parametrize("stray", [f"my word is {PLANTED}", "ช่วยด้วย", "a\nb", PLANTED * 50])
def test_a_text_in_a_field_is_withheld(log: io.StringIO, stray: str) -> None:
    get_logger("bot").error("turn_failed", reason=stray)

    assert lines(log)[0]["reason"] == "(withheld)"


def test_of_an_error_only_its_class_and_our_own_places_are_logged(log: io.StringIO) -> None:
    try:
        get_logger("bot").info(PLANTED.upper())
    except TypeError as fault:
        fault.args = (PLANTED,)
        get_logger("bot").error("turn_failed", error=fault)

    [line] = lines(log)
    assert line["error"] == "TypeError"
    assert "bot/logs.py:" in str(line["where"])
    assert PLANTED not in log.getvalue()


def test_a_library_says_nothing_of_its_own(log: io.StringIO) -> None:
    library = logging.getLogger("some.library")
    library.error("body %s", PLANTED)
    library.error(PLANTED, stack_info=True)
    library.error(PLANTED, exc_info=ValueError(PLANTED))

    assert [line["event"] for line in lines(log)] == ["library_said"] * 3
    assert lines(log)[2]["error"] == "ValueError"
    assert PLANTED not in log.getvalue()


def test_a_handler_that_a_library_brings_gets_no_words_either(log: io.StringIO) -> None:
    theirs = io.StringIO()
    library = logging.getLogger("some.library")
    handler = logging.StreamHandler(theirs)
    library.addHandler(handler)
    library.critical("Error %s", PLANTED, exc_info=ValueError(PLANTED))
    library.removeHandler(handler)

    assert "library_said error=ValueError" in theirs.getvalue()
    assert PLANTED not in theirs.getvalue()


def test_a_handler_that_fails_does_not_print_what_it_failed_on(
    log: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    class Failing(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            raise_while_handling(lambda: self.handleError(record))

    library = logging.getLogger("some.library")
    handler = Failing()
    library.addHandler(handler)
    library.error(PLANTED)
    library.removeHandler(handler)

    assert PLANTED not in capsys.readouterr().err


@pytest.mark.parametrize("name", ["httpx", "telegram.ext", "sqlalchemy.engine", "uvicorn.access"])
def test_libraries_that_see_words_are_quiet(log: io.StringIO, name: str) -> None:
    logging.getLogger(name).info("body %s", PLANTED)

    assert log.getvalue() == ""


def test_a_crash_of_the_process_or_a_thread_shows_no_words(log: io.StringIO) -> None:
    fault = ValueError(PLANTED)
    sys.excepthook(ValueError, fault, None)
    thread = threading.Thread(target=lambda: exec("raise ValueError('zebrafinch')"))  # noqa: S102 - a fault as it comes
    thread.start()
    thread.join()

    assert [line["event"] for line in lines(log)] == ["crashed", "crashed"]
    assert PLANTED not in log.getvalue()


def test_a_warning_shows_no_words(log: io.StringIO) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(capture=True)
        warnings.warn(PLANTED, stacklevel=1)

    assert PLANTED not in log.getvalue()


def test_an_event_prints_as_its_name_and_fields() -> None:
    assert str(Event("erased", {"count": 1})) == "erased count=1"


def test_logs_that_were_configured_in_a_test_are_put_back() -> None:
    silent = [logging.getLogger(name) for name in SILENT]
    before = [(logger.disabled, logger.level) for logger in silent]
    with logs_as_they_were():
        configure("ERROR", io.StringIO())
        assert all(logger.disabled for logger in silent)

    assert [(logger.disabled, logger.level) for logger in silent] == before
