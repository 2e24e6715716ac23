"""What is said around a hand-off (design/conversation.md, `hand-off`; rules H1-H7).

Who owns the conversation is decided in `bot.domain.ownership`; this module only chooses words and effects.
"""

from __future__ import annotations

from typing import Final

from bot.domain.case import Case
from bot.domain.codes import Act
from bot.domain.effects import BACK_TO_PROGRAM, CANCEL_HANDOFF, DECLINE_HANDOFF, OFFER_HANDOFF, QUEUE
from bot.domain.ownership import Does, State
from bot.domain.reply import Button, Effect, Reply, Say

CANCEL: Final = Button(Act("handoff_cancel"), "handoff.cancel")
BACK: Final = Button(Act("back"), "handoff.back")
MAY_WRITE: Final = Button(Act("person_may_write"), "safety.may-write")
NO: Final = Button(Act("handoff_no"), "handoff.no")


def offer(case: Case) -> Reply:
    """Say who would read, how long it may take, and ask by button."""
    return Reply((_offer_words(case),), (Effect(OFFER_HANDOFF),))


def offer_again(case: Case) -> Reply:
    """A typed yes is no consent: the same question comes once more with its buttons."""
    return Reply((Say("handoff.please-press"), _offer_words(case)), (Effect(OFFER_HANDOFF),))


def _offer_words(case: Case) -> Say:
    if case.on_duty:
        return Say("handoff.offer", buttons=(Button(Act("handoff_yes"), "handoff.yes"), NO))
    return Say("handoff.offer-nobody", buttons=(Button(Act("handoff_yes"), "handoff.yes-wait"), NO))


def queue(case: Case) -> Reply:
    """The person pressed yes: they wait, know that they wait, and can cancel."""
    key = "handoff.queued" if case.on_duty else "handoff.queued-nobody"
    return Reply((Say(key, buttons=(CANCEL,)),), (Effect(QUEUE),))


def decline(case: Case) -> Reply:
    """No is a sound decision, and it is not asked again today."""
    return Reply((Say("handoff.declined"),), (Effect(DECLINE_HANDOFF),))


def cancel(case: Case) -> Reply:
    """They no longer wish to wait; nothing was lost."""
    return Reply((Say("handoff.cancelled"),), (Effect(CANCEL_HANDOFF),))


def wait(case: Case) -> Reply:
    """Waiting words: no question, no mirror."""
    key = "handoff.waiting" if case.on_duty else "handoff.waiting-nobody"
    return Reply((Say(key, buttons=(CANCEL,)),))


def back(case: Case) -> Reply:
    """The person ends the talk with the counsellor and goes on with the program."""
    return Reply((Say("handoff.back-done"),), (Effect(BACK_TO_PROGRAM),))


def announce(before: State, does: Does) -> Say | None:
    """Give what the person is told when somebody else changed the owner; None when nothing changed for them."""
    return _ANNOUNCE.get((before, does))


_ANNOUNCE: Final[dict[tuple[State, Does], Say]] = {
    (State.QUEUED, Does.CLAIM): Say("handoff.joined", buttons=(BACK,)),
    (State.RESERVED, Does.CLAIM): Say("handoff.joined", buttons=(BACK,)),
    (State.HELD, Does.RETURN): Say("handoff.returned"),
    (State.HELD, Does.CLOSE): Say("handoff.closed"),
    (State.HELD, Does.TAKE_BACK): Say("handoff.requeued", buttons=(CANCEL,)),
    (State.HELD, Does.GO_OFFLINE): Say("handoff.requeued", buttons=(CANCEL,)),
    (State.TRANSFERRING, Does.GO_OFFLINE): Say("handoff.requeued", buttons=(CANCEL,)),
    (State.TRANSFERRING, Does.ACCEPT): Say("handoff.joined", buttons=(BACK,)),
}
