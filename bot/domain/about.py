"""Who we are, what is kept, who reads (design/conversation.md, `about us`). Asking is never a sign against anybody."""

from __future__ import annotations

from typing import Final

from bot.domain.case import Case
from bot.domain.codes import Act
from bot.domain.reply import Button, Reply, Say

TOPICS: Final[dict[str, str]] = {
    "about_who": "about.who",
    "about_safe": "about.safe",
    "about_police": "about.police",
    "about_cost": "about.cost",
    "about_reads": "about.reads",
    "about_help": "about.help",
}
"""Intent and what answers it."""

MENU: Final = (
    Button(Act("about_who"), "about.who-label"),
    Button(Act("about_safe"), "about.safe-label"),
    Button(Act("about_police"), "about.police-label"),
    Button(Act("about_help"), "about.help-label"),
)


def information(case: Case) -> Reply:
    """Just information: it needs no disclosure (T9)."""
    return Reply((Say("about.menu", buttons=MENU),))


def tell_about(case: Case, intent: str) -> Reply:
    """Answer one question about us; an intent without an answer raises KeyError."""
    return Reply((Say(TOPICS[intent]),))
