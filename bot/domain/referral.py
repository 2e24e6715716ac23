"""How a referral goes on: a pure machine, and what the person agrees to by their own button (D2, S19, reference 9).

Nothing leaves but by a yes that names the receiver and the parts; once it is taken back nothing more leaves. Letting
another organisation read the talk itself is a referral of its own kind, with a yes of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum
from typing import Final, Literal

from bot.domain.codes import Act, OrganisationId
from bot.domain.consent import REVIEWED, Given

What = Literal["facts", "reads_new", "reads_all", "reviews_new"]
FACTS: Final[What] = "facts"
READS_NEW: Final[What] = "reads_new"
"""The talk from the moment of their yes on."""
READS_ALL: Final[What] = "reads_all"
REVIEWS: Final[What] = "reviews_new"
"""What is told from the moment of their yes on, to be reviewed; the same consent as one's own reviewers have (H8)."""
FROM_NOW: Final = frozenset({READS_NEW, REVIEWS})

LAW_PART: Final = 4
"""Beside the parts of the form: that the receiver may have to act on it (reference, 9.2, tier 4)."""

REASONS: Final = ("no_place", "not_ours", "language", "not_safe", "other")
"""Why a receiver says no."""
NOT_AGAIN_FOR: Final = timedelta(days=7)
"""After a no the same organisation is not asked about again so soon (P2)."""
NOT_NOW_FOR: Final = timedelta(hours=24)
HOLDS_FOR: Final = timedelta(days=90)
"""So long a yes counts; after that nothing is sent, opened or exported on it (reference, 9.1, "until when")."""
MOST: Final = 20
"""Referrals of one conversation in all: each keeps its number, by which it is taken back under *More*."""
MOST_LIVE: Final = 5
"""Under way at once: who is asked more often is asked too much."""


class State(Enum):
    """Where a referral is."""

    DRAFT = "draft"
    ASKED = "asked"
    """The person was asked and has not answered."""
    AGREED = "agreed"
    """They said yes; nothing has left yet."""
    SENT = "sent"
    ACCEPTED = "accepted"
    CONTACTED = "contacted"
    """The receiver says that they reached the person, and the person was told."""
    DONE = "done"
    DECLINED = "declined"
    """The person said no."""
    REFUSED = "refused"
    """The receiver said no, with a reason."""
    REVOKED = "revoked"
    """Taken back, by the person or the sender."""


class Does(Enum):
    """What somebody does with it."""

    ASK = "ask"
    AGREE = "agree"
    DECLINE = "decline"
    NOT_NOW = "not_now"
    SEND = "send"
    ACCEPT = "accept"
    REFUSE = "refuse"
    CONTACT = "contact"
    FINISH = "finish"
    REVOKE = "revoke"


LIVE: Final = (State.ASKED, State.AGREED, State.SENT, State.ACCEPTED, State.CONTACTED)
"""Under way: it can be taken back."""
RECEIVED: Final = (State.SENT, State.ACCEPTED, State.CONTACTED)
"""In the receiver's hands."""
OPEN_TO_RECEIVER: Final = (State.ACCEPTED, State.CONTACTED)
"""Whoever accepted it may open it, until it is done or taken back."""

STAYS: Final = (State.ACCEPTED, State.CONTACTED, State.DONE)
"""What an organisation accepted stays with it when the person erases everything here; the person was told."""

_STEPS: Final[dict[tuple[State, Does], State]] = {
    (State.DRAFT, Does.ASK): State.ASKED,
    (State.ASKED, Does.ASK): State.ASKED,
    (State.ASKED, Does.AGREE): State.AGREED,
    (State.ASKED, Does.DECLINE): State.DECLINED,
    (State.ASKED, Does.NOT_NOW): State.DRAFT,
    (State.AGREED, Does.SEND): State.SENT,
    (State.SENT, Does.ACCEPT): State.ACCEPTED,
    (State.SENT, Does.REFUSE): State.REFUSED,
    (State.ACCEPTED, Does.CONTACT): State.CONTACTED,
    (State.CONTACTED, Does.FINISH): State.DONE,
    **{(state, Does.REVOKE): State.REVOKED for state in (State.DRAFT, *LIVE)},
}


