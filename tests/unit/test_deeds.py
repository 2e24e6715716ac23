"""Who asks what is kept about them is told what people did with it: kinds of acts, in every language, never a name."""

from __future__ import annotations

import pytest

from bot.domain import about, deeds
from bot.domain.codes import LANGUAGES
from tests.support.cases import a_case
from tests.support.desk import TestDesk, open_desk
from tests.support.house import content


def test_what_was_done_is_told_once_each_and_nothing_where_nothing_was() -> None:
    did = deeds.told(["noted", "claimed", "noted", "conversation_opened", "pause"])
    assert did == ("about.did-claimed", "about.did-noted")
    said = about.tell_about(a_case(did=did), "about_stored").say
    assert ("about.stored-did", did) in [(say.key, say.lists.get("did")) for say in said]
    assert "about.stored-did" not in [say.key for say in about.tell_about(a_case(), "about_stored").say]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_act_has_its_words(language: str) -> None:
    assert {"about.stored-did", *deeds.TOLD.values()} <= content().words.keys(language)


async def test_the_acts_are_those_of_this_conversation_alone(sqlite_url: str) -> None:
    async with open_desk(sqlite_url) as desk:
        acts = await _claimed_and_noted(desk)
    assert deeds.told(acts) == ("about.did-claimed", "about.did-noted")


async def _claimed_and_noted(desk: TestDesk) -> frozenset[str]:
    _, noor = await desk.pair()
    one, other = await desk.person_waits("told"), await desk.person_waits("told")
    for it in (one, other):
        await desk.counsel.claim(noor, it.id)
    await desk.services.case_notes.add(noor, one.id, "noted")
    async with desk.records.begin() as tx:
        assert "noted" not in await tx.casework.acts(other.id)
        return await tx.casework.acts(one.id)
