"""An installation that has served 10,000 people: made through the app's own rows, in bulk, so that it takes seconds.

Everybody and everything in it is invented by chance from a seed. Conversations share a few hundred key pairs whose
messages are sealed once: what is opened later costs the same, only making it costs less.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import pyotp

from bot.adapters.clock import SystemClock
from bot.adapters.db.migrate import migrate
from bot.adapters.db.records import open_records
from bot.adapters.server_key import load_or_make
from bot.adapters.vault import Effort, SodiumVault
from bot.bootstrap import House, build_house, read_content
from bot.domain.codes import LANGUAGES
from bot.domain.roster import DAY, Hours
from bot.services.sign_in import Session
from bot.settings import Settings
from scripts.bench.desk.rows import store
from scripts.bench.desk.talks import Talks
from scripts.bench.texts import make_texts

CONVERSATIONS: Final = 10_000
DESKS: Final = 50
TEXTS: Final = 100
SEED: Final = 20_261_126
PASSPHRASE: Final = "seven quiet rivers of rain"  # noqa: S105 - of nobody
SECRET: Final = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105 - of nobody
LEAD: Final = "Mali"
ROLES: Final = ("administrator", "supervisor", "counsellor", "reviewer")
QUICK: Final = Effort(passes=1, memory=8192)
"""What the passphrases of the bench cost: signing in is measured by nobody, and 50 do it."""
HALF_A_SHIFT: Final = 4 * 60
"""Minutes that everybody's shift began before the bench, and goes on after it."""


@dataclass(frozen=True)
class Seeded:
    """What the bench has to know of the installation."""

    lead: str
    """Name of the one who leads and counsels."""
    counsellors: Sequence[str]
    held: Sequence[tuple[str, int]]
    """Case code and Telegram chat of the first conversation that each counsellor holds, in their order."""
    longest: str
    """Case code of the lead's conversation of 2,000 messages."""
    waiting: str
    """Case code of one that waits."""
    member: str
    """Id of the first counsellor."""
    link: str
    """The one-time link of a member who has not come yet."""


async def seed(settings: Settings, conversations: int = CONVERSATIONS, desks: int = DESKS) -> Seeded:
    """Make the installation in an empty database."""
    vault, clock = SodiumVault(load_or_make(settings.secret_key_file), QUICK), SystemClock()
    await migrate(settings.database_url)
    records = open_records(settings.database_url, clock)
    try:
        house = await build_house(settings, read_content(), records, vault, clock)
        lead, counsellors = await _staff(house, desks)
        token = await house.staff.add_member("Lin", ["counsellor"], "", ["th"])
        talks = Talks(
            random.Random(SEED),  # noqa: S311 - invented, and the same each time
            vault,
            house.home,
            str(lead.member.id),
            [str(one.member.id) for one in counsellors],
            clock.now(),
            make_texts(TEXTS),
        )
        rows = talks.make(conversations)
        await store(records, rows)
    finally:
        await records.close()
    return Seeded(
        LEAD,
        [one.member.name for one in counsellors],
        [talks.held_by[str(one.member.id)] for one in counsellors],
        talks.held_by[str(lead.member.id)][0],
        talks.waiting,
        str(counsellors[0].member.id),
        f"/setup/{token}",
    )


async def _staff(house: House, desks: int) -> tuple[Session, list[Session]]:
    """Add a lead and as many counsellors, vetted, with shifts all day."""
    lead = await _member(house, LEAD, ROLES)
    await house.staff.confirm_recovery(lead)
    counsellors = []
    for number in range(1, desks + 1):
        counsellor = await _member(house, f"Counsellor {number:02}", ("counsellor",))
        await _vet(house, lead, counsellor)
        counsellors.append(counsellor)
    return lead, counsellors


async def _member(house: House, name: str, roles: Sequence[str]) -> Session:
    token = await house.staff.add_member(name, roles, "", LANGUAGES)
    code = pyotp.TOTP(SECRET).at(int(house.clock.now().timestamp()))
    done = await house.staff.set_up(token, PASSPHRASE, SECRET, code)
    _, session = await house.sessions.start(done.member, done.private)
    return session


async def _vet(house: House, lead: Session, counsellor: Session) -> None:
    now, member = house.clock.now(), counsellor.member.id
    await house.vettings.record(lead, member, ["identity"], now, now + timedelta(days=300))
    minute = now.hour * 60 + now.minute
    hours = Hours((minute - HALF_A_SHIFT) % DAY, (minute + HALF_A_SHIFT) % DAY)
    await house.rosters.add_shifts(lead, member, range(7), hours)
