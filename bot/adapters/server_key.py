"""The server key: one file of 32 random bytes, made once, readable by its owner only, never in the database."""

from __future__ import annotations

import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path
from typing import Final

from bot.errors import SettingError

SIZE: Final = 32
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


def load_or_make(path: Path) -> bytes:
    """Read the key, or make it when there is none: for the very first start.

    Raises SettingError when the file is readable by others, has another length, or cannot be made.
    """
    try:
        _make(path)
    except OSError as error:
        reason = type(error).__name__
        raise SettingError(
            f"the server key {path} cannot be made ({reason}); SAPHAN_SECRET_KEY_FILE should name a writable place"
        ) from None
    return load(path)


def load(path: Path) -> bytes:
    """Read the key of a database that exists already; raises SettingError when it is missing, or as `load_or_make`."""
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            key = file.read(SIZE + 1)
    except FileNotFoundError:
        raise SettingError(
            f"the server key {path} is missing; restore it from your backup: without it chats cannot be found"
        ) from None
    except OSError as error:
        raise SettingError(f"the server key {path} cannot be read ({type(error).__name__})") from None
    if mode & _OTHERS:
        raise SettingError(f"the server key {path} is open to others than its owner; run: chmod 600 {path}")
    if len(key) != SIZE:
        raise SettingError(f"the server key {path} should be {SIZE} bytes long; restore it from your backup")
    return key


def _make(path: Path) -> None:
    """Write a new key beside its place and link it there: it appears whole, and never over another."""
    if path.exists():
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(SIZE))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(draft, path)
        _sync_folder(path.parent)
    finally:
        draft.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """A key that a power cut takes back would lock out everything sealed since."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
