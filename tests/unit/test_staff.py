"""Keys of the organisation: who gets them, how, and that nobody else does."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.errors import CannotOpen
from bot.services.duty import RosterDuty
from bot.services.sign_in import FREE_TRIES, LOCKS, OVERALL_TRIES, SignInRefused
from bot.services.staff import LinkExpired, Refused
from tests.support.desk import PASSPHRASE, SECRET, TestDesk, open_desk


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[TestDesk]:
    async with open_desk(f"sqlite+aiosqlite:///{tmp_path / 'desk.db'}") as made:
        yield made


async def acts(desk: TestDesk) -> list[str]:
    async with desk.records.begin() as tx:
        assert await tx.casework.verify_audit() is None
        return [alert.kind for alert in await tx.casework.alerts(10)]


async def test_the_home_organisation_is_made_once_and_follows_a_changed_name(desk: TestDesk) -> None:
    renamed = await desk.staff.ensure_home("New name")
    assert (renamed.id, renamed.public_key, renamed.name) == (desk.home.id, desk.home.public_key, "New name")
    assert renamed.waiting_private is not None


async def test_the_first_supervisor_takes_the_key_over_and_the_waiting_copy_is_destroyed(desk: TestDesk) -> None:
    session, recovery = await desk.member("Mali", "administrator", "supervisor")
    home = await desk.staff.ensure_home("Bridge House")
    sealed = desk.vault.seal_to(home.public_key, b"a conversation's key")
    assert session.organisation_key is not None
    assert desk.vault.open_with(session.organisation_key, sealed) == b"a conversation's key"
    assert home.waiting_private is None
    assert recovery is not None


async def test_the_recovery_key_opens_what_the_organisations_key_opens(desk: TestDesk) -> None:
    _, recovery = await desk.member("Mali", "administrator", "supervisor")
    home = await desk.staff.ensure_home("Bridge House")
    assert recovery is not None
    assert home.recovery_wrapped is not None
    private = desk.vault.unlock_with_recovery(recovery.lower().replace("-", " "), home.recovery_wrapped)
    assert desk.vault.open_with(private, desk.vault.seal_to(home.public_key, b"word")) == b"word"


async def test_only_the_first_supervisor_is_shown_a_recovery_key(desk: TestDesk) -> None:
    counsellor, none = await desk.member("Noor")
    assert (counsellor.organisation_key, none) == (None, None)
    first, shown = await desk.member("Mali", "supervisor")
    second, not_shown = await desk.member("Sam", "supervisor")
    assert first.organisation_key is not None
    assert shown is not None
    assert second.organisation_key is None
    assert not_shown is None


async def test_a_link_works_once_and_for_72_hours(desk: TestDesk) -> None:
    token = await desk.staff.add_member("Noor", ["counsellor"], "", ["th"])
    desk.clock.pass_(hours=71, minutes=59)
    assert (await desk.staff.look_at_setup(token)).member.name == "Noor"
    await desk.staff.set_up(token, PASSPHRASE, SECRET, desk.code())
    with pytest.raises(LinkExpired):
        await desk.staff.set_up(token, PASSPHRASE, SECRET, desk.code())
    late = await desk.staff.add_member("Sam", ["counsellor"], "", ["th"])
    desk.clock.pass_(hours=72)
    with pytest.raises(LinkExpired):
        await desk.staff.look_at_setup(late)
    with pytest.raises(LinkExpired):
        await desk.staff.look_at_setup("made up")


@pytest.mark.parametrize(
    ("passphrase", "code", "reason"),
    [("short", None, "passphrase"), (PASSPHRASE, "000000", "code"), (PASSPHRASE, "", "code")],
)
async def test_a_set_up_that_is_not_right_uses_nothing_up(
    desk: TestDesk, passphrase: str, code: str | None, reason: str
) -> None:
    token = await desk.staff.add_member("Noor", ["counsellor"], "", ["th"])
    with pytest.raises(Refused) as refused:
        await desk.staff.set_up(token, passphrase, SECRET, desk.code() if code is None else code)
    assert refused.value.reason == reason
    assert not (await desk.stored("Noor")).is_set_up
    await desk.staff.set_up(token, PASSPHRASE, SECRET, desk.code())


@pytest.mark.parametrize(
    ("name", "roles", "organisation", "languages", "reason"),
    [
        (" ", ["counsellor"], "", ["th"], "name"),
        ("x" * 61, ["counsellor"], "", ["th"], "name"),
        ("mali", ["counsellor"], "", ["th"], "name_taken"),
        ("Noor", [], "", ["th"], "roles"),
        ("Noor", ["king"], "", ["th"], "roles"),
        ("Noor", ["counsellor"], "", [], "languages"),
        ("Noor", ["counsellor"], "", ["xx"], "languages"),
        ("Noor", ["counsellor"], "Elsewhere", ["th"], "organisation"),
    ],
)
async def test_a_member_who_cannot_be_is_not_added(
    desk: TestDesk, name: str, roles: list[str], organisation: str, languages: list[str], reason: str
) -> None:
    await desk.staff.add_member("Mali", ["supervisor"], "Bridge House", ["th"])
    with pytest.raises(Refused) as refused:
        await desk.staff.add_member(name, roles, organisation, languages)
    assert refused.value.reason == reason
    assert len(await desk.staff.people()) == 1


async def test_a_granted_member_opens_what_the_organisation_can_open_at_once_and_after_sign_in(desk: TestDesk) -> None:
    supervisor, counsellor = await desk.pair()
    assert counsellor.organisation_key == supervisor.organisation_key
    _, again = await desk.services.sign_in.sign_in("Noor", PASSPHRASE, desk.next_code())
    assert again.organisation_key == supervisor.organisation_key


async def test_a_new_link_makes_new_keys_ends_old_sessions_and_needs_a_new_grant(desk: TestDesk) -> None:
    supervisor, counsellor = await desk.pair()
    token = await desk.staff.new_link(counsellor.member.id)
    assert await desk.services.sessions.touch(counsellor)
    done = await desk.staff.set_up(token, PASSPHRASE + "!", SECRET, desk.code())
    assert not await desk.services.sessions.touch(counsellor)
    assert counsellor.organisation_key is None
    assert not done.member.has_key
    await desk.services.vettings.approve(supervisor, counsellor.member.id)
    with pytest.raises(SignInRefused):
        await desk.services.sign_in.sign_in("Noor", PASSPHRASE, desk.next_code())
    _, session = await desk.services.sign_in.sign_in("Noor", PASSPHRASE + "!", desk.next_code())
    assert session.organisation_key == supervisor.organisation_key


async def test_the_recovery_key_helps_only_where_nobody_is_left_who_has_the_key(desk: TestDesk) -> None:
    first, recovery = await desk.member("Mali", "supervisor")
    assert recovery is not None
    key = first.organisation_key
    second, _ = await desk.member("Sam", "supervisor", recovery=recovery)
    assert second.organisation_key is None
    token = await desk.staff.new_link(first.member.id)
    assert (await desk.staff.look_at_setup(token)).may_recover
    with pytest.raises(Refused, match="recovery"):
        await desk.staff.set_up(token, PASSPHRASE, SECRET, desk.code(), desk.vault.new_recovery_key())
    done = await desk.staff.set_up(token, PASSPHRASE, SECRET, desk.code(), recovery)
    _, session = await desk.services.sessions.start(done.member, done.private)
    assert session.organisation_key == key
    assert "key_recovered" in await acts(desk)


async def test_a_new_recovery_key_ends_the_one_before(desk: TestDesk) -> None:
    supervisor, old = await desk.member("Mali", "supervisor")
    await desk.staff.confirm_recovery(supervisor)
    new = await desk.staff.new_recovery_key(supervisor)
    home = await desk.staff.ensure_home("Bridge House")
    assert old is not None
    assert home.recovery_wrapped is not None
    assert desk.vault.unlock_with_recovery(new, home.recovery_wrapped) == supervisor.organisation_key
    with pytest.raises(CannotOpen):
        desk.vault.unlock_with_recovery(old, home.recovery_wrapped)
    assert not await desk.staff.recovery_is_written()


async def test_whatever_is_wrong_at_sign_in_the_answer_is_the_same(desk: TestDesk) -> None:
    await desk.member("Mali", "supervisor")
    await desk.staff.add_member("Noor", ["counsellor"], "", ["th"])
    sign_in = desk.services.sign_in.sign_in
    code = desk.next_code()
    for name, passphrase, given in [
        ("Nobody", PASSPHRASE, code),
        ("Noor", PASSPHRASE, code),
        ("Mali", "wrong", code),
        ("Mali", PASSPHRASE, "000000"),
        ("Mali", PASSPHRASE, "٠١٢٣٤٥"),
    ]:
        with pytest.raises(SignInRefused) as refused:
            await sign_in(name, passphrase, given)
        assert str(refused.value) == ""
    _, session = await sign_in(" Mali ", PASSPHRASE, f"{code[:3]} {code[3:]}")
    assert session.member.name == "Mali"


async def test_a_code_works_once_and_the_one_of_the_set_up_never_again(desk: TestDesk) -> None:
    await desk.member("Mali", "supervisor")
    used = desk.code()
    for code in (used, desk.next_code()):
        if code == used:
            with pytest.raises(SignInRefused):
                await desk.services.sign_in.sign_in("Mali", PASSPHRASE, code)
            continue
        await desk.services.sign_in.sign_in("Mali", PASSPHRASE, code)
        with pytest.raises(SignInRefused):
            await desk.services.sign_in.sign_in("Mali", PASSPHRASE, code)


async def test_after_five_failures_a_name_is_locked_longer_and_longer(desk: TestDesk) -> None:
    await desk.member("Mali", "supervisor")
    sign_in = desk.services.sign_in.sign_in
    for _ in range(FREE_TRIES):
        with pytest.raises(SignInRefused):
            await sign_in("Mali", "wrong", "000000")
    with pytest.raises(SignInRefused):
        await sign_in("Mali", PASSPHRASE, desk.next_code())
    for lock in (*LOCKS, LOCKS[-1]):
        until = (await desk.stored("Mali")).locked_until
        assert until is not None
        assert (until - desk.clock.now()).total_seconds() == pytest.approx(lock.total_seconds(), abs=31)
        desk.clock.pass_(seconds=lock.total_seconds() + 1)
        with pytest.raises(SignInRefused):
            await sign_in("Mali", "wrong", "000000")
    desk.clock.pass_(seconds=LOCKS[-1].total_seconds() + 1)
    await sign_in("Mali", PASSPHRASE, desk.next_code())
    assert (await desk.stored("Mali")).failed == 0


async def test_guessing_over_many_names_locks_all_for_a_minute(desk: TestDesk) -> None:
    await desk.member("Mali", "supervisor")
    sign_in = desk.services.sign_in.sign_in
    for number in range(OVERALL_TRIES):
        with pytest.raises(SignInRefused):
            await sign_in(f"name {number}", "wrong", "000000")
    with pytest.raises(SignInRefused):
        await sign_in("Mali", PASSPHRASE, desk.next_code())
    desk.clock.pass_(seconds=61)
    await sign_in("Mali", PASSPHRASE, desk.code())


async def test_a_session_ends_after_eight_hours_or_an_hour_without_a_sign(desk: TestDesk) -> None:
    session, _ = await desk.member("Mali", "supervisor")
    sessions = desk.services.sessions
    for _ in range(8):
        assert await sessions.touch(session)
        desk.clock.pass_(minutes=59)
    assert await sessions.touch(session)
    desk.clock.pass_(minutes=8)
    assert not await sessions.touch(session)
    token, idle = await sessions.start(await desk.stored("Mali"), session.private)
    desk.clock.pass_(minutes=60)
    assert await sessions.resume(token) is None
    assert idle.ended


async def test_a_member_is_on_duty_while_seen_and_not_after_signing_out(desk: TestDesk) -> None:
    _, counsellor = await desk.pair()

    async def on_duty(language: str) -> bool:
        async with desk.records.begin() as tx:
            return language in await RosterDuty(desk.clock).languages_now(tx)

    assert await on_duty("th")
    assert not await on_duty("km")
    desk.clock.pass_(minutes=3)
    assert not await on_duty("th")
    await desk.services.sessions.touch(counsellor)
    assert await on_duty("th")
    await desk.services.sessions.end(counsellor)
    assert not await on_duty("th")
    assert counsellor.private == b""


async def test_the_first_supervisor_may_choose_their_name_and_nobody_else(desk: TestDesk) -> None:
    await desk.member("Noor")
    first = await desk.staff.add_member("first", ["administrator", "supervisor"], "", ["en"])
    for taken in ("noor", "x" * 61):
        with pytest.raises(Refused, match="name"):
            await desk.staff.set_up(first, PASSPHRASE, SECRET, desk.code(), name=taken)
    await desk.staff.set_up(first, PASSPHRASE, SECRET, desk.code(), name=" Mali  K ")
    second = await desk.staff.add_member("Sam", ["supervisor"], "", ["en"])
    await desk.staff.set_up(second, PASSPHRASE, SECRET, desk.code(), name="Another")
    assert [member.name for member in await desk.staff.people()] == ["Mali K", "Noor", "Sam"]
