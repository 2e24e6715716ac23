"""Writing for somebody else."""

from __future__ import annotations

from actions.answer import Answer
from bot.domain import someone
from bot.domain.case import Case
from bot.domain.reply import Reply


class MeetHelper(Answer):
    """Hear that it is about another person."""

    def name(self) -> str:
        """Give the name of the action."""
        return "action_meet_helper"

    def reply(self, case: Case, intent: str) -> Reply:
        """Ask the rule."""
        return someone.begin(case)


class HearAboutMe(Answer):
    """Hear that it is about the writer after all."""

    def name(self) -> str:
        """Give the name of the action."""
        return "action_hear_about_me"

    def reply(self, case: Case, intent: str) -> Reply:
        """Ask the rule."""
        return someone.about_me(case)
