"""Each role of each organisation, and what it reaches of a referral."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from bot.domain.codes import OrganisationId
from bot.domain.referral import REVIEWS, Does
from bot.services.door import NoSuchConversation, NotAllowed
from bot.services.referral.export import Wording
from bot.services.sign_in import Session
from tests.support.referral import Bridge, open_bridge


@pytest.fixture
async def bridge(tmp_path: Path) -> AsyncIterator[Bridge]:
    async with open_bridge(f"sqlite+aiosqlite:///{tmp_path / 'bridge.db'}", tmp_path) as made:
        yield made


MATRIX = {
    # Who, and what they reach of a referral that was sent: as its sender, as its receiver.
    "counsellor who made it": (True, False),
    "lead of the sender": (True, False),
    "another counsellor": (False, False),
    "reviewer of the sender": (False, False),
    "administrator of the sender": (False, False),
    "member of the receiver": (False, True),
    "counsellor of the receiver": (False, True),
    "reviewer of the receiver": (False, False),
    "member of a third organisation": (False, False),
    "lead of a third organisation": (False, False),
}


async def somebody(bridge: Bridge, who: str, quay: OrganisationId) -> Session:
    if who in ("counsellor who made it", "lead of the sender", "member of the receiver"):
        return {"c": bridge.counsellor, "l": bridge.supervisor, "m": bridge.receiver}[who[0]]
    if who == "member of a third organisation":
        return await bridge.member_of(quay, "Quinn")
    role = {"another": "counsellor", "lead": "supervisor"}.get(who.split(maxsplit=1)[0], who.split(maxsplit=1)[0])
    organisation = "Harbour" if "receiver" in who else "Quay" if "third" in who else ""
    session, _ = await bridge.desk.member_of(organisation, who.title(), role)
    return session


async def test_each_role_of_each_organisation_reaches_what_is_theirs_and_nothing_else(bridge: Bridge) -> None:
    referral, quay = await bridge.arrived(), await bridge.partner("Quay")
    for who, (as_sender, as_receiver) in MATRIX.items():
        session = await somebody(bridge, who, quay)
        # Who may is let try with one that is not there: what they try would change it for the others.
        ours, theirs = (("0" * 16 if may else referral) for may in (as_sender, as_receiver))
        acts = acts_of(bridge, session, referral, ours, theirs)
        reached = {name: await reaches(act) for name, act in acts.items()}
        assert reached == {
            **dict.fromkeys(acts, False),
            "look": as_sender,
            "export": as_sender,
            "open": as_receiver,
        }, who
        assert bool(await bridge.house.house.referral_inbox.all(session)) is as_receiver, who
        assert bool(await bridge.house.house.referrals.mine(session)) is as_sender, who


def acts_of(
    bridge: Bridge, session: Session, referral: str, ours: str, theirs: str
) -> dict[str, Callable[[], Awaitable[object]]]:
    inner, parts = bridge.house.house, (1, 2)
    wording = Wording("en", lambda _, code: code, lambda code: code, "")
    return {
        "look": lambda: inner.referrals.look(session, referral),
        "export": lambda: inner.exports.of_sender(session, referral, "receiver", "json", wording),
        "change": lambda: inner.referrals.change(session, ours, parts, {}),
        "ask": lambda: inner.referrals.ask(session, ours),
        "send": lambda: inner.referrals.send(session, ours, bridge.harbour, parts),
        "revoke": lambda: inner.referrals.revoke(session, ours),
        "open": lambda: inner.referral_inbox.look(session, referral),
        "accept": lambda: inner.referral_inbox.answer(session, theirs, Does.ACCEPT),
        "read": lambda: inner.referral_inbox.read(session, referral),
    }


async def reaches(act: Callable[[], Awaitable[object]]) -> bool:
    try:
        await act()
    except NoSuchConversation:
        return False
    except NotAllowed as missing:
        # Of their own organisation's key: they reached the referral.
        return missing.reason == "key"
    return True


REVIEWING = {
    # Who, and whether they review what the person lets Harbour review.
    "counsellor who made it": False,
    "lead of the sender": False,
    "reviewer of the sender": False,
    "administrator of the sender": False,
    "member of the receiver": True,
    "counsellor of the receiver": False,
    "member of a third organisation": False,
    "reviewer of a third organisation": False,
}


async def test_who_is_let_review_by_the_person_reviews_and_nobody_else(bridge: Bridge) -> None:
    """H8: a yes to another organisation opens nothing to one's own reviewers either; theirs is another yes."""
    referral, quay = await bridge.arrived(REVIEWS), await bridge.partner("Quay")
    inner, it = bridge.house.house, await bridge.house.conversation()
    await inner.referral_inbox.answer(bridge.receiver, referral, Does.ACCEPT)
    for who, may in REVIEWING.items():
        session = await somebody(bridge, who, quay)
        reached = {
            "look": await reaches(lambda: inner.review_pages.look(session, it.code)),  # noqa: B023 - awaited at once
            "begin": may or await reaches(lambda: inner.reviews.begin(session, it.id)),  # noqa: B023
        }
        assert reached == {"look": may, "begin": may}, who
        assert [case.case.code for case in await inner.reviews.listed(session)] == ([it.code] if may else []), who
