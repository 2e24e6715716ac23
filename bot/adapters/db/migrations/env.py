"""Run by Alembic, on the connection and in the transaction that `bot.adapters.db.migrate` opened."""

from __future__ import annotations

from alembic import context

from bot.adapters.db.tables import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    transactional_ddl=True,
    render_as_batch=connection.dialect.name == "sqlite",
)
context.run_migrations()
