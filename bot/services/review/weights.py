"""Weights of the published lists, entered by one person and signed by another (reference, 1.5).

Nothing of a person is here. A file counts only while two different people stand for it, and the newest of those counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.codes import MemberId
from bot.domain.indicators import Catalogue
from bot.domain.weights import (
    LONGEST_NAME,
    LONGEST_SOURCE,
    Change,
    NotWeights,
    changes,
    digest,
    is_signed_by_two,
    read_weights,
    written,
)
from bot.services.counsel import clean
from bot.services.door import NotAllowed
from bot.services.ports import Clock, Records, Transaction, WeightFile
from bot.services.records import AuditEntry
from bot.services.sign_in import Session


@dataclass(frozen=True)
class Signed:
    """Weights that count, and the file that they are from."""

    file: WeightFile
    weights: Mapping[str, str]


@dataclass(frozen=True)
class ShownFile:
    """One file as the page shows it."""

    file: WeightFile
    entered_by: str
    signed_by: str
    counts: bool
    may_sign: bool
    """Somebody else entered it, and nobody signed yet."""
    changes: tuple[Change, ...]
    """Where it differs from the weights that came with the program."""


class Weights:
    """Lets two people enter and sign weights, for members of the home organisation."""

    def __init__(self, records: Records, clock: Clock, catalogue: Catalogue) -> None:
        """Everything comes from `bootstrap`."""
        self._records = records
        self._clock = clock
        self._catalogue = catalogue

    @property
    def sets(self) -> tuple[str, ...]:
        """Name the sets, each of which has its own weights."""
        return self._catalogue.sets

    async def listed(self, session: Session) -> list[ShownFile]:
        """Give every file, the newest first."""
        async with self._records.look() as tx:
            await self._only_home(tx, session)
            files = await tx.reviews.weights()
            names = await tx.staff.names()
        counting = {each.file.id for each in _newest_signed(self._catalogue, files).values()}
        return [self._shown(session, each, names, counting) for each in files]

    def _shown(
        self, session: Session, file: WeightFile, names: Mapping[MemberId, str], counting: set[int]
    ) -> ShownFile:
        me = session.member.id
        try:
            differ = changes(self._catalogue, file.set_name, read_weights(self._catalogue, file.set_name, file.weights))
        except NotWeights:
            differ = ()
        return ShownFile(
            file=file,
            entered_by=names.get(file.entered_by, "–"),
            signed_by="" if file.signed_by is None else names.get(file.signed_by, "–"),
            counts=file.id in counting,
            may_sign=file.signed_by is None and file.entered_by != me and session.may("weights.sign"),
            changes=differ,
        )

    async def enter(self, session: Session, set_name: str, version: str, source: str, text: str) -> None:
        """Keep what one person typed from the list; it counts for nothing yet.

        Raises NotAllowed: `weights-name` (version or source), or `weights-` and a reason of `NotWeights`.
        """
        version, source, now = clean(version), clean(source), self._clock.now()
        if not (0 < len(version) <= LONGEST_NAME and 0 < len(source) <= LONGEST_SOURCE):
            raise NotAllowed("weights-name")
        try:
            typed = written(read_weights(self._catalogue, set_name, text))
        except NotWeights as fault:
            raise NotAllowed(f"weights-{fault.reason}") from None
        async with self._records.begin() as tx:
            await self._only_home(tx, session)
            me = session.member.id
            await tx.reviews.add_weights(WeightFile(set_name, version, source, typed, digest(typed), me, now))
            detail = {"set": set_name, "digest": digest(typed)}
            await tx.casework.add_audit(AuditEntry(now, me, "weights_entered", detail=detail))

    async def sign(self, session: Session, file: int) -> None:
        """Stand for a file that somebody else entered, after comparing each line with the list.

        Raises NotAllowed: `weights-gone`, `weights-own` (who entered it cannot sign it), `weights-signed`.
        """
        now, me = self._clock.now(), session.member.id
        async with self._records.begin() as tx:
            await self._only_home(tx, session)
            found = next((each for each in await tx.reviews.weights() if each.id == file), None)
            if found is None:
                raise NotAllowed("weights-gone")
            if found.signed_by is not None:
                raise NotAllowed("weights-signed")
            if not is_signed_by_two(found.entered_by, me):
                raise NotAllowed("weights-own")
            await tx.reviews.sign_weights(file, me, now)
            detail = {"set": found.set_name, "digest": found.digest}
            await tx.casework.add_audit(AuditEntry(now, me, "weights_signed", detail=detail))

    async def signed(self, tx: Transaction) -> dict[str, Signed]:
        """Give the weights that count, by set, within the caller's transaction."""
        return _newest_signed(self._catalogue, await tx.reviews.weights())

    @staticmethod
    async def _only_home(tx: Transaction, session: Session) -> None:
        home = await tx.staff.home()
        if home is None or session.member.organisation != home.id or not session.may("weights.sign"):
            raise NotAllowed("role")


def _newest_signed(catalogue: Catalogue, files: Sequence[WeightFile]) -> dict[str, Signed]:
    """Choose the newest file of each set that two people stand for and that still fits the catalogue."""
    found: dict[str, Signed] = {}
    for file in reversed(files):
        if not is_signed_by_two(file.entered_by, file.signed_by):
            continue
        try:
            found[file.set_name] = Signed(file, read_weights(catalogue, file.set_name, file.weights))
        except NotWeights:
            continue
    return found
