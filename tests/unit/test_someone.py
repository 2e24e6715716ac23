"""Whoever writes for another person gets the same care, and advice that keeps both of them safer."""

from __future__ import annotations

from bot.domain import someone
from bot.domain.listening import hear
from bot.services.talk import Talk
from tests.support.cases import a_case


def test_that_it_is_about_another_person_is_kept_and_can_be_taken_back() -> None:
    """P8: it is not asked again."""
    other = someone.begin(a_case())
    assert Talk().after(other.effects, None).about == "other"
    assert Talk(about="other").after(someone.about_me(a_case(about="other")).effects, None).about == "self"
    assert [button.act for button in other.say[-1].buttons] == ["about_me"]


def test_a_helper_hears_what_keeps_both_of_them_safer() -> None:
    """L6, S19: nothing is to be done for them, against their will or alone."""
    keys = [say.key for say in someone.begin(a_case()).say]
    assert keys == ["someone.said", "someone.their-safety", "someone.your-safety"]


def test_what_is_told_of_another_is_not_answered_as_the_writer_s_own() -> None:
    """L11: no need is put on somebody who told of another's."""
    reply = hear(a_case(about="other", heard=("document_retention", "violence")))
    assert reply.say[0].key in someone.PLAIN
    assert "question" not in reply.room
    assert "mirror" not in reply.room


def test_two_answers_in_a_row_are_not_the_same() -> None:
    """P11: nothing sounds like a machine that does not listen."""
    first = someone.hear(a_case(about="other"))
    second = someone.hear(a_case(about="other", dialogue={"said": [e.value for e in first.effects]}))
    assert first.say[0].key != second.say[0].key
