"""The effects a turn may have, and which of them only a button may bring about.

An effect that gives something away is accepted only in a turn whose input was that very button
(design/architecture.md, *One message, end to end*, 7).
"""

from __future__ import annotations

from typing import Final

from bot.domain.codes import Act
from bot.domain.reply import Effect

OFFER_HANDOFF: Final = "offer_handoff"
DECLINE_HANDOFF: Final = "decline_handoff"
QUEUE: Final = "queue"
"""Hand the conversation over: carries the consent that a counsellor may read it."""
CANCEL_HANDOFF: Final = "cancel_handoff"
BACK_TO_PROGRAM: Final = "back_to_program"
PAUSE: Final = "pause"
ERASE: Final = "erase"
SET_LANGUAGE: Final = "set_language"
RAISE_DANGER: Final = "raise_danger"
"""The person said by word or button that they are in danger now: P0 and an alert."""
DECLINE_SAFETY: Final = "decline_safety"
OPENED: Final = "opened"
REMEMBER: Final = "remember"
"""Keep something for the next turn's `dialogue`; the engine folds it in, the app never sees it."""

KINDS: Final = frozenset(
    {
        OFFER_HANDOFF,
        DECLINE_HANDOFF,
        QUEUE,
        CANCEL_HANDOFF,
        BACK_TO_PROGRAM,
        PAUSE,
        ERASE,
        SET_LANGUAGE,
        RAISE_DANGER,
        DECLINE_SAFETY,
        OPENED,
    }
)

BUTTONS_ONLY: Final[dict[str, frozenset[Act]]] = {
    QUEUE: frozenset({Act("handoff_yes"), Act("person_may_write")}),
    ERASE: frozenset({Act("erase_yes")}),
}


def is_allowed(effect: Effect, pressed: Act | None) -> bool:
    """Tell whether a turn with this input may have this effect."""
    if effect.kind not in KINDS:
        return False
    needed = BUTTONS_ONLY.get(effect.kind)
    return needed is None or pressed in needed
