"""What is said around a hand-off (design/conversation.md, `hand-off`; rules H1-H7).

Who owns the conversation is decided in `bot.domain.ownership`; this module only chooses words and effects. Every step
has a way that is one tap: the defaults are the plain yes, the talk's language, and anybody who is free.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.domain import interpreting, waits, weeks
from bot.domain.case import Case
from bot.domain.codes import LANGUAGES, Act
from bot.domain.effects import (
    BACK_TO_PROGRAM,
    CANCEL_HANDOFF,
    CHANGE_COUNSELLOR,
    DECLINE_HANDOFF,
    OFFER_HANDOFF,
    PROMISE,
    QUEUE,
    REFUSE_TRANSFER,
    WISH,
)
from bot.domain.ownership import Does, State
from bot.domain.reply import Button, Effect, Reply, Say
from bot.domain.summary import fact_keys

CANCEL: Final = weeks.CANCEL
BACK: Final = Button(Act("back"), "handoff.back")
CHANGE: Final = Button(Act("handoff_change"), "handoff.change")
STAY: Final = Button(Act("handoff_stay"), "handoff.stay")
MAY_WRITE: Final = Button(Act("person_may_write"), "safety.may-write")
NO: Final = Button(Act("handoff_no"), "handoff.no")
YES: Final = Button(Act("handoff_yes"), "handoff.yes")
YES_WAIT: Final = Button(Act("handoff_yes"), "handoff.yes-wait")
LATER: Final = Button(Act("handoff_promise"), "handoff.promise")
CHOOSE: Final = Button(Act("handoff_choose"), "handoff.choose-label")
LIST_ONLY: Final = Button(Act("handoff_yes_list"), "handoff.yes-list")
NEW_ONLY: Final = Button(Act("handoff_yes_new"), "handoff.yes-new")
OTHER_LANGUAGE: Final = Button(Act("handoff_language"), "handoff.other-language")
WISH_LABEL: Final = Button(Act("handoff_wish"), "handoff.wish-label")
WAIT: Final = Button(Act("handoff_wait"), "handoff.wait-label")
WISHES: Final = (
    Button(Act("wish_woman"), "handoff.wish-woman"),
    Button(Act("wish_man"), "handoff.wish-man"),
    Button(Act("wish_any"), "handoff.wish-any"),
)
LANGUAGE_ACTS: Final = {Act(f"handoff_in_{code}"): code for code in LANGUAGES}
_SCOPES: Final = {Act("handoff_yes_list"): "list", Act("handoff_yes_new"): "new"}


def offer(case: Case) -> Reply:
    """Say who would read and how long it may take, show which kinds of facts are passed on, and ask by button."""
    if case.state == "PROMISED":
        return promise_stands(case)
    return Reply((*_preview(case), _offer_words(case)), (Effect(OFFER_HANDOFF),))


def offer_again(case: Case) -> Reply:
    """A typed yes is no consent: the same question comes once more with its buttons."""
    return Reply((Say("handoff.please-press"), _offer_words(case)), (Effect(OFFER_HANDOFF),))


def _preview(case: Case) -> tuple[Say, ...]:
    """Show the kinds of facts, never a word of theirs (H3); where nothing was told there is nothing to show."""
    facts = fact_keys({*case.known, *case.heard})
    return (Say("handoff.preview", lists={"facts": facts}),) if facts else ()


def _offer_words(case: Case) -> Say:
    if case.on_duty:
        return Say("handoff.offer", buttons=(YES, CHOOSE, NO))
    other = (OTHER_LANGUAGE,) if case.duty else ()
    if case.next_shift is None:
        return Say("handoff.offer-nobody", buttons=(YES_WAIT, *other, CHOOSE, NO))
    said = waits.aim(waits.due_of(case.next_shift, case.plan), case.now)
    key = said.key.replace("promised", "offer")
    return Say(key, said.args, buttons=(LATER, YES_WAIT, *other, NO))


def choose(case: Case) -> Reply:
    """Let them choose what a counsellor may see."""
    yes = YES if case.on_duty else YES_WAIT
    return Reply((Say("handoff.choose", buttons=(yes, LIST_ONLY, NEW_ONLY, NO)),), (Effect(OFFER_HANDOFF),))


def ask_language(case: Case) -> Reply:
    """Offer the languages in which somebody is here now."""
    spoken = [code for code in LANGUAGES if code in case.duty]
    if not spoken:
        return offer(case)
    buttons = tuple(Button(Act(f"handoff_in_{code}"), f"languages.{code}") for code in spoken)
    return Reply((Say("handoff.language-ask", buttons=(*buttons, NO)),), (Effect(OFFER_HANDOFF),))


def take_language(act: Act, case: Case) -> Reply:
    """Wish for a counsellor who writes another language; to be read still needs its own yes."""
    code = LANGUAGE_ACTS[act]
    key = "handoff.offer" if code in case.duty else "handoff.offer-nobody"
    yes = YES if code in case.duty else YES_WAIT
    return Reply(
        (*_preview(case), Say(key, buttons=(yes, CHOOSE, NO))),
        (Effect(WISH, f"language:{code}"), Effect(OFFER_HANDOFF)),
    )


def queue(case: Case) -> Reply:
    """The person pressed yes: they wait, know that they wait, and can cancel.

    Then one question, whether we may write here later; in danger nothing else is asked.
    """
    act = case.pressed or YES.act
    key = "handoff.queued" if case.on_duty else "handoff.queued-nobody"
    asked = () if act == MAY_WRITE.act else weeks.ask_contact(case, WISH_LABEL, CANCEL)
    first = Say(key) if asked else Say(key, buttons=(CANCEL,))
    return Reply((first, *asked), (Effect(QUEUE, _SCOPES.get(act, "")),))


def promise(case: Case) -> Reply:
    """Say an aim, which a shift covers; where no shift does any more, say so and offer again (L5, S18)."""
    if case.next_shift is None:
        return Reply((_offer_words(case),), (Effect(OFFER_HANDOFF),))
    due = waits.due_of(case.next_shift, case.plan)
    asked = weeks.ask_contact(case, WISH_LABEL, CANCEL)
    said = waits.aim(due, case.now)
    first = said if asked else Say(said.key, said.args, buttons=(CANCEL,))
    return Reply((first, *asked), (Effect(PROMISE, due.isoformat()),))


def promise_stands(case: Case) -> Reply:
    """Say again how the aim stands; they may still cancel."""
    said = waits.aim(case.due or case.now, case.now)
    return Reply((Say(said.key, said.args, buttons=(CANCEL,)),))


def ask_wish(case: Case) -> Reply:
    """Ask with whom they would rather talk (H7)."""
    return Reply((Say("handoff.wish-ask", buttons=WISHES),))


def take_wish(act: Act, case: Case) -> Reply:
    """Keep the wish; nothing is lost by having one."""
    gender = act.removeprefix("wish_")
    asked = weeks.ask_contact(case, CANCEL)
    kept = Say("handoff.wish-kept") if asked else Say("handoff.wish-kept", buttons=(CANCEL,))
    return Reply((kept, *asked), (Effect(WISH, f"gender:{'' if gender == 'any' else gender}"),))


def decline(case: Case) -> Reply:
    """No is a sound decision, and it is not asked again today."""
    return Reply((Say("handoff.declined"),), (Effect(DECLINE_HANDOFF),))


def cancel(case: Case) -> Reply:
    """They no longer wish to wait; nothing was lost."""
    return Reply((Say("handoff.cancelled"),), (Effect(CANCEL_HANDOFF),))


def shift_over(*, covered: bool) -> Say:
    """The last matching shift ended while they waited: they choose (H6). `covered`: another shift is planned."""
    later = (LATER,) if covered else ()
    return Say("handoff.shift-over", buttons=(WAIT, *later, CANCEL))


def wait(case: Case) -> Reply:
    """Waiting words: no question, no mirror. Who does not wait any more is offered a person anew."""
    if case.state not in ("QUEUED", "RESERVED"):
        return offer(case)
    key = "handoff.waiting" if case.on_duty else "handoff.waiting-nobody"
    contact = () if case.plan.may_write else (weeks.MENU,)
    return Reply((Say(key, buttons=(*contact, CANCEL)),))


def back(case: Case) -> Reply:
    """The person ends the talk with the counsellor and goes on with the program."""
    return Reply((Say("handoff.back-done"),), (Effect(BACK_TO_PROGRAM),))


def stay(case: Case) -> Reply:
    """They stay with the counsellor who is here; a press that comes too late is told how it is (H7)."""
    if case.state != State.TRANSFERRING.value:
        return Reply((Say("handoff.stay-late", buttons=(CHANGE, BACK)),))
    return Reply((_KEPT,), (Effect(REFUSE_TRANSFER),))


def change(case: Case) -> Reply:
    """They wait for another counsellor, before all others; who is with the program is offered a person as ever."""
    if case.state not in (State.HELD.value, State.TRANSFERRING.value):
        return wait(case)
    return Reply((Say("handoff.changed", buttons=(CANCEL,)),), (Effect(CHANGE_COUNSELLOR),))


def keep_with_program(reply: Reply, pressed: Act | None) -> Reply:
    """Offer no person for now: the talk was closed as abusive. The way of danger stays as it is (design/handoff.md)."""
    is_of_danger = pressed == MAY_WRITE.act or "safety" in {_topic(say) for say in reply.say}
    if is_of_danger or not any(effect.kind in _TO_A_PERSON for effect in reply.effects):
        return reply
    others = tuple(say for say in reply.say if _topic(say) != "handoff")
    effects = tuple(effect for effect in reply.effects if effect.kind not in _TO_A_PERSON)
    return replace(reply, say=(*others, Say("handoff.only-program")), effects=effects)


def _topic(say: Say) -> str:
    return say.key.partition(".")[0]


_TO_A_PERSON: Final = frozenset({OFFER_HANDOFF, QUEUE, PROMISE, WISH})


def announce(before: State, does: Does) -> Say | None:
    """Give what the person is told when somebody else changed the owner; None when nothing changed for them."""
    return _ANNOUNCE.get((before, does))


_KEPT: Final = Say("handoff.stayed", buttons=(CHANGE, BACK))
_ANSWERS: Final = {
    STAY.act: stay,
    CHANGE.act: change,
    YES.act: queue,
    LIST_ONLY.act: queue,
    NEW_ONLY.act: queue,
    MAY_WRITE.act: queue,
    LATER.act: promise,
    CHOOSE.act: choose,
    OTHER_LANGUAGE.act: ask_language,
    WISH_LABEL.act: ask_wish,
    WAIT.act: wait,
    NO.act: decline,
    CANCEL.act: cancel,
}
_WISH_ACTS: Final = frozenset(button.act for button in WISHES)


def is_about_handoff(act: Act) -> bool:
    """Tell whether a button belongs here, or to being written to."""
    return act in _ANSWERS or act in LANGUAGE_ACTS or act in _WISH_ACTS or weeks.is_about_contact(act)


def answer(act: Act, case: Case) -> Reply | None:
    """Answer a button on the way to a person, without the engine; None when it is not one."""
    if act in LANGUAGE_ACTS:
        return take_language(act, case)
    if act in _WISH_ACTS:
        return take_wish(act, case)
    found = _ANSWERS.get(act)
    return weeks.answer(act, case) if found is None else found(case)


_ANNOUNCE: Final[dict[tuple[State, Does], Say]] = {
    (State.QUEUED, Does.CLAIM): Say("handoff.joined", buttons=(CHANGE, BACK)),
    (State.RESERVED, Does.CLAIM): Say("handoff.joined", buttons=(CHANGE, BACK)),
    (State.HELD, Does.TRANSFER): Say("handoff.transfer", buttons=(STAY, BACK)),
    (State.TRANSFERRING, Does.REFUSE): _KEPT,
    (State.TRANSFERRING, Does.TICK): _KEPT,
    (State.TRANSFERRING, Does.TAKE_BACK): Say("handoff.requeued", buttons=(CANCEL,)),
    (State.HELD, Does.RETURN): Say("handoff.returned"),
    (State.HELD, Does.CLOSE): Say("handoff.closed"),
    (State.HELD, Does.TAKE_BACK): Say("handoff.requeued", buttons=(CANCEL,)),
    (State.HELD, Does.GO_OFFLINE): Say("handoff.requeued", buttons=(CANCEL,)),
    (State.TRANSFERRING, Does.GO_OFFLINE): Say("handoff.requeued", buttons=(CANCEL,)),
    (State.TRANSFERRING, Does.ACCEPT): Say("handoff.transferred", buttons=(CHANGE, BACK)),
    (State.HELD, Does.INVITE_INTERPRETER): interpreting.ASK,
    (State.HELD, Does.END_INTERPRETER): interpreting.LEFT,
    (State.TRANSFERRING, Does.END_INTERPRETER): interpreting.LEFT,
}
