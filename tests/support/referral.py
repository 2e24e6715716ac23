"""A hotline with real words, a partner organisation whose first member made its key, and a person who writes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bot.domain.codes import OrganisationId
from bot.domain.ownership import Deed, Does, step
from bot.domain.referral import FACTS, Course, What
from bot.services.records import Consent, Conversation
from bot.services.sign_in import Session
from tests.support.desk import TestDesk, desk_app
from tests.support.house import TestHouse, open_test_house

FORM: Mapping[str, Sequence[str]] = {
    "safety/may_contact": ["yes"],
    "safety/channel": ["this_chat"],
    "wishes/helps": ["shelter", "legal"],
    "person/name": ["Planted Name"],
    "needs/now": ["food", "medical"],
    "summary/text": ["Planted summary"],
    "place/exact": ["Planted Street"],
}


@dataclass
class Bridge:
    """Everybody of a referral. The counsellor holds the person's conversation."""

    house: TestHouse
    desk: TestDesk
    supervisor: Session
    counsellor: Session
    harbour: OrganisationId
    receiver: Session
    """Of the partner `Harbour`, with its key."""

    async def draft(self, what: What = FACTS, parts: Sequence[int] = (1, 2), **given: list[str]) -> str:
        """Let the counsellor draft a referral to Harbour."""
        it = await self.house.conversation()
        form = {**FORM, **{name.replace("__", "/"): value for name, value in given.items()}}
        return await self.house.house.referrals.draft(self.counsellor, it.id, self.harbour, what, parts, form)

    async def ask(self, referral: str) -> list[str]:
        """Ask the person; give what they read."""
        before = len(self.house.messenger.texts("7"))
        await self.house.house.referrals.ask(self.counsellor, referral)
        await self.house.settle()
        for _ in range(2):
            # A chat takes a message a second or so; what was said before comes first.
            self.house.clock.pass_(seconds=5)
            await self.house.settle()
        return self.house.messenger.texts("7")[before:]

    async def presses_no(self) -> list[str]:
        """Press the button whose label is just No."""
        rows = next(m.rows for to, m in reversed(self.house.messenger.sent) if to == "7" and m.rows)
        data = next(data for row in rows for label, data in row if label == "No")
        return await self.house.says(data, kind="press")

    async def send(self, referral: str) -> None:
        """Send what was agreed, as the page shows it."""
        course = await self.course(referral)
        await self.house.house.referrals.send(self.counsellor, referral, course.receiver, course.parts)

    async def arrived(self, what: What = FACTS, parts: Sequence[int] = (1, 2)) -> str:
        """Let a referral be asked, agreed to and sent."""
        referral = await self.draft(what, parts)
        await self.ask(referral)
        await self.house.presses("Yes")
        await self.send(referral)
        return referral

    async def course(self, referral: str) -> Course:
        """Read where a referral is."""
        async with self.house.house.records.begin() as tx:
            found = await tx.referrals.get(referral)
        assert found is not None
        return found.course

    async def consents(self) -> list[Consent]:
        """Read what the person agreed to."""
        it = await self.house.conversation()
        async with self.house.house.records.begin() as tx:
            return list(await tx.casework.consents(it.id))

    async def partner(
        self, name: str, kind: str = "ngo", helps: Sequence[str] = ("shelter", "legal")
    ) -> OrganisationId:
        """Add a partner that nobody of theirs has set up."""
        until = self.house.clock.now() + timedelta(days=90)
        partners = self.house.house.partners
        return await partners.keep(self.supervisor, name, kind, helps, "TH", ["en", "th"], until)

    async def member_of(self, organisation: OrganisationId, name: str) -> Session:
        """Let somebody of a partner set up, as they would by their link."""
        token = await self.house.house.partners.invite(self.supervisor, organisation, name, ["en"])
        return await self.desk.set_up(token)


@asynccontextmanager
async def open_bridge(database_url: str, home: Path) -> AsyncIterator[Bridge]:
    """Open a hotline with a partner; a person has written and is with a counsellor."""
    async with open_test_house(database_url, home) as house:
        inner = house.house
        async with inner.records.begin() as tx:
            organisation = await tx.staff.home()
        assert organisation is not None
        app = desk_app(inner)
        desk = TestDesk(inner.records, inner.vault, house.clock, inner.signals, inner, organisation, app)  # type: ignore[arg-type]
        supervisor, counsellor = await desk.pair()
        made = Bridge(house, desk, supervisor, counsellor, OrganisationId(""), supervisor)
        made.harbour = await made.partner("Harbour")
        made.receiver = await made.member_of(made.harbour, "Hana")
        await house.says("/start", kind="start")
        await house.says("hello, older than everything")
        await hold(made)
        yield made


async def hold(bridge: Bridge) -> Conversation:
    """Let the counsellor take the person's conversation over."""
    it = await bridge.house.conversation()
    now = bridge.house.clock.now()
    async with bridge.house.house.records.begin() as tx:
        found = await tx.conversations.get(it.id)
        assert found is not None
        own = step(found.own, Deed(Does.QUEUE), now)
        await tx.conversations.save(Conversation(**{**vars(found), "own": own, "level": "P2"}))
        scope = "counsellor_reads"
        await tx.casework.add_consent(Consent(it.id, scope, bridge.desk.home.id, "handoff_yes", found.turn, now))
    return await bridge.house.house.counsel.claim(bridge.counsellor, it.id)
