"""Keeps the organisations that can be referred to: what they are, with what they help, until when they are vetted."""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from bot.domain.codes import LANGUAGES, OrganisationId
from bot.domain.routing import HELPS, KINDS, Partner
from bot.services.home import only_home
from bot.services.ports import Clock, Records, Stale, Transaction
from bot.services.records import AuditEntry, Organisation
from bot.services.sign_in import Session, plain_name
from bot.services.staff import NAME_LENGTH, Refused, Staff

ROLE: Final = "partner"
"""Receives referrals for their organisation, and does nothing else here."""
VETTED_AT_MOST: Final = timedelta(days=3 * 366)
_COUNTRY: Final = re.compile(r"[A-Z]{2}")
_DIGITS: Final = re.compile(r"\d{3}")
"""People read the name: it must not look like a number to call."""


@dataclass(frozen=True)
class Kept:
    """A partner, and how it stands now."""

    partner: Partner
    standing: str


class Partners:
    """Lets leads of the home organisation keep partners."""

    def __init__(self, records: Records, clock: Clock, staff: Staff) -> None:
        """Everything comes from `bootstrap`."""
        self._records = records
        self._clock = clock
        self._staff = staff

    async def all(self, session: Session) -> Sequence[Kept]:
        """Give every partner, by name. Raises Refused: `role`."""
        now = self._clock.now()
        async with self._records.look() as tx:
            await only_home(tx, session, "partner.see")
            return [Kept(it, it.standing(now)) for it in await tx.referrals.partners()]

    async def keep(
        self,
        session: Session,
        name: str,
        kind: str,
        helps: Collection[str],
        countries: str,
        languages: Collection[str],
        until: datetime | None,
    ) -> OrganisationId:
        """Write a partner down, or anew under the same name, with until when it is vetted. Raises Refused."""
        now, name = self._clock.now(), plain_name(name)
        where = tuple(sorted({one.upper() for one in re.split(r"[\s,]+", countries) if one}))
        if not 0 < len(name) <= NAME_LENGTH or not name.isprintable() or _DIGITS.search(name):
            raise Refused("partner_name")
        if kind not in KINDS or not helps or not set(helps) <= set(HELPS):
            raise Refused("partner_helps")
        if not all(_COUNTRY.fullmatch(one) for one in where) or not set(languages) <= set(LANGUAGES):
            raise Refused("partner_countries")
        if until is None or not now < until <= now + VETTED_AT_MOST:
            raise Refused("until")
        async with self._records.begin() as tx:
            await only_home(tx, session, "partner.keep")
            organisation = await self._organisation(tx, name)
            partner = Partner(
                id=organisation.id,
                name=name,
                kind=kind,
                helps=tuple(one for one in HELPS if one in helps),
                countries=where,
                languages=tuple(code for code in LANGUAGES if code in languages),
                vetted_until=until,
                has_key=bool(organisation.public_key),
            )
            await tx.referrals.set_partner(partner, session.member.id, now)
            detail = {"organisation": organisation.id, "until": until.date().isoformat()}
            await tx.casework.add_audit(AuditEntry(now, session.member.id, "partner_kept", detail=detail))
        return organisation.id

    async def invite(self, session: Session, organisation: str, name: str, languages: Collection[str]) -> str:
        """Add a member of a partner and give their one-time link; their set-up makes the key. Raises Refused."""
        async with self._records.begin() as tx:
            await only_home(tx, session, "partner.keep")
            found = next((it for it in await tx.referrals.partners() if it.id == organisation), None)
            if found is None:
                raise Refused("organisation")
            detail = {"organisation": organisation}
            entry = AuditEntry(self._clock.now(), session.member.id, "partner_invited", detail=detail)
            await tx.casework.add_audit(entry)
        return await self._staff.add_member(name, (ROLE,), found.name, tuple(languages))

    async def _organisation(self, tx: Transaction, name: str) -> Organisation:
        """Find or make it; its key comes with the set-up of its first member, so that nobody here ever has it."""
        found = await tx.staff.organisation_named(name)
        if found is not None:
            if found.home:
                raise Refused("partner_name")
            return found
        made = Organisation(OrganisationId(secrets.token_hex(8)), name, False, b"", None, None)  # noqa: FBT003 - not home
        try:
            await tx.staff.add_organisation(made)
        except Stale:
            raise Refused("again") from None
        return replace(made)
