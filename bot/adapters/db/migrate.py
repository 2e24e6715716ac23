"""Brings a database to the newest shape, or refuses it untouched: what is not ours is never written to."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, func, inspect, select, text
from sqlalchemy.exc import DatabaseError, SQLAlchemyError

from bot.adapters.db import connect
from bot.adapters.db.tables import facts
from bot.errors import RecordsError

MARKER: Final = "saphan"
"""The fact by which a database is known as ours; the first migration writes it."""
_SCRIPTS: Final = Path(__file__).parent / "migrations"
_LOCK: Final = 0x5A9
"""One migration at a time on PostgreSQL."""


async def migrate(url: str) -> None:
    """Create the tables, or bring them to the newest shape; all or nothing.

    Raises RecordsError, and changes nothing, when the database is not ours, is newer than this program, or cannot be
    reached.
    """
    await asyncio.to_thread(migrate_to, url, "head")


def migrate_to(url: str, revision: str) -> None:
    """Bring the database up, or down, to a revision, as `migrate` does."""
    parsed = connect.parse(url)
    _prepare_file(parsed)
    engine = connect.open_sync(parsed)
    try:
        with engine.begin() as connection:
            _run(connection, revision)
    except DatabaseError as error:
        if "not a database" in str(error.orig):
            raise RecordsError("the file is not a database; SAPHAN_DATABASE_URL names something else") from None
        raise RecordsError(f"the database cannot be used ({type(error).__name__}); see SAPHAN_DATABASE_URL") from None
    except (SQLAlchemyError, OSError) as error:
        raise RecordsError(f"the database cannot be used ({type(error).__name__}); see SAPHAN_DATABASE_URL") from None
    finally:
        engine.dispose()


def configuration(connection: Connection | None = None) -> Config:
    """Give Alembic's configuration; there is no alembic.ini."""
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _run(connection: Connection, revision: str) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
    config = configuration(connection)
    current = _revision_of_ours(connection)
    scripts = ScriptDirectory.from_config(config)
    known = [script.revision for script in scripts.walk_revisions()]
    if current is not None and current not in known:
        raise RecordsError("the database was made by a newer Saphan; install that version or a newer one")
    wanted = scripts.get_current_head() if revision == "head" else revision
    if current == wanted:
        return
    goes_down = current is not None and (wanted == "base" or known.index(current) < known.index(str(wanted)))
    (command.downgrade if goes_down else command.upgrade)(config, revision)


def _revision_of_ours(connection: Connection) -> str | None:
    """Give the revision of a database of ours, None for an empty one; anything else is refused."""
    tables = set(inspect(connection).get_table_names()) - {"alembic_version"}
    if not tables:
        return None
    ours = "facts" in tables and inspect(connection).has_table("alembic_version")
    if ours:
        columns = {column["name"] for column in inspect(connection).get_columns("facts")}
        ours = columns == {"name", "value"}
    if not ours or connection.scalar(select(facts.c.value).where(facts.c.name == MARKER)) is None:
        raise RecordsError("the database holds tables that are not Saphan's; give SAPHAN_DATABASE_URL an empty one")
    revision: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    if revision is None:
        raise RecordsError("the database does not tell its version; restore it from a backup")
    return revision


def _prepare_file(url: URL) -> None:
    """A new SQLite file is for its owner only."""
    if url.get_backend_name() != "sqlite" or not url.database:
        return
    path = Path(url.database)
    if path.exists():
        return
    try:
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    except OSError as error:
        raise RecordsError(f"the database file cannot be made in {path.parent} ({type(error).__name__})") from None
