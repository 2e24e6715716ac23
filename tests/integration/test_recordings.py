"""Recorded sentences over the real messenger: only for who asked, silently, right after their own sentence, once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bot.adapters.recordings import RecordingFiles
from bot.bootstrap import build_workers
from bot.channels.telegram.api import BotApi as Client
from bot.channels.telegram.messenger import TelegramMessenger
from bot.rehearsal.person import Shown
from bot.services.ports import Outgoing
from bot.services.records import Address, InboxKind, Incoming
from tests.support.bot_api import BotApi, Person
from tests.support.house import TestHouse, content, open_test_house
from tests.support.ogg import record

RECORDED = ("escape.menu", "escape.aloud-on", "cover.back", "listening.heard-1")


def words(key: str) -> str:
    return content().words.say(key, "en", org="Bridge House", messenger="Telegram")


@dataclass
class Phone:
    """A person's phone, the house behind it, and what was recorded."""

    house: TestHouse
    api: BotApi
    person: Person
    sounds: dict[str, bytes]
    messenger: TelegramMessenger

    async def presses(self, label: str) -> list[Shown]:
        """Press a button of the newest message that has some."""
        rows = next(shown.rows for shown in reversed(self.person.screen) if shown.rows)
        data = next(button["callback_data"] for row in rows for button in row if label in button["text"])
        return await self.says(data, kind="press")

    async def says(self, text: str, kind: InboxKind = "text") -> list[Shown]:
        """Let the person write, and give what came."""
        number = self.person.next_id()
        remote = "" if kind == "press" else str(number)
        incoming = Incoming(Address("telegram", "1", "7"), f"update-{number}", kind, text, "en", remote=remote)
        await self.house.house.receive.store(incoming)
        await self.house.settle()
        self.house.clock.pass_(seconds=5)
        await self.house.settle()
        return [shown for shown in self.person.screen if shown.id > number]

    async def asks_to_hear(self) -> list[Shown]:
        await self.presses("More")
        return await self.presses(words("escape.aloud-on-label"))


@pytest.fixture
async def phone(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Phone]:
    sounds = record(tmp_path / "flows", "en", {key: words(key) for key in RECORDED})
    recordings = RecordingFiles.read(tmp_path / "flows" / "voice")
    async with (
        BotApi(token="1:invented-token_for-tests") as api,
        Client(api.token, api.url) as client,
        open_test_house(sqlite_url, tmp_path, recordings=recordings) as house,
    ):
        # The emulator tells by its own clock what is too old to be deleted.
        api.clock = lambda: house.clock.now().timestamp()
        messenger = TelegramMessenger(client)
        house.workers = await build_workers(house.house, house.engine, [messenger])
        made = Phone(house, api, api.person(7), sounds, messenger)
        await made.says("", kind="start")
        yield made


def heard(shown: list[Shown]) -> list[bytes]:
    return [one.voice for one in shown if one.voice]


async def test_nothing_is_heard_by_who_did_not_ask(phone: Phone) -> None:
    """S5, S9: a voice on the phone of somebody who is watched is a risk that only they take."""
    shown = await phone.presses("More")
    assert [one.text for one in shown] == [words("escape.menu")]
    assert words("escape.aloud-on-label") in shown[0].labels


async def test_a_recording_follows_its_own_sentence_in_silence_and_takes_no_button(phone: Phone) -> None:
    said, voice = await phone.asks_to_hear()
    assert said.text == words("escape.aloud-on")
    assert voice.voice == phone.sounds["escape.aloud-on"]
    assert voice.silent
    assert said.labels
    assert not voice.labels, "the buttons stay with the sentence"
    menu, voice = await phone.presses("More")
    assert voice.voice == phone.sounds["escape.menu"]
    assert words("escape.aloud-off-label") in menu.labels
    (after,) = await phone.presses(words("escape.aloud-off-label"))
    assert after.text == words("escape.aloud-off")
    assert heard(await phone.presses("More")) == []


async def test_the_changed_screen_is_never_heard(phone: Phone) -> None:
    """S5, S10: in cover everything is cover, and the way back makes no sound either, whatever lies in the folder."""
    await phone.asks_to_hear()
    assert heard(await phone.presses("Recipes")) == []
    back = await phone.says(words("cover.phrase"))
    assert words("cover.back") in [one.text for one in back]
    assert heard(back) == []


async def test_who_hides_while_a_sentence_leaves_hears_nothing_after_it(
    phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    """S8: the rule is asked once more before the sound."""
    await phone.asks_to_hear()
    send = phone.messenger.send

    async def send_and_hide(chat: str, message: Outgoing) -> str:
        remote = await send(chat, message)
        conversation = await phone.house.conversation()
        async with phone.house.house.records.begin() as tx:
            await tx.conversations.save(replace(conversation, flags=replace(conversation.flags, covered=True)))
        return remote

    monkeypatch.setattr(phone.messenger, "send", send_and_hide)
    shown = await phone.presses("More")
    assert [one.text for one in shown] == [words("escape.menu")]


@pytest.mark.parametrize(("code", "why"), [(400, "Bad Request: VOICE_MESSAGES_FORBIDDEN"), (500, "Internal")])
async def test_a_recording_that_cannot_leave_is_left_out_and_holds_nothing_up(
    phone: Phone, code: int, why: str
) -> None:
    await phone.asks_to_hear()
    phone.api.refuse("sendVoice", code, why)
    assert [one.text for one in await phone.presses("More")] == [words("escape.menu")]
    phone.house.clock.pass_(minutes=6)
    tried = sum(method == "sendVoice" for method, _ in phone.api.calls)
    (said, voice) = await phone.says("they keep my passport")
    assert (said.text, voice.voice) == (words("listening.heard-1"), phone.sounds["listening.heard-1"])
    assert sum(method == "sendVoice" for method, _ in phone.api.calls) == tried + 1, "nothing is tried again"


async def test_clearing_as_we_go_takes_the_recordings_too(phone: Phone) -> None:
    """S6, S7: a voice that stays would tell what was cleared."""
    _, voice = await phone.asks_to_hear()
    await phone.presses("More")
    await phone.presses("Screen and words")
    await phone.presses("Clear old messages")
    phone.house.clock.pass_(hours=25)
    await phone.house.settle()
    assert voice.id in phone.person.deleted
    assert heard(phone.person.screen) == []


async def test_erasing_with_the_chat_takes_the_recordings_too(phone: Phone) -> None:
    """S6: and with the talk goes the wish to hear."""
    _, voice = await phone.asks_to_hear()
    await phone.says("delete")
    await phone.presses("Delete, and clear this chat")
    assert voice.id in phone.person.deleted
    await phone.says("", kind="start")
    assert heard(await phone.presses("More")) == []
