"""Single promises of the pace, each in one small story; the long random stories stand in tests/property."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.opening import welcome, welcome_back
from bot.domain.pacing import pacing_of
from bot.domain.turns import choose_intent, please_press
from tests.support.cases import a_case
from tests.support.fakes import NOON
from tests.support.pure_talk import BANK, Move, PureTalk, Turn
from tests.support.witness import name_of

SOON = timedelta(seconds=20)


def tells(talk: PureTalk, *codes: str, gap: timedelta = SOON) -> Turn:
    return talk.does(Move(gap, ("tell",), codes))


def presses(talk: PureTalk, act: str, gap: timedelta = SOON) -> Turn:
    assert act in talk.buttons, talk.buttons
    return talk.does(Move(gap, pressed=act))


def keys(turn: Turn) -> list[str]:
    return [say.key for say in turn.reply.say]


def questions(turn: Turn) -> list[str]:
    return [name for key in keys(turn) if (name := name_of(key)).startswith("question:")]


def a_talk() -> PureTalk:
    """Give a talk that was opened, in which it is safe to write."""
    talk = PureTalk()
    talk.does(Move(SOON, started=True))
    presses(talk, "safe_yes")
    return talk


def a_talk_with_a_question(code: str = "withheld_wages") -> PureTalk:
    """Tell about one thing until a gentle question is asked; what else is offered is left."""
    talk = a_talk()
    for _ in range(9):
        if questions(tells(talk, code)):
            return talk
    raise AssertionError("nothing was asked")


def asked(talk: PureTalk) -> str:
    pacing = pacing_of(talk.case(Move(SOON)))
    return "" if pacing.asked is None else pacing.asked.id


def test_the_first_question_is_whether_it_is_safe_and_facts_come_before() -> None:
    """T1, T2, T6, T9, S1: who, who reads, the ways out; then one question, and information one tap away."""
    turn = PureTalk().does(Move(SOON, started=True))
    assert keys(turn) == ["opening.who", "opening.reads", "opening.ways"]
    acts = {str(button.act) for button in turn.reply.say[-1].buttons}
    assert {"safe_yes", "safe_no", "danger", "information", "language_th"} <= acts


def test_the_languages_are_shown_until_they_wrote() -> None:
    """T7: the hint may be wrong, so every language stands there by its own name until they wrote once."""
    talk = a_talk()
    tells(talk)
    again = talk.does(Move(SOON, started=True))
    assert "language_th" not in {str(button.act) for button in again.reply.say[-1].buttons}


def test_a_practice_installation_says_so_first() -> None:
    """H6: nobody is to count on a person who is not there yet."""
    for opening in (welcome, welcome_back):
        assert opening(a_case(practice=True)).say[0].key == "opening.practice"


def test_what_was_told_is_not_asked() -> None:
    """P8: who says that there is no day off is not asked whether there is one."""
    talk = a_talk()
    seen: set[str] = set()
    for _ in range(40):
        seen |= set(questions(tells(talk, "withheld_wages", "excessive_overtime", gap=timedelta(minutes=61))))
        seen |= set(questions(tells(talk, "withheld_wages")))
    assert seen
    assert "question:rest-day" not in seen


@pytest.mark.parametrize("act", ["question_skip", "question_later"])
def test_a_skipped_question_rests_for_seven_days(act: str) -> None:
    """P2: nothing is made of a skip, and it is no answer."""
    talk = a_talk_with_a_question()
    name = asked(talk)
    turn = presses(talk, act)
    assert not questions(turn)
    pacing = pacing_of(talk.case(Move(SOON)))
    assert name not in pacing.answered
    assert pacing.resting[name] - talk.now == timedelta(days=7)


def test_a_question_refused_for_good_never_comes_again() -> None:
    """P2: "never ask this" holds for months."""
    talk = a_talk_with_a_question()
    name = asked(talk)
    presses(talk, "question_never")
    for _ in range(60):
        assert name not in questions(tells(talk, "withheld_wages", gap=timedelta(days=3)))
        assert name not in questions(tells(talk, "withheld_wages"))
        assert name not in questions(tells(talk, "withheld_wages"))


def test_the_purpose_is_told_with_the_same_buttons_once() -> None:
    """D1: what a question is for can be asked, and then it can still be answered."""
    talk = a_talk_with_a_question()
    before, name = talk.buttons, asked(talk)
    turn = presses(talk, "question_purpose")
    assert keys(turn)[0].startswith("questions.for-")
    assert (talk.buttons, asked(talk)) == (before, name)
    presses(talk, "question_purpose")
    assert talk.buttons == ()
    assert asked(talk) == ""


def test_a_question_can_be_answered_in_words() -> None:
    """P2, L4: telling on is an answer too, and nobody is asked to press."""
    talk = a_talk_with_a_question()
    name = asked(talk)
    tells(talk)
    assert pacing_of(talk.case(Move(SOON))).answered[name] == "said"


@pytest.mark.parametrize(
    ("answer", "said"),
    [("wish-talk", "handoff.offer"), ("wish-know", "about.help"), ("wish-rest", "listening.rest")],
)
def test_who_says_what_would_be_good_gets_it(answer: str, said: str) -> None:
    """D1, P4: an answer that asks for something is not only heard; who wishes to rest is asked nothing more."""
    talk = a_talk()
    while "question:wish" not in questions(tells(talk, "excessive_overtime")):
        assert talk.now - NOON < timedelta(hours=1), "nobody asked for a wish"
    label = f"questions.{answer}"
    asked_now = pacing_of(talk.case(Move(SOON))).asked
    assert asked_now is not None
    turn = presses(talk, next(str(button.act) for button in asked_now.buttons if button.label == label))
    assert keys(turn)[-1].startswith(said)
    if answer == "wish-rest":
        assert not any(questions(tells(talk, "excessive_overtime")) for _ in range(5))


def test_a_stale_press_says_one_calm_line_and_takes_no_answer_away() -> None:
    """P11: a button from before changes nothing; those of the open question come with the line."""
    talk = a_talk_with_a_question()
    before, name = talk.buttons, asked(talk)
    turn = talk.does(Move(SOON, stale=True))
    assert keys(turn) == ["escape.stale"]
    assert turn.reply.effects == ()
    assert (talk.buttons, asked(talk)) == (before, name)


def test_after_distress_nothing_is_asked_and_something_calm_is_at_hand() -> None:
    """S14, S15: violence told stops questions for four turns; grounding and rest are one tap away."""
    talk = a_talk_with_a_question()
    turn = tells(talk, "violence")
    assert keys(turn)[-1] == "listening.calm"
    assert "ground" in talk.buttons
    for _ in range(4):
        assert not questions(tells(talk, "withheld_wages"))


def test_who_wants_to_be_asked_is_asked_even_then() -> None:
    """P4: the person opens it."""
    talk = a_talk_with_a_question()
    tells(talk, "violence")
    turn = talk.does(Move(SOON, pressed="ask_me"))
    assert len(questions(turn)) == 1
    assert "listening.go-on" not in keys(turn), "nobody is told to go on and asked in one breath"


def test_a_return_begins_with_a_welcome_and_never_with_the_last_question() -> None:
    """P7, S1: the open question is let go."""
    talk = a_talk_with_a_question()
    turn = tells(talk, "withheld_wages", gap=timedelta(days=3))
    assert keys(turn) == ["opening.welcome-back"]
    assert asked(talk) == "opening.welcome-back"
    assert keys(presses(talk, "safe_yes")) == ["opening.begin"]
    assert {"information", "about_help", "ask_me"} <= set(talk.buttons)


def test_fault_is_lifted_once_in_a_session() -> None:
    """L7: once, briefly; said again it would be a sermon."""
    talk = a_talk()
    said = [key for _ in range(6) for code in ("threats", "deception") for key in keys(tells(talk, code))]
    assert sum(key in ("listening.need-fear", "listening.need-trust") for key in said) == 1


def test_a_child_is_asked_nothing_but_safety_place_and_wishes() -> None:
    """C1, C3: with a sign of being under 18 the bank has three subjects left, all of them light."""
    talk = a_talk()
    names: list[str] = []
    tells(talk, "child")
    for _ in range(40):
        names += questions(tells(talk, "isolation", "withheld_wages", gap=timedelta(minutes=61)))
        names += questions(tells(talk, "isolation"))
    found = [one for one in BANK.questions if f"question:{one.id}" in names]
    assert found
    assert {one.about for one in found} <= {"safety", "place", "wishes"}
    assert {one.heaviness for one in found} == {"light"}


@pytest.mark.parametrize(
    ("key", "buttons", "said", "intent"),
    [
        ("opening.ways", ("safe_yes", "safe_no"), "yes", "safe_yes"),
        ("opening.ways", ("safe_yes", "safe_no"), "no", "safe_no"),
        ("safety.check", ("danger", "safety_no"), "no", "safety_no"),
        ("safety.check", ("danger", "safety_no"), "yes", "urgent"),
        ("weeks.remember", ("remember_30", "remember_no"), "yes", "please_press"),
        ("escape.erase-ask", ("erase_yes", "erase_no"), "yes", "please_press"),
        ("about.menu", ("about_who",), "thanks", "thanks"),
    ],
)
def test_a_typed_yes_is_heard_where_it_gives_nothing_away(
    key: str, buttons: tuple[str, ...], said: str, intent: str
) -> None:
    """D2, C7: what gives something away, or sets something for good, needs its own button."""
    asked_now = {"id": key, "key": key, "buttons": [{"act": act, "label": "x"} for act in buttons], "shown": 1}
    case = a_case(dialogue={"pacing": {"asked": asked_now}})
    assert choose_intent(case, [said], started=False) == intent


def test_the_same_consent_is_not_pressed_for_a_third_time() -> None:
    """Invariant 10: buttons shown twice are let go."""
    asked_now = {
        "id": "weeks.remember",
        "key": "weeks.remember",
        "buttons": [{"act": "remember_30", "label": "x"}],
        "shown": 2,
    }
    case = a_case(dialogue={"pacing": {"asked": asked_now}})
    assert choose_intent(case, ["yes"], started=False) == "yes"


@pytest.mark.parametrize(
    ("buttons", "said"),
    [
        (("remember_30", "remember_no"), "handoff.please-press"),
        (("keep_yes", "keep_no"), "handoff.please-press"),
        (("about_who", "about_cost"), "listening.go-on"),
    ],
)
def test_an_ok_in_passing_is_not_asked_to_press(buttons: tuple[str, ...], said: str) -> None:
    """P1: below a list of choices a yes gives nothing, so nobody is told to press; the choices stay in reach."""
    asked_now = {"id": "x.y", "key": "x.y", "buttons": [{"act": act, "label": "x"} for act in buttons], "shown": 1}
    (answer,) = please_press(a_case(dialogue={"pacing": {"asked": asked_now}})).say
    assert answer.key == said
    assert tuple(button.act for button in answer.buttons) == buttons
