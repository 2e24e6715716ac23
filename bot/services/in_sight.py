"""What the holder of a conversation always sees beside it: the person's safety plan, and the kinds of what was told.

All of it comes from codes (design/handoff.md, *Pages*); nothing here opens a message.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from bot.domain.plan import Plan
from bot.domain.summary import kinds_of
from bot.services.ports import Transaction
from bot.services.records import Conversation
from bot.services.talk import Talk

HEAVY: Final = frozenset({"violence", "sexual_exploitation", "forced_marriage"})
"""Who reads a message with one of these opens it first, for their own sake (rule H4; care for staff)."""
TAKEOVER: Final = "takeover_said"
"""The audit's word for: somebody else has the phone."""


@dataclass(frozen=True)
class InSight:
    """The safety plan and the composed summary, in codes."""

    plan: Plan
    """Whether and when they may be written to first; a knock goes ahead of everything."""
    theme: str
    """Into what their screen changes."""
    has_word: bool
    """They set a word of their own for the way back."""
    takeover: bool
    """The second word was used: somebody else may have the phone."""
    age: str
    """`adult`, `child`, `unsaid` or `unknown`."""
    for_other: bool
    """They write for somebody else."""
    country: str
    kinds: tuple[str, ...]
    """What was told about, as the person was shown it before the hand-over (H3)."""


async def bring_in_sight(tx: Transaction, conversation: Conversation, talk: Talk, codes: Iterable[str]) -> InSight:
    """Gather it; `codes` are those that the consent lets this member see."""
    takeover = await tx.casework.audited(1, conversation=conversation.id, act=TAKEOVER)
    return InSight(
        plan=conversation.plan,
        theme=talk.theme,
        has_word=bool(talk.word),
        takeover=bool(takeover),
        age=talk.age,
        for_other=talk.about == "other",
        country=talk.country,
        kinds=kinds_of(codes),
    )
