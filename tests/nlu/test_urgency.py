"""Danger: sure only where the model is sure, asked about where a word or a doubt speaks of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import yaml

from bot.domain.codes import LANGUAGES
from bot.nlu.calibration import WAYS, Calibration, Weights, alarm, calibrations, way_of
from bot.nlu.cleaning import clean
from bot.nlu.danger import FILE, danger_in, important_parts
from bot.nlu.spelling import Spellings, Spelt
from bot.nlu.understanding import ANY_DANGER, URGENT
from bot.nlu.urgency import judge, word_in
from bot.nlu.written import FOLDER, ROOT, languages_of_examples


def chances(**given: float) -> dict[str, float]:
    """Give probabilities, zero where none is named; that of any danger is that of the likeliest kind."""
    return {**dict.fromkeys(URGENT, 0.0), ANY_DANGER: max(given.values(), default=0.0), **given}


def test_a_danger_word_alone_is_asked_about_and_never_an_alarm() -> None:
    assert judge(chances(), "self_harm", readable=True) == ("none", "self_harm")


def test_the_gravest_urgency_is_named() -> None:
    assert judge(chances(medical=1.0, danger_now=1.0), "none", readable=True) == ("danger_now", "danger_now")


def test_what_is_sure_is_asked_about_too() -> None:
    sure, maybe = judge(chances(medical=1.0), "none", readable=True)
    assert (sure, maybe) == ("medical", "medical")


def test_in_a_language_that_is_none_of_ours_nothing_is_sure_but_danger_is_asked_about() -> None:
    assert judge(chances(danger_now=1.0), "none", readable=False) == ("none", "danger_now")


def test_every_language_has_danger_words_of_every_kind() -> None:
    stored = yaml.safe_load(FILE.read_text())
    assert set(stored) == set(LANGUAGES)
    assert all(set(kinds) == {*URGENT, "elsewhere"} for kinds in stored.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_danger_word_is_found_in_the_middle_of_a_long_message(language: str) -> None:
    for urgency, rules in yaml.safe_load(FILE.read_text())[language].items():
        for rule in rules if urgency != "elsewhere" else ():
            said = " la ".join(part.split("|")[0].strip(" *") for part in reversed(rule)) if list_of(rule) else rule
            said = said.strip("*").upper()
            assert danger_in("la la la. " * 20 + f"la {said} la. " + "la la la. " * 20) != "none", (urgency, rule)


def list_of(rule: object) -> bool:
    return isinstance(rule, list)


def test_the_sentence_with_a_danger_word_is_read_however_long_the_message_is() -> None:
    text = "We carried stones all day. " * 60 + "Tonight I want to die. " + "We carried stones all day. " * 60
    chosen = important_parts(text, lambda part: len(part) // 4)
    assert any("I want to die" in text[start:end] for start, end in chosen)


def test_words_together_count_in_one_sentence_only_and_in_any_order() -> None:
    assert danger_in("they sell us and it is tonight") == danger_in("tonight they sell us") == "danger_now"
    assert danger_in("tonight we eat. they sell us") == "none"


def test_words_together_do_not_count_where_a_film_is_told() -> None:
    assert danger_in("in the movie tonight they sell us") == "none"
    assert danger_in("in the movie he wants to kill myself") == "self_harm"


def test_vietnamese_words_are_told_apart_by_their_marks_where_they_have_them() -> None:
    assert danger_in("chào em, cứu với") == danger_in("chao em, cuu voi") == "danger_now"
    assert danger_in("tiền cũ vơi dần rồi chị ạ") == "none"


def test_a_letter_that_is_held_down_hides_no_danger_word() -> None:
    assert danger_in("she faaainted") == "medical"


@pytest.fixture(scope="module")
def spellings() -> Spellings:
    return Spellings.learnt_from(languages_of_examples(ROOT / FOLDER))


@pytest.mark.parametrize("language", LANGUAGES)
def test_danger_words_reach_a_third_of_the_urgent_examples_and_hardly_any_calm_one(
    language: str, spellings: Spellings
) -> None:
    """A third tells it without loud words on purpose, and calm ones share their words (`quiet.yml`)."""
    urgent: list[bool] = []
    calm: list[bool] = []
    for spelt, urgency in examples_in(language, spellings):
        (calm if urgency == "none" else urgent).append(word_in(spelt.text.text, spelt.typed) != "none")
    assert sum(urgent) > len(urgent) / 3
    assert sum(calm) < 0.025 * len(calm)


def examples_in(language: str, spellings: Spellings) -> Iterator[tuple[Spelt, str]]:
    """Give the examples of a language as the urgency's component sees them, with what they are."""
    examples = [
        (clean(example["text"]), (example.get("metadata") or {}).get("urgency", "none"))
        for file in sorted((ROOT / FOLDER / language).glob("*.yml"))
        for block in yaml.load(file.read_text(), yaml.CSafeLoader).get("nlu") or ()
        for example in block["examples"]
    ]
    return ((spellings.spell(cleaned.aligned, language), urgency) for cleaned, urgency in examples)


def test_everyday_words_are_no_danger() -> None:
    assert danger_in("he is coming home for lunch and we eat rice") == "none"
    assert danger_in("") == "none"


def test_beside_a_danger_word_the_model_need_be_less_sure() -> None:
    rule = alarm()
    doubt = chances(danger_now=(rule.with_word + rule.sure) / 2)
    assert judge(doubt, "none", readable=True) == ("none", "danger_now")
    assert judge(doubt, "danger_now", readable=True)[0] == "danger_now"


def test_a_probability_rises_with_the_score_of_either_view() -> None:
    rule = Calibration(dict.fromkeys(WAYS, Weights(0.7, 0.4, -0.2)), said=0.5)
    for way in WAYS:
        assert 0 <= rule.probability(-1e9, 0, way) < rule.probability(0, 0, way) < rule.probability(1e9, 0, way) <= 1
        assert rule.probability(0, -1, way) < rule.probability(0, 1, way)


def test_letters_count_for_more_where_the_encoder_cannot_read() -> None:
    heard = [rule.weights for rule in calibrations().values()]
    shares = {way: sum(weights[way].letters / weights[way].encoder for weights in heard) for way in WAYS}
    assert shares["romanised"] > max(shares["own"], shares["latin"])


def test_thai_in_latin_letters_is_romanised_and_malay_is_not() -> None:
    assert way_of("nai jang mai hai klap baan", "th") == "romanised"
    assert way_of("majikan tak bagi balik", "ms") == "latin"
    assert way_of("นายจ้าง boss", "th") == "own"


def test_asking_needs_no_more_than_being_sure() -> None:
    assert 0 < alarm().maybe <= alarm().with_word <= alarm().sure < 1
