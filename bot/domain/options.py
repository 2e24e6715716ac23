"""What help there can be from here, what each may bring and what it may cost (design/conversation.md, `options`).

Gains and costs stand in one breath (L14). No way is the usual one, the police stand last, nothing hangs on what a
person is called, and "no" is a sound decision that is said.
"""

from __future__ import annotations

from typing import Final

from bot.domain import someone
from bot.domain.case import Case
from bot.domain.codes import Act
from bot.domain.reply import Button, Reply, Say

TOPICS: Final[dict[str, tuple[str, ...]]] = {
    "ask_wages": ("options.wages",),
    "ask_papers": ("options.papers", "options.papers-more"),
    "option_health": ("options.health",),
    "ask_home": ("options.home",),
    "option_stay": ("options.stay", "options.stay-more"),
    "option_shelter": ("options.shelter",),
    "option_police": ("options.police",),
}
"""Intent and what tells of it, in the order in which the buttons stand."""

NO: Final = Button(Act("options_no"), "options.no-label")
MENU: Final = (
    Button(Act("ask_wages"), "options.wages-label"),
    Button(Act("ask_papers"), "options.papers-label"),
    Button(Act("option_health"), "options.health-label"),
    Button(Act("ask_home"), "options.home-label"),
    Button(Act("option_stay"), "options.stay-label"),
    Button(Act("option_shelter"), "options.shelter-label"),
    Button(Act("option_police"), "options.police-label"),
    NO,
)
AFTER: Final = (
    Button(Act("person"), "escape.person"),
    Button(Act("about_help"), "options.other-label"),
    NO,
)


def offer(case: Case) -> Reply:
    """Show every kind of help side by side; choosing one starts nothing."""
    return Reply((Say("about.help", buttons=(*MENU, someone.OTHER) if case.about == "self" else MENU),))


def tell(case: Case, intent: str) -> Reply:
    """Tell of one kind of help, in the words of the country where some are written; KeyError for an unknown intent."""
    said = tuple(Say(case.here(key)) for key in TOPICS[intent])
    return Reply((*said, Say("options.free", buttons=AFTER)))


def decline(case: Case) -> Reply:
    """No is a sound decision, and it is said."""
    return Reply((Say("options.no-said"),))
