"""Pictures, voices, files and places that a person sends (design/conversation.md, `voice and pictures`; rule S16).

None is ever asked for. One that comes gets a plain warning and a question whether to keep it; until the yes nothing of
it is fetched. A place is never kept.
"""

from __future__ import annotations

from typing import Final

from bot.domain.codes import Act
from bot.domain.reply import Button, Reply, Say

KEEP: Final = Act("keep_yes")
LET_GO: Final = Act("keep_no")
ANSWERS: Final = (Button(KEEP, "attachments.keep-yes"), Button(LET_GO, "attachments.keep-no"))
MOST: Final = 10
"""How many things of one moment wait for the answer; an album has at most ten."""


def ask() -> Reply:
    """Warn, and ask whether to keep what came."""
    return Reply((Say("attachments.ask", buttons=ANSWERS),))


def ask_beside(reply: Reply) -> Reply:
    """Ask beside an answer to words that came with it, unless that answer asks something itself (P1)."""
    if any(say.buttons for say in reply.say):
        return Reply((Say("attachments.not-kept"), *reply.say), reply.effects, reply.pacing)
    return Reply((*reply.say, *ask().say), reply.effects, reply.pacing)


OF_A_PLACE: Final = "attachments.place"
"""A place is not kept, and what it shows is said."""
LET_GONE: Final = "attachments.let-go"
"""They said no: nothing was fetched, and what stays in the messenger is said."""


def kept(*, whole: bool) -> str:
    """Say that it is kept, or that it could not be fetched."""
    return "attachments.kept" if whole else "attachments.could-not"
