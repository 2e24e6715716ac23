"""Telegram end to end, over HTTP, with the real engine: ten languages, and everything else that a chat can bring."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.rehearsal.person import Person
from tests.support.bot_api import TOKEN, BotApi
from tests.support.house import content
from tests.support.program import Program
from tests.support.real_engine import RealEngine

SENTENCES = {
    "en": "Hello, my boss does not pay me",
    "th": "สวัสดี นายจ้างไม่จ่ายเงินเดือน",
    "my": "မင်္ဂလာပါ၊ သူဌေးက လစာမပေးဘူး",
    "km": "សួស្តី ថៅកែមិនបើកប្រាក់ខែឱ្យខ្ញុំទេ",
    "lo": "ສະບາຍດີ ນາຍຈ້າງບໍ່ຈ່າຍເງິນເດືອນໃຫ້ຂ້ອຍ",
    "vi": "Xin chào, ông chủ không trả lương cho tôi",
    "zh": "你好，老板不给我发工资",
    "id": "Halo, bos saya tidak membayar gaji saya sejak bulan lalu",
    "ms": "Apa khabar, majikan saya tak bagi gaji langsung kat saya",
    "tl": "Kumusta po, hindi ako binabayaran ng amo ko",
}


@dataclass
class Scene:
    program: Program
    api: BotApi


@pytest.fixture
async def scene(real_engine: RealEngine, tmp_path: Path) -> AsyncIterator[Scene]:
    async with BotApi() as api:
        program = Program(
            tmp_path / "home", SAPHAN_TELEGRAM_TOKEN=TOKEN, SAPHAN_TELEGRAM_API=api.url, **real_engine.settings
        )
        await program.start()
        try:
            yield Scene(program, api)
        finally:
            await program.stop()


def words(key: str, language: str = "en") -> str:
    said = content().words
    return said.say(key, language, org="Bridge House", messenger="Telegram", phrase=said.say("cover.phrase", language))


async def test_whoever_writes_is_answered_in_their_language_with_buttons(scene: Scene) -> None:
    people = {code: scene.api.person(100 + number, language_code=None) for number, code in enumerate(SENTENCES)}
    for code, person in people.items():
        await person.writes(SENTENCES[code])
    for code, person in people.items():
        said = await person.receives(4, 30)
        assert [message.text for message in said] == [
            words(f"opening.{key}", code) for key in ("practice", "who", "reads", "ways")
        ]
        assert words("opening.safe-yes", code) in said[-1].labels
        assert words("escape.person", code) in said[-1].labels


async def hears(person: Person, text: str) -> None:
    """Wait for a sentence; some of what was sent before is answered in several messages."""
    for _ in range(30):
        if (await person.receives(1, 20))[0].text == text:
            return
    raise AssertionError(text)


async def test_whatever_a_chat_brings_gets_a_kind_answer_or_none_and_never_an_exception(scene: Scene) -> None:
    person = scene.api.person(7)
    await person.starts("en")
    await person.receives(4, 20)
    texts = (
        "/restart",
        "/session_start",
        '/tell{"a": 1}',
        "x" * 4096,
        "\u202eesrever\u202c \u200f\u200f",
        "a\x00b",
        "half \ud83d of a pair",
        "😀" * 300,
        "   ",
    )
    for text in texts:
        await person.writes(text)
        await person.receives(1, 20)
    for sent in (
        {"sticker": {"emoji": "😀"}},
        {"voice": {"file_id": "v"}},
        {"photo": [{"file_id": "p"}]},
        {"location": {"latitude": 1.0, "longitude": 2.0}},
        {"contact": {"phone_number": "+000", "first_name": "x"}},
    ):
        await person.sends(**sent)
        assert (await person.receives(1, 20))[0].text
    await person.edits("changed")
    await hears(person, words("trouble.edited"))
    scene.api.queue({"channel_post": {"message_id": 1, "chat": {"id": -9, "type": "channel"}, "text": "news"}})
    scene.api.break_update({"message": "no message"})
    await person.presses_data("nonsense", 1)
    await hears(person, words("escape.stale"))
    await person.presses(words("escape.pause"))
    await hears(person, words("escape.paused"))
    log = scene.program.log.read_text()
    assert "turn_failed" not in log
    assert "delivery_failed" not in log
