"""What a person can agree to, each by its own button, and what a consent to be read lets a counsellor see (H3, D2).

Inside the home organisation a consent is enforced by one door and by the audit (design/architecture.md, *Keys*, 3).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

READS_ALL: Final = "counsellor_reads"
READS_LIST: Final = "counsellor_reads_list"
"""The composed summary of before, and the words from now on."""
READS_NEW: Final = "counsellor_reads_new"
"""Only what is written from now on."""
READING: Final = frozenset({READS_ALL, READS_LIST, READS_NEW})
SCOPES: Final = {"": READS_ALL, "list": READS_LIST, "new": READS_NEW}
"""Value of the effect that hands over, and the consent that it carries."""

WRITTEN_TO: Final = "written_to"
"""With `:today` or the part of the day; `:none` takes it back."""
CHECKED_ON: Final = "checked_on"
REMEMBERED: Final = "remembered"
INTERPRETED: Final = "interpreter_reads"
"""An interpreter reads along from now on, as long as the counsellor is there."""

LEARNT_FROM: Final = "sentences_written"
"""New example sentences may be written from what they told, never their words (D4); `:none` takes it back."""
REVIEWED: Final = "reviewer_reads"
"""Reviewers may look at what was told: its own button, a yes to a counsellor does not cover it (H8)."""
REVIEW_ENDED: Final = "reviewer_reads:none"
"""That is taken back."""


class Given(Protocol):
    """A consent as it is kept: what for, and in which turn it was given."""

    @property
    def scope(self) -> str:
        """To what they agreed."""

    @property
    def turn(self) -> int:
        """The turn whose input was the button."""

    @property
    def at(self) -> datetime:
        """When that was."""


@dataclass(frozen=True)
class MayRead:
    """What a counsellor may see of a conversation."""

    after_turn: int
    """Messages of later turns only, beside what staff wrote themselves."""
    codes_since: datetime | None
    """Codes that were heard later only; None: of everything."""


def may_read(consents: Iterable[Given]) -> MayRead | None:
    """Give what the newest consent to be read allows; None when there is none."""
    given: Sequence[Given] = [one for one in consents if one.scope in READING]
    if not given:
        return None
    newest = given[-1]
    if newest.scope == READS_ALL:
        return MayRead(after_turn=-1, codes_since=None)
    # The press itself, and what came with it, belong to before.
    return MayRead(after_turn=newest.turn, codes_since=newest.at if newest.scope == READS_NEW else None)


def is_given_to_review(consents: Iterable[Given]) -> bool:
    """Tell whether reviewers may look, by the newest of what was said of it."""
    said = [one.scope for one in consents if one.scope in (REVIEWED, REVIEW_ENDED)]
    return bool(said) and said[-1] == REVIEWED


def is_learnt_from(consents: Iterable[Given]) -> bool:
    """Tell whether new example sentences may be written, by the newest of what was said of it (D4: default no)."""
    said = [one.scope for one in consents if one.scope.partition(":")[0] == LEARNT_FROM]
    return bool(said) and said[-1] == LEARNT_FROM
