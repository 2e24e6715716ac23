"""The words of the field that travel as codes: languages, indicators, urgency, levels.

Codes are the contract's (design/contract.md, *Codes*): other programs read them, so they never change meaning.
"""

from __future__ import annotations

from typing import Literal, NewType, get_args

ConversationId = NewType("ConversationId", str)
"""Random pseudonym of one conversation; says nothing about the person or the chat."""
CaseCode = NewType("CaseCode", str)
"""Short name by which staff speak of a conversation, such as `K7-4M2Q`."""
MessageId = NewType("MessageId", str)
MemberId = NewType("MemberId", str)
OrganisationId = NewType("OrganisationId", str)
Act = NewType("Act", str)
"""What a button does, such as `handoff_yes`; also the intent of the turn that its press starts."""

Language = Literal["en", "th", "my", "km", "lo", "vi", "zh", "id", "ms", "tl"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
UNDETERMINED = "und"

IndicatorCode = Literal[
    "deception",
    "debt_bondage",
    "document_retention",
    "restriction_of_movement",
    "isolation",
    "threats",
    "violence",
    "withheld_wages",
    "excessive_overtime",
    "abusive_conditions",
    "abuse_of_vulnerability",
    "sexual_exploitation",
    "forced_criminality",
    "forced_marriage",
    "forced_begging",
    "sold",
    "child",
]
INDICATOR_CODES: tuple[IndicatorCode, ...] = get_args(IndicatorCode)

Urgency = Literal["danger_now", "self_harm", "medical", "child_at_risk", "none"]
URGENCIES: tuple[Urgency, ...] = get_args(Urgency)
"""Highest first; the first that applies is the urgency of a message."""

Level = Literal["P0", "P1", "P2", "P3", "P4"]
LEVELS: tuple[Level, ...] = get_args(Level)
"""Queue levels, highest first (reference, section 7)."""
