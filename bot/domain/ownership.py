"""Who may speak: the state table of design/handoff.md, *Ownership*, as a pure function.

Exactly one of the bot, the queue or a named member of staff owns a conversation. `step` is the only way to
change the owner; whoever stores the result does so by compare-and-set, so that of two people who act at once
one is refused and told why.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from bot.domain.codes import MemberId
from bot.errors import SaphanError

OFFER_LASTS: Final = timedelta(hours=24)
RESERVATION_LASTS: Final = timedelta(seconds=90)
TRANSFER_LASTS: Final = timedelta(minutes=2)
ASKED_LASTS: Final = timedelta(hours=1)
"""So long the person may still let in the interpreter whom the counsellor asked for."""


_TEAM: Final = "team:"


def team(language: str) -> MemberId:
    """Name everybody who writes a language, as whom a conversation is offered to."""
    return MemberId(_TEAM + language)


def language_of_team(receiver: MemberId | None) -> str:
    """Give the language of a team; empty: it is one person, or nobody."""
    return receiver.removeprefix(_TEAM) if receiver is not None and receiver.startswith(_TEAM) else ""


class State(str, Enum):
    """The eight states of a conversation."""

    BOT = "BOT"
    OFFERED = "OFFERED"
    QUEUED = "QUEUED"
    RESERVED = "RESERVED"
    PROMISED = "PROMISED"
    HELD = "HELD"
    TRANSFERRING = "TRANSFERRING"
    CLOSED = "CLOSED"


BOT_OWNS: Final = frozenset({State.BOT, State.OFFERED, State.PROMISED, State.CLOSED})
QUEUE_OWNS: Final = frozenset({State.QUEUED, State.RESERVED})
HUMAN_OWNS: Final = frozenset({State.HELD, State.TRANSFERRING})


class Does(str, Enum):
    """What an actor, or the clock, does to the ownership of a conversation."""

    OFFER = "offer"
    DECLINE = "decline"
    WRITE = "write"
    QUEUE = "queue"
    PROMISE = "promise"
    RESERVE = "reserve"
    CLAIM = "claim"
    CANCEL = "cancel"
    RETURN = "return"
    CLOSE = "close"
    BACK = "back"
    TAKE_BACK = "take_back"
    GO_OFFLINE = "go_offline"
    TRANSFER = "transfer"
    ACCEPT = "accept"
    CHANGE = "change"
    """The person would rather write with another counsellor."""
    REFUSE = "refuse"
    WAIT_NO_MORE = "wait_no_more"
    """The last matching shift ended while the person waits, and they chose to stay with the program."""
    INVITE_INTERPRETER = "invite_interpreter"
    ADMIT_INTERPRETER = "admit_interpreter"
    END_INTERPRETER = "end_interpreter"
    TICK = "tick"


@dataclass(frozen=True)
class Interpreting:
    """An interpreter beside the counsellor. Whatever moves the conversation on lets them go with it."""

    member: MemberId
    since: datetime
    """Since when the person is asked, or, once they agreed, from when on the interpreter may read."""
    agreed: bool = False
    key: bytes = field(default=b"", repr=False)
    """The conversation's key, wrapped for this member alone."""

    def stands(self, now: datetime) -> str:
        """Say how it stands: `here`, `asked`, or nothing where nobody answered in time."""
        if self.agreed:
            return "here"
        return "asked" if now - self.since < ASKED_LASTS else ""


@dataclass(frozen=True)
class Ownership:
    """The state with what belongs to it; times are aware, in UTC."""

    state: State
    since: datetime
    """Since when it is so; of one who waits, since when they wait, whoever was asked meanwhile."""
    counsellor: MemberId | None = None
    """Who holds it (HELD, TRANSFERRING), for whom it is reserved, or who held it last (CLOSED)."""
    receiver: MemberId | None = None
    """To whom it is offered: one person, or the team of a language."""
    due: datetime | None = None
    """When a promise is due, or a reservation lapses."""
    front: bool = False
    """Queued before all others of its level: a counsellor was lost."""
    outcome: str = ""
    told: tuple[str, ...] = ()
    """What was already said of this wait, so that it is said once: a level's target, or `shift_over`."""

    interpreting: Interpreting | None = None

    @property
    def bot_may_speak(self) -> bool:
        """The bot answers; in the queue it has waiting words, safety and grounding only."""
        return self.state not in HUMAN_OWNS

    @property
    def owner(self) -> str:
        """`bot`, `queue`, or the id of the member of staff who holds it."""
        if self.state in BOT_OWNS:
            return "bot"
        if self.state in QUEUE_OWNS:
            return "queue"
        return str(self.counsellor)


