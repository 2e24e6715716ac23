"""What is said on the way to a person: who, how long, what they would see, and one tap through (rules H1-H7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain import consent, effects, escape, handoff, waits
from bot.domain.case import Case, case_from_json, case_to_json
from bot.domain.codes import INDICATOR_CODES, Act
from bot.domain.ownership import Ownership, State
from bot.domain.plan import Plan
from bot.domain.reply import Reply
from bot.domain.summary import KINDS, fact_keys, kinds_of
from bot.services.records import Consent
from tests.support.cases import a_case as usual_case
from tests.support.fakes import NOON as NOW


def a_case(**fields: Any) -> Case:
    """Give a case while nobody is on duty, unless a test says so."""
    return usual_case(**{"on_duty": False, **fields})


def pressed(case: Case, act: str) -> Reply:
    reply = escape.answer(Act(act), replace(case, pressed=Act(act)))
    assert reply is not None
    return reply


def acts(reply: Reply) -> list[str]:
    return [button.act for button in reply.say[-1].buttons]


def test_h2_the_offer_says_whether_somebody_is_here_in_their_language() -> None:
    """H2: organisation, language and likely wait are said before they choose."""
    assert handoff.offer(a_case(on_duty=True)).say[-1].key == "handoff.offer"
    assert handoff.offer(a_case()).say[-1].key == "handoff.offer-nobody"
    later = handoff.offer(a_case(next_shift=NOW + timedelta(hours=5)))
    assert (later.say[-1].key, later.say[-1].args) == ("handoff.offer-hours", {"hours": "6"})


def test_h3_the_kinds_of_facts_are_shown_before_the_yes() -> None:
    """H3: asks what may be passed on; shows it before sending, in kinds and never in words of theirs."""
    reply = handoff.offer(a_case(on_duty=True, known=("withheld_wages",), heard=("document_retention", "violence")))
    preview, question = reply.say
    assert preview.key == "handoff.preview"
    assert preview.lists["facts"] == ("handoff.fact-pay", "handoff.fact-papers", "handoff.fact-safety")
    assert "handoff_yes" in [button.act for button in question.buttons]
    assert len(handoff.offer(a_case(on_duty=True)).say) == 1


def test_h3_every_code_belongs_to_exactly_one_kind_of_fact() -> None:
    """H3: nothing that was heard is passed on without having been shown."""
    for code in INDICATOR_CODES:
        assert len([kind for kind, members in KINDS if code in members]) == 1
    assert len(kinds_of(INDICATOR_CODES)) == len(fact_keys(INDICATOR_CODES)) == len(KINDS)


@pytest.mark.parametrize(
    ("act", "value"), [("handoff_yes", ""), ("handoff_yes_list", "list"), ("handoff_yes_new", "new")]
)
def test_h3_they_choose_what_a_counsellor_may_see_by_its_own_button(act: str, value: str) -> None:
    """H3, D2: each choice is a consent of its own."""
    assert act in acts(pressed(a_case(on_duty=True, state="OFFERED"), "handoff_choose"))
    reply = pressed(a_case(on_duty=True, state="OFFERED"), act)
    assert [(e.kind, e.value) for e in reply.effects] == [(effects.QUEUE, value)]


def test_d2_the_newest_consent_decides_what_is_seen() -> None:
    """D2: layered and revocable; H8: what was not agreed to is not seen."""

    def given(scope: str, turn: int) -> Consent:
        return Consent("c", scope, "home", "act", turn, NOW)  # type: ignore[arg-type]

    everything, some = given(consent.READS_ALL, 3), given(consent.READS_NEW, 9)
    assert consent.may_read([]) is None
    assert consent.may_read([given("written_to:today", 1)]) is None
    assert consent.may_read([everything]) == consent.MayRead(-1, None)
    assert consent.may_read([everything, some]) == consent.MayRead(9, NOW)
    assert consent.may_read([everything, given(consent.READS_LIST, 9)]) == consent.MayRead(9, None)


def test_after_the_yes_one_question_and_every_step_can_be_left() -> None:
    """P1, S8: they already wait; the one question is whether we may write here, and it need not be answered."""
    reply = pressed(a_case(on_duty=True, state="OFFERED"), "handoff_yes")
    assert [say.key for say in reply.say] == ["handoff.queued", "weeks.may-write"]
    assert acts(reply) == ["contact_today", "contact_hours", "contact_never", "handoff_wish", "handoff_cancel"]


def test_who_answered_before_is_not_asked_again() -> None:
    """P8: what was answered is not asked again."""
    case = a_case(on_duty=True, state="OFFERED", plan=Plan(may_write=True))
    assert [say.key for say in pressed(case, "handoff_yes").say] == ["handoff.queued"]


def test_in_danger_nothing_else_is_asked() -> None:
    """S3: at most two messages to a human, and no further question."""
    reply = handoff.answer(Act("person_may_write"), a_case(pressed=Act("person_may_write")))
    assert reply is not None
    assert [say.key for say in reply.say] == ["handoff.queued-nobody"]
    assert [e.kind for e in reply.effects] == [effects.QUEUE]


def test_h6_an_aim_is_offered_only_when_a_shift_covers_it() -> None:
    """H6, L5, S18: no loop and no invented time: without a shift there is waiting or the program, nothing else."""
    assert "handoff_promise" not in acts(handoff.offer(a_case()))
    covered = a_case(next_shift=NOW + timedelta(hours=5), state="OFFERED")
    assert "handoff_promise" in acts(handoff.offer(covered))
    reply = pressed(covered, "handoff_promise")
    assert reply.say[0].key == "handoff.promised-hours"
    due = NOW + timedelta(hours=6)
    assert [(e.kind, e.value) for e in reply.effects] == [(effects.PROMISE, due.isoformat())]
    gone = pressed(a_case(state="OFFERED"), "handoff_promise")
    assert effects.PROMISE not in [e.kind for e in gone.effects]


def test_s8_an_aim_lies_in_hours_in_which_they_may_be_written_to() -> None:
    """S8: the due time comes from the shift and from safe hours."""
    evenings = Plan(may_write=True, parts=("evening",), offset=420)
    due = waits.due_of(NOW.replace(hour=0), evenings)
    assert due == NOW.replace(hour=9)


@pytest.mark.parametrize(("hours", "said"), [(0.1, ("hours", "2")), (1.5, ("hours", "2")), (47, ("hours", "47"))])
def test_an_aim_is_said_in_hours_and_never_in_one(hours: float, said: tuple[str, str]) -> None:
    """L15: no language needs another form of the sentence for one."""
    say = waits.aim(NOW + timedelta(hours=hours), NOW)
    assert say.args == dict([said])


def test_a_far_aim_is_said_in_days() -> None:
    """L8: seventy hours is hard to read."""
    assert waits.aim(NOW + timedelta(hours=70), NOW).args == {"days": "3"}


def test_h7_they_may_wish_for_a_woman_or_another_language_and_lose_nothing() -> None:
    """H7: the person may refuse or change counsellor and is not penalised."""
    waiting = a_case(state="QUEUED")
    assert acts(pressed(waiting, "handoff_wish")) == ["wish_woman", "wish_man", "wish_any"]
    reply = pressed(waiting, "wish_woman")
    assert [(e.kind, e.value) for e in reply.effects] == [(effects.WISH, "gender:woman")]
    assert "handoff_cancel" in acts(reply)
    other = a_case(state="OFFERED", duty=("my", "th"))
    assert acts(pressed(other, "handoff_language"))[:-1] == ["handoff_in_th", "handoff_in_my"]
    taken = pressed(other, "handoff_in_my")
    assert taken.say[-1].key == "handoff.offer"
    assert ("wish", "language:my") in [(e.kind, e.value) for e in taken.effects]
    assert effects.QUEUE not in [e.kind for e in taken.effects]


def test_who_was_promised_a_time_hears_it_again_and_can_cancel() -> None:
    """H6: honest wait."""
    reply = handoff.offer(a_case(state="PROMISED", due=NOW + timedelta(hours=3), on_duty=True))
    assert (reply.say[0].key, reply.effects) == ("handoff.promised-hours", ())
    assert acts(reply) == ["handoff_cancel"]


@pytest.mark.parametrize(("level", "minutes"), [("P0", 2), ("P1", 15), ("P2", 24 * 60), ("P3", 72 * 60)])
def test_a_wait_beyond_its_target_is_noticed_once(level: str, minutes: int) -> None:
    """H6: once per target."""
    own = Ownership(State.QUEUED, NOW)
    passed = NOW + timedelta(minutes=minutes)
    assert waits.passed_target(own, level, passed - timedelta(seconds=1)) is None  # type: ignore[arg-type]
    assert waits.passed_target(own, level, passed) == level  # type: ignore[arg-type]
    assert waits.passed_target(replace(own, told=(level,)), level, passed) is None


def test_waiting_words_ask_nothing_and_leave_the_choice_of_being_written_to() -> None:
    """P2, S8: who typed instead of pressing finds the choice again, as a button and never as a second question."""
    assert acts(handoff.wait(a_case(state="QUEUED"))) == ["contact", "handoff_cancel"]
    assert acts(handoff.wait(a_case(state="QUEUED", plan=Plan(may_write=True)))) == ["handoff_cancel"]


def test_every_button_of_the_hand_off_is_answered_without_the_engine() -> None:
    """H1: the way to a person never depends on the model."""
    reached: set[str] = set()
    cases = [
        a_case(on_duty=on_duty, state=state, next_shift=shift, duty=("th",))
        for on_duty in (True, False)
        for state in ("BOT", "OFFERED", "QUEUED", "PROMISED")
        for shift in (None, NOW + timedelta(hours=9))
    ]
    for case in cases:
        open_acts = ["person"]
        while open_acts:
            act = open_acts.pop()
            if act in reached and act != "person":
                continue
            reached.add(act)
            assert escape.is_way_out(Act(act)), act
            open_acts += [new for say in pressed(case, act).say for new in [b.act for b in say.buttons]]
    assert {"handoff_yes_new", "wish_man", "contact_night", "clock_420", "clock_-300", "handoff_promise"} <= reached


def test_the_case_travels_with_all_of_it() -> None:
    plan = Plan(may_write=True, parts=("night",), offset=390, until=NOW, knocked_at=NOW)
    case = a_case(plan=plan, duty=("th",), next_shift=NOW, due=NOW, remember_days=30, remember_asked=1)
    assert case_from_json(case_to_json(case), {}) == case
