"""What has to be settled before Rasa is imported: no telemetry, no crash reports, no words in any log, no stray files.

Nothing here imports Rasa. Every entry point of the engine calls `prepare` first and `silence_rasa` after its imports.
"""

from __future__ import annotations

import atexit
import logging
import os
import shutil
import signal
import sys
import threading
import time
import warnings
from pathlib import Path
from typing import Any, Final, NoReturn

from bot import logs
from bot.errors import SettingError

LEVELS: Final = ("DEBUG", "INFO", "WARNING", "ERROR")
END_WITHIN: Final = 3.0
"""Seconds that an orderly end may take after the parent died."""

LIBRARIES: Final = ("absl", "apscheduler", "h5py", "matplotlib", "rasa", "rasa_sdk", "sanic", "tensorflow")
"""Whose talk below a warning is of no use: all that is left of it is the library's name."""

FIXED: Final = {
    "RASA_TELEMETRY_ENABLED": "false",
    "RASA_TELEMETRY_WRITE_KEY": "",
    "RASA_EXCEPTION_WRITE_KEY": "",
    "SENTRY_DSN": "",
    "HF_HUB_OFFLINE": "1",
    # Threads that wait by spinning make a reading ten times slower on busy cores.
    "OMP_WAIT_POLICY": "PASSIVE",
    "SANIC_HOST": "127.0.0.1",
    "SANIC_WORKERS": "1",
    "ACTION_SERVER_SANIC_WORKERS": "1",
    "CUDA_VISIBLE_DEVICES": "-1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    # A layer's sixteen-bit products take 16 ms with it and 37 without, plain ones 25 and 31 (two cores that have both).
    "TF_ENABLE_ONEDNN_OPTS": "1",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
}


def prepare(home: Path) -> None:
    """Turn off what reports home, and let libraries write only inside `home`.

    Call it before Rasa is imported. A wrong SAPHAN_LOG_LEVEL raises SettingError.
    """
    prepare_logs()
    os.environ.update(_folders(home))


def prepare_logs() -> None:
    """Do what `prepare` does for a process that writes no files."""
    level = os.environ.get("SAPHAN_LOG_LEVEL") or "INFO"
    if level not in LEVELS:
        raise SettingError(f"SAPHAN_LOG_LEVEL should be one of {', '.join(LEVELS)}")
    os.environ.update(FIXED)
    logs.configure(level)
    for name in LIBRARIES:
        logging.getLogger(name).setLevel(logging.WARNING)
    warnings.simplefilter("ignore")
    warnings.showwarning = _say_no_warning


def silence_rasa() -> None:
    """Close what the environment alone does not close: structlog prints everything unless told otherwise."""
    import structlog
    from rasa import telemetry

    structlog.configure(processors=[_drop], cache_logger_on_first_use=False)
    for name in ("_send_event", "initialize_telemetry", "initialize_error_reporting"):
        setattr(telemetry, name, _report_nothing)
    warnings.showwarning = _say_no_warning


def end_with_parent() -> None:
    """End this process once its standard input ends, as it does when the parent dies by whatever cause."""
    threading.Thread(target=_wait_for_end, name="end-with-parent", daemon=True).start()


def stop(error: SettingError) -> NoReturn:
    """Stop the start with one line, exit status 2."""
    sys.stderr.write(f"{error}\n")
    sys.exit(2)


def _folders(home: Path) -> dict[str, str]:
    base = home.resolve() / "engine"
    scratch = base / "tmp" / str(os.getpid())
    _clear_scratch(base / "tmp")
    scratch.mkdir(parents=True, exist_ok=True)
    atexit.register(shutil.rmtree, scratch, ignore_errors=True)
    return {
        "HOME": str(base),
        "XDG_CONFIG_HOME": str(base / "config"),
        "XDG_CACHE_HOME": str(base / "cache"),
        "XDG_DATA_HOME": str(base / "data"),
        "MPLCONFIGDIR": str(base / "cache" / "matplotlib"),
        "RASA_CACHE_DIRECTORY": str(base / "cache" / "rasa"),
        "TMPDIR": str(scratch),
    }


def _clear_scratch(folder: Path) -> None:
    """Remove what processes left that were killed."""
    for left in folder.glob("[0-9]*"):
        try:
            os.kill(int(left.name), 0)
        except ProcessLookupError:
            shutil.rmtree(left, ignore_errors=True)
        except PermissionError:
            continue


def _wait_for_end() -> None:
    stdin = sys.stdin.fileno()
    try:
        while os.read(stdin, 4096):
            continue
    except OSError:
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(END_WITHIN)
    os._exit(1)


def _drop(_logger: Any, _method: str, _event: Any) -> Any:
    import structlog

    raise structlog.DropEvent


def _report_nothing(*_args: Any, **_kwargs: Any) -> bool:
    return False


def _say_no_warning(*_args: Any, **_kwargs: Any) -> None:
    """Rasa puts what it warns about into the warning: the text that a person wrote among it."""
