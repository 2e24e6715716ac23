"""Nobody reads without a yes but the duty lead, with a mark, a reason and a second member of staff (H8).

Whatever the actors do in whatever order: a model remembers only what the rule says, and is compared after each step.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.domain.access import ANSWER_WITHIN, READS_FOR, Access, Barred, answer, begin, end, is_grounded, open_it
from bot.domain.codes import LEVELS, ConversationId, Level, MemberId
from bot.domain.duty_lead import Named, lead_at
from bot.domain.ownership import State
from bot.services.access.door import reads
from tests.support.conversations import a_conversation

START = datetime(2026, 3, 1, 12, tzinfo=timezone.utc)
STAFF = [MemberId(name) for name in ("ann", "bo", "chai")]
members = st.sampled_from(STAFF)


class Reading(RuleBasedStateMachine):
    """One conversation, three members of staff, and a clock."""

    def __init__(self) -> None:
        super().__init__()
        self.now = START
        self.lead = STAFF[0]
        self.level: Level = "P0"
        self.state = State.BOT
        self.accesses: list[Access] = []

    @rule(gap=st.sampled_from([timedelta(minutes=1), timedelta(hours=7), ANSWER_WITHIN]))
    def time_passes(self, gap: timedelta) -> None:
        self.now += gap

    @rule(member=members)
    def another_leads(self, member: MemberId) -> None:
        self.lead = member

    @rule(level=st.sampled_from(LEVELS), state=st.sampled_from(State))
    def the_conversation_changes(self, level: Level, state: State) -> None:
        self.level, self.state = level, state

    @rule(at_once=st.booleans())
    def the_lead_begins(self, *, at_once: bool) -> None:
        if not is_grounded(self.level, self.state):
            return
        name = str(len(self.accesses))
        access = Access(name, ConversationId("c"), self.lead, "danger_now", b"sealed", self.now)
        try:
            self.accesses.append(begin(access, self.accesses, self.now, at_once=at_once))
        except Barred:
            return

    @rule(data=st.data(), by=members, act=st.sampled_from(["open", "yes", "no", "end"]))
    def somebody_acts(self, data: st.DataObject, by: MemberId, act: str) -> None:
        if not self.accesses:
            return
        at = data.draw(st.integers(0, len(self.accesses) - 1))
        before = self.accesses[at]
        try:
            if act == "open":
                after = open_it(before, by, self.now)
            elif act == "end":
                after = end(before, by, self.now)
            else:
                after = answer(before, by, self.now, yes=act == "yes")
        except Barred:
            return
        assert act in ("open", "end") or by != before.lead
        self.accesses[at] = after

    def may_read(self, member: MemberId) -> bool:
        found = a_conversation(START)
        found = replace(found, level=self.level, own=replace(found.own, state=self.state))
        return reads(found, self.accesses, member, self.now, leads=member == self.lead)

    @invariant()
    def only_the_lead_reads_and_only_what_is_marked(self) -> None:
        for member in STAFF:
            if self.may_read(member):
                assert member == self.lead
                assert self.level in ("P0", "P1")
                assert self.state not in (State.HELD, State.TRANSFERRING)

    @invariant()
    def whoever_reads_gave_a_reason_of_their_own_less_than_two_days_ago(self) -> None:
        for member in STAFF:
            if self.may_read(member):
                mine = [it for it in self.accesses if it.lead == member and it.reason]
                assert any(it.opened_at is not None and self.now < it.due + READS_FOR for it in mine)

    @invariant()
    def nobody_reads_after_a_no_or_longer_than_a_day_alone(self) -> None:
        for it in self.accesses:
            alone = it.opened_at is not None and it.answer != "confirmed" and self.now >= it.opened_at + ANSWER_WITHIN
            if it.answer == "refused" or alone:
                assert not it.is_read_by(it.lead, self.now)
            if it.answer == "confirmed":
                assert it.answered_by not in (None, it.lead)


Reading.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
test_nobody_without_role_mark_reason_and_a_second_reads = Reading.TestCase


def named(week: bool) -> st.SearchStrategy[Named]:  # noqa: FBT001 - read where it is called
    day = {"weekday": st.integers(0, 6)} if week else {"day": st.dates(date(2026, 2, 27), date(2026, 3, 9))}
    return st.builds(Named, members, st.integers(0, 1439), st.integers(0, 1439), **day)


MOMENTS = st.integers(0, 7 * 24 * 60).map(lambda minutes: START + timedelta(minutes=minutes))
ZONES = st.sampled_from(["UTC", "Asia/Bangkok", "Europe/Berlin"])


@given(st.lists(named(week=True), max_size=4), st.lists(named(week=False), max_size=3), ZONES, MOMENTS)
def test_the_duty_lead_is_one_who_is_named_for_this_moment(
    week: list[Named], days: list[Named], zone: str, at: datetime
) -> None:
    lead = lead_at([*week, *days], zone, at)
    if lead is None:
        return
    assert lead.until > at
    assert lead.member in {one.member for one in (*week, *days)}
    assert lead_at([*days, *reversed(week)], zone, at) == lead
    on_the_day = lead_at(days, zone, at)
    assert on_the_day is None or lead == on_the_day
