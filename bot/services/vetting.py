"""Vets members of staff: what was checked, by whom, until when, and the approvals, of which the last grants the key."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.codes import MemberId
from bot.domain.roles import may
from bot.domain.vetting import LIVE_NEEDS, NotVetting, Standing, recorded
from bot.errors import SaphanError
from bot.services.ports import Clock, Records, Signals, Transaction, Vault
from bot.services.practice import needed_now
from bot.services.records import AuditEntry, Member
from bot.services.sign_in import Session
from bot.services.staff import KEY_HOLDING, Refused


class NoSuchMember(SaphanError):
    """There is none for this member of staff: nobody has this id, or they work for another organisation."""


@dataclass(frozen=True)
class Vetted:
    """One member, and how their vetting stands now."""

    member: Member
    standing: Standing
    needed: int
    """How many approvals it takes."""
    ends_soon: bool

    @property
    def wants_approval(self) -> bool:
        """Another supervisor's approval is missing, now or for going live."""
        approved = len(self.member.approved_by)
        asks = self.standing == "waits" or (self.standing == "vetted" and approved < LIVE_NEEDS)
        return self.member.active and self.member.is_set_up and asks

    @property
    def waits_for_key(self) -> bool:
        """They are here, may hold the organisation's key, and have none yet."""
        may_hold = bool(KEY_HOLDING & set(self.member.roles))
        return self.member.active and self.member.is_set_up and may_hold and not self.member.has_key

    @property
    def is_asked(self) -> bool:
        """Whoever takes conversations over or interprets in them has to be vetted."""
        roles = self.member.roles
        return self.member.active and (may(roles, "conversation.claim") or may(roles, "conversation.interpret"))


class Vettings:
    """Writes vettings down and approves them, for supervisors with the key, within their own organisation."""

    def __init__(self, records: Records, vault: Vault, clock: Clock, signals: Signals) -> None:
        """Everything comes from `bootstrap`."""
        self._records = records
        self._vault = vault
        self._clock = clock
        self._signals = signals

    async def everybody(self, session: Session) -> list[Vetted]:
        """Give the members of one's own organisation, by name."""
        async with self._records.look() as tx:
            needed = await needed_now(tx)
            members = await tx.staff.all()
        mine = [each for each in members if each.organisation == session.member.organisation]
        return [self._show(each, needed) for each in mine]

    async def look(self, session: Session, member: MemberId) -> Vetted:
        """Give one member of one's own organisation. Raises NoSuchMember."""
        async with self._records.look() as tx:
            return self._show(await found_here(tx, session, member), await needed_now(tx))

    async def record(
        self,
        session: Session,
        member: MemberId,
        checked: Collection[str],
        conduct_at: datetime | None,
        until: datetime | None,
    ) -> None:
        """Write down what was checked; it takes the place of what stood before, and asks for new approvals.

        Who writes it down approves it with that, where the member has set up their key already. Raises
        NoSuchMember, or Refused: `role`, `member`, `checked`, `conduct`, `until`.
        """
        me, now = _who_vets(session), self._clock.now()
        async with self._records.begin() as tx:
            found = await self._found(tx, session, member)
            try:
                vetting = recorded(checked, me, now, conduct_at, until)
            except NotVetting as exc:
                raise Refused(str(exc)) from None
            detail = {"member": member, "checked": list(vetting.checked), "until": str(vetting.until)}
            await tx.casework.add_audit(AuditEntry(now, me, "vetting_recorded", detail=detail))
            found = replace(
                found,
                checked=vetting.checked,
                checked_by=vetting.by,
                checked_at=vetting.at,
                conduct_at=vetting.conduct_at,
                vetted_until=vetting.until,
                approved_by=(),
            )
            if found.is_set_up:
                found = await self._approved(tx, session, found, now)
            await tx.staff.save(found)
        self._signals.publish("queue")

    async def approve(self, session: Session, member: MemberId) -> None:
        """Approve a vetting that is recorded and in date; the last approval needed grants the organisation's key.

        Raises NoSuchMember, or Refused: `role`, `member`, `vetting`, `approved`.
        """
        _who_vets(session)
        now = self._clock.now()
        async with self._records.begin() as tx:
            found = await self._found(tx, session, member)
            if not found.is_set_up:
                raise Refused("member")
            await tx.staff.save(await self._approved(tx, session, found, now))
        self._signals.publish("queue")

    async def _found(self, tx: Transaction, session: Session, member: MemberId) -> Member:
        """Give the member to be vetted: of the same organisation, still here, and never oneself."""
        found = await found_here(tx, session, member)
        if not found.active or found.id == session.member.id:
            raise Refused("member")
        return found

    async def _approved(self, tx: Transaction, session: Session, found: Member, now: datetime) -> Member:
        me, needed = session.member.id, await needed_now(tx)
        if found.vetting.standing(now, needed) in ("unrecorded", "expired"):
            raise Refused("vetting")
        if me in found.approved_by:
            raise Refused("approved")
        found = replace(found, approved_by=(*found.approved_by, me))
        await tx.casework.add_audit(AuditEntry(now, me, "vetting_approved", detail={"member": found.id}))
        may_hold = KEY_HOLDING & set(found.roles)
        if len(found.approved_by) < needed or found.has_key or not may_hold:
            return found
        wrapped = self._vault.seal_to(found.public_key or b"", session.organisation_key or b"")
        await tx.casework.add_audit(AuditEntry(now, me, "key_granted", detail={"member": found.id}))
        return replace(found, key_wrapped=wrapped, granted_by=me, granted_at=now)

    def _show(self, member: Member, needed: int) -> Vetted:
        now, vetting = self._clock.now(), member.vetting
        return Vetted(member, vetting.standing(now, needed), needed, vetting.ends_soon(now))


async def found_here(tx: Transaction, session: Session, member: MemberId) -> Member:
    """Give a member of one's own organisation, locked; NoSuchMember for any other, as if there were none."""
    found = await tx.staff.get(member)
    if found is None or found.organisation != session.member.organisation:
        raise NoSuchMember
    return found


def _who_vets(session: Session) -> MemberId:
    if not session.may("people.vet") or session.organisation_key is None:
        raise Refused("role")
    return session.member.id
