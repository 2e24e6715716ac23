"""Promises of `POST /webhooks/saphan/read`."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.domain.codes import INDICATOR_CODES, LANGUAGES, UNDETERMINED, URGENCIES
from tests.dialogue.running import Engine

HOSTILE = {
    "empty": "",
    "blank": " \n ",
    "NUL": "\0",
    "NUL inside": "They took\0my passport",
    "lone surrogate": "\ud83d they beat me \udc00",
    "4,096 characters": "They do not pay me and I cannot leave. " * 105,
    "one word of 4,096": "a" * 4096,
    "300 emojis": "😢" * 300,
    "joined emojis": "👩‍👧‍👦" * 50,
    "right to left": "\u202eabc\u202c \u200f\u200e",
    "combining": "e" + "\u0301" * 500,
    "digits": "1 2 3",
    "every control": "".join(map(chr, range(32))),
    "Zawgyi": "အိမ္ျပန္ခ်င္တယ္",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_text_breaks_a_reading(engine: Engine, text: str) -> None:
    found = engine.read(text)
    assert set(found) == {
        "language",
        "script",
        "zawgyi",
        "intent",
        "intent_confidence",
        "indicators",
        "urgency",
        "urgency_maybe",
    }
    assert found["language"] in (*LANGUAGES, UNDETERMINED)
    assert found["urgency"] in URGENCIES
    for indicator in found["indicators"]:
        start, end = indicator["evidence"]
        assert indicator["code"] in INDICATOR_CODES
        assert 0 <= start < end <= len(text)


@pytest.mark.parametrize("text", ["", "👍", "😢" * 300, "...", "12"])
def test_a_text_without_a_word_says_nothing(engine: Engine, text: str) -> None:
    found = engine.read(text)
    assert (found["language"], found["indicators"], found["urgency_maybe"]) == ("und", [], "none")
    assert (found["intent"], found["intent_confidence"]) == ("tell", 0.0)


@pytest.mark.parametrize(
    ("language", "text", "code"),
    [
        ("en", "The boss took my passport and will not give it back.", "document_retention"),
        ("th", "เถ้าแก่ยึดพาสปอร์ตไปแล้วไม่คืน", "document_retention"),
        ("my", "သူဌေးက ပတ်စပို့ သိမ်းထားတယ်၊ ပြန်မပေးဘူး", "document_retention"),
        ("km", "ថៅកែយកប៉ាស្ព័រខ្ញុំ មិនឱ្យវិញ", "document_retention"),
        ("lo", "ເຖົ້າແກ່ເກັບພາສປອດຂ້ອຍໄວ້ ບໍ່ສົ່ງຄືນ", "document_retention"),
        ("vi", "Ông chủ giữ hộ chiếu của tôi, không chịu trả.", "document_retention"),
        ("zh", "老板把我的护照收走了，不还给我。", "document_retention"),
        ("id", "Bos menahan paspor saya dan tidak mau mengembalikan.", "document_retention"),
        ("ms", "Tauke pegang pasport saya dan tak nak pulangkan.", "document_retention"),
        ("tl", "Kinuha ng amo ang pasaporte ko at ayaw ibalik.", "document_retention"),
    ],
)
def test_what_is_said_plainly_is_heard_in_every_language(engine: Engine, language: str, text: str, code: str) -> None:
    found = engine.read(text)
    assert found["language"] == language
    assert code in {indicator["code"] for indicator in found["indicators"]}
    assert found["intent"] == "tell"


@pytest.mark.parametrize(
    ("intent", "texts"),
    [
        (
            "greet",
            ["hii", "kumusta po", "chào bạn", "pagi kak", "salam", "หวัดดี", "မင်္ဂလာပါ", "mingalaba", "សួស្តី", "ສະບາຍດີ"],
        ),
        ("yes", ["yup", "oo", "dạ", "iya", "haah", "ครับ", "ဟုတ်ကဲ့", "ចាស", "嗯"]),
        ("no", ["nope", "hindi po", "không ạ", "nggak", "tak", "ไม่", "မဟုတ်ဘူး", "អត់ទេ", "ບໍ່", "不是"]),
    ],
)
def test_the_small_words_that_people_answer_with_are_understood(engine: Engine, intent: str, texts: list[str]) -> None:
    assert [engine.read(text)["intent"] for text in texts] == [intent] * len(texts)


def test_evidence_lies_in_the_sentence_that_says_so_in_code_points_of_the_text_as_given(engine: Engine) -> None:
    text = "\0😢 Hello, I work in a shop. The boss keeps my passport and does not give it back. It is raining."
    evidence = {found["code"]: found["evidence"] for found in engine.read(text)["indicators"]}
    start, end = evidence["document_retention"]
    assert text[start:end] in "The boss keeps my passport and does not give it back."
    assert end - start >= len("passport")


@pytest.mark.parametrize(
    ("text", "urgency"),
    [
        ("He is hitting me right now, please help me", "danger_now"),
        ("I want to kill myself", "self_harm"),
        ("My friend is unconscious, we need a doctor", "medical"),
    ],
)
def test_what_is_urgent_is_heard(engine: Engine, text: str, urgency: str) -> None:
    found = engine.read(text)
    assert found["urgency"] == urgency
    assert found["urgency_maybe"] != "none"


def test_the_same_text_is_read_the_same_twice(engine: Engine) -> None:
    assert engine.read("They do not pay me.") == engine.read("They do not pay me.")


def test_long_messages_never_delay_the_danger_of_somebody_else(engine: Engine) -> None:
    long, danger = HOSTILE["4,096 characters"], "he is breaking down the door now, please help"
    with ThreadPoolExecutor(9) as people:
        stories = [people.submit(engine.read, long) for _ in range(8)]
        stories[0].result()
        assert people.submit(engine.read, danger).result()["urgency"] == "danger_now"
        assert not all(story.done() for story in stories)


def test_messages_that_are_read_side_by_side_are_read_as_they_are_alone(engine: Engine) -> None:
    texts = list(HOSTILE.values())
    alone = [engine.read(text) for text in texts]
    with ThreadPoolExecutor(8) as people:
        assert list(people.map(engine.read, texts * 5)) == alone * 5


def test_hints_reach_the_reading(engine: Engine) -> None:
    assert engine.read("ok", languages={"th": 2})["language"] == "th"
