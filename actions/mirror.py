"""The mirror: one right at a time, after a yes."""

from __future__ import annotations

from actions.answer import Answer
from bot.domain import mirror
from bot.domain.case import Case
from bot.domain.reply import Reply


class BeginMirror(Answer):
    """Begin, for they said yes."""

    def name(self) -> str:
        """Give the name of the action."""
        return "action_begin_mirror"

    def reply(self, case: Case, intent: str) -> Reply:
        """Ask the rule."""
        return mirror.begin(case)


class DeclineMirror(Answer):
    """Take a not now."""

    def name(self) -> str:
        """Give the name of the action."""
        return "action_decline_mirror"

    def reply(self, case: Case, intent: str) -> Reply:
        """Ask the rule."""
        return mirror.decline(case)


class HearMirror(Answer):
    """Take the answer to one sentence."""

    def name(self) -> str:
        """Give the name of the action."""
        return "action_hear_mirror"

    def reply(self, case: Case, intent: str) -> Reply:
        """Ask the rule."""
        return mirror.hear(case, intent)
