"""What holds around the person: where they are, lines that staff tried, sentences for the country, what is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from bot.domain import options, referral_talk, safety
from bot.domain.child import TOLD as CHILD_DUTY
from bot.domain.codes import Act
from bot.domain.deeds import told
from bot.domain.escape import MORE
from bot.services.lines import Lines
from bot.services.ports import Records
from bot.services.records import Conversation
from bot.services.referral.answers import known as referral_of
from bot.services.talk import Talk

LOCAL_KEYS: Final = (CHILD_DUTY, *(key for keys in options.TOPICS.values() for key in keys))
"""Keys that may have a sentence of their own for a country, such as `child.duty-th`."""
ABOUT_STORED: Final = Act("about_stored")


class Local:
    """Knows the lines that staff tried and the country that the installation serves."""

    def __init__(
        self,
        lines: Lines,
        country: str | None,
        has: Callable[[str], bool],
        records: Records,
    ) -> None:
        """`has` tells whether something is written under a key."""
        self._lines = lines
        self._country = country or ""
        self._has = has
        self._records = records

    async def around(self, conversation: Conversation, talk: Talk, pressed: Act | None) -> dict[str, Any]:
        """Give the fields of the case that are found here; the database is asked only for a press that needs it."""
        place = talk.country or self._country
        found = {
            "age": talk.age,
            "about": talk.about,
            "learns": bool(talk.learns),
            "country": talk.country,
            "served": self._country,
            "local": self._keys(place),
        }
        if pressed is not None and (referral_talk.is_mine(pressed) or pressed == MORE):
            async with self._records.look() as tx:
                return {**found, **await referral_of(tx, conversation)}
        if pressed is None or not (safety.is_answered_here(pressed) or pressed == ABOUT_STORED):
            return found
        async with self._records.look() as tx:
            if pressed == ABOUT_STORED:
                yeses = len(await tx.casework.consents(conversation.id))
                unasked = sum(it.opened_at is not None for it in await tx.accesses.of(conversation.id))
                openings = await tx.casework.openings(conversation.id)
                did = told(await tx.casework.acts(conversation.id))
                return {**found, "yeses": yeses, "openings": openings, "unasked": unasked, "did": did}
            return {**found, "contacts": await self._lines.tried(tx)}

    def _keys(self, country: str) -> tuple[str, ...]:
        return tuple(key for key in LOCAL_KEYS if country and self._has(f"{key}-{country.lower()}"))
