"""Small words of a talk are answered calmly, without a question and without a lesson."""

from __future__ import annotations

import pytest

from bot.domain import listening
from tests.support.cases import a_case


@pytest.mark.parametrize(
    "answer",
    [
        listening.leave_out,
        listening.hear_not_sure,
        listening.hear_test,
        listening.hear_insult,
        listening.hear_complaint,
        listening.let_rest,
        listening.greet,
        listening.hear_thanks,
        listening.name_choices,
    ],
)
def test_small_words_get_one_calm_message_and_change_nothing(answer: object) -> None:
    """P2, P11, S21: whoever skips, insults, tests or complains gets one line, and nothing changes for them."""
    assert callable(answer)
    reply = answer(a_case())
    assert len(reply.say) == 1
    assert reply.effects == ()


def test_a_complaint_can_go_to_a_person() -> None:
    """H7: who is not content with somebody here may say so to another person."""
    assert [button.act for button in listening.hear_complaint(a_case()).say[0].buttons] == ["person"]
