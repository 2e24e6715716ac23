"""What the person is asked and told about passing facts on (H3, D2, S19): kinds of facts and to whom, never a fact.

Each yes has a button of its own; under *More* they see what is passed on, and stop any of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from bot.domain.case import Case
from bot.domain.codes import Act
from bot.domain.effects import REFER, REFER_STOP
from bot.domain.referral import (
    FACTS,
    HOLDS_FOR,
    LATER,
    LESS,
    LIST,
    NO,
    READS_ALL,
    READS_NEW,
    REVIEWS,
    STOPS,
    YES,
    Does,
    State,
    What,
)
from bot.domain.reply import Button, Effect, Reply, Say
from bot.domain.routing import told_of

LIST_BUTTON: Final = Button(LIST, "referral.list-label")
NOT_TOLD: Final = frozenset({"header", "consent", "duties"})
"""Blocks about the work itself: they hold nothing of what the person told."""

_ASKS: Final = {READS_NEW: "referral.ask-new", READS_ALL: "referral.ask-all", REVIEWS: "referral.ask-look"}
_LABELS: Final = {LESS: "referral.less", LATER: "referral.later", NO: "referral.no"}
_VALUES: Final = {YES: "yes", LESS: "less", LATER: "later", NO: "no"}
_SAID: Final = {YES: "referral.agreed", LESS: "referral.agreed", LATER: "referral.later-said", NO: "referral.declined"}
_LINES: Final = {
    State.ASKED: "referral.line-asked",
    State.AGREED: "referral.line-sent",
    State.SENT: "referral.line-sent",
    State.ACCEPTED: "referral.line-accepted",
    State.CONTACTED: "referral.line-accepted",
}


def ask(
    to: str, what: What, helps: Iterable[str], blocks: Iterable[str], *, is_law: bool, can_be_less: bool
) -> tuple[Say, ...]:
    """Tell what it may bring and cost, show which kinds of facts go to whom, and ask one question by button."""
    if what != FACTS:
        return (Say(_ASKS[what], {"to": to}, _buttons("referral.yes-read", LATER, NO)),)
    told = tuple(Say(key) for key in told_of(helps))
    kinds = tuple(f"referral.block-{block}" for block in blocks if block not in NOT_TOLD)
    preview = Say("referral.facts", {"to": to}, lists={"facts": kinds})
    less = (LESS,) if can_be_less else ()
    return (*told, preview, Say(question(is_law=is_law), {"to": to}, _buttons("referral.yes", *less, LATER, NO)))


def question(*, is_law: bool) -> str:
    """Name the sentence that is asked: to tell the police is a question of its own words."""
    return "referral.ask-law" if is_law else "referral.ask"


def _buttons(yes: str, *others: Act) -> tuple[Button, ...]:
    return (Button(YES, yes), *(Button(act, _LABELS[act]) for act in others))


def tell(does: Does, to: str, what: What) -> Say | None:
    """Give what the person is told when staff did something; None where it changes nothing for them."""
    key = _TOLD.get(does, "")
    if what != FACTS:
        key = {Does.SEND: "", Does.ACCEPT: "referral.reads", Does.FINISH: "referral.reads-no-more"}.get(does, key)
    return Say(key, {"to": to}) if key else None


_TOLD: Final = {
    Does.SEND: "referral.sent",
    Does.ACCEPT: "referral.accepted",
    Does.REFUSE: "referral.refused",
    Does.CONTACT: "referral.contacted",
    Does.REVOKE: "referral.revoked",
}


def is_mine(act: Act) -> bool:
    """Tell whether a button belongs here."""
    return act in _VALUES or act == LIST or act in STOPS


def answer(act: Act, case: Case) -> Reply | None:
    """Answer one of these buttons, without the engine; None when it is not one."""
    if act in _VALUES:
        return _hear(act, case)
    if act == LIST:
        return _list(case)
    return _stop(STOPS.index(act), case) if act in STOPS else None


def _hear(act: Act, case: Case) -> Reply:
    """Whoever presses after it was taken back is told so, and nothing is passed on."""
    to = next((to for _, to, state in case.referrals if state == State.ASKED.value), "")
    if not to:
        return Reply((Say("referral.gone"),))
    agrees = act in (YES, LESS)
    said = Say(_SAID[act], {"to": to} if agrees else {})
    until = (Say("referral.holds", {"days": str(HOLDS_FOR.days)}),) if agrees else ()
    return Reply((said, *until), (Effect(REFER, _VALUES[act]),))


def _list(case: Case) -> Reply:
    live = [(number, to, State(state)) for number, to, state in case.referrals]
    if not live:
        return Reply((Say("referral.none"),))
    lines = [Say(_LINES[state], {"to": to}) for _, to, state in live]
    stops = tuple(Button(STOPS[number], "referral.stop", (("to", to),)) for number, to, _ in live)
    return Reply((*lines[:-1], _with(lines[-1], stops)))


def _with(say: Say, buttons: Sequence[Button]) -> Say:
    return Say(say.key, say.args, tuple(buttons))


def _stop(number: int, case: Case) -> Reply:
    to = next((to for at, to, _ in case.referrals if at == number), "")
    if not to:
        return Reply((Say("referral.gone"),))
    return Reply((Say("referral.stopped", {"to": to}),), (Effect(REFER_STOP, str(number)),))
