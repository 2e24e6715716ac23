"""Coming back by six words, over real records."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from bot.adapters.db.records import SqlRecords
from bot.adapters.signals import LocalSignals
from bot.adapters.vault import SodiumVault
from bot.channels.webchat.parts import load_wordlist
from bot.domain.codes import OrganisationId
from bot.errors import SettingError
from bot.services.ports import Clock
from bot.services.receive import Home, Receive
from bot.services.records import Address, Incoming
from bot.services.way_back import TRIES_OF_ALL, TRIES_OF_ONE, WINDOW_OF_ALL, WINDOW_OF_ONE, WORDS, WayBack
from tests.support.records import StillClock, migrated_records
from tests.support.vault import quick_vault

WRONG = "abandon ability able about above absent"


def chat_of(name: str) -> Address:
    return Address("webchat", "web", name * 43)


@dataclass
class Place:
    """A way back and what it stands on."""

    records: SqlRecords
    vault: SodiumVault
    clock: StillClock
    way_back: WayBack
    receive: Receive

    async def begin(self, address: Address) -> None:
        await self.receive.store(Incoming(address, f"update of {address.chat[0]}", "start"))

    async def conversation_of(self, address: Address) -> str | None:
        async with self.records.begin() as tx:
            found = await tx.conversations.find(self.vault.hash_chat(address))
        return None if found is None else found.id


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    clock, vault = StillClock(), quick_vault()
    the_clock: Clock = clock
    async with migrated_records(f"sqlite+aiosqlite:///{tmp_path / 'saphan.db'}", the_clock) as records:
        home = Home(OrganisationId("home"), vault.new_key_pair()[0])
        receive = Receive(records, vault, clock, LocalSignals(), home)
        yield Place(records, vault, clock, WayBack(records, vault, clock, load_wordlist()), receive)


async def six_words(place: Place, address: Address) -> str:
    words = await place.way_back.make(address)
    assert words is not None
    return words


async def test_the_words_lead_to_the_same_conversation_from_another_browser(place: Place) -> None:
    await place.begin(chat_of("a"))
    before = await place.conversation_of(chat_of("a"))
    words = await six_words(place, chat_of("a"))
    assert await place.way_back.come_back(chat_of("b"), words, "b")
    assert await place.conversation_of(chat_of("b")) == before
    assert await place.conversation_of(chat_of("a")) is None
    async with place.records.begin() as tx:
        found = await tx.conversations.find(place.vault.hash_chat(chat_of("b")))
        assert found is not None
        assert place.vault.open(f"chat:{found.id}", found.chat_sealed).decode() == chat_of("b").chat


async def test_typing_differences_do_not_matter(place: Place) -> None:
    await place.begin(chat_of("a"))
    words = await six_words(place, chat_of("a"))
    typed = "  " + ",  ".join(f"{number}. {word.upper()}" for number, word in enumerate(words.split(), 1)) + "\n"
    assert await place.way_back.come_back(chat_of("b"), typed, "b")


async def test_the_words_are_six_of_at_least_2048(place: Place) -> None:
    await place.begin(chat_of("a"))
    words = (await six_words(place, chat_of("a"))).split()
    assert len(words) == WORDS
    assert set(words) <= set(load_wordlist())
    assert len(set(load_wordlist())) == 2048
    with pytest.raises(SettingError):
        WayBack(place.records, place.vault, place.clock, ["one", "two"])


async def test_newer_words_replace_older_ones(place: Place) -> None:
    await place.begin(chat_of("a"))
    older = await six_words(place, chat_of("a"))
    newer = await six_words(place, chat_of("a"))
    assert not await place.way_back.come_back(chat_of("b"), older, "b")
    assert await place.way_back.come_back(chat_of("b"), newer, "b")


async def test_there_are_no_words_without_a_conversation(place: Place) -> None:
    assert await place.way_back.make(chat_of("a")) is None
    assert not await place.way_back.knows(chat_of("a"))


async def test_the_words_stand_nowhere_in_the_database(place: Place, tmp_path: Path) -> None:
    await place.begin(chat_of("a"))
    words = await six_words(place, chat_of("a"))
    stored = b"".join(path.read_bytes() for path in tmp_path.glob("saphan.db*"))
    assert b"webchat" in stored
    assert words.encode() not in stored
    assert words.split()[0].encode() + b" " not in stored


async def test_after_five_wrong_tries_even_the_right_words_wait_and_the_wait_doubles(place: Place) -> None:
    await place.begin(chat_of("a"))
    words = await six_words(place, chat_of("a"))
    for wait in (WINDOW_OF_ONE, 2 * WINDOW_OF_ONE):
        for _ in range(TRIES_OF_ONE):
            assert not await place.way_back.come_back(chat_of("b"), WRONG, "b")
        assert not await place.way_back.come_back(chat_of("b"), words, "b")
        place.clock.move(wait - timedelta(seconds=1))
        assert not await place.way_back.come_back(chat_of("b"), words, "b")
        place.clock.move(timedelta(seconds=1))
    assert await place.way_back.come_back(chat_of("b"), words, "b")


async def test_many_sessions_together_are_throttled_too(place: Place) -> None:
    await place.begin(chat_of("a"))
    words = await six_words(place, chat_of("a"))
    for number in range(TRIES_OF_ALL):
        assert not await place.way_back.come_back(chat_of("b"), WRONG, str(number))
    assert not await place.way_back.come_back(chat_of("b"), words, "somebody new")
    place.clock.move(WINDOW_OF_ALL)
    assert await place.way_back.come_back(chat_of("b"), words, "somebody new")


async def test_words_of_another_channel_open_nothing_here(place: Place) -> None:
    elsewhere = Address("telegram", "1", "42")
    await place.begin(elsewhere)
    words = await six_words(place, elsewhere)
    assert not await place.way_back.come_back(chat_of("b"), words, "b")
