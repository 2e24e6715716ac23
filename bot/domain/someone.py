"""When somebody writes for another person (design/conversation.md, `someone else`).

The same care; what is told is said of that other person. The helper's own safety belongs to it.
"""

from __future__ import annotations

from typing import Final

from bot.domain.case import Case
from bot.domain.codes import Act
from bot.domain.effects import REMEMBER, SET_ABOUT
from bot.domain.reply import Button, Effect, Reply, Say

OTHER: Final = Button(Act("someone_else"), "someone.label")
SELF: Final = Button(Act("about_me"), "someone.self-label")

ROOM: Final = frozenset({"person", "information", "break", "remember"})
"""What may follow an answer to a helper: the gentle questions and the mirror are for the person concerned."""
PLAIN: Final = ("someone.heard-1", "someone.heard-2")


def begin(case: Case) -> Reply:
    """Keep that it is about another person, and say what keeps both of them safer."""
    said = (Say("someone.said"), Say("someone.their-safety"), Say("someone.your-safety", buttons=(SELF,)))
    return Reply(said, (Effect(SET_ABOUT, "other"),))


def about_me(case: Case) -> Reply:
    """It is about the writer after all."""
    return Reply((Say("someone.self-said"),), (Effect(SET_ABOUT, "self"),))


def hear(case: Case) -> Reply:
    """Answer to what was told of another person: nothing of it is said as if it were the writer's own."""
    said = case.dialogue.get("said") or []
    key = next((key for key in PLAIN if key not in said[-1:]), PLAIN[0])
    return Reply((Say(key),), (Effect(REMEMBER, key),), room=ROOM)
