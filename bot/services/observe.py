"""Writes down what is observed of indicators, and reads it again: codes and places, sealed, only ever added.

Two sources: what the reader heard in a message, and the person's own answer to a mirror sentence, by the press of that
very button. Nothing else sets a code of the catalogue here.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from bot.domain import effects as kinds
from bot.domain import mirror
from bot.domain.codes import Act, ConversationId, MessageId
from bot.domain.indicators import Catalogue
from bot.domain.observations import Observed, from_json, to_json
from bot.domain.pacing_state import from_json as pacing_from_json
from bot.domain.reply import Effect
from bot.services.ports import Reading, Vault
from bot.services.records import Observation
from bot.services.talk import Talk

AT_HAND: Final = 64
"""Conversations whose observations are kept at hand: more than are open on a full desk."""


class OpenedLately:
    """What was observed in the conversations that staff read: codes and places, no text, opened once for many pages."""

    def __init__(self, vault: Vault) -> None:
        """Keep nothing yet."""
        self._vault = vault
        self._known: OrderedDict[ConversationId, dict[bytes, Observed]] = OrderedDict()

    def opened(self, conversation: ConversationId, stored: Sequence[Observation]) -> list[tuple[MessageId, Observed]]:
        """Open all that is stored of a conversation, oldest first; raises CannotOpen."""
        known = self._known.pop(conversation, {})
        new = [each for each in stored if each.sealed not in known]
        fresh = {each.sealed: one for each, (_, one) in zip(new, opened(self._vault, conversation, new), strict=True)}
        there = {each.sealed: known.get(each.sealed) or fresh[each.sealed] for each in stored}
        self._known[conversation] = there
        while len(self._known) > AT_HAND:
            self._known.popitem(last=False)
        return [(each.message, there[each.sealed]) for each in stored]

    def drop(self, conversation: ConversationId) -> None:
        """Keep nothing of a conversation any more."""
        self._known.pop(conversation, None)


def heard_in(reading: Reading | None) -> list[Observed]:
    """Give what a reading heard: a guess of the program, which counts for nothing."""
    indicators = () if reading is None else reading.indicators
    return [Observed(i.code, "heard", evidence=(i.start, i.end), confidence=round(i.confidence, 3)) for i in indicators]


def answered_by(catalogue: Catalogue, talk: Talk, pressed: Act | None, wanted: Iterable[Effect]) -> list[Observed]:
    """Give what the press of a mirror's button says; `talk` is as it was before the turn, with the open question.

    An effect that names another sentence or another answer than the button that was pressed is left out.
    """
    open_name = mirror.open_name(pacing_from_json(talk.dialogue.get("pacing")))
    answer = None if pressed is None else mirror.ANSWERS.get(pressed)
    if answer is None or open_name not in catalogue.mirrors:
        return []
    right = Effect(kinds.OBSERVE, f"{open_name}:{answer}")
    return [catalogue.answered(str(open_name), answer)] if right in tuple(wanted) else []


def seal(
    vault: Vault, conversation: ConversationId, message: MessageId, observed: Iterable[Observed], now: datetime
) -> list[Observation]:
    """Seal observations of one message for the database."""
    purpose = f"observation:{conversation}"
    return [
        Observation(conversation, message, vault.seal(purpose, json.dumps(to_json(one)).encode()), now)
        for one in observed
    ]


def opened(
    vault: Vault, conversation: ConversationId, observations: Sequence[Observation]
) -> list[tuple[MessageId, Observed]]:
    """Open what `seal` sealed, oldest first; raises CannotOpen."""
    purpose = f"observation:{conversation}"
    return [(one.message, from_json(json.loads(vault.open(purpose, one.sealed)))) for one in observations]