class NotNow(ValueError):
    """This cannot be done with the referral as it is; the message is the state's code."""


@dataclass(frozen=True)
class Course:
    """Where a referral is, what the person agreed to, and when each step was."""

    receiver: OrganisationId
    what: What
    parts: tuple[int, ...]
    """What is asked for; from their yes on, what they agreed to."""
    state: State = State.DRAFT
    reason: str = ""
    asked_at: datetime | None = None
    agreed_at: datetime | None = None
    sent_at: datetime | None = None
    answered_at: datetime | None = None
    contacted_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def until(self) -> datetime | None:
        """Until when the person's yes counts; None before they gave it."""
        return None if self.agreed_at is None else self.agreed_at + HOLDS_FOR

    def holds(self, now: datetime) -> bool:
        """Tell whether the person's yes counts still."""
        return self.until is not None and now < self.until


_WHEN: Final = {
    Does.ASK: "asked_at",
    Does.AGREE: "agreed_at",
    Does.SEND: "sent_at",
    Does.ACCEPT: "answered_at",
    Does.REFUSE: "ended_at",
    Does.CONTACT: "contacted_at",
    Does.FINISH: "ended_at",
    Does.REVOKE: "ended_at",
    Does.DECLINE: "ended_at",
}


def step(course: Course, does: Does, now: datetime, *, parts: Collection[int] = (), reason: str = "") -> Course:
    """Take a step; `parts` narrows a yes, `reason` is a receiver's. Raises NotNow."""
    after = _STEPS.get((course.state, does))
    if after is None:
        raise NotNow(course.state.value)
    if does is Does.REFUSE and reason not in REASONS:
        raise NotNow("reason")
    agreed = tuple(part for part in course.parts if part in parts) if parts else course.parts
    if not agreed and course.what == FACTS:
        raise NotNow("parts")
    when = {_WHEN[does]: now} if does in _WHEN else {}
    return replace(course, state=after, parts=agreed, reason=reason, **when)  # type: ignore[arg-type]  # all are times


SCOPES: Final[dict[What, str]] = {
    FACTS: "passes_on",
    READS_NEW: "lets_read_new",
    READS_ALL: "lets_read_all",
    REVIEWS: REVIEWED,
}
TAKEN_BACK: Final = "none"


def scope_of(what: What, parts: Iterable[int] = ()) -> str:
    """Give the consent's scope: what for, and which parts. The organisation stands beside it."""
    if what == REVIEWS:
        return REVIEWED
    return f"{SCOPES[what]}:{''.join(str(part) for part in sorted(parts)) or 'all'}"


def taken_back(what: What) -> str:
    """Give the scope that takes a consent back."""
    return f"{SCOPES[what]}:{TAKEN_BACK}"


def covers(consents: Iterable[Given], course: Course) -> bool:
    """Tell whether the newest yes to this receiver covers what the referral passes on; `consents` are theirs alone."""
    of_it = [one.scope.partition(":")[2] for one in consents if one.scope.partition(":")[0] == SCOPES[course.what]]
    if not of_it or of_it[-1] == TAKEN_BACK:
        return False
    return course.what != FACTS or {str(part) for part in course.parts} <= set(of_it[-1])


# --- The person's buttons ----------------------------------------------------------------------------------------

YES: Final = Act("refer_yes")
LESS: Final = Act("refer_less")
"""Only how to reach them and what they wish."""
LATER: Final = Act("refer_later")
NO: Final = Act("refer_no")
LIST: Final = Act("refer_list")
"""Under *More*: what is passed on, and to whom."""
STOPS: Final = tuple(Act(f"refer_stop_{place}") for place in range(MOST))
