"""A small exercise in a moment of distress."""

from __future__ import annotations

from actions.answer import Answer
from bot.domain import grounding
from bot.domain.case import Case
from bot.domain.reply import Reply


class OfferGrounding(Answer):
    """Offer what may calm."""

    def name(self) -> str:
        """Give the name of the action."""
        return "action_offer_grounding"

    def reply(self, case: Case, intent: str) -> Reply:
        """Ask the rule."""
        return grounding.offer(case)


class BeginGrounding(Answer):
    """Begin one exercise."""

    def name(self) -> str:
        """Give the name of the action."""
        return "action_begin_grounding"

    def reply(self, case: Case, intent: str) -> Reply:
        """Ask the rule."""
        return grounding.begin(case, intent)


class GoOnGrounding(Answer):
    """Take the next step."""

    def name(self) -> str:
        """Give the name of the action."""
        return "action_go_on_grounding"

    def reply(self, case: Case, intent: str) -> Reply:
        """Ask the rule."""
        return grounding.go_on(case)


class EndGrounding(Answer):
    """Stop where they want to stop."""

    def name(self) -> str:
        """Give the name of the action."""
        return "action_end_grounding"

    def reply(self, case: Case, intent: str) -> Reply:
        """Ask the rule."""
        return grounding.end(case)
