"""Databases in the newest shape, copied from one that was migrated: to migrate each anew would take too long."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from sqlalchemy import make_url

from bot.adapters.db.migrate import migrate, migrate_to

OWNER_ONLY = 0o600


async def bring_up(url: str) -> None:
    """Bring a database to the newest shape; a file that is not there yet is copied."""
    parsed = make_url(url)
    path = Path(parsed.database or "") if parsed.get_backend_name() == "sqlite" else None
    if path is None or path.exists():
        await migrate(url)
        return
    path.touch(OWNER_ONLY)
    path.write_bytes(_migrated_file())


@cache
def _migrated_file() -> bytes:
    with tempfile.TemporaryDirectory(prefix="saphan-template-") as folder:
        path = Path(folder) / "template.db"
        migrate_to(f"sqlite+aiosqlite:///{path}", "head")
        return path.read_bytes()
