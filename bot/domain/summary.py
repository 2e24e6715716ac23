"""Which kinds of facts a talk holds, from codes alone: for the preview of a hand-off (H3) and for staff (H4)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

KINDS: Final[tuple[tuple[str, frozenset[str]], ...]] = (
    ("pay", frozenset({"withheld_wages", "debt_bondage"})),
    ("papers", frozenset({"document_retention"})),
    ("freedom", frozenset({"restriction_of_movement", "isolation", "sold"})),
    ("job", frozenset({"deception", "abuse_of_vulnerability"})),
    ("work", frozenset({"excessive_overtime", "abusive_conditions"})),
    ("safety", frozenset({"violence", "threats"})),
    ("private", frozenset({"sexual_exploitation", "forced_marriage"})),
    ("made-to-do", frozenset({"forced_criminality", "forced_begging"})),
    ("age", frozenset({"child"})),
)
"""Kind, in the words of `handoff.fact-<kind>`, and the codes that belong to it. Nothing graphic is ever named (L3)."""


def kinds_of(codes: Iterable[str]) -> tuple[str, ...]:
    """Give the kinds that some codes belong to, in their fixed order; an unknown code belongs to none."""
    found = set(codes)
    return tuple(kind for kind, members in KINDS if members & found)


def fact_keys(codes: Iterable[str]) -> tuple[str, ...]:
    """Give the words keys of the kinds."""
    return tuple(f"handoff.fact-{kind}" for kind in kinds_of(codes))
