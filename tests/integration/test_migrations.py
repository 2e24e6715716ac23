"""Each migration does what the tables say and can be taken back; a database that is not ours stays as it was."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from bot.adapters.db import connect
from bot.adapters.db.migrate import configuration, migrate, migrate_to
from bot.adapters.db.tables import metadata
from bot.domain.codes import MemberId
from bot.domain.contact_rows import Overlay
from bot.domain.contacts import Review
from bot.domain.ownership import Interpreting, Ownership, State
from bot.domain.safe_contact import Kind
from bot.errors import RecordsError
from bot.services.ports import Note
from bot.services.ports.handover import ShiftNote
from bot.services.records import Member, Organisation, Statement
from tests.support.records import HOME, NOON, migrated_records, on_its_way, stored_conversation


@contextmanager
def opened(url: str) -> Iterator[Connection]:
    engine = connect.open_sync(connect.parse(url))
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def tables_of(url: str) -> set[str]:
    with opened(url) as connection:
        return set(inspect(connection).get_table_names())


def columns_of(url: str, table: str) -> set[str]:
    with opened(url) as connection:
        return {column["name"] for column in inspect(connection).get_columns(table)}


def run(url: str, *statements: str) -> None:
    with opened(url) as connection:
        for statement in statements:
            connection.execute(text(statement))


def shape_of(connection: Connection) -> dict[str, object]:
    """Give columns, keys and indexes of all tables, with the conditions of partial indexes."""
    seen = inspect(connection)
    shape: dict[str, object] = {}
    for table in sorted(metadata.tables):
        shape[table] = (
            # In no order: what a later migration adds comes last.
            sorted((it["name"], str(it["type"]), it["nullable"]) for it in seen.get_columns(table)),
            seen.get_pk_constraint(table)["constrained_columns"],
            sorted((str(it["name"]), str(it["options"])) for it in seen.get_foreign_keys(table)),
            sorted(tuple(it["column_names"]) for it in seen.get_unique_constraints(table)),
            sorted((str(it["name"]), str(it["column_names"]), str(_condition(it))) for it in seen.get_indexes(table)),
        )
    return shape


def _condition(index: object) -> object:
    options: dict[str, object] = index.get("dialect_options", {})  # type: ignore[attr-defined]
    return options.get("sqlite_where", options.get("postgresql_where"))


@pytest.fixture
def database_url(empty_database_url: str) -> str:
    """Give the URL of a database that no migration has seen."""
    return empty_database_url


async def test_migrations_make_the_very_tables_that_the_code_uses(database_url: str) -> None:
    await migrate(database_url)

    with opened(database_url) as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        migrated = shape_of(connection)
        metadata.drop_all(connection)
        metadata.create_all(connection)
    with opened(database_url) as connection:
        assert migrated == shape_of(connection)


def test_there_is_one_line_of_migrations() -> None:
    scripts = ScriptDirectory.from_config(configuration())

    assert len(scripts.get_heads()) == 1
    # A new migration needs its own test here, or in a file of its subject.
    assert [it.revision for it in reversed(list(scripts.walk_revisions()))][:2] == ["0001", "0002"]


async def test_0001_makes_everything_and_can_be_taken_back(database_url: str) -> None:
    async with migrated_records(database_url) as records:
        assert tables_of(database_url) == {*metadata.tables, "alembic_version"}
        async with records.begin() as tx:
            assert await tx.casework.fact("saphan") is not None
            assert await tx.casework.verify_audit() is None

    migrate_to(database_url, "base")

    assert tables_of(database_url) == {"alembic_version"}
    await migrate(database_url)
    assert tables_of(database_url) == {*metadata.tables, "alembic_version"}


async def test_0002_keeps_who_was_there_and_lets_nobody_be_written_to_first(database_url: str) -> None:
    """S8: before they were asked, nobody has allowed anything."""
    async with migrated_records(database_url) as records:
        one = await stored_conversation(records)
        async with records.begin() as tx:
            await tx.outbox.add(on_its_way(one))
            await tx.outbox.add(on_its_way(None))
    migrate_to(database_url, "0001")
    assert "promises" not in tables_of(database_url)
    assert "told" not in columns_of(database_url, "conversations")

    async with migrated_records(database_url) as records, records.begin() as tx:
        kept = await tx.conversations.get(one.id)
        kinds = [row.kind for row in await tx.outbox.due(NOON, 9)]

    assert kept == one
    assert not kept.plan.may_write
    assert kinds == [Kind.WORDS, Kind.LAST_WORDS]


async def test_0006_vets_nobody_by_a_key_that_was_granted_before(database_url: str) -> None:
    public = b"p"
    home = Organisation(HOME, "Bridge House", home=True, public_key=public, waiting_private=None, recovery_wrapped=None)
    ann = Member(MemberId("ann"), HOME, "Ann", ("counsellor",), ("th",), active=True, created_at=NOON, key_wrapped=b"k")
    async with migrated_records(database_url) as records, records.begin() as tx:
        await tx.staff.add_organisation(home)
        until = NOON + timedelta(days=9)
        await tx.staff.add(replace(ann, checked=("identity",), vetted_until=until, approved_by=("mali",)))
        assert [it.vetting.standing(NOON, 1) for it in await tx.staff.all()] == ["vetted"]
        await tx.casework.sign(Statement("roster", "", ann.id, NOON))
    migrate_to(database_url, "0004")
    assert {"blocks", "statements"}.isdisjoint(tables_of(database_url))

    async with migrated_records(database_url) as records, records.begin() as tx:
        assert await tx.staff.all() == [ann]
        assert ann.vetting.standing(NOON, 1) == "unrecorded"
        assert await tx.casework.signed() == []


async def test_0007_begins_without_notes_and_takes_them_back_alone(sqlite_url: str) -> None:
    async with migrated_records(sqlite_url) as records:
        one = await stored_conversation(records)
        async with records.begin() as tx:
            await tx.notes.add(Note(one.id, MemberId("ann"), b"sealed", NOON))
    migrate_to(sqlite_url, "0006")
    assert "notes" not in tables_of(sqlite_url)

    async with migrated_records(sqlite_url) as records, records.begin() as tx:
        assert await tx.notes.of(one.id) == []
        assert await tx.conversations.get(one.id) == one


async def test_0011_keeps_what_was_tried_and_takes_only_its_own_back(database_url: str) -> None:
    review = Review("row", "ann", NOON, NOON + timedelta(days=9))
    async with migrated_records(database_url) as records, records.begin() as tx:
        await tx.casework.add_contact_review(review)
        await tx.content.set_contact(Overlay("TH 1", None, MemberId("ann"), NOON))
    migrate_to(database_url, "0010")
    assert {"contact_overlays", "wordings", "word_reviews", "trial_calls"}.isdisjoint(tables_of(database_url))

    async with migrated_records(database_url) as records, records.begin() as tx:
        assert await tx.casework.contact_reviews() == [review]
        assert await tx.content.contacts() == []


async def test_0008_begins_without_interpreters_and_keeps_what_they_wrote_as_notes(database_url: str) -> None:
    async with migrated_records(database_url) as records:
        one = await stored_conversation(records)
        inside = Interpreting(MemberId("aye"), NOON, agreed=True, key=b"copy")
        held = Ownership(State.HELD, NOON, counsellor=MemberId("noor"), interpreting=inside)
        async with records.begin() as tx:
            one = await tx.conversations.save(replace(one, own=held))
            assert await tx.conversations.get(one.id) == one
            assert await tx.conversations.interpreted_by(MemberId("aye")) == [one]
            await tx.notes.add(Note(one.id, MemberId("aye"), b"sealed", NOON, beside=3))
    migrate_to(database_url, "0007")
    assert {"interpreter", "interpreter_key"}.isdisjoint(columns_of(database_url, "conversations"))

    async with migrated_records(database_url) as records, records.begin() as tx:
        assert await tx.notes.of(one.id) == [Note(one.id, MemberId("aye"), b"sealed", NOON)]
        assert await tx.conversations.get(one.id) == replace(one, own=replace(held, interpreting=None))


async def test_0009_keeps_the_key_that_is_there_as_the_first_and_takes_later_ones_back(sqlite_url: str) -> None:
    async with migrated_records(sqlite_url) as records:
        one = await stored_conversation(records)
        async with records.begin() as tx:
            await tx.conversations.add_key(one.id, HOME, 1, b"later key")
            assert await tx.conversations.wrapped_keys(one.id, HOME) == [(0, b"wrapped key"), (1, b"later key")]
    migrate_to(sqlite_url, "0008")
    assert {"partners", "referrals"}.isdisjoint(tables_of(sqlite_url))
    assert "epoch" not in columns_of(sqlite_url, "conversation_keys")

    async with migrated_records(sqlite_url) as records, records.begin() as tx:
        assert await tx.conversations.wrapped_keys(one.id, HOME) == [(0, b"wrapped key")]
        assert await tx.conversations.get(one.id) == one


async def test_0014_begins_without_notes_between_shifts(database_url: str) -> None:
    ann = Member(MemberId("ann"), HOME, "Ann", ("counsellor",), ("en",), active=True, created_at=NOON)
    home = Organisation(HOME, "Bridge House", home=True, public_key=b"key", waiting_private=None, recovery_wrapped=None)
    async with migrated_records(database_url) as records, records.begin() as tx:
        await tx.staff.add_organisation(home)
        await tx.staff.add(ann)
        await tx.handovers.add(ShiftNote(HOME, ann.id, b"sealed", NOON))
        (kept,) = await tx.handovers.of(HOME)
        assert (kept.member, kept.sealed, kept.at) == (ann.id, b"sealed", NOON)
    migrate_to(database_url, "0013")
    assert "shift_notes" not in tables_of(database_url)

    async with migrated_records(database_url) as records, records.begin() as tx:
        assert await tx.handovers.of(HOME) == []


async def test_a_second_start_keeps_what_is_there(database_url: str) -> None:
    async with migrated_records(database_url) as records:
        one = await stored_conversation(records)

    async with migrated_records(database_url) as records, records.begin() as tx:
        assert await tx.conversations.get(one.id) == one


async def test_a_database_of_something_else_is_refused_and_stays_as_it_was(database_url: str) -> None:
    run(database_url, "CREATE TABLE customers (name TEXT)")

    with pytest.raises(RecordsError, match="not Saphan's"):
        await migrate(database_url)

    assert tables_of(database_url) == {"customers"}


async def test_a_database_of_another_program_that_uses_our_tool_is_refused(database_url: str) -> None:
    run(
        database_url,
        "CREATE TABLE alembic_version (version_num VARCHAR(32))",
        "INSERT INTO alembic_version VALUES ('0001')",
        "CREATE TABLE facts (name VARCHAR(64), value TEXT)",
    )

    with pytest.raises(RecordsError, match="not Saphan's"):
        await migrate(database_url)

    assert tables_of(database_url) == {"alembic_version", "facts"}


async def test_a_newer_database_is_refused_and_stays_as_it_was(database_url: str) -> None:
    await migrate(database_url)
    run(database_url, "UPDATE alembic_version SET version_num = '9999'", "CREATE TABLE newer (id INTEGER)")

    with pytest.raises(RecordsError, match="newer Saphan") as caught:
        await migrate(database_url)

    assert "\n" not in str(caught.value)
    assert tables_of(database_url) == {*metadata.tables, "alembic_version", "newer"}


async def test_a_file_that_is_no_database_is_refused_and_stays_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(b"these are only notes, though long enough to be looked at as a database " * 20)
    before = path.read_bytes()

    with pytest.raises(RecordsError, match="not a database"):
        await migrate(f"sqlite+aiosqlite:///{path}")

    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "url",
    [
        "sqlite+aiosqlite:////nowhere/at/all/saphan.db",
        "postgresql+psycopg://planted:planted@127.0.0.1:1/saphan?connect_timeout=2",
        "mysql://planted@127.0.0.1/saphan",
        "planted",
    ],
)
async def test_a_database_out_of_reach_is_one_clear_line_without_a_password(url: str) -> None:
    with pytest.raises(RecordsError) as caught:
        await migrate(url)

    assert "planted" not in str(caught.value)
    assert "\n" not in str(caught.value)


async def test_a_new_database_file_is_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "saphan.db"
    async with migrated_records(f"sqlite+aiosqlite:///{path}") as records:
        await stored_conversation(records)

        modes = {it.name: stat.S_IMODE(it.stat().st_mode) for it in tmp_path.iterdir()}

    assert set(modes) == {"saphan.db", "saphan.db-wal", "saphan.db-shm"}
    assert set(modes.values()) == {0o600}
