"""Danger first."""

from __future__ import annotations

from actions.answer import Answer
from bot.domain import safety
from bot.domain.case import Case
from bot.domain.reply import Reply


class AnswerUrgent(Answer):
    """Speak to what is urgent."""

    def name(self) -> str:
        """Give the name of the action."""
        return "action_answer_urgent"

    def reply(self, case: Case, intent: str) -> Reply:
        """Ask the rule."""
        return safety.urgent(case)


class CheckSoftly(Answer):
    """Ask once, softly."""

    def name(self) -> str:
        """Give the name of the action."""
        return "action_check_softly"

    def reply(self, case: Case, intent: str) -> Reply:
        """Ask the rule."""
        return safety.soft_check(case)


class HearNoDanger(Answer):
    """Believe their no."""

    def name(self) -> str:
        """Give the name of the action."""
        return "action_hear_no_danger"

    def reply(self, case: Case, intent: str) -> Reply:
        """Ask the rule."""
        return safety.declined(case)


class HearUnsure(Answer):
    """Press nothing where they cannot say."""

    def name(self) -> str:
        """Give the name of the action."""
        return "action_hear_unsure"

    def reply(self, case: Case, intent: str) -> Reply:
        """Ask the rule."""
        return safety.unsure(case)
