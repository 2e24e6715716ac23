"""Which messages tell the same thing in other words, so that an interval does not take them for independent.

One author wrote ten languages: "my passport is with the captain" may stand in five of them. A reader that
understands it gets five right at once, and one that does not gets five wrong.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.evaluation.messages import Labelled

ALIKE: Final = 0.5
"""Share of content words (of both glosses together) from which two messages are one scenario."""

_EMPTY_WORDS: Final = """a an and are as at be been but by can do for from had has have he her him his i if in is it
    its me my no not of on one or our she so that the their them then they this to up us was we what who will with you
    your"""
_EMPTY: Final = frozenset(_EMPTY_WORDS.split())
_WORD: Final = re.compile(r"[a-z]+")


def scenarios_of(messages: Sequence[Labelled]) -> list[str]:
    """Give each message the name of its scenario: the id of the first message that is alike.

    A message without a gloss stands alone. Likeness is not handed on, or chains would join what has nothing in common.
    """
    found: list[str] = []
    first: list[tuple[str, str, frozenset[str]]] = []
    for message in messages:
        words = frozenset(_WORD.findall(message.gloss.lower())) - _EMPTY
        label = f"{message.intent} {sorted(message.codes)} {message.urgency}"
        name = next((name for name, other, theirs in first if other == label and _are_alike(words, theirs)), None)
        if name is None:
            name = message.id
            first.append((name, label, words))
        found.append(name)
    return found


def _are_alike(words: frozenset[str], others: frozenset[str]) -> bool:
    return bool(words) and len(words & others) >= ALIKE * len(words | others)
