"""Nothing of what a person wrote is learnt from: not five words in a row, not a number, not a name (D4)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.rewording import LETTERS_ELSEWHERE, LETTERS_IN_A_ROW, faults, letters_of

WORD = st.sampled_from(["they", "took", "my", "papers", "when", "we", "came", "here", "at", "night"])
WORDS = st.lists(WORD, max_size=12)
LETTERS = "กขคงจฉชซญดตถทธนบปผพฟมยรลวสหอ"


def known(_: str) -> bool:
    return True


def unknown(_: str) -> bool:
    return False


@given(WORDS, st.lists(WORD, min_size=5, max_size=12), WORDS, st.sampled_from(("en", "id", "vi", "tl", "ms")))
def test_d4_five_words_in_a_row_are_always_refused(
    before: list[str], shared: list[str], after: list[str], language: str
) -> None:
    message = " ".join(["then", *shared, "so"])
    for sentence in (" ".join([*before, *shared, *after]), ", ".join([*before, *shared, *after]).upper().lower()):
        assert "shared" in faults(sentence, ["other", message], language, known)


@given(st.text(LETTERS, min_size=LETTERS_ELSEWHERE, max_size=40), st.text(LETTERS, max_size=20))
def test_d4_letters_in_a_row_are_refused_where_no_blanks_stand(shared: str, more: str) -> None:
    spaced = " ".join(shared)
    for language in ("th", "lo", "my", "km"):
        assert "shared" in faults(more + spaced + more, [shared + "ๆ"], language, known)


@given(st.text("我他们要走不能出去每天打电话", min_size=7, max_size=20))
def test_d4_seven_signs_in_a_row_are_refused_in_chinese(shared: str) -> None:
    assert LETTERS_IN_A_ROW["zh"] == 7
    assert "shared" in faults(f"对{shared}", [f"{shared}啊"], "zh", known)


@given(
    st.text(),
    st.sampled_from("0123456789๑၂៣໔٣½Ⅳ"),
    st.text(),
    st.sampled_from(("en", "th", "zh")),
)
def test_d4_a_number_in_any_script_is_refused(before: str, digit: str, after: str, language: str) -> None:
    found = faults(f"{before} words {digit} {after}", [], language, known)
    assert "number" in found


@given(WORDS)
def test_d4_what_a_message_says_in_other_words_is_free(words: list[str]) -> None:
    assert faults("the chief keeps everybody's documents", [" ".join(words)], "en", known) == ()


@pytest.mark.parametrize(
    ("sentence", "message", "language", "found"),
    [
        ("they beat me", "They beat me!", "en", ("shared",)),
        ("sir they beat me again", "they beat me", "en", ("shared",)),
        ("the boss is Somchai", "", "en", ("name",)),
        ("We are kept in Sihanoukville.", "", "en", ("name",)),
        ("Now I wait. We are locked in, I'm tired. OK?", "", "en", ()),
        ("somchai holds our papers", "my boss somchai took it", "en", ("rare",)),
        ("สมชายเก็บเอกสาร", "นายสมชายเอาไป", "th", ("rare",)),
        ("work for jinlong here", "งานที่ jinlong", "th", ("rare",)),
        ("  ... ", "x", "en", ("empty",)),
        ("", "", "th", ("empty",)),
        ("a " * 200, "", "en", ("long",)),
    ],
)
def test_d4_what_is_refused_and_why(sentence: str, message: str, language: str, found: tuple[str, ...]) -> None:
    assert faults(sentence, [message], language, unknown if "rare" in found else known) == found


@given(st.text(), st.text(), st.sampled_from(("en", "th", "zh", "my")))
def test_whatever_is_written_has_an_answer(sentence: str, message: str, language: str) -> None:
    assert isinstance(faults(sentence, [message], language, unknown), tuple)
    if letters_of(message) and len(letters_of(message)) == len(message):
        assert faults(message, [message], language, known) != ()
