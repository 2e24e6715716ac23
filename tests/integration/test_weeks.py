"""Weeks: being written to first, check-ins, remembering, and coming back after an hour, three days, five weeks."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.codes import MemberId
from bot.domain.plan import Plan
from bot.domain.remembering import ask
from bot.domain.reply import Reply
from bot.services.ports import TurnAnswer
from tests.support.cases import a_case
from tests.support.fakes import NOON, FakeDuty, MovableClock, answer_by_domain
from tests.support.house import TestHouse, content, open_test_house

ANN = MemberId("ann")
KNOCKS = ("weeks.knock-one", "weeks.knock-two", "weeks.knock-three")
# Noon in UTC is seven in the evening for whose clock shows 19:00.
EVENING = "19:00"


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[TestHouse]:
    url = f"sqlite+aiosqlite:///{tmp_path / 'saphan.db'}"
    async with open_test_house(url, tmp_path, MovableClock(NOON), FakeDuty()) as made:
        await made.says("", kind="start")
        yield made


def words(key: str, **args: str) -> str:
    return content().words.say(key, "en", org="Bridge House", messenger="Telegram", **args)


def is_knock(text: str) -> bool:
    return text in {words(key) for key in KNOCKS}


async def counsellor_writes(house: TestHouse, text: str) -> None:
    conversation = await house.conversation()
    async with house.house.records.begin() as tx:
        await house.house.speaker.write(tx, conversation, text, ANN, house.clock.now())


async def clock_looks(house: TestHouse, **gap: float) -> list[str]:
    """Let time pass, let the clock look, and give what arrives."""
    before = len(house.messenger.texts("7"))
    house.clock.pass_(**gap)
    await house.workers.due.look()
    await house.deliver()
    return house.messenger.texts("7")[before:]


async def allows_evenings(house: TestHouse) -> None:
    await house.presses(words("escape.more"))
    await house.presses(words("weeks.plan-label"))
    await house.presses(words("weeks.hours"))
    await house.presses(words("weeks.evening"))
    await house.presses(EVENING)


async def test_an_old_press_takes_no_clock_away(house: TestHouse) -> None:
    """What a clock shows is kept with the open question, so that its buttons can be shown again."""
    old = house.data_of(words("opening.safe-yes"))
    await house.presses(words("escape.more"))
    await house.presses(words("weeks.plan-label"))
    await house.presses(words("weeks.hours"))
    await house.presses(words("weeks.evening"))
    assert await house.says(old, kind="press") == [words("escape.stale")]
    assert EVENING in house.labels()


async def test_a_clock_that_was_read_an_hour_later_is_shown_anew(house: TestHouse) -> None:
    """S8: pressed late, it would tell of hours that are not theirs."""
    await house.presses(words("escape.more"))
    await house.presses(words("weeks.plan-label"))
    await house.presses(words("weeks.hours"))
    await house.presses(words("weeks.evening"))
    house.clock.pass_(hours=1)
    assert await house.presses("20:00") == [words("weeks.clock-ask")]
    await house.presses("20:00")
    assert (await house.conversation()).plan.offset == 420


async def keep(house: TestHouse, days: int = 90) -> None:
    """Let them be remembered, without the question."""
    conversation = await house.conversation()
    async with house.house.records.begin() as tx:
        fresh = await tx.conversations.get(conversation.id)
        assert fresh is not None
        until = house.clock.now() + timedelta(days=days)
        await tx.conversations.save(replace(fresh, remember_days=days, keep_until=until))


async def test_s8_hours_are_asked_before_anything_is_written_first(house: TestHouse) -> None:
    """S8: safe hours are asked before any outbound message; kept as a distance from UTC, never as a place."""
    await allows_evenings(house)
    plan = (await house.conversation()).plan
    assert plan == Plan(may_write=True, parts=("evening",), offset=420)
    conversation = await house.conversation()
    async with house.house.records.begin() as tx:
        consents = await tx.casework.consents(conversation.id)
    assert [(c.scope, c.act) for c in consents] == [("written_to:evening", "contact_evening")]


async def test_p6_in_their_hours_only_a_knock_leaves_and_the_rest_waits_until_they_answer(house: TestHouse) -> None:
    """P6, S9: one neutral line without buttons; words of the talk come only after they wrote."""
    await allows_evenings(house)
    house.clock.pass_(minutes=30)
    await counsellor_writes(house, "I found the paper you asked about")
    await counsellor_writes(house, "shall I explain it?")
    await house.deliver()
    knock = house.messenger.sent[-1][1]
    assert is_knock(knock.text)
    assert knock.rows == ()
    assert "I found the paper you asked about" not in house.messenger.texts("7")
    assert await clock_looks(house, hours=1) == []
    answered = await house.says("hi")
    assert "I found the paper you asked about" in answered
    assert "shall I explain it?" in answered


async def test_s8_outside_their_hours_not_even_a_knock_leaves_until_the_hours_begin(house: TestHouse) -> None:
    """S8: no message outside safe hours."""
    await allows_evenings(house)
    house.clock.pass_(hours=5)
    await counsellor_writes(house, "good news")
    await house.deliver()
    conversation = await house.conversation()
    async with house.house.records.begin() as tx:
        latest = await tx.messages.latest(conversation.id, 1)
    assert latest[0][2] == "held: outside safe hours"
    assert await clock_looks(house, hours=15.5) == []
    [knock] = await clock_looks(house, hours=1)
    assert is_knock(knock)


async def test_p6_after_one_unanswered_knock_nothing_is_sent_until_they_write(house: TestHouse) -> None:
    """P6: silence is fine; no nagging."""
    await keep(house)
    await allows_evenings(house)
    house.clock.pass_(minutes=30)
    await counsellor_writes(house, "first")
    await house.deliver()
    for day in range(8):
        await counsellor_writes(house, f"day {day}")
        assert await clock_looks(house, days=1) == []


async def test_who_said_no_is_never_written_to_first(house: TestHouse) -> None:
    """P6, D2: what was allowed is taken back by one button."""
    await allows_evenings(house)
    await house.presses(words("escape.more"))
    await house.presses(words("weeks.plan-label"))
    assert await house.presses(words("weeks.never")) == [words("weeks.plan-none")]
    house.clock.pass_(minutes=30)
    await counsellor_writes(house, "are you there?")
    assert await clock_looks(house, hours=1) == []
    assert not (await house.conversation()).plan.may_write


async def test_any_time_today_ends_today(house: TestHouse) -> None:
    """S8: "today" is today."""
    await keep(house)
    await house.presses(words("escape.more"))
    await house.presses(words("weeks.plan-label"))
    await house.presses(words("weeks.today"))
    house.clock.pass_(hours=13)
    await counsellor_writes(house, "are you there?")
    assert await clock_looks(house, hours=1) == []


async def asks_for_check_ins(house: TestHouse) -> None:
    await allows_evenings(house)
    said = await house.presses(words("weeks.check-in"))
    assert said == [words("weeks.check-in-kept")]


async def test_p6_a_check_in_is_one_knock_a_week_and_ends_when_it_is_not_answered(house: TestHouse) -> None:
    """P6: opt-in only, in their hours, once until they answer."""
    await asks_for_check_ins(house)
    assert await clock_looks(house, days=6) == []
    [knock] = await clock_looks(house, days=1, minutes=30)
    assert is_knock(knock)
    for _ in range(21):
        assert await clock_looks(house, days=1) == []


async def test_p6_a_check_in_that_was_answered_comes_again_a_week_later(house: TestHouse) -> None:
    """P6: each is an answer to their last sign of life."""
    await asks_for_check_ins(house)
    await clock_looks(house, days=7, minutes=30)
    await house.says("I am well")
    assert await clock_looks(house, days=6) == []
    assert len(await clock_looks(house, days=1, minutes=10)) == 1


async def test_p6_a_check_in_waits_for_their_hours(house: TestHouse) -> None:
    """P6, S8: a check-in that falls due at night waits for the evening."""
    await asks_for_check_ins(house)
    assert await clock_looks(house, days=7, hours=5) == []
    assert await clock_looks(house, hours=15) == []
    assert len(await clock_looks(house, hours=2)) == 1


async def test_p6_nobody_who_did_not_ask_for_it_is_checked_on(house: TestHouse) -> None:
    """P6: only if the person allowed it."""
    await keep(house)
    await allows_evenings(house)
    for _ in range(30):
        assert await clock_looks(house, days=1) == []


async def test_a_clock_that_goes_back_makes_nothing_due_twice(house: TestHouse) -> None:
    """P6: one knock stays one knock."""
    await asks_for_check_ins(house)
    assert len(await clock_looks(house, days=7, minutes=30)) == 1
    house.clock.pass_(days=-3)
    for _ in range(6):
        assert await clock_looks(house, days=1) == []


@pytest.mark.parametrize("gap", [timedelta(hours=1), timedelta(days=3), timedelta(weeks=5)])
async def test_p7_a_return_finds_everything_that_was_to_be_remembered(house: TestHouse, gap: timedelta) -> None:
    """P7, D3: after a while a welcome and the safe-now question; each return prolongs."""
    await keep(house)
    first = await house.conversation()
    await clock_looks(house, seconds=gap.total_seconds())
    said = await house.says("it is me again")
    after = await house.conversation()
    assert after.id == first.id
    assert after.keep_until is not None
    assert after.keep_until >= house.clock.now() + timedelta(days=90) - timedelta(minutes=1)
    is_return = words("opening.welcome-back") in said
    assert is_return == (gap >= timedelta(hours=6))


async def test_d3_who_was_not_to_be_remembered_comes_back_to_a_fresh_page(house: TestHouse) -> None:
    """D3: erasure by default; nothing old is shown."""
    first = await house.conversation()
    await clock_looks(house, days=3)
    said = await house.says("hello")
    assert (await house.conversation()).id != first.id
    assert words("opening.who") in said


async def test_d3_remembering_is_a_consent_by_its_own_button(house: TestHouse) -> None:
    """D3, D2: a typed wish is no consent, and what they pressed is written down."""
    house.engine.answer = lambda *_: TurnAnswer(Reply((ask(a_case()),)))
    await house.says("thank you, goodbye")
    assert (await house.conversation()).remember_asked == 1
    house.engine.answer = answer_by_domain
    assert await house.presses(words("weeks.remember-month")) == [words("weeks.remembered", days="30")]
    conversation = await house.conversation()
    assert conversation.remember_days == 30
    assert conversation.keep_until == house.clock.now() - timedelta(seconds=5) + timedelta(days=30)
    await clock_looks(house, days=29)
    assert (await house.conversation()).id == conversation.id
    await clock_looks(house, days=2)
    assert (await house.conversations([conversation.id]))[0] is None


@pytest.mark.parametrize("days", [6, 8])
async def test_d3_a_mark_of_danger_keeps_what_nobody_agreed_to_keep_for_seven_days_at_most(
    house: TestHouse, days: int
) -> None:
    """D3: said under More; after that it is erased like everything else."""
    await house.says("danger")
    conversation = await house.conversation()
    assert conversation.level == "P0"
    await clock_looks(house, days=days)
    assert ((await house.conversations([conversation.id]))[0] is None) == (days > 7)


async def test_a_person_who_left_ends_check_ins_until_they_write(house: TestHouse) -> None:
    """P6: a bot that was blocked knocks at no door."""
    await asks_for_check_ins(house)
    await house.says("", kind="blocked")
    assert await clock_looks(house, days=8) == []
    assert (await house.conversation()).plan.check_in_at is None


async def test_s12_an_answer_to_a_knock_opens_nothing_before_their_own_word(house: TestHouse) -> None:
    """S12: whoever has the phone may answer; what waited comes only after the word that they chose."""
    await house.presses(words("escape.more"))
    await house.presses(words("escape.screen"))
    await house.presses(words("cover.word-label"))
    await house.says("velvet tractor")
    await allows_evenings(house)
    house.clock.pass_(minutes=30)
    await counsellor_writes(house, "I found the paper you asked about")
    await house.deliver()
    assert is_knock(house.messenger.texts("7")[-1])
    answered = await house.says("who is this?")
    assert "I found the paper you asked about" not in answered
    assert (await house.conversation()).flags.covered
    await house.says("velvet tractor")
    assert "I found the paper you asked about" in house.messenger.texts("7")


async def test_s9_a_knock_speaks_of_the_theme_that_they_chose(house: TestHouse) -> None:
    """S9: one line of the person's theme."""
    await house.presses(words("escape.more"))
    await house.presses(words("escape.screen"))
    await house.presses(words("cover.theme-label"))
    await house.presses(words("themes.football"))
    await allows_evenings(house)
    house.clock.pass_(minutes=30)
    await counsellor_writes(house, "good news")
    await house.deliver()
    assert house.messenger.texts("7")[-1] == words("weeks.knock-football")
