"""What the next move may depend on: codes, counters, times, consents. No text, no identity.

A case is made by the app for one turn, travels to the engine as JSON and is thrown away there.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Final

from bot.domain.codes import Act, Language, Urgency
from bot.domain.contacts import Contact, contact_from_json
from bot.domain.plan import Plan, plan_from_json, plan_to_json


@dataclass(frozen=True)
class Case:
    """One conversation as the rules see it at the moment of one turn. Times are aware and in UTC."""

    now: datetime
    language: Language
    opened: bool
    """The opening was said at some time in this conversation."""
    practice: bool
    """The installation is not live yet (design/handoff.md, *Practice and going live*)."""
    silent_for: int | None
    """Seconds between this and the person's last message before it; None at their first."""
    state: str
    """The ownership state's name, such as `BOT` or `QUEUED`."""
    on_duty: bool
    """Somebody who may claim and speaks the language is signed in."""
    offered_today: bool
    """A hand-off was offered and not taken in the last 24 hours."""
    pressed: Act | None
    """The act of the button whose press is this turn's input."""
    heard: tuple[str, ...]
    """Indicator codes read in this turn's messages."""
    known: tuple[str, ...]
    """Indicator codes observed before this turn."""
    urgency: Urgency
    urgency_maybe: Urgency
    safety_declined: bool
    """The person said in this talk that they are not in danger now."""
    wrote: bool
    """They wrote at some time, in words of their own: the language is known from more than a hint."""
    told: int
    """How many of the person's messages so far told something."""
    dialogue: dict[str, Any]
    """What the last committed turn left to remember, as the engine returned it."""
    age: str = "unknown"
    """What the writer said of their age by button: `unknown`, `adult`, `child`, or `unsaid` when they left it out."""
    about: str = "self"
    """Whom they write for: `self` or `other`."""
    country: str = ""
    """ISO 3166 code of the country they named; empty when they named none."""
    served: str = ""
    """The country that the installation serves: a first guess of where they are; empty when it serves several."""
    contacts: tuple[Contact, ...] = ()
    """Every line that staff tried themselves and whose verification counts today (S4)."""
    local: tuple[str, ...] = ()
    """Keys that have a sentence of their own for the country (`child.duty` when `child.duty-th` is written)."""
    yeses: int = 0
    """How many consents the person gave."""
    openings: int = 0
    """How often staff opened the conversation."""
    did: tuple[str, ...] = ()
    """What staff did with the conversation, as keys of the words files."""
    unasked: int = 0
    """How often it was read without their yes, because of danger."""
    mirrors: tuple[str, ...] = ()
    """Names of the mirror sentences that what was heard opens, best first; answered ones too."""
    theme: str = "recipes"
    """What the screen turns into when they change it."""
    has_word: bool = False
    """They set a word of their own."""
    can_clear: bool = False
    """The messenger lets us take messages off the screen."""
    clears: bool = False
    """They asked us to clear as we go."""
    can_hear: bool = False
    """Sentences are recorded in their language."""
    hears: bool = False
    """They asked for the recordings."""
    awaits: str = ""
    """What this turn's short message was asked for: `word`, `second`, `erase`, `erase_clear`, or nothing."""
    word_problem: str = ""
    """What is wrong with the word they gave: `short`, `common`, or nothing."""

    plan: Plan = field(default_factory=Plan)
    """What they allowed about being written to first."""
    duty: tuple[str, ...] = ()
    """Other languages than theirs in which somebody is on duty now."""
    next_shift: datetime | None = None
    """When a shift of somebody who speaks their language begins; None while somebody is here, or none is planned."""
    due: datetime | None = None
    """Until when somebody aims to write, while that is promised."""
    remember_days: int | None = None
    """For how many days they asked to be remembered; 0 is no, None not answered."""
    remember_asked: int = 0
    """How often they were asked that."""
    reviewed: bool = False
    """Reviewers may look at what they told."""
    learns: bool = False
    """New example sentences may be written from what they told."""
    interpreter: str = ""
    """How it stands with an interpreter: `asked`, `here`, or nobody."""

    referrals: tuple[tuple[int, str, str], ...] = ()
    """What is being passed on: number, name of the receiver, state; known only to the buttons about it."""

    def here(self, key: str) -> str:
        """Give the key of the country's own sentence where one is written, else the key itself."""
        return f"{key}-{self.place.lower()}" if key in self.local else key

    @property
    def place(self) -> str:
        """The country that they are in, as far as is known."""
        return self.country or self.served


def case_to_json(case: Case) -> dict[str, Any]:
    """Give the wire shape; `dialogue` travels beside the case, not inside."""
    data = asdict(case)
    del data["dialogue"]
    data["now"] = case.now.isoformat()
    data["plan"] = plan_to_json(case.plan)
    data["duty"] = list(case.duty)
    for name in _MOMENTS:
        time: datetime | None = getattr(case, name)
        data[name] = None if time is None else time.isoformat()
    data["heard"] = list(case.heard)
    data["known"] = list(case.known)
    data["local"] = list(case.local)
    data["mirrors"] = list(case.mirrors)
    data["did"] = list(case.did)
    data["referrals"] = [list(one) for one in case.referrals]
    data["contacts"] = [{**vars(c), "serves": list(c.serves)} for c in case.contacts]
    return data


def case_from_json(data: dict[str, Any], dialogue: dict[str, Any]) -> Case:
    """Read the wire shape; an unknown or missing field raises TypeError."""
    fields = dict(data)
    fields["now"] = datetime.fromisoformat(fields["now"])
    fields["plan"] = plan_from_json(fields.get("plan", {}))
    fields["duty"] = tuple(fields.get("duty", ()))
    for name in _MOMENTS:
        fields[name] = datetime.fromisoformat(fields[name]) if fields.get(name) else None
    fields["heard"] = tuple(fields["heard"])
    fields["known"] = tuple(fields["known"])
    fields["local"] = tuple(fields.get("local", ()))
    fields["mirrors"] = tuple(fields.get("mirrors", ()))
    fields["did"] = tuple(fields.get("did", ()))
    fields["referrals"] = tuple((int(number), to, state) for number, to, state in fields.get("referrals", ()))
    fields["contacts"] = tuple(contact_from_json(contact) for contact in fields.get("contacts", ()))
    return Case(**fields, dialogue=dialogue)


_MOMENTS: Final = ("next_shift", "due")
