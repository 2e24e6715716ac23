"""What invented people answer in training: written for every language, and told by simple rules only."""

from __future__ import annotations

import pytest

from bot.bootstrap import FLOWS
from bot.domain.codes import LANGUAGES, Language
from bot.rehearsal.answers import read_answers
from bot.rehearsal.stories import PERSONAS, read_stories
from bot.words import Words

PHRASES = Words.load(FLOWS / "phrases")
ANSWERS = read_answers(FLOWS / "rehearsal", PHRASES)


def test_every_answer_is_written_in_every_language_and_given_to_something() -> None:
    assert all(set(texts) == set(LANGUAGES) for texts in ANSWERS.answers.values())
    assert {answer for it in ANSWERS.questions for answer in it.says.values()} == set(ANSWERS.answers)
    stories = {story.name for story in read_stories(FLOWS / "rehearsal")}
    assert {who for it in ANSWERS.questions for who in it.says} <= {"all", *PERSONAS, *stories}
    assert all("all" in it.says for it in ANSWERS.questions)
    assert all(set(it.words) in (set(), set(LANGUAGES)) for it in ANSWERS.questions)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_that_asks_is_answered(language: Language) -> None:
    asking = {key for key, asks in PHRASES.asking.items() if asks} | {"safety.now"}
    answered = {key for key in PHRASES.asking if ANSWERS.to("silent/x", language, PHRASES.say(key, language))}
    assert asking <= answered


@pytest.mark.parametrize(
    ("story", "asked", "answer"),
    [
        ("in_danger/x", "Are you safe right now?", "unsafe"),
        ("chatty/x", "Are you safe right now?", "safe"),
        ("coached/x", "Are you alone?", "not_alone"),
        ("child/x", "How old are you?", "minor"),
        ("in_danger/tired_of_living", PHRASES.say("self-harm.ask", "en"), "dying"),
        ("in_danger/x", PHRASES.say("self-harm.ask", "en"), "living"),
        ("chatty/x", "You are safe to write here.", None),
        ("chatty/x", "What did you eat today?", None),
    ],
)
def test_a_question_is_answered_as_the_persona_would(story: str, asked: str, answer: str | None) -> None:
    assert ANSWERS.to(story, "en", asked) == (None if answer is None else ANSWERS.answers[answer]["en"])