@dataclass(frozen=True)
class Deed:
    """One act on the ownership. `by` is None when the person, the bot or the clock acts."""

    does: Does
    by: MemberId | None = None
    receiver: MemberId | None = None
    due: datetime | None = None
    outcome: str = ""
    key: bytes = field(default=b"", repr=False)
    """For an interpreter: the conversation's key, wrapped for them."""


class NotPossible(SaphanError):
    """The state does not allow the deed; nothing changed. `state` says what the conversation is now."""

    def __init__(self, state: State, does: Does) -> None:
        """Name the state and the deed; neither tells anything about the person."""
        super().__init__(f"{does.value} is not possible while the conversation is {state.value}")
        self.state = state
        self.does = does


def step(own: Ownership, deed: Deed, now: datetime) -> Ownership:
    """Give the ownership after the deed, or raise NotPossible.

    A TICK that finds nothing due gives the same object back.
    """
    if deed.does is Does.TICK:
        return _tick(own, now)
    move = _MOVES.get((own.state, deed.does))
    if move is None or not _actor_fits(own, deed):
        raise NotPossible(own.state, deed.does)
    return move(own, deed, now)


_HOLDER_ONLY: Final = frozenset({Does.RETURN, Does.CLOSE, Does.TRANSFER, Does.INVITE_INTERPRETER})


def _actor_fits(own: Ownership, deed: Deed) -> bool:
    """Only the holder returns, closes or transfers; only whom it is meant for accepts or claims a reservation."""
    if deed.does in _HOLDER_ONLY or deed.does is Does.GO_OFFLINE:
        return deed.by is not None and deed.by == own.counsellor
    if deed.does in (Does.CHANGE, Does.ADMIT_INTERPRETER):
        return deed.by is None
    if deed.does is Does.ACCEPT:
        return deed.by is not None and (deed.by == own.receiver or _is_of_team(own, deed.by))
    if deed.does in (Does.REFUSE, Does.END_INTERPRETER):
        inside = own.interpreting.member if own.interpreting is not None else None
        other = own.receiver if deed.does is Does.REFUSE else inside
        return deed.by is None or deed.by in (other, own.counsellor)
    if deed.does in (Does.RESERVE, Does.CLAIM):
        return deed.by is not None and (own.state is State.QUEUED or deed.by == own.counsellor)
    return True


def _is_of_team(own: Ownership, by: MemberId) -> bool:
    """Whoever of a team accepts first; that they belong to it is seen to where members are known."""
    return bool(language_of_team(own.receiver)) and by != own.counsellor


def _to_bot(own: Ownership, deed: Deed, now: datetime) -> Ownership:
    return Ownership(State.BOT, now)


def _offer(own: Ownership, deed: Deed, now: datetime) -> Ownership:
    return Ownership(State.OFFERED, now)


def _queue(own: Ownership, deed: Deed, now: datetime) -> Ownership:
    return Ownership(State.QUEUED, now)


def _queue_front(own: Ownership, deed: Deed, now: datetime) -> Ownership:
    return Ownership(State.QUEUED, now, front=True)


def _promise(own: Ownership, deed: Deed, now: datetime) -> Ownership:
    if deed.due is None:
        raise NotPossible(own.state, deed.does)
    return Ownership(State.PROMISED, now, due=deed.due)


def _reserve(own: Ownership, deed: Deed, now: datetime) -> Ownership:
    until = now + RESERVATION_LASTS
    return Ownership(State.RESERVED, own.since, counsellor=deed.by, due=until, front=own.front, told=own.told)


def _hold(own: Ownership, deed: Deed, now: datetime) -> Ownership:
    return Ownership(State.HELD, now, counsellor=deed.by)


def _close(own: Ownership, deed: Deed, now: datetime) -> Ownership:
    if not deed.outcome:
        raise NotPossible(own.state, deed.does)
    return Ownership(State.CLOSED, now, counsellor=own.counsellor, outcome=deed.outcome)


def _transfer(own: Ownership, deed: Deed, now: datetime) -> Ownership:
    if deed.receiver is None or deed.receiver == own.counsellor:
        raise NotPossible(own.state, deed.does)
    return replace(own, state=State.TRANSFERRING, since=now, receiver=deed.receiver)


def _keep_holding(own: Ownership, deed: Deed, now: datetime) -> Ownership:
    return Ownership(State.HELD, now, counsellor=own.counsellor, interpreting=own.interpreting)


