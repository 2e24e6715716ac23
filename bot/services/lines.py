"""The lines that a person may call, as they count now: tried by staff of ours, and not too long ago (S4)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.domain.contact_rows import merged
from bot.domain.contacts import Contact, verified
from bot.services.ports import Clock, Transaction


async def rows_now(tx: Transaction, shipped: Sequence[Mapping[str, Any]]) -> tuple[Mapping[str, Any], ...]:
    """Give the rows of `flows/contacts.yml` with what the desk changed of them."""
    return merged(shipped, await tx.content.contacts())


class Lines:
    """Asked when a line is said, and once more before it leaves: it may have waited for days."""

    def __init__(self, rows: Sequence[Mapping[str, Any]], has: Callable[[str], bool], clock: Clock) -> None:
        """`rows` are those of the file; `has` tells whether something is written under a key."""
        self._rows = tuple(rows)
        self._has = has
        self._clock = clock

    async def tried(self, tx: Transaction) -> tuple[Contact, ...]:
        """Give what may be said; none in a fresh installation, for nobody has tried a line yet."""
        rows = await rows_now(tx, self._rows)
        lines = verified(rows, await tx.casework.contact_reviews(), self._clock.now())
        # A country without a name in the words could not be said; `saphan check` names it.
        return tuple(line for line in lines if self._has(f"countries.{line.country.lower()}"))
