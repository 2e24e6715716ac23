"""The observer of rehearsals sees every kind of broken promise, and nothing where none was broken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.codes import Act
from bot.domain.ownership import Ownership, State
from bot.domain.reply import Button, Reply, Say
from bot.domain.safe_contact import Flags
from bot.domain.wording import DenyList
from bot.rehearsal.observer import observe
from bot.rehearsal.seen import Message, Seen
from bot.rehearsal.stage import BEGINS, Kept
from bot.rehearsal.stories import Step, Story
from bot.services.notes import TurnNote
from bot.services.talk import Talk
from tests.support.cases import a_case
from tests.support.conversations import a_conversation

WAYS = ("w:person", "w:stop", "w:more")
STORY = Story("silent/one", "t", "en", ())
DENY = DenyList.of({"L1": {"en": ["victim"]}, "L2": {"en": ["why did you"]}})
SAFE = (Button(Act("safe_yes"), "opening.safe-yes"), Button(Act("information"), "opening.just-information"))


def say(key: str, text: str = "Some words.", **more: Any) -> Message:
    fields: dict[str, Any] = {"asks": False, "buttons": WAYS, "labels": (), "silent": True, "preview": False}
    return Message(text, key, **{**fields, **more})


def seen(*messages: Message, step: Step | None = None, moves: Sequence[str] = ("tell",), **more: Any) -> Seen:
    step = step or Step(1, "writes", "something")
    conversation = replace(a_conversation(BEGINS), opened_at=BEGINS, last_inbound=BEGINS, language="en")
    kept = Kept(conversation, Talk())
    acts = more.pop("buttons", ())
    says = tuple(Say(message.key, buttons=acts) for message in messages)
    notes = tuple(TurnNote(a_case(), (), more.pop("by", "engine"), move, Reply(says), {}) for move in moves)
    fields: dict[str, Any] = {"began": BEGINS, "ended": BEGINS, "before": kept, "after": kept, "screen": ()}
    return Seen(STORY, step, **{**fields, **more, "messages": messages, "notes": notes})


OPENED = seen(say("opening.who"), say("opening.reads"), say("opening.ways", asks=True), moves=("start",), buttons=SAFE)


def broken(one: Seen, before: Sequence[Seen] = (OPENED,)) -> set[str]:
    return {rule for rule, _ in observe(one, before, DENY)}


def with_flags(one: Seen, **flags: bool) -> Seen:
    conversation = one.before.conversation
    assert conversation is not None
    kept = Kept(replace(conversation, flags=Flags(**flags)), Talk())
    return replace(one, before=kept, after=kept)


def in_state(one: Seen, state: State) -> Seen:
    conversation = one.before.conversation
    assert conversation is not None
    kept = Kept(replace(conversation, own=Ownership(state, BEGINS)), Talk())
    return replace(one, before=kept, after=kept)


def test_nothing_is_found_where_nothing_is_broken() -> None:
    assert broken(OPENED, ()) == set()
    assert broken(seen(say("listening.heard-1"))) == set()


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ("P1", say("a.b", "Is it so? Or so?", asks=True)),
        ("P5", say("a.b", "word " * 60)),
        ("L9", say("a.b", "Well done \N{SLIGHTLY SMILING FACE}")),
        ("S4", say("a.b", "Call 1323 4")),
        ("S4", say("", "Somebody wrote this by hand.")),
        ("S17", say("a.b", "See https://example.org")),
        ("S17", say("a.b", preview=True)),
        ("S9", say("a.b", silent=False)),
        ("L1", say("a.b", "You are a victim.")),
        ("L2", say("a.b", "Why did you go there.")),
        ("T5", say("a.b", buttons=("w:person",))),
        ("H1", say("a.b", buttons=("w:stop", "w:more"))),
    ],
)
def test_a_broken_word_is_seen(rule: str, message: Message) -> None:
    """P1, P5, L1, L2, L9, S4, S9, S17, T5, H1: what no message may be or lack."""
    assert broken(seen(message)) == {rule}


def test_a_graphic_echo_is_seen_with_and_without_blanks() -> None:
    """L3: a run of a person's own words comes back to them."""
    told = "they beat me with a belt every night"
    echo = seen(say("a.b", "You say they beat me with a belt."), said_by_person=(told,))
    assert broken(echo) == {"L3"}
    thai = "เขาเอาเข็มขัดตีทุกคืนเลยค่ะ"
    echo = seen(say("a.b", f"ใช่ {thai}"), said_by_person=(thai,))
    assert echo.after.conversation is not None
    in_thai = Kept(replace(echo.after.conversation, language="th"), Talk())
    assert "L3" in broken(replace(echo, after=in_thai))


