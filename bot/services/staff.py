"""Organisations, members of staff, their keys: first start, set-up, grant, recovery (architecture.md, *Keys*)."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Final

from bot.domain.codes import LANGUAGES, MemberId, OrganisationId
from bot.domain.roles import all_roles, may, roles_that_may
from bot.errors import CannotOpen, SaphanError, SaysWhy
from bot.services.ports import Clock, Records, Signals, Transaction, Vault
from bot.services.records import AuditEntry, Member, Organisation
from bot.services.sign_in import Session, Sessions, plain_name, plain_passphrase, step_of_code

SETUP_LASTS: Final = timedelta(hours=72)
ROLES: Final = all_roles()
COUNSELLING: Final = roles_that_may("conversation.counsel")
"""Roles that may hold a conversation."""
KEY_HOLDING: Final = roles_that_may("key.hold")
"""Roles that may be given the organisation's key."""
SPEAKING: Final = COUNSELLING | roles_that_may("conversation.interpret")
"""Roles of which the languages have to be known."""
PASSPHRASE_LENGTH: Final = 12
NAME_LENGTH: Final = 60
OPERATOR: Final = "operator"
RECOVERY_WRITTEN: Final = "recovery_written"
"""Fact: when a supervisor last confirmed that the recovery key is on paper."""


class Refused(SaysWhy):
    """Something about staff is not possible (`errors.refused-<reason>`)."""


class LinkExpired(SaphanError):
    """The one-time link was used, is older than 72 hours, or never was one."""


@dataclass(frozen=True)
class SetUpOffer:
    """What a one-time link leads to."""

    member: Member
    organisation: Organisation
    makes_recovery_key: bool
    """This set-up ends with the recovery key being shown, once."""
    may_recover: bool
    """Nobody is left who has the organisation's key: the recovery key may grant it here."""
    makes_key: bool = False
    """Nobody of a partner has a key yet: this set-up makes the organisation's, and nobody here ever has it."""


@dataclass(frozen=True)
class SetUp:
    """A finished set-up: the member, their opened private key for the session that follows, a recovery key."""

    member: Member
    private: bytes = field(repr=False)
    recovery_key: str | None = field(repr=False)


@dataclass(frozen=True)
class _NewKeys:
    public: bytes
    private: bytes
    private_sealed: bytes
    organisation_key: bytes | None
    recovery_key: str | None
    recovery_wrapped: bytes | None
    organisation_public: bytes | None = None
    """The public half of an organisation's key that was made here."""


