"""When the writer is under 18, or may be."""

from __future__ import annotations

from actions.answer import Answer
from bot.domain import child
from bot.domain.case import Case
from bot.domain.reply import Reply


class MeetChild(Answer):
    """Say the duty to report before anything else."""

    def name(self) -> str:
        """Give the name of the action."""
        return "action_meet_child"

    def reply(self, case: Case, intent: str) -> Reply:
        """Ask the rule."""
        return child.begin(case)


class HearAge(Answer):
    """Take the answer to the question for the age."""

    def name(self) -> str:
        """Give the name of the action."""
        return "action_hear_age"

    def reply(self, case: Case, intent: str) -> Reply:
        """Ask the rule."""
        return child.hear_age(case, intent)
