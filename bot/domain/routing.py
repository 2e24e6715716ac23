"""Which organisations could help: by the person's wish and need, by country and language (reference, 4.7).

Nobody is the usual one. The police, and who can hold or deport, come up only where the person wishes for them by name;
an embassy never comes up for who fears their own government. Each way is told with what it may bring and may cost.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.domain.codes import OrganisationId

KINDS: Final = (
    "ngo",
    "union",
    "health",
    "labour",
    "welfare",
    "legal",
    "un",
    "embassy",
    "maritime",
    "immigration",
    "police",
)
"""What an organisation is; who comes up for many reasons stands first, who can do harm last."""

HELPS: Final = ("wages", "papers", "health", "home", "stay", "shelter", "legal", "child", "police")
"""Kinds of help, as the person is told of them."""

TOLD: Final[dict[str, tuple[str, ...]]] = {
    "wages": ("options.wages",),
    "papers": ("options.papers", "options.papers-more"),
    "health": ("options.health",),
    "home": ("options.home",),
    "stay": ("options.stay", "options.stay-more"),
    "shelter": ("options.shelter",),
    "legal": ("referral.legal",),
    "child": ("referral.child",),
    "police": ("options.police",),
}
"""What a kind of help may bring and cost, in one breath (L14)."""

ON_WISH_ONLY: Final = frozenset({"police", "immigration", "maritime"})
"""Offered only to who wishes for the police: they may hold, charge or deport (reference, 4.6)."""
LAW: Final = frozenset({"police", "immigration", "maritime"})
"""To pass facts on to one of these is a step of its own, never bundled with another (reference, 9.2, tier 4)."""


@dataclass(frozen=True)
class Partner:
    """An organisation that can be referred to."""

    id: OrganisationId
    name: str
    kind: str
    helps: tuple[str, ...]
    countries: tuple[str, ...]
    languages: tuple[str, ...]
    vetted_until: datetime | None
    has_key: bool
    """Somebody of theirs has set up: without a key nothing could be sealed to them."""

    def standing(self, now: datetime) -> str:
        """Say whether they may receive: `ready`, or what is missing, `key`, `vetting` or `expired`."""
        if self.vetted_until is None:
            return "vetting"
        if self.vetted_until <= now:
            return "expired"
        return "ready" if self.has_key else "key"


@dataclass(frozen=True)
class Route:
    """One organisation that could help, and with what."""

    partner: Partner
    helps: tuple[str, ...]
    in_country: bool
    speaks: bool


def routes(
    partners: Iterable[Partner],
    wished: Collection[str],
    refused: Collection[str],
    now: datetime,
    *,
    country: str = "",
    language: str = "",
    fears_government: bool = False,
) -> tuple[Route, ...]:
    """Give who could help with what is wished, best first; nothing that was refused, nothing by default."""
    asked = [help_ for help_ in HELPS if help_ in wished and help_ not in refused]
    found = []
    for partner in partners:
        helps = tuple(help_ for help_ in asked if help_ in partner.helps)
        if not helps or partner.standing(now) != "ready":
            continue
        if partner.kind in ON_WISH_ONLY and "police" not in asked:
            continue
        if partner.kind == "embassy" and fears_government:
            continue
        in_country = not partner.countries or not country or country in partner.countries
        found.append(Route(partner, helps, in_country, language in partner.languages))
    return tuple(sorted(found, key=_rank))


def _rank(route: Route) -> tuple[bool, bool, int, bool, int, str]:
    it = route.partner
    return (it.kind in LAW, not route.in_country, -len(route.helps), not route.speaks, KINDS.index(it.kind), it.name)


def told_of(helps: Iterable[str]) -> tuple[str, ...]:
    """Give the sentences that tell of some kinds of help, in their order, each once."""
    return tuple(dict.fromkeys(key for help_ in HELPS if help_ in set(helps) for key in TOLD[help_]))
