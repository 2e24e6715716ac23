"""The person's side of an interpreter: asked once, by their own button, and sent away from any message."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.codes import MemberId
from bot.domain.consent import INTERPRETED
from bot.domain.vetting import TO_INTERPRET
from bot.services.sign_in import Session
from tests.integration.test_handed_on import ask_for_a_person
from tests.support.house import TestHouse, open_test_house


@pytest.fixture
async def house(sqlite_url: str, tmp_path: Path) -> AsyncIterator[TestHouse]:
    async with open_test_house(sqlite_url, tmp_path) as made:
        yield made


async def asked(house: TestHouse) -> Session:
    """Let a counsellor hold the conversation and ask for an interpreter."""
    member = await house.add_present_counsellor()
    now = house.clock.now()
    private = house.house.vault.new_key_pair()[1]
    organisation_key = await _home_key(house)
    session = Session(member, private, organisation_key, "", now, now, standing="vetted")
    public, _ = house.house.vault.new_key_pair()
    aye = replace(member, id=MemberId("aye"), name="Aye", roles=("interpreter",), public_key=public, key_wrapped=None)
    aye = replace(aye, checked=("identity", *TO_INTERPRET))
    async with house.house.records.begin() as tx:
        await tx.staff.add(aye)
    await ask_for_a_person(house)
    it = await house.conversation()
    await house.house.counsel.claim(session, it.id)
    await house.house.interpreters.invite(session, it.id, "aye")
    await house.settle()
    return session


async def _home_key(house: TestHouse) -> bytes:
    async with house.house.records.begin() as tx:
        home = await tx.staff.home()
    assert home is not None
    assert home.waiting_private is not None
    return house.house.vault.open(f"organisation:{home.id}", home.waiting_private)


async def scopes(house: TestHouse) -> list[str]:
    it = await house.conversation()
    async with house.house.records.begin() as tx:
        return [consent.scope for consent in await tx.casework.consents(it.id)]


async def test_the_yes_is_a_press_and_the_person_sends_them_away_from_any_message(house: TestHouse) -> None:
    await asked(house)
    assert "Yes, an interpreter may read" in house.labels()
    assert await house.says("Yes, an interpreter may read") == []
    assert INTERPRETED not in await scopes(house)
    said = await house.presses("Yes, an interpreter may read")
    assert "reads along from now on" in said[-1]
    assert INTERPRETED in await scopes(house)
    own = (await house.conversation()).own
    assert own.interpreting is not None
    assert own.interpreting.agreed
    end = house.data_of("Go on without the interpreter")
    assert any("without the interpreter" in label for label in await _more(house))
    assert "No interpreter reads here" in (await house.says(end, kind="press"))[-1]
    assert (await scopes(house))[-2:] == [INTERPRETED, f"{INTERPRETED}:none"]
    after = (await house.conversation()).own
    assert (after.interpreting, after.counsellor) == (None, own.counsellor)


async def _more(house: TestHouse) -> list[str]:
    await house.presses("More")
    return house.labels()


async def test_a_no_changes_nothing_and_an_old_button_lets_nobody_in(house: TestHouse) -> None:
    session = await asked(house)
    old = house.data_of("Yes, an interpreter may read")
    assert "No interpreter reads here" in (await house.presses("No, without an interpreter"))[-1]
    assert (await house.conversation()).own.interpreting is None
    await house.says(old, kind="press")
    assert INTERPRETED not in await scopes(house)
    it = await house.conversation()
    await house.house.interpreters.invite(session, it.id, "aye")
    await house.says(old, kind="press")
    assert INTERPRETED not in await scopes(house)
    await house.house.counsel.give_back(session, it.id, "done_for_now")
    await house.settle()
    assert (await house.conversation()).own.interpreting is None
