"""Consents, alerts, audit, staff and facts: kept as given, and an audit row that is touched shows."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete, update

from bot.adapters.db.records import SqlRecords
from bot.adapters.db.tables import audit
from bot.domain.codes import CaseCode, MemberId, OrganisationId
from bot.services.duty import here
from bot.services.ports import Stale
from bot.services.records import AuditEntry, Consent, Member, Organisation
from tests.support.records import HOME, NOON, migrated_records, stored_conversation

MAY = MemberId("may")
HOTLINE = Organisation(HOME, "Hotline", True, b"public", b"waiting", None)  # noqa: FBT003 - the field is a flag


def member(name: str = "may") -> Member:
    return Member(
        id=MemberId(name),
        organisation=HOME,
        name=name.title(),
        roles=("counsellor", "supervisor"),
        languages=("th", "lo"),
        active=True,
        created_at=NOON,
    )


async def write_audit(records: SqlRecords, *acts: str) -> None:
    for act in acts:
        async with records.begin() as tx:
            await tx.casework.add_audit(AuditEntry(NOON, "may", act, "one", {"state": "QUEUED", "count": 2}))


async def first_broken(records: SqlRecords) -> int | None:
    async with records.begin() as tx:
        return await tx.casework.verify_audit()


async def test_an_untouched_audit_holds(database_url: str) -> None:
    async with migrated_records(database_url) as records:
        assert await first_broken(records) is None
        await write_audit(records, "open", "claim", "close")
        assert await first_broken(records) is None


@pytest.mark.parametrize(
    "column", [{"act": "nothing"}, {"actor": "june"}, {"conversation": "two"}, {"detail": "{}"}, {"hash": bytes(32)}]
)
async def test_an_audit_row_that_was_changed_shows(database_url: str, column: dict[str, object]) -> None:
    async with migrated_records(database_url) as records:
        await write_audit(records, "open", "claim", "close")
        async with records._engine.begin() as connection:
            await connection.execute(update(audit).where(audit.c.number == 2).values(column))

        assert await first_broken(records) == 2


@pytest.mark.parametrize("number", [1, 2, 3])
async def test_an_audit_row_that_was_taken_out_shows(database_url: str, number: int) -> None:
    async with migrated_records(database_url) as records:
        await write_audit(records, "open", "claim", "close")
        async with records._engine.begin() as connection:
            await connection.execute(delete(audit).where(audit.c.number == number))

        assert await first_broken(records) == number


async def test_acts_at_the_same_time_make_one_chain(database_url: str) -> None:
    async with migrated_records(database_url) as records:
        await asyncio.gather(*(write_audit(records, f"act_{number}") for number in range(8)))

        assert await first_broken(records) is None


async def test_an_act_that_was_rolled_back_leaves_no_gap(database_url: str) -> None:
    async with migrated_records(database_url) as records:

        async def fail() -> None:
            async with records.begin() as tx:
                await tx.casework.add_audit(AuditEntry(NOON, "may", "open"))
                raise ConnectionAbortedError

        await write_audit(records, "before")
        with pytest.raises(ConnectionAbortedError):
            await fail()
        await write_audit(records, "after")

        assert await first_broken(records) is None


async def test_a_consent_is_kept_as_given(database_url: str) -> None:
    async with migrated_records(database_url) as records:
        one = await stored_conversation(records)
        given = [Consent(one.id, scope, HOME, "handoff_yes", 3, NOON) for scope in ("counsellor", "review")]
        async with records.begin() as tx:
            for consent in given:
                await tx.casework.add_consent(consent)
        async with records.begin() as tx:
            assert await tx.casework.consents(one.id) == given


async def test_an_unseen_alert_is_not_repeated_but_raised(database_url: str) -> None:
    async with migrated_records(database_url) as records:
        one = await stored_conversation(records)
        async with records.begin() as tx:
            for level in ("P1", "P0", "P3"):
                await tx.casework.add_alert(one.id, one.code, "danger_read", level, NOON)
            (alert,) = await tx.casework.alerts(9)
            assert (alert.conversation, alert.code, alert.level, alert.seen_at) == (one.id, one.code, "P0", None)

            await tx.casework.see_alert(alert.id, MAY, NOON)
            await tx.casework.see_alert(alert.id, MemberId("june"), NOON + timedelta(hours=1))
            await tx.casework.add_alert(one.id, one.code, "danger_read", "P1", NOON)
            new, seen = await tx.casework.alerts(9)
        assert (new.level, new.seen_at) == ("P1", None)
        assert (seen.seen_by, seen.seen_at) == (MAY, NOON)


async def test_alerts_about_nobody_and_about_the_erased_are_told_apart(database_url: str) -> None:
    async with migrated_records(database_url) as records, records.begin() as tx:
        for _ in range(2):
            await tx.casework.add_alert(None, None, "engine", "P4", NOON)
            await tx.casework.add_alert(None, CaseCode("AAA-AAAA"), "erased", "P4", NOON)
            await tx.casework.add_alert(None, CaseCode("BBB-BBBB"), "erased", "P4", NOON)
        alerts = await tx.casework.alerts(9)
        assert {(it.kind, it.code) for it in alerts} == {
            ("engine", None),
            ("erased", "AAA-AAAA"),
            ("erased", "BBB-BBBB"),
        }
        assert len(alerts) == 3
        await tx.casework.see_alert(alerts[0].id, MAY, NOON)
        assert [it.id for it in await tx.casework.alerts(3)] == [alerts[1].id, alerts[2].id, alerts[0].id]
        assert len(await tx.casework.alerts(1)) == 1


async def test_a_fact_is_the_last_one_that_was_set(database_url: str) -> None:
    async with migrated_records(database_url) as records, records.begin() as tx:
        assert await tx.casework.fact("offset") is None
        await tx.casework.set_fact("offset", "7")
        await tx.casework.set_fact("offset", "8")
        assert await tx.casework.fact("offset") == "8"


async def test_the_newer_way_back_replaces_the_older(database_url: str) -> None:
    async with migrated_records(database_url) as records:
        one = await stored_conversation(records)
        async with records.begin() as tx:
            await tx.casework.add_way_back(b"older", one.id, NOON)
            await tx.casework.add_way_back(b"newer", one.id, NOON)
            assert await tx.casework.way_back(b"older") is None
            assert await tx.casework.way_back(b"newer") == one.id


async def test_there_is_one_home(database_url: str) -> None:
    async with migrated_records(database_url) as records:

        async def add(organisation: Organisation) -> None:
            async with records.begin() as tx:
                await tx.staff.add_organisation(organisation)

        async with records.begin() as tx:
            assert await tx.staff.home() is None
        await add(HOTLINE)
        await add(replace(HOTLINE, id=OrganisationId("ngo"), name="NGO", home=False))
        with pytest.raises(Stale):
            await add(replace(HOTLINE, id=OrganisationId("other"), name="Other"))

        wrapped = replace(HOTLINE, waiting_private=None, recovery_wrapped=b"wrapped")
        async with records.begin() as tx:
            await tx.staff.save_organisation(wrapped)
            assert await tx.staff.home() == wrapped
            assert await tx.staff.organisation_named("NGO") is not None
            assert await tx.staff.organisation_named("none") is None


async def test_a_member_comes_back_as_saved_and_a_stale_one_is_refused(database_url: str) -> None:
    async with migrated_records(database_url) as records:
        async with records.begin() as tx:
            await tx.staff.add_organisation(HOTLINE)
            await tx.staff.add(member())
            await tx.staff.add(replace(member("aun"), roles=(), languages=()))
        full = replace(
            member(),
            active=False,
            setup_hash=b"hash",
            setup_until=NOON,
            public_key=b"public",
            private_sealed=b"private",
            totp_sealed=b"totp",
            totp_last=59_000_000,
            key_wrapped=b"key",
            granted_by=MemberId("aun"),
            granted_at=NOON,
            failed=3,
            locked_until=NOON,
            present_until=NOON,
        )
        async with records.begin() as tx:
            saved = await tx.staff.save(full)
        async with records.begin() as tx:
            assert saved == replace(full, version=1)
            assert await tx.staff.get(MAY) == saved
            assert await tx.staff.by_setup(b"hash") == saved
            assert await tx.staff.by_name("May") == saved
            assert [it.name for it in await tx.staff.all()] == ["Aun", "May"]
            assert await tx.staff.by_name("Nobody") is None

        async def save_old() -> None:
            async with records.begin() as tx:
                await tx.staff.save(full)

        with pytest.raises(Stale):
            await save_old()


async def test_a_name_belongs_to_one_member(database_url: str) -> None:
    async with migrated_records(database_url) as records:
        async with records.begin() as tx:
            await tx.staff.add_organisation(HOTLINE)
            await tx.staff.add(member())

        async def add_again() -> None:
            async with records.begin() as tx:
                await tx.staff.add(replace(member(), id=MemberId("other")))

        with pytest.raises(Stale):
            await add_again()


async def test_on_duty_is_a_present_and_vetted_counsellor_with_the_key_and_the_language(database_url: str) -> None:
    soon = NOON + timedelta(minutes=1)
    fit = replace(member(), key_wrapped=b"key", present_until=soon, vetted_until=soon, approved_by=("mali",))
    async with migrated_records(database_url) as records:
        async with records.begin() as tx:
            await tx.staff.add_organisation(HOTLINE)
            await tx.staff.add(fit)
        for unfit in (
            {"active": False},
            {"key_wrapped": None},
            {"present_until": NOON},
            {"present_until": None},
            {"roles": ("supervisor",)},
            {"languages": ("lo",)},
            {"vetted_until": NOON},
            {"vetted_until": None},
            {"approved_by": ()},
            {},
        ):
            async with records.begin() as tx:
                now = await tx.staff.get(MAY)
                assert now is not None
                await tx.staff.save(replace(fit, version=now.version, **unfit))
                speaking = {language for one in await here(tx, NOON) for language in one.languages}
                assert ("th" in speaking) is (unfit == {})
