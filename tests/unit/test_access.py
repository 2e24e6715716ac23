"""Reading without a yes, in danger: who reads when, and what a second member of staff can still say."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from bot.domain.access import (
    ANSWER_WITHIN,
    READS_FOR,
    Access,
    Barred,
    answer,
    begin,
    end,
    is_grounded,
    is_reason,
    lapse,
    open_it,
)
from bot.domain.access_words import may_be_told_with, told
from bot.domain.codes import ConversationId, MemberId
from bot.domain.effects import COVER, PAUSE
from bot.domain.opening import SAFE_ANSWERS
from bot.domain.ownership import State
from bot.domain.reply import Effect, Reply, Say

NOON = datetime(2026, 3, 1, 12, tzinfo=timezone.utc)
MALI, SAM = MemberId("mali"), MemberId("sam")
ASKED = Access("one", ConversationId("c"), MALI, "danger_now", b"sealed", NOON)
SECOND = timedelta(seconds=1)


def opened() -> Access:
    return begin(ASKED, (), NOON, at_once=True)


def test_what_was_only_asked_for_is_read_by_nobody() -> None:
    assert ASKED.standing(NOON) == "asked"
    assert not ASKED.is_read_by(MALI, NOON)


def test_who_cannot_wait_reads_alone_for_a_day_and_not_a_moment_longer() -> None:
    access = opened()
    assert access.is_read_by(MALI, NOON + ANSWER_WITHIN - SECOND)
    assert not access.is_read_by(MALI, NOON + ANSWER_WITHIN)
    assert access.standing(NOON + ANSWER_WITHIN) == "lapsed"
    assert not access.is_read_by(SAM, NOON)


def test_a_second_yes_lets_the_duty_lead_read_for_another_day() -> None:
    late = NOON + ANSWER_WITHIN - SECOND
    access = answer(opened(), SAM, late, yes=True)
    assert access.is_read_by(MALI, late + READS_FOR - SECOND)
    assert access.standing(late + READS_FOR) == "ended"
    assert not access.is_read_by(MALI, late + READS_FOR)


def test_a_second_no_closes_at_once() -> None:
    access = answer(opened(), SAM, NOON, yes=False)
    assert access.standing(NOON) == "refused"
    assert not access.is_read_by(MALI, NOON)


def test_nobody_answers_for_themselves_nor_twice_nor_too_late() -> None:
    with pytest.raises(Barred, match="same_person"):
        answer(opened(), MALI, NOON, yes=True)
    refused = answer(opened(), SAM, NOON, yes=False)
    with pytest.raises(Barred, match="over"):
        answer(refused, SAM, NOON, yes=True)
    with pytest.raises(Barred, match="over"):
        answer(opened(), SAM, NOON + ANSWER_WITHIN, yes=True)


def test_only_who_asked_reads_what_was_answered_before() -> None:
    agreed = answer(ASKED, SAM, NOON, yes=True)
    assert not agreed.is_read_by(MALI, NOON)
    assert open_it(agreed, MALI, NOON).is_read_by(MALI, NOON)
    with pytest.raises(Barred, match="over"):
        open_it(agreed, SAM, NOON)
    with pytest.raises(Barred, match="over"):
        open_it(answer(ASKED, SAM, NOON, yes=False), MALI, NOON)


def test_beginning_anew_gives_nobody_a_second_day_alone() -> None:
    """H8: neither after a no, nor after a lapse, nor by ending and opening again."""
    again = replace(ASKED, id="two", lead=SAM, asked_at=NOON)
    refused = answer(opened(), SAM, NOON, yes=False)
    left = end(opened(), MALI, NOON)
    for before, lead in ((refused, SAM), (refused, MALI), (left, MALI)):
        with pytest.raises(Barred, match="second_first"):
            begin(replace(again, lead=lead), [before], NOON, at_once=True)
        assert begin(replace(again, lead=lead), [before], NOON, at_once=False).opened_at is None
    with pytest.raises(Barred, match="second_first"):
        begin(again, [opened()], NOON + ANSWER_WITHIN + SECOND, at_once=True)
    next_day = NOON + ANSWER_WITHIN
    assert begin(replace(again, asked_at=next_day), [refused], next_day, at_once=True).opened_at is not None


def test_one_runs_at_a_time_for_one_duty_lead() -> None:
    for running in (ASKED, opened(), answer(opened(), SAM, NOON, yes=True)):
        with pytest.raises(Barred, match="begun"):
            begin(replace(ASKED, id="two"), [running], NOON, at_once=False)


def test_who_reads_no_more_still_owes_a_second_yes() -> None:
    access = end(opened(), MALI, NOON)
    assert not access.is_read_by(MALI, NOON)
    assert access.waits(NOON)
    with pytest.raises(Barred, match="over"):
        end(access, MALI, NOON)


def test_only_what_is_overdue_lapses() -> None:
    with pytest.raises(Barred, match="over"):
        lapse(opened(), NOON)
    lapsed = lapse(opened(), NOON + ANSWER_WITHIN)
    assert lapsed.standing(NOON) == "lapsed"
    with pytest.raises(Barred, match="over"):
        lapse(lapsed, NOON + ANSWER_WITHIN)


def test_a_person_is_told_only_of_what_was_read_and_decided() -> None:
    agreed = answer(ASKED, SAM, NOON, yes=True)
    assert not agreed.is_to_tell
    assert not opened().is_to_tell
    assert open_it(agreed, MALI, NOON).is_to_tell
    assert not replace(open_it(agreed, MALI, NOON), told_at=NOON).is_to_tell


@pytest.mark.parametrize("state", State)
def test_it_is_for_danger_that_no_counsellor_holds(state: State) -> None:
    held = state in (State.HELD, State.TRANSFERRING)
    assert is_grounded("P0", state) is is_grounded("P1", state) is not held
    assert not is_grounded("P2", state)


def test_a_word_is_no_reason() -> None:
    assert not is_reason("danger")
    assert is_reason("They wrote that he has a knife.")
    assert not is_reason("x" * 2001)


def test_what_was_read_is_told_only_beside_an_answer_where_that_is_safe() -> None:
    """S1, S12: not while danger is spoken of, nor before they said that it is safe to write."""
    calm = Reply((Say("listening.heard"),))
    assert may_be_told_with(calm)
    assert not may_be_told_with(Reply())
    assert not may_be_told_with(Reply((Say("opening.welcome-back", buttons=SAFE_ANSWERS),)))
    assert not may_be_told_with(Reply((Say("safety.check"),)))
    assert not may_be_told_with(Reply((Say("contacts.line"),)))
    for kind in (COVER, PAUSE):
        assert not may_be_told_with(replace(calm, effects=(Effect(kind),)))


def test_each_way_in_which_it_went_is_told_once() -> None:
    refused = answer(opened(), SAM, NOON, yes=False)
    lapsed = lapse(opened(), NOON + ANSWER_WITHIN)
    assert [say.key for say in told([refused, refused, lapsed])] == ["access.refused", "access.lapsed"]
