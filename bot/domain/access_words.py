"""What a person is told of a reading without their yes, and beside which answers (design/handoff.md; rules S1, S12).

Never beside an answer about danger, nor before they said again that it is safe: whoever holds the phone could read it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from bot.domain.access import Access
from bot.domain.effects import COVER, ERASE, ERASE_LAST, PAUSE, RAISE_DANGER, TAKEOVER
from bot.domain.opening import SAFE_ANSWERS
from bot.domain.reply import Reply, Say

NOT_BESIDE: Final = frozenset({"safety", "contacts", "grounding", "cover", "child"})
"""Topics of answers that nothing else stands beside."""
NOT_WITH: Final = frozenset({COVER, ERASE, ERASE_LAST, PAUSE, RAISE_DANGER, TAKEOVER})
"""Effects of turns in which nothing is told."""
_IF_SAFE: Final = frozenset(button.act for button in SAFE_ANSWERS[:1])


def may_be_told_with(reply: Reply) -> bool:
    """Tell whether it is safe to say it before this answer."""
    if not reply.say or any(effect.kind in NOT_WITH for effect in reply.effects):
        return False
    asks_if_safe = any(button.act in _IF_SAFE for say in reply.say for button in say.buttons)
    return not asks_if_safe and NOT_BESIDE.isdisjoint(say.key.partition(".")[0] for say in reply.say)


def told(accesses: Iterable[Access]) -> tuple[Say, ...]:
    """Give a sentence for each way in which it went, each once."""
    return tuple(Say(key) for key in dict.fromkeys(_TOLD[access.answer] for access in accesses))


_TOLD: Final = {"confirmed": "access.confirmed", "refused": "access.refused", "lapsed": "access.lapsed"}
