"""What the app can read is what is in flight, and nothing else (design/architecture.md, *Keys*)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pyotp
import pytest
from sqlalchemy import select

from bot.adapters.db import tables
from bot.adapters.db.connect import open_async, parse
from bot.errors import CannotOpen
from bot.services.staff import SetUp
from tests.support.fakes import a_reading
from tests.support.house import TestHouse, open_test_house

PLANTED = "zebrafinch"
PASSPHRASE = "five plain words in a row"


@pytest.fixture
async def house(database_url: str, tmp_path: Path) -> AsyncIterator[TestHouse]:
    async with open_test_house(database_url, tmp_path) as made:
        yield made


async def finish_set_up(house: TestHouse) -> SetUp:
    """Let the first supervisor finish set-up: from then on the waiting copy of the key is gone."""
    token = await house.house.staff.add_member("lead", ("supervisor",), "", ("en",))
    secret = pyotp.random_base32()
    code = pyotp.TOTP(secret).at(house.clock.now())
    return await house.house.staff.set_up(token, PASSPHRASE, secret, code)


async def everything_stored(house: TestHouse) -> list[bytes]:
    """Give every sealed or plain value of every row of every table."""
    engine = open_async(parse(house.house.settings.database_url))
    values: list[bytes] = []
    try:
        async with engine.begin() as connection:
            for table in tables.metadata.sorted_tables:
                for row in await connection.execute(select(table)):
                    values += [v if isinstance(v, bytes) else str(v).encode() for v in row if v is not None]
    finally:
        await engine.dispose()
    return values


async def what_the_app_opens(house: TestHouse) -> list[bytes]:
    """Try every stored value with everything the app has: the server key, for every purpose that it uses."""
    async with house.house.records.begin() as tx:
        members = [member.id for member in await tx.staff.all()]
        home = await tx.staff.home()
    assert home is not None
    conversation = (await house.conversation()).id
    purposes = ["outbox", "chat:", f"organisation:{home.id}", *(f"totp:{member}" for member in members)]
    purposes += [f"{kind}:{conversation}" for kind in ("inbox", "chat", "state", "observation")]
    opened = []
    for value in await everything_stored(house):
        opened.append(value)
        for purpose in purposes:
            try:
                opened.append(house.house.vault.open(purpose, value))
            except CannotOpen:
                continue
    return opened


async def test_with_the_apps_keys_nothing_opens_that_is_older_than_what_is_in_flight(house: TestHouse) -> None:
    await finish_set_up(house)
    await house.says("", kind="start")
    house.engine.readings[f"they call me {PLANTED}"] = a_reading("threats")
    await house.says(f"they call me {PLANTED}")
    opened = await what_the_app_opens(house)
    assert len(opened) > len(await everything_stored(house)), "the app opens what is its own"
    assert not any(PLANTED.encode() in text for text in opened)


async def test_what_is_in_flight_can_be_read_so_the_test_above_could_fail(house: TestHouse) -> None:
    await finish_set_up(house)
    await house.says("", kind="start")
    await house.writes(f"they call me {PLANTED}")
    assert any(PLANTED.encode() in text for text in await what_the_app_opens(house))


async def test_the_organisation_opens_what_the_app_cannot(house: TestHouse) -> None:
    done = await finish_set_up(house)
    await house.says("", kind="start")
    await house.says(f"they call me {PLANTED}")
    conversation = (await house.conversation()).id
    vault = house.house.vault
    async with house.house.records.begin() as tx:
        wrapped = await tx.conversations.wrapped_key(conversation, house.house.home.id)
        latest = await tx.messages.latest(conversation, 5)
    assert wrapped is not None
    assert done.member.key_wrapped is not None
    organisation_key = vault.open_with(done.private, done.member.key_wrapped)
    private = vault.open_with(organisation_key, wrapped)
    texts = [vault.open_with(private, message.sealed).decode() for message, _, _ in latest]
    assert f"they call me {PLANTED}" in texts


async def test_the_recovery_key_opens_what_the_supervisor_opens(house: TestHouse) -> None:
    done = await finish_set_up(house)
    assert done.recovery_key is not None
    assert done.member.key_wrapped is not None
    async with house.house.records.begin() as tx:
        home = await tx.staff.home()
    assert home is not None
    assert home.waiting_private is None
    assert home.recovery_wrapped is not None
    vault = house.house.vault
    by_paper = vault.unlock_with_recovery(done.recovery_key, home.recovery_wrapped)
    assert by_paper == vault.open_with(done.private, done.member.key_wrapped)
