"""Ownership holds whatever the actors do, in whatever order (design/handoff.md, *Ownership*)."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.codes import MemberId
from bot.domain.ownership import (
    BOT_OWNS,
    HUMAN_OWNS,
    QUEUE_OWNS,
    Deed,
    Does,
    NotPossible,
    Ownership,
    State,
    step,
    team,
)

START = datetime(2026, 1, 1, tzinfo=timezone.utc)
STAFF = [MemberId(name) for name in ("ann", "bo", "chai")]
members = st.sampled_from(STAFF)
deeds = st.builds(
    Deed,
    does=st.sampled_from(Does),
    by=st.none() | members,
    receiver=st.none() | members | st.just(team("th")),
    due=st.none() | st.timedeltas(timedelta(0), timedelta(days=2)).map(lambda gap: START + gap),
    outcome=st.sampled_from(["", "helped"]),
)
gaps = st.sampled_from([timedelta(0), timedelta(seconds=91), timedelta(minutes=3), timedelta(hours=25)])
stories = st.lists(st.tuples(deeds, gaps), max_size=60)


def play(story: list[tuple[Deed, timedelta]]) -> list[tuple[Ownership, Deed, Ownership]]:
    """Give every step that was possible: before, deed, after."""
    own, now, steps = Ownership(State.BOT, START), START, []
    for deed, gap in story:
        now += gap
        try:
            after = step(own, deed, now)
        except NotPossible:
            continue
        steps.append((own, deed, after))
        own = after
    return steps


@given(stories)
@settings(max_examples=300)
def test_exactly_one_owns_after_every_step(story: list[tuple[Deed, timedelta]]) -> None:
    for _, _, after in play(story):
        kinds = [after.state in BOT_OWNS, after.state in QUEUE_OWNS, after.state in HUMAN_OWNS]
        assert kinds.count(True) == 1
        assert (after.state in HUMAN_OWNS) == (after.owner in STAFF)
        assert after.bot_may_speak == (after.state not in HUMAN_OWNS)


@given(stories)
@settings(max_examples=300)
def test_nobody_loses_a_conversation_to_another_without_the_holder_the_person_or_a_supervisor(
    story: list[tuple[Deed, timedelta]],
) -> None:
    for before, deed, after in play(story):
        if before.state not in HUMAN_OWNS or after.owner == before.owner:
            continue
        by_holder = deed.by == before.counsellor
        by_receiver = deed.does is Does.ACCEPT and (before.receiver == team("th") or deed.by == before.receiver)
        by_person_or_supervisor = deed.does in (Does.BACK, Does.TAKE_BACK, Does.CHANGE)
        assert by_holder or by_receiver or by_person_or_supervisor


@given(stories)
@settings(max_examples=300)
def test_a_human_holds_only_after_the_person_was_queued(story: list[tuple[Deed, timedelta]]) -> None:
    for before, deed, after in play(story):
        if after.state is State.HELD and before.state not in HUMAN_OWNS:
            assert before.state in QUEUE_OWNS
            assert deed.does is Does.CLAIM
            assert after.counsellor == deed.by


@given(stories)
@settings(max_examples=300)
def test_an_interpreter_is_there_only_by_the_persons_own_yes_and_only_beside_the_same_holder(
    story: list[tuple[Deed, timedelta]],
) -> None:
    for before, deed, after in play(story):
        there = after.interpreting is not None and after.interpreting.agreed
        was_there = before.interpreting is not None and before.interpreting.agreed
        if not there:
            continue
        assert after.state in HUMAN_OWNS
        assert was_there or (deed.does is Does.ADMIT_INTERPRETER and deed.by is None)
        assert after.counsellor == before.counsellor


@given(stories)
@settings(max_examples=300)
def test_the_person_can_leave_every_queue_and_every_talk_at_once(story: list[tuple[Deed, timedelta]]) -> None:
    for _, _, after in play(story):
        if after.state in (State.QUEUED, State.RESERVED, State.HELD, State.TRANSFERRING, State.PROMISED):
            assert step(after, Deed(Does.BACK), START + timedelta(days=9)).state is State.BOT


@given(stories)
@settings(max_examples=300)
def test_the_clock_never_gives_a_conversation_to_somebody(story: list[tuple[Deed, timedelta]]) -> None:
    for before, deed, after in play(story):
        if deed.does is Does.TICK:
            assert after.owner in (before.owner, "bot", "queue")


def test_a_reservation_lapses_after_ninety_seconds_and_keeps_its_place() -> None:
    queued = Ownership(State.QUEUED, START, front=True)
    reserved = step(queued, Deed(Does.RESERVE, by=STAFF[0]), START)
    assert step(reserved, Deed(Does.TICK), START + timedelta(seconds=89)) is reserved
    lapsed = step(reserved, Deed(Does.TICK), START + timedelta(seconds=90))
    assert (lapsed.state, lapsed.front) == (State.QUEUED, True)


def test_only_the_one_it_is_reserved_for_claims_a_reservation() -> None:
    reserved = step(Ownership(State.QUEUED, START), Deed(Does.RESERVE, by=STAFF[0]), START)
    with pytest.raises(NotPossible):
        step(reserved, Deed(Does.CLAIM, by=STAFF[1]), START)
    assert step(reserved, Deed(Does.CLAIM, by=STAFF[0]), START).counsellor == STAFF[0]


def test_a_silent_transfer_falls_back_to_the_holder_after_two_minutes() -> None:
    held = Ownership(State.HELD, START, counsellor=STAFF[0])
    moving = step(held, Deed(Does.TRANSFER, by=STAFF[0], receiver=STAFF[1]), START)
    assert moving.owner == STAFF[0]
    assert step(moving, Deed(Does.TICK), START + timedelta(minutes=2)).counsellor == STAFF[0]


def test_an_offer_lapses_after_a_day() -> None:
    offered = Ownership(State.OFFERED, START)
    assert step(offered, Deed(Does.TICK), START + timedelta(hours=24)).state is State.BOT


def test_a_lost_counsellor_puts_the_conversation_at_the_front() -> None:
    held = Ownership(State.HELD, START, counsellor=STAFF[0])
    lost = step(held, Deed(Does.GO_OFFLINE, by=STAFF[0]), START)
    assert (lost.state, lost.front) == (State.QUEUED, True)
