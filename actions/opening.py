"""The first words of a talk, and of a return."""

from __future__ import annotations

from actions.answer import Answer
from bot.domain import opening
from bot.domain.case import Case
from bot.domain.reply import Reply


class Welcome(Answer):
    """Say who this is and ask whether it is safe to write now."""

    def name(self) -> str:
        """Give the name of the action."""
        return "action_welcome"

    def reply(self, case: Case, intent: str) -> Reply:
        """Ask the rule."""
        return opening.welcome(case)


class WelcomeBack(Answer):
    """Welcome somebody who was silent for long."""

    def name(self) -> str:
        """Give the name of the action."""
        return "action_welcome_back"

    def reply(self, case: Case, intent: str) -> Reply:
        """Ask the rule."""
        return opening.welcome_back(case)


class AnswerSafe(Answer):
    """It is safe to write."""

    def name(self) -> str:
        """Give the name of the action."""
        return "action_answer_safe"

    def reply(self, case: Case, intent: str) -> Reply:
        """Ask the rule."""
        return opening.answer_safe(case)


class AnswerNotNow(Answer):
    """It is not a good moment."""

    def name(self) -> str:
        """Give the name of the action."""
        return "action_answer_not_now"

    def reply(self, case: Case, intent: str) -> Reply:
        """Ask the rule."""
        return opening.answer_not_now(case)
