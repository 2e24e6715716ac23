"""What a sentence to the person may look like: each rule finds its fault, and leaves a good sentence alone."""

from __future__ import annotations

import pytest

from bot.domain.wording import MOST_ON_A_BUTTON, DenyList, places, problems, width

DENY = DenyList.of(
    {
        "L1": {"en": ["victim"], "id": ["korban"]},
        "L2": {"th": ["ทำไม"], "zh": ["为什么"], "en": ["why did you"]},
        "T3": {"all": ["100%"]},
    }
)


def faults(text: str, language: str = "en", *, asks: bool = False, label: bool = False, args: str = "") -> str:
    return "\n".join(problems("topic.key", language, text, args.split(), asks=asks, label=label, deny=DENY))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Thank you for telling me. Take the time you need."),
        ("th", "ขอบคุณที่เล่าให้ฟัง ไม่ต้องรีบ"),
        ("zh", "谢谢你告诉我。慢慢来，不着急。"),
        ("my", "ပြောပြလို့ ကျေးဇူးတင်ပါတယ်။"),
        ("km", "អរគុណដែលបានប្រាប់។"),
        ("vi", "Cảm ơn bạn đã kể. Không sao cả."),
    ],
)
def test_a_plain_kind_sentence_passes(language: str, text: str) -> None:
    assert faults(text, language) == ""


def test_a_sentence_says_something() -> None:
    assert "says nothing" in faults("  ")


@pytest.mark.parametrize(("language", "sign", "most"), [("en", "a", 160), ("th", "ก", 130), ("zh", "字", 80)])
def test_a_message_is_short_in_every_script(language: str, sign: str, most: int) -> None:
    assert faults(sign * most, language) == ""
    assert "shorten" in faults(sign * (most + 1), language)


def test_marks_that_take_no_room_are_not_counted() -> None:
    assert width("ที่นี่") == 2
    assert width("ក្រុម") == 2
    assert width("လုံခြုံ") == 2
    assert width("e\u0301\u200b") == 1


def test_a_place_counts_as_wide_as_its_value_usually_is() -> None:
    assert width("{ $org }!") == 17
    assert width("{ $words }") == 40


def test_a_button_is_shorter_than_a_message() -> None:
    assert faults("a" * MOST_ON_A_BUTTON, label=True) == ""
    assert "shorten" in faults("a" * (MOST_ON_A_BUTTON + 1), label=True)


@pytest.mark.parametrize("number", ["191", "๑๙๑", "၁၉၉", "1 9 1", "11-9", "１２３"])
def test_no_number_is_written_into_a_sentence(number: str) -> None:
    assert "digits" in faults(f"Call {number}.")


def test_an_age_of_two_digits_may_stand() -> None:
    assert faults("If you are under 18, say so.") == ""


@pytest.mark.parametrize(
    ("language", "text", "rule"),
    [
        ("en", "You are a VICTIM.", "L1"),
        ("id", "Anda korban.", "L1"),
        ("th", "คุณทำไมไม่บอก", "L2"),
        ("zh", "你为什么不走", "L2"),
        ("en", "Why  did you go", "L2"),
        ("my", "100% ပါ", "T3"),
        ("tl", "Ligtas ito nang １００％", "T3"),
    ],
)
def test_what_hurts_or_promises_too_much_is_found(language: str, text: str, rule: str) -> None:
    assert f"rule {rule} forbids" in faults(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("th", "สิ่งที่คนอื่นทำไม่ใช่ความผิดของคุณ"),
        ("en", "This victimless word is another word."),
        ("vi", "Không sao. Cảm ơn bạn."),
        ("ms", "Korban is a feast in Malay."),
    ],
)
def test_a_word_that_only_looks_like_a_denied_one_passes(language: str, text: str) -> None:
    assert faults(text, language) == ""


def test_at_most_one_question_is_asked() -> None:
    assert "asks 2 questions" in faults("Where? When?", asks=True)
    assert "asks 2 questions" in faults("哪里？什么时候？", "zh", asks=True)


def test_a_question_is_marked_as_one_unless_it_stands_on_a_button() -> None:
    assert "question mark" in faults("Is it safe?")
    assert faults("Is it safe?", asks=True) == ""
    assert faults("Is it safe?", label=True) == ""


def test_places_are_those_of_the_english_sentence() -> None:
    assert places("{ $org } and {$messenger}") == {"org", "messenger"}
    assert faults("{ $org } is here.", args="org") == ""
    assert "lost its place { $org }" in faults("It is here.", args="org")
    assert "that English lacks" in faults("{ $name } is here.")


@pytest.mark.parametrize("text", ["All good 🙂", "Careful ☎", "I ❤️ this"])
def test_no_emoji_is_sent(text: str) -> None:
    assert "emoji" in faults(text)


@pytest.mark.parametrize("text", ["<b>Hello</b>", "See HTTPS://example.org", "www.example.org", "**Hello**"])
def test_no_markup_and_no_link_is_sent(text: str) -> None:
    assert "markup" in faults(text)
