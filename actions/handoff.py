"""Waiting for a person."""

from __future__ import annotations

from actions.answer import Answer
from bot.domain import handoff
from bot.domain.case import Case
from bot.domain.reply import Reply


class Wait(Answer):
    """Keep the wait honest."""

    def name(self) -> str:
        """Give the name of the action."""
        return "action_wait"

    def reply(self, case: Case, intent: str) -> Reply:
        """Ask the rule."""
        return handoff.wait(case)
