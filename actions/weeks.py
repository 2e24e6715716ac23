"""Whether a talk is remembered."""

from __future__ import annotations

from actions.answer import Answer
from bot.domain import remembering
from bot.domain.case import Case
from bot.domain.reply import Reply


class Remember(Answer):
    """Keep the talk for so long, or let it go."""

    def name(self) -> str:
        """Give the name of the action."""
        return "action_remember"

    def reply(self, case: Case, intent: str) -> Reply:
        """Ask the rule."""
        return remembering.answer(case, intent)