def test_an_opening_in_the_wrong_order_is_seen() -> None:
    """T1, T2, T6, T9: who, who reads, the safe-now question first, and information one tap away."""
    asked_at_once = seen(say("questions.near", asks=True), moves=("start",))
    assert broken(asked_at_once, ()) == {"T1", "T2", "T6", "T9"}


def test_a_return_without_its_question_is_seen() -> None:
    """P7, S1: the safe-now question after six hours, and after a day of silence."""
    late = seen(say("listening.heard-1"), began=BEGINS + timedelta(hours=7))
    assert broken(late) == {"P7"}
    assert broken(replace(late, began=BEGINS + timedelta(hours=30))) == {"S1"}
    assert broken(seen(say("opening.welcome-back"), began=BEGINS + timedelta(days=3), buttons=SAFE)) == set()


def test_what_comes_by_itself_is_seen() -> None:
    """P6, S9: nothing after stop, one knock at most, and no question in it."""
    waits = Step(2, "waits", "3 days")
    knock = say("weeks.knock-one", buttons=())
    assert broken(seen(knock, step=waits, moves=())) == set()
    assert broken(with_flags(seen(knock, step=waits, moves=()), paused=True)) == {"P6"}
    assert broken(seen(knock, knock, step=waits, moves=())) == {"P6"}
    assert "S9" in broken(seen(say("a.b", asks=True), step=waits, moves=()))


def test_danger_without_a_way_to_somebody_is_seen() -> None:
    """S2, S3: staff are told, and two messages lead to a person or a number."""
    alone = seen(say("safety.danger"), moves=("danger",), by="way out")
    assert broken(alone) == {"S2", "S3"}
    urgent = seen(say("listening.heard-1"), moves=("urgent",))
    assert broken(urgent, (OPENED, urgent)) == {"S3"}


def test_a_consent_without_its_button_is_seen() -> None:
    """D2: only the button that names the act gives anything."""
    one = seen(say("handoff.queued"))
    given = replace(one, after=replace(one.after, consents=(object(),)))  # type: ignore[arg-type]
    assert broken(given) == {"D2"}
    pressed = replace(given, step=Step(2, "presses", "handoff_yes"))
    assert broken(pressed) == set()


def test_a_bot_that_speaks_over_a_counsellor_is_seen() -> None:
    """H5: silence while a person holds the conversation, but for ways out."""
    assert broken(in_state(seen(say("listening.heard-1")), State.HELD)) == {"H5"}
    assert broken(in_state(seen(say("escape.paused")), State.HELD)) == set()


def test_a_cover_that_slips_is_seen() -> None:
    """S5, S10: in cover only the theme is seen."""
    assert broken(with_flags(seen(say("listening.heard-1")), covered=True)) == {"S5"}
    assert broken(with_flags(seen(say("", "Fry garlic in oil.")), covered=True)) == set()


def test_a_question_that_comes_again_is_seen() -> None:
    """P2, P3, P8: skipped ones rest, answered ones are done, three in a row are enough."""
    asked = seen(say("questions.near", asks=True))
    other = [seen(say(f"questions.q{number}", asks=True)) for number in range(3)]
    skipped = seen(say("listening.heard-1"), step=Step(2, "presses", "question_skip"))
    answered = seen(say("listening.heard-1"), step=Step(2, "presses", "answer_1"))
    assert "P2" in broken(asked, (OPENED, asked, skipped))
    assert "P8" in broken(asked, (OPENED, asked, answered))
    assert broken(asked, (OPENED, *other)) == {"P3"}
    assert broken(asked, (OPENED, *other[:2])) == set()


def test_what_is_said_once_and_what_waits_is_seen() -> None:
    """L7, S14, D5: fault is lifted once, distress stops questions, logs hold no words."""
    lifted = seen(say("listening.need-fear"))
    assert broken(lifted, (OPENED, lifted)) == {"L7"}
    calm = seen(say("grounding.breath-1"))
    assert broken(seen(say("questions.near", asks=True)), (OPENED, calm)) == {"S14"}
    words = "they keep all of our papers"
    assert broken(seen(say("a.b"), said_by_person=(words,), logged=f'{{"event": "{words}"}}')) == {"D5"}
