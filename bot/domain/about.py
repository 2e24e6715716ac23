"""Who we are, what is kept, who reads (design/conversation.md, `about us`). Asking is never a sign against anybody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.domain import review_consent
from bot.domain.case import Case
from bot.domain.codes import Act
from bot.domain.reply import Button, Reply, Say
from bot.domain.someone import OTHER

TOPICS: Final[dict[str, tuple[str, ...]]] = {
    "about_who": ("about.who",),
    "about_safe": ("about.safe",),
    "about_police": ("about.police",),
    "about_cost": ("about.cost",),
    "about_reads": ("about.reads", "about.reads-more"),
    "about_flags": ("about.flags", "about.flags-more"),
    "about_stored": ("about.stored", "about.stored-more", "about.stored-counts"),
}
"""Intent and what answers it. Who reads is told in three tiers: the program, a counsellor after a yes, another
organisation after a yes that names it. How chats are marked is public (H9)."""

ABOUT_FLAGS: Final = "about_flags"

MENU: Final = (
    Button(Act("about_who"), "about.who-label"),
    Button(Act("about_safe"), "about.safe-label"),
    Button(Act("about_police"), "about.police-label"),
    Button(Act("about_cost"), "about.cost-label"),
    Button(Act("about_reads"), "about.reads-label"),
    Button(Act("about_flags"), "about.flags-label"),
    Button(Act("about_stored"), "about.stored-label"),
    Button(Act("about_help"), "about.help-label"),
)


def information(case: Case) -> Reply:
    """Just information: it needs no disclosure (T9)."""
    return Reply((Say("about.menu", buttons=(*MENU, OTHER)),))


def tell_about(case: Case, intent: str, rules: Sequence[Sequence[str]] = ()) -> Reply:
    """Answer one question about us, with the others one tap away; an intent without an answer raises KeyError.

    `rules` are the words of the published rules by which a case is listed, in parts (`bot.domain.flags`).
    """
    args = {"about.stored-counts": {"yes": str(case.yeses), "opened": str(case.openings)}}
    said = [Say(key, args.get(key, {})) for key in TOPICS[intent]]
    if intent == ABOUT_FLAGS:
        said[1:1] = _listed_when(rules)
    if intent == "about_stored" and case.did:
        said.append(Say("about.stored-did", lists={"did": case.did}))
    if intent == "about_stored" and case.unasked:
        said.append(Say("access.stored", {"opened": str(case.unasked)}))
    others = tuple(button for button in MENU if button.act != intent)
    if intent == ABOUT_FLAGS:
        others = (*review_consent.menu_button(case), *others)
    said[-1] = replace(said[-1], buttons=others)
    return Reply(tuple(said))


def _listed_when(rules: Sequence[Sequence[str]]) -> list[Say]:
    """Tell every rule by which a case is listed (H9)."""
    keys = ("review.listed", *("review.listed-more" for _ in rules))
    return [Say(key, lists={"rules": tuple(part)}) for key, part in zip(keys, rules, strict=False)]