def _invite(own: Ownership, deed: Deed, now: datetime) -> Ownership:
    taken = own.interpreting is not None and own.interpreting.stands(now)
    if taken or deed.receiver is None or deed.receiver == own.counsellor:
        raise NotPossible(own.state, deed.does)
    return replace(own, interpreting=Interpreting(deed.receiver, now, key=deed.key))


def _admit(own: Ownership, deed: Deed, now: datetime) -> Ownership:
    if own.interpreting is None or own.interpreting.stands(now) != "asked":
        raise NotPossible(own.state, deed.does)
    return replace(own, interpreting=replace(own.interpreting, since=now, agreed=True))


def _end_interpreting(own: Ownership, deed: Deed, now: datetime) -> Ownership:
    if own.interpreting is None:
        raise NotPossible(own.state, deed.does)
    return replace(own, interpreting=None)


_MOVES: Final = {
    (State.BOT, Does.OFFER): _offer,
    (State.BOT, Does.QUEUE): _queue,
    (State.BOT, Does.PROMISE): _promise,
    (State.CLOSED, Does.PROMISE): _promise,
    (State.CLOSED, Does.OFFER): _offer,
    (State.CLOSED, Does.QUEUE): _queue,
    (State.CLOSED, Does.WRITE): _to_bot,
    (State.OFFERED, Does.QUEUE): _queue,
    (State.OFFERED, Does.PROMISE): _promise,
    (State.OFFERED, Does.DECLINE): _to_bot,
    (State.OFFERED, Does.WRITE): _to_bot,
    (State.QUEUED, Does.RESERVE): _reserve,
    (State.QUEUED, Does.CLAIM): _hold,
    (State.QUEUED, Does.CANCEL): _to_bot,
    (State.QUEUED, Does.BACK): _to_bot,
    (State.QUEUED, Does.PROMISE): _promise,
    (State.RESERVED, Does.PROMISE): _promise,
    (State.QUEUED, Does.WAIT_NO_MORE): _to_bot,
    (State.RESERVED, Does.CLAIM): _hold,
    (State.RESERVED, Does.CANCEL): _to_bot,
    (State.RESERVED, Does.BACK): _to_bot,
    (State.PROMISED, Does.QUEUE): _queue,
    (State.PROMISED, Does.PROMISE): _promise,
    (State.PROMISED, Does.CANCEL): _to_bot,
    (State.PROMISED, Does.BACK): _to_bot,
    (State.HELD, Does.RETURN): _to_bot,
    (State.HELD, Does.CLOSE): _close,
    (State.HELD, Does.BACK): _to_bot,
    (State.HELD, Does.TAKE_BACK): _queue,
    (State.HELD, Does.GO_OFFLINE): _queue_front,
    (State.HELD, Does.CHANGE): _queue_front,
    (State.HELD, Does.TRANSFER): _transfer,
    (State.TRANSFERRING, Does.ACCEPT): _hold,
    (State.TRANSFERRING, Does.REFUSE): _keep_holding,
    (State.TRANSFERRING, Does.BACK): _to_bot,
    (State.TRANSFERRING, Does.GO_OFFLINE): _queue_front,
    (State.TRANSFERRING, Does.CHANGE): _queue_front,
    (State.TRANSFERRING, Does.TAKE_BACK): _queue,
    (State.HELD, Does.INVITE_INTERPRETER): _invite,
    (State.HELD, Does.ADMIT_INTERPRETER): _admit,
    (State.HELD, Does.END_INTERPRETER): _end_interpreting,
    (State.TRANSFERRING, Does.ADMIT_INTERPRETER): _admit,
    (State.TRANSFERRING, Does.END_INTERPRETER): _end_interpreting,
}


def _tick(own: Ownership, now: datetime) -> Ownership:
    """Let the clock act: offers, reservations and transfers lapse, promises fall due."""
    age = now - own.since
    if own.state is State.OFFERED and age >= OFFER_LASTS:
        return Ownership(State.BOT, now)
    if own.state is State.RESERVED and (own.due is None or now >= own.due):
        return Ownership(State.QUEUED, own.since, front=own.front, told=own.told)
    if own.state is State.TRANSFERRING and age >= TRANSFER_LASTS:
        return Ownership(State.HELD, now, counsellor=own.counsellor, interpreting=own.interpreting)
    if own.state is State.PROMISED and own.due is not None and now >= own.due:
        return Ownership(State.QUEUED, now)
    return own
