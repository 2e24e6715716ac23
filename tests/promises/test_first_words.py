"""What the first screen promises, in every language, through the whole app."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.domain import listening
from bot.domain.codes import LANGUAGES
from bot.domain.pacing import LIFTS_FAULT, Pacing, to_json
from bot.domain.reply import Say
from bot.domain.wording import MOST, MOST_IN_AN_ALPHABET, MOST_ON_A_BUTTON, problems, width
from bot.rehearsal.phrases import Phrases
from bot.words import read_flows
from tests.architecture.tree import ROOT
from tests.support.cases import a_case
from tests.support.house import content, open_test_house

FACTS = {
    "en": ("computer program", "free", "not police", "not an emergency"),
    "th": ("โปรแกรมคอมพิวเตอร์", "ไม่มีค่าใช้จ่าย", "ไม่ใช่ตำรวจ", "ไม่ใช่หน่วยฉุกเฉิน"),
    "my": ("ကွန်ပျူတာ ပရိုဂရမ်", "အခမဲ့", "ရဲ မဟုတ်", "အရေးပေါ်ဌာနလည်း မဟုတ်"),
    "km": ("កម្មវិធីកុំព្យូទ័រ", "ឥតគិតថ្លៃ", "មិនមែនជាប៉ូលិស", "មិនមែនជាសេវាបន្ទាន់"),
    "lo": ("ໂປຣແກຣມຄອມພິວເຕີ", "ບໍ່ເສຍເງິນ", "ບໍ່ແມ່ນຕຳຫຼວດ", "ບໍ່ແມ່ນໜ່ວຍສຸກເສີນ"),
    "vi": ("chương trình máy tính", "Miễn phí", "không phải công an", "không phải dịch vụ khẩn cấp"),
    "zh": ("电脑程序", "免费", "不是警察", "也不是紧急救援"),
    "id": ("program komputer", "gratis", "bukan polisi", "bukan layanan darurat"),
    "ms": ("program komputer", "percuma", "bukan polis", "bukan perkhidmatan kecemasan"),
    "tl": ("Computer program", "Libre", "Hindi kami pulis", "hindi rin emergency"),
}
"""Program, free, not police, not an emergency service; who runs it is a place of the sentence."""
PHRASES = Phrases(read_flows(ROOT).drafts)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_first_words_say_five_facts_before_anything_is_asked(language: str, tmp_path: Path) -> None:
    """T1, T2, T4, T6: who this is, who reads and who stores it; then one question: whether it is safe now."""
    async with open_test_house(f"sqlite+aiosqlite:///{tmp_path / 'first.db'}", tmp_path) as test:
        said = await test.says("", kind="start", hint=language)
        labels = test.labels()
    words = content().words
    who = words.say("opening.who", language, org="Bridge House")
    keys = [PHRASES.key_of(text, language) for text in said]
    assert keys[:3] == ["opening.practice", "opening.who", "opening.reads"]
    assert said[1] == who
    assert "Bridge House" in who
    assert all(fact in who for fact in FACTS[language])
    assert said[2] == words.say("opening.reads", language, org="Bridge House", messenger="Telegram")
    assert [key for key in keys if words.asks(key)] == ["opening.ways"]
    assert keys[-1] == "opening.ways"
    assert labels[0] == words.say("opening.safe-yes", language)


async def test_the_ways_out_are_on_the_first_screen_and_below_every_answer(tmp_path: Path) -> None:
    """T5, H1: a person, a pause, the other screen and more, each one tap away."""
    async with open_test_house(f"sqlite+aiosqlite:///{tmp_path / 'ways.db'}", tmp_path) as test:
        for text, kind in (("", "start"), ("they keep my passport", "text"), ("nonsense", "press")):
            await test.says(text, kind=kind)  # type: ignore[arg-type]
            rows = next(m.rows for _, m in reversed(test.messenger.sent) if m.rows)
            ways = [data for row in rows for _, data in row if data.startswith("w:")]
            assert {"w:person", "w:stop", "w:hide", "w:more"} <= set(ways)
            assert len([way for way in ways if way != "w:danger"]) == 4


def test_every_sentence_is_short_and_without_a_picture() -> None:
    """P5, L9: as wide as a phone shows at one look, on a button a few words; no emoji anywhere."""
    drafts = read_flows(ROOT).drafts
    assert drafts
    most: dict[str, int] = {language: MOST.get(language, MOST_IN_AN_ALPHABET) for language in LANGUAGES}
    assert [d.key for d in drafts if width(d.text) > most[d.language]] == []
    assert problems("a.b", "en", "Well done \N{SLIGHTLY SMILING FACE}", (), asks=False) != []
    assert problems("a.b", "en", "word " * 40, (), asks=False) != []
    assert problems("a.b", "en", "word " * 8, (), asks=False, label=True) != []
    assert MOST_ON_A_BUTTON < MOST_IN_AN_ALPHABET


def test_fault_is_lifted_once_in_a_session() -> None:
    """L7: "what others did is not your fault" is said once, and the next time the answer is another one."""
    heard = ("violence", "deception")
    first = listening.hear(a_case(heard=heard))
    assert first.say[0].key in LIFTS_FAULT
    lifted = to_json(Pacing(fault_lifted=True))
    again = listening.hear(a_case(heard=heard, dialogue={"said": [], "pacing": lifted}))
    assert again.say[0] != Say(first.say[0].key)
    assert again.say[0].key not in LIFTS_FAULT
