"""What stands beside the messages of a conversation, for whoever reads it: from codes alone, no message is opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.domain.codes import MessageId
from bot.domain.indicators import Catalogue
from bot.domain.observations import Observed
from bot.services.in_sight import InSight, bring_in_sight
from bot.services.matrix import IndicatorsView, show_indicators
from bot.services.ports import Transaction, Vault
from bot.services.records import Consent, Conversation
from bot.services.talk import open_talk

UNDER_18: Final = {"child": True, "adult": False}
"""Ages that are known; of the others nothing is said."""


@dataclass(frozen=True)
class Beside:
    """What the person agreed to, what was told of indicators, and their safety plan."""

    consents: Sequence[Consent]
    indicators: IndicatorsView
    in_sight: InSight


async def gather_beside(
    tx: Transaction,
    vault: Vault,
    catalogue: Catalogue,
    found: Conversation,
    consents: Sequence[Consent],
    observed: Sequence[tuple[MessageId, Observed]],
) -> Beside:
    """Gather it; `observed` is what this member may see."""
    talk = open_talk(vault, found.id, found.state_sealed)
    places = await tx.messages.places(found.id)
    return Beside(
        consents,
        show_indicators(catalogue, observed, places, under_18=UNDER_18.get(talk.age)),
        await bring_in_sight(tx, found, talk, (each.code for _, each in observed)),
    )
