"""That somebody writes is seen by the other side, and only where a message could leave."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.safe_contact import Flags
from bot.errors import ChannelFailure
from bot.services.door import NoSuchConversation
from bot.services.records import Address, Conversation
from bot.services.sign_in import Session
from tests.support.desk import TestDesk, open_desk


class Messenger:
    """Keeps whom it showed that somebody writes."""

    def __init__(self) -> None:
        self.shown: list[str] = []
        self.is_broken = False

    async def show_typing(self, chat: str) -> None:
        if self.is_broken:
            raise ChannelFailure("the messenger did not answer")
        self.shown.append(chat)


@pytest.fixture
async def desk(sqlite_url: str) -> AsyncIterator[TestDesk]:
    async with open_desk(sqlite_url) as made:
        yield made


async def held(desk: TestDesk) -> tuple[Conversation, Session, Session, Messenger]:
    supervisor, noor = await desk.pair()
    it = await desk.person_waits("told")
    await desk.counsel.claim(noor, it.id)
    messenger = Messenger()
    desk.services.typing.reach({("telegram", "1"): messenger, ("telegram", "2"): object()})
    return it, noor, supervisor, messenger


async def change(desk: TestDesk, it: Conversation, **fields: Any) -> None:
    async with desk.records.begin() as tx:
        found = await tx.conversations.get(it.id)
        assert found is not None
        await tx.conversations.save(replace(found, **fields))


async def test_the_person_sees_it_only_while_the_talk_is_live_and_only_from_the_holder(desk: TestDesk) -> None:
    it, noor, supervisor, messenger = await held(desk)
    typing = desk.services.typing
    await typing.counsellor_writes(noor, it.id)
    assert messenger.shown == ["1"]
    messenger.is_broken = True
    await typing.counsellor_writes(noor, it.id)
    messenger.is_broken = False
    with pytest.raises(NoSuchConversation):
        await typing.counsellor_writes(supervisor, it.id)
    for flags in (Flags(paused=True), Flags(covered=True), Flags(unreachable=True)):
        await change(desk, it, flags=flags)
        await typing.counsellor_writes(noor, it.id)
    await change(desk, it, flags=Flags(), last_inbound=desk.clock.now() - timedelta(minutes=15))
    await typing.counsellor_writes(noor, it.id)
    assert messenger.shown == ["1"]


async def test_the_holder_sees_it_for_a_moment_and_never_from_a_changed_screen(desk: TestDesk) -> None:
    it, noor, _, _ = await held(desk)
    typing, here = desk.services.typing, Address("telegram", "1", "1")
    seen = desk.signals.count(f"conversation:{it.id}")
    assert await typing.person_writes(here)
    assert typing.is_writing(it.id)
    assert desk.signals.count(f"conversation:{it.id}") > seen
    desk.clock.pass_(seconds=6)
    assert not typing.is_writing(it.id)
    await change(desk, it, flags=Flags(covered=True))
    assert not await typing.person_writes(here)
    await change(desk, it, flags=Flags())
    await desk.counsel.give_back(noor, it.id, "done_for_now")
    assert not await typing.person_writes(here)
    assert not await typing.person_writes(Address("telegram", "1", "nobody"))
    assert not typing.is_writing(it.id)