class Staff:
    """Who works here, and who can open what."""

    def __init__(self, records: Records, vault: Vault, clock: Clock, signals: Signals, sessions: Sessions) -> None:
        """Everything comes from `bootstrap`."""
        self._records = records
        self._vault = vault
        self._clock = clock
        self._signals = signals
        self._sessions = sessions

    async def ensure_home(self, name: str) -> Organisation:
        """Give the home organisation; at the first start make it with its key pair, later follow a changed name."""
        async with self._records.begin() as tx:
            home = await tx.staff.home()
            if home is None:
                home = self._new_home(name)
                await tx.staff.add_organisation(home)
                await tx.casework.add_audit(AuditEntry(self._clock.now(), "program", "organisation_made"))
            elif home.name != name:
                home = replace(home, name=name)
                await tx.staff.save_organisation(home)
        return home

    def _new_home(self, name: str) -> Organisation:
        organisation = OrganisationId(secrets.token_hex(8))
        public, private = self._vault.new_key_pair()
        waiting = self._vault.seal(f"organisation:{organisation}", private)
        return Organisation(
            organisation, name, home=True, public_key=public, waiting_private=waiting, recovery_wrapped=None
        )

    async def add_member(
        self,
        name: str,
        roles: Sequence[str],
        organisation: str,
        languages: Sequence[str],
        by: Session | None = None,
    ) -> str:
        """Add a member and give the one-time token of their set-up link.

        `organisation` is its name, empty for the home organisation; whoever adds at the desk adds to their own. Raises
        Refused: `name`, `name_taken`, `roles`, `languages`, `organisation`.
        """
        name = plain_name(name)
        self._check(name, roles, languages)
        token = secrets.token_urlsafe(24)
        now = self._clock.now()
        async with self._records.begin() as tx:
            home = await tx.staff.home()
            where = await tx.staff.organisation_named(organisation) if organisation else home
            if where is None:
                raise Refused("organisation")
            if any(member.name.casefold() == name.casefold() for member in await tx.staff.all()):
                raise Refused("name_taken")
            member = Member(
                id=MemberId(secrets.token_hex(8)),
                organisation=where.id if by is None else by.member.organisation,
                name=name,
                roles=tuple(role for role in ROLES if role in roles),
                languages=tuple(code for code in LANGUAGES if code in languages),
                active=True,
                created_at=now,
                setup_hash=self._vault.hash_token(token),
                setup_until=now + SETUP_LASTS,
            )
            await tx.staff.add(member)
            detail = {"member": member.id, "roles": list(member.roles)}
            actor = OPERATOR if by is None else by.member.id
            await tx.casework.add_audit(AuditEntry(now, actor, "member_added", detail=detail))
        self._signals.publish("queue")
        return token

    @staticmethod
    def _check(name: str, roles: Sequence[str], languages: Sequence[str]) -> None:
        if not name or len(name) > NAME_LENGTH or not name.isprintable():
            raise Refused("name")
        if not roles or not set(roles) <= set(ROLES):
            raise Refused("roles")
        if not set(languages) <= set(LANGUAGES) or (SPEAKING & set(roles) and not languages):
            raise Refused("languages")

    async def new_link(self, member: MemberId, actor: str = OPERATOR) -> str:
        """Give a new one-time token to a member who lost something; what they had works until the link is used."""
        token = secrets.token_urlsafe(24)
        now = self._clock.now()
        async with self._records.begin() as tx:
            found = await tx.staff.get(member)
            if found is None or not found.active:
                raise Refused("member")
            until = now + SETUP_LASTS
            await tx.staff.save(replace(found, setup_hash=self._vault.hash_token(token), setup_until=until))
            await tx.casework.add_audit(AuditEntry(now, actor, "link_made", detail={"member": member}))
        return token

    async def people(self) -> Sequence[Member]:
        """Give everybody who works here."""
        async with self._records.look() as tx:
            return await tx.staff.all()

    async def look_at_setup(self, token: str) -> SetUpOffer:
        """Tell what a one-time link leads to, without using it; raises LinkExpired."""
        async with self._records.look() as tx:
            return await self._look(tx, token)

    async def _look(self, tx: Transaction, token: str) -> SetUpOffer:
        member = await tx.staff.by_setup(self._vault.hash_token(token))
        home = await tx.staff.home()
        if member is None or home is None or not member.active:
            raise LinkExpired
        if member.setup_until is None or member.setup_until <= self._clock.now():
            raise LinkExpired
        leads = "supervisor" in member.roles and member.organisation == home.id
        waiting = home.waiting_private is not None
        others = [m for m in await tx.staff.all() if m.id != member.id and m.active and m.organisation == home.id]
        nobody_left = not waiting and not any(m.has_key for m in others)
        own = home if member.organisation == home.id else await tx.staff.organisation(member.organisation)
        if own is None:
            raise LinkExpired
        return SetUpOffer(member, own, leads and waiting, leads and nobody_left, await _makes_key(tx, member, own))

    async def set_up(
        self, token: str, passphrase: str, totp_secret: str, totp_code: str, recovery: str = "", name: str = ""
    ) -> SetUp:
        """Finish a set-up: key pair, passphrase, one-time codes; the link works once.

        The first supervisor of the home organisation takes over its waiting key, gets the recovery key, and may choose
        another `name`. Where nobody has that key, `recovery` grants it. Raises LinkExpired or Refused: `name`,
        `name_taken`, `passphrase`, `code`, `recovery`, `again`.
        """
        offer = await self._with_name(await self.look_at_setup(token), plain_name(name))
        passphrase = plain_passphrase(passphrase)
        if len(passphrase) < PASSPHRASE_LENGTH or passphrase.casefold() == offer.member.name.casefold():
            raise Refused("passphrase")
        step = step_of_code(totp_secret, totp_code, self._clock.now(), 0)
        if step is None:
            raise Refused("code")
        keys = await asyncio.to_thread(self._make_keys, offer, passphrase, recovery)
        member = await self._store_set_up(token, offer, keys, totp_secret, step)
        self._sessions.end_all_of(member.id)
        # Nothing of the waiting copy may be left in the database's files.
        await self._records.scrub()
        self._signals.publish("queue")
        return SetUp(member, keys.private, keys.recovery_key)

    async def _with_name(self, offer: SetUpOffer, name: str) -> SetUpOffer:
        if not name or not offer.makes_recovery_key:
            return offer
        self._check(name, offer.member.roles, offer.member.languages)
        if any(m.name.casefold() == name.casefold() and m.id != offer.member.id for m in await self.people()):
            raise Refused("name_taken")
        return replace(offer, member=replace(offer.member, name=name))

    def _make_keys(self, offer: SetUpOffer, passphrase: str, recovery: str) -> _NewKeys:
        public, private = self._vault.new_key_pair()
        organisation_key = recovery_key = wrapped = None
        home = offer.organisation
        if offer.makes_recovery_key and home.waiting_private is not None:
            organisation_key = self._vault.open(f"organisation:{home.id}", home.waiting_private)
            recovery_key = self._vault.new_recovery_key()
            wrapped = self._vault.lock_with_recovery(recovery_key, organisation_key)
        elif offer.may_recover and recovery.strip() and home.recovery_wrapped is not None:
            try:
                organisation_key = self._vault.unlock_with_recovery(recovery, home.recovery_wrapped)
            except CannotOpen:
                raise Refused("recovery") from None
        made = None
        if offer.makes_key:
            made, organisation_key = self._vault.new_key_pair()
        sealed = self._vault.lock_with_passphrase(passphrase, private)
        return _NewKeys(public, private, sealed, organisation_key, recovery_key, wrapped, made)

    async def _store_set_up(self, token: str, offer: SetUpOffer, keys: _NewKeys, totp_secret: str, step: int) -> Member:
        now = self._clock.now()
        async with self._records.begin() as tx:
            # The audit's head row is locked by the append: of two first supervisors one sees the other's work.
            await tx.casework.add_audit(AuditEntry(now, str(offer.member.id), "member_set_up"))
            latest = await self._look(tx, token)
            if _ways(latest) != _ways(offer):
                raise Refused("again")
            granted = keys.organisation_key is not None
            member = replace(
                latest.member,
                name=offer.member.name,
                setup_hash=None,
                setup_until=None,
                public_key=keys.public,
                private_sealed=keys.private_sealed,
                totp_sealed=self._vault.seal(f"totp:{latest.member.id}", totp_secret.encode()),
                totp_last=step,
                key_wrapped=self._vault.seal_to(keys.public, keys.organisation_key) if keys.organisation_key else None,
                granted_by=latest.member.id if granted else None,
                granted_at=now if granted else None,
                failed=0,
                locked_until=None,
                # An approval is for one key pair.
                approved_by=(),
            )
            member = await tx.staff.save(member)
            if keys.recovery_wrapped is not None:
                home = replace(latest.organisation, waiting_private=None, recovery_wrapped=keys.recovery_wrapped)
                await tx.staff.save_organisation(home)
                await tx.casework.add_audit(AuditEntry(now, str(member.id), "key_taken_over"))
            elif keys.organisation_public is not None:
                await tx.staff.save_organisation(replace(latest.organisation, public_key=keys.organisation_public))
                await tx.casework.add_audit(AuditEntry(now, str(member.id), "organisation_key_made"))
            elif granted:
                await tx.casework.add_audit(AuditEntry(now, str(member.id), "key_recovered"))
                await tx.casework.add_alert(None, None, "key_recovered", "P1", now)
        return member

    async def new_recovery_key(self, session: Session) -> str:
        """Make another recovery key, the old one ends; for a supervisor with the key. Raises Refused: `role`."""
        key = session.organisation_key
        if not session.has_role("supervisor") or key is None:
            raise Refused("role")
        recovery = self._vault.new_recovery_key()
        wrapped = await asyncio.to_thread(self._vault.lock_with_recovery, recovery, key)
        now = self._clock.now()
        async with self._records.begin() as tx:
            home = await tx.staff.home()
            if home is None or home.id != session.member.organisation:
                raise Refused("role")
            await tx.staff.save_organisation(replace(home, recovery_wrapped=wrapped))
            await tx.casework.set_fact(RECOVERY_WRITTEN, "")
            await tx.casework.add_audit(AuditEntry(now, str(session.member.id), "recovery_key_made"))
        return recovery

    async def confirm_recovery(self, session: Session) -> None:
        """Note that the recovery key is on paper. Raises Refused: `role`."""
        if not session.has_role("supervisor") or session.organisation_key is None:
            raise Refused("role")
        now = self._clock.now()
        async with self._records.begin() as tx:
            await tx.casework.set_fact(RECOVERY_WRITTEN, now.isoformat())
            await tx.casework.add_audit(AuditEntry(now, str(session.member.id), "recovery_key_written"))

    async def recovery_is_written(self) -> bool:
        """Tell whether somebody confirmed that the recovery key is on paper."""
        async with self._records.look() as tx:
            return bool(await tx.casework.fact(RECOVERY_WRITTEN))


def _ways(offer: SetUpOffer) -> tuple[bool, bool, bool]:
    """Give by which way a set-up comes to the organisation's key; another set-up may have been faster."""
    return offer.makes_recovery_key, offer.may_recover, offer.makes_key


async def _makes_key(tx: Transaction, member: Member, own: Organisation) -> bool:
    """The first of a partner makes its key, and so does whoever comes when nobody of theirs has it any more."""
    if own.home or not may(member.roles, "refer.receive"):
        return False
    colleagues = [it for it in await tx.staff.all() if it.organisation == own.id and it.id != member.id]
    return not any(it.active and it.has_key for it in colleagues)
